"""Candidates: the characters, or rows of several, that may stand at a position of a slipped span."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pdtool.normalise.slips.gbk import Pairs

__all__ = ["NOTHING", "Candidates", "ending_in", "joined"]

Costs = npt.NDArray[np.float64]


class Candidates(NamedTuple):
    """The characters, or rows of several, that may stand at a position.

    Args:
        pairs: Shape ``(n, width)``, filled up in front by 0.
        firsts: The symbols of first characters; many candidates share one. Shape ``(kinds,)``.
        first: Which of these each begins with, shape ``(n,)``.
        last: The symbol of the last character of each, shape ``(n,)``.
        cost: The logarithm of the probability of each, without what stands before; shape ``(n,)``.
    """

    pairs: Pairs
    firsts: Pairs
    first: Pairs
    last: Pairs
    cost: Costs


NOTHING = Candidates(
    np.zeros((0, 1), dtype=np.intp),
    np.zeros(0, dtype=np.intp),
    np.zeros(0, dtype=np.intp),
    np.zeros(0, dtype=np.intp),
    np.zeros(0),
)
"""No candidates."""


def joined(some: Sequence[Candidates]) -> Candidates:
    """Return all of several lists of candidates."""
    some = [candidates for candidates in some if len(candidates.cost)]
    if len(some) < 2:
        return some[0] if some else NOTHING
    width = max(candidates.pairs.shape[1] for candidates in some)
    shifts = accumulate((len(candidates.firsts) for candidates in some), initial=0)
    return Candidates(
        np.concatenate([_widened(candidates.pairs, width) for candidates in some]),
        np.concatenate([candidates.firsts for candidates in some]),
        np.concatenate([candidates.first + shift for candidates, shift in zip(some, shifts, strict=False)]),
        np.concatenate([candidates.last for candidates in some]),
        np.concatenate([candidates.cost for candidates in some]),
    )


def _widened(pairs: Pairs, width: int) -> Pairs:
    """Return rows of pairs filled up in front by 0."""
    count, narrow = pairs.shape
    if narrow == width:
        return pairs
    rows = np.zeros((count, width), dtype=np.intp)
    rows[:, width - narrow :] = pairs
    return rows


def ending_in(candidates: Candidates, pair: int) -> Candidates:
    """Return the candidates that end in a pair."""
    which = candidates.pairs[:, -1] == pair
    pairs, firsts, first, last, cost = candidates
    return Candidates(pairs[which], firsts, first[which], last[which], cost[which])
