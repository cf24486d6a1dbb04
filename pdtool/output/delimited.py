r"""CSV and TSV.

CSV follows RFC 4180. For spreadsheets it has a byte order mark, CRLF line ends and escaped formulas;
plain CSV has none of the three. In TSV a row is one line: tab, line break and backslash inside a cell are
written ``\t``, ``\n``, ``\r`` and ``\\``, and nothing is ever quoted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any, BinaryIO

from pdtool.output.cells import cell_getter, texts
from pdtool.output.escaping import encodable, escape_formula
from pdtool.rows import Column, Kind

__all__ = ["Dialect", "csv_dialect", "tsv_dialect", "write_delimited"]

_NEEDS_QUOTES = re.compile(r'[",\r\n]|^\s|\s$')
_TSV_ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})
_MAY_NEED_CARE = re.compile(
    r"""[",\t\r\n\\\ud800-\udfff]"""
    r"""|(?:\0|^)[\s\x00-\x1f\u200b-\u200f\u2060\ufeff'=+\-@＝＋－＠]"""
    r"""|\s(?:\0|$)"""
)
"""In cells joined by NUL: whatever some dialect quotes or escapes, and perhaps some that none does."""
_TOGETHER = 256
"""Rows written at a time: enough to share what a row costs, few enough of those with long passages."""
_FIRST = 8
"""Rows of the first of these writes; each later one has twice as many."""
_TEXT_KINDS = frozenset({Kind.TEXT, Kind.LIST})


@dataclass(frozen=True, slots=True)
class Dialect:
    """A way to write delimited text.

    Args:
        delimiter: What stands between two cells.
        line_end: What ends a row.
        mark: What the file begins with: a byte order mark or nothing.
        quote: Quotes or escapes the dialect's own signs in a cell.
        escape: Escapes what a spreadsheet would take for a formula.
    """

    delimiter: str
    line_end: str
    mark: str
    quote: Callable[[str], str]
    escape: Callable[[str], str]


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if _NEEDS_QUOTES.search(cell) else cell


def _escaped(cell: str) -> str:
    return cell.translate(_TSV_ESCAPES)


def _as_it_is(cell: str) -> str:
    return cell


def csv_dialect(plain: bool) -> Dialect:
    """Return CSV for spreadsheets, or ``plain`` for programs."""
    if plain:
        return Dialect(",", "\n", "", _quoted, _as_it_is)
    return Dialect(",", "\r\n", "\ufeff", _quoted, escape_formula)


def tsv_dialect(plain: bool) -> Dialect:
    """Return TSV; ``plain`` leaves formulas as they are."""
    return Dialect("\t", "\n", "", _escaped, _as_it_is if plain else escape_formula)


def write_delimited(
    rows: Iterable[Any], columns: tuple[Column, ...], out: BinaryIO, dialect: Dialect
) -> None:
    """Write a table as delimited UTF-8, some rows at a time.

    Args:
        rows: Rows whose fields are ``columns``.
        columns: The header.
        out: Where to write.
        dialect: How.
    """
    header = dialect.delimiter.join(dialect.quote(dialect.escape(column.heading)) for column in columns)
    out.write((dialect.mark + header + dialect.line_end).encode())
    values = map(cell_getter(columns), rows)
    size = _FIRST
    while together := list(islice(values, size)):
        by_column = zip(columns, zip(*together, strict=True), strict=True)
        cells = [_cells(column.kind, dialect, column_values) for column, column_values in by_column]
        lines = map(dialect.delimiter.join, zip(*cells, strict=True))
        out.write("".join(line + dialect.line_end for line in lines).encode())
        out.flush()  # whoever reads a pipe sees the first rows while the others are made
        size = min(_TOGETHER, 2 * size)


def _cells(kind: Kind, dialect: Dialect, values: Iterable[Any]) -> list[str]:
    """Return the cells of a column; text is looked at cell by cell only where some of it may need care."""
    cells = texts(kind, values)
    # Often some rows have one id: a set has it once.
    if kind not in _TEXT_KINDS or not _MAY_NEED_CARE.search("\0".join(set(cells))):
        return cells
    needs_care = _MAY_NEED_CARE.search
    return [dialect.quote(dialect.escape(encodable(cell))) if needs_care(cell) else cell for cell in cells]
