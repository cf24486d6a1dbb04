"""Where two aligned texts differ: the stretches that have no equal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from pdtool.reuse.covered import Covered
from pdtool.reuse.passage import Passage, matches_of

__all__ = ["Span", "apart", "differing_spans"]

Span = tuple[int, int, int, int]
"""A difference: where it starts and ends in a, then in b."""


def differing_spans(passages: Sequence[Passage], size_a: int, size_b: int) -> Iterator[Span]:
    """Yield the stretches without an equal: in passages, between those in one order, at the ends.

    Args:
        passages: What two texts share, in the order of a.
        size_a: Folded characters of a.
        size_b: Likewise of b.
    """
    kept = apart(passages, size_a, size_b)
    end_a = end_b = 0
    for passage, inside in zip(kept, _inside(kept), strict=True):
        if passage.start_a >= end_a and passage.start_b >= end_b:
            yield end_a, passage.start_a, end_b, passage.start_b
            end_a, end_b = passage.end_a, passage.end_b
        yield from inside
    yield end_a, size_a, end_b, size_b


def apart(passages: Sequence[Passage], size_a: int, size_b: int) -> list[Passage]:
    """Return passages, the longest first, as far as they lie apart: what is held twice is compared once."""
    covered_a, covered_b = Covered(size_a), Covered(size_b)
    kept = []
    for index in sorted(range(len(passages)), key=lambda index: (-len(passages[index].matches_a), index)):
        start_a, end_a, start_b, end_b, _ = passages[index].span
        if not (covered_a.any(start_a, end_a) or covered_b.any(start_b, end_b)):
            covered_a.cover(start_a, end_a)
            covered_b.cover(start_b, end_b)
            kept.append(index)
    return [passages[index] for index in sorted(kept)]


def _inside(passages: Sequence[Passage]) -> Iterator[list[Span]]:
    """Yield of each passage the stretches in it that have no equal."""
    ends = np.cumsum([len(passage.matches_a) for passage in passages], dtype=np.int64)
    at_a, at_b = matches_of(passages)
    start_a, stop_a = at_a[:-1] + 1, at_a[1:]
    start_b, stop_b = at_b[:-1] + 1, at_b[1:]
    differ = ((stop_a > start_a) | (stop_b > start_b)) & (stop_b >= start_b)
    differ[ends[:-1] - 1] = False  # what lies between two passages
    gaps = np.flatnonzero(differ)
    bounds = (bound[gaps].tolist() for bound in (start_a, stop_a, start_b, stop_b))
    spans = list(zip(*bounds, strict=True))
    counts = np.searchsorted(gaps, ends).tolist()
    return (spans[first:stop] for first, stop in pairwise([0, *counts]))
