"""The units in which terms stand together: sentences, paragraphs, whole documents, or sliding windows.

What is found in a document is a list of *bins*, sets of terms with a weight. A sentence that holds a term
is a bin of weight 1. Windows are far too many to be listed, but a window gains or loses a term at few
places only: all windows between two such places hold the same terms, and are one bin that weighs as many.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from pdtool.errors import UsageError
from pdtool.text.arrays import ragged_ranges
from pdtool.text.fold import fold
from pdtool.text.sentences import paragraph_ends, sentence_ends

__all__ = ["TermBins", "Unit", "UnitKind", "parse_unit", "term_bins"]

Ints = npt.NDArray[Any]
"""Whole numbers of any width."""

_WIDEST = 1_000
"""Characters of a window: a wider one holds what a paragraph holds."""


class UnitKind(StrEnum):
    """What a unit is."""

    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    DOCUMENT = "document"
    WINDOW = "window"


@dataclass(frozen=True, slots=True)
class Unit:
    """In what terms must stand to stand together.

    Args:
        kind: What it is.
        width: Of a window: how many folded characters (letters, digits and Han) it holds.
    """

    kind: UnitKind = UnitKind.SENTENCE
    width: int = 0

    def __str__(self) -> str:
        return f"{self.kind}:{self.width}" if self.kind is UnitKind.WINDOW else str(self.kind)


def parse_unit(name: str) -> Unit:
    """Return the unit of a name.

    Args:
        name: ``sentence``, ``paragraph``, ``document`` or ``window:N``.

    Raises:
        UsageError: If it is none of these.

    >>> parse_unit("window:20")
    Unit(kind=<UnitKind.WINDOW: 'window'>, width=20)
    """
    plain = {kind.value: Unit(kind) for kind in UnitKind if kind is not UnitKind.WINDOW}
    if name in plain:
        return plain[name]
    match = re.fullmatch(r"window:([0-9]{1,9})", name)
    if match is None:
        raise UsageError(
            f"no unit is called {name!r}", "--unit sentence, paragraph, document, or window:20 (characters)"
        )
    width = int(match[1])
    if not 2 <= width <= _WIDEST:
        raise UsageError(
            f"a window of {width:,} characters cannot be used (2 to {_WIDEST:,})",
            "--unit window:20, or --unit paragraph",
        )
    return Unit(UnitKind.WINDOW, width)


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


def term_bins(text: str, matches: Sequence[tuple[int, int, int]], unit: Unit) -> TermBins:
    """Return which terms stand together in a text.

    Args:
        text: The body of a document.
        matches: ``(start, end, term)`` of each occurrence, in any order.
        unit: What counts as together.

    Returns:
        The bins. What has neither a term nor a letter, digit or Han character is no unit.
    """
    positions = fold(text).positions
    found = np.array(matches, dtype=np.int64).reshape(-1, 3)
    starts, ends, terms = found[:, 0], found[:, 1], found[:, 2]
    if unit.kind is UnitKind.WINDOW:
        first, last = np.searchsorted(positions, starts), np.searchsorted(positions, ends)
        return _window_bins(len(positions), first, last, terms, unit.width)
    borders = _borders(text, unit.kind)
    which = np.searchsorted(borders, starts, side="right")
    units = len(np.union1d(np.searchsorted(borders, positions, side="right"), which))
    return _unit_bins(units, which, terms)


def _borders(text: str, kind: UnitKind) -> Ints:
    """Return where the units of a text end."""
    if kind is UnitKind.SENTENCE:
        return sentence_ends(text)
    if kind is UnitKind.PARAGRAPH:
        return paragraph_ends(text)
    return np.array([len(text)], dtype=np.int32)


def _unit_bins(units: int, which: Ints, terms: Ints) -> TermBins:
    """Return a bin for each unit that holds a term.

    Args:
        units: How many units there are.
        which: The unit of each occurrence, shape ``(n,)``.
        terms: Its term.
    """
    pairs = np.unique(np.stack((which, terms)), axis=1)
    _, sizes = np.unique(pairs[0], return_counts=True)
    return _packed(units, pairs[1], sizes, np.ones(len(sizes)))


def _window_bins(length: int, first: Ints, last: Ints, terms: Ints, width: int) -> TermBins:
    """Return the bins of all windows of a text; one that is shorter than a window is one window.

    Args:
        length: Folded characters of the text.
        first: The first folded character of each occurrence.
        last: The one behind its last.
        terms: Its term.
        width: Folded characters of a window.
    """
    width = min(width, length)
    windows = length - width + 1 if length else 0
    # The windows that hold an occurrence begin from `low` on, and before `high`.
    low, high = np.maximum(last - width, 0), np.minimum(first + 1, windows)
    held = low < high
    low, high, terms = low[held], high[held], terms[held]
    edges = np.unique(np.concatenate((low, high)))
    begin, end = np.searchsorted(edges, low), np.searchsorted(edges, high)
    bins = ragged_ranges(begin, end - begin)
    pairs = np.unique(np.stack((bins, np.repeat(terms, end - begin))), axis=1)
    which, sizes = np.unique(pairs[0], return_counts=True)
    return _packed(windows, pairs[1], sizes, np.diff(edges, append=0)[which])


def _packed(units: int, terms: Ints, sizes: Ints, weights: Ints) -> TermBins:
    return TermBins(units, *(array.astype(np.int32).tobytes() for array in (terms, sizes, weights)))
