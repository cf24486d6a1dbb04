"""How often passages lie over each character, where texts repeat themselves.

Where two texts repeat a paragraph, each repetition in one aligns with each in the other, and each such
alignment runs on over the whole text: as many as the square of the repetitions, of which a few are kept. A
chain whose every character was aligned a few times already, in both texts, adds nothing that would be kept.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from pdtool.reuse.anchors import REPEATS, Block
from pdtool.reuse.chains import Chains
from pdtool.reuse.joined_pairs import JoinedPairs

__all__ = ["MOST_DEPTH", "Depth", "is_crowded"]

MOST_DEPTH = 2 * REPEATS
"""A character that so many passages lie over is aligned often enough. It has up to :data:`REPEATS` anchors of
its own, and may lie between those of its neighbours as often."""

_Mask = npt.NDArray[np.bool_]


def is_crowded(chains: Chains) -> _Mask:
    """Return which chains are of pairs where any may be reached by enough passages of others.

    Each chain has at most one passage over a character, and only as far as it reaches: where fewer reach the
    first character of every chain, none of them need be passed over.

    Returns:
        Shape ``(n_chains,)``.
    """
    every = np.ones(len(chains), bool)
    first = chains.blocks.some(chains.bounds[:-1])
    for at, starts, ends in zip((first.start_a, first.start_b), *chains.reach.inside(), strict=True):
        over = np.searchsorted(np.sort(starts), at, "right") - np.searchsorted(np.sort(ends), at, "right")
        every &= over > MOST_DEPTH
    return np.bincount(chains.pair[every], minlength=len(chains.reach.joined.pairs))[chains.pair] > 0


class Depth:
    """Counts the passages over each character of pairs of texts.

    Args:
        joined: The pairs.
    """

    def __init__(self, joined: JoinedPairs) -> None:
        self._over_a, self._over_b = np.zeros(len(joined.a), np.uint8), np.zeros(len(joined.b), np.uint8)

    def add(self, start_a: int, end_a: int, start_b: int, end_b: int) -> None:
        """Count one passage, in both texts."""
        _add(self._over_a[start_a:end_a])
        _add(self._over_b[start_b:end_b])

    def is_reached(self, chain: list[Block]) -> bool:
        """Return whether every character of these blocks is aligned often enough, in both texts."""
        return all(
            bool((over[start : start + length] >= MOST_DEPTH).all())
            for block_a, block_b, length in chain
            for over, start in ((self._over_a, block_a), (self._over_b, block_b))
        )


def _add(over: npt.NDArray[np.uint8]) -> None:
    """Count one more, up to :data:`MOST_DEPTH`."""
    over += over < MOST_DEPTH
