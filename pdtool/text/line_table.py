"""The lines of several texts as arrays: questions about all of them are answered at once.

A step that looks at lines one by one takes longer to find nothing than most texts deserve. Each such step
says here, of many texts together, which of them may hold what it looks for; it is never asked about the
others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from pdtool.text.code_points import code_points
from pdtool.text.lines import CLOSERS, TERMINALS

__all__ = ["IndexArray", "LineTable", "Mask", "members"]

Mask = npt.NDArray[np.bool_]
IndexArray = npt.NDArray[np.int64]

_BREAK = ord("\n")
_FIRST_PLANE = 0x10000
_INDENTS = 4
"""The most blanks before a line that are skipped."""


def members(characters: str) -> Mask:
    """Return which code points of plane 0 are among some characters, shape ``(0x10000,)``."""
    found = np.zeros(_FIRST_PLANE, dtype=np.bool_)
    found[[ord(character) for character in characters]] = True
    found.flags.writeable = False
    return found


@dataclass(frozen=True, slots=True, eq=False)
class LineTable:
    r"""Texts, each followed by a line end, one after the other.

    Args:
        codes: Their code points.
        starts: The offsets at which their lines begin, shape ``(n_lines,)``.
        ends: The offset of the line end of each.
        firsts: The index of the first line of each text, shape ``(n_texts,)``.

    >>> table = LineTable.of(["一、\n  正文", ""])
    >>> table.starts.tolist(), table.ends.tolist(), table.firsts.tolist()
    ([0, 3, 8], [2, 7, 8], [0, 2])
    """

    codes: npt.NDArray[np.uint32]
    starts: IndexArray
    ends: IndexArray
    firsts: IndexArray

    @classmethod
    def of(cls, texts: Sequence[str]) -> LineTable:
        """Divide texts into lines; there is at least one."""
        codes = code_points("\n".join([*texts, ""]))
        ends = np.flatnonzero(codes == _BREAK)
        starts = np.concatenate(([0], ends[:-1] + 1))
        begins = np.cumsum([0, *(len(text) + 1 for text in texts[:-1])])
        return cls(codes, starts, ends, np.searchsorted(starts, begins))

    @property
    def lengths(self) -> IndexArray:
        """Characters of each line."""
        return self.ends - self.starts

    @property
    def lasts(self) -> IndexArray:
        """The index of the last line of each text."""
        return np.append(self.firsts[1:], len(self.starts)) - 1

    @property
    def texts(self) -> IndexArray:
        """The index of the text that each line belongs to."""
        return np.repeat(np.arange(len(self.firsts)), np.diff(self.firsts, append=len(self.starts)))

    def any(self, lines: Mask) -> Mask:
        """Return which texts have any of the lines, shape ``(n_texts,)``."""
        return np.asarray(np.logical_or.reduceat(lines, self.firsts))

    def count(self, lines: Mask) -> IndexArray:
        """Return how many of the lines each text has, shape ``(n_texts,)``."""
        return np.asarray(np.add.reduceat(lines.astype(np.int64), self.firsts))

    def are(self, at: IndexArray, table: Mask) -> Mask:
        """Return which characters are in a table of :func:`members`.

        Args:
            at: Offsets of characters; one beyond the texts stands for their last character.
            table: The table.
        """
        return table.take(self.codes.take(at, mode="clip"), mode="clip")

    def ended(self) -> Mask:
        """Return which lines end in sentence punctuation, or in a closing sign behind it."""
        last = self.ends - 1
        closed = self.are(last, _closers()) & self.are(last - 1, _terminals())
        return self.are(last, _terminals()) | closed

    def indented(self, blanks: Mask) -> IndexArray:
        """Return the offset in each line behind a few blanks; the character there may be a blank too."""
        at = self.starts
        for _ in range(_INDENTS):
            at = at + self.are(at, blanks)
        return at


@cache
def _terminals() -> Mask:
    return members("".join(TERMINALS))


@cache
def _closers() -> Mask:
    return members(CLOSERS)
