"""Rows of the output tables: dataclasses that own their columns.

The dataclass of a row is the single source of the table's header, of the cell formats and of
``docs/columns.md``. A field is declared with :func:`column`; the writers in ``pdtool.output`` ask
:func:`columns` and know nothing else about a row.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from enum import Enum
from typing import Any

__all__ = ["Column", "Kind", "column", "columns"]


class Kind(Enum):
    """What a cell holds, which decides how it is written."""

    TEXT = "text"
    """Any string, guarded against spreadsheet formulas: ids, keywords, cuts of the raw text."""
    COUNT = "count"
    """A whole number, or nothing."""
    SHARE = "share"
    """A number written with 4 decimals (1.0000), or nothing."""
    FLAG = "flag"
    """``yes`` or ``no``; a boolean in JSON."""
    LIST = "list"
    """Strings joined by ``; ``; an array in JSON."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Args:
        name: The header.
        kind: How its cells are written.
        help: One sentence for ``docs/columns.md``.
        field: The field of the row; empty if it has the name of the column.
    """

    name: str
    kind: Kind
    help: str
    field: str = ""


def column(kind: Kind, meaning: str) -> Any:
    """Declare a field of a row dataclass as a column.

    Args:
        kind: What the cells hold.
        meaning: One sentence on what the column says, for the documentation.
    """
    return field(metadata={"kind": kind, "help": meaning})


def columns(row_type: type) -> tuple[Column, ...]:
    """Return the columns of a row dataclass, in the order of the table.

    A column that has the name of a Python keyword is a field with an underscore behind it: ``class_``.
    """
    return tuple(
        Column(f.name.rstrip("_"), f.metadata["kind"], f.metadata["help"], f.name) for f in fields(row_type)
    )
