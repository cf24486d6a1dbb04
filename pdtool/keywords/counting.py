"""How often strings occur in a text, as anyone who searches for them would find."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from pdtool.keywords.spans import IntArray
from pdtool.text.code_points import without_surrogates
from pdtool.text.multi_match import searcher_of

__all__ = ["OccurrenceCounter", "Occurrences", "Tally"]

_FEW = 64
"""Up to here one search a string is faster than building an automaton."""


def _overlaps_itself(term: str) -> bool:
    return any(term.endswith(term[:length]) for length in range(1, len(term)))


@dataclass(frozen=True, slots=True, eq=False)
class Occurrences:
    """Those of many strings that occur in a text.

    Args:
        which: Their numbers, ascending, shape ``(n,)``.
        counts: How often each occurs, shape ``(n,)``, all positive.
        size: Folded characters of the text.
    """

    which: IntArray
    counts: IntArray
    size: int


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """Occurrences of strings in a body of text, and its size in folded characters.

    Args:
        counts: The occurrences of each string, shape ``(n,)``.
        size: Folded characters.
    """

    counts: IntArray
    size: int

    @classmethod
    def of(cls, counts: Sequence[int], size: int) -> Self:
        """Make a tally of plain numbers."""
        return cls(np.array(counts, dtype=np.int64), size)

    @classmethod
    def add_up(cls, length: int, parts: Iterable[Occurrences]) -> Self:
        """Add up what was found of ``length`` strings in many texts."""
        counts, size = np.zeros(length, dtype=np.int64), 0
        for part in parts:
            counts[part.which] += part.counts
            size += part.size
        return cls(counts, size)


class OccurrenceCounter:
    """Counts many strings in many texts: for each, what ``str.count`` gives.

    Args:
        terms: The strings, none empty.

    >>> OccurrenceCounter(["治理", "基层治理", "人人"]).count("基层治理与治理,人人人").tolist()
    [2, 1, 1]
    """

    def __init__(self, terms: Sequence[str]) -> None:
        self._terms = tuple(terms)
        # An automaton finds all overlapping occurrences; a string that can overlap itself is searched alone.
        many = len(self._terms) > _FEW
        self._automaton = searcher_of(self._terms) if many else None
        self._single = frozenset(
            index for index, term in enumerate(self._terms) if many and _overlaps_itself(term)
        )

    def count(self, text: str) -> IntArray:
        """Return the occurrences of each string in ``text``, shape ``(len(terms),)``."""
        which, found = self.found(text)
        counts = np.zeros(len(self._terms), dtype=np.int32)
        counts[which] = found
        return counts

    def found(self, text: str) -> tuple[IntArray, IntArray]:
        """Return the numbers of the strings that occur, ascending, and how often each does."""
        if self._automaton is None:
            counts = np.array([text.count(term) for term in self._terms], dtype=np.int32)
            which = np.flatnonzero(counts)
            return which, counts[which]
        matches = self._automaton.find_matches_as_indexes(without_surrogates(text), overlapping=True)
        numbers = np.fromiter((match[0] for match in matches), dtype=np.int64, count=len(matches))
        which, counted = np.unique(numbers, return_counts=True)
        for index, number in enumerate(which.tolist()):
            if number in self._single:
                counted[index] = text.count(self._terms[number])
        return which, counted
