"""The fold: what two texts are compared by, never what is shown.

Han characters, letters and digits only, lower case, full-width and compatibility forms and
Traditional/Simplified variants merged. One table look-up a character.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from pdtool.normalise.edits import IntArray, code_points
from pdtool.normalise.opencc_data import read_characters

__all__ = ["Folded", "fold", "fold_table"]

_PLANES = 0x110000
_FOLDED_PLANES = 0x20000
"""Below this every code point is asked what it is; above are Han (planes 2 and 3) and nothing else."""
_LAST_HAN = 0x323B0
_STABLE = range(0x3400, 0xD7A4)
"""Han, Yi and Hangul, most of the plane: without case or compatible forms, so they are not looked up."""


@dataclass(frozen=True, slots=True, eq=False)
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


def _compatible(character: str) -> int:
    merged = unicodedata.normalize("NFKC", character).lower()[0]
    return ord(merged) if merged.isalnum() else ord(character)


@cache
def fold_table() -> npt.NDArray[np.uint32]:
    """Return the table from code point to folded code point, 0 for what is dropped; shape ``(0x110000,)``."""
    table = np.zeros(_PLANES, dtype=np.uint32)
    table[_FOLDED_PLANES:_LAST_HAN] = np.arange(_FOLDED_PLANES, _LAST_HAN, dtype=np.uint32)
    for code in range(_FOLDED_PLANES):
        if chr(code).isalnum():
            table[code] = code if code in _STABLE else _compatible(chr(code))
    for variant, plain in read_characters().items():
        table[ord(variant)] = ord(plain)
    # A variant may lead to another one (compatibility ideograph → Traditional → Simplified).
    table = table[table]
    table.flags.writeable = False
    return table


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
    codes = fold_table()[code_points(text)]
    positions = np.flatnonzero(codes).astype(np.int32)
    return Folded(codes[positions], positions)
