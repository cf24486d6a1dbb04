"""An aligned stretch of two folded texts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pdtool.text.edits import IntArray

__all__ = ["LEAST_SIMILARITY", "Passage", "Positions", "spans_of"]

Positions = npt.NDArray[np.int64]

LEAST_SIMILARITY = 0.5
"""A passage in which fewer of the characters agree is not one."""


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """An aligned stretch of two folded texts, beginning and ending with equal characters.

    Args:
        matches_a: Ascending positions in a whose characters are matched, shape ``(n,)``, n ≥ 1.
        matches_b: The positions in b that they equal, each once, shape ``(n,)``. They ascend too, unless
            the parts of the passage stand in another order in b.
        start_a: First folded character in a.
        end_a: First folded character of a after it.
        start_b: First folded character in b.
        end_b: First folded character of b after it.
    """

    matches_a: Positions
    matches_b: Positions
    start_a: int
    end_a: int
    start_b: int
    end_b: int

    @classmethod
    def of(cls, matches_a: Positions, matches_b: Positions) -> Passage:
        """Return the passage of these matches, whose parts may stand in any order in b."""
        ends = int(matches_a[0]), int(matches_a[-1]) + 1, int(matches_b.min()), int(matches_b.max()) + 1
        return cls(matches_a, matches_b, *ends)

    @classmethod
    def in_order(cls, matches_a: Positions, matches_b: Positions) -> Passage:
        """Return the passage of these matches, which ascend in both texts."""
        ends = int(matches_a[0]), int(matches_a[-1]) + 1, int(matches_b[0]), int(matches_b[-1]) + 1
        return cls(matches_a, matches_b, *ends)

    @property
    def span(self) -> tuple[int, int, int, int, int]:
        """Start and end in a, start and end in b, equal characters."""
        return self.start_a, self.end_a, self.start_b, self.end_b, len(self.matches_a)

    @property
    def chars(self) -> int:
        """Folded characters of the shorter side."""
        return min(self.end_a - self.start_a, self.end_b - self.start_b)

    @property
    def similarity(self) -> float:
        """Equal characters ÷ the longer side, 0 to 1."""
        return len(self.matches_a) / max(self.end_a - self.start_a, self.end_b - self.start_b)

    def part(self, start: int, stop: int) -> Passage:
        """Return the passage between two of its matches, the second not included."""
        return Passage.of(self.matches_a[start:stop], self.matches_b[start:stop])

    def swapped(self) -> Passage:
        """Return the same passage with a and b exchanged."""
        order = np.argsort(self.matches_b, kind="stable")
        matches = self.matches_b[order], self.matches_a[order]
        return Passage(*matches, self.start_b, self.end_b, self.start_a, self.end_a)

    def moved(self, by_a: int, by_b: int) -> Passage:
        """Return the same passage so many characters farther on in a and in b."""
        ends = self.start_a + by_a, self.end_a + by_a, self.start_b + by_b, self.end_b + by_b
        return Passage(self.matches_a + by_a, self.matches_b + by_b, *ends)


def spans_of(passages: Iterable[Passage]) -> IntArray:
    """Return where passages are: start and end in a, start and end in b, equal characters.

    Returns:
        Shape ``(n_passages, 5)``.
    """
    return np.array([passage.span for passage in passages], np.int32).reshape(-1, 5)
