"""Which blanks of a text may be the layout's, told of those of many texts at once by what is around them.

Most blanks are meant, those behind ``第一条`` above all. What is left of them is little, and it is looked at
one by one (:mod:`pdtool.normalise.layout.spacing`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np

from pdtool.normalise.layout.blank_runs import BlankRuns, Kind, Kinds, kinds_of, kinds_of_codes
from pdtool.normalise.layout.blanks import OPENING_QUOTES, SLOGAN, is_label, label_ends, may_end_label
from pdtool.text.code_points import basic_plane
from pdtool.text.edits import IntArray
from pdtool.text.line_table import FIRST_PLANE, IndexArray, LineTable, Mask, members, spaces

__all__ = ["LINE_LIMIT", "SENTENCE_MARKS", "BlankSpots", "Spans"]

_LONGEST_LABEL = 24
"""Characters of the longest label that is looked for beforehand."""
_LONG_TEXT = 50_000
"""Characters of a text whose blanks are looked at line by line at once."""
_FEW = 8
"""Blanks that are looked at one by one as fast as all lines are laid out."""
LINE_LIMIT = 2000
"""How far around a blank sentence punctuation is looked for."""
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
        between: Small ones between words of running text, which mean nothing.
        apart: Other small ones between Han characters.
        likely: Where those of the last begin that are not ruled out; the lines that hold them are looked at.
    """

    unseen: IntArray
    trailing: Spans
    beside_marks: Spans
    between: Spans
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
        return cls(unseen, trailing, beside_marks, between=apart[:, :0], apart=apart, likely=apart[0])

    def _with_likely(self, lines: LineTable, kinds: Kinds) -> BlankSpots:
        between, unsure, likely = _told_apart(lines, kinds, *self.apart)
        apart = self.apart
        return self._replace(between=apart[:, between], apart=apart[:, unsure], likely=apart[0][likely])

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


def _told_apart(lines: LineTable, kinds: Kinds, starts: IntArray, ends: IntArray) -> tuple[Mask, Mask, Mask]:
    """Judge the blanks between Han characters by what is around them.

    Between words they mean nothing in running text, and are left alone in other lines. Single characters may
    be set apart by them anywhere. None does either that stands behind a label.

    Args:
        lines: The lines of some texts.
        kinds: The kind of each of their characters.
        starts: Where the blanks begin.
        ends: Where they end.

    Returns:
        Which surely mean nothing, which have to be looked at if another one of their line is, and which of
        the latter ask for that, shape ``(n,)`` each.
    """
    at = np.searchsorted(lines.ends, starts)
    before = np.where(starts >= 2, kinds.take(starts - 2, mode="clip"), 0)
    words = ((before | kinds.take(ends + 1, mode="clip")) & Kind.HAN) != 0
    running = lines.hold(_sentence_marks())[at]
    likely = (running | ~words) & ~_are_behind_labels(lines, at, starts, ends)
    words &= lines.lengths[at] < LINE_LIMIT  # of longer lines only a part is looked at
    begins_row = lines.are(lines.indented(spaces()), _row_starts())[at]
    meant = (
        begins_row
        | (ends - starts > 1)
        | lines.are(starts.astype(np.int64) - 1, _label_ends())
        | _are_quoted(lines, starts)
    )
    between = words & likely & ~meant
    return between, ~between & (running | ~words), likely & ~between


def _are_behind_labels(lines: LineTable, at: IndexArray, starts: IntArray, ends: IntArray) -> Mask:
    """Return which blanks stand behind a label at the beginning of a line.

    Args:
        lines: The lines of some texts.
        at: The index of the line of each blank.
        starts: Where the blanks begin.
        ends: Where they end.
    """
    begins, found = lines.starts[at], np.zeros(len(starts), np.bool_)
    near = np.flatnonzero(
        (starts - begins <= _LONGEST_LABEL) & lines.are(starts.astype(np.int64) - 1, _label_ends())
    )
    spans = zip(begins[near].tolist(), starts[near].tolist(), ends[near].tolist(), strict=True)
    text = lines.text
    found[near] = [_is_label_with(text[begin:start], text[start:end]) for begin, start, end in spans]
    return found


def _are_quoted(lines: LineTable, starts: IntArray) -> Mask:
    """Return which blanks may be those of a slogan: a quotation mark opens not far before them."""
    quotes = np.flatnonzero(_opening_quotes().take(lines.codes, mode="clip"))
    if not len(quotes):
        return np.zeros(len(starts), np.bool_)
    at = np.searchsorted(quotes, starts)
    return (at > 0) & (starts - quotes.take(at - 1, mode="clip") <= SLOGAN)


@cache
def _opening_quotes() -> Mask:
    return members(OPENING_QUOTES)


@cache
def _label_ends() -> Mask:
    """Return which characters may end a label; all beyond plane 0 may, for some of them do."""
    return members("".join(filter(basic_plane().__contains__, label_ends())) + chr(FIRST_PLANE - 1))


@cache
def _row_starts() -> Mask:
    """Return what a row of a table may begin with behind an indent: a digit, or more of the indent."""
    return members("".join(re.findall(r"[\d\s]", basic_plane())) + chr(FIRST_PLANE - 1))


@cache
def _sentence_marks() -> Mask:
    return members(SENTENCE_MARKS)


@lru_cache(maxsize=4096)  # most of them are the numbers of articles
def _is_label_with(label: str, blanks: str) -> bool:
    """Return whether what stands before blanks in a line is a label that they set off."""
    return may_end_label(label[-1:]) and is_label(label + blanks, len(label) + len(blanks))
