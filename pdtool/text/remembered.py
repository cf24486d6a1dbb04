"""What an iterator gives, read no further than it is wanted and kept to be gone through again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Generic, TypeVar

__all__ = ["Remembered"]

Item = TypeVar("Item")


class Remembered(Generic[Item]):
    """What an iterator gives.

    Most texts say in their first two lines what they are: the rest is not looked at.

    >>> lines = Remembered(iter("abc"))
    >>> lines.first(2), list(lines), lines.first(9)
    (['a', 'b'], ['a', 'b', 'c'], ['a', 'b', 'c'])
    """

    def __init__(self, source: Iterator[Item]) -> None:
        """Take the iterator; nothing else may read on from it."""
        self._source = source
        self._known: list[Item] = []

    def __iter__(self) -> Iterator[Item]:
        """Yield what is known, then read on."""
        known, source, place = self._known, self._source, 0
        while True:
            if place == len(known):
                known.extend(islice(source, 1))
                if place == len(known):
                    return
            yield known[place]
            place += 1

    @property
    def known(self) -> Sequence[Item]:
        """What has been read so far."""
        return tuple(self._known)

    def first(self, count: int) -> Sequence[Item]:
        """Return the first ones, as many as there are up to a count."""
        known = self._known
        if len(known) < count:
            known.extend(islice(self._source, count - len(known)))
        return known[:count]
