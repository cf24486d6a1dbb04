"""``pdtool compare``: its options, exit codes and what is said where. The library is tested elsewhere."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path

import pytest

from tests.commandline import ROOT
from tests.commands.conftest import Call, Done

TEXTS = {
    "a.txt": "社区网格员走访居民,网格化管理让社区治理更精细。",
    "b.txt": "社區網格員走訪居民,網格化管理讓社區治理更精細,居民滿意。",
    "c.txt": "果园里的苹果熟了,果农忙着采摘苹果。",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a text, its Traditional likeness and another."""
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def _rows(done: Done) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(done.stdout.decode("utf-8-sig"))))


def test_the_table_of_pairs(call: Call, folder: Path) -> None:
    """The columns of the contract, every pair, the most alike first, with the words that make them so."""
    done = call(["compare", "."], folder)
    rows = _rows(done)
    assert done.returncode == 0
    assert list(rows[0]) == ["doc_a", "doc_b", "similarity", "shared_terms"]
    assert [(row["doc_a"], row["doc_b"]) for row in rows] == [
        ("a.txt", "b.txt"), ("a.txt", "c.txt"), ("b.txt", "c.txt"),
    ]  # fmt: skip
    assert float(rows[0]["similarity"]) > 0.8
    assert "网格" in rows[0]["shared_terms"]
    assert (rows[2]["similarity"], rows[2]["shared_terms"]) == ("0.0000", "")


@pytest.mark.parametrize("features", ["words", "chars"])
def test_the_copy_among_the_seeds_is_nearest(call: Call, features: str) -> None:
    """000 and its copy 004 come first, with at least 1.6 times the similarity of any other pair."""
    rows = _rows(call(["compare", "seeds", "--features", features], ROOT))
    assert (rows[0]["doc_a"][:3], rows[0]["doc_b"][:3]) == ("000", "004")
    assert float(rows[0]["similarity"]) >= 1.6 * float(rows[1]["similarity"])
    assert len(rows) == 10


def test_choosing_among_pairs(call: Call, folder: Path) -> None:
    """The nearest of each, a least similarity, and fewer terms."""
    near = _rows(call(["compare", ".", "--nearest", "1", "--top-terms", "2"], folder))
    assert [(row["doc_a"], row["doc_b"]) for row in near] == [("a.txt", "b.txt")]
    assert len(near[0]["shared_terms"].split("; ")) == 2
    assert len(_rows(call(["compare", ".", "--min-similarity", "0.5"], folder))) == 1


@pytest.mark.skipif(os.name == "nt", reason="needs file names that are bytes")
def test_the_matrix_of_files_with_undecodable_names(call: Call, folder: Path) -> None:
    """A file name that is no valid UTF-8 is a row and a column of the matrix like any other."""
    (folder / os.fsdecode(b"odd\xff.txt")).write_text("基层治理需要社区居民共同参与。" * 20, encoding="utf-8")
    done = call(["compare", ".", "--matrix", "--plain"], folder)
    assert done.returncode == 0
    assert any(line.startswith(b"odd") for line in done.stdout.splitlines())


def test_the_matrix(call: Call, folder: Path) -> None:
    """A row and a column a document."""
    done = call(["compare", ".", "--matrix", "--plain"], folder)
    lines = done.stdout.decode().splitlines()
    assert lines[0] == "doc,a.txt,b.txt,c.txt"
    assert lines[3] == "c.txt,0.0000,0.0000,1.0000"
    assert call(["compare", ".", "--matrix", "-o", "m.xlsx"], folder).returncode == 0


def test_against_another_corpus(call: Call, folder: Path) -> None:
    """New documents are compared with old ones; one that is in both not with itself."""
    (folder / "new.txt").write_text("苹果采摘正当时。", encoding="utf-8")
    rows = _rows(call(["compare", "new.txt", "--against", "."], folder))
    assert [(row["doc_a"], row["doc_b"]) for row in rows] == [
        ("new.txt", "c.txt"), ("new.txt", "a.txt"), ("new.txt", "b.txt"),
    ]  # fmt: skip


def test_many_documents_list_the_nearest(call: Call, tmp_path: Path) -> None:
    """Beyond 200 documents the ten nearest of each are listed, and that is said."""
    for number in range(201):
        text = f"社区治理的第{number}号材料,{'网格员走访居民。' * (number % 7)}"
        (tmp_path / f"{number:03}.txt").write_text(text, encoding="utf-8")
    done = call(["compare", ".", "--jobs", "2"], tmp_path)
    rows = _rows(done)
    assert 201 * 10 / 2 <= len(rows) <= 201 * 10
    assert "the 10 nearest of each" in done.stderr.decode()
    assert call(["compare", ".", "--jobs", "1"], tmp_path).stdout == done.stdout


def test_one_document_is_a_header(call: Call, folder: Path) -> None:
    """There is nothing to compare it with; that is no error."""
    done = call(["compare", "a.txt", "--plain"], folder)
    assert (done.returncode, done.stdout) == (0, b"doc_a,doc_b,similarity,shared_terms\n")
    assert b"it takes two to compare" in done.stderr


