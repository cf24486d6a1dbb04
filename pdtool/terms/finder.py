"""The one way in which the terms of a dictionary are found in a text, coding rules among them."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter

import numpy as np

from pdtool.documents.sections import sections
from pdtool.terms.matcher import Matcher, Nesting
from pdtool.terms.rules import Rule, Within, is_rule, parse_rule
from pdtool.terms.synonyms import NO_SYNONYMS, Synonyms
from pdtool.text.edits import IntArray
from pdtool.text.sentences import paragraph_ends, sentence_ends

__all__ = ["Occurrence", "TermFinder", "unit_ends"]

Occurrence = tuple[int, int, int]
"""``(start, end, entry)``: a half-open span of the text and the number of the term."""


_LOOKED_AT_FIRST = 1_000
"""Characters of a text that are looked at before the whole is."""


def unit_ends(text: str, within: Within) -> IntArray:
    """Return where the sentences, paragraphs or sections of a text end, ascending."""
    if within is Within.SECTION:
        return np.array([section.end for section in sections(text)], dtype=np.int32)
    return (sentence_ends if within is Within.SENTENCE else paragraph_ends)(text)


class TermFinder:
    """Finds terms and coding rules.

    A term occurs wherever it stands, as the rule of nesting says. A coding rule occurs once in each sentence
    (or paragraph, or section) in which it holds, at the first term that it wants there; the terms inside a
    rule are found wherever they stand, whatever the nesting.

    Args:
        terms: What is searched for, as the user wrote it.
        theme_of: The number of each term's theme.
        nesting: Which of several terms that overlap count.
        within: Where the terms of a rule must stand together that does not say so itself.
        synonyms: Words that are counted as one.

    Raises:
        RuleError: If a rule cannot be read.

    >>> finder = TermFinder(["数字", "数字 AND 政府"], [0, 1])
    >>> list(finder.occurrences("数字政府。数字经济。"))
    [(0, 2, 0), (0, 2, 1), (5, 7, 0)]
    """

    def __init__(
        self,
        terms: Sequence[str],
        theme_of: Sequence[int],
        nesting: Nesting = Nesting.THEME,
        within: Within = Within.SENTENCE,
        synonyms: Synonyms = NO_SYNONYMS,
    ) -> None:
        rules = {entry: parse_rule(term) for entry, term in enumerate(terms) if is_rule(term)}
        plain = ["" if entry in rules else term for entry, term in enumerate(terms)]
        self._matcher = Matcher(synonyms.patterns(plain), theme_of, nesting)
        self._rules = _Rules(rules, within, synonyms) if rules else None

    def occurrences(self, text: str) -> Iterator[Occurrence]:
        """Yield the occurrences that count, by where they begin.

        Args:
            text: The clean text, or the body of a document.
        """
        found = self._matcher.spans(text)
        if self._rules is None:
            return found
        return heapq.merge(found, self._rules.occurrences(text), key=itemgetter(0))

    def may_occur(self, text: str) -> bool:
        """Return whether a term stands in a text, or one that a rule wants; a quick look.

        Of a term at the end of the part that is looked at first it may say so where a Latin word goes on.
        """
        # What is common stands in the first lines; a search looks for all that a text holds.
        return self._stands_in(text[:_LOOKED_AT_FIRST]) or (
            len(text) > _LOOKED_AT_FIRST and self._stands_in(text)
        )

    def _stands_in(self, text: str) -> bool:
        return next(self._matcher.spans(text), None) is not None or (
            self._rules is not None and self._rules.may_occur(text)
        )


class _Rules:
    """Finds where coding rules hold.

    Args:
        rules: The rules by the number of their entry.
        within: Where terms must stand together of rules that do not say so.
        synonyms: Words that are counted as one.
    """

    def __init__(self, rules: Mapping[int, Rule], within: Within, synonyms: Synonyms) -> None:
        self._rules = rules
        self._names = list(dict.fromkeys(term for rule in rules.values() for term in rule.terms))
        self._matcher = Matcher(synonyms.patterns(self._names), range(len(self._names)), Nesting.THEME)
        self._wanting: dict[Within, dict[str, list[int]]] = {}
        for entry, rule in rules.items():
            wanting = self._wanting.setdefault(rule.within or within, {})
            for term in sorted(rule.wanted):
                wanting.setdefault(term, []).append(entry)

    def occurrences(self, text: str) -> list[Occurrence]:
        """Return where the rules hold, by where their first term begins."""
        found = list(self._matcher.spans(text))
        if not found:
            return []
        every = (one for within in self._wanting for one in self._within(text, within, found))
        return sorted(every, key=itemgetter(0, 2))

    def may_occur(self, text: str) -> bool:
        """Return whether a term of a rule stands in a text."""
        return next(self._matcher.spans(text), None) is not None

    def _within(self, text: str, within: Within, found: Sequence[Occurrence]) -> Iterator[Occurrence]:
        """Yield the occurrences of the rules whose terms stand together in such units."""
        wanting = self._wanting[within]
        units = np.searchsorted(unit_ends(text, within), [start for start, _, _ in found], side="right")
        for _, members in groupby(zip(units.tolist(), found, strict=True), key=itemgetter(0)):
            first: dict[str, tuple[int, int]] = {}
            for _, (start, end, number) in members:
                first.setdefault(self._names[number], (start, end))
            candidates = dict.fromkeys(entry for term in first for entry in wanting.get(term, ()))
            for entry in candidates:
                rule = self._rules[entry]
                if rule.holds(first.__contains__):
                    start, end = min(span for term, span in first.items() if term in rule.wanted)
                    yield start, end, entry
