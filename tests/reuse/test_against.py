"""New documents against known ones: the rows of the whole join that cross; known ones are never aligned."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence, Set
from dataclasses import asdict, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pdtool.corpus.scan import scan
from pdtool.reuse import verification
from pdtool.reuse.alignment import Alignment, align_all
from pdtool.reuse.anchors import Index
from pdtool.reuse.candidates import candidates
from pdtool.reuse.dedupe import By, DedupeOptions, DedupeResult, dedupe
from pdtool.reuse.hash_totals import CandidateOptions
from pdtool.reuse.options import Within
from tests.damage import KINDS as DAMAGE
from tests.damage import Workshop, original
from tests.reuse.related_pairs import KINDS as PAIRS
from tests.reuse.test_candidates import postings_of
from tests.reuse.test_dedupe import lines, random_text
from tests.texts.grammar import genres, subjects
from tests.texts.library import generate


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


def counted(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """Return a list that takes down the lengths of every two texts that are aligned from now on."""
    aligned: list[tuple[int, int]] = []

    def counting(pairs: Sequence[tuple[Index, Index]], *rest: Any) -> list[Alignment]:
        aligned.extend((len(a.codes), len(b.codes)) for a, b in pairs)
        return align_all(pairs, *rest)

    monkeypatch.setattr(verification, "align_all", counting)
    return aligned


def with_copies(folder: Path) -> frozenset[str]:
    """Write the corpus and a copy of a document on either side; return the ids of the known ones."""
    known = corpus(folder)
    for name in ("k0", "n0"):
        text = (folder / f"{name}.txt").read_text(encoding="utf-8")
        (folder / f"{name}x.txt").write_text(text[30:] + "另有补充说明。", encoding="utf-8")
    return known | {"k0x.txt"}


def test_two_of_one_side_are_no_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Known copies cost nothing; new ones are aligned, for their clusters, and listed no more than those."""
    known = with_copies(tmp_path)
    whole = {(row.doc_a, row.doc_b): row for row in run(tmp_path).pairs}
    aligned = counted(monkeypatch)
    found = {(row.doc_a, row.doc_b): row for row in run(tmp_path, known).pairs}
    crossing = {pair: row for pair, row in whole.items() if (pair[0] in known) != (pair[1] in known)}
    assert found.keys() == crossing.keys() and len(whole) > len(crossing)
    assert all(
        (row.relation, row.containment_a, row.containment_b, row.kind)
        == (crossing[pair].relation, crossing[pair].containment_a, crossing[pair].containment_b, row.kind)
        for pair, row in found.items()
    )
    new = [pair for pair in whole if known.isdisjoint(pair)]
    assert len(new) == 1
    assert len(aligned) == sum(row.relation != "identical" for row in found.values()) + len(new)


def test_within_none_new_documents_are_not_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each new document is judged by the known ones alone; nothing but what is listed is aligned."""
    known = with_copies(tmp_path)
    aligned = counted(monkeypatch)
    with scan([str(tmp_path)]) as read:
        found = dedupe(read, DedupeOptions(jobs=1, within=Within.NONE), known=known)
    assert {(row.doc_a, row.doc_b) for row in found.pairs} >= {("k0.txt", "n0.txt"), ("k0x.txt", "n0x.txt")}
    assert len(aligned) == sum(row.relation != "identical" for row in found.pairs)
    assert all(row.keep in known for row in found.documents if row.role == "drop")


OF_CLUSTERS = frozenset({"cluster", "keep", "kind", "reason"})
"""Columns that tell of clusters, and which copy is the misread one, on which all copies of a text vote: what
known documents are to known ones is not looked for."""
OF_AUDITS = frozenset({"ratio_total", "ratio_without_quotations", "largest_single_source"})
"""Columns of an audit that count known sources alone where documents are compared with known ones."""


def told(rows: Sequence[Any], known: Set[str], left_out: Set[str]) -> list[dict[str, Any]]:
    """Return the rows with one end on each side, without some columns."""
    crossing = [row for row in rows if (row.doc_a in known) != (row.doc_b in known)]
    return [{name: cell for name, cell in asdict(row).items() if name not in left_out} for row in crossing]


def undirected(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return collations as if they were not read from the copy to the document that is kept."""
    turned = []
    for row in rows:
        ends = sorted([(row["doc_a"], row["before"]), (row["doc_b"], row["after"])])
        turned.append({**row, "doc_a": "", "doc_b": "", "before": ends, "after": ""})
    return sorted(turned, key=str)


