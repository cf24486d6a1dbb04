"""Character n-grams of a folded text as 64-bit hashes, computed over whole arrays."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from pdtool.text.arrays import distinct

__all__ = ["SHINGLE", "HashArray", "bottom_sketch", "mix", "shingle_hashes"]

HashArray = npt.NDArray[np.uint64]

SHINGLE = 5
"""Characters of a shingle: long enough that Chinese texts on one subject share few of them by chance."""

_ONE = np.uint64(0x9E3779B97F4A7C15)
"""The odd constant that a character is multiplied by before the next one is added.

Multiplied by different constants, equal characters weigh differently at different offsets."""
_TWO = np.uint64(0xC2B2AE3D27D4EB4F)
"""The odd constant that a pair of characters is multiplied by before the next pair is added."""
_FOUR = np.uint64(0xD6E8FEB86659FD93)
"""The odd constant that four characters are multiplied by before the fifth is added."""

_GREATEST = 2**64 - 1
"""The greatest hash."""
_STRETCH = 1 << 16
"""Windows hashed at a time: the arrays between characters and hashes stay in the processor's cache."""


def mix(values: HashArray) -> HashArray:
    """Spread the bits of 64-bit values evenly, in place (the finaliser of SplitMix64, Steele et al. 2014)."""
    values ^= values >> np.uint64(30)
    values *= np.uint64(0xBF58476D1CE4E5B9)
    values ^= values >> np.uint64(27)
    values *= np.uint64(0x94D049BB133111EB)
    values ^= values >> np.uint64(31)
    return values


def shingle_hashes(codes: npt.NDArray[np.uint32]) -> HashArray:
    """Hash every window of :data:`SHINGLE` folded characters.

    Args:
        codes: Folded code points, shape ``(n,)``.

    Returns:
        Hashes of shape ``(max(0, n - SHINGLE + 1),)``, uniform over 64 bits, in the order of the text.
    """
    hashes = np.empty(max(0, len(codes) - SHINGLE + 1), dtype=np.uint64)
    if 0 < len(hashes) <= _STRETCH:  # most texts
        return _hashed(codes)
    for start in range(0, len(hashes), _STRETCH):
        stop = min(start + _STRETCH, len(hashes))
        hashes[start:stop] = _hashed(codes[start : stop + SHINGLE - 1])
    return hashes


def _hashed(codes: npt.NDArray[np.uint32]) -> HashArray:
    characters = codes.astype(np.uint64)
    pairs = characters[:-1] * _ONE
    pairs += characters[1:]
    fours = pairs[:-2] * _TWO
    fours += pairs[2:]
    fives = fours[:-1] * _FOUR
    fives += characters[4:]
    return mix(fives)


def bottom_sketch(hashes: HashArray, size: int = 64) -> HashArray:
    """Return the ``size`` smallest distinct hashes, ascending (a bottom-k sketch, Broder 1997).

    Two texts' bottom sketches overlap about as much as their shingle sets do.
    """
    # Hashes are uniform: four times as many are expected below this, enough even where some repeat.
    few = hashes[hashes <= _GREATEST // (len(hashes) // (4 * size))] if len(hashes) > 8 * size else hashes
    lowest = distinct(few)[:size]
    return lowest if len(lowest) == size or few is hashes else distinct(hashes)[:size]
