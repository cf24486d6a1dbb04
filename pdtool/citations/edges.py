"""Who names whom: citations added up between bodies, levels or documents, year by year."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import product

from pdtool.citations.cite import Citation
from pdtool.citations.cited_facts import CitedFacts, cited_facts
from pdtool.citations.mention import Profile
from pdtool.citations.rows import CitationRow
from pdtool.rows import NO_VALUE

__all__ = ["Between", "edge_rows"]

_Key = tuple[str, str, str, str, str, str]
_End = tuple[str, str]
"""The name of an end of an edge, and its level."""


class Between(StrEnum):
    """What is at the ends of an edge."""

    ISSUER = "issuer"
    LEVEL = "level"
    DOCUMENT = "document"


def edge_rows(citations: Iterable[Citation], between: Between) -> Iterator[CitationRow]:
    """Yield how often documents name others, by the ends of the edges, then by year and relation.

    Joint issuers have an edge each, so that counts between issuers may add up to more than the mentions.

    Args:
        citations: What each document names.
        between: What is at the ends.
    """
    counts: dict[_Key, int] = {}
    documents: dict[_Key, set[str]] = {}
    ends = _ENDS[between]
    for citation in citations:
        facts = cited_facts(citation.best_known, citation.found)
        citing, cited = ends[0](citation.citing), ends[1](citation, facts)
        year = citation.citing.year or NO_VALUE
        for mention in citation.mentions:
            for one, other in product(citing, cited):
                key = (one[0], other[0], one[1], other[1], year, mention.relation)
                counts[key] = counts.get(key, 0) + 1
                documents.setdefault(key, set()).add(citation.citing.doc)
    for key in sorted(counts):
        yield CitationRow(*key, counts[key], len(documents[key]))


def _issuers(profile: Profile) -> Sequence[_End]:
    return [(issuer, profile.level) for issuer in profile.issuers] or [(NO_VALUE, profile.level)]


def _cited_issuers(_: Citation, facts: CitedFacts) -> Sequence[_End]:
    return [(issuer, facts.level) for issuer in facts.issuers] or [(NO_VALUE, facts.level)]


def _levels(profile: Profile) -> Sequence[_End]:
    return [(profile.level or NO_VALUE, profile.level)]


def _cited_levels(_: Citation, facts: CitedFacts) -> Sequence[_End]:
    return [(facts.level or NO_VALUE, facts.level)]


def _documents(profile: Profile) -> Sequence[_End]:
    return [(profile.doc, profile.level)]


def _cited_documents(citation: Citation, facts: CitedFacts) -> Sequence[_End]:
    if citation.found is not None:
        return [(citation.found.doc, citation.found.level)]
    return [(citation.name, facts.level)]


_ENDS: dict[
    Between, tuple[Callable[[Profile], Sequence[_End]], Callable[[Citation, CitedFacts], Sequence[_End]]]
] = {
    Between.ISSUER: (_issuers, _cited_issuers),
    Between.LEVEL: (_levels, _cited_levels),
    Between.DOCUMENT: (_documents, _cited_documents),
}
