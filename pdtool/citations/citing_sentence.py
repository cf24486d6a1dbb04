"""The sentence that names a document."""

from __future__ import annotations

import re

__all__ = ["LONGEST_SENTENCE", "sentence_around"]

LONGEST_SENTENCE = 400
"""Characters of a sentence that are looked at on either side of a stretch."""
_ENDS = re.compile(r"(?:[。！？]|[!?](?=[\s\u4e00-\u9fff])|……)[”’」』）)》]{0,3}|\n")


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the half-open offsets of the sentence that holds a stretch, its end mark included.

    A line ends a sentence as a full stop does; what the stretch itself holds ends none.

    >>> text = "先看。据《甲法》办理！再看。"
    >>> text[slice(*sentence_around(text, 4, 8))]
    '据《甲法》办理！'
    """
    begin = max(0, start - LONGEST_SENTENCE)
    for found in _ENDS.finditer(text, begin, start):
        begin = found.end()
    last = min(len(text), end + LONGEST_SENTENCE)
    ending = _ENDS.search(text, end, last)
    stop = last if ending is None else ending.start() if ending[0] == "\n" else ending.end()
    while begin < start and text[begin].isspace():
        begin += 1
    return begin, stop
