"""Rows → the rows of an HTML table, and the same table as the CSV that a command writes."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib.resources import files
from tomllib import loads
from typing import Any

from pdtool.language import Language
from pdtool.output.cells import as_percent, cell_getter
from pdtool.output.delimited import csv_dialect, write_delimited
from pdtool.output.labels import labelled, value_writer
from pdtool.report.html.packed import packed
from pdtool.report.html.safe import html
from pdtool.report.model import Table
from pdtool.rows import Column, Kind

__all__ = ["LONGEST", "SHOWN", "csv_text", "html_table", "shown_columns", "table_style"]

SHOWN = 100
"""Rows that are drawn at first; the others wait until they are asked for."""
LONGEST = 100
"""Characters of a text in a cell; the CSV has it whole."""

_NUMBERS = frozenset({Kind.COUNT, Kind.SHARE})
_IDS = frozenset({"doc", "doc_a", "doc_b", "keep"})
_WORDS = frozenset({"reason", "shared_terms", "top_terms", "warnings", "by_year"})
_PHRASES = frozenset({"title", "swapped_names"})
_TEXTS = frozenset({"text_a", "text_b", "sentence"})
_SHORT = frozenset(
    {
        "date",
        "date_a",
        "date_b",
        "script",
        "genre",
        "relation",
        "kind",
        "role",
        "class",
        "in_title",
        "declared",
    }
)
"""Dates, and values of a few characters, which are not broken."""
_NAMES = frozenset(
    {"issuer", "doc_number", "keyword", "term", "term_a", "term_b", "theme", "before", "after"}
)
"""What is broken only where it is long."""
_WHOLE = frozenset({"reason", "warnings"})
"""Sentences of pdtool's own, which are never cut."""
_STYLES = {
    "n": "text-align: right; font-variant-numeric: lining-nums tabular-nums; white-space: nowrap",
    "i": "font-family: var(--mono); font-size: .75rem; min-width: var(--id-width); overflow-wrap: anywhere",
    "s": "white-space: nowrap",
    "k": "min-width: 5.5rem",
    "t": "min-width: 8rem",
    "w": "min-width: 12rem",
    "x": "min-width: 14rem; font-family: var(--serif)",
}
"""How the cells of a class are set."""


@cache
def _chosen() -> Mapping[str, Mapping[str, list[str]]]:
    text = files("pdtool").joinpath("data", "report", "shown_columns.toml").read_text(encoding="utf-8")
    return loads(text)


def shown_columns(table: Table) -> tuple[Column, ...]:
    """Return the columns of a table that the page shows: the chosen ones, without those that are empty.

    Args:
        table: What is drawn.
    """
    of_rows = {column.name: column for column in table.columns}
    wanted = _chosen().get(table.key, {}).get("columns", list(of_rows))
    header = tuple(of_rows[name] for name in wanted)
    filled = [any(values) for values in zip(*map(_filled(header), table.rows), strict=True)]
    kept = [column for column, some in zip(header, filled, strict=True) if some] if filled else [*header]
    for spare in _chosen().get(table.key, {}).get("spare", ()):
        if len(kept) == len(header):
            kept = [column for column in kept if column.name != spare]
    return tuple(kept)


def _filled(header: tuple[Column, ...]) -> Callable[[Any], tuple[bool, ...]]:
    """Return the function that tells which cells of a row hold anything; a 0 and a no are something."""
    values = cell_getter(header)
    return lambda row: tuple(value not in (None, "", ()) for value in values(row))


def csv_text(table: Table) -> str:
    """Return what ``--format csv`` prints of the rows, byte order mark included."""
    out = io.BytesIO()
    write_delimited(table.rows, table.columns, out, csv_dialect(plain=False))
    return out.getvalue().decode()


def html_table(
    table: Table,
    link: Callable[[str, Any], str | None],
    names: Mapping[str, str],
    language: Language = Language.EN,
) -> str:
    """Draw a table: the first rows at once, the others compressed until they are asked for.

    Args:
        table: What is drawn.
        link: From a column's name and a row to where its cell leads, if it leads anywhere.
        names: What documents are called, by their ids: told where the pointer rests on an id.
        language: The language of the headings; in English they are the names of the columns.
    """
    header = shown_columns(table)
    if language is not Language.EN:
        header = labelled(header, language)
    draw = _row_drawer(table.key, header, link, names, language)
    heads = [f'<th scope="col" class="{_class(column)}">{_heading(column)}</th>' for column in header]
    first = "".join(map(draw, table.rows[:SHOWN]))
    rest = "".join(map(draw, table.rows[SHOWN:]))
    waiting = f'<script type="application/gzip" id="rest-{table.key}">{packed(rest)}</script>' if rest else ""
    return f"<table><thead><tr>{''.join(heads)}</tr></thead><tbody>{first}</tbody>{waiting}</table>"


def _heading(column: Column) -> str:
    """Return the heading of a column, which may break behind an underscore."""
    return html(column.heading).replace("_", "_<wbr>")


def table_style(table: Table) -> str:
    """Return the style of a table's columns: said once, not in each of ten thousand rows."""
    cells: dict[str, list[str]] = {}
    for number, column in enumerate(shown_columns(table), start=1):
        cells.setdefault(_class(column), []).append(f"#table-{table.key} td:nth-child({number})")
    return "".join(
        f"{', '.join(cells[name])} {{ {style}; }}\n" for name, style in _STYLES.items() if name in cells
    )


def _class(column: Column) -> str:
    """Return the class that says how cells are set: numbers, ids, words, texts, other."""
    if column.kind in _NUMBERS:
        return "n"
    groups: Iterable[tuple[frozenset[str], str]] = (
        *((_IDS, "i"), (_PHRASES, "t"), (_WORDS, "w")),
        *((_TEXTS, "x"), (_SHORT, "s"), (_NAMES, "k")),
    )
    return next((name for names, name in groups if column.name in names), "o")


def _writer(key: str, column: Column, language: Language) -> Callable[[Any], str]:
    """Return the function that writes the cells of a column."""
    if column.name in _chosen().get(key, {}).get("percent", ()):
        return lambda value: "" if value is None else as_percent(value)
    return value_writer(column, language)


def _row_drawer(
    key: str,
    header: tuple[Column, ...],
    link: Callable[[str, Any], str | None],
    names: Mapping[str, str],
    language: Language,
) -> Callable[[Any], str]:
    values = cell_getter(header)
    parts = [(column.name, _writer(key, column, language)) for column in header]

    def draw(row: Any) -> str:
        cells = []
        for (name, write), value in zip(parts, values(row), strict=True):
            text = write(value)
            whole = len(text) <= LONGEST or name in _WHOLE or name in _IDS
            shown = html(text if whole else text[:LONGEST] + "…")
            anchor = link(name, row) if shown else None
            known = names.get(text) if name in _IDS else None
            opened = "<td>" if known is None else f'<td title="{html(known)}">'
            cells.append(f"{opened}{shown}" if anchor is None else f"{opened}<a href=#{anchor}>{shown}</a>")
        return f"<tr>{''.join(cells)}"

    return draw
