"""Texts whose sentences were put in another order.

A sentence is often shorter than a passage must be, and where sentences were shuffled no two neighbours are
neighbours still. But the shared parts then lie side by side in both texts, whatever their order, while
phrases that two texts happen to share stand alone. So short parts count where, with their neighbours, they
cover a stretch of both texts that is as long as a passage: together they are one passage.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from pdtool.reuse.clusters import components
from pdtool.reuse.passage import LEAST_SIMILARITY, Passage, Passages, Positions
from pdtool.text.arrays import distinct, is_member, joined_spans, runs

__all__ = ["SHORTEST_PART", "SIDE_BY_SIDE", "merge_reordered"]

SHORTEST_PART = 7
"""Folded characters of the shortest part: a shorter one is a word."""
SIDE_BY_SIDE = 16
"""Parts with at most so many folded characters between them lie side by side: a short sentence that damage
has made unrecognisable may stand there."""
COVERED = 0.6
"""Share of a stretch that its parts match at least; phrases shared by chance cover less than a tenth."""


def merge_reordered(passages: Passages, short: Passages, min_passage: int) -> list[Passage]:
    """Add the short parts that belong to reordered stretches.

    Args:
        passages: The passages found so far.
        short: Shorter parts; no two of all these overlap in both texts.
        min_passage: Least folded characters of a passage, on either side.

    Returns:
        The passages; those that lie in one stretch with short parts are merged with these.
    """
    parts = Passages.joined([short, passages])
    (start_a, end_a, start_b, end_b), matches = parts.spans, parts.lengths
    kept = np.arange(len(parts))
    while (is_short := kept < len(short)).any():
        in_a = _stretches(start_a[kept], end_a[kept], matches[kept], min_passage)
        in_b = _stretches(start_b[kept], end_b[kept], matches[kept], min_passage)
        alone = is_short & ((in_a < 0) | (in_b < 0))
        if not alone.any():
            return _merge_stretches(parts.some(kept), int(np.count_nonzero(is_short)), in_a, in_b)
        kept = kept[~alone]
    return list(passages)


def _stretches(starts: Positions, ends: Positions, matches: Positions, min_passage: int) -> Positions:
    """Return, for each part, which stretch of a text it lies in; −1 where too little is covered."""
    order = np.lexsort((ends, starts))
    stretch, first, last = joined_spans(starts[order], ends[order], SIDE_BY_SIDE)
    lengths = last - first
    is_covered = (lengths >= min_passage) & (np.bincount(stretch, matches[order]) >= COVERED * lengths)
    found = np.empty(len(starts), np.int64)
    found[order] = np.where(is_covered[stretch], stretch, -1)
    return found


def _merge_stretches(parts: Passages, short: int, in_a: Positions, in_b: Positions) -> list[Passage]:
    """Merge the parts whose stretches hang together, where the first ``short`` parts are among them."""
    group = _groups(in_a, in_b)
    beside = is_member(group, distinct(group[:short]))  # a short part lies in a stretch of both texts
    groups: dict[int, list[int]] = {}
    for index in np.flatnonzero(beside).tolist():
        groups.setdefault(int(group[index]), []).append(index)
    merged = [
        passage
        for group in groups.values()
        for passage in _merged(parts.some(group), parts.some([index for index in group if index >= short]))
    ]
    return [*merged, *parts.some(~beside)]


def _groups(in_a: Positions, in_b: Positions) -> Positions:
    """Return which group each part is of; parts are of one whose stretches hang together.

    Args:
        in_a: Which stretch of a each part lies in; −1: in none.
        in_b: Likewise of b.

    Returns:
        Shape ``(n,)``; −1 for a part that lies in no stretch of one of the texts.
    """
    both = np.flatnonzero((in_a >= 0) & (in_b >= 0))
    a, b = in_a[both], in_b[both]
    width = in_b.max(initial=0) + 1
    first, second = np.divmod(distinct(a * width + b), width)  # many parts, few pairs of stretches
    linked = components(zip(first.tolist(), (-1 - second).tolist(), strict=True))
    number = np.empty(in_a.max(initial=0) + 1, np.int64)
    for group, stretches in enumerate(linked):
        number[[stretch for stretch in stretches if stretch >= 0]] = group
    found = np.full(len(in_a), -1)
    found[both] = number[a]
    return found


def _merged(parts: Passages, long: Passages) -> Iterable[Passage]:
    """Return parts as one passage; only the long ones, as they are, where there is nothing to gain.

    What repeats itself loses by it: a text that holds twice what the other one holds once is matched twice by
    two passages, and once by one.
    """
    matches_a, matches_b = parts.matches
    # A character held twice is matched twice; a passage holds each of its positions once.
    for _ in range(2):
        once = _first_of_each(matches_b)
        matches_a, matches_b = matches_b[once], matches_a[once]
    passage = Passage.of(matches_a, matches_b)
    loses = len(matches_a) < max(len(distinct(matches)) for matches in long.matches)
    return long if loses or passage.similarity < LEAST_SIMILARITY else [passage]


def _first_of_each(values: Positions) -> Positions:
    """Return where each distinct value occurs first, by the values."""
    order = np.argsort(values, kind="stable")
    starts, _ = runs(values[order])
    return order[starts]
