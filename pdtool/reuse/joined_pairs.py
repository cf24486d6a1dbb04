"""Pairs of texts laid end to end: what is asked of each of many short pairs is asked of all of them at once.

Most pairs that are compared are of some thousand characters and turn out to share too little. To find that
out takes a few dozen questions to arrays, and these take longer to ask than to answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from pdtool.reuse.anchors import Codes, Index
from pdtool.reuse.passage import Positions

__all__ = ["APART", "JoinedPairs", "stretches"]

APART = 64
"""Characters between two texts; more than whatever joins what lies near each other."""
_FILLERS = (2**32 - 1, 2**32 - 2)
"""What stands around the first texts and around the second ones; no code points, so that nothing is equal."""
_TOGETHER = 400_000
"""Characters that are laid end to end at a time, which bounds the memory of it."""


@dataclass(frozen=True, slots=True, eq=False)
class JoinedPairs:
    """Pairs of texts, the first texts end to end and the second ones.

    Args:
        pairs: The texts, indexed.
        a: The code points of all first texts, with fillers around each.
        b: Those of all second texts.
        begins: Where each text begins in these, shape ``(2, n_pairs)``.
        sizes: Characters of each, likewise.
    """

    pairs: Sequence[tuple[Index, Index]]
    a: Codes
    b: Codes
    begins: Positions
    sizes: Positions

    @classmethod
    def of(cls, pairs: Sequence[tuple[Index, Index]]) -> JoinedPairs:
        """Lay texts end to end."""
        sizes = np.array([[len(a.codes), len(b.codes)] for a, b in pairs], np.int64).reshape(-1, 2).T
        begins = np.cumsum(sizes + APART, axis=1) - sizes
        a = _joined([first.codes for first, _ in pairs], _FILLERS[0])
        b = _joined([second.codes for _, second in pairs], _FILLERS[1])
        return cls(pairs, a, b, begins, sizes)

    def pair_of(self, positions: Positions) -> Positions:
        """Return which pair each of some positions in ``a`` belongs to."""
        return np.searchsorted(self.begins[0], positions, "right") - 1

    @property
    def longest(self) -> int:
        """Characters of the longest text."""
        return int(self.sizes.max(initial=0))


def _joined(texts: Sequence[Codes], filler: int) -> Codes:
    around = np.full(APART, filler, np.uint32)
    parts = [around]
    for text in texts:
        parts += [text, around]
    return np.concatenate(parts)


def stretches(sizes: Sequence[int]) -> Iterator[slice]:
    """Yield which pairs are laid end to end at a time.

    Args:
        sizes: Characters of both texts of each.
    """
    start = total = 0
    for number, size in enumerate(sizes):
        if total and total + size > _TOGETHER:
            yield slice(start, number)
            start, total = number, 0
        total += size
    if total or start < len(sizes):
        yield slice(start, len(sizes))
