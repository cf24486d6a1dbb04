"""Readings behind common characters of Simplified text, at random places: ghosts without a habit.

A mirror site glues one reading behind *every* use of *some* characters, and first turns the text Traditional
(:func:`tests.damage.glyphs.ghosts`). Converters for learners, and pages whose ruby was flattened, do
neither: the text stays Simplified, any character may get its reading, and no character gets it everywhere.
"""

from __future__ import annotations

import re
from random import Random

from pypinyin import Style, pinyin

from tests.damage.tracked import Tracked, dirt

__all__ = ["random_ghosts"]

_HAN = re.compile("[一-鿿]")
_DENSITY = (0.06, 0.09)
"""Share of the Han that get a reading, as dense as the ghosts of mirror sites."""
_USUAL = 0.85
"""Share of the readings that are the usual one of the character; the others are any of its own."""


def _reading(character: str, rng: Random) -> str:
    readings: list[str] = pinyin(character, style=Style.TONE, heteronym=True)[0]
    return readings[0] if rng.random() < _USUAL else rng.choice(readings)


def random_ghosts(text: Tracked, rng: Random) -> Tracked:
    """Put a reading in brackets behind some Han, wherever they stand.

    Args:
        text: Simplified text; it stays so.
        rng: Says which characters, how many of them, and which of their readings.
    """
    density = rng.uniform(*_DENSITY)
    hosts = (match for match in _HAN.finditer(text.text) if rng.random() < density)
    return text.replaced((host.end(), host.end(), dirt(f"({_reading(host[0], rng)})")) for host in hosts)
