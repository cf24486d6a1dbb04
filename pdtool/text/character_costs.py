"""How surprising each character is in Chinese text: what tells a right reading of bytes from a wrong one."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
import numpy.typing as npt

from pdtool.data_files import data_text
from pdtool.text.code_points import code_points

__all__ = ["CONTROLS", "TEXT_CONTROLS", "character_costs", "is_plausible", "without_cut"]

TEXT_CONTROLS = b"\t\n\v\f\r\x1a"
"""Control characters that text may hold."""
CONTROLS = bytes(byte for byte in (*range(0x20), 0x7F) if byte not in TEXT_CONTROLS)
"""Those that it does not."""

_MOST_PLAUSIBLE = 9.3
"""What the characters of Chinese text may cost on average (in nats), those left out that are ASCII or common
punctuation. Chosen, like the next, on text in GB18030, Big5, Shift-JIS, EUC-JP, EUC-KR, Latin-1 and on random
bytes: Chinese costs 7 to 8, other encodings read as Chinese 10.5 to 17."""
_SLACK = 4.0
"""How much more ``n`` characters may cost, divided by the square root of ``n``: few tell less than many."""
_FEWEST_WITHOUT_CUT = 3
"""How many other characters tell enough for a last one that was cut off to be left out."""

_ASCII_COST = 4.0
"""The cost of an ASCII character; common punctuation costs no more."""
_CONTROL_COST = 17.0
"""The cost of a control character."""
_ERROR_COST = 20.0
"""The cost of what a decoder writes for bytes that it cannot read."""
_ASTRAL_COST = 15.0
"""The cost of a character beyond the basic plane."""
_OTHER_COST = 15.0
"""The cost of any other character that the data file does not have."""
_BLOCK_COSTS: tuple[tuple[int, int, float], ...] = (
    (0x0000, 0x0020, _CONTROL_COST),
    (0x0020, 0x007F, _ASCII_COST),
    (0x007F, 0x00A0, _CONTROL_COST),
    (0x0370, 0x0530, 10.0),  # Greek and Cyrillic
    (0x2500, 0x2580, 10.0),  # box drawing: tables of old plain-text files
    (0x3040, 0x3130, 11.0),  # kana, bopomofo
    (0xD800, 0xE000, _ERROR_COST),
    (0xE000, 0xF900, 17.0),  # private use
    (0xFFFD, 0xFFFE, _ERROR_COST),
)
"""First code point, code point after the last, and cost of the blocks that have one cost."""


def is_plausible(cost: npt.NDArray[np.float32]) -> bool:
    """Return whether characters of these costs may be Chinese text, or text that is nearly all ASCII."""
    telling = cost[cost > _ASCII_COST]
    return not len(telling) or bool(telling.mean() <= _MOST_PLAUSIBLE + _SLACK / math.sqrt(len(telling)))


def without_cut(cost: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Return the costs without that of a last character that was cut off, if others can tell without it."""
    if len(cost) and cost[-1] == _ERROR_COST and np.count_nonzero(cost > _ASCII_COST) > _FEWEST_WITHOUT_CUT:
        return cost[:-1]
    return cost


def character_costs(text: str) -> npt.NDArray[np.float32]:
    """Return the cost of each character of ``text`` in nats, shape ``(len(text),)``."""
    return _cost_table().take(code_points(text), mode="clip")


@cache
def _cost_table() -> npt.NDArray[np.float32]:
    """Return the cost of every code point of the basic plane, shape ``(0x10000,)``.

    The last one, which is no character, stands for all beyond the plane.
    """
    table = np.full(0x10000, _OTHER_COST, dtype=np.float32)
    for start, stop, cost in _BLOCK_COSTS:
        table[start:stop] = cost
    table[list(TEXT_CONTROLS)] = _ASCII_COST
    data = data_text("character_costs.txt")
    for line in data.split("\n"):
        cost_text, _, characters = line.partition("\t")
        if characters and not line.startswith("#"):
            table[code_points(characters)] = float(cost_text)
    table[-1] = _ASTRAL_COST
    return table
