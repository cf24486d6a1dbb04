"""A report → a workbook of all its tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO

from pdtool.language import Language, _, spoken
from pdtool.output.labels import labelled, labelled_rows
from pdtool.output.workbook import Sheet, write_sheets
from pdtool.report.html.words import table_title, words_of
from pdtool.report.model import Report, Table

__all__ = ["report_workbook"]

_LONGEST_NAME = 31
"""Characters of the name of a sheet, as Excel allows."""


def report_workbook(report: Report, out: BinaryIO, warn: Callable[[str], None]) -> None:
    """Write every table of a report as a sheet of its own, named by its key, or in Chinese by its title.

    Args:
        report: What was found.
        out: Where to write.
        warn: Called with a sentence when something had to be cut or left out.

    Raises:
        OutputError: If the disk is full.
    """
    tables = report.tables.values()
    write_sheets([_sheet(table) for table in tables], out, warn)
    for table in tables:
        if table.left_out:
            again = _(" ({command} has them all)", command=table.command) if table.command else ""
            warn(
                _(
                    "{left_out:,} rows of the table {key} are left out{again}",
                    left_out=table.left_out,
                    key=table.key,
                    again=again,
                )
            )


def _sheet(table: Table) -> Sheet:
    """Return the sheet of a table, with labels where the language is not English."""
    header = table.columns
    if spoken() is Language.EN:
        return Sheet(table.key, table.rows, header)
    name = table_title(table.key, words_of(spoken()))[:_LONGEST_NAME]
    return Sheet(name, *labelled_rows(table.rows, labelled(header)))
