"""``pdtool topics``: its options, exit codes and what is said where. The library is tested elsewhere."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.commands.conftest import Call, Done
from tests.topics.corpora import SUBJECTS, documents


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a table of 24 documents on three subjects, of two years."""
    texts, subjects = documents(24, seed=3)
    with (tmp_path / "news.csv").open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream)
        table.writerow(["id", "年份", "text"])
        for number, (words, subject) in enumerate(zip(texts, subjects, strict=True)):
            lines = ["、".join(words[start : start + 8]) + "。" for start in range(0, len(words), 8)]
            table.writerow([f"{number:02}", 2021 + (subject == 2), "".join(lines)])
    return tmp_path


def _rows(done: Done) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(done.stdout.decode("utf-8-sig"))))


NEWS = ["topics", "news.csv", "--text-column", "text", "--topics", "3", "--max-share", "1"]


@pytest.mark.parametrize("method", ["lda", "nmf"])
def test_the_words_of_topics(call: Call, folder: Path, method: str) -> None:
    """The columns of the contract; the first words of each topic are those of a subject."""
    done = call([*NEWS, "--method", method, "--top", "6"], folder)
    rows = _rows(done)
    assert done.returncode == 0
    assert list(rows[0]) == ["topic", "rank", "term", "weight"]
    assert [(row["topic"], row["rank"]) for row in rows][:7] == [
        *(("1", str(rank)) for rank in range(1, 7)), ("2", "1"),
    ]  # fmt: skip
    for topic in "123":
        words = {row["term"] for row in rows if row["topic"] == topic}
        assert any(words <= {*own} for own in SUBJECTS)
    assert "24 documents" in done.stderr.decode()
    assert "30 words, 3 topics" in done.stderr.decode()


def test_the_topics_of_documents(call: Call, folder: Path) -> None:
    """A row for each document and topic, by their ids; shares of a document sum to 1."""
    rows = _rows(call([*NEWS, "--by", "document"], folder))
    assert list(rows[0]) == ["doc", "topic", "share"]
    assert len(rows) == 72
    first = [float(row["share"]) for row in rows if row["doc"] == "news.csv#00"]
    assert sum(first) == pytest.approx(1, abs=2e-4)
    assert max(first) > 0.7


def test_pandas_reads_the_topics_of_documents(call: Call, folder: Path) -> None:
    """Documents by topics in one line, each row a whole."""
    import pandas as pd

    done = call([*NEWS, "--by", "document", "--plain"], folder)
    table = pd.read_csv(io.BytesIO(done.stdout)).pivot(index="doc", columns="topic", values="share")
    assert table.shape == (24, 3)
    assert table.sum(axis=1).tolist() == pytest.approx([1.0] * 24, abs=2e-4)


@pytest.mark.parametrize(
    ("arguments", "name"), [(["--group-by", "年份"], "年份"), (["--by", "group"], "folder")]
)
def test_the_topics_of_groups(call: Call, folder: Path, arguments: list[str], name: str) -> None:
    """A row for each group and topic; the year of one subject is of one topic."""
    rows = _rows(call([*NEWS, *arguments], folder))
    assert list(rows[0]) == [name, "topic", "share", "documents"]
    if name == "年份":
        later = {row["topic"]: float(row["share"]) for row in rows if row["年份"] == "2022"}
        assert {row["documents"] for row in rows if row["年份"] == "2022"} == {"8"}
        assert max(later.values()) > 0.7
    else:
        assert {row["folder"] for row in rows} == {folder.name}


def test_the_sentences_of_topics(call: Call, folder: Path) -> None:
    """As many as are wanted, each as it stands in a text."""
    rows = _rows(call([*NEWS, "--by", "sentence", "--top", "2"], folder))
    assert list(rows[0]) == ["topic", "rank", "share", "doc", "sentence"]
    assert [(row["topic"], row["rank"]) for row in rows] == [(t, r) for t in "123" for r in "12"]
    text = (folder / "news.csv").read_text(encoding="utf-8")
    assert all(row["sentence"] in text for row in rows)


def test_how_many_topics_there_should_be(call: Call, folder: Path) -> None:
    """A row for each number; three is the most stable and the most coherent of these."""
    arguments = ["topics", "news.csv", "--text-column", "text", "--max-share", "1", "--method", "nmf"]
    done = call([*arguments, "--by", "model", "--topics", "2-4, 6", "--runs", "3"], folder)
    rows = _rows(done)
    assert list(rows[0]) == ["topics", "coherence", "stability"]
    assert [row["topics"] for row in rows] == ["2", "3", "4", "6"]
    for column in ("coherence", "stability"):
        assert max(rows, key=lambda row: float(row[column]))["topics"] == "3"
    assert "4 models" in done.stderr.decode()


@pytest.mark.parametrize("by", ["term", "document", "sentence"])
@pytest.mark.parametrize("method", ["lda", "nmf"])
def test_the_bytes_are_the_same_whatever_the_jobs(
    call: Call, folder: Path, monkeypatch: pytest.MonkeyPatch, by: str, method: str
) -> None:
    """In this process or in two workers; another seed may give others."""
    monkeypatch.setattr("pdtool.documents.mapping.ALONE_BYTES", 0)
    arguments = [*NEWS, "--by", by, "--method", method]
    one = call([*arguments, "--jobs", "1"], folder)
    assert one.returncode == 0
    assert call([*arguments, "--jobs", "2"], folder).stdout == one.stdout


