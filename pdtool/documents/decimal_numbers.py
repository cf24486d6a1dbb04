"""Decimal numbers of headings: 1, 1.1, 2.1.1, as standards, regulations of technique and theses have them.

A line may begin with a decimal number that is no heading (``3.5 万人``), and a table numbers its rows 1, 2
and 3. What tells headings is that they count on: 2.1 stands below 2, and 2.2 behind 2.1. A number without a
point is one only where others below it have points.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["DecimalNumbers"]

_POINT = re.compile("[.．]")


class DecimalNumbers:
    """The decimal numbers at the beginning of lines of one text, asked for in their order.

    Args:
        written: All of them as they are written, those included that are no headings.
    """

    def __init__(self, written: Iterable[str]) -> None:
        numbers = map(_parsed, written)
        self._has_parts = any(len(number) > 1 and set(number[1:]) <= {0, 1} for number in numbers)
        self._last: tuple[int, ...] = ()

    def begin(self, part: int) -> None:
        """Note a heading of another kind whose number those below it begin with: ``第二章``, ``2.``."""
        self._last = (part,)

    def depth_of(self, written: str) -> int:
        """Return how many numbers a heading has; 0 if the number does not count on and is no heading.

        >>> numbers = DecimalNumbers(["1", "1.1", "3.5", "1.2", "2"])
        >>> [numbers.depth_of(written) for written in ("1", "1.1", "3.5", "1.2", "2")]
        [1, 2, 0, 2, 1]
        """
        number = _parsed(written)
        if not self._counts_on(number):
            return 0
        self._last = number
        return len(number)

    def _counts_on(self, number: tuple[int, ...]) -> bool:
        *above, own = number
        if not above:
            return self._has_parts and own == (self._last[0] + 1 if self._last else 1)
        depth = len(above)
        if self._last[:depth] == tuple(above):
            return own == (self._last[depth] + 1 if len(self._last) > depth else 1)
        # ``1.0.1``: the articles of a chapter without sections.
        return above[-1] == 0 and self._last[: depth - 1] == tuple(above[:-1]) and own == 1


def _parsed(written: str) -> tuple[int, ...]:
    return tuple(map(int, _POINT.split(written)))
