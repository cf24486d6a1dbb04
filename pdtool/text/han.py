"""Which characters are Han: in all blocks of Unicode, not only those that a segmenter knows.

What the segmenters cut as Han text is a smaller range (:mod:`pdtool.segment.han_runs`).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

__all__ = ["HAN_BLOCKS", "HAN_ZERO", "han_mask"]

HAN_BLOCKS = ((0x3400, 0x9FFF), (0x20000, 0x323AF))
"""First and last code points: extension A and the basic block with the hexagrams between them, then
extensions B to H with the compatibility supplement between them."""
HAN_ZERO = 0x3007
"""〇, a Han character outside the blocks."""


def han_mask(codes: npt.NDArray[np.uint32]) -> npt.NDArray[np.bool_]:
    """Return which code points are Han characters, those of the extensions included.

    Args:
        codes: Code points, shape ``(n,)``.

    Returns:
        A mask of shape ``(n,)``.

    >>> han_mask(np.array([ord(character) for character in "党〇𠀀a,"], np.uint32)).tolist()
    [True, True, True, False, False]
    """
    found: npt.NDArray[np.bool_] = codes == HAN_ZERO
    for first, last in HAN_BLOCKS:
        found |= (codes >= first) & (codes <= last)
    return found
