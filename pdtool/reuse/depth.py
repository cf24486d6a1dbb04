"""How often passages lie over each character, where texts repeat themselves.

Where two texts repeat a paragraph, each repetition in one aligns with each in the other, and each such
alignment runs on over the whole text: as many as the square of the repetitions, of which a few are kept. A
chain whose every character was aligned a few times already, in both texts, adds nothing that would be kept.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from pdtool.reuse.anchors import REPEATS, Block
from pdtool.reuse.passage import Passage

__all__ = ["MOST_DEPTH", "Depth"]

MOST_DEPTH = 2 * REPEATS
"""A character that so many passages lie over is aligned often enough. It has up to :data:`REPEATS` anchors of
its own, and may lie between those of its neighbours as often."""


class Depth:
    """Counts the passages over each character of two texts.

    Args:
        size_a: Characters of a.
        size_b: Characters of b.
    """

    def __init__(self, size_a: int, size_b: int) -> None:
        self._over_a, self._over_b = np.zeros(size_a, np.uint8), np.zeros(size_b, np.uint8)

    def add(self, passage: Passage) -> None:
        """Count one passage, in both texts."""
        _add(self._over_a[passage.start_a : passage.end_a])
        _add(self._over_b[passage.start_b : passage.end_b])

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
