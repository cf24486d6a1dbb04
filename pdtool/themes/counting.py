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
from pdtool.documents.warm_up import warm_up_with
from pdtool.terms.dictionary import Dictionary
from pdtool.terms.finder import Occurrence, TermFinder
from pdtool.terms.matcher import Nesting
from pdtool.terms.negation import Negations
from pdtool.terms.rules import Within
from pdtool.terms.synonyms import NO_SYNONYMS, Synonyms
from pdtool.text.edits import IntArray
from pdtool.text.fold import fold, folded_length

__all__ = ["DocumentCounts", "Part", "ThemeCounter", "warm_up"]


def warm_up() -> Iterator[None]:
    """Make what counting themes takes, piece by piece, after what reading does.

    Yields:
        After each piece.
    """
    yield from warm_up_with(lambda sample: ThemeCounter("不", bytes(4)).count(f"不{sample}"))


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """The terms that occur in a text or in a section of it.

    Args:
        chars: Folded characters.
        entries: Numbers of the dictionary's entries that occur, ascending, shape ``(n,)``.
        counts: How often each does, shape ``(n,)``, all positive.
        negated: How many of these occurrences stand in a negation, shape ``(n,)``.
        section: The section; ``None`` for a whole text.
    """

    chars: int
    entries: IntArray
    counts: IntArray
    negated: IntArray
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
def _finder(terms: str, themes: bytes, nesting: Nesting, within: Within, synonyms: Synonyms) -> TermFinder:
    theme_of = np.frombuffer(themes, np.int32).tolist()
    return TermFinder(terms.split("\n"), theme_of, nesting, within, synonyms)


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
        within: Where the terms of a coding rule must stand together that does not say so.
        synonyms: Words that are counted as one.
    """

    terms: str
    themes: bytes
    nesting: Nesting = Nesting.THEME
    by_section: bool = False
    with_references: bool = False
    fields: tuple[str, ...] = ()
    within: Within = Within.SENTENCE
    synonyms: Synonyms = NO_SYNONYMS

    @classmethod
    def of(
        cls,
        dictionary: Dictionary,
        nesting: Nesting = Nesting.THEME,
        by_section: bool = False,
        with_references: bool = False,
        fields: tuple[str, ...] = (),
        within: Within = Within.SENTENCE,
        synonyms: Synonyms = NO_SYNONYMS,
    ) -> ThemeCounter:
        """Make a counter for a dictionary."""
        terms = "\n".join(entry.term for entry in dictionary.entries)
        themes = np.array(dictionary.theme_of, dtype=np.int32).tobytes()
        return cls(terms, themes, nesting, by_section, with_references, fields, within, synonyms)

    def __call__(self, document: Document) -> DocumentCounts:
        """Count the terms in the body of a document."""
        return DocumentCounts(group_values(document, self.fields), self.count(self.body(document)))

    def body(self, document: Document) -> str:
        """Return what of a document is counted."""
        return body_of(document, self.with_references)

    def occurrences(self, body: str) -> Iterator[Occurrence]:
        """Yield what counts: ``(start, end, entry)``, by where they begin."""
        finder = _finder(self.terms, self.themes, self.nesting, self.within, self.synonyms)
        return finder.occurrences(body)

    def count(self, body: str) -> tuple[Part, ...]:
        """Count the terms in a text.

        Returns:
            One part a section, or one part.
        """
        divided = sections(body) if self.by_section else [None]
        ends = [len(body) if section is None else section.end for section in divided]
        counted = _counted(self.occurrences(body), Negations(body), ends)
        return tuple(map(_part, _folded_lengths(body, ends), counted, divided))


def _folded_lengths(text: str, ends: Sequence[int]) -> list[int]:
    """Return how many characters the fold of each stretch of a text has, from one end to the next."""
    if ends == [len(text)]:
        return [folded_length(text)]
    folded: list[int] = np.diff(np.searchsorted(fold(text).positions, ends), prepend=0).tolist()
    return folded


def _counted(
    occurrences: Iterable[Occurrence], negations: Negations, ends: Sequence[int]
) -> list[Counter[tuple[int, bool]]]:
    """Count sorted occurrences by entry and by whether they are negated, for each stretch up to its end."""
    counts: list[Counter[tuple[int, bool]]] = [Counter() for _ in ends]
    place = 0
    for start, end, entry in occurrences:
        while start >= ends[place]:
            place += 1
        counts[place][entry, negations.hold(start, end)] += 1
    return counts


def _part(chars: int, counts: Counter[tuple[int, bool]], section: Section | None) -> Part:
    entries = sorted({entry for entry, _ in counts})
    negated = np.array([counts[entry, True] for entry in entries], dtype=np.int32)
    affirmed = np.array([counts[entry, False] for entry in entries], dtype=np.int32)
    return Part(chars, np.array(entries, dtype=np.int32), negated + affirmed, negated, section)
