"""What people call the columns of tables, and the values that pdtool chooses, in the language that is spoken.

In Chinese the labels stand in ``data/labels.zh.toml``; in English a label is the name with blanks, and values
stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from pdtool.data_files import data_toml
from pdtool.language import Language, spoken
from pdtool.output.cells import cell_getter, shown_writer, text_writer
from pdtool.rows import Column, Kind

__all__ = ["label", "labelled", "labelled_rows", "value_label", "value_writer"]


@cache
def _labels(language: Language) -> Mapping[str, Any]:
    found: Mapping[str, Any] = data_toml(f"labels.{language}.toml")
    return found


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
    groups: Mapping[str, str] = labels["groups"]
    if column.part is not None:
        return groups.get(column.name, column.name)
    own: Mapping[str, str] = {**groups, **labels["columns"], **labels.get(column.table, {})}
    return own.get(column.name, column.name)


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


def value_label(column: Column, value: Any, language: Language | None = None) -> Any:
    """Return what a value of a column is called, if pdtool chose it; data are returned as they are.

    Args:
        column: The column.
        value: One of its values, or, of a list, all of them.
        language: As of :func:`label`.
    """
    called = _values(column, language or spoken())
    return called(value) if called is not None else value


def _values(column: Column, language: Language) -> Callable[[Any], Any] | None:
    """Return a function from the values of a column to their labels; ``None`` where they are data."""
    if language is Language.EN or not column.table:
        return None
    labels = _labels(language)
    if column.kind is Kind.FLAG:
        no, yes = labels["values"]["flag"]["no"], labels["values"]["flag"]["yes"]
        return lambda value: None if value is None else yes if value else no
    known = labels["columns"] if column.name == "field" else labels["values"].get(column.name)
    if known is None or column.kind not in (Kind.TEXT, Kind.LIST):
        return None
    if column.kind is Kind.LIST:
        return lambda value: tuple(known.get(part, part) for part in value or ())
    return lambda value: None if value is None else known.get(value, value)


def value_writer(column: Column, language: Language | None = None) -> Callable[[Any], str]:
    """Return the function that writes the cells of a column for people, with labels where there are any.

    Args:
        column: The column.
        language: As of :func:`label`.
    """
    called = _values(column, language or spoken())
    if called is None:
        return shown_writer(column)
    write = text_writer(Kind.TEXT if column.kind is Kind.FLAG else column.kind)
    return lambda value: write(called(value))


def labelled_rows(
    rows: Iterable[Any], columns: tuple[Column, ...], language: Language | None = None
) -> tuple[Iterable[Any], tuple[Column, ...]]:
    """Return rows whose values have their labels, and their columns: flags become text.

    Args:
        rows: Rows whose fields are ``columns``.
        columns: The columns.
        language: As of :func:`label`.
    """
    called = [_values(column, language or spoken()) for column in columns]
    if not any(called):
        return rows, columns
    values = cell_getter(columns)

    def shown() -> Iterator[tuple[Any, ...]]:
        for row in rows:
            cells = zip(called, values(row), strict=True)
            yield tuple(cell if one is None else one(cell) for one, cell in cells)

    kinds = [Kind.TEXT if column.kind is Kind.FLAG else column.kind for column in columns]
    return shown(), tuple(replace(column, kind=kind) for column, kind in zip(columns, kinds, strict=True))
