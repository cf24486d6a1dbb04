"""The user's words: those that stay whole, those that are left out, and those that are counted as one."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from pdtool.language import _

if TYPE_CHECKING:
    from pdtool.segment.userdict import UserTerm
    from pdtool.terms.synonyms import Synonyms

__all__ = ["load_synonyms_of", "load_user_terms", "load_words"]

Name = str | os.PathLike[str] | None


def load_words(
    userdict: Name, stopwords: Name, builtin: bool, warn: Callable[[str], None]
) -> tuple[tuple[UserTerm, ...], frozenset[str]]:
    """Read the user's words; warn of a file that holds none.

    Args:
        userdict: A user dictionary in jieba's format; ``None`` for none.
        stopwords: More stop words, one a line; ``None`` for none.
        builtin: Whether the built-in stop words are left out too.
        warn: Called with a sentence about a file without words.

    Returns:
        The entries of the user dictionary, and all stop words.

    Raises:
        InputError: If a file cannot be read; the message names it.
    """
    from pdtool.keywords.user_words import load_stop_words
    from pdtool.segment.stop_words import stop_words

    terms = load_user_terms(userdict, warn)
    own = load_stop_words(str(stopwords)) if stopwords is not None else frozenset[str]()
    if stopwords is not None and not own:
        warn(_("{path}: holds no words", path=stopwords))
    return terms, stop_words(own, builtin)


def load_user_terms(userdict: Name, warn: Callable[[str], None]) -> tuple[UserTerm, ...]:
    """Read the words that stay whole; warn of a file that holds none.

    Args:
        userdict: A user dictionary in jieba's format; ``None`` for none.
        warn: Called with a sentence about a file without words.

    Raises:
        InputError: If the file cannot be read; the message names it.
    """
    from pdtool.keywords.user_words import load_user_dictionary

    if userdict is None:
        return ()
    terms = load_user_dictionary(str(userdict))
    if not terms:
        warn(_("{path}: holds no words", path=userdict))
    return terms


def load_synonyms_of(name: Name) -> Synonyms:
    """Read synonyms; none if no file is named.

    Raises:
        InputError: If the file cannot be read; it names the line.
    """
    from pdtool.terms.synonyms import NO_SYNONYMS, load_synonyms

    return NO_SYNONYMS if name is None else load_synonyms(str(name))
