"""Spreadsheets (.xlsx, .ods) and Parquet tables → CSV, which is read like any other.

Numbers are written as they are shown without a format (``7``, not ``7.0``), dates as ISO 8601, and every
value of a row as text.
"""

from __future__ import annotations

import csv
import datetime
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pdtool.corpus.parsing.extract import Extracted
from pdtool.corpus.parsing.package import damaged, open_package
from pdtool.corpus.problems import LARGEST_DOCUMENT
from pdtool.errors import InputError
from pdtool.language import N_, _, listed

__all__ = ["convert_parquet", "convert_sheet", "shown_cell"]

_LARGEST = 2_000_000_000
"""Characters that a table may hold in all."""
_BOMB = 100_000_000
"""Characters that a table may hold in any case."""
_BOMB_RATIO = 1_000
"""Characters per byte of its file beyond which a larger table is a decompression bomb."""
_LARGEST_SHEET = 400_000_000
"""Bytes that a spreadsheet may unpack to: it is held in memory as a whole."""
_MOST_ROWS = 10_000_000
"""Rows that a table may have."""
_MOST_REPEATS = 100_000
"""How often a spreadsheet may repeat a row of text: a file of a few bytes can say a thousand million."""
_REPEATED = re.compile(
    rb'number-rows-repeated="(\d{6,})"[^>]*(?<!/)>(?:(?!</table:table-row>).){0,2000}?<text:p', re.DOTALL
)
"""A row of an OpenDocument sheet that is repeated very often and holds text."""
_OVERLAP = 4_096
"""Bytes of a sheet that are looked at with the next block too, as a row may lie across their border."""
_BATCH = 256
"""Rows of a Parquet table at a time: one may hold a book."""


def convert_sheet(path: str, out: str) -> Extracted:
    """Write the first sheet that holds anything as CSV.

    Raises:
        InputError: If the file is damaged, protected, too large, or holds nothing.
    """
    import python_calamine

    with open_package(path, "spreadsheet") as package:
        unpacked = sum(info.file_size for info in package.infolist())
        if unpacked > _LARGEST_SHEET:
            raise InputError(
                _(
                    "unpacks to {unpacked:,} bytes (at most {LARGEST_SHEET:,} are read)",
                    unpacked=unpacked,
                    LARGEST_SHEET=_LARGEST_SHEET,
                ),
                _("save the sheet as .csv (UTF-8), or divide it"),
            )
        _refuse_repeats(package)
    try:
        book = python_calamine.load_workbook(path)
        sheets = [(name, book.get_sheet_by_name(name)) for name in book.sheet_names]
        filled = [(name, sheet) for name, sheet in sheets if sheet.total_height]
        if filled:
            _write(filled[0][1].iter_rows(), path, out)
    except python_calamine.PasswordError as error:
        raise InputError(_("is protected by a password"), _("save it without one")) from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise damaged(N_("spreadsheet"), error) from error
    if not filled:
        raise InputError(_("holds no rows"))
    rest = [name for name, _ in filled[1:]]
    said = _("has more sheets than the first ({names}), which are not read", names=listed(rest[:5]))
    return Extracted("", {}, (said,) if rest else ())


def _refuse_repeats(package: zipfile.ZipFile) -> None:
    """Refuse a sheet that says of a row of text that it stands there very many times.

    Raises:
        InputError: If it does.
    """
    if "content.xml" not in package.namelist():
        return
    with package.open("content.xml") as sheet:
        before = b""
        while block := sheet.read(1 << 20):
            for found in _REPEATED.finditer(before + block):
                if int(found[1]) > _MOST_REPEATS:
                    raise InputError(
                        _(
                            "repeats a row {found:,} times (at most {MOST_REPEATS:,} are read)",
                            found=int(found[1]),
                            MOST_REPEATS=_MOST_REPEATS,
                        ),
                        _("save the sheet as .csv (UTF-8) without what is repeated"),
                    )
            before = block[-_OVERLAP:]


def convert_parquet(path: str, out: str) -> Extracted:
    """Write a Parquet table as CSV, without the columns that hold no text, numbers or dates.

    Raises:
        InputError: If the file is damaged, holds no such column, or a row that takes too much memory.
    """
    import pyarrow
    import pyarrow.parquet

    try:
        with pyarrow.parquet.ParquetFile(path, memory_map=False, pre_buffer=False) as file:
            names = [field.name for field in file.schema_arrow if _is_simple(field.type)]
            if not names:
                raise InputError(_("holds no column of text"))
            _write(_parquet_rows(file, names), path, out)
    except MemoryError as error:  # which one of pyarrow's is too
        raise InputError(
            _(
                "holds a row that takes more memory than a document may (a text has at most "
                "{LARGEST_DOCUMENT:,} characters)",
                LARGEST_DOCUMENT=LARGEST_DOCUMENT,
            ),
            _("leave that row out, or divide its text"),
        ) from error
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        raise damaged(N_("Parquet table"), error) from error
    return Extracted("")


def _is_simple(kind: Any) -> bool:
    from pyarrow import types

    if types.is_dictionary(kind):
        kind = kind.value_type
    tests = (
        types.is_string,
        types.is_large_string,
        types.is_string_view,
        types.is_integer,
        types.is_floating,
    )
    more = (types.is_boolean, types.is_temporal, types.is_decimal)
    return any(test(kind) for test in (*tests, *more))


def _parquet_rows(file: Any, names: list[str]) -> Iterator[Iterable[Any]]:
    yield names
    for batch in file.iter_batches(batch_size=_BATCH, columns=names, use_threads=False):
        columns = [column.to_pylist() for column in batch.columns]
        yield from zip(*columns, strict=True)


def _write(rows: Iterable[Iterable[Any]], path: str, out: str) -> None:
    largest = min(_LARGEST, max(_BOMB, _BOMB_RATIO * Path(path).stat().st_size))
    written = 0
    with Path(out).open("w", encoding="utf-8", errors="replace", newline="") as file:
        writer = csv.writer(file)
        for number, row in enumerate(rows):
            if number > _MOST_ROWS:
                raise InputError(_("has more than {MOST_ROWS:,} rows", MOST_ROWS=_MOST_ROWS), _("divide it"))
            cells = [shown_cell(value) for value in row]
            written += sum(map(len, cells)) + len(cells)  # each ends with a comma or a line end
            if written > largest:
                raise InputError(
                    _(
                        "holds more than {largest:,} characters, as a decompression bomb does",
                        largest=largest,
                    ),
                    _("divide it"),
                )
            writer.writerow(cells)


def shown_cell(value: Any) -> str:
    """Return the value of a cell as text: numbers as without a format, dates as ISO 8601."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    return str(value)
