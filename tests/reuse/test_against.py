"""New documents against known ones: the rows of the whole join that cross, and nothing else is aligned."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from pdtool.corpus.scan import scan
from pdtool.reuse import verification
from pdtool.reuse.alignment import Alignment, align
from pdtool.reuse.anchors import Index
from pdtool.reuse.dedupe import By, DedupeOptions, DedupeResult, dedupe
from tests.reuse.test_dedupe import lines, random_text


def run(folder: Path, known: frozenset[str] = frozenset(), by: By = "pair") -> DedupeResult:
    """Dedupe a folder, all with all or against known documents."""
    with scan([str(folder)]) as corpus:
        return dedupe(corpus, DedupeOptions(jobs=1), by, known=known)


def corpus(folder: Path) -> frozenset[str]:
    """Write known documents and new ones that copy some of them; return the ids of the known ones."""
    rng = random.Random(41)
    known = [random_text(rng, 500) for _ in range(10)]
    for number, text in enumerate(known):
        (folder / f"k{number}.txt").write_text(lines(text), encoding="utf-8")
    for number in range(6):
        copy = known[number][60 * number :] + random_text(rng, 100)
        (folder / f"n{number}.txt").write_text(lines(copy), encoding="utf-8")
    (folder / "n9.txt").write_text(lines(known[9]), encoding="utf-8")
    return frozenset(f"k{number}.txt" for number in range(10))


@pytest.mark.parametrize("by", ["pair", "passage"])
def test_the_rows_are_those_of_the_whole_join(by: By, tmp_path: Path) -> None:
    """Where no two documents of one side are copies, every column of every row is the same."""
    known = corpus(tmp_path)
    whole, found = run(tmp_path, by=by), run(tmp_path, known, by)
    assert found.pairs == whole.pairs and len(found.pairs) == 7
    assert found.passages == whole.passages
    assert [row.doc for row in found.documents] == [f"n{number}.txt" for number in (0, 1, 2, 3, 4, 5, 9)]


def test_two_of_one_side_are_never_aligned_nor_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Copies among the known documents, or among the new ones, cost nothing and are no rows."""
    known = corpus(tmp_path)
    for name in ("k0", "n0"):
        text = (tmp_path / f"{name}.txt").read_text(encoding="utf-8")
        (tmp_path / f"{name}x.txt").write_text(text[30:] + "另有补充说明。", encoding="utf-8")
    known |= {"k0x.txt"}
    aligned = []

    def counting(a: Index, b: Index, *rest: Any) -> Alignment:
        aligned.append((len(a.codes), len(b.codes)))
        return align(a, b, *rest)

    whole = {(row.doc_a, row.doc_b): row for row in run(tmp_path).pairs}
    monkeypatch.setattr(verification, "align", counting)
    found = {(row.doc_a, row.doc_b): row for row in run(tmp_path, known).pairs}
    crossing = {pair: row for pair, row in whole.items() if (pair[0] in known) != (pair[1] in known)}
    assert found.keys() == crossing.keys() and len(whole) > len(crossing)
    assert all(
        (row.relation, row.containment_a, row.containment_b, row.kind)
        == (crossing[pair].relation, crossing[pair].containment_a, crossing[pair].containment_b, row.kind)
        for pair, row in found.items()
    )
    assert len(aligned) == sum(row.relation != "identical" for row in found.values())
