"""What a perfect tool would say about two texts, from the origins of their characters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

import numpy as np
import numpy.typing as npt

from pdtool.text.fold import fold
from tests.damage.tracked import NOWHERE, Tracked

__all__ = ["Expected", "TracedFold", "Truth", "compare", "trace"]

MIN_PASSAGE = 30
GAP = 20
"""Folded characters that may be missing or foreign at a place inside one passage."""
THRESHOLD = 0.5
COPY = 0.8
PAIR_MARGIN = 0.05
"""Nearer to the threshold than this, either answer is right."""
RELATION_MARGIN = 0.07
"""Nearer than this to a boundary between relations, either word is right."""

IntArray = npt.NDArray[np.int64]


class Expected(Enum):
    """Whether a pair must be listed."""

    YES = "yes"
    NO = "no"
    EITHER = "either"


@dataclass(frozen=True, slots=True, eq=False)
class TracedFold:
    """The folded characters of a tracked text, dirt left out.

    Args:
        codes: Folded code points, shape ``(n,)``.
        origins: Where each came from, shape ``(n,)``.
        dirty: Folded characters when the dirt is counted too.
    """

    codes: npt.NDArray[np.uint32]
    origins: IntArray
    dirty: int

    def __len__(self) -> int:
        return len(self.codes)


def trace(tracked: Tracked) -> TracedFold:
    """Fold a tracked text."""
    folded = fold(tracked.text)
    content = ~tracked.dirt[folded.positions]
    return TracedFold(folded.codes[content], tracked.origins[folded.positions][content], len(folded.codes))


@dataclass(frozen=True, slots=True)
class Truth:
    """How two texts relate by construction.

    Args:
        containment_a: Share of a's folded characters that are equal in b, inside passages.
        containment_b: Likewise of b.
        dirty_a: The same share if a's dirt counts as content: what a tool that leaves unknown furniture
            standing may say.
        dirty_b: Likewise of b.
        strict_a: The share of a's folded characters that are equal in b, inside passages whose parts stand in
            one order: what a tool that does not look for reordering may say.
        strict_b: Likewise of b.
        loose_a: The share of a's folded characters that are equal in b, in passages or not: what a tool
            that follows shorter stretches may say.
        loose_b: Likewise of b.
        identical: Whether the folds are equal (and not empty).
        a_is_smaller: Whether a has fewer folded characters; ``None`` when dirt decides it.
    """

    containment_a: float
    containment_b: float
    dirty_a: float
    dirty_b: float
    strict_a: float
    strict_b: float
    loose_a: float
    loose_b: float
    identical: bool
    a_is_smaller: bool | None

    def _views(self) -> list[tuple[float, float]]:
        """``(containment of the smaller, of the larger)`` under every reading of what counts."""
        clean, dirty = (self.containment_a, self.containment_b), (self.dirty_a, self.dirty_b)
        mixed = (self.containment_a, self.dirty_b), (self.dirty_a, self.containment_b)
        loose = self.loose_a, self.loose_b
        strict = self.strict_a, self.strict_b
        sides = [True, False] if self.a_is_smaller is None else [self.a_is_smaller]
        return [
            (a, b) if first else (b, a) for a, b in (clean, dirty, strict, loose, *mixed) for first in sides
        ]

    @property
    def expected(self) -> Expected:
        """Whether the pair must be listed at the default threshold."""
        if self.identical:
            return Expected.YES
        smaller = [small for small, _ in self._views()]
        if min(smaller) >= THRESHOLD + PAIR_MARGIN:
            return Expected.YES
        return Expected.NO if max(smaller) < THRESHOLD - PAIR_MARGIN else Expected.EITHER

    @property
    def relations(self) -> frozenset[str]:
        """Every relation word that is right, given the margins; ``""`` stands for no row."""
        if self.identical:
            return frozenset({"identical"})
        words = set()
        for small, large in self._views():
            for slack in (-RELATION_MARGIN, 0.0, RELATION_MARGIN):
                words |= {_relation(small + slack, large + other) for other in (-slack, 0.0, slack)}
        return frozenset(
            words | {"identical"} if min(self.containment_a, self.containment_b) > 0.99 else words
        )


def _relation(smaller: float, larger: float) -> str:
    if smaller >= COPY:
        return "same" if larger >= COPY else "contained"
    return "overlap" if smaller >= THRESHOLD else ""


def _equals(a: TracedFold, b: TracedFold) -> tuple[IntArray, IntArray]:
    """Return the places in a, ascending, and in b of the characters that are the same and equal."""
    order = np.argsort(b.origins, kind="stable")
    found = np.searchsorted(b.origins[order], a.origins)
    places = order[np.minimum(found, len(order) - 1)]
    same = (b.origins[places] == a.origins) & (b.codes[places] == a.codes) & (a.origins != NOWHERE)
    return np.flatnonzero(same), places[same]


def _in_passages(in_a: IntArray, in_b: IntArray) -> npt.NDArray[np.bool_]:
    """Tell which equal characters, in the order of a, stand in a stretch long enough on both sides."""
    return _in_long_stretches(in_a) & _in_long_stretches(in_b)


def _in_long_stretches(places: IntArray) -> npt.NDArray[np.bool_]:
    order = np.argsort(places, kind="stable")
    ordered = places[order]
    breaks = np.flatnonzero(np.diff(ordered) > GAP) + 1
    starts, ends = np.concatenate(([0], breaks)), np.concatenate((breaks, [len(ordered)]))
    long = ordered[ends - 1] - ordered[starts] + 1 >= MIN_PASSAGE
    inside = np.empty(len(places), np.bool_)
    inside[order] = np.repeat(long, ends - starts)
    return inside


def _in_order(in_a: IntArray, in_b: IntArray) -> npt.NDArray[np.bool_]:
    """Tell likewise of stretches whose parts stand in one order."""
    step_a, step_b = np.diff(in_a), np.diff(in_b)
    breaks = np.flatnonzero((step_a > GAP) | (step_b <= 0) | (step_b > GAP)) + 1
    starts, ends = np.concatenate(([0], breaks)), np.concatenate((breaks, [len(in_a)]))
    spans = np.minimum(in_a[ends - 1] - in_a[starts], in_b[ends - 1] - in_b[starts]) + 1
    return np.repeat(spans >= MIN_PASSAGE, ends - starts)


def _shares(a: TracedFold, b: TracedFold, chosen: _Choice) -> tuple[int, int]:
    """Count the characters of a and of b that match in chosen stretches, read along a or along b."""
    if not len(a) or not len(b):
        return 0, 0
    here, there = _equals(a, b), _equals(b, a)
    if not len(here[0]) or not len(there[0]):
        return 0, 0
    along_a, along_b = chosen(*here), chosen(*there)
    in_a = np.union1d(here[0][along_a], there[1][along_b])
    in_b = np.union1d(there[0][along_b], here[1][along_a])
    return len(in_a), len(in_b)


_Choice = Callable[[IntArray, IntArray], npt.NDArray[np.bool_]]


def _anywhere(in_a: IntArray, _in_b: IntArray) -> npt.NDArray[np.bool_]:
    return np.ones(len(in_a), np.bool_)


def compare(a: TracedFold, b: TracedFold) -> Truth:
    """Return the truth about two texts.

    A passage is a stretch of at least 30 folded characters of both texts in which at most 20 characters at
    a time are missing or foreign; its parts may stand in another order.
    """
    (in_a, in_b), (strict_a, strict_b), (any_a, any_b) = (
        _shares(a, b, choice) for choice in (_in_passages, _in_order, _anywhere)
    )
    identical = len(a) > 0 and np.array_equal(a.codes, b.codes)
    if identical:
        in_a, in_b = strict_a, strict_b = any_a, any_b = len(a), len(b)
    clean_says, dirty_says = len(a) <= len(b), a.dirty <= b.dirty
    return Truth(
        containment_a=in_a / max(1, len(a)),
        containment_b=in_b / max(1, len(b)),
        dirty_a=in_a / max(1, a.dirty),
        dirty_b=in_b / max(1, b.dirty),
        strict_a=strict_a / max(1, len(a)),
        strict_b=strict_b / max(1, len(b)),
        loose_a=any_a / max(1, len(a)),
        loose_b=any_b / max(1, len(b)),
        identical=identical and a.dirty == len(a) and b.dirty == len(b),
        a_is_smaller=clean_says if clean_says == dirty_says else None,
    )
