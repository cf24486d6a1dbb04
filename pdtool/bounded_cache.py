"""Values at hand up to a bounded size: those used last stay."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

__all__ = ["BoundedCache"]

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class BoundedCache(Generic[Key, Value]):
    """Values by key, the least recently used dropped when together they grow too large.

    Args:
        capacity: Most of what all values may measure together, in the unit that :meth:`put` is given.
        fewest: Values that stay however large they are.

    >>> cache = BoundedCache[str, str](capacity=10)
    >>> cache.put("a", "甲", 6); cache.put("b", "乙", 6)
    >>> cache.get("a"), cache.get("b")
    (None, '乙')
    """

    def __init__(self, capacity: int, fewest: int = 1) -> None:
        self._capacity = capacity
        self._fewest = fewest
        self._size = 0
        self._values: OrderedDict[Key, tuple[Value, int]] = OrderedDict()

    def __contains__(self, key: Key) -> bool:
        return key in self._values

    def get(self, key: Key) -> Value | None:
        """Return the value of a key, which then counts as used last; ``None`` if it is not at hand."""
        if key not in self._values:
            return None
        self._values.move_to_end(key)
        return self._values[key][0]

    def put(self, key: Key, value: Value, size: int) -> None:
        """Take a value that is not at hand yet, and drop what there is no longer room for."""
        self.make_room(size, self._fewest - 1)
        self._values[key] = value, size
        self._size += size

    def make_room(self, size: int, fewest: int = 0) -> None:
        """Drop what leaves no room for a value, before that is made: both together may be too much.

        Args:
            size: What the value will measure.
            fewest: Values that stay however large they are.
        """
        while self._size + size > self._capacity and len(self._values) > fewest:
            _, (_, dropped) = self._values.popitem(last=False)
            self._size -= dropped

    def clear(self) -> None:
        """Forget all values."""
        self._values.clear()
        self._size = 0
