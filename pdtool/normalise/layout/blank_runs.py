"""Where a text has blanks, and what stands around them, worked out for all of them at once.

A text of thirty million characters may have a blank behind every one of them: what can be said of
blanks by their neighbours alone is worked out in arrays, one stretch of the text at a time.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from pdtool.text.code_points import CODE_POINTS, Codes, code_points
from pdtool.text.edits import IntArray

__all__ = [
    "UNSEEN",
    "WIDE_MARKS",
    "BlankRuns",
    "Kind",
    "Kinds",
    "kinds_of",
    "kinds_of_codes",
    "runs_of",
    "unseen_runs",
]

WIDE_MARKS = "，。、；：！？（）《》〈〉“”‘’「」『』【】〔〕…"
NEVER_MEANT = "\u200b\u2060\ufeff\u00ad"
"""Characters that cannot be seen and say nothing to a reader: breaks that are allowed or forbidden."""
_JOINER_RANGES = (
    range(0x034F, 0x0350),
    range(0x061C, 0x061D),
    range(0x180E, 0x180F),
    range(0x200C, 0x2010),
    range(0x202A, 0x202F),
    range(0x2061, 0x2065),
    range(0x2066, 0x206A),
    range(0xFE00, 0xFE10),
    range(0xE0100, 0xE01F0),
)
"""Code points of joiners, marks of direction and variation selectors (Unicode, Default_Ignorable_Code_Point):
other scripts and pictures need them, Chinese does not."""
_JOINERS = "".join(chr(code) for codes in _JOINER_RANGES for code in codes)
"""Characters that cannot be seen and go beside Chinese and ASCII only."""
UNSEEN = f"{NEVER_MEANT}{_JOINERS}"
"""Characters that cannot be seen."""
_STRETCH = 1 << 18
"""Characters looked at together: the arrays stay small however long the text is."""

Kinds = npt.NDArray[np.uint8]
_Mask = npt.NDArray[np.bool_]


class Kind:
    """What a character is to the layout, one bit for each kind.

    Not an enum: arrays take plain numbers twice as fast.
    """

    SPACE = 1 << 0
    NO_BREAK = 1 << 1
    WIDE_SPACE = 1 << 2
    TAB = 1 << 3
    BREAK = 1 << 4
    HAN = 1 << 5
    MARK = 1 << 6
    UNSEEN = 1 << 7


_MEMBERS = {
    Kind.SPACE: " ",
    Kind.NO_BREAK: "\u00a0",
    Kind.WIDE_SPACE: "\u3000",
    Kind.TAB: "\t",
    Kind.BREAK: "\n",
    Kind.HAN: "〇",
    Kind.MARK: WIDE_MARKS,
    Kind.UNSEEN: UNSEEN,
}
_BLANK = Kind.SPACE | Kind.NO_BREAK | Kind.WIDE_SPACE | Kind.TAB
_SET_APART = 2
"""The most blanks by which characters are set apart."""
_BEHIND_TOUCHED = Kind.BREAK | Kind.HAN | Kind.MARK


@cache
def _table() -> Kinds:
    """Return the kind of every code point, shape ``(0x110000,)``."""
    table = np.zeros(CODE_POINTS, dtype=np.uint8)
    for kind, members in _MEMBERS.items():
        table[code_points(members)] = kind
    table[0x3400:0xA000] = table[0x20000:0x323B0] = Kind.HAN
    return table


def kinds_of(text: str) -> Kinds:
    """Return the kind of every character, shape ``(len(text),)``."""
    kinds = np.empty(len(text), dtype=np.uint8)
    for start in range(0, len(text), _STRETCH):
        kinds[start : start + _STRETCH] = kinds_of_codes(code_points(text[start : start + _STRETCH]))
    return kinds


def kinds_of_codes(codes: Codes) -> Kinds:
    """Return the kind of each of some code points, shape ``(n,)``."""
    return _table().take(codes)


@dataclass(frozen=True, slots=True)
class BlankRuns:
    """Stretches of blanks: where they are, and what stands on either side of each.

    Args:
        starts: Where they begin, shape ``(n,)``.
        ends: The half-open ends.
        before: What stands before each; 0 at the beginning of the text.
        after: What stands behind it; a break at the end of the text.
        first: The first blank of each.
        last: The last one.
    """

    starts: IntArray
    ends: IntArray
    before: Kinds
    after: Kinds
    first: Kinds
    last: Kinds

    @classmethod
    def of(cls, kinds: Kinds) -> BlankRuns:
        """Find the blanks before a line's end, a Han character or a mark: no others are touched."""
        starts, ends = runs_of(kinds, _BLANK)
        after = kinds.take(ends, mode="clip")
        if len(ends) and ends[-1] == len(kinds):
            after[-1] = Kind.BREAK
        touched = np.flatnonzero((after & _BEHIND_TOUCHED) != 0)
        starts, ends, after = starts.take(touched), ends.take(touched), after.take(touched)
        before = kinds.take(starts - 1, mode="clip")
        if len(starts) and starts[0] == 0:
            before[0] = 0
        return cls(starts, ends, before, after, kinds.take(starts), kinds.take(ends - 1))

    def only(self, mask: _Mask) -> tuple[IntArray, IntArray]:
        """Return where some of them begin and end."""
        return self.starts[mask], self.ends[mask]

    def may_be_set_apart(self) -> _Mask:
        """Return which are small, hold no tab and stand between Han characters."""
        small = (self.ends - self.starts <= _SET_APART) & (self.first != Kind.TAB) & (self.last != Kind.TAB)
        apart: _Mask = small & ((self.before & self.after & Kind.HAN) != 0)
        return apart

    def beside_marks(self) -> _Mask:
        """Return which stand between a Han character and a Chinese mark, in either order."""
        forward = ((self.before & Kind.HAN) != 0) & ((self.after & Kind.MARK) != 0)
        back = ((self.before & Kind.MARK) != 0) & ((self.after & Kind.HAN) != 0)
        beside: _Mask = forward | back
        return beside & self._may_be_slips() if beside.any() else beside

    def _may_be_slips(self) -> _Mask:
        """Return which are so small that they may be a slip beside a mark; more is a gap."""
        lengths = self.ends - self.starts
        two_alike = (lengths == 2) & (self.first == self.last) & (self.first <= Kind.NO_BREAK)
        slips: _Mask = ((lengths == 1) & (self.first != Kind.TAB)) | two_alike
        return slips


