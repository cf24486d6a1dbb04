"""CSV and TSV: a record is a document.

Quoting follows RFC 4180 as Python's :mod:`csv` reads it: a quoted cell may hold line ends, delimiters and
doubled quotation marks. While scanning, the bytes of each record are noted, so that any is read again alone.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice, zip_longest
from pathlib import Path
from typing import BinaryIO

from pdtool.corpus.encodings import encoding_of_file
from pdtool.corpus.read_options import ReadOptions
from pdtool.corpus.readers.base import Scanned
from pdtool.corpus.readers.columns import (
    described_columns,
    described_row,
    find_column,
    header_row,
    text_column,
)
from pdtool.corpus.readers.rows import Lines, Rows, changed, cut
from pdtool.corpus.source import Columns, RawDocument, Source
from pdtool.errors import InputError, Severity
from pdtool.language import N_, _

__all__ = ["DelimitedReader"]

_LONGEST_CELL = 2**31 - 1
"""The most that csv takes on every platform; its own limit is 131,072 characters, less than a long paper."""

_FIRST = 10
"""Rows among which the header is looked for: a title, a date, a unit may stand above it."""
_MOST_COLUMNS = 16_384
"""Columns of a table, as many as Excel's: with a million of them every row takes seconds."""

_RAGGED_HINT = N_("put cells that hold the delimiter in quotation marks")


@dataclass(frozen=True, slots=True)
class _Record:
    """A record: its bytes, the line it begins on, its cells, and what is wrong with it (or nothing)."""

    start: int
    stop: int
    line: int
    cells: list[str]
    fault: str


@dataclass(frozen=True, slots=True)
class _Header:
    """How many cells the header has, which columns matter, and how many cells a row needs to be used."""

    size: int
    columns: Columns
    id: int | None
    needed: int


class DelimitedReader:
    """Reads tables whose cells are separated by one character.

    Args:
        delimiters: The separators to choose from; the one that divides the header into most cells is taken,
            of equals the earlier.
    """

    def __init__(self, delimiters: str) -> None:
        self._delimiters = delimiters

    def scan(self, file: Source, options: ReadOptions, /) -> Scanned:
        """Find the table's records."""
        with Path(file.path).open("rb") as handle:
            encoding = encoding_of_file(handle, options.encoding)
            delimiter = self._delimiter(handle, encoding)
            records = _records(handle, encoding, delimiter)
            first = list(islice(records, _FIRST))
            if not first:
                return Scanned(())
            at = header_row([record.cells for record in first], options.text_column)
            header = _header(first[at], delimiter, options)
            rows = Rows(file, encoding, header.columns)
            for number, record in enumerate(chain(first[at + 1 :], records), 1):
                _take(rows, header, record, number)
        return rows.scanned(first[at].cells)

    def read(self, source: Source) -> RawDocument:
        """Read one record."""
        columns, encoding = source.columns, source.encoding
        assert columns is not None and encoding is not None, "a row knows its columns and its encoding"
        text, title = columns.text, columns.title
        assert isinstance(text, int) and not isinstance(title, str), "cells are known by position"
        try:
            cells = next(_reader(io.StringIO(cut(source), newline=""), columns.delimiter), [])
        except csv.Error as error:
            raise changed(source) from error
        if len(cells) <= text:
            raise changed(source)
        named = cells[title] if title is not None and title < len(cells) else ""
        said = {
            role: cells[column]
            for role, column in columns.described
            if isinstance(column, int) and column < len(cells)
        }
        return RawDocument(source, cells[text], encoding, described_row(named, said))

    def _delimiter(self, handle: BinaryIO, encoding: str) -> str:
        """Return what divides the first row that any of them divides, into most cells."""
        if len(self._delimiters) == 1:
            return self._delimiters
        counts = {
            delimiter: [len(one.cells) for one in islice(_records(handle, encoding, delimiter), _FIRST)]
            for delimiter in self._delimiters
        }
        for cells in zip_longest(*counts.values(), fillvalue=0):
            if max(cells) > 1:
                return self._delimiters[cells.index(max(cells))]
        return self._delimiters[0]


def _reader(lines: Iterator[str], delimiter: str, *, strict: bool = False) -> Iterator[list[str]]:
    csv.field_size_limit(_LONGEST_CELL)
    return csv.reader(lines, delimiter=delimiter, strict=strict)


def _records(handle: BinaryIO, encoding: str, delimiter: str) -> Iterator[_Record]:
    """Yield the records of a table that are not blank, the header first."""
    size = handle.seek(0, os.SEEK_END)
    handle.seek(0)
    lines = Lines(handle, encoding)
    reader = _reader(lines, delimiter)
    while True:
        start, line = lines.position, lines.number + 1
        lines.recent.clear()
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise InputError(
                _("cannot be read as a table at line {line} ({error})", line=line, error=error)
            ) from error
        if cells is None:
            return
        if any(map(str.strip, cells)):
            fault = lines.take_damage()
            if lines.position == size and _is_open(lines.recent, delimiter):
                fault = _("opens a quotation mark that is never closed; the lines after it are lost in it")
            yield _Record(start, lines.position, line, cells, fault)


def _is_open(record: list[str], delimiter: str) -> bool:
    """Return whether a record ends inside quotation marks: then it swallowed the rest of the file."""
    try:
        list(_reader(iter(record), delimiter, strict=True))
    except csv.Error as error:
        return "unexpected end of data" in str(error)
    return False


def _header(record: _Record, delimiter: str, options: ReadOptions) -> _Header:
    if record.fault:
        raise InputError(
            _("has a header that cannot be used: line {line} {fault}", line=record.line, fault=record.fault)
        )
    names = record.cells
    if len(names) > _MOST_COLUMNS:
        raise InputError(
            _(
                "has {n:,} columns (at most {MOST_COLUMNS:,} are read)",
                n=len(names),
                MOST_COLUMNS=_MOST_COLUMNS,
            ),
            _("keep the columns of the text, the id and the title"),
        )
    text = text_column(names, options.text_column)
    row_id = find_column(names, options.id_column, "id")
    title = find_column(names, options.title_column, "title")
    described = tuple(
        (role, names.index(name)) for role, name in described_columns(names, options.kept_columns).items()
    )
    text_at, id_at, title_at = (None if name is None else names.index(name) for name in (text, row_id, title))
    assert text_at is not None
    needed = 1 + max(text_at, text_at if id_at is None else id_at)
    return _Header(len(names), Columns(text_at, title_at, delimiter, described), id_at, needed)


def _take(rows: Rows, header: _Header, record: _Record, number: int) -> None:
    """Take a record as a row, or say why not."""
    seen, expected = len(record.cells), header.size
    if record.fault:
        rows.fault(record.line, record.fault)
        return
    if seen < header.needed:
        rows.fault(
            record.line,
            _(
                "has {seen} of the header's {expected} cells, too few to hold a text",
                seen=seen,
                expected=expected,
            ),
        )
        return
    if seen != expected:
        rows.fault(
            record.line,
            _("has {seen} cells, the header {expected}", seen=seen, expected=expected),
            _(_RAGGED_HINT),
            Severity.WARNING,
        )
    row_id = "" if header.id is None else record.cells[header.id].strip()
    rows.add(row_id or str(number), record.line, record.start, record.stop)
