"""New documents against known ones: the rows of the whole join that cross, and nothing else is aligned."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdtool.corpus.scan import scan
from pdtool.reuse import verification
from pdtool.reuse.alignment import Alignment, align
from pdtool.reuse.anchors import Index
from pdtool.reuse.candidates import candidates
from pdtool.reuse.dedupe import By, DedupeOptions, DedupeResult, dedupe
from pdtool.reuse.hash_totals import CandidateOptions
from tests.reuse.test_candidates import postings_of
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


@st.composite
def crossing(draw: st.DrawFn) -> dict[str, str]:
    """Return known texts and new ones; no text is a copy of one on its own side, though some overlap."""
    rng = random.Random(draw(st.integers(0, 10**6)))
    known = [random_text(rng, rng.randrange(120, 300)) for _ in range(draw(st.integers(1, 6)))]
    shared = random_text(rng, 100)  # what texts of one side overlap in
    texts = {
        f"k{n}.txt": text + (shared if draw(st.booleans()) else random_text(rng, 100))
        for n, text in enumerate(known)
    }
    sources = draw(st.lists(st.integers(0, len(known) - 1), unique=True, max_size=5))
    for number, source in enumerate(sources):
        share = draw(st.sampled_from((0.3, 0.6, 0.9, 1.0)))
        text = texts[f"k{source}.txt"]
        own = random_text(rng, draw(st.sampled_from((0, 40, 400))))
        texts[f"n{number}.txt"] = text[: round(share * len(text))] + own or own
    return texts


@settings(max_examples=25, deadline=None)
@given(crossing(), st.sampled_from((0.0, 0.5)), st.sampled_from(("pair", "passage")))
def test_against_is_the_whole_join_cut_down(texts: dict[str, str], threshold: float, by: By) -> None:
    """Law: every crossing row of the whole join, the same in every column, and no other."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        for one, text in texts.items():
            (folder / one).write_text(lines(text), encoding="utf-8")
        known = frozenset(one for one in texts if one.startswith("k"))
        options = DedupeOptions(threshold=threshold, common=0, jobs=1)
        with scan([name]) as read:
            whole = dedupe(read, options, by)
            found = dedupe(read, options, by, known=known)
    expected = [row for row in whole.pairs if (row.doc_a in known) != (row.doc_b in known)]
    assert repr(found.pairs) == repr(expected)
    crosses = [row for row in whole.passages if (row.doc_a in known) != (row.doc_b in known)]
    assert repr(found.passages) == repr(crosses)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.sets(st.integers(0, 12), max_size=8), min_size=1, max_size=9),
    st.data(),
    st.sampled_from((0.0, 0.3)),
)
def test_candidates_that_cross_are_those_of_the_whole_join(
    sets: list[set[int]], data: st.DataObject, least_share: float
) -> None:
    """Leaving out the hashes and pairs of one side loses none of the others, and takes in no new one."""
    side = st.lists(st.booleans(), min_size=len(sets), max_size=len(sets))
    sides = np.array([data.draw(side), data.draw(side)], bool)
    whole = CandidateOptions(len(sets), np.ones(len(sets), bool), 1, least_share)
    found = [
        candidates([postings_of(sets)], options).pairs.tolist()
        for options in (whole, replace(whole, sides=sides))
    ]
    new, known = sides
    expected = [[i, j] for i, j in found[0] if (new[i] and known[j]) or (known[i] and new[j])]
    assert found[1] == expected
