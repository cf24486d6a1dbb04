"""From how much of each document matches to the word for it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

__all__ = ["COPY", "Measure", "Relation", "measure", "relation_of"]

COPY = 0.8
"""A document of which at least this share stands in another one is a copy of it, or a part."""


class Relation(Enum):
    """How two documents relate, strongest first."""

    IDENTICAL = "identical"
    SAME = "same"
    CONTAINED = "contained"
    OVERLAP = "overlap"


@dataclass(frozen=True, slots=True)
class Measure:
    """How much of two documents is the same text.

    Args:
        containment_a: Share of a's folded characters that match equally inside passages, 0 to 1.
        containment_b: Likewise of b.
        jaccard: Matched ÷ (a + b − matched), 0 to 1.
        matched: Characters that match, counted on the smaller document.
        smaller: Containment of the smaller document, 0 to 1.
    """

    containment_a: float
    containment_b: float
    jaccard: float
    matched: int
    smaller: float


def measure(size_a: int, size_b: int, matched_a: int, matched_b: int) -> Measure:
    """Measure a pair.

    Args:
        size_a: Folded characters of a, at least 1.
        size_b: Likewise of b.
        matched_a: How many of a's match equally inside passages.
        matched_b: Likewise of b.

    >>> measure(1000, 400, 390, 392)
    Measure(containment_a=0.39, containment_b=0.98, jaccard=0.3888888888888889, matched=392, smaller=0.98)
    """
    containment_a, containment_b = matched_a / size_a, matched_b / size_b
    # Of two documents of one length, the one that is held more decides.
    a_is_smaller = (size_a, -containment_a) <= (size_b, -containment_b)
    matched = matched_a if a_is_smaller else matched_b
    return Measure(
        containment_a,
        containment_b,
        jaccard=matched / (size_a + size_b - matched),
        matched=matched,
        smaller=containment_a if a_is_smaller else containment_b,
    )


def relation_of(pair: Measure, threshold: float = 0.5) -> Relation | None:
    """Name the relation of two documents whose folds differ.

    Args:
        pair: Their measure.
        threshold: Least containment of the smaller document for a relation at all, 0 to 1.

    >>> relation_of(Measure(0.39, 0.98, 0.388, 392, 0.98)).value
    'contained'
    >>> relation_of(Measure(0.3, 0.45, 0.2, 180, 0.45)) is None
    True
    """
    if pair.smaller < threshold or not pair.matched:
        return None
    if min(pair.containment_a, pair.containment_b) >= COPY:
        return Relation.SAME
    return Relation.CONTAINED if pair.smaller >= COPY else Relation.OVERLAP
