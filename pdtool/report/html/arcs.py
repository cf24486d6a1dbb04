"""Names under one another, joined by arcs: the layout of drawings in which names never overlap."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp

__all__ = ["GAP", "ROW", "arc_path", "bend", "heights"]

ROW = 22.0
"""Pixels from a name to the next."""
GAP = 12.0
"""Pixels between groups."""
_TOP = 10.0
_WIDEST = 170.0
"""Pixels that the longest arc may reach out."""


def heights(count: int, gaps: Sequence[int]) -> list[float]:
    """Return how far down each name stands.

    Args:
        count: How many names there are.
        gaps: The places at which another group begins.
    """
    return [_TOP + ROW * (row + 0.5) + GAP * sum(gap <= row for gap in gaps) for row in range(count)]


def bend(first: float, second: float) -> float:
    """Return how far an arc reaches out: half a circle where it is short, less where it is long."""
    return round(_WIDEST * (1 - exp(-abs(second - first) / (2 * _WIDEST))), 1)


def arc_path(x: float, start: float, end: float, reach: float, tip: float) -> str:
    """Return the path of an arc to the left of the names.

    Args:
        x: Where it begins.
        start: How far down it begins.
        end: How far down it ends.
        reach: How far it reaches out.
        tip: Where it ends.
    """
    sweep, tall = int(end < start), abs(end - start) / 2
    return f"M{x:g} {start:g}A{reach:g} {tall:g} 0 0 {sweep} {tip:g} {end:g}"
