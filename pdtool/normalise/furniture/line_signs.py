"""Which lines of many texts hold what furniture needs, found in one search of all of them.

Every known form needs one of some words, and so have the language of sites and their menus. Most lines of
most texts hold none. Asking them one by one takes longer than most texts deserve; here all words are looked
for at once, and only the lines that hold some are looked at closer.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from functools import cache, cached_property

import numpy as np
import numpy.typing as npt

from pdtool.bounded_cache import BoundedCache
from pdtool.normalise.furniture.forms import LONG_PROSE, LONGEST, PROSE, form_words, known_forms
from pdtool.normalise.furniture.head import menu_words
from pdtool.normalise.furniture.site_language import LONGEST_WEIGHED, language_words
from pdtool.text.line_table import FIRST_PLANE, LineTable, Mask, members, spaces
from pdtool.text.multi_match import groups_by_line

__all__ = ["LineSigns"]

_REMEMBERED = 2_000_000
"""Characters of texts whose signs are at hand: some batches of documents."""


class _Group(IntEnum):
    """A group of words, in the order in which they are looked for."""

    WHOLE = 0
    """Words that are enough for a form in a line that is no running text."""
    START = 1
    """Words that are enough where a line begins in a certain way."""
    PROSE_WORD = 2
    """Words without which running text has no form."""
    LANGUAGE = 3
    """The language of sites."""
    NEEDLE = 4
    """Literal parts of forms that stand anywhere."""
    MENU = 5
    """Words of menus."""


class LineSigns:
    """What the lines of some texts hold, each question answered for all of them when it is first asked.

    Args:
        lines: The lines, in Simplified script.
    """

    def __init__(self, lines: LineTable) -> None:
        self.lines = lines
        self._groups = _groups_held(lines)

    def _hold(self, group: _Group) -> Mask:
        return np.asarray(self._groups & np.uint8(1 << group) != 0)

    @cached_property
    def prose(self) -> Mask:
        """Which lines are running text, see :func:`~pdtool.normalise.furniture.forms.is_prose`."""
        lengths = self.lines.lengths
        return np.asarray((lengths >= LONG_PROSE) | ((lengths >= PROSE) & self.lines.ended()))

    @cached_property
    def form(self) -> Mask:
        """Which lines may have a known form; no other line has one."""
        short = self._hold(_Group.WHOLE) | self._hold(_Group.START) | self._timed
        long = self._hold(_Group.PROSE_WORD) & (self.lines.lengths <= LONGEST)
        return np.where(self.prose, long, short)

    @cached_property
    def language(self) -> Mask:
        """Which lines may be the language of sites; no other line has any weight."""
        lines = self.lines
        stripped = lines.are(lines.starts, spaces()) | lines.are(lines.ends - 1, spaces())
        return (self._hold(_Group.LANGUAGE) | self._timed | self._dated) & (
            (lines.lengths <= LONGEST_WEIGHED) | stripped
        )

    @property
    def menu(self) -> Mask:
        """Which lines hold a word of menus; no other line is one."""
        return self._hold(_Group.MENU)

    @property
    def needle(self) -> Mask:
        """Which lines hold a literal part of a form that stands anywhere."""
        return self._hold(_Group.NEEDLE)

    @cached_property
    def _timed(self) -> Mask:
        """Which lines hold a colon with a digit behind it, as clock times have it."""
        return self.lines.hold_at(self._signs(":：", before=False))

    @cached_property
    def _dated(self) -> Mask:
        """Which lines hold a hyphen between digits."""
        return self.lines.hold_at(self._signs("-", before=True))

    def _signs(self, signs: str, before: bool) -> npt.NDArray[np.int64]:
        """Return the offsets of some signs with a digit behind them, and maybe before them."""
        lines, codes = self.lines, self.lines.codes
        at = np.flatnonzero(np.logical_or.reduce([codes == ord(sign) for sign in signs]))
        at = at[lines.are(at + 1, _digits())]
        return at[lines.are(at - 1, _digits())] if before else at


_searched = BoundedCache[str, npt.NDArray[np.uint8]](_REMEMBERED)
"""What the lines of the texts hold that were searched last."""


def _groups_held(lines: LineTable) -> npt.NDArray[np.uint8]:
    """Return which groups of words each line holds, one bit for each group, shape ``(n_lines,)``.

    Most texts come here twice, before and after they are repaired, and few of them are changed in between.
    """
    texts = lines.each_text()
    held = {text: found for text in texts if (found := _searched.get(text)) is not None}
    new = [text for text in dict.fromkeys(texts) if text not in held]
    if new:
        found = _groups()("\n".join([*new, ""]))
        ends = np.cumsum([text.count("\n") + 1 for text in new])
        held.update(zip(new, np.split(found, ends[:-1]), strict=True))
    for text in new:
        _searched.put(text, held[text], len(text))
    return np.concatenate([held[text] for text in texts])


@cache
def _groups() -> Callable[[str], npt.NDArray[np.uint8]]:
    words = form_words()
    needles = [form.needle for form in known_forms().lines_at("any")]
    return groups_by_line(
        [words.whole, words.start, words.prose, language_words(), needles, sorted(menu_words())]
    )


@cache
def _digits() -> Mask:
    """Return which characters are digits, or beyond plane 0, where there are digits too."""
    digits = "".join(filter(str.isdecimal, map(chr, range(FIRST_PLANE - 1))))
    return members(f"{digits}\uffff")
