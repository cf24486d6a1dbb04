"""What documents hold at least, where only some of their hashes were looked up.

Of a document that is met by a few of its hashes it is known how many it has, not how rare the others are.
Each weighs something all the same. So it can be told which pairs cannot share enough, whatever the rest
is; only of the others all hashes have to be looked up.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from pdtool.reuse.hash_totals import CandidateOptions, HashTotals, PartTotals
from pdtool.reuse.hash_weights import Numbers, needed

__all__ = ["LeastTotals"]


class LeastTotals(HashTotals):
    """What each document holds at least; exactly that, where all of its hashes were looked up.

    Args:
        options: What makes a pair a candidate.
        counts: How many hashes each document has: at the coarse scale, then all; shape ``(2, documents)``.
    """

    def __init__(self, options: CandidateOptions, counts: Numbers) -> None:
        super().__init__(options)
        self._least = int(self._weights[-1]) if len(self._weights) else 0
        self.counts = counts.astype(np.int64)
        self.weight = self._least * self.counts

    def add(self, part: PartTotals) -> None:
        """Add up what the documents hold of a part: how rare its hashes are is known now."""
        self.weight += part.weight - self._least * part.counts

    def share_enough(
        self, first: Numbers, second: Numbers, shared: Numbers, least_share: float
    ) -> npt.NDArray[np.bool_]:
        """Return which pairs may share enough: as much as one of the two asks for if it is the smaller."""
        scale = (self.options.fine[first] & self.options.fine[second]).astype(np.int64)
        wanted = needed(self.weight, self.counts, least_share)
        return np.asarray(shared >= np.minimum(wanted[scale, first], wanted[scale, second]))
