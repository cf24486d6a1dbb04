"""Excel workbooks, read back by openpyxl."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

from pdtool.errors import OutputError
from pdtool.output import workbook
from pdtool.output.escaping import encodable
from pdtool.output.workbook import CELL_LIMIT, CLIPPED, write_workbook
from pdtool.rows import Column, Kind, columns
from tests.output.sample import Sample, samples


def written(rows: list[Sample], warnings: list[str] | None = None) -> bytes:
    """Write rows to bytes."""
    out = io.BytesIO()
    write_workbook(rows, columns(Sample), out, warn=(warnings if warnings is not None else []).append)
    return out.getvalue()


def sheet_of(data: bytes) -> Any:
    """Open the only sheet."""
    return openpyxl.load_workbook(io.BytesIO(data)).active


def test_hostile_text_reads_back_as_text() -> None:
    """No text becomes a formula, a number or a link, and none is lost."""
    sheet = sheet_of(written(samples()))
    for row, sample in enumerate(samples(), start=2):
        cell = sheet.cell(row, 1)
        assert openpyxl.utils.escape.unescape(cell.value or "") == encodable(sample.name)
        assert cell.data_type in "sn" and not (cell.data_type == "n" and cell.value is not None)
        assert cell.hyperlink is None


def test_numbers_are_numbers_and_nothing_is_an_empty_cell() -> None:
    """Counts and shares can be computed with; shares show four decimals."""
    sheet = sheet_of(written([Sample("a", 5, 0.98, True, ("x", "y")), Sample("b", None, None, False, ())]))
    assert [cell.value for cell in sheet[2]] == ["a", 5, 0.98, "yes", "x; y"]
    assert [cell.value for cell in sheet[3]][:4] == ["b", None, None, "no"]
    assert sheet["C2"].number_format == "0.0000"


def test_the_header_is_frozen_and_filtered() -> None:
    """The header and ids stay in sight, the filter covers the table; a table of nothing is its header."""
    sheet = sheet_of(written([Sample("a", 1, 1.0, True, ())]))
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:E2"
    assert [cell.value for cell in sheet_of(written([]))[1]] == ["name", "count", "share", "flag", "terms"]


def test_chinese_gets_twice_the_width() -> None:
    """A column is as wide as what it shows, within limits."""
    sheet = sheet_of(written([Sample("党" * 20, 1, 1.0, True, ("x" * 500,))]))
    assert 40 <= sheet.column_dimensions["A"].width <= 43
    assert sheet.column_dimensions["E"].width <= 62


@pytest.mark.parametrize("text", ["党" * (CELL_LIMIT + 1), "𠮷" * (CELL_LIMIT // 2 + 1)])
def test_a_cell_that_is_too_long_is_cut_and_reported(text: str) -> None:
    """Excel's limit counts UTF-16 units; the cut is marked in the cell and told once."""
    warnings: list[str] = []
    value = sheet_of(written([Sample(text, 1, 1.0, True, ())], warnings))["A2"].value
    assert value.endswith(CLIPPED) and text.startswith(value.removesuffix(CLIPPED))
    assert len(value.encode("utf-16-le")) <= 2 * CELL_LIMIT
    assert len(warnings) == 1 and "1 cell" in warnings[0]


def test_a_cell_of_just_the_limit_is_whole() -> None:
    """Nothing is cut, and nothing is said, at the limit itself."""
    warnings: list[str] = []
    data = written([Sample("x" * CELL_LIMIT, 1, 1.0, True, ())], warnings)
    assert sheet_of(data)["A2"].value == "x" * CELL_LIMIT and not warnings


def test_too_many_rows_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """A table that does not fit is refused, not cut; the hint names a format that has no limit."""
    monkeypatch.setattr(workbook, "ROW_LIMIT", 3)
    written([Sample("a", 1, 1.0, True, ())] * 2)
    with pytest.raises(OutputError, match="more rows than a worksheet holds") as caught:
        written([Sample("a", 1, 1.0, True, ())] * 3)
    assert "csv" in caught.value.hint


def test_the_same_table_is_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    """No clock shows in the file, unless SOURCE_DATE_EPOCH sets one."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    first = written(samples())
    assert written(samples()) == first
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    dated = written(samples())
    assert dated != first
    created = openpyxl.load_workbook(io.BytesIO(dated)).properties.created
    assert (created.year, created.month, created.day) == (2023, 11, 14)


def test_long_text_wraps_and_heads_are_wide_enough() -> None:
    """Text of several lines wraps, a passage of a page does not; a Chinese head has twice the width."""
    header = (Column("每千字出现次数", Kind.SHARE, ""), Column("reason", Kind.TEXT, ""))
    out = io.BytesIO()
    write_workbook(
        [(1.0, "一条理由。" * 20), (2.0, "一" * 900), (3.0, "短")], header, out, name="dedupe pair"
    )
    sheet = sheet_of(out.getvalue())
    assert sheet.title == "dedupe pair"
    assert [bool(sheet.cell(row, 2).alignment.wrap_text) for row in (2, 3, 4)] == [True, False, False]
    assert sheet.column_dimensions["A"].width >= 17


def test_columns_have_room_for_their_numbers() -> None:
    """A column that is too narrow for a number shows ### in place of it."""
    header = (Column("n", Kind.COUNT, ""), Column("score", Kind.SHARE, ""))
    out = io.BytesIO()
    write_workbook([(1, 0.5), (12_345_678_901, 143.0607), (3, 98_765.4321)], header, out)
    sheet = sheet_of(out.getvalue())
    assert sheet.column_dimensions["A"].width >= len("12345678901") + 1
    assert sheet.column_dimensions["B"].width >= len("98765.4321") + 1


def test_small_probabilities_are_not_nothing() -> None:
    """A p of 4e-7 is shown as a power of ten; it is stored as it is."""
    out = io.BytesIO()
    write_workbook([(4e-7, 4e-7)], (Column("p", Kind.SHARE, ""), Column("share", Kind.SHARE, "")), out)
    sheet = sheet_of(out.getvalue())
    assert sheet["A2"].value == 4e-7
    assert sheet["A2"].number_format == "[=0]0.0000;[<0.0001]0E+0;0.0000"
    assert sheet["B2"].number_format == "0.0000"


def test_it_prints_on_a4() -> None:
    """On its side, as wide as the paper, with the header and the first column on every page."""
    sheet = sheet_of(written([Sample("字", 1, 0.5, True, ())]))
    assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$1:$1", "$A:$A")


def test_rows_are_as_high_as_their_text() -> None:
    """Every program shows all lines of a wrapped text; rows of one line keep the usual height."""
    book = sheet_of(written([Sample("字" * 100, 1, 0.5, True, ()), Sample("字", 1, 0.5, True, ())]))
    assert (book.row_dimensions[2].height, book.row_dimensions[3].height) == (72, None)


def test_numbers_stand_apart_from_the_text_beside_them() -> None:
    """Figures and their heads stand right, a blank before the next column."""
    book = sheet_of(written([Sample("字", 1, 0.5, True, ())]))
    for row in (1, 2):
        assert [book.cell(row, column).alignment.horizontal for column in (1, 2, 3)] == [
            None,
            "right",
            "right",
        ]
        assert book.cell(row, 2).alignment.indent == 1
