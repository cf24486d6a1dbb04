"""Ends of blocks extended into what lies beyond them, as long as enough characters agree.

The drop-off rule of Altschul et al. 1990 (BLAST): an equal character scores 1, another one −1; the extension
stops where the score has fallen too far below its best, and goes back to there. All ends are extended at
once, a few characters at a time: most have stopped after the first of them.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from pdtool.reuse.passage import Positions

__all__ = ["WINDOW", "extensions_before", "extensions_behind"]

DROP = 6
"""An end is extended until it has lost this many more characters than it won."""
WINDOW = 32
"""Characters by which the ends of all blocks are extended; few run on beyond them."""
_LOOK = 8
"""Characters that are looked at at a time: whether they are equal fits into one byte."""
_AT_ONCE = 1 << 15
"""Ends that are extended at once, which bounds the memory of it."""

_Bytes = npt.NDArray[np.uint8]
_Codes = npt.NDArray[np.uint32]


def extensions_behind(a: _Codes, b: _Codes, ends: Positions, most: int | None = None) -> Positions:
    """Return by how many characters blocks are extended behind their ends.

    Args:
        a: Texts, with more characters around each than an extension may lose, which stand in no text.
        b: Others likewise; what stands around them is nothing of what stands around the first.
        ends: Where each block ends in a and in b, shape ``(2, n)``.
        most: Characters by which an end is extended, a multiple of 8; ``None``: as far as it goes.

    Returns:
        Characters of each, shape ``(n,)``; −1 where the extension goes on beyond ``most``.
    """
    return _extensions(a, b, ends, most, forward=True)


def extensions_before(a: _Codes, b: _Codes, starts: Positions, most: int | None = None) -> Positions:
    """Return likewise by how many characters blocks are extended before their starts."""
    return _extensions(a, b, starts, most, forward=False)


def _extensions(a: _Codes, b: _Codes, at: Positions, most: int | None, *, forward: bool) -> Positions:
    parts = [at[:, first : first + _AT_ONCE] for first in range(0, max(1, at.shape[1]), _AT_ONCE)]
    return np.concatenate([_extended(a, b, part, most, forward=forward) for part in parts])


def _extended(a: _Codes, b: _Codes, at: Positions, most: int | None, *, forward: bool) -> Positions:
    best, lost_then = _drop_off()
    kept = np.zeros(at.shape[1], np.int64)
    going, lost = np.arange(at.shape[1]), np.zeros(at.shape[1], np.uint8)
    seen = 0
    while len(going) and seen != most:
        here = at[:, going] + (seen if forward else -seen - _LOOK)
        equal = _windows(a, here[0]) == _windows(b, here[1])
        look = np.left_shift(lost, _LOOK, dtype=np.int64) | np.packbits(
            equal, bitorder="little" if forward else "big"
        )
        reached = best[look]
        better = np.flatnonzero(reached)
        kept[going[better]] = seen + reached[better]
        lost = lost_then[look]
        on = np.flatnonzero(lost <= DROP)
        going, lost = going[on], lost[on]
        seen += _LOOK
    kept[going] = -1
    return kept


def _windows(texts: _Codes, at: Positions) -> _Codes:
    """Return the characters of a look from each of some offsets on, shape ``(n, 8)``."""
    count, size = len(texts) - _LOOK + 1, _LOOK * texts.itemsize
    windows: npt.NDArray[np.void] = np.ndarray(count, f"V{size}", texts, strides=texts.strides)
    return windows[at].view(np.uint32).reshape(-1, _LOOK)  # copied as wholes


@cache
def _drop_off() -> tuple[Positions, _Bytes]:
    """Return the rule for a look at a time, by what was lost since the best and by which of eight are equal.

    Returns:
        How many of the eight the best run reaches over, 0 if it is none of them; and what is lost after them,
        more than :data:`DROP` where the extension stops. Both have a row of 256 for each loss.
    """
    best, lost = np.zeros((DROP + 1, 1 << _LOOK), np.int64), np.zeros((DROP + 1, 1 << _LOOK), np.uint8)
    for before in range(DROP + 1):
        for equal in range(1 << _LOOK):
            here = before
            for position in range(_LOOK):
                if not equal >> position & 1:
                    here += 1
                elif here:
                    here -= 1
                else:
                    best[before, equal] = position + 1
                if here > DROP:
                    break
            lost[before, equal] = here
    return best.ravel(), lost.ravel()
