"""Lines of a printed page → paragraphs: a line that reaches the margin goes on in the next one.

Where the lines stand on the page tells what their text does not: a paragraph's last line is short, its first
is indented, headings are set in another size, and rows of a table have gaps.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple
from unicodedata import east_asian_width

from pdtool.text.lines import ends_sentence, is_latin, opens_paragraph

__all__ = ["PrintedLine", "paragraphs"]

# All in units of the font size; set on pages that LibreOffice and Word lay out (November 2026).
_COLUMN = 3.0
"""How far lines of one column may begin from each other: a paragraph is indented by two characters."""
_MARGIN = 1.7
"""What a full line may lack: a mark that must not begin the next one took a character along."""
_WORD = re.compile(r"[\x21-\x7e]{1,20}")
"""What is not broken at the end of a line."""
_INDENT = 0.8
"""How far the next line of a paragraph may begin from its left edge."""
_LEADING = 2.6
"""The most between two lines of a paragraph."""
_FEWEST_ENDING = 3
"""The fewest lines in a row that show where their column ends."""
_SAME_SIZE = 0.1
"""The most by which sizes may differ that count as one, as a share of the size."""
_FILLED = 0.8
"""The share of a line that its characters fill; rows of a table fill less."""


class PrintedLine(NamedTuple):
    """A line: its text, its first and last point from the left, its height above the foot, its font size."""

    text: str
    left: float
    right: float
    bottom: float
    size: float


def paragraphs(lines: Sequence[PrintedLine]) -> str:
    """Join the lines of a page that belong together.

    Args:
        lines: The lines of a page, in their order.

    Returns:
        Paragraphs, one per line.
    """
    out = []
    for index, line in enumerate(lines):
        out.append(line.text)
        if index + 1 < len(lines):
            goes_on = _goes_on(lines, index)
            out.append(_between(line.text, lines[index + 1].text) if goes_on else "\n")
    return "".join(out)


def _goes_on(lines: Sequence[PrintedLine], index: int) -> bool:
    """Return whether a line and the next are of one paragraph."""
    line, following = lines[index], lines[index + 1]
    column = _column(lines, index)
    left, right = min(one.left for one in column), _right_edge(column, lines, index)
    return (
        len(column) > 1
        and line.size > 0
        and abs(line.size - following.size) <= _SAME_SIZE * line.size
        and line.right >= right - (_MARGIN + _unbroken(following.text)) * line.size
        and abs(following.left - left) <= _INDENT * line.size
        and 0 < line.bottom - following.bottom <= _LEADING * line.size
        and _fill(line) >= _FILLED
        and not (ends_sentence(line.text) and opens_paragraph(following.text))
    )


def _column(lines: Sequence[PrintedLine], index: int) -> list[PrintedLine]:
    """Return the lines of the size of one that stand above and below it, itself and the next among them."""
    line, following = lines[index], lines[index + 1]
    return [one for one in lines if one is following or (_is_alike(one, line) and _overlap(one, line))]


def _is_alike(one: PrintedLine, line: PrintedLine) -> bool:
    """Return whether a line begins about where another does, in its size."""
    near = _COLUMN * line.size
    return abs(one.left - line.left) <= near and abs(one.size - line.size) <= _SAME_SIZE * line.size


def _overlap(one: PrintedLine, other: PrintedLine) -> bool:
    """Return whether half of the shorter of two lines stands above or below the other.

    A centred line over two columns begins near the right one, and ends where that begins.
    """
    common = min(one.right, other.right) - max(one.left, other.left)
    return 2 * common >= min(one.right - one.left, other.right - other.left)


def _right_edge(column: Sequence[PrintedLine], lines: Sequence[PrintedLine], index: int) -> float:
    """Return how far to the right the lines of a column reach.

    Where several lines in a row end at one edge it is theirs: a title or an abstract above two columns is as
    wide as the page.
    """
    line = lines[index]
    run = _run(lines, index)
    edge = max(one.right for one in run)
    ending = sum(one.right >= edge - _MARGIN * line.size for one in run)
    return edge if ending >= _FEWEST_ENDING else max(one.right for one in column)


def _run(lines: Sequence[PrintedLine], index: int) -> list[PrintedLine]:
    """Return the lines around one that follow each other closely, in its size and column."""
    line = lines[index]
    first = last = index
    while first > 0 and _is_next(lines[first - 1], lines[first], line):
        first -= 1
    while last + 1 < len(lines) and _is_next(lines[last], lines[last + 1], line):
        last += 1
    return list(lines[first : last + 1])


def _is_next(upper: PrintedLine, lower: PrintedLine, line: PrintedLine) -> bool:
    close = 0 < upper.bottom - lower.bottom <= _LEADING * line.size
    return close and _is_alike(upper, line) and _is_alike(lower, line)


def _unbroken(text: str) -> float:
    """Return the width of the word a line begins with, which did not fit on the line before."""
    word = _WORD.match(text)
    return 0.5 * len(word[0]) if word else 0.0


def _fill(line: PrintedLine) -> float:
    """Return how much of its width a line's characters fill, about."""
    wide = sum(east_asian_width(character) in "WFA" for character in line.text)
    narrow = len(line.text) - wide
    return (wide + 0.5 * narrow) * line.size / max(line.right - line.left, 1.0)


def _between(before: str, after: str) -> str:
    return " " if before and after and is_latin(before[-1]) and is_latin(after[0]) else ""
