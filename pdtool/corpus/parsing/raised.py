"""Raised characters: what a printed 23¹ or m² becomes in a text that has no raised letters.

The mark of a note is set apart (``23[1]``), so that it never reads as a digit of the figure before it. An
exponent stays one, as a character that is raised by itself (``m²``, ``10³``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pdtool.data_files import data_toml

__all__ = ["LOOK_BACK", "plain_raised", "raised", "with_plain_raised"]

LOOK_BACK = 8
"""Characters before a raised one that tell what it is."""

_BEGIN = "\x02"
"""Stands before raised characters."""
_END = "\x03"
"""Stands behind them."""
_MARKED = re.compile(f"{_BEGIN}([^{_BEGIN}{_END}]*+){_END}")
"""Raised characters between control characters, which no document of these formats holds."""
_EXPONENT = re.compile(r"[-−–+]?\d{1,2}")
_SYMBOL = re.compile(r"(?<![A-Za-z])[A-Za-zα-ωΑ-Ω]\s?$")
"""A letter that stands alone: the symbol of a quantity."""
_TEN = re.compile(r"(?<![\d.])10\s?$")


@dataclass(frozen=True, slots=True)
class _Forms:
    """The patterns of ``data/raised.toml``, compiled."""

    unit: re.Pattern[str]
    note: re.Pattern[str]
    characters: dict[int, str]


@cache
def _forms() -> _Forms:
    data = data_toml("raised.toml")
    units = sorted(data["units"], key=len, reverse=True)
    before = "".join(f"(?<!{re.escape(word)})" for word in data["measured"])
    unit = rf"(?<![A-Za-z]){before}(?:{'|'.join(map(re.escape, units))})\s?$"
    return _Forms(re.compile(unit), re.compile(data["note"]), str.maketrans(data["characters"]))


def plain_raised(before: str, mark: str) -> str:
    """Return raised characters as they stand in plain text.

    Args:
        before: What stands before them in their line; the last :data:`LOOK_BACK` characters are enough.
        mark: The raised characters.

    >>> plain_raised("提高23", "1"), plain_raised("面积350 m", "2"), plain_raised("约3×10", "-4")
    ('[1]', '²', '⁻⁴')
    >>> plain_raised("210 平方米", "2"), plain_raised("资料来源", "①"), plain_raised("11", "th")
    ('[2]', '①', 'th')
    """
    forms, inner = _forms(), mark.strip()
    if _is_exponent(before, inner):
        return mark.replace(inner, inner.translate(forms.characters))
    if forms.note.fullmatch(inner):
        return mark.replace(inner, f"[{inner}]")
    return mark


def _is_exponent(before: str, mark: str) -> bool:
    """Return whether raised characters are the exponent of what stands before them."""
    if not _EXPONENT.fullmatch(mark):
        return False
    if not mark[0].isdigit():
        return True
    if _forms().unit.search(before):
        return mark in ("2", "3")
    return _TEN.search(before) is not None or (mark in ("2", "3") and _SYMBOL.search(before) is not None)


def raised(text: str) -> str:
    """Return characters marked as raised, for :func:`with_plain_raised`."""
    return f"{_BEGIN}{text}{_END}"


def with_plain_raised(line: str) -> str:
    """Return a line in which the characters marked by :func:`raised` stand as in plain text.

    >>> with_plain_raised("提高23" + raised("1") + raised(",2") + "个")
    '提高23[1,2]个'
    """
    if _BEGIN not in line:
        return line
    whole, done = "", 0
    joined = line.replace(_END + _BEGIN, "")
    for match in _MARKED.finditer(joined):
        whole += joined[done : match.start()]
        whole += plain_raised(whole[-LOOK_BACK:], match[1])
        done = match.end()
    return whole + joined[done:]
