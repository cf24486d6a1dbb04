"""Ends of blocks extended into what lies beyond them, as long as enough characters agree.

The drop-off rule of Altschul et al. 1990 (BLAST): an equal character scores 1, another one −1; the extension
stops where the score has fallen too far below its best, and goes back to there.
"""

from __future__ import annotations

import numpy as np

from pdtool.reuse.anchors import Codes
from pdtool.reuse.passage import Positions

__all__ = ["extend", "extension_lengths"]

DROP = 6
"""An end is extended until it has lost this many more characters than it won."""
_FIRST_LOOK = 32
"""Characters by which a single block is extended before it is looked at farther."""
_WINDOW = 32
"""Characters over which many blocks are extended at once; what runs on beyond them is extended by itself."""
_FILLER = 2**32 - 1
"""What stands for characters beyond a text; it and the one below are no code points."""
_AT_ONCE = 4096
"""Blocks that are extended at once, which bounds the memory of it."""


def extension_lengths(a: Codes, b: Codes, starts: Positions, ends: Positions) -> tuple[Positions, Positions]:
    """Return by how many characters blocks are extended before their starts and behind their ends.

    Args:
        a: One text.
        b: The other.
        starts: Where each block begins in a and in b, shape ``(2, n)``.
        ends: Where each ends, likewise.

    Returns:
        Characters before and behind, as :func:`extend` finds them; the length of the longer text where the
        extension may go on beyond the window. Each of shape ``(n,)``.
    """
    # Beyond either text nothing is equal, for the two are filled up with different codes.
    around = _filled(a, _FILLER), _filled(b, _FILLER - 1)
    batches = range(0, max(1, starts.shape[1]), _AT_ONCE)
    parts = [_extended(*around, starts[:, at : at + _AT_ONCE], ends[:, at : at + _AT_ONCE]) for at in batches]
    found = np.concatenate(parts, axis=1)
    return found[0], found[1]


def _extended(a: Codes, b: Codes, starts: Positions, ends: Positions) -> Positions:
    """Return both lengths for some blocks of two texts that are filled up, shape ``(2, n)``."""
    count = starts.shape[1]
    equal = np.empty((2 * count, _WINDOW), np.bool_)
    np.equal(_windows(a, starts[0]), _windows(b, starts[1]), out=equal[:count, ::-1])
    np.equal(_windows(a, ends[0] + _WINDOW), _windows(b, ends[1] + _WINDOW), out=equal[count:])
    score = np.where(equal, np.int8(1), np.int8(-1))
    np.cumsum(score, axis=1, out=score)
    best = np.maximum.accumulate(np.maximum(score, 0), axis=1)
    dropped = best - score > DROP
    ended = dropped.any(axis=1)
    score[np.arange(_WINDOW) >= np.where(ended, dropped.argmax(axis=1), _WINDOW)[:, None]] = -1
    kept = np.where(score.max(axis=1, initial=0) > 0, score.argmax(axis=1) + 1, 0)
    return np.where(ended, kept, max(len(a), len(b)) - 2 * _WINDOW).reshape(2, count)


def _filled(text: Codes, filler: int) -> Codes:
    """Return a text with a window's characters that stand in neither text on either side."""
    filled = np.full(len(text) + 2 * _WINDOW, filler, np.uint32)
    filled[_WINDOW:-_WINDOW] = text
    return filled


def _windows(filled: Codes, at: Positions) -> Codes:
    """Return the characters of a window from each of some offsets on, shape ``(n, _WINDOW)``."""
    shape = len(filled) - _WINDOW + 1, _WINDOW
    windows: Codes = np.ndarray(shape, np.uint32, filled, strides=2 * filled.strides)
    return windows[at]


def extend(a: Codes, b: Codes) -> Positions:
    """Return the equal positions of the best run from the start of both texts on.

    Args:
        a: What lies beyond a block in one text; reversed to extend backwards.
        b: Likewise in the other text.

    Returns:
        Offsets from the start, ascending; they are the same in both.
    """
    size, window = min(len(a), len(b)), _FIRST_LOOK
    while True:
        equal, kept, ended = _run_of(a[: min(size, window)].tolist(), b[: min(size, window)].tolist())
        if ended or window >= size:
            return np.array(equal[:kept], np.int64)
        window *= 4


def _run_of(a: list[int], b: list[int]) -> tuple[list[int], int, bool]:
    """Return the equal positions, how many of them the best run has, and whether it dropped off.

    One by one: most runs end within ten characters, before arrays would have been made.
    """
    equal: list[int] = []
    score = best = kept = 0
    for position, (left, right) in enumerate(zip(a, b, strict=True)):
        if left == right:
            score += 1
            equal.append(position)
            if score > best:
                best, kept = score, len(equal)
        else:
            score -= 1
            if best - score > DROP:
                return equal, kept, True
    return equal, kept, False
