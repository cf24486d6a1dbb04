"""The sentences that name documents."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from itertools import accumulate

from pdtool.text.sentences import sentence_ends

__all__ = ["Sentences"]

_LONGEST = 400
"""Characters of a sentence that are taken on either side of a name."""


class Sentences:
    """The sentences of one text.

    Args:
        text: The clean text.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._ends: dict[int, list[int]] = {}

    def around(self, start: int, end: int) -> tuple[int, int]:
        """Return the half-open offsets of the sentence that holds a stretch, without blanks at its edges.

        What ends with the stretch or within it, as a title does that calls or asks, ends no sentence.

        >>> text = "先看。据《甲法！》办理！再看。"
        >>> text[slice(*Sentences(text).around(4, 9))]
        '据《甲法！》办理！'
        """
        begin = max(self._begin(start), start - _LONGEST)
        stop = min(self._stop(end), end + _LONGEST)
        while begin < start and self._text[begin].isspace():
            begin += 1
        while stop > end and self._text[stop - 1].isspace():
            stop -= 1
        return begin, stop

    def _begin(self, offset: int) -> int:
        line = self._line_at(offset)
        ends = self._ends_in(line)
        before = bisect_right(ends, offset)
        return ends[before - 1] if before else self._starts[line]

    def _stop(self, offset: int) -> int:
        ends = self._ends_in(self._line_at(offset))
        behind = bisect_right(ends, offset)
        return ends[behind] if behind < len(ends) else len(self._text)

    def _line_at(self, offset: int) -> int:
        return bisect_right(self._starts, offset) - 1

    @cached_property
    def _starts(self) -> list[int]:
        """Where lines start: no sentence goes over a line end."""
        lengths = (len(line) + 1 for line in self._text.split("\n"))
        return list(accumulate(lengths, initial=0))

    def _ends_in(self, line: int) -> list[int]:
        """Return where sentences of a line end; most lines name no document and are never asked for."""
        if line not in self._ends:
            start, stop = self._starts[line : line + 2]
            self._ends[line] = (sentence_ends(self._text[start:stop]) + start).tolist()
        return self._ends[line]
