"""Which of the passages that were found are kept: those that are new to one of the two texts."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from pdtool.reuse.joined_pairs import JoinedPairs
from pdtool.reuse.pair_spans import PairSpans
from pdtool.reuse.passage import LEAST_SIMILARITY, Passage, Positions, spans_of
from pdtool.reuse.reordering import SHORTEST_PART, merge_reordered
from pdtool.text.arrays import joined_spans

__all__ = ["PassageSelection"]

_Mask = npt.NDArray[np.bool_]


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
        self._covered = _Covered(len(joined.a)), _Covered(len(joined.b))
        self._long: list[Passage] = []
        self._short: list[Passage] = []

    def reach_uncovered(self, spans: PairSpans) -> _Mask:
        """Return which spans reach, in both texts, into what no passage covers yet."""
        kept = spans_of([*self._long, *self._short])
        reaching = np.ones(len(spans.pair), bool)
        for axis, (starts, ends) in enumerate(zip(*spans.inside(), strict=True)):
            covered = kept[:, 2 * axis : 2 * axis + 2]
            covered = covered[np.argsort(covered[:, 0])]
            _, first, last = joined_spans(covered[:, 0], covered[:, 1], 0)
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
        for axis, (starts, ends) in enumerate(zip(*spans.inside(), strict=True)):
            smaller = sizes[axis] == sizes.min(axis=0)
            matched = np.zeros(len((self._joined.a, self._joined.b)[axis]), bool)
            for part in (*self._long, *self._short):
                matched[(part.matches_a, part.matches_b)[axis]] = True
            some = smaller[spans.pair]
            for start, end in zip(starts[some].tolist(), ends[some].tolist(), strict=True):
                matched[start:end] = True
            for pair in np.flatnonzero(smaller).tolist():
                text = matched[begins[axis, pair] :][: sizes[axis, pair]]
                counts[axis, pair] = np.count_nonzero(text)
        return np.asarray(counts.max(axis=0))

    def offer(self, parts: Iterable[Passage]) -> None:
        """Take of each part, whose matches ascend in both texts, what is new; the first parts first."""
        covered_a, covered_b = self._covered
        for part in parts:
            new_a = covered_a.new(part.start_a, part.end_a, part.matches_a)
            new_b = covered_b.new(part.start_b, part.end_b, part.matches_b)
            fresh = _stretches(part, new_a & new_b)
            long = (
                self._passages(fresh)
                or self._passages(_stretches(part, new_a))
                or self._passages(_stretches(part, new_b))
            )
            short = [] if long else [stretch for stretch in fresh if stretch.chars >= SHORTEST_PART]
            for stretch in (*long, *short):
                covered_a.cover(stretch.start_a, stretch.end_a)
                covered_b.cover(stretch.start_b, stretch.end_b)
            self._long += long
            self._short += short

    def _passages(self, stretches: Iterable[Passage]) -> list[Passage]:
        return [stretch for stretch in stretches if stretch.chars >= self._min_passage]

    def passages(self) -> list[list[Passage]]:
        """Return what was kept of each pair."""
        kept = merge_reordered(self._long, self._short, self._min_passage)  # pairs are far apart
        sorted_out: list[list[Passage]] = [[] for _ in self._joined.pairs]
        pairs = self._joined.pair_of(np.array([passage.start_a for passage in kept], np.int64))
        for pair, passage in zip(pairs.tolist(), kept, strict=True):
            sorted_out[pair].append(passage)
        return sorted_out


class _Covered:
    """Which characters of texts are covered: bytes, in which short stretches are searched quickest.

    Args:
        size: Characters of all texts.
    """

    def __init__(self, size: int) -> None:
        self._bytes = bytearray(size)
        self._array = np.frombuffer(self._bytes, bool)

    def cover(self, start: int, end: int) -> None:
        """Cover characters."""
        self._bytes[start:end] = b"\1" * (end - start)

    def new(self, start: int, end: int, matches: Positions) -> _Mask | bool:
        """Return which of some matches between two positions are not covered; one answer if all are alike."""
        if self._bytes.find(1, start, end) < 0:
            return True
        return False if self._bytes.find(0, start, end) < 0 else ~self._array[matches]


def _stretches(part: Passage, new: _Mask | bool) -> list[Passage]:
    """Return the stretches of a part without what is not new."""
    if isinstance(new, bool):
        return [part] if new else []
    around = np.zeros(len(new) + 2, bool)
    around[1:-1] = new
    bounds = np.flatnonzero(around[1:] != around[:-1]).tolist()
    if bounds == [0, len(new)]:
        return [part]
    stretches = [
        Passage.in_order(part.matches_a[start:stop], part.matches_b[start:stop])
        for start, stop in zip(bounds[0::2], bounds[1::2], strict=True)
    ]
    return [stretch for stretch in stretches if stretch.similarity >= LEAST_SIMILARITY]
