"""The prefilter: which steps can have anything to do in a text, judged by its characters and lines.

Most steps need a certain kind of character (a lost byte leaves a ``?``, a ghost a bracket and a letter), and
most texts lack most of these kinds. Such a kind is a *feature* of a text. All features are found in one
look-up per character, so that a clean text is not searched again by every step. Where many texts come
together, their lines are looked at as well, all in one table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum
from functools import cache, lru_cache, reduce
from operator import or_

import numpy as np
import numpy.typing as npt

from pdtool.normalise.furniture.edge_zones import remember_zones
from pdtool.normalise.furniture.line_signs import LineSigns
from pdtool.normalise.furniture.prefilter import may_hold_furniture
from pdtool.normalise.ghosts import OPENING, may_hold_ghosts
from pdtool.normalise.layout.doubling import may_be_doubled
from pdtool.normalise.layout.page_styles import (
    DIGITS,
    INLINE_CHARACTERS,
    may_hold_pages,
    page_line_characters,
)
from pdtool.normalise.layout.spacing import LAYOUT, may_hold_layout
from pdtool.normalise.layout.width import FIGURE_MARKS, WIDE_CHARACTERS
from pdtool.normalise.misreadings import first_signs
from pdtool.normalise.mojibake import may_be_misread
from pdtool.normalise.script.simplified import convert_each
from pdtool.normalise.slips.marks import LOSSES
from pdtool.text.code_points import CODE_POINTS, code_points
from pdtool.text.line_table import IndexArray, LineTable, Mask, members
from pdtool.text.lines import OTHER_BREAKS
from pdtool.text.paragraphs import Script, characters_of
from pdtool.text.readings import SPELLING

__all__ = ["Feature", "features_of", "prefilter", "simplified_lines"]

_STRETCH = 1 << 18
"""Characters looked up together: the arrays stay small however long the text is."""
_TOGETHER = 256
"""Texts whose lines are laid out as one table: more are not looked at faster, and the table stays small."""
_LONG = 50_000
"""Characters of a text whose lines are not looked at before the steps do: it is a small part of its time."""


class Feature(IntEnum):
    """A kind of character, or of line, that some step cannot do without; one bit for each kind."""

    OTHER_BREAK = 1 << 0
    r"""A line end other than ``\n``."""
    LOSS = 1 << 1
    """What decoders write for a byte they cannot pair."""
    BRACKET = 1 << 2
    """An opening bracket as ghosts have it; where lines were looked at, enough of them with what may be a
    reading."""
    SPELLING = 1 << 3
    """A letter as readings have it."""
    PAGE = 1 << 4
    """A digit, or a page break; where lines were looked at, one like a page number."""
    LAYOUT = 1 << 5
    """A line end, a blank or an invisible character; where lines were looked at, only those that may be the
    layout's."""
    WIDE = 1 << 6
    """A full-width letter or digit, a space other than U+0020, a character that looks like another, or a
    full-width mark behind a digit."""
    TRADITIONAL = 1 << 7
    """A character that Simplified text does not have."""
    SIMPLIFIED = 1 << 8
    """A character that Traditional text does not have."""
    MISREAD = 1 << 9
    """What text misread in a wrong encoding begins with; where lines were looked at, what stands side by side
    in it."""
    PAGE_BREAK = 1 << 10
    """A form feed."""
    DOUBLED = 1 << 11
    """Any character; where lines were looked at, lines or sentences that are alike."""
    SITE = 1 << 12
    """Any character; where lines were looked at, words of sites at the edges, or a line that recurs."""


_ALL = 1 << 13
"""One more than all features together; the kinds below are needed only to judge lines."""
_DIGIT = _ALL
"""A digit."""
_OFF_PAGE_LINES = _ALL << 1
"""A character that no page line has."""
_IN_LINE = _ALL << 2
"""A character that page numbers within lines have."""


def _characters() -> dict[Feature, Iterable[str]]:
    return {
        Feature.OTHER_BREAK: OTHER_BREAKS,
        Feature.LOSS: LOSSES,
        Feature.BRACKET: OPENING,
        Feature.SPELLING: SPELLING,
        Feature.PAGE: f"{DIGITS}\f",
        Feature.LAYOUT: LAYOUT,
        Feature.WIDE: WIDE_CHARACTERS,
        Feature.TRADITIONAL: characters_of(Script.HANT),
        Feature.SIMPLIFIED: characters_of(Script.HANS),
        Feature.MISREAD: first_signs(),
        Feature.PAGE_BREAK: "\f",
    }


@cache
def _table() -> npt.NDArray[np.uint16]:
    """Return the features of every code point, shape ``(0x110000,)``."""
    table = np.full(CODE_POINTS, Feature.DOUBLED | Feature.SITE | _OFF_PAGE_LINES, dtype=np.uint16)
    table[code_points(f"\n{page_line_characters()}")] ^= np.uint16(_OFF_PAGE_LINES)
    own = ((_DIGIT, DIGITS), (_IN_LINE, "".join(INLINE_CHARACTERS)))
    for feature, characters in (*_characters().items(), *own):
        table[code_points("".join(characters))] |= np.uint16(feature)
    return table


