"""Where a text has blanks, and what stands around them, worked out for all of them at once.

A text of thirty million characters may have a blank behind every one of them: what can be told of all blanks
by looking at their neighbours is told in arrays, a stretch of the text at a time.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import cache

import numpy as np
import numpy.typing as npt

from pdtool.normalise.edits import IntArray, code_points
from pdtool.normalise.phrases import CODE_POINTS

__all__ = ["UNSEEN", "WIDE_MARKS", "BlankRuns", "Kind", "Kinds", "kinds_of", "runs_of"]

WIDE_MARKS = "，。、；：！？（）《》〈〉“”‘’「」『』【】〔〕…"
UNSEEN = "\u200b\u2060\ufeff\u00ad"
_STRETCH = 1 << 18
"""Characters looked at at a time: the arrays stay small however long the text is."""

Kinds = npt.NDArray[np.uint8]
_Mask = npt.NDArray[np.bool_]


class Kind(IntEnum):
    """What a character is to the layout; a bit each."""

    SPACE = 1 << 0
    NO_BREAK = 1 << 1
    WIDE_SPACE = 1 << 2
    TAB = 1 << 3
    BREAK = 1 << 4
    HAN = 1 << 5
    MARK = 1 << 6
    UNSEEN = 1 << 7


_BLANK = Kind.SPACE | Kind.NO_BREAK | Kind.WIDE_SPACE | Kind.TAB


@cache
def _table() -> Kinds:
    """Return the kind of every code point, shape ``(0x110000,)``."""
    table = np.zeros(CODE_POINTS, dtype=np.uint8)
    characters = (" ", "\u00a0", "\u3000", "\t", "\n", "〇", WIDE_MARKS, UNSEEN)
    for kind, members in zip(Kind, characters, strict=True):
        table[code_points(members)] = kind
    table[0x3400:0xA000] = table[0x20000:0x323B0] = Kind.HAN
    return table


def kinds_of(text: str) -> Kinds:
    """Return the kind of every character, shape ``(len(text),)``."""
    kinds = np.empty(len(text), dtype=np.uint8)
    for start in range(0, len(text), _STRETCH):
        kinds[start : start + _STRETCH] = _table()[code_points(text[start : start + _STRETCH])]
    return kinds


@dataclass(frozen=True, slots=True)
class BlankRuns:
    """Stretches of blanks.

    Args:
        starts: Where they begin, shape ``(n,)``.
        ends: The half-open ends.
        before: What stands before each; 0 at the beginning of the text.
        after: What stands behind it; a break at the end of the text.
        slips: Whether it is so small that it may be a slip beside a mark; more is a gap.
    """

    starts: IntArray
    ends: IntArray
    before: Kinds
    after: Kinds
    slips: _Mask

    @classmethod
    def of(cls, kinds: Kinds) -> BlankRuns:
        """Find the blanks before a line's end, a Han character or a mark: no others are touched."""
        starts, ends = runs_of(kinds, _BLANK)
        after = np.append(kinds, np.uint8(Kind.BREAK))[ends]
        touched = (after & (Kind.BREAK | Kind.HAN | Kind.MARK)) != 0
        starts, ends, after = starts[touched], ends[touched], after[touched]
        before = np.where(starts > 0, kinds[starts - 1], np.uint8(0)) if len(starts) else after
        first, last = kinds[starts], kinds[ends - 1]
        one, two = ends - starts == 1, ends - starts == 2
        slips = (one & (first != Kind.TAB)) | (two & (first == last) & (first <= Kind.NO_BREAK))
        return cls(starts, ends, before, after, slips)

    def only(self, mask: _Mask) -> BlankRuns:
        """Return some of them."""
        return BlankRuns(
            self.starts[mask], self.ends[mask], self.before[mask], self.after[mask], self.slips[mask]
        )

    def beside_marks(self) -> _Mask:
        """Tell which stand between a Han character and a Chinese mark, in either order."""
        forward = ((self.before & Kind.HAN) != 0) & ((self.after & Kind.MARK) != 0)
        back = ((self.before & Kind.MARK) != 0) & ((self.after & Kind.HAN) != 0)
        beside: _Mask = self.slips & (forward | back)
        return beside


def runs_of(kinds: Kinds, wanted: int) -> tuple[IntArray, IntArray]:
    """Return where stretches of characters of some kinds begin and end."""
    edges: list[IntArray] = []
    last = False
    for start in range(0, len(kinds), _STRETCH):
        inside = (kinds[start : start + _STRETCH] & wanted) != 0
        changes = np.flatnonzero(np.diff(inside, prepend=last)) + start
        last = bool(inside[-1])
        edges.append(changes.astype(np.int32))
    every = np.concatenate([*edges, np.full(int(last), len(kinds), dtype=np.int32)], dtype=np.int32)
    return every[0::2], every[1::2]
