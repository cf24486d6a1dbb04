"""Alignment: what a passage claims is true, planted passages are found, unrelated texts share none."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdtool.reuse.alignment import Alignment, align, align_all
from pdtool.reuse.anchors import Index
from pdtool.reuse.chain_passages import passages_of_chains
from pdtool.reuse.chains import Chains
from pdtool.reuse.depth import MOST_DEPTH
from pdtool.reuse.joined_pairs import JoinedPairs
from pdtool.reuse.passage import Passages, Positions
from tests.reuse.random_texts import codes, mutated, random_text, with_noise


def aligned(a: str, b: str, min_passage: int = 30) -> Alignment:
    """Align two texts as they stand."""
    return align(Index.of(codes(a)), Index.of(codes(b)), min_passage)


def check(a: str, b: str, alignment: Alignment, min_passage: int) -> None:
    """Assert everything that a passage claims."""
    seen_a: set[int] = set()
    seen_b: set[int] = set()
    for passage in alignment.passages:
        assert (np.diff(passage.matches_a) > 0).all()
        assert len(np.unique(passage.matches_b)) == len(passage.matches_b)
        assert all(a[i] == b[j] for i, j in zip(passage.matches_a, passage.matches_b, strict=True))
        assert 0 <= passage.start_a < passage.end_a <= len(a)
        assert 0 <= passage.start_b < passage.end_b <= len(b)
        assert passage.chars >= min_passage
        assert 0.5 <= passage.similarity <= 1
        seen_a.update(passage.matches_a.tolist())
        seen_b.update(passage.matches_b.tolist())
    assert (alignment.matched_a, alignment.matched_b) == (len(seen_a), len(seen_b))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.text("甲乙丙丁戊己庚", max_size=60), max_size=6),
    st.lists(st.text("甲乙丙丁戊己庚", max_size=60), max_size=6),
    st.integers(5, 40),
)
def test_claims_hold_on_repetitive_text(parts_a: list[str], parts_b: list[str], min_passage: int) -> None:
    """Positions are equal, ascending and in range, however often characters repeat."""
    a = "".join(parts_a + parts_b)
    b = "".join(parts_b[::-1] + parts_a)
    check(a, b, aligned(a, b, min_passage), min_passage)


def test_which_text_is_named_first_never_matters() -> None:
    """Passages and what they cover are the same both ways, where parts repeat and lie in another order."""
    rng = random.Random(23)
    for _ in range(300):
        a, b = mutated(rng)
        one, other = aligned(a, b), aligned(b, a)
        check(a, b, one, 30)
        assert (one.matched_a, one.matched_b) == (other.matched_b, other.matched_a)
        spans = {(p.start_a, p.end_a, p.start_b, p.end_b, len(p.matches_a)) for p in one.passages}
        assert spans == {(p.start_b, p.end_b, p.start_a, p.end_a, len(p.matches_a)) for p in other.passages}


@pytest.mark.parametrize("noise", [0.0, 0.005, 0.02, 0.05, 0.1, 0.15])
def test_a_damaged_copy_is_found_nearly_whole(noise: float) -> None:
    """Of the characters that the damage left equal, 97 % or more are matched, up to 15 % noise."""
    rng = random.Random(7)
    original = random_text(rng, 3000)
    copy = with_noise(rng, original, noise)
    alignment = aligned(original, copy)
    check(original, copy, alignment, 30)
    assert alignment.matched_a >= 0.97 * (1 - noise) * len(original)


def test_a_quoted_page_is_found_where_it_stands() -> None:
    """A part of one text inside another is one passage with its exact bounds."""
    rng = random.Random(1)
    page = random_text(rng, 300)
    book = random_text(rng, 4000) + page + random_text(rng, 4000)
    (passage,) = aligned(page, book).passages
    assert (passage.start_a, passage.end_a, passage.start_b, passage.end_b) == (0, 300, 4000, 4300)


@pytest.mark.parametrize("around", [0, 5, 100, 1000, 40_000])
def test_a_passage_is_found_in_texts_of_any_length(around: int) -> None:
    """All shingles of a passage are anchors, and it is found whole, however much stands around it."""
    rng = random.Random(around)
    passage = random_text(rng, 35)
    longer = Index.of(codes(random_text(rng, around) + passage + random_text(rng, around)))
    alone = Index.of(codes(passage))
    assert set(alone.hashes.tolist()) <= set(longer.hashes.tolist())
    for a, b, start in ((longer, alone, around), (alone, longer, 0)):
        (found,) = align(a, b, 30).passages
        assert (found.start_a, len(found.matches_a)) == (start, 35)


def test_reordered_parts_are_all_found() -> None:
    """Parts in another order are separate passages, and together they cover both texts."""
    rng = random.Random(2)
    parts = [random_text(rng, 80) for _ in range(20)]
    shuffled = parts[:]
    rng.shuffle(shuffled)
    alignment = aligned("".join(parts), "".join(shuffled))
    assert alignment.matched_a >= 0.99 * 1600
    assert alignment.matched_b >= 0.99 * 1600


def test_shuffled_short_sentences_are_one_passage() -> None:
    """Sentences of 9 to 25 characters in another order cover both texts nearly whole, as one passage."""
    rng = random.Random(8)
    sentences = [random_text(rng, rng.randrange(9, 26)) for _ in range(60)]
    shuffled = sentences[:]
    rng.shuffle(shuffled)
    original, copy = "".join(sentences), with_noise(rng, "".join(shuffled), 0.02)
    alignment = aligned(original, copy)
    check(original, copy, alignment, 30)
    assert len(alignment.passages) == 1
    assert alignment.matched_a >= 0.85 * len(original)


def test_short_phrases_apart_from_each_other_are_no_passage() -> None:
    """Forty shared phrases of 20 characters with 30 others between them do not add up to a passage."""
    rng = random.Random(9)
    phrases = [random_text(rng, 20) for _ in range(40)]
    texts = ["".join(phrase + random_text(rng, 30) for phrase in rng.sample(phrases, 40)) for _ in range(2)]
    assert not aligned(texts[0], texts[1]).passages


def test_a_text_held_twice_counts_twice_where_it_is_held_twice() -> None:
    """Doubled text is covered on both its places; the single text is counted once."""
    text = random_text(random.Random(3), 200)
    alignment = aligned(text + text, text)
    assert (alignment.matched_a, alignment.matched_b) == (400, 200)


def test_unrelated_texts_share_no_passage() -> None:
    """Chance agreement is never a passage."""
    rng = random.Random(4)
    for _ in range(20):
        assert not aligned(random_text(rng, 3000), random_text(rng, 3000)).passages


def test_a_long_insertion_parts_a_passage_and_a_short_one_does_not() -> None:
    """A page number inside a sentence is bridged; a spliced paragraph is not part of the passage."""
    rng = random.Random(5)
    left, right = random_text(rng, 200), random_text(rng, 200)
    assert len(aligned(left + right, left + random_text(rng, 6) + right).passages) == 1
    spliced = aligned(left + right, left + random_text(rng, 200) + right)
    assert [passage.chars for passage in spliced.passages] == [200, 200]


def test_a_template_with_other_words_in_its_slots_is_no_long_passage() -> None:
    """Frames of 12 characters around slots of 25 different ones do not add up to a passage."""
    rng = random.Random(6)
    frames = [random_text(rng, 12) for _ in range(20)]
    filled = ["".join(frame + random_text(rng, 25) for frame in frames) for _ in range(2)]
    assert not aligned(filled[0], filled[1]).passages


def test_monotonous_text_is_aligned_in_linear_work() -> None:
    """A text of one repeated word anchors occurrence by occurrence, not all by all."""
    text = "基层治理" * 20_000
    alignment = aligned(text, text)
    assert alignment.matched_a == len(text)


def repetitive(rng: random.Random, name: str, length: int) -> tuple[str, str]:
    """Return two texts of about this length that repeat themselves and each other; one is damaged."""
    period = {"letters": 2, "cycle": 7, "row": 30, "paragraph": 200}[name]
    once = random_text(rng, period)
    repeated = once * (length // period)
    one = random_text(rng, 90) + repeated
    other = repeated[: length // 2] + random_text(rng, 90) + repeated[length // 2 :]
    return one, with_noise(rng, other, 0.03)


@pytest.mark.parametrize("name", ["letters", "cycle", "row", "paragraph"])
def test_repetition_is_aligned_a_few_times_and_not_each_with_each(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each character of two texts lies in a few alignments at most, however often their parts repeat."""
    work = []

    def counted(joined: JoinedPairs, chains: Chains) -> tuple[Passages, Positions]:
        passages, chain = passages_of_chains(joined, chains)
        work.append(sum(passage.end_a - passage.start_a for passage in passages))
        return passages, chain

    monkeypatch.setattr("pdtool.reuse.alignment.passages_of_chains", counted)
    a, b = repetitive(random.Random(5), name, 12_000)
    found = aligned(a, b)
    check(a, b, found, 30)
    assert sum(work) < 2 * MOST_DEPTH * len(a)
    assert min(found.matched_a / len(a), found.matched_b / len(b)) > 0.8
    swapped = aligned(b, a)
    assert (found.matched_a, found.matched_b) == (swapped.matched_b, swapped.matched_a)


