"""``pdtool inspect``: its tables, exit codes and what is said where."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.commandline import ROOT
from tests.commands.conftest import Call

COLUMNS = (
    "doc,format,encoding,chars,script,ghosts,byte_slips,page_markers,"
    "furniture_chars,repaired_chars,title,warnings,issuer,doc_number,date,year,keywords,"
    "level,genre,authors,affiliation,source,abstract"
)


def table(output: bytes) -> list[dict[str, str]]:
    """Read plain CSV."""
    return list(csv.DictReader(io.StringIO(output.decode(), newline="")))


def test_a_row_a_document(call: Call) -> None:
    """The sample corpus: its scripts, ghosts and furniture, in the order of the ids."""
    done = call(["inspect", "seeds", "--plain"], ROOT)
    assert done.returncode == 0 and done.stdout.decode().splitlines()[0] == COLUMNS
    rows = table(done.stdout)
    assert [row["doc"][:3] for row in rows] == ["000", "001", "002", "003", "004"]
    assert [row["script"] for row in rows] == ["hant", "hant", "hant", "hans", "hans"]
    assert [int(row["ghosts"]) > 300 for row in rows] == [True, True, True, False, False]
    assert [int(row["furniture_chars"]) > 0 for row in rows] == [False, False, False, True, True]


def test_a_row_a_field(call: Call, tmp_path: Path) -> None:
    """``--by field`` says where each value stands: the offsets cut the raw text, ghosts and all."""
    head = "財政部 國家稅務總局\n關於調整增值稅稅率的通知\n財稅〔2018〕32號\n各有關單位：\n"
    raw = f"{head}請執行。\n財政部\n2018年4月4日\n"
    (tmp_path / "a.txt").write_text(raw, encoding="utf-8", newline="")
    rows = table(call(["inspect", "a.txt", "--by", "field", "--plain"], tmp_path).stdout)
    assert [(row["field"], row["value"]) for row in rows] == [
        ("title", "财政部 国家税务总局关于调整增值税税率的通知"),
        ("issuer", "财政部"),
        ("issuer", "国家税务总局"),
        ("level", "国家"),
        ("doc_number", "财税〔2018〕32号"),
        ("date", "2018-04-04"),
        ("year", "2018"),
        ("genre", "通知"),
    ]
    assert all(row["text"] == raw[int(row["start"]) : int(row["end"])] for row in rows)
    assert rows[4]["text"] == "財稅〔2018〕32號"


def test_a_row_a_change(call: Call, tmp_path: Path) -> None:
    """``--by edit`` lists what ``clean --edits`` logs."""
    (tmp_path / "a.txt").write_text("浏览量:213\n加强 领导，國家", encoding="utf-8")
    done = call(["inspect", "a.txt", "--by", "edit", "--plain"], tmp_path)
    assert [(row["kind"], row["before"], row["after"]) for row in table(done.stdout)] == [
        ("furniture", "浏览量:213\n", ""),
        ("spacing", " ", ""),
        ("script", "國", "国"),
    ]
    call(["clean", "a.txt", "--edits", "e.csv", "--plain"], tmp_path)
    assert (tmp_path / "e.csv").read_bytes() == done.stdout


def test_the_encoding_and_the_format(call: Call, tmp_path: Path) -> None:
    """How the bytes were read is a part of the row."""
    (tmp_path / "a.txt").write_bytes("渡口村的老码头改成了议事的地方。".encode("gb18030"))
    (tmp_path / "t.csv").write_text("id,text\n1,渡口村\n", encoding="utf-8-sig")
    rows = table(call(["inspect", ".", "--plain"], tmp_path).stdout)
    assert [(row["doc"], row["format"]) for row in rows] == [("a.txt", "text"), ("t.csv#1", "csv")]
    assert rows[0]["encoding"] == "gb18030"


def test_documents_without_text_are_rows_and_warnings(call: Call, tmp_path: Path) -> None:
    """An empty file is a row; it is told there and on standard error; the exit code is 0."""
    (tmp_path / "empty.txt").write_bytes(b"")
    done = call(["inspect", ".", "--plain"], tmp_path)
    assert done.returncode == 0 and b"warning" in done.stderr
    assert table(done.stdout)[0]["warnings"] == "the document is empty"


def test_a_lost_input_does_not_stop_the_rest(call: Call) -> None:
    """The table of the others is written, exit code 2."""
    done = call(["inspect", "seeds", "missing.txt", "--plain"], ROOT)
    assert (done.returncode, len(table(done.stdout))) == (2, 5)
    assert b"missing.txt" in done.stderr


def test_nothing_readable_is_no_table(call: Call, tmp_path: Path) -> None:
    """An error, not a header."""
    done = call(["inspect", "."], tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")


@pytest.mark.parametrize(
    "arguments", [["--by", "x"], ["-o", "a.txt"], ["-o", "x.pdf"], ["--jobs", "-1"], ["-q", "-v"]]
)
def test_wrong_usage_is_one_sentence_and_exit_2(call: Call, tmp_path: Path, arguments: list[str]) -> None:
    """Each in the same voice, with nothing on standard output."""
    (tmp_path / "a.txt").write_text("渡口村的老码头", encoding="utf-8")
    done = call(["inspect", "a.txt", *arguments], tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"pdtool: ") and len(done.stderr.splitlines()) <= 2
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "渡口村的老码头"
