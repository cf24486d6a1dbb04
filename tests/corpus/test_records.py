"""Exports of literature databases: a record is a document, told by suffix or by content."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pdtool.corpus.read import read
from pdtool.corpus.scan import scan

_CASES: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "cases" / "corpus" / "records.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("case", _CASES["files"], ids=lambda case: case["name"])
def test_a_record_is_a_document(tmp_path: Path, case: dict[str, str], encoding: str) -> None:
    """Its abstract is the text; title, authors, keywords, journal, year are known; its number is its id."""
    path = tmp_path / case["name"]
    path.write_bytes(case["content"].replace("\n", "\r\n").encode(encoding))
    with scan([path]) as corpus:
        assert corpus.problems == ()
        documents = [read(source) for source in corpus.reading_order]
    assert [one.source.id for one in documents] == [f"{path.name}#1", f"{path.name}#2"]
    for one, record in zip(documents, _CASES["records"], strict=True):
        lists = {role: record[role].replace(";", "; ") for role in ("author", "keywords")}
        assert one.raw == record["text"]
        year = "2021-03-05" if case["name"] == "cnki.txt" else "2021"
        assert dict(one.meta) == {"title": record["title"], **lists, "journal": "行政论坛", "year": year}


def test_the_mark_of_a_line_break_is_one(tmp_path: Path) -> None:
    """What a database writes for the line ends of an abstract is no text."""
    case = _CASES["breaks"]
    (tmp_path / case["name"]).write_text(case["content"], encoding="utf-8")
    with scan([tmp_path]) as corpus:
        assert [read(source).raw for source in corpus.sources] == [case["text"]]


@pytest.mark.parametrize("case", _CASES["no_records"], ids=lambda case: case["what"])
def test_a_text_stays_a_text(tmp_path: Path, case: dict[str, str]) -> None:
    """A first line that looks like a record's is not enough."""
    (tmp_path / "a.txt").write_text(case["content"], encoding="utf-8")
    with scan([tmp_path]) as corpus:
        assert [read(source).raw for source in corpus.sources] == [case["content"]]


def test_a_file_of_that_suffix_without_records_is_an_error(tmp_path: Path) -> None:
    """It says what is read."""
    (tmp_path / "a.ris").write_text("没有记录的文字。\n", encoding="utf-8")
    with scan([tmp_path]) as corpus:
        (problem,) = corpus.problems
    assert "no records" in problem.message
    assert "RIS" in problem.hint
