"""Excel workbooks (xlsx) in which text stays text and the same table is always the same bytes."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, BinaryIO

from pdtool.errors import OutputError
from pdtool.language import _, counted
from pdtool.output.cells import CHANCES, as_text, cell_getter
from pdtool.output.escaping import encodable
from pdtool.output.width import display_width
from pdtool.rows import Column, Kind
from pdtool.run_folder import temporary_folder

__all__ = ["CELL_LIMIT", "ROW_LIMIT", "Sheet", "creation_date", "write_sheets", "write_workbook"]

ROW_LIMIT = 1_048_576
"""Rows of a sheet, header included (Excel specifications and limits)."""
CELL_LIMIT = 32_767
"""UTF-16 units of a cell (the same)."""
CLIPPED = "…[clipped]"
"""What a clipped cell ends with."""

_NARROWEST = 8
"""The least width of a column, in characters."""
_WIDEST = 60
"""The greatest width of a column, in characters."""
_WRAPPED = 600
"""Columns up to which a text wraps, ten lines: longer ones would make rows that fill a window."""
_FILLED = 56
"""Columns of text that a line of the widest column surely holds: fonts for Chinese differ in width."""
_LINE = 18
"""Points of the height of a line of Chinese, whichever font stands in for it: at 15 LibreOffice cut the last
line in half. Excel fits rows to wrapped text by itself, LibreOffice does not."""
_A4 = 9
"""The number of this paper."""
_PAPER = 180
"""The width of columns, in characters, that is made to fit it: at 70 % of their size."""
_CHANCE = "[=0]0.0000;[<0.0001]0E+0;0.0000"
"""How probabilities are shown: 0.0123, and 4E-7 where four decimals would show nothing."""
_FIRST_DATE = 315_532_800
"""1980-01-01, the first date a zip file knows: the creation date of a workbook nobody dates."""
_NUMBERS = frozenset({Kind.COUNT, Kind.SHARE})


def creation_date() -> datetime:
    """Return when a file says it was made: ``SOURCE_DATE_EPOCH`` (reproducible-builds.org) or a fixed day."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    seconds = int(epoch) if epoch.isascii() and epoch.isdigit() and len(epoch) < 12 else _FIRST_DATE
    return datetime.fromtimestamp(seconds, tz=UTC).replace(tzinfo=None)


