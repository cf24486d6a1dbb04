"""GBK as tables: which character two bytes make, and which two bytes make a character.

A *pair* is a lead byte 81–FE and a trail byte 40–7E or 80–FE as one number, ``lead << 8 | trail``.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from pdtool.text.code_points import code_points

__all__ = [
    "FULL_WIDTH_ROW",
    "LEADS",
    "PAIRS",
    "Pairs",
    "characters_of_pairs",
    "codes_of_pairs",
    "pair_of",
    "pairs_of",
    "trails_left_undefined",
    "undefined_pairs",
]

Pairs = npt.NDArray[np.intp]

PAIRS = 1 << 16
LEADS: Pairs = np.arange(0x81, 0xFF)
_TRAILS: Pairs = np.concatenate([np.arange(0x40, 0x7F), np.arange(0x80, 0xFF)])

FULL_WIDTH_ROW = 0xA3
"""The lead byte of full-width ASCII; the trail byte is the ASCII byte with its high bit set."""


@cache
def characters_of_pairs() -> tuple[str, ...]:
    """Return the character of every pair, empty where GBK defines none; shape ``(PAIRS,)``.

    >>> characters_of_pairs()[0xA1A3]
    '。'
    """
    pairs = (LEADS[:, None] << 8 | _TRAILS).ravel()
    # All at once, each in a line of its own.
    lines = np.stack([pairs >> 8, pairs & 0xFF, np.full(len(pairs), ord("\n"))], axis=1).astype(np.uint8)
    table = [""] * PAIRS
    for pair, found in zip(pairs.tolist(), lines.tobytes().decode("gbk", "ignore").split("\n"), strict=False):
        # Of an undefined pair the decoder drops the first byte alone, and an ASCII byte is left.
        if not found.isascii():
            table[pair] = found
    return tuple(table)


@cache
def codes_of_pairs() -> npt.NDArray[np.uint32]:
    """Return the code point of the character of every pair, 0 where GBK defines none; shape ``(PAIRS,)``."""
    return code_points("".join(character or "\0" for character in characters_of_pairs()))


def pair_of(character: str) -> int:
    """Return the pair that stores a character, private-use ones included; 0 if none does.

    GB18030 gives every pair a character, where GBK leaves some of them undefined.

    >>> hex(pair_of("黨")), pair_of("A"), pair_of("😀")
    ('0xfc68', 0, 0)
    """
    try:
        stored = character.encode("gb18030")
    except UnicodeEncodeError:
        return 0
    return int.from_bytes(stored, "big") if len(stored) == 2 else 0


@cache
def _pair_by_code() -> Pairs:
    """Return the pair of every code point of the basic plane, 0 where there is none."""
    pairs = (LEADS[:, None] << 8 | _TRAILS).ravel()
    stored = pairs.astype(">u2").tobytes().decode("gb18030")
    table = np.zeros(1 << 16, dtype=np.intp)
    table[code_points(stored)] = pairs
    return table


def pairs_of(codes: npt.NDArray[np.uint32]) -> Pairs:
    """Return the pair that stores each of some code points, 0 where none does; see :func:`pair_of`.

    >>> [hex(pair) for pair in pairs_of(code_points("黨A😀")).tolist()]
    ['0xfc68', '0x0', '0x0']
    """
    found: Pairs = np.where(codes < 1 << 16, _pair_by_code()[codes & 0xFFFF], 0)
    return found


@cache
def trails_left_undefined(lead: int) -> Pairs:
    """Return the bytes ≥ 81 that make an undefined pair behind ``lead``, being lead bytes themselves."""
    table = characters_of_pairs()
    return np.array([trail for trail in LEADS.tolist() if not table[lead << 8 | trail]], dtype=np.intp)


@cache
def undefined_pairs() -> tuple[Pairs, Pairs]:
    """Return the lead and the trail bytes of the undefined pairs whose trail could be a lead byte."""
    trails = [trails_left_undefined(lead) for lead in LEADS.tolist()]
    return np.repeat(LEADS, [len(some) for some in trails]), np.concatenate(trails)
