"""Texts whose sentences were put in another order.

A sentence is often shorter than a passage must be, and where sentences were shuffled no two neighbours are
neighbours still. But the shared parts then lie side by side in both texts, whatever their order, while
phrases that two texts happen to share stand alone. So short parts count where, with their neighbours, they
cover a stretch of both texts that is as long as a passage: together they are one passage.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pdtool.reuse.clusters import components
from pdtool.reuse.passage import LEAST_SIMILARITY, Passage, Positions, spans_of
from pdtool.text.arrays import distinct, joined_spans
from pdtool.text.edits import IntArray

__all__ = ["SHORTEST_PART", "SIDE_BY_SIDE", "merge_reordered"]

SHORTEST_PART = 7
"""Folded characters of the shortest part: a shorter one is a word."""
SIDE_BY_SIDE = 16
"""Parts with at most so many folded characters between them lie side by side: a short sentence that damage
has made unrecognisable may stand there."""
COVERED = 0.6
"""Share of a stretch that its parts match at least; phrases shared by chance cover less than a tenth."""


def merge_reordered(passages: Sequence[Passage], short: Sequence[Passage], min_passage: int) -> list[Passage]:
    """Add the short parts that belong to reordered stretches.

    Args:
        passages: The passages found so far.
        short: Shorter parts; no two of all these overlap in both texts.
        min_passage: Least folded characters of a passage, on either side.

    Returns:
        The passages; those that lie in one stretch with short parts are merged with these.
    """
    parts = [*short, *passages]
    start_a, end_a, start_b, end_b, matches = spans_of(parts).T
    kept = np.arange(len(parts))
    while (is_short := kept < len(short)).any():
        in_a = _stretches(start_a[kept], end_a[kept], matches[kept], min_passage)
        in_b = _stretches(start_b[kept], end_b[kept], matches[kept], min_passage)
        alone = is_short & ((in_a < 0) | (in_b < 0))
        if not alone.any():
            together = [parts[index] for index in kept.tolist()]
            return _merge_stretches(together, int(np.count_nonzero(is_short)), in_a.tolist(), in_b.tolist())
        kept = kept[~alone]
    return list(passages)


def _stretches(starts: IntArray, ends: IntArray, matches: IntArray, min_passage: int) -> Positions:
    """Return, for each part, which stretch of a text it lies in; −1 where too little is covered."""
    order = np.lexsort((ends, starts))
    stretch, first, last = joined_spans(starts[order], ends[order], SIDE_BY_SIDE)
    lengths = last - first
    is_covered = (lengths >= min_passage) & (np.bincount(stretch, matches[order]) >= COVERED * lengths)
    found = np.empty(len(starts), np.int64)
    found[order] = np.where(is_covered[stretch], stretch, -1)
    return found


def _merge_stretches(
    parts: Sequence[Passage], short: int, in_a: Sequence[int], in_b: Sequence[int]
) -> list[Passage]:
    """Merge the parts whose stretches hang together, where the first ``short`` parts are among them."""
    linked = components((a, -1 - b) for a, b in zip(in_a, in_b, strict=True) if a >= 0 and b >= 0)
    number = {stretch: group for group, stretches in enumerate(linked) for stretch in stretches}
    groups: dict[object, list[int]] = {}
    for index, stretch in enumerate(in_a):
        alone = stretch < 0 or in_b[index] < 0
        groups.setdefault(("alone", index) if alone else number[stretch], []).append(index)
    return [
        passage
        for group in groups.values()
        for passage in _merged(
            [parts[index] for index in group], [parts[index] for index in group if index >= short]
        )
    ]


def _merged(parts: Sequence[Passage], long: Sequence[Passage]) -> Sequence[Passage]:
    """Return the parts as one passage; only the long ones, as they are, where there is nothing to gain.

    What repeats itself loses by it: a text that holds twice what the other one holds once is matched twice by
    two passages, and once by one.
    """
    if len(parts) == len(long):
        return long
    matches_a = np.concatenate([part.matches_a for part in parts])
    matches_b = np.concatenate([part.matches_b for part in parts])
    # A character held twice is matched twice; a passage holds each of its positions once.
    for _ in range(2):
        _, once = np.unique(matches_b, return_index=True)
        matches_a, matches_b = matches_b[once], matches_a[once]
    passage = Passage.of(matches_a, matches_b)
    loses = len(matches_a) < max(_covered(long, "matches_a"), _covered(long, "matches_b"))
    return long if loses or passage.similarity < LEAST_SIMILARITY else [passage]


def _covered(parts: Sequence[Passage], side: str) -> int:
    """Return how many characters of one text these parts match, each counted once."""
    if not parts:
        return 0
    return len(distinct(np.concatenate([getattr(part, side) for part in parts])))
