"""Text broken into lines for a terminal, by the width of what is shown.

Chinese characters take two columns each and have no blanks between them; a line may end behind any of them
but must not begin with a closing mark, nor end with an opening one (GB/T 15834—2011, 5.1).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import east_asian_width

from pdtool.late_patterns import late_pattern

__all__ = ["columns_of", "wrapped"]

_WIDE = (
    "\u1100-\u115f\u2014\u2018-\u201d\u2026\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60"
)
_OPENING = "（《〈「『【〔“‘("
_CLOSING = "）》〉」』】〕”’，。、；：？！…—％),;:?!"
_piece = late_pattern(
    rf"\s+|\[[^\[\]\s]{{1,30}}\]"
    rf"|[{re.escape(_OPENING)}]*(?:\d[\d.,]*\ [%‰]|[{_WIDE}]|[^\s{_WIDE}]+)[{re.escape(_CLOSING)}]*"
)
"""What no line is broken inside, as long as it fits into one."""
_WORD = re.compile(r"\s+|\S+")
"""The same where only blanks part what belongs together: a list of terms."""


def columns_of(text: str) -> int:
    """Return the columns of a terminal that a text takes."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def wrapped(text: str, width: int, indent: str = "", *, at_blanks: bool = False) -> list[str]:
    """Break a text into lines.

    Args:
        text: One line; blanks at its ends and where it is broken are dropped.
        width: The columns of a line. What cannot be broken and is wider is broken anywhere.
        indent: What every line but the first begins with.
        at_blanks: Whether lines break at blanks alone, in a Chinese text too.

    >>> wrapped("找出文档的副本、部分与拼合，以及应保留哪些。", 20)
    ['找出文档的副本、部分', '与拼合，以及应保留哪', '些。']
    >>> wrapped("no room for the columns of dates and figures", 20, indent="  ")
    ['no room for the', '  columns of dates', '  and figures']
    """
    lines: list[str] = []
    begun, line, taken = "", "", 0
    for piece in _pieces(text, width - len(indent), _WORD if at_blanks else _piece()):
        size = columns_of(piece)
        if line and len(begun) + taken + size > width:
            lines.append((begun + line).rstrip())
            begun, line, taken = indent, "", 0
        if line or not piece.isspace():
            line, taken = line + piece, taken + size
    return [*lines, (begun + line).rstrip()] if line.strip() else lines


def _pieces(text: str, width: int, pieces: re.Pattern[str]) -> Iterator[str]:
    """Yield what lines are made of, in parts that fit into one."""
    for piece in pieces.findall(text):
        rest = piece
        while columns_of(rest) > width:
            taken = _fitting(rest, width)
            yield rest[:taken]
            rest = rest[taken:]
        yield rest


def _fitting(text: str, width: int) -> int:
    """Return how many characters of a text fit into a line, at least one."""
    return max(1, next(end for end in range(len(text), -1, -1) if columns_of(text[:end]) <= width))
