"""What people call the columns: each of every table, in the terminal, in Excel, and where it is asked for."""

from __future__ import annotations

import io
import re
from pathlib import Path
from tomllib import loads

import openpyxl
import pytest

from pdtool.concordance.rows import OccurrenceRow
from pdtool.documents.grouping import GROUP_FIELDS
from pdtool.interface.similarity_tables import similarity_columns
from pdtool.language import Language
from pdtool.output.labels import label, labelled, value_label
from pdtool.rows import Column, Kind, columns
from tests.commandline import ROOT, run
from tests.output.columns_page import TABLES

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
    names |= {"group", *(column.name for column in similarity_columns(GROUP_FIELDS[:1]))}
    assert set(LABELS["columns"]) <= names
    assert set(LABELS["groups"]) == set(GROUP_FIELDS)
    tables = {row_type.__name__: row_type for row_type in ROW_TYPES}
    for name in LABELS.keys() - {"columns", "groups", "values"}:
        assert set(LABELS[name]) <= {column.name for column in columns(tables[name])}


def test_pairs_of_groups_have_heads_of_their_own() -> None:
    """``compare --group-by`` names groups, not documents, in Chinese as well."""
    header = similarity_columns(GROUP_FIELDS[:1])
    assert [label(column, Language.ZH) for column in header[:2]] == ["组别甲", "组别乙"]
    assert label(Column("group", Kind.TEXT, "", "doc"), Language.ZH) == "组别"


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


def test_labels_are_the_words_of_the_report() -> None:
    """A kind, a relation, a class and a role are called alike in tables and on the page."""
    page = loads((ROOT / "pdtool" / "data" / "report" / "strings.toml").read_text(encoding="utf-8"))["zh"]
    values = LABELS["values"]
    for prefix, column in (("kind", "kind"), ("class", "class"), ("pair", "kind"), ("pair", "relation")):
        for value, called in values[column].items():
            assert page.get(f"{prefix}_{value}", called) == called
    assert (page["keep"], page["drop"]) == (values["role"]["keep"], values["role"]["drop"])


def test_values_that_pdtool_chooses_have_labels() -> None:
    """Kinds, relations, roles, scripts and flags; what is data, or unknown, stays as it is."""
    relation, flag, kinds = (
        Column("relation", Kind.TEXT, "", "relation", table="PairRow"),
        Column("declared", Kind.FLAG, "", "declared", table="KeywordRow"),
        Column("kind", Kind.LIST, "", "kind", table="EditRow"),
    )
    assert value_label(relation, "identical", Language.ZH) == "全同"
    assert value_label(relation, "依据", Language.ZH) == "依据"
    assert value_label(relation, "identical", Language.EN) == "identical"
    assert [value_label(flag, value, Language.ZH) for value in (True, False, None)] == ["是", "否", None]
    assert value_label(kinds, ("ghost", "script"), Language.ZH) == ("拼音残留", "繁简")
    assert value_label(Column("relation", Kind.TEXT, ""), "identical", Language.ZH) == "identical"


def test_every_value_that_a_column_names_has_its_label() -> None:
    """What the help of a column lists in backquotes, of the columns whose values have labels."""
    for row_type in ROW_TYPES:
        for column in columns(row_type):
            named = set(re.findall("`([a-z_]+)`", column.help)) - {one.name for one in columns(row_type)}
            if column.name in LABELS["values"] and column.kind is Kind.TEXT:
                assert named <= set(LABELS["values"][column.name]), (row_type.__name__, column.name)
