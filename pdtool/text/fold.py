"""The fold: what two texts are compared by, never what is shown.

Han characters, letters and digits only, lower case, full-width and compatibility forms and
Traditional/Simplified variants merged. One table look-up a character.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
import numpy.typing as npt

from pdtool.text.code_points import code_points
from pdtool.text.edits import IntArray
from pdtool.text.opencc_data import read_characters
from pdtool.text.shingles import HashArray, shingle_hashes

__all__ = ["Folded", "fold", "fold_table", "is_wide"]

_PLANES, _BASIC = 0x110000, 0x10000
"""Code points of all planes, and of the first, where nearly all texts stay."""
_STRETCH = 1 << 17
"""Characters folded at a time: no array is as long as the text but those that stay."""
_ASKED = (
    range(0x3400),
    range(0x4DC0, 0x4E00),
    range(0xA000, 0xAC00),
    range(0xD7A4, 0xD800),
    range(0xE000, 0x20000),
    range(0x2F800, 0x2FA20),
)
"""Code points that are asked what they are and what they fold to."""
_STABLE = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0xAC00, 0xD7A4), range(0x20000, 0x323B0))
"""Han and Hangul: they have neither case nor compatible forms, so each is its own fold."""


@dataclass(frozen=True, eq=False)
class Folded:
    """A folded text.

    Args:
        codes: Folded code points, shape ``(n,)``.
        positions: For each, its offset in the text that was folded, ascending, shape ``(n,)``.
    """

    codes: npt.NDArray[np.uint32]
    positions: IntArray

    def __len__(self) -> int:
        return len(self.codes)

    def with_shingles_of(self, other: Folded) -> Folded:
        """Take over the shingles of another fold, if its characters are the same."""
        if np.array_equal(self.codes, other.codes):
            self.__dict__["shingles"] = other.shingles  # where the cache below keeps them
        return self

    @cached_property
    def shingles(self) -> HashArray:
        """The hashes of its shingles, in the order of the text."""
        return shingle_hashes(self.codes)


def _letters_and_digits(stop: int) -> list[str]:
    """Return every letter and digit below ``stop`` to look up, in the order of code points."""
    asked = np.concatenate([np.arange(span.start, min(span.stop, stop), dtype="<u4") for span in _ASKED])
    return re.findall(r"[^\W_]", asked.tobytes().decode("utf-32-le"))


def _compatible(characters: list[str]) -> list[str]:
    """Return the first character of each one's lower-case compatibility form; itself if that is a sign."""
    # All in one call: a line end neither composes with its neighbours nor counts as a letter beside them.
    merged = unicodedata.normalize("NFKC", "\n".join(characters)).lower().split("\n")
    pairs = zip(characters, merged, strict=True)
    return [form[0] if form[0].isalnum() else character for character, form in pairs]


@cache
def fold_table(stop: int = _PLANES) -> npt.NDArray[np.uint32]:
    """Return the table from code point to folded code point, 0 for what is dropped; shape ``(stop,)``.

    Args:
        stop: All code points, or those of the first plane only, which takes a third of the time to make.
    """
    table = np.zeros(_PLANES, dtype=np.uint32)
    for stable in _STABLE:
        table[stable.start : stable.stop] = np.arange(stable.start, stable.stop)
    characters = _letters_and_digits(stop)
    variants = read_characters()
    codes = code_points("".join([*characters, *variants]))
    forms = code_points("".join([*_compatible(characters), *variants.values()]))
    table[codes] = forms
    # One form may lead to another: compatibility ideograph → Traditional → Simplified.
    table[codes] = table[forms]
    table = table[:stop].copy()
    table.flags.writeable = False
    return table


def is_wide(codes: npt.NDArray[np.uint32]) -> bool:
    """Tell whether some code point is beyond the first plane, so that two bytes do not hold it."""
    return bool(codes.max(initial=0) >= _BASIC)


def fold(text: str) -> Folded:
    """Fold a clean text for comparison.

    Args:
        text: Normalised text. Folding raw text would bypass the repairs.

    Returns:
        The folded code points and where each stands in ``text``.

    >>> folded = fold("全角ＡＢＣ，黨建！")
    >>> "".join(map(chr, folded.codes)), folded.positions.tolist()
    ('全角abc党建', [0, 1, 2, 3, 4, 6, 7])
    """
    if len(text) <= _STRETCH:  # most texts
        return Folded(*_folded(text))
    codes, positions = np.empty(len(text), dtype=np.uint32), np.empty(len(text), dtype=np.int32)
    length = 0
    for start in range(0, len(text), _STRETCH):
        stretch, kept = _folded(text[start : start + _STRETCH])
        codes[length : length + len(kept)] = stretch
        positions[length : length + len(kept)] = kept + np.int32(start)
        length += len(kept)
    for array in (codes, positions):
        array.resize(length, refcheck=False)
    return Folded(codes, positions)


def _folded(text: str) -> tuple[npt.NDArray[np.uint32], IntArray]:
    codes = code_points(text)
    # Twice as fast as indexing.
    codes = fold_table(_PLANES if is_wide(codes) else _BASIC).take(codes)
    kept = np.flatnonzero(codes != 0)
    return codes.take(kept), kept.astype(np.int32)
