"""What the command line says of words, so that the commands that a page names give its very tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pdtool.output.shell_words import shell_word

__all__ = ["synonym_option", "userdict_option", "word_options"]


def word_options(settings: Mapping[str, Any]) -> str:
    """Return all options of words that are set, as they are typed.

    Args:
        settings: What decided the results, by name.

    >>> word_options({"userdict": "own words.txt", "builtin_stopwords": False})
    " --userdict 'own words.txt' --no-stopwords"
    """
    bare = "" if settings.get("builtin_stopwords", True) else " --no-stopwords"
    stopwords = _option("stopwords", settings)
    return f"{userdict_option(settings)}{stopwords}{bare}{synonym_option(settings)}"


def userdict_option(settings: Mapping[str, Any]) -> str:
    """Return the option that names the user's dictionary; empty if there is none."""
    return _option("userdict", settings)


def synonym_option(settings: Mapping[str, Any]) -> str:
    """Return the option that names the synonyms; empty if there are none."""
    return _option("synonyms", settings)


def _option(name: str, settings: Mapping[str, Any]) -> str:
    value = settings.get(name)
    return f" --{name} {shell_word(str(value))}" if value else ""
