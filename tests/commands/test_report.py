"""``pdtool report``: its options, its errors, and the same bytes for the same input."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

import pytest

from tests.commandline import ROOT, run
from tests.commands.conftest import Call
from tests.report.reading import read_csv, read_page

SEEDS = os.fspath(ROOT / "seeds")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with two small documents, one a part of the other."""
    text = "坚持党建引领，完善基层治理体系，提升社区服务能力，推动资源下沉，引导多元主体参与。"
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.txt").write_text(
        text + "组织群众，服务群众，凝聚群众，共建共治共享。", encoding="utf-8"
    )
    (tmp_path / "docs" / "b.txt").write_text(text, encoding="utf-8")
    return tmp_path


def test_the_page_is_written_and_summed_up(call: Call, folder: Path) -> None:
    """The file is a page; standard output stays empty; a sentence says what was found."""
    done = call(["report", "docs", "-o", "r.html", "--lang", "en"], folder)
    assert (done.returncode, done.stdout) == (0, b"")
    assert b"2 documents" in done.stderr
    assert b"1 related pair" in done.stderr
    page = read_page((folder / "r.html").read_text(encoding="utf-8"))
    assert [row[2] for row in read_csv(page.csv("pairs"))] == ["relation", "contained"]
    assert "docs" in page.shown


def test_a_pipe_gets_the_page(call: Call, folder: Path) -> None:
    """Without -o the page goes to standard output, and nothing else does."""
    done = call(["report", "docs", "-q"], folder)
    assert done.stdout.startswith(b"<!doctype html>")
    assert done.stderr == b""


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LC_ALL": "zh_CN.UTF-8", "LANG": "en_GB.UTF-8"}, "zh-Hans"),
        ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": "zh_TW"}, "zh-Hans"),
        ({"LC_ALL": "C.UTF-8", "LANG": "zh_CN"}, "en"),
    ],
)
def test_the_language_is_that_of_the_system(
    call: Call, folder: Path, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], language: str
) -> None:
    """The environment decides in the order POSIX gives; what is neither is English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PDTOOL_LANG", "")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert f'<html lang="{language}">'.encode() in call(["report", "docs", "-q"], folder).stdout


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    """Whatever the number of workers and the order of the paths, with the date given from outside."""
    rows = [
        {"id": f"{number:04}", "text": f"第{number}篇。" + "推动基层治理，服务群众。" * (number % 7 + 20)}
        for number in range(1200)
    ]
    for name, part in (("a", rows[:600]), ("b", rows[600:])):
        (tmp_path / f"{name}.jsonl").write_text(
            "".join(json.dumps(row) + "\n" for row in part), encoding="utf-8"
        )
    pages = [
        run(
            ["report", *paths, "--jobs", jobs, "-q", "--title", "x"],
            tmp_path,
            env={"SOURCE_DATE_EPOCH": "86400"},
        )
        for paths, jobs in ((["a.jsonl", "b.jsonl"], "1"), (["b.jsonl", "a.jsonl"], "2"))
    ]
    assert pages[0].returncode == 0
    assert pages[0].stdout == pages[1].stdout
    assert b"1970-01-02 00:00 UTC" in pages[0].stdout


def test_the_workbook_has_every_table(call: Call, folder: Path) -> None:
    """Each table of the page is a sheet with the same cells, the long texts of passages whole."""
    from openpyxl import load_workbook

    assert call(["report", "docs", "-o", "r.xlsx", "-q"], folder).returncode == 0
    assert call(["report", "docs", "-o", "r.html", "-q"], folder).returncode == 0
    page = read_page((folder / "r.html").read_text(encoding="utf-8"))
    book = load_workbook(folder / "r.xlsx")
    assert {f"csv-{name}" for name in book.sheetnames} >= {
        name for name in page.data if name.startswith("csv-")
    }
    for name in book.sheetnames:
        rows = [list(row) for row in book[name].iter_rows(values_only=True)]
        if f"csv-{name}" in page.data:
            saved = read_csv(page.csv(name))
            assert rows[0] == saved[0]
            assert len(rows) == len(saved)
            assert [row[0] for row in rows] == [row[0] for row in saved]
    assert "坚持党建引领" in str(book["passages"].cell(2, 10).value)


def test_what_could_not_be_read_is_on_the_page(call: Call, folder: Path) -> None:
    """A document that is empty and a path that is missing are named with the reason; the exit code is 2."""
    (folder / "docs" / "empty.txt").write_text("", encoding="utf-8")
    done = call(["report", "docs", "missing.txt", "-o", "r.html", "--lang", "en"], folder)
    assert done.returncode == 2
    shown = read_page((folder / "r.html").read_text(encoding="utf-8")).shown
    assert "missing.txt" in shown
    assert "the document is empty" in shown
    assert "1 could not be read" in shown


def test_nothing_to_read_leaves_no_file(call: Call, tmp_path: Path) -> None:
    """Where no document can be read there is a sentence and no page."""
    done = call(["report", "missing", "-o", "r.html"], tmp_path)
    assert done.returncode == 2
    assert b"missing" in done.stderr
    assert not (tmp_path / "r.html").exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["-o", "r.pdf"], "the name does not say what to write"),
        (["-o", "r.html", "--top", "0"], "cannot list 0 keywords"),
        (["-o", "r.html", "--threshold", "2"], "the threshold is a share from 0 to 1"),
        (["-o", "r.html", "--manifest", "r.html"], "named by both -o and --manifest"),
        (["-o", "nowhere/r.html"], "there is no folder"),
        (["-o", "docs/a.txt", "--format", "html"], "is one of the inputs"),
        (["-o", "r.html", "-d", "none.yaml"], "none.yaml"),
        (["-o", "r.html", "--lang", "fr"], "'fr' is not one of"),
    ],
)
def test_wrong_usage_is_a_sentence(call: Call, folder: Path, arguments: list[str], sentence: str) -> None:
    """Each mistake is named before any work is done; nothing is written."""
    before = sorted(folder.rglob("*"))
    done = call(["report", "docs", *arguments], folder)
    assert done.returncode == 2
    assert sentence in done.stderr.decode()
    assert sorted(folder.rglob("*")) == before


def test_settings_and_manifest_are_shown(call: Call, folder: Path) -> None:
    """What was asked for stands in the head and in the manifest, which is the file's as well."""
    options = ["--threshold", "0.25", "--title", "<Title>", "--manifest", "m.json", "--top", "3"]
    assert call(["report", "docs", "-o", "r.html", *options], folder).returncode == 0
    page = read_page((folder / "r.html").read_text(encoding="utf-8"))
    described = json.loads(page.data["manifest-json"])
    assert described == json.loads((folder / "m.json").read_text(encoding="utf-8"))
    assert described["options"]["threshold"] == 0.25
    assert [entry["name"] for entry in described["inputs"]] == ["docs/a.txt", "docs/b.txt"]
    assert "<Title>" in page.shown
    assert "pdtool dedupe --threshold 0.25 --format csv" in page.shown
    assert len(read_csv(page.csv("keywords"))) == 1 + 2 * 3


