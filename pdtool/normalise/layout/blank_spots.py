"""Which blanks of a text may be the layout's, told of those of many texts at once by what is around them.

Most blanks are meant, those behind ``第一条`` above all. What is left of them is little, and it is looked at
one by one (:mod:`pdtool.normalise.layout.spacing`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np

from pdtool.normalise.layout.blank_runs import BlankRuns, Kind, Kinds, kinds_of, kinds_of_codes
from pdtool.normalise.layout.blanks import is_label, may_end_label
from pdtool.text.edits import IntArray
from pdtool.text.line_table import LineTable, Mask, members

__all__ = ["SENTENCE_MARKS", "BlankSpots", "Spans"]

_LONGEST_LABEL = 24
"""Characters of the longest label that is looked for beforehand."""
_LONG_TEXT = 50_000
"""Characters of a text whose blanks are looked at line by line at once."""
_FEW = 8
"""Blanks that are looked at one by one as fast as all lines are laid out."""
SENTENCE_MARKS = "，。；！？"
"""What running text holds, and titles and lists of names do not."""

Spans = IntArray
"""Where stretches of blanks begin, ascending, and where they end, shape ``(2, n)``."""


class BlankSpots(NamedTuple):
    """Where the blanks of a text are that may be the layout's.

    Args:
        unseen: Where characters stand that cannot be seen, shape ``(n,)``.
        trailing: The blanks at the ends of lines.
        beside_marks: Those between a Han character and a Chinese mark.
        apart: Other small ones between Han characters.
        likely: Where those of the last begin that are not ruled out; the lines that hold them are looked at.
    """

    unseen: IntArray
    trailing: Spans
    beside_marks: Spans
    apart: Spans
    likely: IntArray

    @classmethod
    def of(cls, text: str) -> BlankSpots:
        """Find the blanks of one text, be it long."""
        kinds = kinds_of(text)
        found = cls._of(kinds)
        if len(found.likely) <= _FEW or len(text) > _LONG_TEXT:
            return found
        # Every text of the table has a line end behind it.
        return found._with_likely(LineTable.of([text]), np.append(kinds, np.uint8(Kind.BREAK)))

    @classmethod
    def of_all(cls, lines: LineTable) -> BlankSpots:
        """Find the blanks of many texts, as if they were one."""
        kinds = kinds_of_codes(lines.codes)
        return cls._of(kinds)._with_likely(lines, kinds)

    @classmethod
    def _of(cls, kinds: Kinds) -> BlankSpots:
        runs = BlankRuns.of(kinds)
        ending, beside = (runs.after & Kind.BREAK) != 0, runs.beside_marks()
        small = runs.may_be_set_apart() & ~(ending | beside)
        trailing, beside_marks, apart = (np.array(runs.only(some)) for some in (ending, beside, small))
        unseen = np.flatnonzero(kinds == Kind.UNSEEN).astype(np.int32)
        return cls(unseen, trailing, beside_marks, apart, likely=apart[0])

    def _with_likely(self, lines: LineTable, kinds: Kinds) -> BlankSpots:
        starts, ends = self.apart
        return self._replace(likely=_likely(lines, kinds, starts, ends))

    def divided(self, bounds: IntArray, texts: Iterable[int]) -> Iterator[BlankSpots]:
        """Yield the blanks of some of many texts.

        Args:
            bounds: Where each text begins, and where the last one ends.
            texts: The indices of the wanted ones.
        """
        cuts = [np.searchsorted(one if one.ndim == 1 else one[0], bounds).tolist() for one in self]
        for text in texts:
            pairs = zip(self, cuts, strict=True)
            yield BlankSpots(*(one[..., cut[text] : cut[text + 1]] - bounds[text] for one, cut in pairs))


def _likely(lines: LineTable, kinds: Kinds, starts: IntArray, ends: IntArray) -> IntArray:
    """Return the starts of those blanks between Han characters that may set characters apart.

    None does that stands behind a label, or between words in a line without sentence punctuation.

    Args:
        lines: The lines of some texts.
        kinds: The kind of each of their characters.
        starts: Where the blanks begin.
        ends: Where they end.
    """
    at = np.searchsorted(lines.ends, starts)
    before = np.where(starts >= 2, kinds.take(starts - 2, mode="clip"), 0)
    words = ((before | kinds.take(ends + 1, mode="clip")) & Kind.HAN) != 0
    running = lines.hold(_sentence_marks())[at]
    begins = lines.starts[at]
    wanted = running | ~words
    near = np.flatnonzero(wanted & (starts - begins <= _LONGEST_LABEL))
    spans = zip(begins[near].tolist(), starts[near].tolist(), ends[near].tolist(), strict=True)
    text = lines.text
    wanted[near] = [not _is_label_with(text[begin:start], text[start:end]) for begin, start, end in spans]
    chosen: IntArray = starts[wanted]
    return chosen


@cache
def _sentence_marks() -> Mask:
    return members(SENTENCE_MARKS)


@lru_cache(maxsize=4096)  # most of them are the numbers of articles
def _is_label_with(label: str, blanks: str) -> bool:
    """Return whether what stands before blanks in a line is a label that they set off."""
    return may_end_label(label[-1:]) and is_label(label + blanks, len(label) + len(blanks))
