"""What a concordance searches for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import merge
from operator import itemgetter

from pdtool.documents.text_parts import has_note_marks
from pdtool.errors import UsageError
from pdtool.language import _
from pdtool.terms.dictionary import Entry
from pdtool.terms.expressions import Expressions
from pdtool.terms.finder import Occurrence, TermFinder
from pdtool.terms.matcher import Nesting
from pdtool.terms.patterns import Pattern, compile_terms
from pdtool.terms.rules import Within
from pdtool.terms.synonyms import NO_SYNONYMS, Synonyms

__all__ = ["Query", "make_query"]


@dataclass(frozen=True)
class Query:
    """Terms, rules and regular expressions; sent to workers as text and compiled there once.

    Args:
        terms: Terms and coding rules, as the user wrote them.
        themes: The theme of each; empty for those of none.
        expressions: Regular expressions.
        nesting: Which of several terms of a theme count that overlap. A term of no theme counts by itself.
        within: Where the terms of a rule must stand together that does not say so.
        synonyms: Words that are counted as one.
    """

    terms: tuple[str, ...]
    themes: tuple[str, ...]
    expressions: tuple[str, ...] = ()
    nesting: Nesting = Nesting.THEME
    within: Within = Within.SENTENCE
    synonyms: Synonyms = NO_SYNONYMS

    def occurrences(self, text: str) -> list[Occurrence]:
        """Return the occurrences in a text, by where they begin; expressions are numbered last."""
        finder, expressions = _compiled(self)
        if not self.expressions:
            return list(finder.occurrences(text))
        found = expressions.occurrences(text)
        behind = ((start, end, len(self.terms) + number) for start, end, number in found)
        return list(merge(finder.occurrences(text), behind, key=itemgetter(0)))

    def may_occur(self, text: str) -> bool:
        """Return whether a body that is cut out of a text can hold an occurrence; a quick look."""
        # An expression may go over what is left out of a body, and a note mark stand inside a term.
        return bool(self.expressions) or _compiled(self)[0].may_occur(text) or has_note_marks(text)

    def named(self, number: int) -> tuple[str, str]:
        """Return a term as it was written, and its theme."""
        if number < len(self.terms):
            return self.terms[number], self.themes[number]
        return self.expressions[number - len(self.terms)], ""


def make_query(
    terms: Sequence[str],
    entries: Sequence[Entry],
    expressions: Sequence[str],
    nesting: Nesting,
    within: Within,
    synonyms: Synonyms,
) -> Query:
    """Make a query and check it before any document is read.

    Args:
        terms: Terms and rules of no theme; of those that search for the same the first is taken.
        entries: Entries of a dictionary.
        expressions: Regular expressions.
        nesting: Which of several terms of a theme count that overlap.
        within: Where the terms of a rule must stand together.
        synonyms: Words that are counted as one.

    Raises:
        UsageError: If a term or an expression holds nothing to search for, or cannot be read.
        RuleError: If a rule cannot be read, or cannot be true.
    """
    own = list(dict.fromkeys(term.strip() for term in terms))
    for term, forms in zip(own, compile_terms(own), strict=True):
        if not forms:
            raise UsageError(
                _("the term {term!r} holds nothing to search for", term=term),
                _("write at least one character beside * and ?"),
            )
    first: dict[tuple[Pattern, ...], str] = {}
    for term, forms in zip(own, synonyms.patterns(own), strict=True):
        first.setdefault(forms, term)
    kept = list(first.values())
    names = (*kept, *(entry.term for entry in entries))
    themes = (*("" for _ in kept), *(entry.theme for entry in entries))
    query = Query(names, themes, tuple(dict.fromkeys(expressions)), nesting, within, synonyms)
    _compiled(query)
    return query


@lru_cache(maxsize=1)
def _compiled(query: Query) -> tuple[TermFinder, Expressions]:
    theme_of = _numbers(query.themes)
    finder = TermFinder(query.terms, theme_of, query.nesting, query.within, query.synonyms)
    return finder, Expressions(query.expressions)


def _numbers(themes: Sequence[str]) -> list[int]:
    """Return a number for each theme, and one of its own for each term of none."""
    names: dict[str | int, int] = {}
    return [names.setdefault(theme or place, len(names)) for place, theme in enumerate(themes)]
