"""Two aligned texts, character by character: what stands where in the other one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pdtool.reuse.differing_spans import Span, apart
from pdtool.reuse.passage import Passage

__all__ = ["AlignedTexts"]

REACH = 10
"""Characters without an equal that are stepped over on the way to one that has."""
LONGEST_SPOT = 24
"""Characters of either side of a spot at most: more is another text."""


class AlignedTexts:
    """Two folded texts and which of their characters correspond.

    Args:
        a: One text.
        b: The other.
        to_b: For each character of a the one of b that it equals, or -1.
        to_a: Likewise the other way.
    """

    def __init__(self, a: str, b: str, to_b: list[int], to_a: list[int]) -> None:
        self.a = a
        self.b = b
        self._to_b = to_b
        self._to_a = to_a

    @classmethod
    def of(cls, a: str, b: str, passages: Sequence[Passage]) -> AlignedTexts:
        """Put two texts side by side by what they share; what is held twice counts once."""
        to_b, to_a = np.full(len(a), -1), np.full(len(b), -1)
        for passage in apart(passages, len(a), len(b)):
            to_b[passage.matches_a] = passage.matches_b
            to_a[passage.matches_b] = passage.matches_a
        return cls(a, b, to_b.tolist(), to_a.tolist())

    def turned(self) -> AlignedTexts:
        """Return the same with a and b exchanged."""
        return AlignedTexts(self.b, self.a, self._to_a, self._to_b)

    def is_equal(self, start: int, end: int) -> bool:
        """Return whether characters of a stand in b one behind the other."""
        first = self._to_b[start]
        return first >= 0 and self._to_b[start:end] == list(range(first, first + end - start))

    def spot(self, start: int, end: int, floor: tuple[int, int] = (0, 0)) -> Span | None:
        """Return the spot around characters of a up to the next equal ones on both sides, in a and in b.

        Args:
            start: The first character in a.
            end: The first character behind them.
            floor: Where in a and in b the spot begins at the earliest.

        Returns:
            ``None`` where the texts do not correspond nearby.
        """
        left, right = start - 1, end
        while left >= floor[0] and self._to_b[left] < 0:
            left -= 1
        while right < len(self.a) and self._to_b[right] < 0:
            right += 1
        if start - left > REACH or right - end > REACH:
            return None
        start_b = self._to_b[left] + 1 if left >= floor[0] else floor[1]
        end_b = self._to_b[right] if right < len(self.a) else len(self.b)
        if not 0 <= end_b - start_b <= LONGEST_SPOT:
            return None
        return left + 1, right, start_b, end_b
