"""Where the sentences and the paragraphs of a clean text end."""

from __future__ import annotations

import re

import numpy as np

from pdtool.late_patterns import late_pattern
from pdtool.text.edits import IntArray

__all__ = ["paragraph_ends", "sentence_ends"]

_LINE_END = r"[\n\r\v\f\x85\u2028\u2029]"
_PARAGRAPH = re.compile(f"{_LINE_END}+")
_CLOSING = r"[。｡！？!?.．…]*[”’」』）》〉】)\]\"']*"
# What may end a sentence leads, so that the search skips from one to the next; it is told then which it is.
_sentence = late_pattern(
    rf"[。｡！？!?.．\n\r\v\f\x85\u2028\u2029](?:(?<=[。｡！？!?]){_CLOSING}"
    # A full stop of Latin text ends a sentence where a blank follows, but not behind a number: "1. 总则".
    rf"|(?<=[.．])(?<![0-9][.．])(?=\s|\Z){_CLOSING}"
    rf"|(?<={_LINE_END}){_LINE_END}*)"
)


def sentence_ends(text: str) -> IntArray:
    r"""Return where each sentence ends: behind 。！？ and the marks that close it, and at every line end.

    A semicolon ends none, and neither does an ellipsis, which stands within sentences as well.

    Args:
        text: The clean text.

    Returns:
        Ascending offsets, the last of them the length of the text, shape ``(n_sentences,)``; none for an
        empty text. A sentence of blanks is one like any other.

    >>> text = "他说：“要抓落实。”会后落实！\n一、总则"
    >>> ends = sentence_ends(text).tolist()
    >>> [text[start:end] for start, end in zip([0, *ends], ends)]
    ['他说：“要抓落实。”', '会后落实！', '\n', '一、总则']
    """
    return _ends(text, _sentence())


def paragraph_ends(text: str) -> IntArray:
    r"""Return where each paragraph, a line, ends; see :func:`sentence_ends`.

    >>> paragraph_ends("标题\n第一段。第二句。\n").tolist()
    [3, 12]
    """
    return _ends(text, _PARAGRAPH)


def _ends(text: str, pattern: re.Pattern[str]) -> IntArray:
    ends = [match.end() for match in pattern.finditer(text)]
    if text and (not ends or ends[-1] < len(text)):
        ends.append(len(text))
    return np.array(ends, dtype=np.int32)
