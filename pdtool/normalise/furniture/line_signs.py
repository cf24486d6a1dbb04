"""Which lines of many texts hold what furniture needs, found in one search of all of them.

Every known form needs one of some words, and so have the language of sites and their menus. Most lines of
most texts hold none. Asking them one by one takes longer than most texts deserve; here all words are looked
for at once, and only the lines that hold some are looked at closer.

Few words tell anything of a line that stands among running text. The others, which are words of any text as
well (社会, 服务), are looked for at the edges of texts and in their short lines alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from enum import IntEnum
from functools import cache, cached_property

import numpy as np
import numpy.typing as npt

from pdtool.bounded_cache import BoundedCache
from pdtool.normalise.furniture.form_table import form_words, known_forms
from pdtool.normalise.furniture.forms import LONG_PROSE, LONGEST, PROSE, begins_with_form
from pdtool.normalise.furniture.head import menu_words
from pdtool.normalise.furniture.site_language import LONGEST_WEIGHED, language_words, may_speak_each
from pdtool.text.code_points import basic_plane
from pdtool.text.line_search import EncodedLines, groups_by_line, lines_with_any
from pdtool.text.line_table import LineTable, Mask, members, spaces

__all__ = ["INNER_LENGTHS", "LineSigns"]

INNER_LENGTHS = range(8, 61)
"""Characters of the lines between paragraphs that a site may have printed there."""

_REMEMBERED = 2_000_000
"""Characters of texts whose signs are at hand: some batches of documents."""


_ROUNDS = 2
"""How often the outermost lines of running text are looked at before all of them are."""


class _Group(IntEnum):
    """A group of words; those of the first are looked for in every line."""

    NEEDLE = 0
    """Literal parts of forms that stand anywhere."""
    PROSE_WORD = 1
    """Words without which running text has no form."""
    WHOLE = 2
    """Words that are enough for a form in a line that is no running text."""
    START = 3
    """Words that are enough where a line begins in a certain way."""
    LANGUAGE = 4
    """The language of sites."""
    MENU = 5
    """Words of menus."""


class LineSigns:
    """What the lines of some texts hold, each question answered for all of them when it is first asked.

    Forms of lines that stand anywhere are found in every line. Other forms, the language of sites and menus
    are found at the edges of texts, which end at running text without a form, and in lines of
    :data:`INNER_LENGTHS` that end no sentence; elsewhere nothing asks for them.

    Args:
        lines: The lines, in Simplified script.
    """

    def __init__(self, lines: LineTable) -> None:
        self.lines = lines
        self._groups = _groups_held(lines)
        self._asked = np.zeros(len(lines.starts), np.bool_)
        self._may_speak = np.zeros(len(lines.starts), np.bool_)

    def _hold(self, group: _Group) -> Mask:
        return np.asarray(self._groups & np.uint8(1 << group) != 0)

    @cached_property
    def prose(self) -> Mask:
        """Which lines are running text, see :func:`~pdtool.normalise.furniture.forms.is_prose`."""
        return _are_prose(self.lines)

    @cached_property
    def form(self) -> Mask:
        """Which lines may have a known form; no other line has one."""
        short = self._hold(_Group.WHOLE) | self._timed
        begun = np.flatnonzero(self._hold(_Group.START) & ~(short | self.prose))
        short[begun] = [begins_with_form(line) for line in self.lines.some(begun)]
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

    def may_speak(self, asked: Mask) -> Mask:
        """Return which of some lines may speak for a site; no other of them has a score.

        Args:
            asked: The lines, shape ``(n_lines,)``. Each is looked at once, however often it is asked for.
        """
        new = np.flatnonzero(self.language & asked & ~self._asked)
        self._may_speak[new] = may_speak_each([line.strip() for line in self.lines.some(new)])
        self._asked[new] = True
        return self._may_speak & asked

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
        table = lines if len(new) == len(texts) else LineTable.of(new)
        held.update(zip(new, np.split(_search(table), table.firsts[1:]), strict=True))
    for text in new:
        _searched.put(text, held[text], len(text))
    return np.concatenate([held[text] for text in texts])


def _search(lines: LineTable) -> npt.NDArray[np.uint8]:
    encoded = EncodedLines.of(lines.text)
    found = _needles()(encoded).astype(np.uint8) << np.uint8(_Group.NEEDLE)
    near = _are_near_edges(lines, encoded) | _are_inner(lines)
    found[near] |= _other_words()(encoded.only(near))
    return found


def _are_prose(lines: LineTable) -> Mask:
    return np.asarray((lines.lengths >= LONG_PROSE) | ((lines.lengths >= PROSE) & lines.ended()))


def _are_inner(lines: LineTable) -> Mask:
    """Return which lines a site may have printed between paragraphs, by their length and their end."""
    lengths = lines.lengths
    return (lengths >= INNER_LENGTHS.start) & (lengths < INNER_LENGTHS.stop) & ~lines.ended()


def _are_near_edges(lines: LineTable, encoded: EncodedLines) -> Mask:
    """Return which lines may belong to the edges of texts, and the one above the lower edge.

    An edge ends at the latest with running text that has no form and ends a sentence.

    Args:
        lines: The lines.
        encoded: The same lines.
    """
    ends = _without_form(lines, encoded, _are_prose(lines) & lines.are(lines.ends - 1, _full_stops()))
    numbers, texts = np.arange(len(lines.starts)), lines.texts
    last = lines.filled_above(lines.last_of(ends))
    return np.asarray((numbers <= lines.first_of(ends)[texts]) | (numbers >= last[texts]))


def _without_form(lines: LineTable, encoded: EncodedLines, prose: Mask) -> Mask:
    """Return some lines of running text without the first and last ones of each text that may have a form.

    Only the outermost ones are looked at, then the next ones of the texts where these may have a form, and in
    the few texts that are left then all of them.
    """
    left, asked = prose, prose
    for _ in range(_ROUNDS):
        formed = _may_have_form(lines, encoded, _outer(lines, asked))
        if not formed.any():
            return left
        left = left & ~formed
        asked = left & lines.any(formed)[lines.texts]
    return left & ~_may_have_form(lines, encoded, asked)


def _outer(lines: LineTable, some: Mask) -> Mask:
    """Return the first and the last of some lines in each text."""
    outer = np.zeros(len(some), np.bool_)
    outer[lines.first_of(some)] = outer[lines.last_of(some)] = True
    return outer & some


def _may_have_form(lines: LineTable, encoded: EncodedLines, prose: Mask) -> Mask:
    """Return which of some lines of running text may have a form."""
    asked = prose & (lines.lengths <= LONGEST)
    may_have = np.zeros(len(asked), np.bool_)
    may_have[asked] = _words_of_prose()(encoded.only(asked))
    return may_have


@cache
def _full_stops() -> Mask:
    return members("。；")


@cache
def _needles() -> Callable[[EncodedLines], Mask]:
    return lines_with_any(_words()[_Group.NEEDLE])


@cache
def _words_of_prose() -> Callable[[EncodedLines], Mask]:
    return lines_with_any(_words()[_Group.PROSE_WORD])


@cache
def _other_words() -> Callable[[EncodedLines], npt.NDArray[np.uint8]]:
    return groups_by_line({group: words for group, words in _words().items() if group != _Group.NEEDLE})


@cache
def _words() -> dict[_Group, Sequence[str]]:
    words = form_words()
    return {
        _Group.PROSE_WORD: words.prose,
        _Group.NEEDLE: [form.needle for form in known_forms().lines_at("any")],
        _Group.WHOLE: words.whole,
        _Group.START: words.start,
        _Group.LANGUAGE: language_words(),
        _Group.MENU: sorted(menu_words()),
    }


@cache
def _digits() -> Mask:
    """Return which characters are digits, or beyond plane 0, where there are digits too."""
    digits = "".join(re.findall(r"\d", basic_plane()))
    return members(f"{digits}\uffff")
