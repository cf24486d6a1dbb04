"""Stretches of a text as numbers: equal strings have equal numbers, in whatever text they stand."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from pdtool.text.code_points import code_points

__all__ = ["KeyArray", "string_keys"]

KeyArray = npt.NDArray[np.uint64]
IntArray = npt.NDArray[np.integer[Any]]

_BASE = 0x9E3779B97F4A7C15
_INVERSE = pow(_BASE, -1, 1 << 64)
_FEWEST_BITS = 16
"""Powers for texts of up to 65,535 characters are made once; most documents are no longer."""


def string_keys(text: str, starts: IntArray, ends: IntArray) -> KeyArray:
    """Return a 64-bit number for each half-open span, equal where the strings are equal.

    A polynomial over the code points modulo 2**64, from prefix sums: no string is made.

    >>> import numpy as np
    >>> first, again, other = string_keys("党建,党建,建党", np.array([0, 3, 6]), np.array([2, 5, 8])).tolist()
    >>> first == again, first == other
    (True, False)
    """
    codes = code_points(text).astype(np.uint64)
    powers, inverses = _powers(max(_FEWEST_BITS, (len(codes) + 1).bit_length()))
    sums = np.zeros(len(codes) + 1, dtype=np.uint64)
    np.cumsum(codes * powers[: len(codes)], out=sums[1:])
    keys: KeyArray = (sums[ends] - sums[starts]) * inverses[starts]
    return keys


@lru_cache(maxsize=2)
def _powers(bits: int) -> tuple[KeyArray, KeyArray]:
    """Return the first ``2**bits`` powers of the base, and of its inverse."""
    powers = np.full(1 << bits, _BASE, dtype=np.uint64)
    inverses = np.full(1 << bits, _INVERSE, dtype=np.uint64)
    powers[0] = inverses[0] = 1
    return np.cumprod(powers), np.cumprod(inverses)
