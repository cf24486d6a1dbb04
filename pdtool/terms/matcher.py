"""Where the terms of a dictionary stand in a text.

All terms are found in one pass by an Aho-Corasick automaton, overlaps included (Aho & Corasick 1975); the
rule of nesting then says which of them count. The automaton reads text at hundreds of megabytes a second
whatever the number of terms.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum

from pdtool.terms.patterns import Pattern, clause_ends, searchable, without_uncounted_blanks
from pdtool.text.multi_match import searcher_of

__all__ = ["Matcher", "Nesting", "literal_matches"]

_WINDOW = 1 << 14
"""Characters searched at a time: what bounds the matches held where terms overlap in every character."""

Match = tuple[int, int, int]
"""``(start, end, number)``: a half-open span and what was found there."""


class Nesting(StrEnum):
    """Which of several matches that overlap count."""

    THEME = "theme"
    """From left to right the longest of each theme; the next match of a theme begins after it."""
    DICTIONARY = "dictionary"
    """The same over all themes together: no character counts for two terms of different places."""
    ALL = "all"
    """Every occurrence of every term."""


def _by_start(match: Match) -> tuple[int, int, int]:
    start, end, number = match
    return start, -end, number


def _searcher(strings: Sequence[str]) -> Callable[[str], Iterator[Match]]:
    """Return a function that yields every occurrence of each string in a text, by :func:`_by_start`."""
    automaton = searcher_of(strings)
    longest = max(map(len, strings), default=1)

    def search(text: str) -> Iterator[Match]:
        for window in range(0, len(text), _WINDOW):
            found = automaton.find_matches_as_indexes(
                text[window : window + _WINDOW + longest - 1], overlapping=True
            )
            here = [(start + window, end + window, number) for number, start, end in found if start < _WINDOW]
            here.sort(key=_by_start)
            yield from here

    return search


def literal_matches(strings: Sequence[str], text: str) -> Iterator[Match]:
    """Yield every occurrence of each string, overlaps included, by where it begins, the longest first.

    Args:
        strings: Distinct and not empty.
        text: What is searched; without lone surrogates.

    >>> list(literal_matches(["治理", "基层治理"], "基层治理"))
    [(0, 4, 1), (2, 4, 0)]
    """
    return _searcher(strings)(text)


class _Clauses:
    """The clauses of a text."""

    def __init__(self, text: str) -> None:
        self._ends = clause_ends(text)
        self._length = len(text)

    def around(self, position: int) -> tuple[int, int]:
        """Return the half-open span of the clause that holds a position."""
        after = bisect_left(self._ends, position)
        start = self._ends[after - 1] + 1 if after else 0
        end = self._ends[after] if after < len(self._ends) else self._length
        return start, end


class _Literals:
    """Strings that are searched for, and the patterns that are nothing else.

    Args:
        patterns: ``(number, pattern)`` of those without a wildcard inside.
    """

    def __init__(self, patterns: Sequence[tuple[int, Pattern]]) -> None:
        strings: dict[str, list[tuple[int, bool, bool]]] = {}
        for number, pattern in patterns:
            guards = (number, pattern.guarded_left, pattern.guarded_right)
            strings.setdefault(pattern.anchor, []).append(guards)
        self._search = _searcher(list(strings))
        self._patterns = list(strings.values())

    def matches(self, text: str) -> Iterator[Match]:
        """Yield the matches in the order of starts, of equal starts the longest first."""
        for start, end, place in self._search(text):
            for number, left, right in self._patterns[place]:
                if not (left and _is_letter(text, start - 1)) and not (right and _is_letter(text, end)):
                    yield start, end, number


class _Wild:
    """Patterns with wildcards, each looked for only in the clauses that hold its longest string.

    Args:
        patterns: ``(number, pattern)`` of them.
    """

    def __init__(self, patterns: Sequence[tuple[int, Pattern]]) -> None:
        anchors: dict[str, list[int]] = {}
        for number, pattern in patterns:
            anchors.setdefault(pattern.anchor, []).append(number)
        self._numbers = list(anchors.values())
        self._search = _searcher(list(anchors))
        self._expressions = {number: pattern.expressions() for number, pattern in patterns}

    def matches(self, text: str) -> list[Match]:
        """Return the matches in the order of starts, of equal starts the longest first."""
        if not self._expressions:
            return []
        clauses = _Clauses(text)
        announced: dict[tuple[int, int, int], None] = {}
        for start, _, place in self._search(text):
            clause = clauses.around(start)
            announced |= dict.fromkeys((number, *clause) for number in self._numbers[place])
        found = (match for clause in announced for match in self._in_clause(text, *clause))
        return sorted(found, key=_by_start)

    def _in_clause(self, text: str, number: int, start: int, end: int) -> Iterator[Match]:
        """Yield the matches of a pattern in a clause, from left to right, none overlapping another.

        Every block is taken at its first place behind the one before it. If one is missing, no later
        beginning could do better: the clause is read once.
        """
        expressions = self._expressions[number]
        while True:
            first = -1
            for expression in expressions:
                match = expression.search(text, start, end)
                if match is None:
                    return
                first = match.start() if first < 0 else first
                start = match.end()
            yield first, start, number


class Matcher:
    """Finds the patterns of a dictionary in texts.

    Args:
        patterns: What is searched for, for each entry of the dictionary.
        theme_of: The number of each entry's theme.
        nesting: Which of several overlapping matches count.
    """

    def __init__(
        self,
        patterns: Sequence[Sequence[Pattern]],
        theme_of: Sequence[int],
        nesting: Nesting = Nesting.THEME,
    ) -> None:
        self._theme_of = theme_of
        self._nesting = nesting
        entries: dict[Pattern, list[int]] = {}
        for entry, forms in enumerate(patterns):
            for pattern in forms:
                entries.setdefault(pattern, []).append(entry)
        self._entries = list(entries.values())
        numbered = list(enumerate(entries))
        self._literals = _Literals([item for item in numbered if item[1].literal is not None])
        self._wild = _Wild([item for item in numbered if item[1].literal is None])

    def matches(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the matches that count.

        Args:
            text: The clean text.

        Yields:
            ``(start, entry)`` by where they begin: the offset of the match and the number of the
            dictionary's entry it counts for.
        """
        return ((start, entry) for start, _, entry in self.spans(text))

    def spans(self, text: str) -> Iterator[Match]:
        """Yield what :meth:`matches` does, with where each ends: ``(start, end, entry)``, half-open."""
        searched, offsets = without_uncounted_blanks(searchable(text))
        counted = self._counted(searched)
        if offsets is None:
            return counted
        return ((int(offsets[start]), int(offsets[end - 1]) + 1, entry) for start, end, entry in counted)

    def _counted(self, lowered: str) -> Iterator[Match]:
        found = self._literals.matches(lowered)
        if wild := self._wild.matches(lowered):
            found = heapq.merge(found, wild, key=_by_start)
        if self._nesting is Nesting.ALL:
            return ((start, end, entry) for start, end, number in found for entry in self._entries[number])
        if self._nesting is Nesting.DICTIONARY:
            return self._longest_of_all(found)
        return self._longest_of_themes(found)

    def _longest_of_themes(self, found: Iterable[Match]) -> Iterator[Match]:
        free: dict[int, int] = {}
        for start, end, number in found:
            for entry in self._entries[number]:
                theme = self._theme_of[entry]
                if start >= free.get(theme, 0):
                    free[theme] = end
                    yield start, end, entry

    def _longest_of_all(self, found: Iterable[Match]) -> Iterator[Match]:
        taken = (-1, 0)
        for start, end, number in found:
            # Other themes that list the same term, or one that matches the same span, count as well.
            if start >= taken[1] or (start, end) == taken:
                taken = (start, end)
                yield from ((start, end, entry) for entry in self._entries[number])


def _is_letter(text: str, position: int) -> bool:
    return 0 <= position < len(text) and text[position].isascii() and text[position].isalnum()
