"""The selection: what is new is looked up in stretches, and is what one finds character by character."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pdtool.reuse.anchors import Index
from pdtool.reuse.joined_pairs import JoinedPairs
from pdtool.reuse.pair_spans import PairSpans
from pdtool.reuse.passage import LEAST_SIMILARITY, Passage, Passages, matches_of
from pdtool.reuse.passage_selection import PassageSelection
from pdtool.reuse.reordering import SHORTEST_PART, merge_reordered
from tests.reuse.random_texts import codes

SIZE = 60
"""Characters of each text."""
LEAST = st.sampled_from((5, 9))
"""Characters of the shortest passage: fewer than those of a part, or more."""
JOINED = JoinedPairs.of([(Index.of(codes("甲" * SIZE)), Index.of(codes("甲" * SIZE)))] * 2)
Drawn = tuple[int, int, int, set[int]]
"""A passage: which pair it is of, where it begins in both texts, and what matches from there on."""
PASSAGES = st.lists(
    st.tuples(
        st.integers(0, 1),
        st.integers(0, SIZE - 20),
        st.integers(0, SIZE - 20),
        st.sets(st.integers(0, 19), min_size=1),
    ),
    max_size=12,
)


def parts(drawn: Sequence[Drawn]) -> list[Passage]:
    """Return such passages."""
    found = []
    for pair, start_a, start_b, matches in drawn:
        begin_a, begin_b = JOINED.begins[:, pair].tolist()
        at = np.array(sorted(matches), np.int64)
        found.append(Passage.in_order(begin_a + start_a + at, begin_b + start_b + at))
    return found


def together(passages: Sequence[Passage]) -> Passages:
    """Return passages as the selection takes them."""
    stops = np.cumsum([len(one.matches_a) for one in passages], dtype=np.int64)
    return Passages(*matches_of(passages), np.append(0, stops)[:-1], stops)


def fresh(passage: Passage, new: Sequence[bool]) -> list[Passage]:
    """Return the stretches of a passage that are new."""
    found: list[list[int]] = []
    for at, is_new in enumerate(new):
        if is_new and at and new[at - 1]:
            found[-1].append(at)
        elif is_new:
            found.append([at])
    stretches = [passage.part(one[0], one[-1] + 1) for one in found]
    return [one for one in stretches if all(new) or one.similarity >= LEAST_SIMILARITY]


def selected(passages: Sequence[Passage], least: int) -> tuple[list[Passage], list[Passage], list[set[int]]]:
    """Return what is kept of passages, long and short, and what they cover of either text."""
    long: list[Passage] = []
    short: list[Passage] = []
    covered: list[set[int]] = [set(), set()]
    for one in passages:
        new_a = [at not in covered[0] for at in one.matches_a.tolist()]
        new_b = [at not in covered[1] for at in one.matches_b.tolist()]
        in_both = [a and b for a, b in zip(new_a, new_b, strict=True)]
        tries = [[part for part in fresh(one, new) if part.chars >= least] for new in (in_both, new_a, new_b)]
        kept = next(filter(None, tries), [])
        left = [] if kept else [part for part in fresh(one, in_both) if part.chars >= SHORTEST_PART]
        for part in (*kept, *left):
            covered[0] |= set(range(part.start_a, part.end_a))
            covered[1] |= set(range(part.start_b, part.end_b))
        long += kept
        short += left
    return long, short, covered


def spans_in(drawn: Sequence[Drawn]) -> PairSpans:
    """Return where such passages lie, in their texts."""
    pair = np.array([one[0] for one in drawn], np.int64)
    bounds = np.array([one.span for one in parts(drawn)], np.int64).reshape(-1, 5).T
    begins = JOINED.begins[:, pair]
    return PairSpans(JOINED, pair, bounds[[0, 2]] - begins, bounds[[1, 3]] - begins)


@given(PASSAGES, PASSAGES, LEAST)
def test_what_is_new_is_told_as_if_character_by_character(
    drawn: list[Drawn], others: list[Drawn], least: int
) -> None:
    """What is kept of passages, where others reach beyond it, and what all of them can match."""
    selection = PassageSelection(JOINED, least)
    selection.offer(together(parts(drawn)))
    long, short, covered = selected(parts(drawn), least)
    kept = [one.span for passages in selection.passages(np.ones(2, bool)) for one in passages]
    merged = merge_reordered(together(long), together(short), least)
    assert sorted(kept) == sorted(one.span for one in merged)

    reach = [((one.start_a, one.end_a), (one.start_b, one.end_b)) for one in parts(others)]
    reaching = selection.reach_uncovered(spans_in(others)).tolist()
    assert reaching == [
        all(not set(range(*span)) <= side for span, side in zip(both, covered, strict=True)) for both in reach
    ]

    matched: list[set[int]] = [set(), set()]
    for one in (*long, *short):
        matched[0] |= set(one.matches_a.tolist())
        matched[1] |= set(one.matches_b.tolist())
    for in_a, in_b in reach:
        matched[0] |= set(range(*in_a))
        matched[1] |= set(range(*in_b))
    for pair, most in enumerate(selection.coverable(spans_in(others)).tolist()):
        texts = [range(begin, begin + SIZE) for begin in JOINED.begins[:, pair].tolist()]
        assert most == max(len(side & set(text)) for side, text in zip(matched, texts, strict=True))


def test_stretches_that_hang_together_are_merged_however_long_their_row_is() -> None:
    """One short part at its beginning is enough: each stretch shares a long part with the next one."""
    size, apart, stretches = 20, 60, 40
    drawn = [
        (stretch, other) for stretch in range(stretches) for other in (stretch - 1, stretch) if other >= 0
    ]
    # In a stretch of either text two long parts lie side by side, in the other text they lie apart.
    long = [
        Passage.in_order(
            stretch * apart + size * (other == stretch) + np.arange(size),
            other * apart + size * (other < stretch) + np.arange(size),
        )
        for stretch, other in drawn
    ]
    alone = Passage.in_order(stretches * apart + np.arange(size), stretches * apart + np.arange(size))
    short = Passage.in_order(2 * size + np.arange(10), 2 * size + np.arange(10))
    merged = merge_reordered(together([*long, alone]), together([short]), 20)
    assert sorted(len(one.matches_a) for one in merged) == [size, size * len(long) + 10]
