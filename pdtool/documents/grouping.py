"""Documents by group: by year, issuer or folder, or by a column of their table.

A group is a tuple of values, one for each field that is grouped by; a document is in exactly one. What has no
value for a field is :data:`NONE` there.

A document that several bodies issued together is in the group of the one named first: it is in charge, and
stands first in the letterhead (GB/T 9704-2012, 7.2.4); ``level`` is that body's too. ``issuers`` groups by
all of them together. A column of a table that has the very name of a field goes before what was read in the
text, where its cell is not empty: who codes by hand decides.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from pdtool.corpus.readers.columns import plain_name
from pdtool.corpus.source import KEPT, Source
from pdtool.documents.document import Document
from pdtool.documents.mapping import TakesMany
from pdtool.errors import UsageError
from pdtool.language import _, listed, ngettext
from pdtool.rows import NO_VALUE, Column, columns

if TYPE_CHECKING:
    from pdtool.documents.fields.describe import Description

__all__ = [
    "GROUP_FIELDS",
    "NONE",
    "Group",
    "GroupOnly",
    "WithGroup",
    "all_groups",
    "check_grouping",
    "folder_of",
    "group_values",
    "grouped_columns",
    "parse_grouping",
    "without_value",
]

Result = TypeVar("Result")

Group = tuple[str, ...]
"""A value for each field that is grouped by."""

GROUP_FIELDS = ("year", "month", "issuer", "issuers", "level", "genre", "folder", "source")
"""What documents can be grouped by whatever they were read from."""
NONE = NO_VALUE
"""The value of a document that has none."""

_SEPARATOR = re.compile("[,，]")
_DATED = {"year": 4, "month": 7}
"""Characters of a date as it is written, ``2021-03-05``, that make the value of a field."""
_SHOWN_COLUMNS = 20
"""Columns that are named in an error."""
_MOST_GROUPS = 1_000_000
"""Groups that a balanced table may have: no other grouping can have more than there are documents."""


def parse_grouping(text: str) -> tuple[str, ...]:
    """Return the fields that a user names, in their order.

    Args:
        text: Names with commas between them, Chinese ones too.

    Returns:
        The fields: those of :data:`GROUP_FIELDS` in small letters, names of columns as they are written.

    Raises:
        UsageError: If a name is empty, or a field is given twice.

    >>> parse_grouping("省份, Year")
    ('省份', 'year')
    """
    fields = []
    for name in map(str.strip, _SEPARATOR.split(text)):
        field = name.casefold() if name.casefold() in GROUP_FIELDS else name
        if not field:
            raise UsageError(
                _("--group-by {text!r} names a field without a name", text=text), _("--group-by year,issuer")
            )
        if field in fields:
            raise UsageError(_("--group-by names {field!r} twice", field=field), _("name each field once"))
        fields.append(field)
    return tuple(fields)


def check_grouping(fields: Iterable[str], known: Sequence[str]) -> None:
    """Refuse a field that no document can have.

    Args:
        fields: What documents are to be grouped by.
        known: What there is beside :data:`GROUP_FIELDS`: the columns of the tables, the fields of the paths.

    Raises:
        UsageError: If one is neither; it says what there is.
    """
    named = {plain_name(name) for name in known}
    for field in fields:
        if field not in GROUP_FIELDS and plain_name(field) not in named:
            shown = listed(known[:_SHOWN_COLUMNS]) + (" …" if len(known) > _SHOWN_COLUMNS else "")
            columns_there = (
                _("; columns: {shown}", shown=shown) if known else _("; no input is a table with columns")
            )
            raise UsageError(
                _(
                    "there is no field {field!r} to group by (fields: {names}{columns_there})",
                    field=field,
                    names=listed(GROUP_FIELDS),
                    columns_there=columns_there,
                ),
                _("--group-by with one of these"),
            )


def group_values(document: Document, fields: Sequence[str]) -> Group:
    """Return the group of a document.

    Args:
        document: The document; columns of its table are known if they were asked for when it was read
            (``ReadOptions.kept_columns``).
        fields: What is grouped by.

    Returns:
        A value for each field, in one line; :data:`NONE` where there is none. A year is ``2021``, a month
        ``2021-03``, a folder the path below the one that was named, and its name for that one itself.
    """
    said: Description | None = None
    values = []
    for field in fields:
        value = _cell(document, field)
        if not value and field == "folder":
            value = folder_of(document.source)
        elif not value and field in GROUP_FIELDS:
            from pdtool.documents.fields.describe import describe

            said = said or describe(document)
            value = _described(said, field)
        values.append(" ".join(value.split()) or NONE)
    return tuple(values)


def _cell(document: Document, field: str) -> str:
    """Return what the table of a document says in the column of a field; empty if it says nothing."""
    from pdtool.documents.fields.container import cell_date

    cell = document.container.get(f"{KEPT}{field}", "")
    date = cell_date(cell) if field in _DATED else ""
    if not date:
        return cell
    return date[: _DATED[field]] if len(date) >= _DATED[field] else ""


def _described(said: Description, field: str) -> str:
    from pdtool.documents.fields.field import JOINED

    if field == "month":
        date = said.value("date")
        return date[: _DATED[field]] if len(date) >= _DATED[field] else ""
    if field == "issuers":
        return JOINED.join(said.values("issuer"))
    return next(iter(said.values(field)), "")


def folder_of(source: Source) -> str:
    """Return the folder of a document, relative to the one that was named; for that one itself its name."""
    name = Path(source.name).name
    in_table = source.row is not None and f"{name}#" in source.id
    file_id = source.id[: source.id.index(f"{name}#") + len(name)] if in_table else source.id
    return file_id.rpartition("/")[0] or _named_folder(source)


def _named_folder(source: Source) -> str:
    """Return the name of the folder in which a file lies that is named by itself; nothing of a stream."""
    if not Path(source.name).exists():  # standard input, and files within archives
        return Path(source.name).parent.name
    return Path(os.path.realpath(source.name)).parent.name


def grouped_columns(row_type: type, fields: Sequence[str]) -> tuple[Column, ...]:
    """Return the columns of a table by group.

    Args:
        row_type: A row dataclass with a field that :func:`pdtool.rows.group_columns` declares.
        fields: What is grouped by: the names of the group columns.

    Raises:
        UsageError: If one of them has the name of another column.
    """
    return columns(row_type, fields)


def without_value(fields: Sequence[str], groups: Iterable[Group]) -> Iterator[str]:
    """Yield a sentence for each field for which documents have no value.

    Args:
        fields: What is grouped by.
        groups: The group of each document.

    >>> list(without_value(["year"], [("2021",), ("(none)",), ("2022",)]))
    ['1 of 3 documents has no year: it is in the group (none)']
    """
    every = list(groups)
    for place, field in enumerate(fields):
        missing = sum(group[place] == NONE for group in every)
        if missing:
            yield ngettext(
                "{n:,} of {total:,} documents has no {field}: it is in the group {none}",
                "{n:,} of {total:,} documents have no {field}: they are in the group {none}",
                missing,
                total=len(every),
                field=field,
                none=NONE,
            )


def all_groups(groups: Collection[Group]) -> list[Group]:
    """Return every group there is or could be: each value of a field with each of the others, sorted.

    A document without a value belongs to no other group: :data:`NONE` is never filled up.

    Raises:
        UsageError: If there are more than a million.

    >>> all_groups([("江苏", "2021"), ("浙江", "2022"), ("浙江", "(none)")])
    [('江苏', '2021'), ('江苏', '2022'), ('浙江', '(none)'), ('浙江', '2021'), ('浙江', '2022')]
    """
    if not groups:
        return []
    values = [{value for value in there if value != NONE} for there in zip(*groups, strict=True)]
    size = prod(map(len, values))
    if size > _MOST_GROUPS:
        raise UsageError(
            _("a balanced table would have {size:,} groups", size=size), _("group by fewer fields")
        )
    return sorted({*groups, *product(*values)})


@dataclass(frozen=True, slots=True)
class GroupOnly:
    """A function of a document that returns its group; it is sent to workers.

    Args:
        fields: What is grouped by.
    """

    fields: tuple[str, ...]

    def __call__(self, document: Document) -> Group:
        """Return the group of a document."""
        return group_values(document, self.fields)


@dataclass(frozen=True, slots=True)
class WithGroup(Generic[Result]):
    """A function of a document that returns the document's group besides; it is sent to workers.

    Args:
        function: What is wanted of a document.
        fields: What is grouped by.
    """

    function: Callable[[Document], Result]
    fields: tuple[str, ...]

    def __call__(self, document: Document) -> tuple[Group, Result]:
        """Return the group of a document, and what is wanted of it."""
        return group_values(document, self.fields), self.function(document)

    def each(self, documents: list[Document]) -> Iterator[tuple[Group, Result]]:
        """Yield the same for each of many documents: some functions are faster when given many at a time."""
        many = self.function.each(documents) if isinstance(self.function, TakesMany) else None
        results = map(self.function, documents) if many is None else many
        for document, result in zip(documents, results, strict=True):
            yield group_values(document, self.fields), result
