"""Witnesses vote on a character: what most copies of a passage have is right."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from pdtool.corpus.scan import scan
from pdtool.reuse.dedupe import DedupeOptions, DedupeResult, dedupe
from tests.texts.library import generate


def misread(rng: Random, text: str, most: int = 6) -> str:
    """Exchange single characters of a text for others that stand elsewhere in it."""
    places = [index for index, character in enumerate(text) if "\u4e00" <= character <= "\u9fff"]
    head = text.index("\n") + 1
    chosen = rng.sample([index for index in places if index > head], most)
    characters = list(text)
    for index in chosen:
        characters[index] = characters[rng.choice(places)]
    return "".join(characters)


def run(folder: Path, texts: dict[str, str]) -> DedupeResult:
    """Write texts as files of a folder and dedupe it."""
    folder.mkdir()
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    with scan([str(folder)]) as corpus:
        return dedupe(corpus, DedupeOptions(jobs=1))


def made(number: int) -> tuple[str, str]:
    """Return a text and a copy of it with some misread characters and a little more at its end."""
    rng = Random(f"witnesses {number}")
    text = generate("archives", "speech", 900, number).text
    return text, misread(rng, text) + "\n供稿：办公室综合科。"


@pytest.mark.parametrize("number", range(8))
def test_two_good_copies_convict_a_bad_one(number: int, tmp_path: Path) -> None:
    """Beside two good copies the misread one is told as damaged against both, and dropped though longest."""
    text, bad = made(number)
    result = run(tmp_path / "three", {"a.txt": bad, "b.txt": text, "c.txt": text + "\n（完）此件公开。"})
    kinds = {(row.doc_a, row.doc_b): row.kind for row in result.pairs}
    assert kinds["a.txt", "b.txt"] == kinds["a.txt", "c.txt"] == "damaged"
    assert kinds["b.txt", "c.txt"] == "copy"
    assert "are misread in a" in result.pairs[0].reason
    assert "a.txt" not in [source.id for source in result.kept]


@pytest.mark.parametrize("number", range(4))
def test_equal_texts_are_witnesses_each(number: int, tmp_path: Path) -> None:
    """Two files with the very same text count as two."""
    text, bad = made(number)
    result = run(tmp_path / "equal", {"a.txt": bad, "b.txt": text, "c.txt": text})
    assert [row.kind for row in result.pairs] == ["damaged", "damaged", "copy"]
    assert [source.id for source in result.kept] == ["b.txt"]


def test_copies_of_a_misread_copy_do_not_outvote_the_model(tmp_path: Path) -> None:
    """Three copies with 街慎 do not make 街镇 wrong."""
    text = (
        generate("archives", "speech", 700, 3).text
        + "\n各街镇要落实责任，各街镇要加强督查，各街镇要按时上报。"
    )
    bad = text.replace("街镇", "街慎")
    texts = {f"{n}.txt": bad + f"\n第{n}处转载。" for n in range(3)} | {"good.txt": text}
    result = run(tmp_path / "outvoted", texts)
    with_good = [row for row in result.pairs if row.doc_b == "good.txt"]
    assert with_good and all("misread in b" not in row.reason for row in with_good)


def test_who_is_named_first_never_matters(tmp_path: Path) -> None:
    """The vote is the same whatever the files are called."""
    text, bad = made(20)
    third = text + "\n（完）此件公开。"
    one = run(tmp_path / "one", {"a.txt": bad, "b.txt": text, "c.txt": third})
    other = run(tmp_path / "other", {"c.txt": bad, "b.txt": text, "a.txt": third})
    assert sorted(row.kind for row in one.pairs) == sorted(row.kind for row in other.pairs)
    assert len(one.kept) == len(other.kept)


def test_inserted_words_are_no_misreading(tmp_path: Path) -> None:
    """On what one copy has alone nobody votes: the pair is what it is without witnesses."""
    text = generate("archives", "speech", 900, 5).text
    longer = text.replace("，", "，其中", 5)
    two = run(tmp_path / "two", {"a.txt": longer, "b.txt": text + "\n甲"})
    texts = {"a.txt": longer, "b.txt": text + "\n甲", "c.txt": text + "\n乙丙丁", "d.txt": text + "\n戊己"}
    more = run(tmp_path / "more", texts)
    assert more.pairs[0].doc_b == "b.txt"
    assert (more.pairs[0].kind, more.pairs[0].reason[:60]) == (two.pairs[0].kind, two.pairs[0].reason[:60])


SPELT = "各有关单位应当作出安排，依法保障权利，定期通报工作进度，各有关部门要按照职责分工抓好落实。"
MISSPELT = SPELT
for right, wrong in (("作出", "做出"), ("权利", "权力")):
    MISSPELT = MISSPELT.replace(right, wrong)


def test_what_the_model_does_not_know_is_voted(tmp_path: Path) -> None:
    """Common words for other common ones: of two copies neither is damaged, of three the odd one is."""
    text = generate("archives", "speech", 900, 7).text
    good, bad = f"{text}\n{SPELT}", f"{text}\n{MISSPELT}"
    two = run(tmp_path / "two", {"a.txt": bad, "b.txt": good})
    assert [row.kind for row in two.pairs] == ["copy"]
    three = run(tmp_path / "three", {"a.txt": bad, "b.txt": good, "c.txt": good + "\n（此件公开）"})
    assert [row.kind for row in three.pairs] == ["damaged", "damaged", "copy"]
    assert "a.txt" not in [source.id for source in three.kept]
