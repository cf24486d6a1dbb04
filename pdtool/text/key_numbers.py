"""Keys numbered in the order in which they are met: a table that is asked, and added to, in whole arrays."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from pdtool.text.string_keys import KeyArray

__all__ = ["UNKNOWN", "KeyNumbers"]

UNKNOWN = -1
"""In place of the number of a key that was not met."""

_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_FEWEST_BITS = 14
_ROOM = 4
"""Slots for each key at least: so few keys meet others that nearly all are found at first look."""


class KeyNumbers:
    """Numbers keys from 0 (a hash table with open addressing, Knuth 1998, section 6.4, algorithm L).

    >>> numbers = KeyNumbers()
    >>> numbers.add(np.array([7, 3], dtype=np.uint64))
    >>> numbers.of(np.array([3, 5, 7, 3], dtype=np.uint64)).tolist()
    [1, -1, 0, 1]
    """

    def __init__(self) -> None:
        self.clear()

    def __len__(self) -> int:
        return self._held

    def clear(self) -> None:
        """Forget all keys."""
        self._held = 0
        self._make_slots(_FEWEST_BITS)

    def of(self, keys: KeyArray) -> npt.NDArray[np.int32]:
        """Return the number of each key, :data:`UNKNOWN` for one that was not added, shape ``(n,)``."""
        found = np.empty(len(keys), dtype=np.int32)
        asked, slots = np.arange(len(keys)), self._first_slots(keys)
        while len(asked):
            found[asked] = numbers = self._numbers[slots]
            passed = np.flatnonzero((numbers != UNKNOWN) & (self._keys[slots] != keys[asked]))
            asked, slots = asked[passed], self._next(slots[passed])
        return found

    def add(self, keys: KeyArray) -> None:
        """Take up keys that are distinct and new, in their order."""
        numbers = np.arange(self._held, self._held + len(keys), dtype=np.int32)
        self._held += len(keys)
        if _ROOM * self._held > len(self._numbers):
            known = np.flatnonzero(self._numbers != UNKNOWN)
            keys = np.concatenate((self._keys[known], keys))
            numbers = np.concatenate((self._numbers[known], numbers))
            self._make_slots((_ROOM * self._held).bit_length())
        self._insert(keys, numbers)

    def _insert(self, keys: KeyArray, numbers: npt.NDArray[np.int32]) -> None:
        slots = self._first_slots(keys)
        while len(keys):
            free = np.flatnonzero(self._numbers[slots] == UNKNOWN)
            # Where several want a slot, one of them has it.
            self._numbers[slots[free]] = numbers[free]
            placed = self._numbers[slots] == numbers
            self._keys[slots[placed]] = keys[placed]
            keys, numbers, slots = keys[~placed], numbers[~placed], self._next(slots[~placed])

    def _make_slots(self, bits: int) -> None:
        self._shift = np.uint64(64 - bits)
        self._keys = np.zeros(1 << bits, dtype=np.uint64)
        self._numbers = np.full(1 << bits, UNKNOWN, dtype=np.int32)

    def _first_slots(self, keys: KeyArray) -> npt.NDArray[np.int64]:
        return ((keys * _SPREAD) >> self._shift).astype(np.int64)

    def _next(self, slots: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        return (slots + 1) & (len(self._numbers) - 1)