def test_documents_without_words(call: Call, folder: Path) -> None:
    """An empty one and one of numbers: rows of zeros and a warning each."""
    (folder / "empty.txt").write_bytes(b"")
    (folder / "numbers.txt").write_text("2024 100 3.5", encoding="utf-8")
    done = call(["compare", "."], folder)
    assert done.returncode == 0
    assert len(_rows(done)) == 10
    assert "numbers.txt: has no words to compare" in done.stderr.decode()
    assert done.stderr.decode().count("empty.txt") == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["missing.txt"], "missing.txt: no such file or folder"),
        (["a.txt", "--against", "empty"], "there is nothing to compare with"),
        (["a.txt", "--against", "missing"], "there is nothing to compare with"),
        ([".", "--nearest", "0"], "cannot list the 0 nearest"),
        ([".", "--min-similarity", "2"], "a similarity is a number from 0 to 1"),
        ([".", "--top-terms", "-1"], "cannot name -1 terms"),
        ([".", "--matrix", "--nearest", "3"], "--matrix holds every pair"),
        ([".", "--jobs", "-2"], "the number of jobs cannot be negative"),
        (["-", "--against", "-"], "standard input can be read only once"),
        (["a.txt", "b.txt", "-o", "b.txt"], "is one of the inputs"),
        (["a.txt", "--against", "b.txt", "-o", "b.txt"], "is one of the inputs"),
    ],
)
def test_what_cannot_be_done(call: Call, folder: Path, arguments: list[str], message: str) -> None:
    """Each ends with code 2, a sentence and no table."""
    (folder / "empty").mkdir()
    done = call(["compare", *arguments], folder)
    assert (done.returncode, done.stdout) == (2, b"")
    assert message in done.stderr.decode()


def test_the_manifest(call: Call, folder: Path) -> None:
    """It says what decided, and names the documents of both sides."""
    call(["compare", "a.txt", "--against", "b.txt", "--manifest", "m.json"], folder)
    described = json.loads((folder / "m.json").read_text(encoding="utf-8"))
    assert described["command"] == "compare"
    assert [entry["name"] for entry in described["inputs"]] == ["a.txt", "b.txt"]
    assert described["options"]["features"] == "words"


@pytest.mark.parametrize("features", ["words", "chars"])
def test_references_are_compared_if_they_are_asked_for(call: Call, tmp_path: Path, features: str) -> None:
    """Papers that cite the same are alike with ``--with-references`` alone; the manifest names it."""
    cited = "\n\n参考文献：\n[1] 李明. 论党建引领[J]. 治理研究, 2019(3): 1-8.\n"
    (tmp_path / "a.txt").write_text(f"社区网格员走访居民。{cited}", encoding="utf-8")
    (tmp_path / "b.txt").write_text(f"果园苹果丰收。{cited}", encoding="utf-8")
    arguments = ["compare", "a.txt", "b.txt", "--features", features, "--manifest", "m.json"]
    for more in ([], ["--with-references"]):
        row = _rows(call([*arguments, *more], tmp_path))[0]
        assert (float(row["similarity"]) > 0.3) is ("党建" in row["shared_terms"]) is bool(more)
        manifest = json.loads((tmp_path / "m.json").read_text(encoding="utf-8"))
        assert manifest["options"]["with_references"] is bool(more)


def test_groups_are_compared_as_one_text_each(call: Call, folder: Path) -> None:
    """The documents of a group together are as like another group as one document of all of them would be."""
    for name, parts in (("x", "ac"), ("y", "b")):
        (folder / "groups" / name).mkdir(parents=True)
        texts = [TEXTS[f"{part}.txt"] for part in parts]
        for number, text in enumerate(texts):
            (folder / "groups" / name / f"{number}.txt").write_text(text, encoding="utf-8")
        (folder / "merged").mkdir(exist_ok=True)
        (folder / "merged" / f"{name}.txt").write_text("\n".join(texts), encoding="utf-8")
    grouped = _rows(call(["compare", "groups", "--group-by", "folder"], folder))
    merged = _rows(call(["compare", "merged"], folder))
    assert list(grouped[0]) == ["group_a", "group_b", "similarity", "shared_terms"]
    assert (grouped[0]["group_a"], grouped[0]["group_b"]) == ("x", "y")
    assert [list(row.values())[2:] for row in grouped] == [list(row.values())[2:] for row in merged]
    matrix = _rows(call(["compare", "groups", "--group-by", "folder", "--matrix"], folder))
    assert [row["group"] for row in matrix] == ["x", "y"]
    assert matrix[0]["y"] == grouped[0]["similarity"]


def test_groups_of_both_sides(call: Call, folder: Path) -> None:
    """With --against each group of one side is compared with each of the other, its namesake too."""
    for name in ("new/1", "old/1", "old/2"):
        (folder / name).mkdir(parents=True)
        (folder / name / "t.txt").write_text(TEXTS["a.txt"], encoding="utf-8")
    rows = _rows(call(["compare", "new", "--against", "old", "--group-by", "folder"], folder))
    assert [(row["group_a"], row["group_b"], row["similarity"]) for row in rows] == [
        ("1", "1", "1.0000"), ("1", "2", "1.0000"),
    ]  # fmt: skip


def test_synonyms_and_a_user_dictionary(call: Call, tmp_path: Path) -> None:
    """Words that mean the same make documents alike, and the user's own words are kept whole."""
    (tmp_path / "a.txt").write_text("推进智慧社区建设，惠及老人。", encoding="utf-8")
    (tmp_path / "b.txt").write_text("提升智能社区水平，便利儿童。", encoding="utf-8")
    (tmp_path / "s.txt").write_text("智慧社区 = 智能社区\n", encoding="utf-8")
    (tmp_path / "u.txt").write_text("智慧社区\n智能社区\n", encoding="utf-8")

    def shared(*options: str) -> str:
        done = call(["compare", "a.txt", "b.txt", *options, "--plain"], tmp_path)
        (row,) = csv.DictReader(done.stdout.decode().splitlines())
        return row["shared_terms"]

    assert shared("--synonyms", "s.txt") == "智慧社区"
    assert shared() == "社区"
    assert shared("--userdict", "u.txt") == ""