def test_words_of_the_user(call: Call, folder: Path) -> None:
    """Stop words are in no topic, terms of the user dictionary stay whole."""
    (folder / "stop.txt").write_text("苹果\n党员\n", encoding="utf-8")
    (folder / "own.txt").write_text("苹果、采摘\n剪枝、施肥\n", encoding="utf-8")
    found = {row["term"] for row in _rows(call([*NEWS, "--stopwords", "stop.txt", "--top", "30"], folder))}
    assert "采摘" in found
    assert not found & {"苹果", "党员"}
    (folder / "a.csv").write_text("text\n" + "红色物业与党建。\n" * 3, encoding="utf-8")
    (folder / "terms.txt").write_text("红色物业\n", encoding="utf-8")
    arguments = ["topics", "a.csv", "--text-column", "text", "--topics", "2"]
    assert "红色物业" not in call(arguments, folder).stdout.decode()
    assert "红色物业" in call([*arguments, "--userdict", "terms.txt"], folder).stdout.decode()


def test_synonyms_are_one_word(call: Call, folder: Path) -> None:
    """The first of a group stands for all; a word that would be cut stays whole."""
    (folder / "a.csv").write_text("text\n" + "党的建设与红色物业。\n" * 3, encoding="utf-8")
    (folder / "s.txt").write_text("党建 = 党的建设\n", encoding="utf-8")
    arguments = ["topics", "a.csv", "--text-column", "text", "--topics", "2"]
    assert "党建" not in call(arguments, folder).stdout.decode()
    found = {row["term"] for row in _rows(call([*arguments, "--synonyms", "s.txt"], folder))}
    assert "党建" in found
    assert not found & {"党的建设", "建设"}


def test_copies_count_once_if_asked_for(call: Call, tmp_path: Path) -> None:
    """Of two copies one takes part, and it is said."""
    texts, _ = documents(4, seed=9, length=60)
    for number, words in enumerate([*texts, texts[0]]):
        (tmp_path / f"{number}.txt").write_text("、".join(words) + "。", encoding="utf-8")
    arguments = ["topics", ".", "--topics", "2", "--by", "document"]
    assert len(_rows(call(arguments, tmp_path))) == 10
    assert len(_rows(call([*arguments, "--copies", "once"], tmp_path))) == 8


def test_a_document_without_words_is_a_warning(call: Call, folder: Path) -> None:
    """An empty one and one of numbers take no part, once said each."""
    (folder / "e.csv").write_text(
        "text\n党建引领社区治理\n果园苹果丰收采摘\n\n2021 2022 3.5\n", encoding="utf-8"
    )
    done = call(["topics", "e.csv", "--text-column", "text", "--topics", "2", "--by", "document"], folder)
    assert done.returncode == 0
    assert len(_rows(done)) == 4
    assert "holds no word that the model knows" in done.stderr.decode()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--topics", "25"], "25 topics are too many for 24 documents with words"),
        (["--topics", "31", "--by", "model"], "too many"),
        (["--topics", "20", "--by", "model"], "samples of four fifths of the documents, here 19"),
        (["--topics", "1"], "a model has at least 2 topics"),
        (["--topics", "0-1"], "--topics 0-1 is several models"),
        (["--topics", "3-5"], "--topics 3-5 is several models"),
        (["--topics", "5-3", "--by", "model"], "put the smaller one first"),
        (["--topics", "many"], "'many' is no number of topics"),
        (["--topics", "9999"], "9999 topics are too many"),
        (["--topics", "3", "--top", "0"], "cannot list 0 words"),
        (["--topics", "3", "--seed", "-1"], "a seed is a whole number"),
        (["--topics", "3", "--runs", "0", "--by", "model"], "at least 1 sample"),
        (["--topics", "3", "--min-documents", "0"], "at least 1 document"),
        (["--topics", "3", "--max-share", "0"], "a share is a number above 0"),
        (["--topics", "3", "--min-documents", "25"], "too many for 0 documents with words"),
        (["--topics", "3", "--group-by", "year", "--by", "document"], "leave out one of them"),
        (["--topics", "3", "--group-by", "省份"], "there is no field '省份'"),
    ],
)
def test_what_cannot_be_done(call: Call, folder: Path, arguments: list[str], message: str) -> None:
    """Each ends with code 2, a sentence and no table."""
    done = call(["topics", "news.csv", "--text-column", "text", "--max-share", "1", *arguments], folder)
    assert (done.returncode, done.stdout) == (2, b"")
    assert message in done.stderr.decode()


@pytest.mark.parametrize("text", ["", "2021。", "党建引领基层治理。"])
def test_one_document_has_no_topics(call: Call, tmp_path: Path, text: str) -> None:
    """It takes two to tell topics apart, whatever stands in it."""
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    done = call(["topics", "a.txt", "--topics", "2"], tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert "2 topics are too many" in done.stderr.decode()


def test_the_manifest(call: Call, folder: Path) -> None:
    """It says what decided."""
    call([*NEWS, "--manifest", "m.json"], folder)
    described = json.loads((folder / "m.json").read_text(encoding="utf-8"))
    assert described["command"] == "topics"
    assert described["options"]["topics"] == "3"
    assert described["options"]["seed"] == 0
