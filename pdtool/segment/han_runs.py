"""Which parts of a text the segmenter sees: runs of Han characters; one rule of our own cuts the rest.

jieba and its Rust implementation agree on runs of Han characters and differ on nearly everything else
(``1+36+1323``, ``O2O``, ``50%``). So the segmenter never sees anything else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from pdtool.text.code_points import Codes, code_points, decode
from pdtool.text.edits import IntArray
from pdtool.text.han import SEGMENTED

__all__ = ["SEPARATOR", "han_only", "other_spans", "other_words", "other_words_told"]

SEPARATOR = "\n"
"""Stands for everything the segmenter must not see; both implementations give it back as a token."""

_LETTER = f"[^\\W_{chr(SEGMENTED.start)}-{chr(SEGMENTED[-1])}]"
_OTHER_WORD = re.compile(
    rf"{_LETTER}+"
    # Joined from within: 555.02, 1+36+1323, COVID-19, 2020-03-01, 18:30, 10,000, R&D, www.gov.cn/a_b
    rf"(?:(?:[-.+_&/@'’·]|(?<=\d):(?=\d)|(?<=\d),(?=\d{{3}}(?!\d))|(?<=\d)[~～](?=\d)){_LETTER}+)*"
    # … and the unit or mark that closes it: 60%, 3‰, 25℃, C++, C#
    r"(?:[%‰％]|℃|(?<=[A-Za-z])(?:\+{1,2}|\#))?"
)
"""A word that is not Han; see :func:`other_words`."""


def han_only(text: str, hidden: Iterable[tuple[int, int]] = ()) -> str:
    r"""Replace every character that is not Han by :data:`SEPARATOR`.

    Args:
        text: Any text.
        hidden: Half-open spans to replace as well.

    Returns:
        A text of the same length, so that offsets stay.

    >>> han_only("共50%、以上")
    '共\n\n\n\n以上'
    """
    codes = code_points(text)
    han = _is_han(codes)
    for start, end in hidden:
        han[start:end] = False
    return decode(np.where(han, codes, np.uint32(ord(SEPARATOR))))


def _is_han(codes: Codes) -> npt.NDArray[np.bool_]:
    mask: npt.NDArray[np.bool_] = (codes >= SEGMENTED.start) & (codes < SEGMENTED.stop)
    return mask


def other_words(text: str) -> list[tuple[int, int]]:
    """Return the spans of the words that are not Han: numbers with their unit, Latin words, formulas.

    >>> text = "以“1+36+1323”推进O2O,占42.1%(2022/01)"
    >>> [text[start:end] for start, end in other_words(text)]
    ['1+36+1323', 'O2O', '42.1%', '2022/01']
    """
    return [match.span() for match in _OTHER_WORD.finditer(text)]


def other_spans(text: str) -> IntArray:
    """Return the spans that :func:`other_words` does, shape ``(n, 2)``: quicker in long texts."""
    codes = code_points(text)
    places = np.flatnonzero(_beside_other(codes)).astype(np.int32)
    found = [edge for match in _OTHER_WORD.finditer(decode(codes[places])) for edge in match.span()]
    spans = np.array(found, dtype=np.int32).reshape(-1, 2)
    spans[:, 0] = places[spans[:, 0]]
    spans[:, 1] = places[spans[:, 1] - 1] + 1
    return spans


def other_words_told(text: str) -> list[str]:
    """Return the words that :func:`other_words` finds, where no one asks for their places.

    >>> other_words_told("以“1+36+1323”推进O2O,占42.1%(2022/01)")
    ['1+36+1323', 'O2O', '42.1%', '2022/01']
    """
    codes = code_points(text)
    return _OTHER_WORD.findall(decode(codes[_beside_other(codes)]))


def _beside_other(codes: Codes) -> npt.NDArray[np.bool_]:
    """Tell which characters are searched for words that are not Han: no such word holds a Han character.

    All others, and the first Han character behind each, so that what it parts stays apart.
    """
    kept = ~_is_han(codes)
    kept[1:] |= kept[:-1]
    return kept
