"""Sets of terms that stand together in units of a text, each with how many units it stands for.

A sentence that holds a term is a bin of weight 1. Sliding windows are far too many to be listed, but a window
gains or loses a term at few places only: all windows between two such places hold the same terms, and are one
bin that weighs as many.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from pdtool.text.arrays import distinct, ragged_ranges, runs

__all__ = ["Ints", "TermBins", "unit_bins", "window_bins"]

Ints = npt.NDArray[Any]
"""Whole numbers of any width."""


@dataclass(frozen=True, slots=True)
class TermBins:
    """The terms that stand together in the units of a document, packed to be sent from a worker.

    Args:
        units: How many units the document has.
        terms: The terms of each bin, ascending, bin after bin, as 32-bit integers.
        sizes: How many terms each bin holds, none 0, as 32-bit integers.
        weights: How many units each bin stands for, as 32-bit integers.
    """

    units: int
    terms: bytes = b""
    sizes: bytes = b""
    weights: bytes = b""


def unit_bins(units: int, which: Ints, terms: Ints) -> TermBins:
    """Return a bin for each unit that holds a term.

    Args:
        units: How many units there are.
        which: The unit of each occurrence, shape ``(n,)``.
        terms: Its term.
    """
    _, held, sizes = _bins(which, terms)
    return _packed(units, held, sizes, np.ones(len(sizes)))


def _bins(which: Ints, terms: Ints) -> tuple[Ints, Ints, Ints]:
    """Return the bins that hold a term, the terms of each, once and ascending, and how many these are."""
    many = int(terms.max(initial=0)) + 1
    pairs = distinct(which.astype(np.int64) * many + terms)
    which = pairs // many
    firsts, sizes = runs(which)
    return which[firsts], pairs % many, sizes


def window_bins(length: int, first: Ints, last: Ints, terms: Ints, width: int) -> TermBins:
    """Return the bins of all windows of a text; one that is shorter than a window is one window.

    Args:
        length: How many places the text has: characters or words, as the caller counts.
        first: The first place of each occurrence, shape ``(n,)``.
        last: The one behind its last.
        terms: Its term.
        width: Places of a window.
    """
    width = min(width, length)
    windows = length - width + 1 if length else 0
    # The windows that hold an occurrence begin from `low` on, and before `high`.
    low, high = np.maximum(last - width, 0), np.minimum(first + 1, windows)
    fits = low < high
    low, high, terms = low[fits], high[fits], terms[fits]
    edges = distinct(np.concatenate((low, high)))
    begin, end = np.searchsorted(edges, low), np.searchsorted(edges, high)
    bins = ragged_ranges(begin, end - begin)
    which, held, sizes = _bins(bins, np.repeat(terms, end - begin))
    return _packed(windows, held, sizes, np.diff(edges, append=0)[which])


def _packed(units: int, terms: Ints, sizes: Ints, weights: Ints) -> TermBins:
    return TermBins(units, *(array.astype(np.int32).tobytes() for array in (terms, sizes, weights)))
