"""Which code points belong to a set, by one look-up each.

For the same work ``np.isin`` would sort, and load numpy.ma, which nothing else needs.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["Flags", "among", "flags"]

Flags = npt.NDArray[np.bool_]

_LAST = 0xFFFF
"""Stands for itself, which is no character, and for all beyond the basic plane."""


def flags(some: npt.NDArray[np.integer[Any]]) -> Flags:
    """Return a table of which code points of the basic plane are among some."""
    table = np.zeros(_LAST + 1, dtype=bool)
    table[some[some < _LAST]] = True
    return table


def among(codes: npt.NDArray[np.integer[Any]], table: Flags) -> Flags:
    """Return which code points the table flags, of the same shape; none beyond the basic plane."""
    found: Flags = table[np.minimum(codes, _LAST)]
    return found
