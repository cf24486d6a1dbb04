"""What the functions of the public interface return: typed rows, and what is to be said of them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pdtool.errors import Problem, UsageError
from pdtool.interface.run import Run
from pdtool.language import _, listed
from pdtool.output.cells import cell_getter
from pdtool.rows import Column, Kind, columns

if TYPE_CHECKING:
    from enum import Enum

    import pandas as pd

    from pdtool.corpus.scan import Corpus, ReadOptions

__all__ = ["GroupBy", "Paths", "Result", "choice", "grouping", "named_paths", "open_run", "to_frame"]

Row = TypeVar("Row")
Member = TypeVar("Member", bound="Enum")

Paths = str | os.PathLike[str] | Sequence[str | os.PathLike[str]]
"""What the functions of the public interface read: a path, or several."""
GroupBy = str | Sequence[str] | None
"""What documents are grouped by: ``"year"``, ``"province,year"``, ``["province", "year"]`` or nothing."""

_DTYPES = {Kind.COUNT: "Int64", Kind.SHARE: "float64", Kind.FLAG: "boolean"}
"""The types of pandas for the kinds of columns; text and lists are objects."""


@dataclass(frozen=True)
class Result(Generic[Row]):
    """The table of an analysis.

    Args:
        rows: Its rows, in the order in which the command writes them.
        columns: Its columns.
        problems: What could not be read, and warnings about what could.
        notes: What the command says beside its table, a sentence each.
        documents: How many documents were read.
        characters: How many characters they have.
    """

    rows: list[Row]
    columns: tuple[Column, ...] = field(repr=False)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    documents: int = 0
    characters: int = 0

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def to_frame(self) -> pd.DataFrame:
        """Return the table as a data frame: numbers as numbers, lists as lists, nothing as ``pandas.NA``."""
        return _frame(self.rows, self.columns)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the table to a file, as the option ``-o`` of the commands does.

        Args:
            path: The file; its suffix is the format: .csv .tsv .jsonl .md .xlsx .dta .txt.

        Raises:
            UsageError: If the suffix is not one of these.
            OutputError: If the file cannot be written.
        """
        from pdtool.output.table import write_table
        from pdtool.output.target import Format, choose_target

        write_table(self.rows, self.columns, choose_target(Format.AUTO, Path(path), plain=False))


def to_frame(rows: Sequence[Any], header: tuple[Column, ...] | None = None) -> pd.DataFrame:
    """Return rows as a data frame; for lists of rows that are no :class:`Result`, as those of ``dedupe``.

    Args:
        rows: Rows of one class.
        header: Their columns; ``None``: those of the class, of rows that are not by group. Then there is no
            column without a row.
    """
    if header is None:
        header = columns(type(rows[0])) if rows else ()
    return _frame(rows, header)


def _frame(rows: Sequence[Any], header: tuple[Column, ...]) -> pd.DataFrame:
    import pandas as pd

    read = cell_getter(header)
    values = [read(row) for row in rows]
    series = {
        column.name: pd.Series(
            [_value(column.kind, value[place]) for value in values], dtype=_DTYPES.get(column.kind, "object")
        )
        for place, column in enumerate(header)
    }
    return pd.DataFrame(series, columns=[column.name for column in header])


def _value(kind: Kind, value: Any) -> Any:
    return list(value) if kind is Kind.LIST and value is not None else value


def named_paths(paths: Paths) -> list[str | os.PathLike[str]]:
    """Return paths as a list; a string is one path and no list of characters."""
    return [paths] if isinstance(paths, str | os.PathLike) else list(paths)


def choice(members: type[Member], value: str, name: str) -> Member:
    """Return the member of an enumeration that has a value.

    Args:
        members: The enumeration.
        value: The value, or the member itself.
        name: What the argument is called.

    Raises:
        UsageError: If there is none; it names all.
    """
    try:
        return members(value)
    except ValueError as error:
        known = listed(repr(member.value) for member in members)
        raise UsageError(
            _("{name} cannot be {value!r}", name=name, value=value), _("one of {known}", known=known)
        ) from error


@contextmanager
def open_run(
    paths: Paths, read: ReadOptions | None, jobs: int, fields: Sequence[str] = ()
) -> Iterator[tuple[Run, Corpus]]:
    """Scan paths for an analysis; the corpus is closed when the block ends.

    Args:
        paths: The paths.
        read: How to read them; ``None``: everything is found out.
        jobs: Worker processes; 0 takes as many as there are processors.
        fields: What documents are grouped by.

    Raises:
        UsageError: If no path is given, no document can have a field, or ``jobs`` is negative.
    """
    from pdtool.corpus.read_options import DEFAULTS
    from pdtool.documents.grouping import check_grouping
    from pdtool.run_folder import run_folder_kept

    if jobs < 0:
        raise UsageError(_("the number of jobs cannot be negative ({jobs})", jobs=jobs), _("use jobs=2"))
    run = Run(read_options=replace(read or DEFAULTS, kept_columns=tuple(fields)), jobs=jobs)
    with run_folder_kept(), run.opened:
        corpus = run.scan(named_paths(paths))
        check_grouping(tuple(fields), corpus.columns)
        yield run, corpus


def grouping(group_by: GroupBy) -> tuple[str, ...]:
    """Return what is grouped by, in order.

    Raises:
        UsageError: If a field has no name, or is given twice.
    """
    from pdtool.documents.grouping import parse_grouping

    if not group_by:
        return ()
    return parse_grouping(group_by if isinstance(group_by, str) else ",".join(_plain(group_by)))


def _plain(fields: Iterable[str]) -> Iterator[str]:
    for name in fields:
        if "," in name or "，" in name:
            raise UsageError(
                _("a field to group by has no comma ({name!r})", name=name), _("rename the column")
            )
        yield name
