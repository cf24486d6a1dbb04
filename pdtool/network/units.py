"""The units in which terms stand together: sentences, paragraphs, whole documents, or sliding windows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from pdtool.cooccurrence.bins import Ints, TermBins, unit_bins, window_bins
from pdtool.errors import UsageError
from pdtool.language import _
from pdtool.text.arrays import distinct
from pdtool.text.fold import fold
from pdtool.text.sentences import paragraph_ends, sentence_ends

__all__ = ["Unit", "UnitKind", "parse_unit", "term_bins"]

_WIDEST = 200
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
            _("no unit is called {name!r}", name=name),
            _("--unit sentence, paragraph, document, or window:20 (characters)"),
        )
    width = int(match[1])
    if not 2 <= width <= _WIDEST:
        raise UsageError(
            _(
                "a window of {width:,} characters cannot be used (2 to {WIDEST:,})",
                width=width,
                WIDEST=_WIDEST,
            ),
            _("--unit window:20, or --unit paragraph"),
        )
    return Unit(UnitKind.WINDOW, width)


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
        return window_bins(len(positions), first, last, terms, unit.width)
    borders = _borders(text, unit.kind)
    which = np.searchsorted(borders, starts, side="right")
    units = len(distinct(np.concatenate((np.searchsorted(borders, positions, side="right"), which))))
    return unit_bins(units, which, terms)


def _borders(text: str, kind: UnitKind) -> Ints:
    """Return where the units of a text end."""
    if kind is UnitKind.SENTENCE:
        return sentence_ends(text)
    if kind is UnitKind.PARAGRAPH:
        return paragraph_ends(text)
    return np.array([len(text)], dtype=np.int32)
