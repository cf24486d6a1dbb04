"""JSON Lines: one object per row, numbers as numbers, lists as arrays, nothing as null."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any, BinaryIO

from pdtool.output.cells import as_json, cell_getter
from pdtool.rows import Column

__all__ = ["write_jsonl"]

_ESCAPED = re.compile(r"[\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""What JSON allows but readers split lines at, or no encoding carries; written as ``\\uXXXX`` instead."""


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def write_jsonl(rows: Iterable[Any], columns: tuple[Column, ...], out: BinaryIO) -> None:
    """Write a table as JSON Lines in UTF-8 without a byte order mark, row by row.

    Args:
        rows: Rows whose fields are ``columns``.
        columns: The keys of every object, in this order.
        out: Where to write.
    """
    values = cell_getter(columns)
    for row in rows:
        cells = {
            column.heading: as_json(column.kind, value, column.items)
            for column, value in zip(columns, values(row), strict=True)
        }
        line = _ESCAPED.sub(_escape, json.dumps(cells, ensure_ascii=False))
        out.write(line.encode() + b"\n")
