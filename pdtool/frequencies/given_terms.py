"""A document → how often given terms occur in it, as strings: by the matcher that themes use."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from pdtool.documents.document import Document
from pdtool.documents.grouping import Group, group_values
from pdtool.documents.mapping import body_of
from pdtool.terms.dictionary import Dictionary
from pdtool.terms.finder import TermFinder
from pdtool.terms.matcher import Nesting
from pdtool.terms.rules import Within
from pdtool.terms.synonyms import NO_SYNONYMS, Synonyms
from pdtool.text.fold import folded_length

__all__ = ["CountedTerms", "TermCounter"]


@dataclass(frozen=True, slots=True, eq=False)
class CountedTerms:
    """What a document holds.

    Args:
        group: Its group.
        year: The year it is of, for trends.
        size: Folded characters of its body.
        entries: Numbers of the dictionary's entries that occur, ascending, shape ``(n,)``.
        counts: How often each does, shape ``(n,)``, all positive.
    """

    group: Group
    year: str
    size: int
    entries: npt.NDArray[np.integer[Any]]
    counts: npt.NDArray[np.integer[Any]]


@lru_cache(maxsize=1)
def _finder(terms: str, themes: bytes, nesting: Nesting, within: Within, synonyms: Synonyms) -> TermFinder:
    theme_of = np.frombuffer(themes, np.int32).tolist()
    return TermFinder(terms.split("\n"), theme_of, nesting, within, synonyms)


@dataclass(frozen=True, slots=True)
class TermCounter:
    """Counts given terms in one document after another, in any process.

    Args:
        terms: The terms, one a line: one string is sent to a worker faster than many.
        themes: The number of each term's theme, as 32-bit integers: of terms of one theme that overlap, the
            longest counts.
        nesting: Which of several overlapping matches count.
        fields: What documents are grouped by.
        dated: Whether the year of a document is wanted.
        with_references: Whether references, notes and the like are counted as text.
        within: Where the terms of a coding rule must stand together that does not say so.
        synonyms: Words that are counted as one.
    """

    terms: str
    themes: bytes
    nesting: Nesting = Nesting.THEME
    fields: tuple[str, ...] = ()
    dated: bool = False
    with_references: bool = False
    within: Within = Within.SENTENCE
    synonyms: Synonyms = NO_SYNONYMS

    @classmethod
    def of(
        cls,
        dictionary: Dictionary,
        nesting: Nesting = Nesting.THEME,
        fields: tuple[str, ...] = (),
        dated: bool = False,
        with_references: bool = False,
        within: Within = Within.SENTENCE,
        synonyms: Synonyms = NO_SYNONYMS,
    ) -> TermCounter:
        """Make a counter; terms without a theme are each counted by itself, whatever overlaps it."""
        terms = "\n".join(entry.term for entry in dictionary.entries)
        numbered = enumerate(zip(dictionary.entries, dictionary.theme_of, strict=True))
        count = len(dictionary.themes)
        themes = [theme if entry.theme else count + number for number, (entry, theme) in numbered]
        packed = np.array(themes, np.int32).tobytes()
        return cls(terms, packed, nesting, fields, dated, with_references, within, synonyms)

    def __call__(self, document: Document) -> CountedTerms:
        """Count the terms in the body of a document."""
        body = body_of(document, self.with_references)
        group = group_values(document, (*self.fields, *(("year",) if self.dated else ())))
        year = group[-1] if self.dated else ""
        found = sorted(self.count(body).items())
        return CountedTerms(
            group[: len(self.fields)],
            year,
            folded_length(body),
            np.array([entry for entry, _ in found], dtype=np.int32),
            np.array([count for _, count in found], dtype=np.int32),
        )

    def count(self, body: str) -> Counter[int]:
        """Count the terms of a text by the numbers of their entries."""
        finder = _finder(self.terms, self.themes, self.nesting, self.within, self.synonyms)
        return Counter(entry for _, _, entry in finder.occurrences(body))
