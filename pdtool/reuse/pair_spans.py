"""Spans that the texts of several pairs share, and what is asked of all of them at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pdtool.reuse.joined_pairs import APART, JoinedPairs
from pdtool.reuse.passage import Positions
from pdtool.text.arrays import joined_spans

__all__ = ["PairSpans"]

_Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class PairSpans:
    """Where stretches that the texts of a pair share begin and end in both.

    Args:
        joined: The pairs.
        pair: Which of them each belongs to, shape ``(n,)``.
        starts: Where each begins in a and in b, shape ``(2, n)``; it may reach beyond the text.
        ends: Where each ends, likewise.
    """

    joined: JoinedPairs
    pair: Positions
    starts: Positions
    ends: Positions

    def some(self, chosen: _Mask | Positions) -> PairSpans:
        """Return the chosen ones."""
        return PairSpans(self.joined, self.pair[chosen], self.starts[:, chosen], self.ends[:, chosen])

    def from_to(self, first: Positions, last: Positions) -> PairSpans:
        """Return what lies from where some begin to where others of the same pairs end."""
        return PairSpans(self.joined, self.pair[first], self.starts[:, first], self.ends[:, last])

    @property
    def chars(self) -> Positions:
        """How long each is, on its shorter side, shape ``(n,)``."""
        return np.asarray((self.ends - self.starts).min(axis=0))

    def inside(self) -> tuple[Positions, Positions]:
        """Return where they begin and end inside the texts, which are laid end to end, as :attr:`starts`."""
        begins, sizes = self.joined.begins[:, self.pair], self.joined.sizes[:, self.pair]
        return begins + self.starts.clip(0, sizes), begins + self.ends.clip(0, sizes)

    def covered(self) -> Positions:
        """Return how many characters of the smaller text of each pair they cover."""
        starts, ends = self._on_smaller()
        order = np.argsort(starts)
        new = _new(starts[order], ends[order])
        return self._sums(self.pair[order], new)

    def may_cover(self, linked: _Mask, counting: _Mask, gap: int, near: int, least: int) -> Positions:
        """Return how many characters of the smaller text of each pair chains of these spans cover at most.

        Args:
            linked: Which of them may be in a chain with others.
            counting: Which of them count, alone or in a chain; the others only lie beside chains.
            gap: The most characters between two neighbours in a chain.
            near: The most characters between two chains that lie side by side.
            least: Characters of a chain, or of several side by side, that count.
        """
        starts, ends = self._on_smaller()
        some = np.argsort(np.where(linked, starts, starts.max(initial=0) + 1))[: np.count_nonzero(linked)]
        reach, following = np.maximum.accumulate(ends[some])[:-1], starts[some][1:]
        between = np.flatnonzero((following > reach) & (following - reach <= gap))
        starts = np.concatenate((starts, reach[between]))
        ends = np.concatenate((ends, following[between]))
        pair = np.concatenate((self.pair, self.pair[some][1:][between]))
        counting = np.concatenate((counting, np.ones(len(between), bool)))
        order = np.argsort(starts)
        starts, ends = starts[order], ends[order]
        stretch, first, last = joined_spans(starts, ends, near)
        some = np.flatnonzero((last - first >= least)[stretch] & counting[order])
        return self._sums(pair[order[some]], _new(starts[some], ends[some]))

    def in_long_stretch(self, near: int, least: int) -> _Mask:
        """Return which lie, in both texts, side by side with others in a stretch of some length.

        Args:
            near: The most characters between two that lie side by side.
            least: Characters of the shortest stretch.
        """
        offsets = self.pair * (4 * self.joined.longest + near)  # twice as far as one may reach beyond a text
        found = np.ones(len(self.pair), bool)
        for starts, ends in zip(self.starts + offsets, self.ends + offsets, strict=True):
            order = np.argsort(starts)
            stretch, first, last = joined_spans(starts[order], ends[order], near)
            shared = np.bincount(stretch) > 1
            found[order] &= (shared & (last - first >= least))[stretch]
        return found

    def _sums(self, pair: Positions, counts: Positions) -> Positions:
        """Return the sum of some counts for each pair."""
        return np.bincount(pair, counts, len(self.joined.pairs)).astype(np.int64)

    def _on_smaller(self) -> tuple[Positions, Positions]:
        """Return where each begins and ends in the smaller text of its pair, all texts end to end."""
        sizes, pair = self.joined.sizes, self.pair
        in_a = (sizes[0] <= sizes[1])[pair]
        offsets = pair * (self.joined.longest + APART)
        starts = np.maximum(np.where(in_a, *self.starts), 0) + offsets
        ends = np.minimum(np.where(in_a, *self.ends), sizes.min(axis=0)[pair]) + offsets
        return starts, ends


def _new(starts: Positions, ends: Positions) -> Positions:
    """Return how many characters of each span no earlier one has; they are ordered by their starts."""
    reach = np.maximum.accumulate(ends)
    reach[1:] = reach[:-1].copy()
    reach[:1] = 0
    return np.maximum(ends - np.maximum(starts, reach), 0)
