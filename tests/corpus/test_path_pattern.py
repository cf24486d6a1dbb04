"""Fields that are read from paths: which pattern says what, what is refused, and what comes of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdtool.corpus.path_pattern import path_pattern
from pdtool.corpus.read_options import ReadOptions
from pdtool.corpus.scan import scan
from pdtool.documents.fields.describe import describe
from pdtool.documents.fields.field import Origin
from pdtool.documents.grouping import group_values
from pdtool.documents.load import load_corpus
from pdtool.errors import UsageError

TEXT = "近年来，各地认真贯彻有关部署，取得了明显成效。"


@pytest.mark.parametrize(
    ("pattern", "path", "said"),
    [
        (
            "{省份}/{year}年{title}.txt",
            "/a/江苏/2021年通知.txt",
            {"省份": "江苏", "year": "2021", "title": "通知"},
        ),
        ("{省份}/{year}年{title}.txt", "/a/江苏/通知.txt", None),
        ("{省份}/{year}年{title}.txt", "/a/江苏/2021年通知.docx", None),
        ("{title}", "/a/通知.docx", {"title": "通知"}),
        ("{year}{title}.txt", "/a/2021通知.txt", {"year": "2021", "title": "通知"}),
        ("{year}{title}.txt", "/a/3021通知.txt", None),
        ("{_}_{省}.txt", "/a/甲_乙.txt", {"省": "乙"}),
        ("{a}_{b}.txt", "/x/甲_乙_丙.txt", {"a": "甲", "b": "乙_丙"}),
        ("{date}-{title}.txt", "/x/2021-03-05-通知.txt", {"date": "2021-03-05", "title": "通知"}),
        ("{{{a}}}.txt", "/x/{甲}.txt", {"a": "甲"}),
        ("{a}(终稿).txt", "/x/甲(终稿).txt", {"a": "甲"}),
        ("{a}/b.txt", "/甲/乙b.txt", None),
        ("数据/{a}/{_}.txt", "/数据/甲/乙.txt", {"a": "甲"}),
        ("{a}.txt", "/x/cafe\u0301.txt", {"a": "café"}),
        ("{a}.txt", "/x/ .txt", {}),
        ("{a}.txt", "/x/\udcff.txt", None),
    ],
)
def test_what_a_path_says(pattern: str, path: str, said: dict[str, str] | None) -> None:
    """A pattern ends a path; a field is a part of one folder's or file's name, as short as may be."""
    assert path_pattern(pattern).match(path.replace("/", os.sep)) == said


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "abc.txt",
        "{_}.txt",
        "{a",
        "a}",
        "{a{b}}",
        "{}",
        "{ }",
        "{a}{b}",
        "{a}/{a}",
        "{a,b}",
        "{a/b}",
        "{" + "甲" * 41 + "}",
    ],
)
def test_malformed_patterns_are_refused(pattern: str) -> None:
    """No field, a brace alone, a field without a name, twice, or with nothing behind it: one clear word."""
    with pytest.raises(UsageError) as refused:
        path_pattern(pattern)
    assert "--from-path" in refused.value.message and refused.value.hint


@given(st.text("{}/_a甲年.\\", max_size=20), st.text("/a甲年._1{", max_size=40))
def test_no_pattern_and_no_path_breaks_it(pattern: str, path: str) -> None:
    """Any pattern is read or refused, and matches or does not."""
    try:
        read = path_pattern(pattern)
    except UsageError:
        return
    found = read.match(path)
    assert found is None or set(found) <= set(read.fields)


def test_a_long_path_takes_no_longer_than_it_is() -> None:
    """Many fields over a name that almost fits: steps grow with the path, not with its divisions."""
    pattern = path_pattern("_".join(f"{{f{number}}}" for number in range(30)) + "!.txt")
    assert pattern.match("/" + "_a" * 20_000 + ".txt") is None


def tree(folder: Path) -> Path:
    """Return a folder with a document of each of two provinces, and one whose path says nothing."""
    for name in ("江苏/2021年通知.txt", "浙江/2020年通知.txt", "浙江/杂.txt"):
        path = folder / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT, encoding="utf-8")
    return folder / "in"


def test_fields_are_known_of_documents_and_can_be_grouped_by(tmp_path: Path) -> None:
    """Fields of metadata are read from ``path``; all of them are columns; what does not match is counted."""
    options = ReadOptions(from_path="{省份}/{year}年{title}.txt")
    folder = tree(tmp_path)
    with scan([folder], options) as corpus:
        assert corpus.columns == ("省份", "year", "title")
        [problem] = corpus.problems
        assert (
            problem.message.startswith("1 of 3 files does not match --from-path")
            and "杂.txt" in problem.message
        )
    with pytest.warns(UserWarning, match="does not match"):
        documents = list(load_corpus([folder], options=options))
    groups = [group_values(document, ("省份", "year")) for document in documents]
    assert groups == [("江苏", "2021"), ("浙江", "2020"), ("(none)", "(none)")]
    known = {field.name: (field.value, field.origin) for field in describe(documents[0]).fields}
    assert known["title"] == ("通知", Origin.PATH) and known["year"] == ("2021", Origin.PATH)


def test_rows_of_a_table_have_what_its_path_says(tmp_path: Path) -> None:
    """A cell of the row goes before the path."""
    path = tmp_path / "江苏_2021.csv"
    path.write_text(f"年份,正文\n2019,{TEXT}\n", encoding="utf-8")
    options = ReadOptions(from_path="{省份}_{year}.csv", kept_columns=("年份",))
    [document] = load_corpus([path], options=options)
    assert group_values(document, ("省份", "年份")) == ("江苏", "2019")


def test_a_text_says_a_day_more_exactly(tmp_path: Path) -> None:
    """The year of a path and a day of that year under the text agree: the day is taken."""
    path = tmp_path / "2021年通知.txt"
    path.write_text(
        f"云岭县人民政府关于水源的通知\n各乡镇：\n{TEXT}\n云岭县人民政府\n2021年3月5日\n", encoding="utf-8"
    )
    [document] = load_corpus([path], options=ReadOptions(from_path="{year}年{_}.txt"))
    assert describe(document).value("date") == "2021-03-05"


def test_a_pattern_that_matches_nothing_is_refused(tmp_path: Path) -> None:
    """It says how many files there are, and shows one."""
    with pytest.raises(UsageError, match=r"matches none of the 3 files \(such as"):
        scan([tree(tmp_path)], ReadOptions(from_path="{省份}-{title}.pdf"))