@lru_cache(maxsize=1)  # a step may ask again what the pipeline asked before it
def features_of(text: str) -> int:
    """Return all features that the characters of a text give, joined by ``|``.

    >>> features_of("人性化?！凹議T口") == (
    ...     Feature.LOSS | Feature.SPELLING | Feature.TRADITIONAL | Feature.DOUBLED | Feature.SITE
    ... )
    True
    """
    table, features = _table(), 0
    for start in range(0, len(text), _STRETCH):
        # One more: what stands behind a digit counts as well.
        stretch = text if len(text) <= _STRETCH else text[start : start + _STRETCH + 1]
        codes = code_points(stretch)
        each = table.take(codes)
        features |= int(np.bitwise_or.reduce(each))
        if features & _DIGIT and not features & Feature.WIDE:
            digits = np.flatnonzero((each & _DIGIT) != 0)
            features |= Feature.WIDE if len(_marked(codes, digits)) else 0
    return features % _ALL


def _marked(codes: npt.NDArray[np.uint32], digits: IndexArray) -> IndexArray:
    """Return the offsets of the digits with a full-width mark behind them, shape ``(n,)``.

    Args:
        codes: The code points of a text.
        digits: The offsets of its digits.
    """
    return digits[_figure_marks().take(codes.take(digits + 1, mode="clip"), mode="clip")]


@cache
def _figure_marks() -> Mask:
    return members(FIGURE_MARKS)


def prefilter(texts: Sequence[str]) -> list[int]:
    """Return the features of many texts, judged by their lines and characters together.

    Fewer features than :func:`features_of` gives one text: a digit, for instance, counts only where some line
    looks like a page number. Lines are looked at in one table for many texts, which costs less than one step
    that finds nothing.

    Args:
        texts: Texts that will be normalised next.

    Returns:
        What :func:`~pdtool.normalise.pipeline.normalise` takes as ``features``: one value per text.
    """
    features = [0] * len(texts)
    short = [number for number, text in enumerate(texts) if len(text) <= _LONG]
    for number in set(range(len(texts))).difference(short):
        features[number] = features_of(texts[number])
    for start in range(0, len(short), _TOGETHER):
        numbers = short[start : start + _TOGETHER]
        some = [texts[number] for number in numbers]
        for number, found in zip(numbers, _of_lines(some, LineTable.of(some)), strict=True):
            features[number] = found
    return features


def _of_lines(texts: Sequence[str], lines: LineTable) -> list[int]:
    """Return the features of texts: those of their characters, unless their lines rule them out."""
    each_character = _table().take(lines.codes)
    each = np.bitwise_or.reduceat(each_character, lines.starts)
    features = np.bitwise_or.reduceat(each, lines.firsts)
    numbered = (each & _DIGIT) != 0
    digits, in_line, brackets = _offsets(each_character, _DIGIT, _IN_LINE, Feature.BRACKET)
    paged = may_hold_pages(texts, lines, numbered, numbered & ((each & _OFF_PAGE_LINES) == 0), in_line)
    paged |= (features & Feature.PAGE_BREAK) != 0
    signs = LineSigns(_simplified(lines, (features & Feature.TRADITIONAL) != 0))
    judged = {
        Feature.BRACKET: may_hold_ghosts(lines, brackets),
        Feature.MISREAD: may_be_misread(lines),
        Feature.PAGE: paged,
        Feature.LAYOUT: may_hold_layout(texts, lines),
        Feature.DOUBLED: may_be_doubled(texts, lines),
        Feature.SITE: may_hold_furniture(signs),
    }
    remember_zones(texts, signs)
    for feature, texts_with_it in judged.items():
        features[~texts_with_it] &= ~np.uint16(feature)
    features[lines.texts_at(_marked(lines.codes, digits))] |= np.uint16(Feature.WIDE)
    return [int(found) % _ALL for found in features]


def _offsets(each: npt.NDArray[np.uint16], *kinds: int) -> Iterator[IndexArray]:
    """Yield the offsets of the characters of each of some kinds, found in one pass.

    Args:
        each: The features of each character.
        kinds: The features looked for, which few characters have.
    """
    every = np.flatnonzero((each & np.uint16(reduce(or_, kinds))) != 0)
    features = each.take(every)
    for kind in kinds:
        yield every[(features & kind) != 0]


def simplified_lines(lines: LineTable) -> LineTable:
    """Return lines in Simplified script; ``lines`` itself if they are in it.

    Args:
        lines: Lines of any texts.
    """
    traditional = (_table().take(lines.codes) & Feature.TRADITIONAL) != 0
    if not traditional.any():
        return lines
    return _simplified(lines, lines.any(np.logical_or.reduceat(traditional, lines.starts)))


def _simplified(lines: LineTable, traditional: Mask) -> LineTable:
    """Return lines in Simplified script.

    Args:
        lines: Lines of any texts.
        traditional: Which texts hold a character that Simplified text does not have.
    """
    texts, numbers = lines.each_text(), np.flatnonzero(traditional).tolist()
    if not numbers:
        return lines
    for number, text in zip(numbers, convert_each([texts[number] for number in numbers]), strict=True):
        texts[number] = text
    return lines.with_texts(texts)
