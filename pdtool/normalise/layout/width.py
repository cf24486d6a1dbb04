"""Full-width letters, digits and spaces → their ASCII forms, one for one.

Chinese input methods write ``２０２４年`` and ``ＡＩ`` as readily as ``2024年`` and ``AI``; whoever searches
for one form must find the other. Punctuation stays as found, for ，。（） are the right forms in Chinese
text, except inside a figure: the point, the commas, the colon and the dash between digits and the sign behind
them are parts of it (``１２３．４５``, ``6．5％``, ``9：30－11：00``).

Characters that merely look like the usual ones are replaced in the same step
(:mod:`pdtool.normalise.layout.look_alikes`), and so are characters of Hong Kong in the private-use area
(:mod:`pdtool.normalise.layout.private_use`).
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

import numpy as np

from pdtool.late_patterns import late_pattern
from pdtool.normalise.layout.look_alikes import look_alike_characters, usual_forms, with_usual_zeros
from pdtool.normalise.layout.private_use import PRIVATE_USE, with_hkscs
from pdtool.text.code_points import Codes, code_points, decode
from pdtool.text.line_table import IndexArray, Mask, members
from pdtool.text.phrases import character_table

__all__ = ["FIGURES", "FIGURE_MARKS", "WIDE_CHARACTERS", "convert_width"]

_WIDE_LETTERS = "".join(map(chr, [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)]))
_WIDE_SPACES = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
"""No-break, typographic and ideographic spaces. Tabs, line ends and zero-width characters stay."""

WIDE_CHARACTERS = _WIDE_LETTERS + _WIDE_SPACES + look_alike_characters() + PRIVATE_USE
"""Every character that changes, or may do so, wherever it stands."""
FIGURES = "0123456789０１２３４５６７８９"
"""The digits of figures."""
FIGURE_MARKS = "．，：－％"
"""Full-width marks that change right behind a digit."""

_MARKS = {ord(mark): ord(mark) - 0xFEE0 for mark in FIGURE_MARKS}
_figure = late_pattern(
    # The number of an item at the beginning of a line or sentence, unless a sign or a time follows.
    r"(?P<item>(?:^|[。；：:;！？])[ \t]{0,8}+[0-9]{1,2}(?:．(?![0-9]{1,9}[%％])|：(?![0-5][0-9](?![0-9]))))|"
    r"(?P<caption>[图圖表例题題注附][ ]?[0-9]{1,3}：)|"
    r"(?P<thousands>(?<![0-9，．第])[0-9]{1,3}(?:，[0-9]{3}){1,6}(?![0-9，]))|"
    r"(?P<mark>(?<=[0-9])(?:％|[．－](?=[0-9])|：(?=[0-9])(?![0-9]{4}年)))"
)
"""Marks inside a figure, and what only looks like it; the group says which."""


def convert_width(text: str) -> str:
    """Replace full-width letters and digits by ASCII ones, and every kind of space by U+0020.

    Args:
        text: Any text.

    Returns:
        A text of the same length.

    >>> convert_width("　全角ＡＢＣ１２３，５０．５％")
    ' 全角ABC123，50.5%'
    """
    if text.isascii():
        return text
    codes = _table().take(with_hkscs(code_points(with_usual_zeros(text))))
    return _narrow_figures(decode(codes), codes)


@cache
def _table() -> Codes:
    """Return what replaces each code point wherever it stands, shape ``(0x110000,)``."""
    letters = {letter: chr(ord(letter) - 0xFEE0) for letter in _WIDE_LETTERS}
    return character_table(usual_forms() | letters | dict.fromkeys(_WIDE_SPACES, " "))


def _narrow_figures(text: str, codes: Codes) -> str:
    """Look at the lines that hold a digit with a full-width mark behind it.

    Args:
        text: A text whose digits are narrow.
        codes: Its code points.
    """
    pieces, done = list[str](), 0
    for offset in _marks_behind_digits(codes).tolist():
        if offset >= done:
            start, end = text.rfind("\n", done, offset) + 1 or done, text.find("\n", offset)
            end = len(text) if end < 0 else end
            pieces += (text[done:start], _figure().sub(_narrow_figure, text[start:end]))
            done = end
    return "".join([*pieces, text[done:]]) if pieces else text


def _marks_behind_digits(codes: Codes) -> IndexArray:
    digits = codes[:-1] - np.uint32(ord("0")) < 10  # below zero it wraps
    return np.flatnonzero(digits & _figure_marks().take(codes[1:], mode="clip")) + 1


@cache
def _figure_marks() -> Mask:
    return members(FIGURE_MARKS)


def _narrow_figure(match: re.Match[str]) -> str:
    text = match.group()
    kept = match.lastgroup in ("item", "caption") or (match.lastgroup == "thousands" and _is_list(text))
    return text if kept else text.translate(_MARKS)


def _is_list(figure: str) -> bool:
    """Return whether figures of three digits are a list rather than one figure: round, or one more each time.

    >>> [_is_list(figure) for figure in ("100，200", "101，102，103", "1，200", "123，456")]
    [True, True, False, False]
    """
    parts = figure.split("，")
    numbers = [int(part) for part in parts]
    in_turn = all(after - before == 1 for before, after in pairwise(numbers))
    return len(parts[0]) == len(parts[1]) and (in_turn or all(part.endswith("0") for part in parts))
