"""Rows → the rows of an HTML table, and the same table as the CSV that a command writes."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pdtool.language import Language
from pdtool.output.cells import cell_getter
from pdtool.output.delimited import csv_dialect, write_delimited
from pdtool.output.labels import labelled, value_writer
from pdtool.report.html.safe import html
from pdtool.report.model import Table
from pdtool.rows import Column, Kind, columns

__all__ = ["LONGEST", "SHOWN", "csv_text", "html_table", "table_style"]

SHOWN = 100
"""Rows that are drawn at first; the others wait until they are asked for."""
LONGEST = 160
"""Characters of a text in a cell; the CSV has it whole."""

_NUMBERS = frozenset({Kind.COUNT, Kind.SHARE})
_IDS = frozenset({"doc", "doc_a", "doc_b", "keep"})
_WORDS = frozenset({"reason", "shared_terms", "top_terms", "warnings", "title"})
_TEXTS = frozenset({"text_a", "text_b"})
_STYLES = {
    "n": "text-align: right; font-variant-numeric: lining-nums tabular-nums; white-space: nowrap",
    "i": "font-family: var(--mono); font-size: .8125rem; min-width: var(--id-width); overflow-wrap: anywhere",
    "w": "min-width: 20rem",
    "x": "min-width: 20rem; font-family: var(--serif)",
}
"""How the cells of a class are set."""


def csv_text(table: Table) -> str:
    """Return what ``--format csv`` prints of the rows, byte order mark included."""
    out = io.BytesIO()
    write_delimited(table.rows, columns(table.row_type), out, csv_dialect(plain=False))
    return out.getvalue().decode()


def html_table(
    table: Table,
    link: Callable[[str, Any], str | None],
    names: Mapping[str, str],
    language: Language = Language.EN,
) -> str:
    """Draw a table: the first rows at once, the others in a template, which costs nothing until it is used.

    Args:
        table: What is drawn.
        link: From a column's name and a row to where its cell leads, if it leads anywhere.
        names: What documents are called, by their ids: told where the pointer rests on an id.
        language: The language of the headings; in English they are the names of the columns.
    """
    header = columns(table.row_type)
    if language is not Language.EN:
        header = labelled(header, language)
    draw = _row_drawer(header, link, names, language)
    heads = [f'<th scope="col" class="{_class(column)}">{html(column.heading)}</th>' for column in header]
    first = "".join(map(draw, table.rows[:SHOWN]))
    rest = "".join(map(draw, table.rows[SHOWN:]))
    waiting = f"<template>{rest}</template>" if rest else ""
    return f"<table><thead><tr>{''.join(heads)}</tr></thead><tbody>{first}</tbody>{waiting}</table>"


def table_style(table: Table) -> str:
    """Return the style of a table's columns: said once, not in each of ten thousand rows."""
    cells: dict[str, list[str]] = {}
    for number, column in enumerate(columns(table.row_type), start=1):
        cells.setdefault(_class(column), []).append(f"#table-{table.key} td:nth-child({number})")
    return "".join(
        f"{', '.join(cells[name])} {{ {style}; }}\n" for name, style in _STYLES.items() if name in cells
    )


def _class(column: Column) -> str:
    """Return the class that says how cells are set: numbers, ids, words, texts, other."""
    if column.kind in _NUMBERS:
        return "n"
    groups: Iterable[tuple[frozenset[str], str]] = ((_IDS, "i"), (_WORDS, "w"), (_TEXTS, "x"))
    return next((name for names, name in groups if column.name in names), "o")


def _row_drawer(
    header: tuple[Column, ...],
    link: Callable[[str, Any], str | None],
    names: Mapping[str, str],
    language: Language,
) -> Callable[[Any], str]:
    values = cell_getter(header)
    parts = [(column.name, value_writer(column, language)) for column in header]

    def draw(row: Any) -> str:
        cells = []
        for (name, write), value in zip(parts, values(row), strict=True):
            text = write(value)
            shown = html(text if len(text) <= LONGEST else text[:LONGEST] + "…")
            anchor = link(name, row) if shown else None
            known = names.get(text) if name in _IDS else None
            opened = "<td>" if known is None else f'<td title="{html(known)}">'
            cells.append(f"{opened}{shown}" if anchor is None else f"{opened}<a href=#{anchor}>{shown}</a>")
        return f"<tr>{''.join(cells)}"

    return draw
