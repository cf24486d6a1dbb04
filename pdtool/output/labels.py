"""What people call the columns of tables, in the language that is spoken.

In Chinese the labels stand in ``data/labels.zh.toml``; in English a label is the name with blanks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from tomllib import loads

from pdtool.language import Language, spoken
from pdtool.rows import Column

__all__ = ["label", "labelled"]


@cache
def _labels(language: Language) -> Mapping[str, Mapping[str, str]]:
    text = files("pdtool").joinpath("data", f"labels.{language}.toml").read_text(encoding="utf-8")
    return loads(text)


def label(column: Column, language: Language | None = None) -> str:
    """Return what a column is called.

    Args:
        column: The column. One that is named by data (a theme, a document, a column of the user's own table)
            keeps its name.
        language: The language; ``None`` for the one that is spoken.

    >>> from pdtool.rows import Kind
    >>> label(Column("doc_a", Kind.TEXT, "", "doc_a"), Language.EN)
    'doc a'
    """
    language = language or spoken()
    if not column.field:
        return column.name
    if language is Language.EN:
        return column.name.replace("_", " ") if column.part is None else column.name
    labels = _labels(language)
    if column.part is not None:
        return labels["groups"].get(column.name, column.name)
    own = labels.get(column.table, {})
    return (
        own.get(column.name)
        or labels["columns"].get(column.name)
        or labels["groups"].get(column.name, column.name)
    )


def labelled(columns: tuple[Column, ...], language: Language | None = None) -> tuple[Column, ...]:
    """Return columns with their labels; one that would have another's keeps its name.

    Args:
        columns: The columns of a table.
        language: As of :func:`label`.
    """
    taken: set[str] = set()
    found = []
    for column in columns:
        called = label(column, language)
        found.append(column if called in taken else replace(column, label=called))
        taken.add(called)
    return tuple(found)
