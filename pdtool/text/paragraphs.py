"""Which paragraphs of a text are Traditional and which Simplified. A paragraph is a line.

Characters that only one of the scripts has decide; most characters are common to both and say nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import cache

import numpy as np
import numpy.typing as npt

from pdtool.text.code_points import CODE_POINTS, Codes, code_points, decode
from pdtool.text.opencc_data import (
    read_alternatives,
    read_characters,
    read_dictionary,
    read_rows,
    standard_forms,
)

__all__ = ["Script", "WrittenIn", "characters_of", "convert_paragraphs", "paragraphs_in", "script_of"]

Marks = npt.NDArray[np.uint8]

_TRADITIONAL = np.uint8(1)
"""The mark of a character that Traditional text alone has."""
_SIMPLIFIED = np.uint8(2)
"""The mark of a character that Simplified text alone has."""
_BREAK = np.uint8(4)
"""The mark of a character that ends a paragraph."""

_QUOTED = 10
"""A paragraph with this many times more characters of the other script is text in that script that quotes a
name or a word. The two scripts differ in a third of the characters of running text, so that a Traditional
paragraph is far from this and a quoted word in a sentence near it."""


class Script(StrEnum):
    """One of the two ways to write Chinese."""

    HANS = "hans"
    """Simplified."""
    HANT = "hant"
    """Traditional."""


class WrittenIn(StrEnum):
    """The script of a whole text."""

    HANS = "hans"
    HANT = "hant"
    MIXED = "mixed"
    NONE = "none"
    """No character is of one script only."""


_OWN = {Script.HANS: _SIMPLIFIED, Script.HANT: _TRADITIONAL}
_OTHER = {Script.HANS: _TRADITIONAL, Script.HANT: _SIMPLIFIED}


@cache
def characters_of(script: Script) -> str:
    """Return the characters that text in this script alone has."""
    return "".join(_one_script_only()[script is Script.HANS])


def _one_script_only() -> tuple[list[str], list[str]]:
    """Return the characters that Traditional text alone has, and those that Simplified text alone has."""
    dual = {row[0] for row in read_rows("dual_characters.tsv")}
    simplified = {key: value for key, value in read_characters().items() if key != value}
    traditional = [key for key in simplified if key not in dual]
    convertible = {*simplified, *standard_forms(), *read_dictionary("TSCharacters")}
    alternatives = read_alternatives("STCharacters").items()
    return traditional, [key for key, values in alternatives if key not in values and key not in convertible]


@cache
def _marks() -> Marks:
    marks = np.zeros(CODE_POINTS, dtype=np.uint8)
    for script, mark in _OWN.items():
        marks[code_points(characters_of(script))] |= mark
    marks[code_points("\n\r\v\f\x85\u2028\u2029")] |= _BREAK
    return marks


def _chosen(codes: Codes, script: Script) -> npt.NDArray[np.bool_] | None:
    marks = _marks().take(codes)
    own = (marks & _OWN[script]) != 0
    if not own.any():
        return None
    starts = np.concatenate(([0], np.flatnonzero((marks & _BREAK) != 0) + 1))
    starts = starts[starts < len(marks)]
    counts, others = (
        np.add.reduceat(some.view(np.uint8), starts, dtype=np.int32)
        for some in (own, (marks & _OTHER[script]) != 0)
    )
    return np.repeat((counts > 0) & (others < _QUOTED * counts), np.diff(starts, append=len(marks)))


def paragraphs_in(script: Script, codes: Codes) -> npt.NDArray[np.bool_] | None:
    """Return which characters stand in a paragraph written in a script; ``None`` if none does.

    Args:
        script: The script looked for. A paragraph that mixes both is in either.
        codes: The code points of a text.
    """
    if not len(codes):
        return None
    chosen = _chosen(codes, script)
    return chosen if chosen is not None and chosen.any() else None


def convert_paragraphs(text: str, script: Script, convert: Callable[[Codes], Codes]) -> str:
    """Convert the paragraphs written in a script, and leave the others byte for byte.

    Args:
        text: Any text.
        script: What the paragraphs are written in.
        convert: Turns the code points of paragraphs into as many others.
    """
    if text.isascii():
        return text
    codes = code_points(text)
    chosen = paragraphs_in(script, codes)
    if chosen is None:
        return text
    if chosen.all():
        return decode(convert(codes))
    result, where = codes.copy(), np.flatnonzero(chosen)  # offsets are twice as fast as truth values
    result[where] = convert(codes.take(where))
    return decode(result)


def script_of(text: str) -> WrittenIn:
    """Return in which script a text is written.

    ``mixed``: neither script has ten times as many characters of its own as the other.

    >>> [script_of(text).value for text in ("领导干部", "領導幹部", "領導干部的领导", "人民, 2024")]
    ['hans', 'hant', 'mixed', 'none']
    """
    marks = _marks()[code_points(text)]
    traditional = int(np.count_nonzero(marks & _TRADITIONAL))
    simplified = int(np.count_nonzero(marks & _SIMPLIFIED))
    if not traditional and not simplified:
        return WrittenIn.NONE
    if simplified >= _QUOTED * traditional:
        return WrittenIn.HANS
    return WrittenIn.HANT if traditional >= _QUOTED * simplified else WrittenIn.MIXED
