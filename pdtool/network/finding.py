"""A document → which terms stand together in its units."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from pdtool.cooccurrence.bins import TermBins
from pdtool.documents.document import Document
from pdtool.documents.mapping import body_of
from pdtool.network.units import Unit, term_bins
from pdtool.terms.finder import TermFinder
from pdtool.terms.matcher import Nesting
from pdtool.terms.rules import Within
from pdtool.terms.synonyms import NO_SYNONYMS, Synonyms

__all__ = ["BinFinder"]


@lru_cache(maxsize=1)
def _finder(terms: str, nested: bool, synonyms: Synonyms) -> TermFinder:
    names = terms.split("\n") if terms else []
    nesting = Nesting.ALL if nested else Nesting.THEME
    return TermFinder(names, [0] * len(names), nesting, Within.SENTENCE, synonyms)


@dataclass(frozen=True, slots=True)
class BinFinder:
    """Finds the terms of one document after another, in any process.

    Args:
        terms: The terms, one a line: one string is sent to a worker faster than many.
        unit: What counts as together.
        nested: Whether a term inside a longer one counts: 治理 in 基层治理 then stands together with it.
        synonyms: Words that are counted as one.
        with_references: Whether references, notes and the like are counted as text.
    """

    terms: str
    unit: Unit
    nested: bool = False
    synonyms: Synonyms = NO_SYNONYMS
    with_references: bool = False

    def __call__(self, document: Document) -> TermBins:
        """Return which terms stand together in the body of a document."""
        return self.find(body_of(document, self.with_references))

    def find(self, body: str) -> TermBins:
        """Return which terms stand together in a text."""
        finder = _finder(self.terms, self.nested, self.synonyms)
        return term_bins(body, list(finder.occurrences(body)), self.unit)

    def check(self) -> None:
        """Read the terms now.

        Raises:
            RuleError: If a term is a coding rule that cannot be read.
        """
        _finder(self.terms, self.nested, self.synonyms)
