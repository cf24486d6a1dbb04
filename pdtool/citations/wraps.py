"""Lines that end because the page was full: within a sentence they are read as one."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from pdtool.text.lines import ends_sentence, opens_paragraph

__all__ = ["Unwrapped", "unwrapped"]

_NARROWEST = 18
"""Characters of the narrowest page that is told from a list of short lines."""
_WIDEST = 90
"""Characters of a line beyond which lines are paragraphs."""
_FULL = 0.85
"""The share of the widest line from which on a line is full."""
_NO_WRAP = ("《", "〈", "附件", "　", " ")
"""What a line begins with that goes on with nothing."""


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """A text without the line ends at which a sentence goes on.

    Args:
        text: The text.
        joints: The offsets in it at which a line end stood, ascending.
    """

    text: str
    joints: list[int]

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Return the half-open offsets that a stretch has in the text with its line ends."""
        return self._source(start), self._source(end - 1) + 1

    def _source(self, offset: int) -> int:
        return offset + bisect_right(self.joints, offset)

    def derived(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch of the text with its line ends is now."""
        ends = [joint + number for number, joint in enumerate(self.joints)]
        return start - bisect_right(ends, start), end - bisect_right(ends, end)


def unwrapped(text: str) -> Unwrapped:
    r"""Join the lines of a text that only the width of a page parts.

    >>> found = unwrapped("各地要认真贯彻执行国务院关于某某事项的\n指导意见，并报告执行情况。\n特此通知")
    >>> found.text
    '各地要认真贯彻执行国务院关于某某事项的指导意见，并报告执行情况。\n特此通知'
    >>> found.source(19, 21), found.derived(20, 22)
    ((20, 22), (19, 21))
    """
    lines = text.split("\n")
    widest = max(map(len, lines))
    if not _NARROWEST <= widest <= _WIDEST:
        return Unwrapped(text, [])
    pieces, joints, length = [], [], 0
    least = max(_NARROWEST, widest) * _FULL
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        length += len(line)
        pieces.append(line)
        if len(line) >= least and following and not ends_sentence(line) and not _begins(following):
            joints.append(length)
        else:
            pieces.append("\n")
            length += 1
    return Unwrapped("".join(pieces[:-1]), joints)


def _begins(line: str) -> bool:
    return line.startswith(_NO_WRAP) or opens_paragraph(line)
