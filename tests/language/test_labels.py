"""What people call the columns: each of every table, in the terminal, in Excel, and where it is asked for."""

from __future__ import annotations

import io
from pathlib import Path
from tomllib import loads

import openpyxl
import pytest

from pdtool.concordance.rows import OccurrenceRow
from pdtool.documents.grouping import GROUP_FIELDS
from pdtool.language import Language
from pdtool.output.labels import label, labelled
from pdtool.rows import Column, Kind, columns
from tests.commandline import ROOT, run
from tests.output.test_columns_page import TABLES

LABELS = loads((ROOT / "pdtool" / "data" / "labels.zh.toml").read_text(encoding="utf-8"))
ROW_TYPES = sorted(
    {*TABLES.values(), OccurrenceRow}, key=lambda row_type: (row_type.__module__, row_type.__name__)
)


@pytest.mark.parametrize("row_type", ROW_TYPES, ids=lambda row_type: row_type.__name__)
def test_every_column_has_its_own_label(row_type: type) -> None:
    """No column of a table keeps its English name in Chinese, and no two have one label."""
    header = columns(row_type, GROUP_FIELDS[:2]) if row_type.__name__ == "GroupRow" else columns(row_type)
    called = [label(column, Language.ZH) for column in header]
    assert not {column.name for column in header} & set(called)
    assert len(set(called)) == len(called)


def test_no_label_is_left_over() -> None:
    """Every label is of a column or a field that there is."""
    names = {column.name for row_type in ROW_TYPES for column in columns(row_type)}
    assert set(LABELS["columns"]) <= names
    assert set(LABELS["groups"]) == set(GROUP_FIELDS)
    tables = {row_type.__name__: row_type for row_type in ROW_TYPES}
    for name in LABELS.keys() - {"columns", "groups"}:
        assert set(LABELS[name]) <= {column.name for column in columns(tables[name])}


def test_columns_that_data_name_keep_their_names() -> None:
    """A theme, a document, a column of one's own table is called as its owner calls it."""
    assert label(Column("count", Kind.COUNT, ""), Language.ZH) == "count"
    assert label(Column("year", Kind.TEXT, "", "groups", 0), Language.ZH) == "年份"
    assert label(Column("province", Kind.TEXT, "", "groups", 0), Language.ZH) == "province"
    assert label(Column("containment_a", Kind.SHARE, "", "containment_a"), Language.EN) == "containment a"


def test_no_two_columns_are_called_alike() -> None:
    """A column of the user's that has the label of another keeps its own name beside it."""
    header = (Column("doc", Kind.TEXT, "", "doc"), Column("文档", Kind.COUNT, ""))
    assert [column.heading for column in labelled(header, Language.ZH)] == ["文档", "文档"[:2]]
    twice = (Column("issuer", Kind.TEXT, "", "g", 0), Column("issuers", Kind.TEXT, "", "g", 1))
    assert [column.heading for column in labelled(twice, Language.ZH)] == ["发文机关", "issuers"]


@pytest.mark.parametrize(
    ("options", "first"),
    [
        (["-f", "table"], "文档甲"),
        (["-f", "csv"], "doc_a"),
        (["-f", "jsonl"], '{"doc_a"'),
        (["-f", "md"], "| doc_a"),
        (["-f", "csv", "--headers", "labels"], "文档甲"),
        (["-f", "jsonl", "--headers", "labels"], '{"文档甲"'),
        (["-f", "table", "--headers", "names"], "doc_a"),
        (["-f", "table", "--plain"], "doc_a"),
        (["-f", "table", "--lang", "en"], "doc_a"),
        (["-f", "table", "--lang", "en", "--headers", "labels"], "doc a"),
    ],
)
def test_names_and_labels(options: list[str], first: str) -> None:
    """Labels are for people who read Chinese, names for programs, and each where it is asked for."""
    done = run(["compare", "seeds", "--lang", "zh", "-q", *options])
    assert done.returncode == 0
    assert done.stdout.decode("utf-8-sig").startswith(first)


def test_workbooks_have_labels(tmp_path: Path) -> None:
    """In Excel the heads are Chinese, wide tables' too, and as wide as they are."""
    run(["themes", "seeds", "--wide", "--lang", "zh", "-q", "-o", str(tmp_path / "wide.xlsx")])
    book = openpyxl.load_workbook(io.BytesIO((tmp_path / "wide.xlsx").read_bytes()))
    head = [cell.value for cell in next(book.active.iter_rows(max_row=1))]
    assert head[0] == "文档"
    assert "党的领导" in head
