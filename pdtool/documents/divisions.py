"""Administrative divisions: their names, codes and levels (``data/places.tsv``)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from pdtool.data_files import data_text

__all__ = ["LONGEST_DIVISION", "Division", "division_at", "division_rows", "level_of_code"]

LONGEST_DIVISION = 15
"""The most characters of the name of a division."""


class Division(NamedTuple):
    """A division.

    Args:
        name: Its full name.
        codes: The codes it has or had, as in GB/T 2260.
        short: What is said for it; empty if nothing is.
        is_word: Whether the short name is a word that texts have for other things as well.
    """

    name: str
    codes: tuple[str, ...]
    short: str
    is_word: bool


def division_rows() -> Iterator[Division]:
    """Yield the divisions in the order of the table."""
    table = data_text("places.tsv")
    for line in table.splitlines():
        if not line.startswith("#"):
            name, codes, short, word = line.split("\t")
            yield Division(name, tuple(codes.split()), short, word == "yes")


@cache
def _codes() -> dict[str, str]:
    """Return a code by every name; a short name is never that of another division's full one."""
    rows = list(division_rows())
    short = {row.short: row.codes[0] for row in rows if row.short and not row.is_word}
    provinces = {row.short: row.codes[0] for row in rows if row.short and row.codes[0].endswith("0000")}
    return short | provinces | {row.name: row.codes[0] for row in rows}


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """Return how long the names are that begin with two characters, the longest first."""
    lengths: dict[str, set[int]] = {}
    for name in _codes():
        lengths.setdefault(name[:2], set()).add(len(name))
    return {start: tuple(sorted(several, reverse=True)) for start, several in lengths.items()}


def division_at(text: str, offset: int) -> tuple[str, str] | None:
    """Return the name and the code of the division that stands at an offset, the longest; ``None`` if none.

    >>> division_at("江苏省南京市", 3), division_at("关于", 0)
    (('南京市', '320100'), None)
    """
    known = _codes()
    for length in _lengths().get(text[offset : offset + 2], ()):
        name = text[offset : offset + length]
        if name in known:
            return name, known[name]
    return None


def level_of_code(code: str) -> str:
    """Return the level of a division: a province, a city or a county.

    >>> level_of_code("310000"), level_of_code("320100"), level_of_code("320583")
    ('省', '市', '县')
    """
    return "省" if code.endswith("0000") else "市" if code.endswith("00") else "县"
