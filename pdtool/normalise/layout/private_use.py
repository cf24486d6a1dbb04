"""Characters of Hong Kong in the private-use area → their own code points, one for one.

Before Unicode had all characters of the Hong Kong Supplementary Character Set, systems kept the others of it
in the private-use area: ``着`` was U+E2E5. Documents converted from such systems show a blank box there.

Other places filled the same area otherwise (words of Taiwanese offices, marks of fonts), so a text has to
show that it means this set: what its private-use characters stand for must be common characters.

Source: the blocks of Big5-HKSCS in the private-use area (Office of the Government Chief Information Officer,
HKSCS-2004 and -2008; also the WHATWG's Encoding Standard, index Big5) and Python's codec ``big5hkscs``.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from pdtool.text.character_costs import character_costs
from pdtool.text.code_points import Codes, decode

__all__ = ["PRIVATE_USE", "with_hkscs"]

_BLOCKS = ((0xE000, 0xE310, 0xFA), (0xE311, 0xEEB7, 0x8E), (0xEEB8, 0xF6B0, 0x81))
"""First and last code point of each block, and the lead byte of Big5 that it begins with."""
_IN_A_ROW = 157
"""Trail bytes of a lead byte: 40 to 7E, A1 to FE."""
_LOW_TRAILS = 63
"""How many of them lie below 7F."""
_MOST_MEAN = 9.0
"""What the characters may cost on average (nats) for a text to mean this set. Where Taiwanese laws use the
area for characters of their own, they would cost 10 to 15 (43 laws, November 2026); 着 alone costs 7."""
_UNKNOWN_COST = 15.0
"""The cost of a private-use character that the set does not have."""

_FIRST = np.uint32(_BLOCKS[0][0])
_COUNT = np.uint32(_BLOCKS[-1][1] - _BLOCKS[0][0] + 1)


def _character(code: int, first: int, lead: int) -> str:
    """Return the character of a code point of a block; empty if the set leaves it undefined."""
    row, place = divmod(code - first, _IN_A_ROW)
    trail = 0x40 + place if place < _LOW_TRAILS else 0xA1 + place - _LOW_TRAILS
    found = bytes([lead + row, trail]).decode("big5hkscs", "ignore")
    return found if len(found) == 1 and not found.isascii() else ""


@cache
def _table() -> Codes:
    """Return what each private-use code point stands for, from the first one on; 0 where nothing is known."""
    characters = [
        _character(code, first, lead) for first, last, lead in _BLOCKS for code in range(first, last + 1)
    ]
    return np.array([ord(character) if character else 0 for character in characters], dtype=np.uint32)


PRIVATE_USE = "".join(map(chr, range(int(_FIRST), int(_FIRST + _COUNT))))
"""Every character that may be replaced."""


def with_hkscs(codes: Codes) -> Codes:
    """Replace the private-use characters of a text that means Hong Kong's set.

    Args:
        codes: The code points of a text, shape ``(n,)``.

    Returns:
        Code points of the same shape; the very argument if nothing changes.

    >>> decode(with_hkscs(np.array([0x9760, 0xE2E5, 0x6D77], dtype=np.uint32)))
    '靠着海'
    """
    private = codes - _FIRST < _COUNT
    if not private.any():
        return codes
    said = _table()[codes[private] - _FIRST]
    known = said > 0
    costs = np.full(len(said), _UNKNOWN_COST)
    costs[known] = character_costs(decode(said[known]))
    if costs.mean() > _MOST_MEAN:
        return codes
    result = codes.copy()
    result[private] = np.where(known, said, codes[private])
    return result
