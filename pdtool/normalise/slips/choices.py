"""Which characters GBK allows where one byte of two is known, or a reading.

Choices come as two arrays of one length: pairs, and their symbols in the language model.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

import numpy as np

from pdtool.normalise.slips.gbk import (
    LEADS,
    Pairs,
    characters_of_pairs,
    pair_of,
    undefined_pairs,
)
from pdtool.normalise.slips.language_model import symbols_of_pairs
from pdtool.text.arrays import distinct
from pdtool.text.opencc_data import read_characters
from pdtool.text.readings import Reading, by_main_syllable, main_reading, readings_of

__all__ = [
    "Choices",
    "closing_signs",
    "completions",
    "defined",
    "hiding",
    "read_by",
    "read_by_trail",
    "read_in_traditional",
    "second_halves",
]

Choices = tuple[Pairs, Pairs]


def defined(pairs: Pairs) -> Choices:
    """Return those of some pairs that make a character, and their symbols."""
    found = symbols_of_pairs()[pairs]
    return pairs[found >= 0], found[found >= 0]


@lru_cache(maxsize=256)
def completions(trail: int) -> Choices:
    """Return the pairs that ``trail`` completes, whatever their first byte, and their symbols."""
    return defined(LEADS << 8 | trail)


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
    return defined(lead << 8 | distinct(undefined_pairs()[0]))


@lru_cache(maxsize=128)
def read_by(lead: int) -> dict[Reading, list[int]]:
    """Return the pairs that start with ``lead`` by the readings of their characters."""
    return _by_reading(second_halves(lead)[0])


@lru_cache(maxsize=128)
def read_by_trail(trail: int) -> dict[Reading, list[int]]:
    """Return the pairs that end in ``trail`` by the readings of their characters.

    A reading and an ASCII byte tell a character of GBK in 88 cases of 100.
    """
    return _by_reading(completions(trail)[0])


@cache
def _traditional_by_syllable() -> dict[str, list[str]]:
    """Return the characters that Traditional text alone has by the letters of their main readings."""
    return by_main_syllable(read_characters())


@lru_cache(maxsize=2048)
def read_in_traditional(reading: Reading) -> Sequence[int]:
    """Return the pairs of the characters that Traditional text alone has with a main reading."""
    alike = _traditional_by_syllable().get(reading.syllable, ())
    return [pair for one in alike if main_reading(one) == reading and (pair := pair_of(one))]


def _by_reading(pairs: Pairs) -> dict[Reading, list[int]]:
    found: dict[Reading, list[int]] = {}
    for pair in pairs.tolist():
        for reading in readings_of(characters_of_pairs()[pair]):
            found.setdefault(reading, []).append(pair)
    return found
