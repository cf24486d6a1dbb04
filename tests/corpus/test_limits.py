"""Limits of rows, columns and parts: each is reached with an error that names it, and soon."""

from __future__ import annotations

from pathlib import Path

import pytest

from pdtool.corpus.scan import scan
from pdtool.documents.load import load_corpus
from pdtool.errors import Problem
from tests.corpus import makers


def _problem(path: Path) -> Problem:
    """Return the only problem of a file of which nothing is read."""
    problems: list[Problem] = []
    assert list(load_corpus([path], on_problem=problems.append)) == []
    (problem,) = problems
    return problem


@pytest.mark.parametrize("times", [1_000_000, 1_000_000_000])
def test_a_row_that_is_repeated_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    """A sheet of a few bytes that says it has a million rows is not written out."""
    package = makers.package

    def repeating(parts: dict[str, bytes | str]) -> bytes:
        start, _, end = str(parts["content.xml"]).rpartition("<table:table-row>")
        repeated = f'<table:table-row table:number-rows-repeated="{times}">'
        return package({**parts, "content.xml": start + repeated + end})

    monkeypatch.setattr(makers, "package", repeating)
    path = tmp_path / "a.ods"
    path.write_bytes(makers.ods([["text"], ["基层治理"]]))
    assert f"repeats a row {times:,} times" in _problem(path).message


def test_empty_rows_may_be_repeated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Programs fill a sheet up to its last row in this way."""
    package = makers.package

    def filled(parts: dict[str, bytes | str]) -> bytes:
        rest = '<table:table-row table:number-rows-repeated="1048574"><table:table-cell/></table:table-row>'
        nothing = '<table:table-row table:number-rows-repeated="100001"/>'
        content = str(parts["content.xml"]).replace("<table:table-row>", nothing + "<table:table-row>", 1)
        return package({**parts, "content.xml": content.replace("</table:table>", rest + "</table:table>")})

    monkeypatch.setattr(makers, "package", filled)
    path = tmp_path / "a.ods"
    path.write_bytes(makers.ods([["text"], ["基层治理"]]))
    assert [document.raw for document in load_corpus([path])] == ["基层治理"]


def test_a_million_columns(tmp_path: Path) -> None:
    """The header alone says it."""
    path = tmp_path / "a.csv"
    path.write_text("text" + ",x" * 1_000_000 + "\n基层治理\n", encoding="utf-8")
    with scan([path]) as corpus:
        (problem,) = corpus.problems
    assert "has 1,000,001 columns (at most 16,384 are read)" in problem.message


def test_a_page_of_very_many_parts(tmp_path: Path) -> None:
    """It is refused before its parts are taken apart."""
    path = tmp_path / "a.mht"
    part = b"--B\r\nContent-Type: text/plain\r\n\r\nx\r\n"
    head = b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="B"\r\n\r\n'
    path.write_bytes(head + part * 100_000 + b"--B--\r\n")
    assert "has more than 20,000 parts" in _problem(path).message