def _clip(text: str) -> str:
    """Cut ``text`` to what a cell holds, counted in UTF-16 units as Excel does."""
    if 2 * len(text) <= CELL_LIMIT or len(text.encode("utf-16-le")) <= 2 * CELL_LIMIT:
        return text
    head = text.encode("utf-16-le")[: 2 * (CELL_LIMIT - len(CLIPPED))]
    return head.decode("utf-16-le", "ignore") + CLIPPED


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of a workbook.

    Args:
        name: Of the sheet, at most 31 characters.
        rows: Rows whose fields are ``columns``.
        columns: The header.
    """

    name: str
    rows: Iterable[Any]
    columns: tuple[Column, ...]


class _SheetWriter:
    """Writes a sheet row by row, and remembers how wide its columns must be."""

    def __init__(self, sheet: Any, columns: tuple[Column, ...], formats: dict[str, Any]) -> None:
        self.sheet = sheet
        self.columns = columns
        self.formats = formats
        self.widths = [_NARROWEST] * len(columns)
        self.rows = 0
        self.clipped = 0

    def header(self) -> None:
        """Write the names of the columns."""
        for position, column in enumerate(self.columns):
            header = "number_header" if column.kind in _NUMBERS else "header"
            self.sheet.write_string(0, position, column.heading, self.formats[header])
            # Room for the arrow of the filter.
            wanted = display_width(encodable(column.heading)) + 3
            self.widths[position] = max(_NARROWEST, min(wanted, _WIDEST))
        self.rows = 1

    def add(self, values: tuple[Any, ...]) -> None:
        """Write one row.

        Raises:
            OutputError: If the sheet is full.
        """
        if self.rows == ROW_LIMIT:
            raise OutputError(
                _("the table has more rows than a worksheet holds ({ROW_LIMIT:,})", ROW_LIMIT=ROW_LIMIT),
                _("--format csv has no limit"),
            )
        lines = 1
        for position, (column, value) in enumerate(zip(self.columns, values, strict=True)):
            if value is not None:
                lines = max(lines, self._cell(position, column.kind, value))
        if lines > 1:
            self.sheet.set_row(self.rows, _LINE * lines)
        self.rows += 1

    def _cell(self, position: int, kind: Kind, value: Any) -> int:
        """Write a cell; return how many lines it takes."""
        if kind in _NUMBERS:
            chance = kind is Kind.SHARE and self.columns[position].name in CHANCES
            self.sheet.write_number(
                self.rows, position, value, self.formats["chance" if chance else kind.value]
            )
            self._widen(position, len(as_text(kind, value)))
            return 1
        text = encodable(as_text(kind, value))
        shown = _clip(text)
        self.clipped += shown != text
        width = display_width(shown[: _WRAPPED + 1])
        wraps = _WIDEST < width <= _WRAPPED or "\n" in shown[:_WRAPPED]
        self.sheet.write_string(self.rows, position, shown, self.formats["wrapped" if wraps else "text"])
        if self.widths[position] < _WIDEST:
            self._widen(position, display_width(shown[:_WIDEST]))
        return _lines(shown) if wraps else 1

    def _widen(self, position: int, width: int) -> None:
        """Let a column have room for a cell of so many characters."""
        self.widths[position] = max(self.widths[position], min(width + 1, _WIDEST))

    def finish(self) -> None:
        """Freeze the header and the first column, set the filter, the widths, and how it prints.

        On A4 on its side, as wide as the paper where that can be read, with header and first column on
        each page.
        """
        self.sheet.freeze_panes(1, 1)
        self.sheet.set_landscape()
        self.sheet.set_paper(_A4)
        self.sheet.repeat_rows(0)
        self.sheet.repeat_columns(0)
        if sum(self.widths) <= _PAPER:
            self.sheet.fit_to_pages(1, 0)
        self.sheet.autofilter(0, 0, self.rows - 1, len(self.columns) - 1)
        for position, width in enumerate(self.widths):
            self.sheet.set_column(position, position, width)


def _lines(text: str) -> int:
    r"""Return how many lines a wrapped text takes, ten at most.

    >>> _lines("一" * 20), _lines("一" * 40), _lines("甲\n乙")
    (1, 2, 2)
    """
    parts = (max(1, -(-display_width(line) // _FILLED)) for line in text[:_WRAPPED].split("\n"))
    return min(sum(parts), _WRAPPED // _WIDEST)


def write_workbook(
    rows: Iterable[Any],
    columns: tuple[Column, ...],
    out: BinaryIO,
    name: str = "pdtool",
    warn: Callable[[str], None] = lambda _: None,
) -> None:
    """Write a table as a workbook of one sheet: header and first column frozen, filter on.

    No text becomes a formula, a link or a number. A cell that is too long is cut, ends with a mark and
    is reported.

    Args:
        rows: Rows whose fields are ``columns``.
        columns: The header.
        out: Where to write; need not be seekable.
        name: Name of the sheet, at most 31 characters.
        warn: Called with a sentence when cells had to be cut.

    Raises:
        OutputError: If there are more rows than a sheet holds, or the disk is full.
    """
    write_sheets([Sheet(name, rows, columns)], out, warn)


def write_sheets(
    sheets: Sequence[Sheet], out: BinaryIO, warn: Callable[[str], None] = lambda _: None
) -> None:
    """Write several tables as one workbook, one sheet each, as :func:`write_workbook` does one.

    Args:
        sheets: At least one; no two of one name.
        out: Where to write; need not be seekable.
        warn: Called with a sentence when cells had to be cut.

    Raises:
        OutputError: If there are more rows than a sheet holds, or the disk is full.
    """
    with temporary_folder() as folder, (folder / "book").open("w+b") as spool:
        clipped = _fill(sheets, spool)
        spool.seek(0)
        while block := spool.read(1 << 20):
            out.write(block)
    if clipped:
        warn(
            _(
                "{cells} held more than {CELL_LIMIT:,} characters, Excel's limit; what is cut "
                "ends with {CLIPPED} (--format csv keeps it whole)",
                cells=counted(clipped, "cell"),
                CELL_LIMIT=CELL_LIMIT,
                CLIPPED=CLIPPED,
            )
        )


def _fill(sheets: Sequence[Sheet], out: BinaryIO) -> int:
    """Write the workbook to a seekable file; return how many cells were cut."""
    import xlsxwriter
    from xlsxwriter.exceptions import XlsxWriterException

    with temporary_folder() as scratch:
        book = xlsxwriter.Workbook(out, {"constant_memory": True, "tmpdir": str(scratch)})
        book.set_properties({"created": creation_date()})
        formats = _formats(book)
        try:
            clipped = sum(_add_sheet(book, sheet, formats) for sheet in sheets)
            book.close()
        except BaseException as error:
            # Only closing it lets go of XlsxWriter's own scratch files.
            with contextlib.suppress(Exception):
                book.close()
            if isinstance(error, XlsxWriterException):
                raise OutputError(_("the workbook cannot be written ({error})", error=error)) from error
            raise
        return clipped


def _formats(book: Any) -> dict[str, Any]:
    number = {"valign": "top", "align": "right", "indent": 1}  # apart from the text of the next column
    return {
        "header": book.add_format({"bold": True, "bottom": 1}),
        "number_header": book.add_format({"bold": True, "bottom": 1, "align": "right", "indent": 1}),
        "text": book.add_format({"num_format": "@", "valign": "top"}),
        "wrapped": book.add_format({"num_format": "@", "valign": "top", "text_wrap": True}),
        "chance": book.add_format({"num_format": _CHANCE, **number}),
        Kind.COUNT.value: book.add_format({"num_format": "0", **number}),
        Kind.SHARE.value: book.add_format({"num_format": "0.0000", **number}),
    }


def _add_sheet(book: Any, table: Sheet, formats: dict[str, Any]) -> int:
    """Write a sheet; return how many cells were cut."""
    sheet = _SheetWriter(book.add_worksheet(table.name), table.columns, formats)
    values = cell_getter(table.columns)
    sheet.header()
    for row in table.rows:
        sheet.add(values(row))
    sheet.finish()
    return sheet.clipped