def test_a_dictionary_of_ones_own_gives_the_themes(call: Call, folder: Path) -> None:
    """The themes are those of the file, and the page names the command that counts them."""
    (folder / "mine.csv").write_text("theme,term\n服务,服务\n", encoding="utf-8")
    assert call(["report", "docs", "-o", "r.html", "-d", "mine.csv", "-q"], folder).returncode == 0
    page = read_page((folder / "r.html").read_text(encoding="utf-8"))
    printed = call(["themes", "docs", "-d", "mine.csv", "--format", "csv"], folder).stdout.decode()
    assert page.csv("themes") == printed
    assert "pdtool themes --dictionary mine.csv --format csv" in page.shown


def test_options_come_from_a_configuration(call: Call, folder: Path) -> None:
    """A table [report] sets the options of the command."""
    (folder / "pdtool.toml").write_text('[report]\nlang = "zh"\ntitle = "题目"\n', encoding="utf-8")
    done = call(["report", "docs", "-q", "--config", "pdtool.toml"], folder)
    assert "<title>语料报告 · 题目</title>".encode() in done.stdout


def test_a_table_of_documents_is_reported_row_by_row(call: Call, tmp_path: Path) -> None:
    """Rows of a CSV are documents; links lead to them whatever their ids hold."""
    (tmp_path / "news.csv").write_text(
        "id,正文\n甲/1,基层治理现代化党建引领社区服务\n乙#2,城市更新与养老服务协同推进\n", encoding="utf-8"
    )
    done = call(["report", "news.csv", "--text-column", "正文", "-q"], tmp_path)
    page = read_page(done.stdout.decode())
    assert [row[0] for row in read_csv(page.csv("corpus"))[1:]] == ["news.csv#乙#2", "news.csv#甲/1"]
    ids = {attributes.get("id") for _, attributes in page.tags}
    links = {href[1:] for _, attributes in page.tags if (href := attributes.get("href"))}
    assert links <= ids


def test_the_report_changes_no_input(tmp_path: Path, call: Call) -> None:
    """The documents are as they were."""
    shutil.copytree(SEEDS, tmp_path / "seeds")
    before = {path: path.read_bytes() for path in (tmp_path / "seeds").iterdir()}
    assert call(["report", "seeds", "-o", "r.html", "-q"], tmp_path).returncode == 0
    assert {path: path.read_bytes() for path in (tmp_path / "seeds").iterdir()} == before
    assert re.search(rb"35,439", (tmp_path / "r.html").read_bytes())
