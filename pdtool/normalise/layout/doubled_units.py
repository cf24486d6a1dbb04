"""What a unit must be so that its copy is no figure of speech: letters enough, and no repetition itself."""

from __future__ import annotations

import re

__all__ = ["letters", "says_something"]

_LETTERS = re.compile(r"[^\W_]+")
_LOOKED_AT = 200
"""Characters of a unit whose letters are counted."""


def letters(text: str) -> int:
    """Return how many letters and digits a text has."""
    return sum(map(len, _LETTERS.findall(text)))


def says_something(unit: str, shortest: int) -> bool:
    """Return whether a unit has enough letters and is not a repetition itself.

    >>> says_something("公文的格式", 4), says_something("加油加油", 4), says_something("……！", 4)
    (True, False, False)
    """
    return letters(unit[:_LOOKED_AT]) >= shortest and (unit + unit).find(unit, 1) == len(unit)
