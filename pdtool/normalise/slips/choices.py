"""Which pairs of bytes a place may hold, given what is known of their halves.

Choices come as two arrays of one length: pairs, and their symbols in the language model.
"""

from __future__ import annotations

from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

from pdtool.normalise.readings import Reading, readings_of
from pdtool.normalise.slips.gbk import (
    LEADS,
    Pairs,
    characters,
    pair_of,
    trails_left_undefined,
    undefined_pairs,
)
from pdtool.normalise.slips.language import best_continuations, symbols_of_pairs

__all__ = [
    "ANY",
    "Choices",
    "Costs",
    "closing_signs",
    "completions",
    "defined",
    "endings",
    "hiding",
    "pair_symbols",
    "read_by",
    "second_halves",
    "waiting_bytes",
]

Choices = tuple[Pairs, Pairs]
Costs = npt.NDArray[np.float64]

ANY = 0x100
"""The waiting byte: 0 for none, a lead byte, or this plus the lead of an undefined pair whose trail it is;
this alone stands for any lead byte."""


@lru_cache(maxsize=512)
def waiting_bytes(waiting: int) -> Pairs:
    """Return the bytes that ``waiting`` stands for."""
    if waiting < ANY:
        return np.array([waiting], dtype=np.intp)
    return LEADS if waiting == ANY else trails_left_undefined(waiting - ANY)


def defined(pairs: Pairs) -> Choices:
    """Return those of some pairs that make a character, and their symbols."""
    found = symbols_of_pairs()[pairs]
    return pairs[found >= 0], found[found >= 0]


@lru_cache(maxsize=1 << 14)
def completions(waiting: int, trail: int) -> Choices:
    """Return the pairs that ``trail`` completes and their symbols."""
    return defined(waiting_bytes(waiting) << 8 | trail)


@lru_cache(maxsize=256)
def second_halves(lead: int) -> Choices:
    """Return the pairs that start with ``lead`` and their symbols."""
    return defined(lead << 8 | np.arange(0x40, 0xFF))


@cache
def closing_signs() -> Choices:
    """Return the pairs of the signs that end a sentence or a part of one, and their symbols."""
    return defined(np.array([pair_of(sign) for sign in "。、”》"], dtype=np.intp))


@lru_cache(maxsize=256)
def hiding(lead: int) -> Choices:
    """Return the pairs that start with ``lead`` and end in the lead byte of an undefined pair."""
    return defined(lead << 8 | np.unique(undefined_pairs()[0]))


@lru_cache(maxsize=256)
def endings(trail: int) -> Costs:
    """Return how well each symbol may go on with a character that ends in ``trail``."""
    return best_continuations(np.unique(completions(ANY, trail)[1]))


@cache
def pair_symbols() -> list[int]:
    """Return the symbol of every pair as a list, which is faster to ask for one."""
    return [int(symbol) for symbol in symbols_of_pairs()]


@lru_cache(maxsize=128)
def read_by(lead: int) -> dict[Reading, list[int]]:
    """Return the pairs that start with ``lead`` by the readings of their characters."""
    found: dict[Reading, list[int]] = {}
    for pair in second_halves(lead)[0].tolist():
        for reading in readings_of(characters()[pair]):
            found.setdefault(reading, []).append(pair)
    return found
