"""Weights of terms, as they are written."""

from __future__ import annotations

import math

from pdtool.language import _

__all__ = ["parse_weight"]


def parse_weight(text: str) -> float:
    """Return a weight; 1 where nothing is written.

    Raises:
        ValueError: If it is no finite number.

    >>> parse_weight(""), parse_weight("0.5"), parse_weight("２")
    (1.0, 0.5, 2.0)
    """
    plain = text.strip()
    if not plain:
        return 1.0
    try:
        weight = float(plain)
    except ValueError:
        weight = math.nan
    if not math.isfinite(weight):
        raise ValueError(_("the weight {plain!r} is no number", plain=plain[:20]))
    return weight
