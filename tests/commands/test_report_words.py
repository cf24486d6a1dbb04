"""Words of the user's own and topics in ``pdtool report``: the tables are those of the other commands."""

from __future__ import annotations

import re
import shlex
from html import unescape
from pathlib import Path

import pytest

import pdtool
from tests.commands.conftest import Call
from tests.report.fields import write_reports
from tests.report.reading import read_csv, read_page

TOPICS = ("topic_terms", "topic_years", "topic_documents", "topic_sentences")
COUNTED = ("similarity", "corpus_keywords", "keywords", "frequencies", "coword", "themes")
WORDS = ["--userdict", "own words.txt", "--stopwords", "stop.txt", "--synonyms", "alike.txt"]
REPORT = ["report", "texts", "-d", "mine.csv", "--topics", "3", "-q", "--jobs", "1", "--lang", "en"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with reports and lists of words."""
    (tmp_path / "texts").mkdir()
    write_reports(tmp_path / "texts")
    (tmp_path / "own words.txt").write_text("数据平台\n高标准农田 9\n", encoding="utf-8")
    (tmp_path / "stop.txt").write_text("企业\n", encoding="utf-8")
    (tmp_path / "alike.txt").write_text("数字政府 = 政务数据\n农田 = 农田水利\n", encoding="utf-8")
    (tmp_path / "mine.csv").write_text("theme,term\n数字,数字政府\n乡村,农田\n", encoding="utf-8")
    return tmp_path


def test_every_table_is_that_of_the_command_that_the_page_names(call: Call, folder: Path) -> None:
    """What is typed as the page says prints the bytes that the page saves, the user's words among it."""
    text = call([*REPORT, *WORDS], folder).stdout.decode()
    saved = read_page(text)
    table = r'id="table-(\w+)"(?:(?!id="table-).)*?<code>pdtool ([^<]+)</code>'
    named = {key: shlex.split(unescape(command)) for key, command in re.findall(table, text, flags=re.S)}
    assert {*TOPICS, *COUNTED} <= named.keys()
    for key in (*TOPICS, *COUNTED):
        command, *options = named[key]
        assert "--synonyms" in options
        done = call([command, "texts", *options, "-q", "--jobs", "1"], folder)
        assert done.stdout.decode() == saved.csv(key), key
    assert "own words.txt were kept whole" in saved.shown
    assert "stop.txt were left out as stop words" in saved.shown
    assert "alike.txt names as synonyms" in saved.shown
    assert "未使用内置的停用词表" not in saved.shown


def test_words_of_the_user_change_every_table_that_counts(call: Call, folder: Path) -> None:
    """No table of words stays as it was: the options reach every analysis."""
    plain, own = (read_page(call([*REPORT, *words], folder).stdout.decode()) for words in ([], WORDS))
    for key in ("topic_terms", *COUNTED):
        assert plain.csv(key) != own.csv(key), key
    assert "were kept whole" not in plain.shown
    bare = read_page(call([*REPORT, "--no-stopwords"], folder).stdout.decode())
    assert "未使用内置的停用词表" in bare.shown


def test_the_function_has_the_tables_of_the_page(
    call: Call, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same options, the same rows and columns, groups among them."""
    saved = read_page(call([*REPORT, *WORDS], folder).stdout.decode())
    monkeypatch.chdir(folder)
    words = {"userdict": "own words.txt", "stopwords": "stop.txt", "synonyms": "alike.txt"}
    made = pdtool.report("texts", dictionary="mine.csv", topics=3, jobs=1, **words)  # type: ignore[arg-type]
    for key in (*TOPICS, *COUNTED):
        header, *rows = read_csv(saved.csv(key))
        frame = made.to_frame(key)
        assert list(frame.columns) == header, key
        assert frame.iloc[:, 0].astype(str).tolist() == [row[0] for row in rows], key
    assert "alike.txt" in made.html()


@pytest.mark.parametrize(
    ("topics", "sentence"),
    [
        ("1", "a model has at least 2 topics"),
        ("1001", "1001 topics are too many"),
        ("13", "13 topics are too many for 12 documents with words"),
    ],
)
def test_a_wrong_number_of_topics_is_a_sentence(call: Call, folder: Path, topics: str, sentence: str) -> None:
    """Fewer than two, more than a model has, or more than there are documents: nothing is written."""
    done = call(["report", "texts", "-o", "none.html", "--lang", "en", "--topics", topics], folder)
    assert done.returncode == 2
    assert sentence in done.stderr.decode()
    assert not (folder / "none.html").exists()


def test_the_workbook_has_the_topics(call: Call, folder: Path) -> None:
    """A sheet for each of the four tables, with the rows of the page."""
    from openpyxl import load_workbook

    saved = read_page(call(REPORT, folder).stdout.decode())
    assert call([*REPORT, "-o", "r.xlsx"], folder).returncode == 0
    book = load_workbook(folder / "r.xlsx")
    for key in TOPICS:
        header, *rows = read_csv(saved.csv(key))
        sheet = [list(row) for row in book[key].iter_rows(values_only=True)]
        assert sheet[0] == header
        assert [str(row[0]) for row in sheet[1:]] == [row[0] for row in rows]
