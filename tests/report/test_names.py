"""What documents are called in a report: title, issuer and date where they are known, their ids beside."""

from __future__ import annotations

from pathlib import Path

from pdtool.report.html.page import page
from pdtool.report.html.words import Language
from pdtool.report.names import document_names
from tests.report.conftest import report_of
from tests.report.reading import read_page
from tests.report.rows import inspected

BODY = "近年来，各地坚持党建引领基层治理，健全网格化管理机制，服务群众，取得了明显成效。"


def test_what_is_known_makes_a_name() -> None:
    """Title, issuers that the title does not begin with, day; without a title a document has no name."""
    rows = [
        inspected("a", "某县人民政府关于水源的通知", ("某县人民政府",), "2021-03-05"),
        inspected("b", "水源条例", ("甲", "乙", "丙"), "2021"),
        inspected("c", "水源规划", (), ""),
        inspected("d", "", ("某县人民政府",), "2021"),
        inspected("e", "长" * 200, (), ""),
    ]
    names = document_names(rows)
    assert names["a"] == "某县人民政府关于水源的通知 · 2021-03-05"
    assert names["b"] == "水源条例 · 甲、乙等 · 2021"
    assert names["c"] == "水源规划" and "d" not in names
    assert len(names["e"]) == 81


def test_documents_of_one_name_are_told_apart() -> None:
    """Copies have one title: their ids are a part of their names."""
    rows = [inspected(doc, "水源规划", (), "2021") for doc in ("a.txt", "b.txt")]
    assert document_names(rows) == {
        "a.txt": "水源规划 · 2021 · a.txt",
        "b.txt": "水源规划 · 2021 · b.txt",
    }


def test_the_page_shows_names_and_keeps_ids(tmp_path: Path) -> None:
    """Headings have the name with the id below it; tables have the ids, with the name where one points."""
    folder = tmp_path / "in"
    folder.mkdir()
    head = "某县人民政府关于{}的通知\n某政发〔2021〕{}号\n各乡镇：\n"
    foot = "\n某县人民政府\n2021年3月5日\n"
    for number, topic in enumerate(("水源<b>", "绿化"), start=1):
        (folder / f"{number}.txt").write_text(
            head.format(topic, number) + BODY * 4 + topic + foot, encoding="utf-8"
        )
    report = report_of(folder)
    text = page(report, Language.EN)
    reader = read_page(text)
    name = "某县人民政府关于绿化的通知 · 2021-03-05"
    assert report.names["2.txt"] == name and f'<span class="name">{name}</span>' in text
    assert "<b>的通知" not in text and "&lt;b&gt;的通知" in text
    assert [row[0] for row in reader.tables["corpus"][1:]] == ["1.txt", "2.txt"]
    assert ("td", {"title": name}) in reader.tags
