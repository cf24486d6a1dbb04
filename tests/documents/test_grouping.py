"""Groups of documents: their fields, their values, and the columns they get."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdtool.corpus.scan import ReadOptions, scan
from pdtool.documents.document import Document
from pdtool.documents.grouping import (
    GROUP_FIELDS,
    NONE,
    Group,
    WithGroup,
    all_groups,
    check_grouping,
    group_values,
    grouped_columns,
    parse_grouping,
    without_value,
)
from pdtool.documents.mapping import map_documents
from pdtool.errors import UsageError
from pdtool.output.table import write_table
from pdtool.output.target import Format, Target
from pdtool.rows import Kind, column, columns, group_columns

OFFICIAL = """财政部 教育部文件

财教〔2021〕17号

财政部 教育部关于下达校舍维修资金的通知

各省、自治区、直辖市财政厅(局)、教育厅(局):
为做好校舍维修工作，现将资金下达给你们，请遵照执行。

财政部 教育部
2021年4月6日
"""
PLAIN = "春天的果园里开满了花，远处的山坡上有人放羊。"


def _groups(folder: Path, fields: tuple[str, ...], name: str = ".") -> dict[str, Group]:
    """Return the group of every document of a folder or file, by its id."""
    with scan([str(folder / name)], ReadOptions(kept_columns=fields)) as corpus:
        outcomes = map_documents(corpus, WithGroup(_length, fields), jobs=1)
    return {one.source.id: one.result[0] for one in outcomes if one.result is not None}


def _length(document: Document) -> int:
    """Return a number: what else is asked of a document does not matter here."""
    return len(document.text)


def test_fields_read_in_the_text(tmp_path: Path) -> None:
    """Dates, level and genre as `inspect` reads them; of joint issuers the first, or all as one value."""
    (tmp_path / "2021" / "部").mkdir(parents=True)
    (tmp_path / "2021" / "部" / "a.txt").write_text(OFFICIAL, encoding="utf-8")
    (tmp_path / "b.txt").write_text(PLAIN, encoding="utf-8")
    fields = ("year", "month", "issuer", "issuers", "level", "genre", "folder", "source")
    assert _groups(tmp_path, fields) == {
        "2021/部/a.txt": (*("2021", "2021-04", "财政部", "财政部; 教育部", "国家", "通知", "2021/部", NONE),),
        "b.txt": (*(NONE,) * 6, tmp_path.name, NONE),
    }


TABLES = {
    "t.csv": "id,正文,省份,year,发布日期\n"
    f"1,{PLAIN},江苏 ,2019年,2020-05-06\n2,{PLAIN},浙 \u3000江,,2020/5/6\n3,{PLAIN},,44260,\n",
    "t.jsonl": "".join(
        json.dumps(row, ensure_ascii=False) + "\n"
        for row in (
            {"id": 1, "正文": PLAIN, "省份": "江苏", "year": 2019, "发布日期": "2020-05-06"},
            {"id": 2, "正文": PLAIN, "省份": ["浙", "江"], "year": None, "发布日期": "2020-05-06"},
            {"id": 3, "正文": PLAIN, "省份": True, "year": 2021},
        )
    ),
}


@pytest.mark.parametrize(
    ("name", "provinces"),
    [("t.csv", ("江苏", "浙 江", NONE)), ("t.jsonl", ("江苏", "浙; 江", "true"))],
    ids=["csv", "jsonl"],
)
def test_columns_of_a_table(tmp_path: Path, name: str, provinces: tuple[str, ...]) -> None:
    """Any column is a field, in one line; a column with the name of a field goes before what was read."""
    (tmp_path / name).write_text(TABLES[name], encoding="utf-8")
    found = _groups(tmp_path, ("省份", "year", "folder"), name)
    years = ("2019", "2020", "2021")
    expected = [(province, year, tmp_path.name) for province, year in zip(provinces, years, strict=True)]
    assert list(found.values()) == expected


def test_a_workbook_has_columns(tmp_path: Path) -> None:
    """Columns of converted tables are known too, and what the corpus has is named."""
    import openpyxl

    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (["正文", "地区"], [PLAIN, "苏南"], [PLAIN, "苏北"]):
        book.active.append(row)
    book.save(tmp_path / "t.xlsx")
    with scan([str(tmp_path / "t.xlsx")]) as corpus:
        assert corpus.columns == ("正文", "地区")
    assert list(_groups(tmp_path, ("地区",), "t.xlsx").values()) == [("苏南",), ("苏北",)]


def test_documents_without_a_table_have_no_such_value(tmp_path: Path) -> None:
    """A corpus of texts and tables: only the rows have what the column says."""
    (tmp_path / "a.txt").write_text(PLAIN, encoding="utf-8")
    (tmp_path / "t.csv").write_text(f"正文,地区\n{PLAIN},苏南\n", encoding="utf-8")
    found = _groups(tmp_path, ("地区", "folder"))
    assert found == {"a.txt": (NONE, tmp_path.name), "t.csv#1": ("苏南", tmp_path.name)}


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("year", ("year",)),
        (" Year , issuer ", ("year", "issuer")),
        ("省份，年份", ("省份", "年份")),
        ("Province", ("Province",)),
    ],
)
def test_names_of_fields(text: str, fields: tuple[str, ...]) -> None:
    """Commas of both widths divide; fields are told whatever their case, columns stay as written."""
    assert parse_grouping(text) == fields


@pytest.mark.parametrize("text", ["", ",", "year,", "year,,issuer", "year,year", "year,YEAR", "省份，省份"])
def test_names_that_are_refused(text: str) -> None:
    """A field without a name, or given twice."""
    with pytest.raises(UsageError):
        parse_grouping(text)


def test_unknown_fields_are_refused() -> None:
    """The error lists the fields and the columns there are."""
    check_grouping(("year", "省份"), ["正文", "省份"])
    check_grouping(("省份_",), ["省份"])
    with pytest.raises(UsageError) as caught:
        check_grouping(("年分",), ["正文", "年份"])
    assert "'年分'" in caught.value.message
    assert all(name in caught.value.message for name in (*GROUP_FIELDS, "正文", "年份"))
    with pytest.raises(UsageError, match="no input is a table"):
        check_grouping(("省份",), [])


def test_what_has_no_value_is_counted() -> None:
    """One sentence a field, singular and plural, nothing where all have values."""
    groups = [(NONE, "a"), (NONE, "b"), ("2021", NONE)]
    assert list(without_value(("year", "issuer"), groups)) == [
        "2 of 3 documents have no year: they are in the group (none)",
        "1 of 3 documents has no issuer: it is in the group (none)",
    ]
    assert not list(without_value(("year",), [("2021",)]))


VALUES = st.sampled_from(["a", "b", "c", NONE])


@given(st.lists(st.tuples(VALUES, VALUES), max_size=8))
def test_balanced_groups(groups: list[Group]) -> None:
    """All there are, each once, sorted; with two that are whole also their crossings; no new (none)."""
    every = all_groups(groups)
    assert every == sorted(set(every))
    assert set(groups) <= set(every)
    assert all(group in groups for group in every if NONE in group)
    whole = [group for group in groups if NONE not in group]
    assert all((one[0], other[1]) in every for one in whole for other in whole)


def test_too_many_balanced_groups_are_refused() -> None:
    """Three fields of 200 values each have eight million crossings."""
    with pytest.raises(UsageError, match="8,000,000 groups"):
        all_groups([(str(number),) * 3 for number in range(200)])


@dataclass(frozen=True, slots=True)
class _Before:
    """Group columns in front."""

    groups: tuple[str, ...] = group_columns("The group.")
    term: str = column(Kind.TEXT, "The term.")
    count: int = column(Kind.COUNT, "How often.")


@dataclass(frozen=True, slots=True)
class _Behind:
    """Group columns at the end."""

    term: str = column(Kind.TEXT, "The term.")
    groups: tuple[str, ...] = group_columns("The group.")


@pytest.mark.parametrize("table_format", [Format.CSV, Format.JSONL, Format.TSV], ids=str)
def test_tables_have_group_columns(tmp_path: Path, table_format: Format) -> None:
    """The columns stand where the row declares them, by the names of the fields, in every format."""
    path = tmp_path / "out"
    header = grouped_columns(_Before, ("省份", "year"))
    write_table([_Before(("江苏", "2021"), "治理", 3)], header, Target(table_format, path, plain=True))
    text = path.read_text(encoding="utf-8")
    row = {"省份": "江苏", "year": "2021", "term": "治理", "count": 3}
    if table_format is Format.JSONL:
        assert list(json.loads(text).items()) == list(row.items())
    else:
        read = csv.DictReader(io.StringIO(text), delimiter="," if table_format is Format.CSV else "\t")
        assert [list(one.items()) for one in read] == [[(name, str(cell)) for name, cell in row.items()]]


def test_group_columns_at_the_end_or_none() -> None:
    """Without fields a row class has no group columns; a field with the name of a column is refused."""
    assert [one.name for one in columns(_Before)] == ["term", "count"]
    assert [one.name for one in grouped_columns(_Behind, ("year",))] == ["term", "year"]
    with pytest.raises(UsageError, match="'count'"):
        grouped_columns(_Before, ("count",))


def test_the_values_of_a_document_are_pure(tmp_path: Path) -> None:
    """Asking twice gives the same, and asking for nothing gives nothing."""
    (tmp_path / "a.txt").write_text(OFFICIAL, encoding="utf-8")
    with scan([str(tmp_path)]) as corpus:
        pairs = map_documents(corpus, _twice, jobs=1)
    assert [one.result for one in pairs] == [(("2021", "财政部"), ("2021", "财政部"), ())]


def _twice(document: Document) -> tuple[Group, Group, Group]:
    fields = ("year", "issuer")
    return group_values(document, fields), group_values(document, fields), group_values(document, ())
