"""The sentences that name documents."""

from __future__ import annotations

from bisect import bisect_right

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
        self._ends: list[int] = sentence_ends(text).tolist()

    def around(self, start: int, end: int) -> tuple[int, int]:
        """Return the half-open offsets of the sentence that holds a stretch, without blanks at its edges.

        What ends with the stretch or within it, as a title does that calls or asks, ends no sentence.

        >>> text = "先看。据《甲法！》办理！再看。"
        >>> text[slice(*Sentences(text).around(4, 9))]
        '据《甲法！》办理！'
        """
        before = bisect_right(self._ends, start) - 1
        begin = max(self._ends[before] if before >= 0 else 0, start - _LONGEST)
        behind = bisect_right(self._ends, end)
        stop = self._ends[behind] if behind < len(self._ends) else len(self._text)
        stop = min(stop, end + _LONGEST)
        while begin < start and self._text[begin].isspace():
            begin += 1
        while stop > end and self._text[stop - 1].isspace():
            stop -= 1
        return begin, stop
