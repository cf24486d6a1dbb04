"""A document → which terms stand together in its units."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from pdtool.documents.document import Document
from pdtool.documents.mapping import body_of
from pdtool.network.units import TermBins, Unit, term_bins
from pdtool.terms.matcher import Matcher, Nesting
from pdtool.terms.patterns import compile_terms

__all__ = ["BinFinder"]


@lru_cache(maxsize=1)
def _matcher(terms: str, nested: bool) -> Matcher:
    names = terms.split("\n") if terms else []
    return Matcher(compile_terms(names), [0] * len(names), Nesting.ALL if nested else Nesting.THEME)


@dataclass(frozen=True, slots=True)
class BinFinder:
    """Finds the terms of one document after another, in any process.

    Args:
        terms: The terms, one a line: one string is sent to a worker faster than many.
        unit: What counts as together.
        nested: Whether a term inside a longer one counts: 治理 in 基层治理 then stands together with it.
        with_references: Whether references, notes and the like are counted as text.
    """

    terms: str
    unit: Unit
    nested: bool = False
    with_references: bool = False

    def __call__(self, document: Document) -> TermBins:
        """Return which terms stand together in the body of a document."""
        return self.find(body_of(document, self.with_references))

    def find(self, body: str) -> TermBins:
        """Return which terms stand together in a text."""
        return term_bins(body, list(_matcher(self.terms, self.nested).spans(body)), self.unit)
