"""Which of the passages that were found are kept: those that are new to one of the two texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pdtool.reuse.covered import Covered
from pdtool.reuse.joined_pairs import JoinedPairs
from pdtool.reuse.pair_spans import PairSpans
from pdtool.reuse.passage import LEAST_SIMILARITY, Passage, Passages, Positions
from pdtool.reuse.reordering import SHORTEST_PART, merge_reordered
from pdtool.text.arrays import joined_spans

__all__ = ["PassageSelection"]

_Mask = npt.NDArray[np.bool_]
_Bounds = tuple[int, int]
"""Where the matches of a stretch begin and end."""


class PassageSelection:
    """Keeps what is new to one of the texts of a pair; then the short parts of reordered stretches.

    What two texts both hold once is thereby listed once; what one of them holds twice is listed twice,
    each time at another position in that one. Passages are offered where they are in the texts of many pairs
    laid end to end.

    Args:
        joined: The pairs of texts.
        min_passage: Least folded characters of a passage.
    """

    def __init__(self, joined: JoinedPairs, min_passage: int) -> None:
        self._joined = joined
        self._min_passage = min_passage
        self._covered = Covered(len(joined.a)), Covered(len(joined.b))
        self._long: list[Passages] = []
        self._short: list[Passages] = []

    def reach_uncovered(self, spans: PairSpans) -> _Mask:
        """Return which spans reach, in both texts, into what no passage covers yet."""
        kept = Passages.joined([*self._long, *self._short]).spans
        reaching = np.ones(len(spans.pair), bool)
        for axis, (starts, ends) in enumerate(zip(*spans.inside(), strict=True)):
            covered = kept[2 * axis : 2 * axis + 2, np.argsort(kept[2 * axis])]
            _, first, last = joined_spans(covered[0], covered[1], 0)
            before = np.searchsorted(first, starts, "right")
            reaching &= np.append(0, last)[before] < ends
        return reaching

    def coverable(self, spans: PairSpans) -> Positions:
        """Return how many characters of the smaller text of each pair passages match at most.

        Args:
            spans: As far as those passages reach that were not offered yet.

        Returns:
            Shape ``(n_pairs,)``; of two texts of one size, the one of which more can be matched counts.
        """
        sizes = self._joined.sizes
        begins, counts = self._joined.begins, np.zeros(sizes.shape, np.int64)
        kept = Passages.joined([*self._long, *self._short]).matches
        for axis, (starts, ends) in enumerate(zip(*spans.inside(), strict=True)):
            smaller = sizes[axis] == sizes.min(axis=0)
            matched = np.zeros(len((self._joined.a, self._joined.b)[axis]), bool)
            matched[kept[axis]] = True
            some = smaller[spans.pair]
            for start, end in zip(starts[some].tolist(), ends[some].tolist(), strict=True):
                matched[start:end] = True
            for pair in np.flatnonzero(smaller).tolist():
                text = matched[begins[axis, pair] :][: sizes[axis, pair]]
                counts[axis, pair] = np.count_nonzero(text)
        return np.asarray(counts.max(axis=0))

    def offer(self, passages: Passages) -> None:
        """Take of each passage what is new; the first ones first."""
        covered_a, covered_b = self._covered
        long: list[_Bounds] = []
        short: list[_Bounds] = []
        for whole in map(_Stretch._make, passages.rows()):
            _, _, start_a, end_a, start_b, end_b = whole
            if not (covered_a.any(start_a, end_a) or covered_b.any(start_b, end_b)):
                new = [whole]  # as most are
            elif covered_a.all(start_a, end_a) and covered_b.all(start_b, end_b):
                continue
            else:
                new = self._new_of(passages, whole)
            for one in new:
                is_long = one.chars >= self._min_passage
                if is_long or one.chars >= SHORTEST_PART:
                    covered_a.cover(one.start_a, one.end_a)
                    covered_b.cover(one.start_b, one.end_b)
                    (long if is_long else short).append((one.first, one.stop))
        self._long.append(passages.between(long))
        self._short.append(passages.between(short))

    def _new_of(self, passages: Passages, whole: _Stretch) -> list[_Stretch]:
        """Return the long stretches that are new to both texts, or else to one; else what is new to both."""
        covered_a, covered_b = self._covered
        matches = slice(whole.first, whole.stop)
        new_a = covered_a.new(whole.start_a, whole.end_a, passages.matches_a[matches])
        new_b = covered_b.new(whole.start_b, whole.end_b, passages.matches_b[matches])
        fresh = _stretches(passages, whole, new_a & new_b)
        if whole.chars < self._min_passage:
            return fresh
        found = self._long_ones(fresh)
        for new in (new_a, new_b):
            found = found or self._long_ones(_stretches(passages, whole, new))
        return found or fresh

    def _long_ones(self, stretches: Iterable[_Stretch]) -> list[_Stretch]:
        return [stretch for stretch in stretches if stretch.chars >= self._min_passage]

    def passages(self, chosen: _Mask) -> list[list[Passage]]:
        """Return what was kept of the chosen pairs, and nothing of the others.

        Args:
            chosen: Which these are, shape ``(n_pairs,)``.
        """
        long, short = (self._of_pairs(chosen, parts) for parts in (self._long, self._short))
        kept = merge_reordered(long, short, self._min_passage)  # pairs are far apart
        sorted_out: list[list[Passage]] = [[] for _ in self._joined.pairs]
        pairs = self._joined.pair_of(np.array([passage.start_a for passage in kept], np.int64))
        for pair, passage in zip(pairs.tolist(), kept, strict=True):
            sorted_out[pair].append(passage)
        return sorted_out

    def _of_pairs(self, chosen: _Mask, parts: Sequence[Passages]) -> Passages:
        every = Passages.joined(parts)
        return every.some(chosen[self._joined.pair_of(every.matches_a[every.firsts])])


class _Stretch(NamedTuple):
    """A stretch of a passage: where its matches begin and end there, and where it does in both texts."""

    first: int
    stop: int
    start_a: int
    end_a: int
    start_b: int
    end_b: int

    @classmethod
    def of(cls, passages: Passages, first: int, stop: int) -> _Stretch:
        """Return the stretch of these matches of some passages."""
        a, b = passages.matches_a, passages.matches_b
        return cls(first, stop, int(a[first]), int(a[stop - 1]) + 1, int(b[first]), int(b[stop - 1]) + 1)

    @property
    def chars(self) -> int:
        """Characters of the shorter side."""
        return min(self.end_a - self.start_a, self.end_b - self.start_b)

    @property
    def similarity(self) -> float:
        """Equal characters ÷ the longer side, 0 to 1."""
        return (self.stop - self.first) / max(self.end_a - self.start_a, self.end_b - self.start_b)


def _stretches(passages: Passages, whole: _Stretch, new: _Mask | bool) -> list[_Stretch]:
    """Return the stretches of one of some passages without what is not new.

    Args:
        passages: All of them.
        whole: The one.
        new: Which of its matches are new, or whether all are.
    """
    if isinstance(new, bool):
        return [whole] if new else []
    around = np.zeros(len(new) + 2, bool)
    around[1:-1] = new
    bounds = np.flatnonzero(around[1:] != around[:-1]).tolist()
    if bounds == [0, len(new)]:
        return [whole]
    stretches = [
        _Stretch.of(passages, whole.first + start, whole.first + stop)
        for start, stop in zip(bounds[0::2], bounds[1::2], strict=True)
    ]
    return [stretch for stretch in stretches if stretch.similarity >= LEAST_SIMILARITY]
