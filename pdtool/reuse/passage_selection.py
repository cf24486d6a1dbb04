"""Which of the passages that were found are kept: those that are new to one of the two texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt

from pdtool.reuse.chains import Chains
from pdtool.reuse.passage import LEAST_SIMILARITY, Passage
from pdtool.reuse.reordering import SHORTEST_PART, merge_reordered

__all__ = ["PassageSelection"]


class PassageSelection:
    """Keeps what is new to one of the texts; then the short parts of reordered stretches.

    What two texts both hold once is thereby listed once; what one of them holds twice is listed twice,
    each time at another position in that one.

    Args:
        size_a: Characters of a.
        size_b: Characters of b.
        min_passage: Least folded characters of a passage.
    """

    def __init__(self, size_a: int, size_b: int, min_passage: int) -> None:
        self._covered_a, self._covered_b = np.zeros(size_a, bool), np.zeros(size_b, bool)
        self._min_passage = min_passage
        self._long: list[Passage] = []
        self._short: list[Passage] = []

    def reach_uncovered(self, chains: Chains) -> npt.NDArray[np.bool_]:
        """Return which chains reach, in both texts, into what no passage covers yet."""
        reaching = np.ones(len(chains.chains), bool)
        for axis, covered in enumerate((self._covered_a, self._covered_b)):
            free = np.concatenate(([0], np.cumsum(~covered)))
            starts, ends = (bounds[axis].clip(0, len(covered)) for bounds in (chains.starts, chains.ends))
            reaching &= free[ends] > free[starts]
        return reaching

    def coverable(self, axis: int, chains: Chains) -> int:
        """Return how many characters of a text the passages match at most, once the last chains are aligned.

        Args:
            axis: Which text: 0 is a, 1 is b.
            chains: The last chains.
        """
        matched = np.zeros(len((self._covered_a, self._covered_b)[axis]), bool)
        for part in (*self._long, *self._short):
            matched[(part.matches_a, part.matches_b)[axis]] = True
        chains.cover(matched, axis)
        return int(np.count_nonzero(matched))

    def offer(self, parts: Iterable[Passage]) -> None:
        """Take of each part what is new, the first parts first."""
        for part in parts:
            new_a, new_b = ~self._covered_a[part.matches_a], ~self._covered_b[part.matches_b]
            fresh = list(_stretches(part, new_a & new_b))
            long = (
                self._passages(fresh)
                or self._passages(_stretches(part, new_a))
                or self._passages(_stretches(part, new_b))
            )
            short = [] if long else [stretch for stretch in fresh if stretch.chars >= SHORTEST_PART]
            for stretch in (*long, *short):
                self._covered_a[stretch.start_a : stretch.end_a] = True
                self._covered_b[stretch.start_b : stretch.end_b] = True
            self._long += long
            self._short += short

    def _passages(self, stretches: Iterable[Passage]) -> list[Passage]:
        return [stretch for stretch in stretches if stretch.chars >= self._min_passage]

    def passages(self) -> list[Passage]:
        """Return what was kept."""
        return merge_reordered(self._long, self._short, self._min_passage)


def _stretches(part: Passage, new: npt.NDArray[np.bool_]) -> Iterator[Passage]:
    """Yield the stretches of a part without what is not new."""
    if new.all():
        yield part
        return
    if not new.any():
        return
    bounds = np.flatnonzero(np.diff(np.concatenate(([0], new.astype(np.int8), [0]))))
    for start, stop in zip(bounds[0::2].tolist(), bounds[1::2].tolist(), strict=True):
        stretch = Passage(part.matches_a[start:stop], part.matches_b[start:stop])
        if stretch.similarity >= LEAST_SIMILARITY:
            yield stretch
