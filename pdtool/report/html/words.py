"""The words of the page, in Chinese or English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pdtool.data_files import data_toml
from pdtool.language import Language

__all__ = ["Language", "Words", "meanings", "table_title", "words_of"]


@cache
def _data(name: str) -> dict[str, Any]:
    return data_toml(f"report/{name}")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language, by name.

    Args:
        texts: Name → text; names in braces are to be filled in.
    """

    texts: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.texts[name]

    def __call__(self, name: str, **values: object) -> str:
        """Return a text with its names filled in.

        >>> words_of(Language.EN)("cluster", n=3)
        'Cluster 3'
        """
        return self.texts[name].format(**values)


def words_of(language: Language) -> Words:
    """Return the words of a language."""
    return Words(_data("strings.toml")[language.value])


def table_title(key: str, words: Words) -> str:
    """Return what a table is called.

    Args:
        key: Of the table.
        words: The language.

    >>> table_title("keywords", words_of(Language.EN))
    'Keywords of each document'
    """
    titles = {"keywords": "keywords_table", "coword": "coword_table", "themes": "themes_table"}
    return words[titles.get(key, f"{key}_title")]


def meanings(row_type: type, language: Language) -> Mapping[str, str]:
    """Return what the columns of a table mean, where the language is not that of the row class itself.

    Args:
        row_type: The class of the rows.
        language: The language; English is what the class says.
    """
    if language is Language.EN:
        return {}
    own: dict[str, str] = _data("columns.zh.toml")[row_type.__name__]
    return own
