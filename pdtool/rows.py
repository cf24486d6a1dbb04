"""Rows of the output tables: dataclasses that own their columns.

The dataclass of a row is the single source of the table's header, of the cell formats and of
``docs/columns.md``. A field is declared with :func:`column`; the writers in ``pdtool.output`` ask
:func:`columns` and know nothing else about a row.

Tables by group (``--group-by``) have one column for each field that documents are grouped by. Only the run
knows these fields; the place of the columns is where the dataclass declares :func:`group_columns`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import Field, dataclass, field, fields
from enum import Enum
from functools import cache
from operator import attrgetter
from typing import Any

from pdtool.errors import UsageError
from pdtool.language import _

__all__ = ["NO_VALUE", "Column", "Kind", "column", "columns", "group_columns", "values_of"]

NO_VALUE = "(none)"
"""What a group column holds for documents that have no value."""


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
        part: For a group column: which of the values of the field it holds, from 0.
        label: What people call it; empty for its name.
        table: The row dataclass that declares it.
        items: What the two parts of each string of a list are called, as ``("term", "count")`` of
            ``治理 36``: the names and numbers that JSON Lines gives; empty for plain strings.
    """

    name: str
    kind: Kind
    help: str
    field: str = ""
    part: int | None = None
    label: str = ""
    table: str = ""
    items: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        """Return what stands above the column: its label if it has one, else its name."""
        return self.label or self.name


def column(kind: Kind, meaning: str, items: tuple[str, ...] = ()) -> Any:
    """Declare a field of a row dataclass as a column.

    Args:
        kind: What the cells hold.
        meaning: One sentence on what the column says, for the documentation.
        items: As :class:`Column` has them.
    """
    return field(metadata={"kind": kind, "help": meaning, "items": items})


def group_columns(meaning: str) -> Any:
    """Declare the field of a row dataclass that holds its group: a tuple with a value for each group column.

    Args:
        meaning: One sentence on what these columns say, for the documentation.
    """
    return field(metadata={"kind": Kind.TEXT, "help": meaning, "grouped": True})


def columns(row_type: type, groups: Sequence[str] = ()) -> tuple[Column, ...]:
    """Return the columns of a row dataclass, in the order of the table.

    A column that has the name of a Python keyword is a field with an underscore behind it: ``class_``.

    Args:
        row_type: The dataclass.
        groups: The names of the group columns, as many as each row has values of them.

    Raises:
        UsageError: If a group column has the name of another column.
    """
    found = tuple(
        column for declared in fields(row_type) for column in _columns(declared, groups, row_type.__name__)
    )
    twice = [name for name, count in Counter(column.name for column in found).items() if count > 1]
    if twice:
        raise UsageError(
            _("cannot group by {twice!r}: the table has a column of that name", twice=twice[0]),
            _("rename the column"),
        )
    return found


def values_of(row: Any) -> tuple[Any, ...]:
    """Return the values of the fields of a row dataclass, which has two at least, in their order.

    With its class they make the row anew, and so rows are sent from a worker in a third of the time that
    dataclasses with slots take by themselves.
    """
    row_type: Any = type(row)
    values: tuple[Any, ...] = _getter(row_type)(row)
    return values


@cache
def _getter(row_type: Any) -> attrgetter[Any]:
    return attrgetter(*(one.name for one in fields(row_type)))


def _columns(declared: Field[Any], groups: Sequence[str], table: str) -> Iterator[Column]:
    """Yield the column of a field, or those of its group."""
    kind, meaning = declared.metadata["kind"], declared.metadata["help"]
    if "grouped" in declared.metadata:
        yield from (Column(name, kind, meaning, declared.name, part) for part, name in enumerate(groups))
    else:
        name, items = declared.name.rstrip("_"), declared.metadata.get("items", ())
        yield Column(name, kind, meaning, declared.name, table=table, items=items)
