"""How well metadata is read, over documents whose labels are known, and over input that lies."""

from __future__ import annotations

import datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdtool.documents.document import Document
from pdtool.documents.fields.describe import describe, raw_span
from pdtool.documents.fields.field import FIELDS, Origin
from pdtool.documents.load import load_corpus
from tests.quality.described import Labelled, described, document, scores

FLOORS = {
    "doc_number": 0.97,
    "date": 0.97,
    "title": 0.95,
    "issuer": 0.92,
    "level": 0.92,
    "genre": 0.92,
    "authors": 0.92,
    "source": 0.9,
}
"""The least F1 of each field; lowering one needs a word in the commit that does it."""


SAID_IN_FULL = frozenset({"title", "doc_number", "authors", "source", "keywords", "year"})
"""Fields whose values stand in the text as they are, the years of an era apart."""


@pytest.fixture(scope="module")
def several() -> list[Labelled]:
    """Return ten documents of each layout."""
    return list(described(range(10)))


def test_every_field_is_read_well_enough(several: list[Labelled]) -> None:
    """The floors hold over at least 300 documents of many layouts, decades, levels and both scripts."""
    assert len(several) >= 300
    found, faults = scores(several)
    short = {field: round(found[field].f1, 4) for field, floor in FLOORS.items() if found[field].f1 < floor}
    assert not short, faults[:20]


def test_spans_cut_what_the_values_say(several: list[Labelled]) -> None:
    """A field that stands in the text cuts it there: the raw cut, cleaned, is the value."""
    for one in several[::7]:
        whole = document(one)
        for field in describe(whole).fields:
            span = raw_span(whole, field)
            if span is None:
                continue
            start, end = span
            assert 0 <= start < end <= len(whole.raw), (one.name, field)
            cut = cleaned(whole.raw[start:end])
            of_era = field.name == "year" and len(cut) < len(field.value)
            if field.name in SAID_IN_FULL and not of_era:
                assert same(cut, field.value), (one.name, field, cut)


def cleaned(cut: str) -> str:
    """Return a raw cut as a document of its own would be cleaned."""
    return document(Labelled("", cut, {})).text


def same(cut: str, value: str) -> bool:
    """Return whether a cut says a value, brackets, blanks and Han figures apart."""
    figures = str.maketrans("〇零O一二三四五六七八九[]（）()", "000123456789〔〕〔〕〔〕")

    def plain(text: str) -> str:
        return "".join(text.split()).translate(figures).removeprefix("中华人民共和国")

    return plain(value) in plain(cut)


def one_file(folder: Path, name: str, text: str) -> Document:
    """Return the document that a file of this name holds."""
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return next(load_corpus([path]))


BODY = "近年来，各地认真贯彻有关部署，取得了明显成效，但也存在不少问题，需要进一步加强统筹协调和督促检查。\n"


def test_a_day_that_never_was_is_no_date(tmp_path: Path) -> None:
    """The number still says the year, and what is wrong is said."""
    head = "云岭县人民政府关于加强水源保护的通知\n云政发〔2021〕4号\n各乡镇：\n"
    text = f"{head}{BODY}云岭县人民政府\n2021年2月30日\n"
    known = describe(one_file(tmp_path, "a.txt", text))
    assert known.value("date") == "2021"
    assert known.doubts == ("2021年2月30日 is no day of the calendar; it is not taken for its date",)


def test_two_numbers_are_said(tmp_path: Path) -> None:
    """The first is taken, and the other is named."""
    text = f"云岭县人民政府关于加强水源保护的通知\n云政发〔2021〕4号\n云政办发〔2021〕9号\n各乡镇：\n{BODY}"
    known = describe(one_file(tmp_path, "a.txt", text))
    assert known.value("doc_number") == "云政发〔2021〕4号"
    assert known.doubts == (
        "its head has 2 document numbers (云政发〔2021〕4号, 云政办发〔2021〕9号); the first is taken",
    )


def test_a_number_that_is_cited_is_not_its_own(tmp_path: Path) -> None:
    """Numbers in titles and in running text are those of other documents."""
    text = f"关于贯彻云政发〔2021〕4号文件的通知\n各乡镇：\n根据国办发〔2020〕7号文件，{BODY}"
    assert describe(one_file(tmp_path, "a.txt", text)).value("doc_number") == ""


@pytest.mark.parametrize(
    "name", ["关于制定2035年远景目标的建议", "国民经济和社会发展第十四个五年规划和2035年远景目标纲要"]
)
def test_the_year_a_plan_is_for_is_not_that_of_its_issue(tmp_path: Path, name: str) -> None:
    """Neither a title nor a file's name makes it one."""
    known = describe(one_file(tmp_path, f"{name}.txt", f"{name}\n{BODY}"))
    assert (known.value("title"), known.value("date"), known.value("year")) == (name, "", "")


