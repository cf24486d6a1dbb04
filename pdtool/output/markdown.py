"""Markdown tables (GitHub Flavored Markdown): what is data stays data."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, BinaryIO

from pdtool.output.cells import cell_getter, text_writer
from pdtool.output.escaping import visible
from pdtool.rows import Column, Kind

__all__ = ["write_markdown"]

_ACTIVE = re.compile(r"[\\`*|<>\[\]~&]|(?<!\w)_|_(?!\w)")
_LINE_BREAK = re.compile(r"\r\n|[\r\n]")
_NUMBERS = frozenset({Kind.COUNT, Kind.SHARE})


def _markdown(text: str) -> str:
    if text.isalnum():
        return text
    lines = _LINE_BREAK.split(text)
    return "<br>".join(_ACTIVE.sub(r"\\\g<0>", visible(line)) for line in lines)


def _line(cells: Iterable[str]) -> bytes:
    return ("| " + " | ".join(cells) + " |\n").encode()


def write_markdown(rows: Iterable[Any], columns: tuple[Column, ...], out: BinaryIO) -> None:
    """Write a table as Markdown, row by row; line breaks in a cell become ``<br>``.

    Args:
        rows: Rows whose fields are ``columns``.
        columns: The header; numbers are set to the right.
        out: Where to write.
    """
    values = cell_getter(columns)
    out.write(_line(column.heading for column in columns))
    out.write(_line("---:" if column.kind in _NUMBERS else "---" for column in columns))
    writers = [text_writer(column.kind) for column in columns]
    for row in rows:
        out.write(_line(_markdown(write(value)) for write, value in zip(writers, values(row), strict=True)))
