"""Texts whose sentences were put in another order.

A sentence is often shorter than a passage must be, and where sentences were shuffled no two neighbours are
neighbours still. But the shared parts then lie side by side in both texts, whatever their order, while
phrases that two texts happen to share stand alone. So short parts count where, with their neighbours, they
cover a stretch of both texts that is as long as a passage: together they are one passage.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from pdtool.reuse.clusters import components
from pdtool.reuse.passage import LEAST_SIMILARITY, Passage

__all__ = ["SHORTEST_PART", "SIDE_BY_SIDE", "merge_reordered"]

SHORTEST_PART = 7
"""Folded characters of the shortest part: a shorter one is a word."""
SIDE_BY_SIDE = 16
"""Parts with at most so many folded characters between them lie side by side: a short sentence that damage
has made unrecognisable may stand there."""
COVERED = 0.6
"""Share of a stretch that its parts match at least; phrases shared by chance cover less than a tenth."""

_Span = Callable[[Passage], tuple[int, int]]


def merge_reordered(passages: Sequence[Passage], short: Sequence[Passage], min_passage: int) -> list[Passage]:
    """Add the short parts that belong to reordered stretches.

    Args:
        passages: The passages found so far.
        short: Shorter parts; no two of all these overlap in both texts.
        min_passage: Least folded characters of a passage, on either side.

    Returns:
        The passages; those that lie in one stretch with short parts are merged with these.
    """
    kept = list(short)
    while kept:
        parts = [*kept, *passages]
        in_a, in_b = _stretches(parts, _in_a, min_passage), _stretches(parts, _in_b, min_passage)
        alone = {index for index in range(len(kept)) if in_a[index] is None or in_b[index] is None}
        if not alone:
            return _merge_stretches(parts, len(kept), in_a, in_b)
        kept = [part for index, part in enumerate(kept) if index not in alone]
    return list(passages)


def _in_a(part: Passage) -> tuple[int, int]:
    return part.start_a, part.end_a


def _in_b(part: Passage) -> tuple[int, int]:
    return part.start_b, part.end_b


def _stretches(parts: Sequence[Passage], span: _Span, min_passage: int) -> list[int | None]:
    """Return, for each part, which stretch of a text it lies in; ``None`` where too little is covered."""
    order = sorted(range(len(parts)), key=lambda index: span(parts[index]))
    stretches: list[list[int]] = []
    reach = -SIDE_BY_SIDE - 1
    for index in order:
        start, end = span(parts[index])
        if start - reach > SIDE_BY_SIDE:
            stretches.append([])
        stretches[-1].append(index)
        reach = max(reach, end)
    numbers: list[int | None] = [None] * len(parts)
    for number, members in enumerate(stretches):
        if _is_covered([parts[index] for index in members], span, min_passage):
            for index in members:
                numbers[index] = number
    return numbers


def _is_covered(parts: Sequence[Passage], span: _Span, min_passage: int) -> bool:
    length = max(span(part)[1] for part in parts) - min(span(part)[0] for part in parts)
    return length >= min_passage and sum(len(part.matches_a) for part in parts) >= COVERED * length


def _merge_stretches(
    parts: Sequence[Passage], short: int, in_a: Sequence[int | None], in_b: Sequence[int | None]
) -> list[Passage]:
    """Merge the parts whose stretches hang together, where the first ``short`` parts are among them."""
    linked = components(
        (a, -1 - b) for a, b in zip(in_a, in_b, strict=True) if a is not None and b is not None
    )
    number = {stretch: group for group, stretches in enumerate(linked) for stretch in stretches}
    groups: dict[object, list[int]] = {}
    for index, stretch in enumerate(in_a):
        alone = stretch is None or in_b[index] is None
        groups.setdefault(("alone", index) if alone else number[stretch], []).append(index)  # type: ignore[index]
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
    passage = Passage(matches_a, matches_b)
    loses = len(matches_a) < max(_covered(long, "matches_a"), _covered(long, "matches_b"))
    return long if loses or passage.similarity < LEAST_SIMILARITY else [passage]


def _covered(parts: Sequence[Passage], side: str) -> int:
    """Return how many characters of one text these parts match, each counted once."""
    if not parts:
        return 0
    held = np.concatenate([getattr(part, side) for part in parts])
    covered = np.zeros(int(held.max()) + 1, bool)
    covered[held] = True
    return int(np.count_nonzero(covered))
