"""Which characters are Han: one definition for each meaning the word has here, with its name.

===================== ==================================================================================
:func:`is_han`        what running text is written in: the ideographs of planes 0, 2 and 3, and 〇
:data:`NAMES`         the block that names, labels and headings are written in, without rare characters
:func:`is_ideograph`  what Unicode calls an ideograph, compatibility forms among them
:data:`SEGMENTED`     what jieba cuts as Han text
===================== ==================================================================================
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from pdtool.text.code_points import Codes

__all__ = [
    "HAN",
    "HAN_BLOCKS",
    "HAN_ZERO",
    "NAMES",
    "SEGMENTED",
    "han_mask",
    "is_han",
    "is_ideograph",
    "is_segmented",
]

HAN_BLOCKS: Final = ((0x3400, 0x9FFF), (0x20000, 0x323AF))
"""First and last code points of the blocks: extension A and the basic block with the hexagrams between them,
then the extensions B to H with the compatibility supplement between them."""
HAN_ZERO: Final = 0x3007
"""The digit 〇, which Unicode has among the punctuation, and which running text has as a character."""
HAN: Final = "\u3400-\u9fff〇\U00020000-\U000323af"
"""The characters of :func:`is_han` as the inside of a regular expression's set."""

NAMES: Final = "\u4e00-\u9fff"
"""The basic block as the inside of a regular expression's set: names and labels have no other characters."""

_IDEOGRAPHS: Final = (
    range(0x3400, 0x4DC0),
    range(0x4E00, 0xA000),
    range(0xF900, 0xFB00),
    range(0x20000, 0x323B0),
)
"""Code points of ideographs, without the hexagrams and with the compatibility block."""

SEGMENTED: Final = range(0x4E00, 0x9FD6)
"""Code points that jieba 0.42 and its Rust implementation both cut as Han text."""


def is_han(character: str) -> bool:
    """Return whether a character is one that Chinese running text is written in.

    >>> is_han("党"), is_han("〇"), is_han("𠮷"), is_han("A")
    (True, True, True, False)
    """
    return "\u3400" <= character <= "\u9fff" or "\U00020000" <= character <= "\U000323af" or character == "〇"


def han_mask(codes: Codes) -> npt.NDArray[np.bool_]:
    """Return for each code point whether :func:`is_han` holds of its character, in the shape of ``codes``.

    >>> import numpy as np
    >>> han_mask(np.array([0x515A, 0x41, 0x3007], dtype=np.uint32)).tolist()
    [True, False, True]
    """
    found: npt.NDArray[np.bool_] = codes == HAN_ZERO
    for first, last in HAN_BLOCKS:
        found |= (codes >= first) & (codes <= last)
    return found


def is_ideograph(character: str) -> bool:
    r"""Return whether Unicode calls a character an ideograph, be it for compatibility only.

    >>> is_ideograph("党"), is_ideograph("\uf900"), is_ideograph("〇"), is_ideograph("䷀")
    (True, True, False, False)
    """
    return any(ord(character) in span for span in _IDEOGRAPHS)


def is_segmented(term: str) -> bool:
    """Return whether a term consists of characters that the segmenters cut, and of nothing else.

    >>> is_segmented("党建引领"), is_segmented("5G"), is_segmented("")
    (True, False, False)
    """
    return bool(term) and ord(min(term)) in SEGMENTED and ord(max(term)) in SEGMENTED
