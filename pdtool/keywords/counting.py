"""How often strings occur in a text, as anyone who searches for them would find."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from ahocorasick_rs import AhoCorasick

from pdtool.keywords.spans import IntArray
from pdtool.segment.scan import without_surrogates

__all__ = ["OccurrenceCounter"]

_FEW = 64
"""Up to here one search a string is faster than building an automaton."""


def _overlaps_itself(term: str) -> bool:
    return any(term.endswith(term[:length]) for length in range(1, len(term)))


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
        self._automaton = AhoCorasick(list(self._terms)) if many else None
        self._single = [index for index, term in enumerate(self._terms) if many and _overlaps_itself(term)]

    def count(self, text: str) -> IntArray:
        """Return the occurrences of each string in ``text``, shape ``(len(terms),)``."""
        if self._automaton is None:
            return np.array([text.count(term) for term in self._terms], dtype=np.int32)
        found = self._automaton.find_matches_as_indexes(without_surrogates(text), overlapping=True)
        which = np.fromiter((match[0] for match in found), dtype=np.int64, count=len(found))
        counts = np.bincount(which, minlength=len(self._terms)).astype(np.int32)
        for index in self._single:
            counts[index] = text.count(self._terms[index])
        return counts
