"""The prefilter: which steps can have anything to do in a text, told by its characters and lines.

Most steps need a certain kind of character (a lost byte leaves a ``?``, a ghost a bracket and a letter), and
most texts lack most of these kinds. All kinds are looked for at once, in one look-up per character, so that a
clean text is not searched again by every step. Where many texts come together, their lines are looked at as
well, all in one table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import IntEnum
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

from pdtool.normalise.furniture.prefilter import may_hold_furniture
from pdtool.normalise.ghosts import OPENING
from pdtool.normalise.layout.doubling import may_be_doubled
from pdtool.normalise.layout.page_markers import DIGITS, may_hold_pages, page_line_characters
from pdtool.normalise.layout.spacing import BLANKS, LAYOUT, may_be_wrapped
from pdtool.normalise.layout.width import WIDE_CHARACTERS
from pdtool.normalise.mojibake import first_signs
from pdtool.normalise.slips.marks import LOSSES
from pdtool.text.code_points import CODE_POINTS, code_points
from pdtool.text.line_table import LineTable
from pdtool.text.lines import OTHER_BREAKS
from pdtool.text.paragraphs import Script, characters_of
from pdtool.text.readings import SPELLING

__all__ = ["Sign", "prefilter", "signs_of"]

_STRETCH = 1 << 18
"""Characters looked up at a time: the arrays stay small however long the text is."""
_TOGETHER = 256
"""Texts whose lines are laid out as one table: more are not looked at faster, and the table stays small."""
_LONG = 50_000
"""Characters of a text whose lines are not looked at before the steps do: it is a small part of its time."""


class Sign(IntEnum):
    """A kind of character, or of line, that some step cannot do without; a bit each."""

    OTHER_BREAK = 1 << 0
    r"""A line end other than ``\n``."""
    LOSS = 1 << 1
    """What decoders write for a byte they cannot pair."""
    BRACKET = 1 << 2
    """An opening bracket as ghosts have it."""
    SPELLING = 1 << 3
    """A letter as readings have it."""
    PAGE = 1 << 4
    """A digit, or a page break; where lines were looked at, one like a page number."""
    LAYOUT = 1 << 5
    """A line end, a blank or an invisible character; where lines were looked at, line ends that wrap them."""
    WIDE = 1 << 6
    """A full-width letter or digit, or a space other than U+0020."""
    TRADITIONAL = 1 << 7
    """A character that Simplified text does not have."""
    SIMPLIFIED = 1 << 8
    """A character that Traditional text does not have."""
    MISREAD = 1 << 9
    """What text misread in a wrong encoding begins with."""
    PAGE_BREAK = 1 << 10
    """A form feed."""
    DOUBLED = 1 << 11
    """Any character; where lines were looked at, lines or sentences that are alike."""
    SITE = 1 << 12
    """Any character; where lines were looked at, words of sites at the edges, or a line that recurs."""


_ALL = 1 << 13
_DIGIT, _BLANK, _OFF_PAGE_LINES = _ALL, _ALL << 1, _ALL << 2
"""Kinds that only lines are looked at for: digits, blanks, and what no line has that is a page number."""


def _characters() -> dict[Sign, Iterable[str]]:
    return {
        Sign.OTHER_BREAK: OTHER_BREAKS,
        Sign.LOSS: LOSSES,
        Sign.BRACKET: OPENING,
        Sign.SPELLING: SPELLING,
        Sign.PAGE: f"{DIGITS}\f",
        Sign.LAYOUT: LAYOUT,
        Sign.WIDE: WIDE_CHARACTERS,
        Sign.TRADITIONAL: characters_of(Script.HANT),
        Sign.SIMPLIFIED: characters_of(Script.HANS),
        Sign.MISREAD: first_signs(),
        Sign.PAGE_BREAK: "\f",
    }


@cache
def _table() -> npt.NDArray[np.uint16]:
    """Return the signs of every code point, shape ``(0x110000,)``."""
    table = np.full(CODE_POINTS, Sign.DOUBLED | Sign.SITE | _OFF_PAGE_LINES, dtype=np.uint16)
    table[code_points(f"\n{page_line_characters()}")] ^= np.uint16(_OFF_PAGE_LINES)
    for sign, characters in (*_characters().items(), (_DIGIT, DIGITS), (_BLANK, BLANKS)):
        table[code_points("".join(characters))] |= np.uint16(sign)
    return table


@lru_cache(maxsize=1)  # a step may ask again what the pipeline asked before it
def signs_of(text: str) -> int:
    """Return every sign that some character of the text gives, joined by ``|``.

    >>> signs_of("人性化?！凹議T口") == (
    ...     Sign.LOSS | Sign.SPELLING | Sign.TRADITIONAL | Sign.DOUBLED | Sign.SITE
    ... )
    True
    """
    table, signs = _table(), 0
    for start in range(0, len(text), _STRETCH):
        stretch = text if len(text) <= _STRETCH else text[start : start + _STRETCH]
        signs |= int(np.bitwise_or.reduce(table.take(code_points(stretch))))
    return signs % _ALL


def prefilter(texts: Sequence[str]) -> list[int]:
    """Return the signs of many texts, told by their lines and characters together.

    Fewer signs than :func:`signs_of` gives one text: a digit, for instance, counts only where some line looks
    like a page number. Lines are looked at in one table for many texts, which costs less than a step that
    looks for nothing.

    Args:
        texts: Texts that will be normalised next.

    Returns:
        What :func:`~pdtool.normalise.pipeline.normalise` takes as ``signs``, for each text.
    """
    signs = [0] * len(texts)
    short = [number for number, text in enumerate(texts) if len(text) <= _LONG]
    for number in set(range(len(texts))).difference(short):
        signs[number] = signs_of(texts[number])
    for start in range(0, len(short), _TOGETHER):
        numbers = short[start : start + _TOGETHER]
        some = [texts[number] for number in numbers]
        for number, found in zip(numbers, _of_lines(some, LineTable.of(some)), strict=True):
            signs[number] = found
    return signs


def _of_lines(texts: Sequence[str], lines: LineTable) -> list[int]:
    """Return the signs of texts: those of their characters, as far as their lines give them too."""
    each = np.bitwise_or.reduceat(_table().take(lines.codes), lines.starts)
    signs = np.bitwise_or.reduceat(each, lines.firsts)
    numbered = (each & _DIGIT) != 0
    paged = may_hold_pages(lines, numbered, numbered & ((each & _OFF_PAGE_LINES) == 0))
    paged |= (signs & Sign.PAGE_BREAK) != 0
    given = {
        Sign.PAGE: paged,
        Sign.LAYOUT: may_be_wrapped(lines) | ((signs & _BLANK) != 0),
        Sign.DOUBLED: may_be_doubled(lines),
        # The forms are Simplified.
        Sign.SITE: may_hold_furniture(texts, lines) | ((signs & Sign.TRADITIONAL) != 0),
    }
    for sign, texts_with_it in given.items():
        signs[~texts_with_it] &= ~np.uint16(sign)
    return [int(found) % _ALL for found in signs]