def runs_of(kinds: Kinds, wanted: int) -> tuple[IntArray, IntArray]:
    """Return where stretches of characters of some kinds begin and end."""
    if len(kinds) <= _STRETCH:  # most texts
        return _runs_in(kinds, wanted)
    starts, ends = list[IntArray](), list[IntArray]()
    for start in range(0, len(kinds), _STRETCH):
        of_stretch = _runs_in(kinds[start : start + _STRETCH], wanted)
        starts.append(of_stretch[0] + np.int32(start))
        ends.append(of_stretch[1] + np.int32(start))
    first, last = np.concatenate(starts), np.concatenate(ends)
    # A run that goes on in the next part of the text ends where it begins there.
    whole = first[1:] != last[:-1]
    return first[np.append(True, whole)[: len(first)]], last[np.append(whole, True)[: len(last)]]


def _runs_in(kinds: Kinds, wanted: int) -> tuple[IntArray, IntArray]:
    """Return the same of a stretch of a text."""
    inside = np.zeros(len(kinds) + 2, np.bool_)
    # Of truth values the true ones are found faster than of numbers those that are not 0.
    np.not_equal(kinds & wanted, 0, out=inside[1:-1])
    bounds = np.flatnonzero(inside[1:] != inside[:-1]).astype(np.int32)
    return bounds[0::2], bounds[1::2]


def unseen_runs(text: str, kinds: Kinds) -> tuple[IntArray, IntArray]:
    """Return where runs of characters that cannot be seen begin and end, unless another script needs them.

    Args:
        text: The text.
        kinds: The kind of each of its characters.
    """
    if not len(kinds) or kinds.max() < Kind.UNSEEN:  # most texts: it is the highest bit
        return np.empty(0, np.int32), np.empty(0, np.int32)
    starts, ends = runs_of(kinds, Kind.UNSEEN)
    spans = zip(starts.tolist(), ends.tolist(), strict=True)
    chosen = np.array([_says_nothing(text, kinds, span) for span in spans], dtype=np.bool_)
    return starts[chosen], ends[chosen]


def _says_nothing(text: str, kinds: Kinds, span: tuple[int, int]) -> bool:
    """Return whether a run of characters that cannot be seen is of no use where it stands."""
    start, end = span
    if set(text[start:end]).issubset(NEVER_MEANT):
        return True
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    return _is_plain(before, kinds, start - 1) and _is_plain(after, kinds, end)


def _is_plain(character: str, kinds: Kinds, offset: int) -> bool:
    """Return whether a character needs nothing unseen beside it: Chinese, ASCII, or no character."""
    return character.isascii() or bool(kinds[offset])
