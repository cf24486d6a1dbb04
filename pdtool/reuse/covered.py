"""Which characters of a text are covered by the stretches that were taken so far."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from pdtool.reuse.passage import Positions

__all__ = ["Covered"]


class Covered:
    """Which characters of a text are covered: bytes, in which short stretches are searched quickest.

    Args:
        size: Characters of the text.
    """

    def __init__(self, size: int) -> None:
        self._bytes = bytearray(size)
        self._array = np.frombuffer(self._bytes, bool)

    def cover(self, start: int, end: int) -> None:
        """Cover characters."""
        self._bytes[start:end] = b"\1" * (end - start)

    def any(self, start: int, end: int) -> bool:
        """Return whether any character between two positions is covered."""
        return self._bytes.find(1, start, end) >= 0

    def all(self, start: int, end: int) -> bool:
        """Return whether all characters between two positions are covered."""
        return self._bytes.find(0, start, end) < 0

    def new(self, start: int, end: int, matches: Positions) -> npt.NDArray[np.bool_] | bool:
        """Return which of some matches between two positions are not covered; one answer if all are alike."""
        if not self.any(start, end):
            return True
        return False if self.all(start, end) else ~self._array[matches]