@pytest.mark.parametrize(("a", "b"), [("", ""), ("甲", "甲"), ("甲乙丙丁", "甲乙丙丁"), ("", "甲" * 100)])
def test_texts_too_short_to_align_share_nothing(a: str, b: str) -> None:
    """Nothing shorter than a shingle is aligned, and nothing breaks."""
    assert aligned(a, b) == Alignment((), 0, 0) or not aligned(a, b).passages


PARTS = [random_text(random.Random(f"part {number}"), 12 + 9 * number) for number in range(6)]


def test_pairs_are_aligned_together_as_each_is_alone() -> None:
    """What one pair shares does not depend on the pairs beside it, whatever their sizes."""
    rng = random.Random(23)
    texts = [
        with_noise(rng, "".join(rng.choices(PARTS, k=size)) + random_text(rng, 3 * size), 0.1)
        for size in (0, 1, 2, 4, 8, 40)
        for _ in range(4)
    ]
    pairs = [(Index.of(codes(a)), Index.of(codes(b))) for a in texts for b in rng.choices(texts, k=6)]
    for together, (a, b) in zip(align_all(pairs, 30, 0.0), pairs, strict=True):
        alone = align(a, b, 30)
        assert (together.matched_a, together.matched_b) == (alone.matched_a, alone.matched_b)
        assert [one.span for one in together.passages] == [one.span for one in alone.passages]


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.sampled_from(PARTS), max_size=8),
    st.lists(st.sampled_from(PARTS), max_size=8),
    st.integers(0, 80),
    st.sampled_from([0.0, 0.1, 0.2]),
    st.sampled_from([0.2, 0.5, 0.8]),
    st.integers(0, 9),
)
def test_a_pair_that_is_given_up_would_not_have_reached_the_share(
    parts_a: list[str], parts_b: list[str], own: int, noise: float, least: float, seed: int
) -> None:
    """A least share changes nothing for pairs that reach it; others may have nothing."""
    rng = random.Random(seed)
    a = "".join(parts_a) + random_text(rng, own)
    b = with_noise(rng, random_text(rng, own).join(parts_b), noise)
    whole = aligned(a, b)
    quick = align(Index.of(codes(a)), Index.of(codes(b)), 30, least)
    smaller = min(len(a), len(b))
    sides = [(len(a), whole.matched_a), (len(b), whole.matched_b)]
    if smaller and any(size == smaller and matched >= least * smaller for size, matched in sides):
        assert (quick.matched_a, quick.matched_b) == (whole.matched_a, whole.matched_b)
    else:
        assert quick.matched_a <= whole.matched_a
