"""What it costs a reading to close a quotation or bracket that is not open, or to leave an open one open."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from pdtool.normalise.slips.gbk import PAIRS, Pairs, pair_of

__all__ = ["closing_costs", "open_signs"]

_CLOSES = 3.0
"""How much likelier (natural logarithm) a closing sign is where one is open."""
_CLOSES_NOTHING = -4.0
"""What a closing sign costs where none is open, and an opening sign where one is."""
_BRACKETS = tuple((opening, closing) for opening, closing in ("“”", "《》", "‘’", "（）"))


def open_signs(line: str) -> tuple[str, ...]:
    """Return the signs that close what is open at the end of a line.

    >>> open_signs("以“三会一课")
    ('”',)
    """
    return tuple(closing for opening, closing in _BRACKETS if line.rfind(opening) > line.rfind(closing))


@cache
def _is_bracket() -> npt.NDArray[np.bool_]:
    """Return which pairs are signs of these, shape ``(PAIRS,)``."""
    table = np.zeros(PAIRS, dtype=bool)
    table[[pair_of(sign) for signs in _BRACKETS for sign in signs]] = True
    return table


def closing_costs(rows: Pairs, wanted: tuple[str, ...]) -> npt.NDArray[np.float64]:
    """Return the cost of the brackets of each row of pairs, shape ``(n,)``.

    Args:
        rows: Readings of what stands behind the line, shape ``(n, width)``.
        wanted: The signs that close what is open; see :func:`open_signs`.
    """
    costs = np.zeros(len(rows))
    if not _is_bracket()[rows].any():
        return costs
    for opening, closing in _BRACKETS:
        opens, closes = ((rows == pair_of(sign)).any(axis=1) for sign in (opening, closing))
        if closing in wanted:
            costs[closes] += _CLOSES
            costs[opens & ~closes] += _CLOSES_NOTHING
        else:
            costs[closes & ~opens] += _CLOSES_NOTHING
    return costs
