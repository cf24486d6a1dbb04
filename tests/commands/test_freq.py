"""``pdtool freq``: its options, exit codes and what is said where. The library is tested elsewhere."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from pdtool.segment.userdict import parse_user_dictionary
from tests.commands.conftest import Call, Done

TEXTS = {
    "2021/a.txt": "基层治理要做实。基层治理平台要连通，党建引领基层治理。",
    "2022/b.txt": "黨建引領社區治理，社區治理靠人人。",
    "2023/c.txt": "春天的果园里开满了花。",
}
Row = dict[str, str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with three texts in three folders, a list of terms and a dictionary."""
    for name, text in TEXTS.items():
        (tmp_path / "texts" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "texts" / name).write_text(text, encoding="utf-8")
    (tmp_path / "terms.txt").write_text("# 词表\n治理\n基层治理\n党建引领\n没有这个词\n", encoding="utf-8")
    (tmp_path / "d.csv").write_text("theme,term\n治,治理\n治,基层治理\n党,党建引领\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def dated(tmp_path: Path) -> Path:
    """Return a folder with a table of texts of four years, in which one word rises and one falls."""
    years = range(2019, 2023)
    rows = [f"{year},{'平台，' * (year - 2018)}{'网格，' * (2023 - year)}" for year in years]
    (tmp_path / "t.csv").write_text("\n".join(["年份,正文", *rows, ",平台"]), encoding="utf-8")
    return tmp_path


def _rows(done: Done) -> list[Row]:
    return list(csv.DictReader(io.StringIO(done.stdout.decode("utf-8-sig"))))


def test_words_of_the_corpus(call: Call, folder: Path) -> None:
    """The columns of the contract in their order, the commonest first, Traditional and Simplified alike."""
    done = call(["freq", "texts", "--plain", "--top", "3"], folder)
    assert done.returncode == 0
    assert done.stdout.decode().splitlines() == [
        "term,count,per_1000_chars,documents,share_of_documents,dispersion",
        "治理,5,102.0408,2,0.6667,0.2041",
        "基层,3,61.2245,1,0.3333,0.5102",
        "党建,2,40.8163,2,0.6667,0.2041",
    ]


def test_words_of_documents_and_groups(call: Call, folder: Path) -> None:
    """The group columns come first: the document, or the fields; a single document has no dispersion."""
    rows = _rows(call(["freq", "texts", "--by", "document", "--top", "1"], folder))
    assert [(row["doc"], row["term"], row["count"], row["dispersion"]) for row in rows] == [
        ("2021/a.txt", "基层", "3", ""), ("2022/b.txt", "治理", "2", ""), ("2023/c.txt", "开满", "1", ""),
    ]  # fmt: skip
    grouped = _rows(call(["freq", "texts", "--group-by", "folder", "--top", "1"], folder))
    assert [(row["folder"], row["term"], row["documents"]) for row in grouped] == [
        ("2021", "基层", "1"), ("2022", "治理", "1"), ("2023", "开满", "1"),
    ]  # fmt: skip


def test_given_terms(call: Call, folder: Path) -> None:
    """A list counts each term wherever it stands, a dictionary as pdtool themes does; zeros are rows."""
    listed = _rows(call(["freq", "texts", "--terms", "terms.txt"], folder))
    assert [(row["term"], row["count"]) for row in listed] == [
        ("治理", "5"), ("基层治理", "3"), ("党建引领", "2"), ("没有这个词", "0"),
    ]  # fmt: skip
    themed = _rows(call(["freq", "texts", "--terms", "d.csv"], folder))
    by_term = _rows(call(["themes", "texts", "-d", "d.csv", "--by", "term"], folder))
    for row in themed:
        assert int(row["count"]) == sum(int(one["count"]) for one in by_term if one["term"] == row["term"])
    assert [(row["theme"], row["term"], row["count"]) for row in themed][:2] == [
        ("治", "治理", "2"), ("治", "基层治理", "3"),
    ]  # fmt: skip
    every = _rows(call(["freq", "texts", "--terms", "d.csv", "--nesting", "all"], folder))
    assert [row["count"] for row in every] == ["5", "3", "2"]


def test_phrases(call: Call, folder: Path) -> None:
    """Runs of words; whatever the number of workers, the same bytes."""
    done = call(["freq", "texts", "--ngrams", "2-3", "--top", "4"], folder)
    assert [(row["term"], row["count"]) for row in _rows(done)] == [
        ("基层治理", "3"), ("党建引领", "2"), ("社区治理", "2"), ("党建引领基层", "1"),
    ]  # fmt: skip
    again = call(["freq", "texts", "--ngrams", "2-3", "--top", "4", "--jobs", "2"], folder)
    assert again.stdout == done.stdout


def test_trends(call: Call, dated: Path) -> None:
    """One word rises in every year, one falls; the document without a year is said to be in no trend."""
    done = call(["freq", "t.csv", "--trend", "--plain"], dated)
    rows = {row["term"]: row for row in _rows(done)}
    rising, falling = rows["平台"], rows["网格"]
    assert (rising["kendall_s"], rising["tau"], rising["p"]) == ("6", "1.0000", "0.0833")
    assert (falling["kendall_s"], falling["tau"], falling["p"]) == ("-6", "-1.0000", "0.0833")
    assert rising["by_year"] == "2019 100.0000; 2020 200.0000; 2021 300.0000; 2022 400.0000"
    assert (rising["slope"], rising["count"]) == ("100.0000", "11")
    assert (rising["q"], falling["q"]) == ("0.0833", "0.0833")
    assert "1 of 5 documents without a year: in no trend" in done.stderr.decode()


def test_the_wide_table(call: Call, folder: Path) -> None:
    """A row a group, a column a term; counts or rates."""
    done = call(["freq", "texts", "--group-by", "folder", "--wide", "--top", "2", "-f", "jsonl"], folder)
    assert [json.loads(line) for line in done.stdout.decode().splitlines()] == [
        {"folder": "2021", "治理": 3, "基层": 3},
        {"folder": "2022", "治理": 2, "基层": 0},
        {"folder": "2023", "治理": 0, "基层": 0},
    ]
    rates = ["--wide", "--terms", "terms.txt", "--value", "per_1000_chars"]
    row = _rows(call(["freq", "texts", "--by", "document", *rates], folder))[1]
    assert list(row.items()) == [
        ("doc", "2022/b.txt"), ("治理", "133.3333"), ("基层治理", "0.0000"), ("党建引领", "66.6667"),
        ("没有这个词", "0.0000"),
    ]  # fmt: skip


def test_new_words_for_the_next_run(call: Call, folder: Path) -> None:
    """What the dictionary lacks is written as a user dictionary, and kept whole when it is used."""
    texts = [f"{before}楼组{behind}" for before, behind in zip("在到看去办", "里外了吧好", strict=True)]
    filler = "".join(f"第{number}片果园里开满了花，山坡上有人放羊。" for number in range(12))
    (folder / "new.txt").write_text("。\n".join([*texts, filler]), encoding="utf-8")
    table = _rows(call(["freq", "new.txt", "--new"], folder))
    assert [(row["term"], row["count"], row["parts"]) for row in table] == [("楼组", "5", "楼; 组")]
    done = call(["freq", "new.txt", "--new", "-o", "words.txt"], folder)
    assert (done.returncode, (folder / "words.txt").read_bytes()) == (0, "楼组\n".encode())
    assert [one.term for one in parse_user_dictionary((folder / "words.txt").read_text("utf-8"))] == ["楼组"]
    rows = _rows(call(["freq", "new.txt", "--userdict", "words.txt"], folder))
    assert [row["count"] for row in rows if row["term"] == "楼组"] == ["5"]
    assert not _rows(call(["freq", "new.txt", "--new", "--userdict", "words.txt"], folder))


def test_synonyms_count_as_one(call: Call, folder: Path) -> None:
    """For words and for given terms: the first of a line stands for all."""
    (folder / "s.txt").write_text("基层治理 = 社区治理\n", encoding="utf-8")
    words = _rows(call(["freq", "texts", "--synonyms", "s.txt", "--top", "1"], folder))
    assert (words[0]["term"], words[0]["count"], words[0]["documents"]) == ("基层治理", "5", "2")
    terms = _rows(call(["freq", "texts", "--terms", "terms.txt", "--synonyms", "s.txt"], folder))
    assert [row["count"] for row in terms if row["term"] == "基层治理"] == ["5"]


def test_stop_words_and_short_words(call: Call, folder: Path) -> None:
    """The user's stop words are left out; single characters count if asked for."""
    (folder / "stop.txt").write_text("治理\n", encoding="utf-8")
    stopped = _rows(call(["freq", "texts", "--stopwords", "stop.txt"], folder))
    assert "治理" not in {row["term"] for row in stopped}
    short = _rows(call(["freq", "texts", "--min-chars", "1"], folder))
    assert "花" in {row["term"] for row in short}


def test_copies_count_once(call: Call, folder: Path) -> None:
    """A copy adds nothing; phrases are counted in two passes, and it is said once."""
    text = "；".join(f"第{number}处网格由党支部带头，共同治理。" for number in range(40))
    for name in ("x.txt", "y.txt"):
        (folder / name).write_text(text, encoding="utf-8")
    done = call(["freq", "x.txt", "y.txt", "--ngrams", "1-2", "--top", "1", "--copies", "once"], folder)
    assert (_rows(done)[0]["count"], _rows(done)[0]["documents"]) == ("40", "1")
    assert done.stderr.decode().count("is a copy or a part of another") == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--terms", "terms.txt", "--new"], "--terms and --new count different things"),
        (["--terms", "terms.txt", "--ngrams", "2"], "--terms and --ngrams count different things"),
        (["--ngrams", "4-2"], "--ngrams '4-2' is no number of words"),
        (["--ngrams", "0"], "--ngrams '0' is no number of words"),
        (["--ngrams", "10"], "--ngrams '10' is no number of words"),
        (["--ngrams", "二"], "is no number of words"),
        (["--nesting", "all"], "--nesting and --within say how --terms are found"),
        (["--top", "-1"], "--top cannot be negative"),
        (["--min-count", "-1"], "--min-count cannot be negative"),
        (["--min-chars", "0"], "a word has at least one character"),
        (["--wide"], "--wide has a row per group or document"),
        (["--value", "per_1000_chars"], "--value says what the cells of the wide table hold"),
        (["--new", "--trend"], "--new lists the words of the whole corpus"),
        (["--trend", "--group-by", "year"], "--trend follows the terms"),
        (["--by", "document", "--group-by", "year"], "--by document makes each document a group"),
        (["--new", "--synonyms", "terms.txt"], "--synonyms are words or --terms, not --new"),
        (["--terms", "missing.txt"], "missing.txt: no such file"),
        (["--terms", "empty.txt"], "empty.txt: holds no terms"),
        (["--group-by", "城市"], "there is no field '城市'"),
        (["--terms", "terms.txt", "-o", "terms.txt"], "is one of the inputs"),
    ],
)
def test_what_cannot_be_done(call: Call, folder: Path, arguments: list[str], message: str) -> None:
    """Each ends with code 2, one sentence and no table."""
    (folder / "empty.txt").write_text("# nothing\n", encoding="utf-8")
    done = call(["freq", "texts", *arguments], folder)
    assert (done.returncode, done.stdout) == (2, b"")
    assert message in done.stderr.decode()


def test_nothing_to_count(call: Call, folder: Path) -> None:
    """Empty documents have no words: a header and no rows, and the warnings that every command gives."""
    (folder / "empty.txt").write_bytes(b"")
    for arguments in ([], ["--ngrams", "2-3"], ["--new"], ["--trend"]):
        done = call(["freq", "empty.txt", *arguments], folder)
        assert (done.returncode, _rows(done)) == (0, [])
        assert "the document is empty" in done.stderr.decode()
