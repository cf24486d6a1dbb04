"""The lines of several texts as arrays: questions about all of them are answered at once.

A step that looks at lines one by one takes longer to find nothing than most texts deserve. Each such step
says here, of many texts together, which of them may hold what it looks for; it is never asked about the
others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import compress

import numpy as np
import numpy.typing as npt

from pdtool.text.code_points import basic_plane, code_points
from pdtool.text.lines import CLOSERS, TERMINALS

__all__ = ["FIRST_PLANE", "IndexArray", "LineTable", "Mask", "members", "spaces"]

Mask = npt.NDArray[np.bool_]
IndexArray = npt.NDArray[np.int64]

_BREAK = ord("\n")
FIRST_PLANE = 0x10000
"""Code points of plane 0, where nearly all characters of Chinese texts are."""
_INDENTS = 4
"""The most blanks before a line that are skipped."""


def members(characters: str) -> Mask:
    """Return which code points of plane 0 are among some characters, shape ``(0x10000,)``."""
    found = np.zeros(FIRST_PLANE, dtype=np.bool_)
    found[[ord(character) for character in characters]] = True
    found.flags.writeable = False
    return found


@dataclass(frozen=True, eq=False)
class LineTable:
    r"""Texts, each followed by a line end, one after the other.

    Args:
        text: All of them together.
        codes: Its code points.
        starts: The offsets at which their lines begin, shape ``(n_lines,)``.
        ends: The offset of the line end of each.
        firsts: The index of the first line of each text, shape ``(n_texts,)``.

    >>> table = LineTable.of(["一、\n  正文", ""])
    >>> table.starts.tolist(), table.ends.tolist(), table.firsts.tolist()
    ([0, 3, 8], [2, 7, 8], [0, 2])
    """

    text: str
    codes: npt.NDArray[np.uint32]
    starts: IndexArray
    ends: IndexArray
    firsts: IndexArray

    @classmethod
    def of(cls, texts: Sequence[str]) -> LineTable:
        """Divide texts into lines; there is at least one."""
        text = "\n".join([*texts, ""])
        codes = code_points(text)
        ends = np.flatnonzero(codes == _BREAK)
        starts = np.concatenate(([0], ends[:-1] + 1))
        begins = np.cumsum([0, *(len(text) + 1 for text in texts[:-1])])
        return cls(text, codes, starts, ends, np.searchsorted(starts, begins))

    def with_texts(self, texts: Sequence[str]) -> LineTable:
        """Return the same lines in other characters.

        Args:
            texts: As many texts, with the same lines, each as long as before.
        """
        text = "\n".join([*texts, ""])
        return LineTable(text, code_points(text), self.starts, self.ends, self.firsts)

    def only(self, texts: Mask) -> LineTable:
        """Return the lines of some of the texts, of at least one.

        Args:
            texts: Which, shape ``(n_texts,)``.
        """
        return LineTable.of([*compress(self.each_text(), texts.tolist())])

    def __getitem__(self, line: int) -> str:
        """Return a line without its line end."""
        return self.text[self.starts[line] : self.ends[line]]

    def some(self, at: IndexArray) -> list[str]:
        """Return some lines, which is faster than to ask for each.

        Args:
            at: Their indices.
        """
        bounds = zip(self.starts[at].tolist(), self.ends[at].tolist(), strict=True)
        return [self.text[start:end] for start, end in bounds]

    @cached_property
    def lengths(self) -> IndexArray:
        """Characters of each line."""
        return self.ends - self.starts

    @cached_property
    def lasts(self) -> IndexArray:
        """The index of the last line of each text."""
        return np.append(self.firsts[1:], len(self.starts)) - 1

    @cached_property
    def texts(self) -> IndexArray:
        """The index of the text that each line belongs to."""
        return np.repeat(np.arange(len(self.firsts)), np.diff(self.firsts, append=len(self.starts)))

    def each_text(self) -> list[str]:
        """Return the texts, without the line end behind each."""
        bounds = zip(self.starts[self.firsts].tolist(), self.ends[self.lasts].tolist(), strict=True)
        return [self.text[start:end] for start, end in bounds]

    def texts_at(self, offsets: IndexArray) -> IndexArray:
        """Return the index of the text that holds each of some offsets."""
        return np.searchsorted(self.starts[self.firsts], offsets, "right") - 1

    def any(self, lines: Mask) -> Mask:
        """Return which texts have any of the lines, shape ``(n_texts,)``."""
        return np.asarray(np.logical_or.reduceat(lines, self.firsts))

    def count(self, lines: Mask) -> IndexArray:
        """Return how many of the lines each text has, shape ``(n_texts,)``."""
        return np.asarray(np.add.reduceat(lines.astype(np.int64), self.firsts))

    def first_of(self, lines: Mask) -> IndexArray:
        """Return the index of the first of some lines in each text; of its last line if it has none."""
        return self._nearest(lines, 0, self.lasts)

    def last_of(self, lines: Mask) -> IndexArray:
        """Return the index of the last of some lines in each text; of its first line if it has none."""
        return self._nearest(lines, -1, self.firsts)

    def _nearest(self, lines: Mask, end: int, otherwise: IndexArray) -> IndexArray:
        chosen = np.flatnonzero(lines)
        among = np.searchsorted(chosen, np.append(self.firsts, len(self.starts)))
        if not len(chosen):
            return otherwise
        found = chosen.take(among[1:] - 1 if end else among[:-1], mode="clip")
        return np.where(among[:-1] == among[1:], otherwise, found)

    def filled_above(self, below: IndexArray) -> IndexArray:
        """Return the last line that is not blank above each of some lines; -1 if there is none."""
        filled = np.flatnonzero(self.filled())
        if not len(filled):
            return np.full(len(below), -1)
        at = np.searchsorted(filled, below) - 1
        return np.where(at < 0, -1, filled.take(at, mode="clip"))

    def are(self, at: IndexArray, table: Mask) -> Mask:
        """Return which characters are in a table of :func:`members`.

        Args:
            at: Offsets of characters; one beyond the texts stands for their last character.
            table: The table.
        """
        return table.take(self.codes.take(at, mode="clip"), mode="clip")

    def hold(self, characters: Mask) -> Mask:
        """Return which lines hold any of the characters of a table of :func:`members`."""
        return np.asarray(np.logical_or.reduceat(characters.take(self.codes, mode="clip"), self.starts))

    def hold_at(self, offsets: IndexArray) -> Mask:
        """Return which lines hold any of some offsets, shape ``(n_lines,)``; fit for few of them."""
        found = np.zeros(len(self.starts), np.bool_)
        found[np.searchsorted(self.ends, offsets)] = True
        return found

    def filled(self) -> Mask:
        """Return which lines hold anything but white space, shape ``(n_lines,)``."""
        blank = spaces()
        at = self.indented(blank)
        found: Mask = (at < self.ends) & ~self.are(at, blank)
        unsure = np.flatnonzero(~found & (at < self.ends))  # more blanks than an indent has
        found[unsure] = [not self[line].isspace() for line in unsure.tolist()]
        return found

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
def spaces() -> Mask:
    """Return which characters are white space, as Python's ``str.isspace`` has it, shape ``(0x10000,)``."""
    return members("".join(re.findall(r"\s", basic_plane())))


@cache
def _terminals() -> Mask:
    return members("".join(TERMINALS))


@cache
def _closers() -> Mask:
    return members(CLOSERS)
