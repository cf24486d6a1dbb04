"""Names of places and offices in folded texts: divisions down to counties, and who governs there.

A short name (浦东) is found as well as the full one (浦东新区).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any

import numpy as np

from pdtool.data_files import data_text, data_toml
from pdtool.documents.divisions import division_rows
from pdtool.text.code_points import code_points, decode, without_surrogates
from pdtool.text.fold import fold_table

__all__ = [
    "Gazetteer",
    "Name",
    "Occurrence",
    "are_nested",
    "office_data",
    "offices",
    "place_heads",
    "place_names",
    "places",
]

_FIRST_PLANE = 0x10000
_COLUMN = re.compile("^([^#\t\n][^\t\n]*)\t[^\t\n]*\t([^\t\n]*)", re.MULTILINE)
"""The full and the short name in a line of the table of places."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a place or an office.

    Args:
        key: What it is counted as: the short name of a place, or its only one; an office as it is written.
        codes: The codes of places that are called so, as in GB/T 2260; none for an office.
        is_full: Whether it is written in full, so that it is a place beyond doubt.
        is_word: Whether it is an ordinary word as well.
        level: Whose office it is (区, 市), or what kind of place; empty where it does not say.
    """

    key: str
    codes: tuple[str, ...] = ()
    is_full: bool = False
    is_word: bool = False
    level: str = ""

    @property
    def is_place(self) -> bool:
        """Whether it names a place."""
        return bool(self.codes)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A name in a text.

    Args:
        start: Its first character.
        end: The first character behind it.
        name: The name.
    """

    start: int
    end: int
    name: Name


class Gazetteer:
    """Finds names in folded texts.

    Args:
        names: Every name, by what it is folded.
    """

    def __init__(self, names: dict[str, Name]) -> None:
        from ahocorasick_rs import AhoCorasick, Implementation

        self._names = list(names.values())
        self._automaton = AhoCorasick(list(names), implementation=Implementation.ContiguousNFA)

    def occurrences(self, text: str) -> list[Occurrence]:
        """Return every name in a folded text, those that overlap too."""
        try:
            found = self._automaton.find_matches_as_indexes(text, overlapping=True)
        except UnicodeEncodeError:  # a lone surrogate, which no name has
            found = self._automaton.find_matches_as_indexes(without_surrogates(text), overlapping=True)
        return [Occurrence(start, end, self._names[number]) for number, start, end in found]


def are_nested(one: Iterable[str], other: Iterable[str]) -> bool:
    """Return whether a place of the one is, or lies in, a place of the other, by their codes.

    >>> are_nested(["310000"], ["310115"]), are_nested(["420882"], ["420800"])
    (True, True)
    >>> are_nested(["310000"], ["420000"])
    False
    """
    return any(
        first.startswith(second) or second.startswith(first)
        for first, second in product(map(_stem, one), map(_stem, other))
    )


def _stem(code: str) -> str:
    """Return the figures that all divisions within one share."""
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


@cache
def office_data() -> dict[str, Any]:
    """Return what ``data/offices.toml`` holds."""
    return data_toml("offices.toml")


@cache
def _table() -> str:
    return data_text("places.tsv")


@cache
def place_names() -> frozenset[str]:
    """Return the full and short names of all places, folded: quick to have, for a first look."""
    return frozenset(name for pair in _COLUMN.findall(_folded(_table())) for name in pair if name)


@cache
def place_heads() -> frozenset[str]:
    """Return the first two characters of each of :func:`place_names`."""
    return frozenset(name[:2] for name in place_names())


@cache
def places() -> Gazetteer:
    """Return the names of all places; made when it is first asked for."""
    full: dict[str, Name] = {}
    short: dict[str, Name] = {}
    for name, codes, key, is_word in division_rows():
        found = full[name] = Name(key or name, codes, True, is_word, name[-1])
        if key:
            every = {*found.codes, *(short[key].codes if key in short else ())}
            short[key] = Name(key, tuple(sorted(every)), is_word=is_word)
    return _gazetteer(short | full)


@cache
def offices() -> Gazetteer:
    """Return the names of all offices, with and without what says whose they are."""
    return _gazetteer(dict(_offices()))


def _gazetteer(names: dict[str, Name]) -> Gazetteer:
    folded = _folded("\n".join(names)).split("\n")
    return Gazetteer(dict(zip(folded, names.values(), strict=True)))


def _folded(text: str) -> str:
    """Fold names character by character; what parts them stays."""
    codes = code_points(text)
    folded = fold_table(_FIRST_PLANE)[codes]
    return decode(np.where(folded == 0, codes, folded))


def _offices() -> Iterator[tuple[str, Name]]:
    data = office_data()
    levels = data["levels"]
    for level, body in product(levels, data["bodies"]):
        yield level + body, Name(level + body, level=level)
    for own, level in product(data["self"], levels):
        yield own + level, Name(own + level, level=level)
    for group in data["departments"]:
        for root, kind in product(group["roots"], group["kinds"]):
            office = root + kind
            if len(office) > 2:
                yield office, Name(office)
            for level in levels:
                yield level + office, Name(level + office, level=level)
