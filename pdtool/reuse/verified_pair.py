"""A pair of documents that was aligned: what the two are to each other, and where they share text."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pdtool.reuse.audit import Audited
from pdtool.reuse.differences import Differences
from pdtool.reuse.name_swaps import NameSwaps
from pdtool.reuse.relations import Measure, Relation, measure
from pdtool.text.edits import IntArray

__all__ = ["Pair", "Twin", "VerifiedPair", "identical", "ordered_pair"]

Pair = tuple[int, int]
"""The numbers of two documents ``(i, j)``; ``i < j`` where nothing else is said."""


def ordered_pair(i: int, j: int) -> Pair:
    """Return two document numbers as a pair, the smaller first.

    >>> ordered_pair(7, 2)
    (2, 7)
    """
    return (i, j) if i < j else (j, i)


@dataclass(frozen=True, slots=True, eq=False)
class VerifiedPair:
    """An aligned pair.

    Args:
        relation: What the two are to each other; ``None`` below the threshold.
        measure: How much of them is the same text.
        spans: One row per passage, in the order of a: start and end in a, start and end in b, equal
            characters; all in folded characters; shape ``(n_passages, 5)``.
        differences: What differs, where the one is a copy of the other; else ``None``.
        audited: What counts of the two, in an audit; else ``None``.
        names: What shows that one was made from the other by exchanging names; ``None`` if nothing does.
    """

    relation: Relation | None
    measure: Measure
    spans: IntArray
    differences: Differences | None = None
    audited: Audited | None = None
    names: NameSwaps | None = None

    @property
    def is_adapted(self) -> bool:
        """Whether names were exchanged throughout."""
        return self.names is not None and self.names.is_systematic

    @property
    def longest(self) -> int:
        """Folded characters of the longest passage, 0 if there is none."""
        sides = np.minimum(self.spans[:, 1] - self.spans[:, 0], self.spans[:, 3] - self.spans[:, 2])
        return int(sides.max(initial=0))

    def swapped(self) -> VerifiedPair:
        """Return the same pair with a and b exchanged."""
        spans = self.spans[:, [2, 3, 0, 1, 4]]
        m = self.measure
        order = np.lexsort((spans[:, 2], spans[:, 0]))
        return VerifiedPair(
            self.relation,
            Measure(m.containment_b, m.containment_a, m.jaccard, m.matched, m.smaller),
            spans[order],
            self.differences and self.differences.swapped(),
            self.audited and self.audited.swapped(order),
            self.names and self.names.turned(),
        )


Twin = tuple[Audited, IntArray]
"""What counts of documents that have one fold, and the passages that they are."""


def identical(size: int, twin: Twin | None = None) -> VerifiedPair:
    """Return what two documents with one fold are to each other.

    Args:
        size: Folded characters of either, at least 1.
        twin: What counts of them, in an audit; something does.
    """
    if twin is None:
        whole = np.array([[0, size, 0, size, size]], dtype=np.int32)
        return VerifiedPair(Relation.IDENTICAL, measure(size, size, size, size), whole)
    audited, spans = twin
    counts = audited.sizes[0]
    return VerifiedPair(Relation.IDENTICAL, measure(counts, counts, counts, counts), spans, audited=audited)