def test_a_name_is_trusted_last(tmp_path: Path) -> None:
    """What a file's name says counts where nothing else does, and little."""
    known = describe(one_file(tmp_path, "2021年云山市政府工作报告(2021-02-05).txt", BODY))
    named = {field.name: (field.value, field.origin) for field in known.fields}
    assert named["title"] == ("2021年云山市政府工作报告", Origin.NAME)
    assert named["date"] == ("2021-02-05", Origin.NAME)
    text = f"云山市人民政府工作报告\n（2020年1月7日）\n{BODY}"
    assert describe(one_file(tmp_path, "2021年云山市政府工作报告.txt", text)).value("date") == "2020-01-07"


def test_columns_of_a_table(tmp_path: Path) -> None:
    """Cells say what they are named for; a day as Excel counts it is that day."""
    path = tmp_path / "a.csv"
    rows = (
        "标题,发文机关,发文字号,成文日期,来源,正文",
        f"某通知,财政部; 教育部,财教[2021]5号,44260,某网,{BODY.strip()}",
    )
    path.write_text("\n".join(rows), encoding="utf-8")
    known = describe(next(load_corpus([path])))
    assert {field.origin for field in known.fields if field.name != "genre"} == {Origin.COLUMN}
    assert [known.value(name) for name in ("title", "issuer", "level", "doc_number", "date", "source")] == [
        *("某通知", "财政部; 教育部", "国家", "财教〔2021〕5号", "2021-03-05", "某网")
    ]


def test_a_report_of_an_order_is_no_order(tmp_path: Path) -> None:
    """An order has the title of what it puts into force; news that it was signed has its own."""
    text = "《云岭省水法》已由会议于2021年3月5日通过，现予公布，自2021年5月1日起施行。\n"
    news = describe(one_file(tmp_path, "a.txt", f"省长签署省人民政府令\n{text}{BODY}"))
    order = describe(one_file(tmp_path, "b.txt", f"云岭省人民政府令\n第5号\n{text}{BODY}"))
    assert (news.value("title"), order.value("title")) == ("省长签署省人民政府令", "云岭省水法")


@pytest.mark.parametrize(
    ("cell", "date"),
    [
        (datetime.date(2021, 3, 5), "2021-03-05"),
        (datetime.datetime(2021, 3, 5, 10, 30), "2021-03-05"),
        (44260, "2021-03-05"),
        (44260.4375, "2021-03-05"),
        (20210305, "2021-03-05"),
        (2021, "2021"),
        ("2021年3月", "2021-03"),
        ("2021-02-30", ""),
        ("二〇二一年三月五日", "2021-03-05"),
        (7, ""),
        (-1, ""),
        ("待定", ""),
    ],
)
def test_dates_of_a_workbook(tmp_path: Path, cell: object, date: str) -> None:
    """A day is a day however the sheet keeps it: as a date, as Excel's count of days, as figures or text."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("标题", "成文日期", "正文"), ("关于制定2035年远景目标的建议", cell, BODY.strip())):
        sheet.append(row)
    path = tmp_path / "a.xlsx"
    book.save(path)
    known = describe(next(load_corpus([path])))
    assert (known.value("date"), known.value("year")) == (date, date[:4])


def test_a_text_of_nothing_is_known_by_nothing(tmp_path: Path) -> None:
    """Empty, blank and running texts give no field that is not there."""
    for text in ("", "\n\n \n", "\x00", "。。。", BODY * 3):
        assert describe(one_file(tmp_path, "a.txt", text)).fields == ()


def test_fields_stand_in_their_order(several: list[Labelled]) -> None:
    """Rows of a document follow the order of the table."""
    for one in several[::31]:
        names = [field.name for field in describe(document(one)).fields]
        assert names == sorted(names, key=FIELDS.index)


PIECES = st.sampled_from(
    [
        *(
            "发文机关：",
            "发文字号",
            "成文日期|",
            "来源：",
            "【发布日期】",
            "标　题：",
            "《水法》已经",
            "文件",
            "令",
            "第5号",
        ),
        *(
            "国务院",
            "云岭县人民政府",
            "财政部",
            "关于加强工作的通知",
            "云政发〔2021〕4号",
            "(84)财农字第5号",
            "总理　李某",
        ),
        *(
            "2021年3月5日",
            "2021年2月30日",
            "二〇二一年三月",
            "民國110年3月5日",
            "通过",
            "施行",
            "第一条 ",
            "——",
            "（",
            "）",
        ),
        *("\n", "\n\n", "\r\n", " ", "\t", "。", "，", "|"),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES | st.text(max_size=6), max_size=30).map("".join))
def test_any_text(text: str) -> None:
    """Whatever a text holds, fields have values and stand within it, and dates are days of the calendar."""
    whole = document(Labelled("", text, {}))
    for field in describe(whole).fields:
        assert field.value and 0 < field.sure <= 1
        span = raw_span(whole, field)
        assert span is None or 0 <= span[0] <= span[1] <= len(whole.raw)
        if field.name == "date":
            year, month, day = (*map(int, field.value.split("-")), 1, 1)[:3]
            assert datetime.date(year, month, day)
