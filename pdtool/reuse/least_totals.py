"""What documents hold at least, where only some of their postings were looked up.

A document that is met by a few of its hashes has others, of which it is known how many they are and what they
weigh at least. So it can be told which pairs cannot share enough, whatever the rest is; only of the others
all hashes have to be looked up.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from pdtool.reuse.hash_totals import CandidateOptions, HashCounts, HashTotals, PartTotals
from pdtool.reuse.hash_weights import Numbers

__all__ = ["LeastTotals"]


class LeastTotals(HashTotals):
    """What each document holds at least; exactly that, where all of its hashes were looked up.

    Args:
        options: What makes a pair a candidate.
        held: How many documents hold the hashes of which not all postings are in the parts.
        counts: How many hashes each document has: at the coarse scale, then all; shape ``(2, documents)``.
        rest: What the hashes that are not in the parts weigh at least, likewise.
    """

    def __init__(self, options: CandidateOptions, held: HashCounts, counts: Numbers, rest: Numbers) -> None:
        super().__init__(options, held)
        self.counts = counts
        self.weight = rest.copy()

    def add(self, part: PartTotals) -> None:
        """Add up what the hashes of a part weigh; how many there are is known."""
        self.weight += part.weight
        self._needed.clear()

    def share_enough(
        self, first: Numbers, second: Numbers, shared: Numbers, least_share: float
    ) -> npt.NDArray[np.bool_]:
        """Return which pairs may share enough: as much as one of the two asks for if it is the smaller."""
        scale = (self.options.fine[first] & self.options.fine[second]).astype(np.int64)
        wanted = self.needed(least_share)
        return np.asarray(shared >= np.minimum(wanted[scale, first], wanted[scale, second]))
