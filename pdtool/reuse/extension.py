"""Ends of blocks extended into what lies beyond them, as long as enough characters agree.

The drop-off rule of Altschul et al. 1990 (BLAST): an equal character scores 1, another one −1; the extension
stops where the score has fallen too far below its best, and goes back to there.
"""

from __future__ import annotations

import numpy as np

from pdtool.reuse.anchors import Codes
from pdtool.reuse.passage import Positions

__all__ = ["WINDOW", "extended_by", "extension_lengths"]

DROP = 6
"""An end is extended until it has lost this many more characters than it won."""
_FIRST_LOOK = 128
"""Characters by which a single block is extended before it is looked at farther."""
WINDOW = 32
"""Characters over which many blocks are extended at once; what runs on beyond them is extended by itself."""
_AT_ONCE = 4096
"""Blocks that are extended at once, which bounds the memory of it."""


def extension_lengths(
    a: Codes, b: Codes, starts: Positions, ends: Positions, beyond: Positions
) -> tuple[Positions, Positions]:
    """Return by how many characters blocks are extended before their starts and behind their ends.

    Args:
        a: One text, with a window's characters around it that stand in neither text.
        b: The other, likewise; what stands around it is nothing of what stands around the first.
        starts: Where each block begins in a and in b, shape ``(2, n)``.
        ends: Where each ends, likewise.
        beyond: What is returned for each where the extension may go on beyond the window, shape ``(n,)``.

    Returns:
        Characters before and behind, as :func:`extended_by` finds them. Each of shape ``(n,)``.
    """
    batches = range(0, max(1, starts.shape[1]), _AT_ONCE)
    some = [slice(at, at + _AT_ONCE) for at in batches]
    parts = [_extended(a, b, starts[:, part], ends[:, part], beyond[part]) for part in some]
    found = np.concatenate(parts, axis=1)
    return found[0], found[1]


def _extended(a: Codes, b: Codes, starts: Positions, ends: Positions, beyond: Positions) -> Positions:
    """Return both lengths for some blocks of two texts, shape ``(2, n)``."""
    count = starts.shape[1]
    equal = np.empty((2 * count, WINDOW), np.bool_)
    np.equal(_windows(a, starts[0] - WINDOW), _windows(b, starts[1] - WINDOW), out=equal[:count, ::-1])
    np.equal(_windows(a, ends[0]), _windows(b, ends[1]), out=equal[count:])
    score = np.where(equal, np.int8(1), np.int8(-1))
    np.cumsum(score, axis=1, out=score)
    best = np.maximum.accumulate(np.maximum(score, 0), axis=1)
    dropped = best - score > DROP
    ended = dropped.any(axis=1)
    score[np.arange(WINDOW) >= np.where(ended, dropped.argmax(axis=1), WINDOW)[:, None]] = -1
    kept = np.where(score.max(axis=1, initial=0) > 0, score.argmax(axis=1) + 1, 0).reshape(2, count)
    return np.where(ended.reshape(2, count), kept, beyond)


def _windows(filled: Codes, at: Positions) -> Codes:
    """Return the characters of a window from each of some offsets on, shape ``(n, WINDOW)``."""
    shape = len(filled) - WINDOW + 1, WINDOW
    windows: Codes = np.ndarray(shape, np.uint32, filled, strides=2 * filled.strides)
    return windows[at]


def extended_by(a: Codes, b: Codes) -> int:
    """Return by how many characters a block is extended: where the best run from both starts on ends.

    Args:
        a: What lies beyond the block in one text; reversed to extend backwards.
        b: Likewise in the other text.
    """
    size, window = min(len(a), len(b)), _FIRST_LOOK
    while True:
        kept, ended = _run_of(a[: min(size, window)].tolist(), b[: min(size, window)].tolist())
        if ended or window >= size:
            return kept
        window *= 4


def _run_of(a: list[int], b: list[int]) -> tuple[int, bool]:
    """Return how long the best run is, and whether it dropped off."""
    score = best = kept = 0
    for position, (left, right) in enumerate(zip(a, b, strict=True)):
        score += 1 if left == right else -1
        if score > best:
            best, kept = score, position + 1
        elif best - score > DROP:
            return kept, True
    return kept, False
