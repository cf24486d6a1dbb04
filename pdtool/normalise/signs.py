"""Signs of dirt: what the characters of a text say about which steps can have anything to do.

Most steps need a certain kind of character (a lost byte leaves a ``?``, a ghost a bracket and a letter), and
most texts lack most of these kinds. All kinds are looked for at once, in one look-up a character, so that a
clean text is not searched again by every step.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

from pdtool.normalise.edits import code_points
from pdtool.normalise.ghosts import OPENING
from pdtool.normalise.lines import OTHER_BREAKS
from pdtool.normalise.misread import first_signs
from pdtool.normalise.page_markers import DIGITS
from pdtool.normalise.paragraphs import Script, characters_of
from pdtool.normalise.phrases import CODE_POINTS
from pdtool.normalise.readings import SPELLING
from pdtool.normalise.slips.marks import LOSSES
from pdtool.normalise.spacing import LAYOUT
from pdtool.normalise.width import WIDE_CHARACTERS

__all__ = ["Sign", "signs_of"]

_STRETCH = 1 << 18
"""Characters looked up at a time: the arrays stay small however long the text is."""


class Sign(IntEnum):
    """A kind of character that some step cannot do without; a bit each."""

    OTHER_BREAK = 1 << 0
    r"""A line end other than ``\n``."""
    LOSS = 1 << 1
    """What decoders write for a byte they cannot pair."""
    BRACKET = 1 << 2
    """An opening bracket as ghosts have it."""
    SPELLING = 1 << 3
    """A letter as readings have it."""
    PAGE = 1 << 4
    """A digit, or a page break."""
    LAYOUT = 1 << 5
    """A line end, a blank or an invisible character."""
    WIDE = 1 << 6
    """A full-width letter or digit, or a space other than U+0020."""
    TRADITIONAL = 1 << 7
    """A character that Simplified text does not have."""
    SIMPLIFIED = 1 << 8
    """A character that Traditional text does not have."""
    MISREAD = 1 << 9
    """What text misread in a wrong encoding begins with."""


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
    }


@cache
def _table() -> npt.NDArray[np.uint16]:
    """Return the signs of every code point, shape ``(0x110000,)``."""
    table = np.zeros(CODE_POINTS, dtype=np.uint16)
    for sign, characters in _characters().items():
        table[code_points("".join(characters))] |= np.uint16(sign)
    return table


@lru_cache(maxsize=1)
def signs_of(text: str) -> int:
    """Return every sign that some character of the text gives, joined by ``|``.

    The last answer is kept: a step may ask again what the pipeline asked before it.

    >>> signs_of("人性化?！凹議T口") == Sign.LOSS | Sign.SPELLING | Sign.TRADITIONAL
    True
    """
    table, signs = _table(), 0
    for start in range(0, len(text), _STRETCH):
        stretch = text if len(text) <= _STRETCH else text[start : start + _STRETCH]
        signs |= int(np.bitwise_or.reduce(table.take(code_points(stretch))))
    return signs
