"""An aligned stretch of two folded texts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

__all__ = ["LEAST_SIMILARITY", "Passage", "Positions"]

Positions = npt.NDArray[np.int64]

LEAST_SIMILARITY = 0.5
"""A passage in which fewer of the characters agree is not one."""


@dataclass(frozen=True, eq=False)
class Passage:
    """An aligned stretch of two folded texts, beginning and ending with equal characters.

    Args:
        matches_a: Ascending positions in a whose characters are matched, shape ``(n,)``, n ≥ 1.
        matches_b: The positions in b that they equal, each once, shape ``(n,)``. They ascend too, unless
            the parts of the passage stand in another order in b.
    """

    matches_a: Positions
    matches_b: Positions

    @property
    def start_a(self) -> int:
        """First folded character in a."""
        return int(self.matches_a[0])

    @property
    def end_a(self) -> int:
        """First folded character of a after it."""
        return int(self.matches_a[-1]) + 1

    @cached_property
    def start_b(self) -> int:
        """First folded character in b."""
        return int(self.matches_b.min())

    @cached_property
    def end_b(self) -> int:
        """First folded character of b after it."""
        return int(self.matches_b.max()) + 1

    @property
    def chars(self) -> int:
        """Folded characters of the shorter side."""
        return min(self.end_a - self.start_a, self.end_b - self.start_b)

    @property
    def similarity(self) -> float:
        """Equal characters ÷ the longer side, 0 to 1."""
        return len(self.matches_a) / max(self.end_a - self.start_a, self.end_b - self.start_b)

    def swapped(self) -> Passage:
        """Return the same passage with a and b exchanged."""
        order = np.argsort(self.matches_b, kind="stable")
        return Passage(self.matches_b[order], self.matches_a[order])
