"""``pdtool cite``: its tables, its graphs, exit codes and what is said where."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.commandline import ROOT
from tests.commands.conftest import Call

COLUMNS = (
    "doc,date,cited_title,cited_number,relation,cited_doc,count,start,end,sentence,"
    "cited_genre,cited_issuer,cited_level,cited_date"
)
NOTICE = """青石县人民政府关于水源保护的通知
青政发〔2016〕5号
各乡镇人民政府：
为贯彻《国务院关于加强水源保護的
意见》（国发〔2013〕84号，以下简称《意见》），通知如下。各地要落实《意见》。
青石县人民政府
2016年3月4日
"""


def table(output: bytes) -> list[dict[str, str]]:
    """Read plain CSV."""
    return list(csv.DictReader(io.StringIO(output.decode(), newline="")))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a notice and the opinion that it names."""
    opinion = (
        "国务院关于加强水源保护的意见\n国发〔2013〕84号\n各省：\n现提出以下意见。\n国务院\n2013年6月5日\n"
    )
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(NOTICE, encoding="utf-8", newline="")
    (tmp_path / "in" / "b.txt").write_text(opinion, encoding="utf-8", newline="")
    return tmp_path


def test_a_row_a_document_named(call: Call, folder: Path) -> None:
    """Mentions are counted, short ones too; the offsets cut the first title out of the raw text."""
    done = call(["cite", "in", "--plain"], folder)
    assert done.returncode == 0 and done.stdout.decode().splitlines()[0] == COLUMNS
    [row] = table(done.stdout)
    assert (row["doc"], row["date"], row["count"], row["cited_doc"]) == ("a.txt", "2016-03-04", "2", "b.txt")
    assert (row["cited_title"], row["cited_number"]) == ("国务院关于加强水源保护的意见", "国发〔2013〕84号")
    assert (row["relation"], row["cited_issuer"], row["cited_level"]) == ("贯彻", "国务院", "国家")
    assert NOTICE[int(row["start"]) : int(row["end"])] == "国务院关于加强水源保護的\n意见"
    assert row["sentence"].startswith("为贯彻《国务院关于加强水源保护的意见》（国发")


def test_a_row_a_mention(call: Call, folder: Path) -> None:
    """Each place is cut as it is written, and has the whole title."""
    rows = table(call(["cite", "in", "--by", "mention", "--plain"], folder).stdout)
    assert [NOTICE[int(row["start"]) : int(row["end"])][-2:] for row in rows] == ["意见", "意见"]
    assert {row["cited_title"] for row in rows} == {"国务院关于加强水源保护的意见"}
    assert [(row["count"], row["relation"]) for row in rows] == [("1", "贯彻"), ("1", "贯彻")]


def test_edges_and_graphs(call: Call, folder: Path) -> None:
    """``--by edge`` adds up; the name of a graph file stands for it; both say the same."""
    rows = table(call(["cite", "in", "--by", "edge", "--plain"], folder).stdout)
    assert [(row["citing"], row["cited"], row["year"], row["count"]) for row in rows] == [
        ("青石县人民政府", "国务院", "2016", "2")
    ]
    levels = table(call(["cite", "in", "--by", "edge", "--between", "level", "--plain"], folder).stdout)
    assert [(row["citing"], row["cited"]) for row in levels] == [("县", "国家")]
    for name in ("g.gexf", "g.graphml"):
        done = call(["cite", "in", "--between", "document", "-o", name], folder)
        written = (folder / name).read_text(encoding="utf-8")
        assert done.returncode == 0 and "国务院关于加强水源保护的意见" in written
    printed = call(["cite", "in", "--format", "gexf", "--between", "document"], folder).stdout
    assert printed == (folder / "g.gexf").read_bytes()


def test_copies_count_once(call: Call, folder: Path) -> None:
    """Of copies the one that is kept counts for all, and it is said."""
    (folder / "in" / "copy.txt").write_text(NOTICE, encoding="utf-8", newline="")
    each = table(call(["cite", "in", "--plain"], folder).stdout)
    once = call(["cite", "in", "--copies", "once", "--plain"], folder)
    assert (len(each), len(table(once.stdout))) == (2, 1)
    assert b"(--copies once)" in once.stderr


def test_workers_change_nothing(call: Call, folder: Path) -> None:
    """The same bytes with one process and with two, in any order of the paths."""
    alone = call(["cite", "in", "seeds", "--jobs", "1"], folder)
    shown = call(["cite", "in/b.txt", "in/a.txt", "--plain"], folder).stdout
    assert alone.returncode == 2 and b"seeds" in alone.stderr
    assert table(shown) == table(call(["cite", "in", "--plain", "--jobs", "2"], folder).stdout)


def test_json_lists(call: Call, folder: Path) -> None:
    """Issuers are an array in JSON Lines."""
    done = call(["cite", "in", "--format", "jsonl"], folder)
    assert json.loads(done.stdout)["cited_issuer"] == ["国务院"]


def test_nothing_named_is_a_header(call: Call, tmp_path: Path) -> None:
    """A corpus that names no document gives the header and exit code 0."""
    (tmp_path / "a.txt").write_text("渡口村的老码头改成了议事的地方。", encoding="utf-8")
    done = call(["cite", "a.txt", "--plain"], tmp_path)
    assert (done.returncode, done.stdout.decode()) == (0, f"{COLUMNS}\n")


def test_the_sample_corpus(call: Call) -> None:
    """The titles that a reader finds in it."""
    rows = table(call(["cite", "seeds", "--plain"], ROOT).stdout)
    assert [row["cited_title"] for row in rows if row["doc"].startswith("003")] == [
        "中共中央国务院关于加强基层治理体系和治理能力现代化建设的意见",
        "XX市城市更新条例",
        "国务院关于加强数字政府建设的指导意见",
    ]


@pytest.mark.parametrize(
    "arguments",
    [
        ["--by", "x"],
        ["--between", "issuer"],
        ["--by", "document", "-o", "x.gexf"],
        ["--format", "gexf", "--by", "mention"],
        ["-o", "x.dot"],
        ["-o", "a.txt"],
        ["--copies", "twice"],
    ],
)
def test_wrong_usage_is_one_sentence_and_exit_2(call: Call, tmp_path: Path, arguments: list[str]) -> None:
    """Each in the same voice, with nothing on standard output."""
    (tmp_path / "a.txt").write_text("据《某法》", encoding="utf-8")
    done = call(["cite", "a.txt", *arguments], tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"pdtool: ") and len(done.stderr.splitlines()) <= 2