def assert_is_cut_down(
    texts: Mapping[str, str], known: frozenset[str], options: DedupeOptions, by: By, *, own: bool
) -> None:
    """Assert that the rows against known documents are those of the whole join that cross.

    Args:
        texts: Documents by their ids.
        known: Which of them are known.
        options: What decides the result.
        by: What a row is.
        own: Whether known documents may be copies of known ones.
    """
    with TemporaryDirectory() as name:
        for one, text in texts.items():
            (Path(name) / one).write_text(text, encoding="utf-8")
        with scan([name]) as read:
            whole = dedupe(read, options, by)
            found = dedupe(read, options, by, known=known)
    left_out = (OF_CLUSTERS if own else frozenset()) | (OF_AUDITS if options.from_dates else frozenset())
    for table in ("pairs", "passages", "variants"):
        expected, rows = (told(getattr(one, table), known, left_out) for one in (whole, found))
        if own and table == "variants":
            expected, rows = undirected(expected), undirected(rows)
        assert rows == expected
        assert len(rows) == len(getattr(found, table))
    documents = [row for row in whole.documents if row.doc not in known]
    assert [row.doc for row in found.documents] == [row.doc for row in documents]
    assert own or found.documents == documents


@st.composite
def sided(draw: Any, *, own: bool) -> dict[str, str]:
    """Return known texts and new ones, some of them copies of others, damaged or not.

    Args:
        draw: Makes the choices.
        own: Whether known texts are copies of others too; else they only overlap. New ones are always.
    """
    rng = random.Random(draw(st.integers(0, 10**6)))
    shared = random_text(rng, 100)  # what texts of either side overlap in
    texts: dict[str, str] = {}
    for number in range(draw(st.integers(2, 9))):
        name = f"{rng.randrange(10**6):06}{draw(st.sampled_from('kn'))}{number}.txt"
        sources = list(texts) if own or not is_known(name) else []
        text = random_text(rng, rng.randrange(120, 300))
        if sources and draw(st.booleans()):
            source = texts[draw(st.sampled_from(sources))]
            share = draw(st.sampled_from((0.3, 0.6, 0.9, 1.0)))
            text = source[: round(share * len(source))] + draw(st.sampled_from(("", text[:40], text)))
        misread = rng.sample(range(len(text)), draw(st.sampled_from((0, 0, len(text) // 50, len(text) // 6))))
        text = "".join(random_text(rng, 1) if at in misread else one for at, one in enumerate(text))
        texts[name] = text + (shared if draw(st.booleans()) else "")
    return {name: lines(text) for name, text in texts.items()}


def is_known(name: str) -> bool:
    """Return whether a made document is a known one."""
    return "k" in name


MADE = [name for name, kind in DAMAGE.items() if kind.encoding == "utf-8" and kind.least <= 400]


def made(seed: int) -> dict[str, str]:
    """Return documents of a made corpus, versions, forms and damaged copies on either side."""
    rng = random.Random(seed)
    groups = []
    for _ in range(3):
        texts = [generate(min(subjects()), rng.choice(sorted(genres())), 500, rng.randrange(10**6)).text]
        shop = Workshop(rng, [original(pair(rng).first, "other") for pair in PAIRS.values()])
        copied = original(texts[0], "copied")
        texts += [DAMAGE[rng.choice(MADE)].damage(copied, shop).text for _ in range(rng.randrange(1, 5))]
        groups.append(texts)
    groups += [[pair.first, pair.second] for pair in (PAIRS[name](rng) for name in sorted(PAIRS))]
    return {f"{rng.randrange(10**6):06}{rng.choice('kn')}.txt": text for texts in groups for text in texts}


WAYS = st.sampled_from(
    [
        DedupeOptions(jobs=1),
        DedupeOptions(jobs=1, all_pairs=True),
        DedupeOptions(jobs=1, threshold=0.0, common=0),
        DedupeOptions(jobs=1, threshold=0.1, common=2, all_pairs=True),
        DedupeOptions(jobs=1, from_dates=True),
    ]
)
"""Ways to compare."""


@settings(max_examples=30, deadline=None)
@given(sided(own=True), WAYS, st.sampled_from(("pair", "passage", "variant")))
def test_against_is_the_whole_join_cut_down(texts: dict[str, str], options: DedupeOptions, by: By) -> None:
    """Law: every crossing row of the whole join, and no other, the same but for what tells of clusters."""
    known = frozenset(filter(is_known, texts))
    assume(known)
    assert_is_cut_down(texts, known, options, by, own=True)


@settings(max_examples=20, deadline=None)
@given(sided(own=False), WAYS, st.sampled_from(("pair", "passage", "variant")))
def test_without_known_copies_every_column_is_the_same(
    texts: dict[str, str], options: DedupeOptions, by: By
) -> None:
    """Law: where no known document is a copy of a known one, clusters and their keepers are the same too."""
    known = frozenset(filter(is_known, texts))
    assume(known)
    assert_is_cut_down(texts, known, options, by, own=False)


@pytest.mark.parametrize("by", ["pair", "passage", "variant"])
@pytest.mark.parametrize("seed", range(3))
def test_copies_of_every_kind_are_the_same(seed: int, by: By) -> None:
    """Versions, forms, damaged and plain copies on both sides of a made corpus: kinds and all."""
    texts = made(seed)
    known = frozenset(filter(is_known, texts))
    options = DedupeOptions(jobs=1, from_dates=seed == 0, all_pairs=seed == 1)
    assert_is_cut_down(texts, known, options, by, own=True)


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
