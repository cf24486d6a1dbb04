"""The words of the page, in Chinese or English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from gettext import NullTranslations, translation
from typing import Any

from pdtool.data_files import data_toml
from pdtool.language import CATALOGUES, Language
from pdtool.rows import columns

__all__ = ["Language", "Words", "meanings", "table_title", "words_of"]


@cache
def _data(name: str) -> dict[str, Any]:
    return data_toml(f"report/{name}")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language, by name.

    Args:
        texts: Name → text; names in braces are to be filled in.
        rules: What rules of repairs are called, by their names; ``None``: as their names say.
    """

    texts: Mapping[str, str]
    rules: Mapping[str, str] | None = None

    def __getitem__(self, name: str) -> str:
        return self.texts[name]

    def __call__(self, name: str, **values: object) -> str:
        """Return a text with its names filled in.

        >>> words_of(Language.EN)("cluster", n=3)
        'Cluster 3'
        """
        return self.texts[name].format(**values)

    def rule(self, name: str) -> str:
        """Return what a rule of a repair is called; empty where only its name in the code is known.

        >>> words_of(Language.EN).rule("running_number"), words_of(Language.ZH).rule("running_number")
        ('running number', '连续页码')
        """
        return name.replace("_", " ") if self.rules is None else self.rules.get(name, "")


@cache
def _sentences(language: Language) -> NullTranslations:
    """Return what the row classes say of tables and columns, in another language: a catalogue of its own."""
    return translation("columns", CATALOGUES, [language.value])


def words_of(language: Language) -> Words:
    """Return the words of a language."""
    return Words(
        _data("strings.toml")[language.value], None if language is Language.EN else _data("rules.zh.toml")
    )


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


def meanings(row_type: type, language: Language, groups: Sequence[str] = ()) -> Mapping[str, str]:
    """Return what the columns of a table mean, where the language is not that of the row class itself.

    Args:
        row_type: The class of the rows.
        language: The language; English is what the class says.
        groups: What its rows are grouped by.
    """
    if language is Language.EN:
        return {}
    said = _sentences(language).gettext
    return {column.name: said(column.help) for column in columns(row_type, groups)}
