"""A text as labels are looked for in it: Simplified characters and narrow figures, each in its place."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from pdtool.text.code_points import CODE_POINTS, code_points, decode
from pdtool.text.fold import fold_table

__all__ = ["LAST_VIEWED", "reading_view"]

_FIRST_PLANE = 0x10000
LAST_VIEWED = chr(_FIRST_PLANE - 1)
"""The last character that may be viewed as another one."""
_SIGNS = "-－﹣−–.．﹒%％﹪‰"
"""Signs that the fold keeps within figures, each in one form; here they stay as they are written."""


@cache
def _table() -> npt.NDArray[np.uint32]:
    """Return what each code point is read as; signs stay as they are, and so does all but the first plane."""
    every = np.arange(CODE_POINTS, dtype=np.uint32)
    own = every[:_FIRST_PLANE]
    folded = fold_table(_FIRST_PLANE)
    letters = (folded != 0) & (folded < CODE_POINTS)
    letters[[ord(sign) for sign in _SIGNS]] = False
    every[:_FIRST_PLANE] = np.where(letters, folded, own)
    return every


def reading_view(text: str) -> str:
    """Return a text of the same length in which variants are merged and nothing else is changed.

    >>> reading_view("發布日期：２０２１-03")
    '发布日期：2021-03'
    """
    codes = code_points(text)
    read = _table().take(codes)
    return text if (read == codes).all() else decode(read)
