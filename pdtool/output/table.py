"""The one function that writes a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, BinaryIO

from pdtool.output.delimited import csv_dialect, tsv_dialect, write_delimited
from pdtool.output.escaping import encodable
from pdtool.output.labels import labelled, labelled_rows
from pdtool.output.layout import View
from pdtool.output.sink import open_output
from pdtool.output.target import Format, Target
from pdtool.rows import Column, columns

__all__ = ["write_table"]

_FOR_PROGRAMS = frozenset({Format.JSONL, Format.DTA})
"""Formats whose values have types: they stay as they are, whatever columns are called."""


def _say_nothing(_: str) -> None:
    """Ignore a remark."""


def write_table(
    rows: Iterable[Any],
    row_type: type | tuple[Column, ...],
    target: Target,
    view: View | None = None,
    note: Callable[[str], None] = _say_nothing,
    warn: Callable[[str], None] = _say_nothing,
    name: str = "pdtool",
) -> None:
    """Write rows as a table.

    Args:
        rows: Instances of ``row_type``, in the order of the table.
        row_type: The dataclass that declares the columns, or the columns of rows that are tuples; a table
            of nothing still has its header.
        target: Where and how.
        view: Which columns matter most on a narrow terminal.
        note: Called with a sentence when a table drawn for people leaves something out.
        warn: Called with a sentence when the format forces something to be cut.
        name: What the table is called where it has a name, as the sheet of a workbook.

    Raises:
        OutputError: If it cannot be written. A file then stands as it stood before.
    """
    with open_output(target.path) as out:
        header = _named_by_data(row_type) if isinstance(row_type, tuple) else columns(row_type)
        if target.labels:
            header = labelled(header)
        if target.labels and target.format not in _FOR_PROGRAMS:
            rows, header = labelled_rows(rows, header)
        _write(rows, header, target, view or View(), out, (note, warn), name)


def _named_by_data(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Return columns that are named by ids or themes with names that every format can carry."""
    return tuple(replace(column, name=encodable(column.name)) for column in columns)


def _write(
    rows: Iterable[Any],
    header: tuple[Column, ...],
    target: Target,
    view: View,
    out: BinaryIO,
    say: tuple[Callable[[str], None], Callable[[str], None]],
    name: str,
) -> None:
    # Formats that need a library of their own are imported when they are asked for.
    note, warn = say
    match target.format:
        case Format.TSV:
            write_delimited(rows, header, out, tsv_dialect(target.plain))
        case Format.JSONL:
            from pdtool.output.jsonl import write_jsonl

            write_jsonl(rows, header, out)
        case Format.MD:
            from pdtool.output.markdown import write_markdown

            write_markdown(rows, header, out)
        case Format.TABLE:
            from pdtool.output.terminal import write_terminal

            write_terminal(rows, header, out, view, target.room, note)
        case Format.XLSX:
            from pdtool.output.workbook import write_workbook

            write_workbook(rows, header, out, name, warn)
        case Format.DTA:
            from pdtool.output.stata import write_stata

            write_stata(rows, header, out)
        case _:
            write_delimited(rows, header, out, csv_dialect(target.plain))
