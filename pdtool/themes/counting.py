"""A document → how often each term of a dictionary occurs in it, whole or section by section."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from pdtool.documents.document import Document
from pdtool.documents.grouping import Group, group_values
from pdtool.documents.mapping import body_of
from pdtool.documents.sections import Section, sections
from pdtool.terms.dictionary import Dictionary
from pdtool.terms.matcher import Matcher, Nesting
from pdtool.terms.patterns import compile_terms
from pdtool.text.edits import IntArray
from pdtool.text.fold import fold

__all__ = ["DocumentCounts", "Part", "ThemeCounter"]


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """The terms that occur in a text or in a section of it.

    Args:
        chars: Folded characters.
        entries: Numbers of the dictionary's entries that occur, ascending, shape ``(n,)``.
        counts: How often each does, shape ``(n,)``, all positive.
        section: The section; ``None`` for a whole text.
    """

    chars: int
    entries: IntArray
    counts: IntArray
    section: Section | None = None


@dataclass(frozen=True, slots=True, eq=False)
class DocumentCounts:
    """What a document holds of a dictionary.

    Args:
        group: Its group: a value for each field that is grouped by.
        parts: Its sections, or the one part that is the whole body.
    """

    group: Group
    parts: tuple[Part, ...]


@lru_cache(maxsize=1)
def _matcher(terms: str, themes: bytes, nesting: Nesting) -> Matcher:
    return Matcher(compile_terms(terms.split("\n")), np.frombuffer(themes, np.int32).tolist(), nesting)


@dataclass(frozen=True, slots=True)
class ThemeCounter:
    """Counts the terms of a dictionary in one document after another, in any process.

    Args:
        terms: The dictionary's terms, one a line: one string is sent to a worker faster than many.
        themes: The number of each term's theme, as 32-bit integers.
        nesting: Which of several overlapping matches count.
        by_section: Whether each section is counted by itself.
        with_references: Whether references, notes and the like are counted as text.
        fields: What documents are grouped by.
    """

    terms: str
    themes: bytes
    nesting: Nesting = Nesting.THEME
    by_section: bool = False
    with_references: bool = False
    fields: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        dictionary: Dictionary,
        nesting: Nesting = Nesting.THEME,
        by_section: bool = False,
        with_references: bool = False,
        fields: tuple[str, ...] = (),
    ) -> ThemeCounter:
        """Make a counter for a dictionary."""
        terms = "\n".join(entry.term for entry in dictionary.entries)
        themes = np.array(dictionary.theme_of, dtype=np.int32).tobytes()
        return cls(terms, themes, nesting, by_section, with_references, fields)

    def __call__(self, document: Document) -> DocumentCounts:
        """Count the terms in the body of a document."""
        return DocumentCounts(group_values(document, self.fields), self.count(self.body(document)))

    def body(self, document: Document) -> str:
        """Return what of a document is counted."""
        return body_of(document, self.with_references)

    def matches(self, body: str) -> Iterator[tuple[int, int]]:
        """Yield what counts: where a match begins and the number of its entry, by where they begin."""
        return _matcher(self.terms, self.themes, self.nesting).matches(body)

    def count(self, body: str) -> tuple[Part, ...]:
        """Count the terms in a text.

        Returns:
            One part a section, or one part.
        """
        divided = sections(body) if self.by_section else [None]
        ends = [len(body) if section is None else section.end for section in divided]
        matches = self.matches(body)
        folded = np.searchsorted(fold(body).positions, ends)
        chars = np.diff(folded, prepend=0).tolist()
        counted = _counted(matches, ends)
        return tuple(map(_part, chars, counted, divided))


def _counted(matches: Iterable[tuple[int, int]], ends: Sequence[int]) -> list[Counter[int]]:
    """Count sorted matches by entry, for each stretch that ends where ``ends`` say."""
    counts: list[Counter[int]] = [Counter() for _ in ends]
    place = 0
    for start, entry in matches:
        while start >= ends[place]:
            place += 1
        counts[place][entry] += 1
    return counts


def _part(chars: int, counts: Counter[int], section: Section | None) -> Part:
    entries = sorted(counts)
    return Part(
        chars,
        np.array(entries, dtype=np.int32),
        np.array([counts[entry] for entry in entries], dtype=np.int32),
        section,
    )
