"""The co-word network of a report: its terms, and what is drawn of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from importlib.util import find_spec
from types import MappingProxyType

import numpy as np

from pdtool.keywords.proposals import Proposal, best_shares, corpus_shares, first_of_each
from pdtool.network.coword import Cells, CowordNetwork
from pdtool.report.coword_model import CommunityView, CowordView, TermArc, TermStop
from pdtool.report.frequency_model import WordLine
from pdtool.report.trees import similarity_map
from pdtool.terms.rules import is_rule
from pdtool.terms.synonyms import Synonyms
from pdtool.terms.term_list import distinct_terms

__all__ = ["TERMS", "coword_terms", "coword_view"]

TERMS = 40
"""Keywords of the corpus that are taken: as many as a person can still follow."""
_ARCS = 80
"""Pairs that are drawn, those with the greatest coefficients."""
NO_LINES: Mapping[str, tuple[WordLine, ...]] = MappingProxyType({})
"""No occurrences are shown."""
_NAMED = 3
"""Terms by which a community is named."""


def coword_terms(proposals: Iterable[Proposal], synonyms: Synonyms) -> list[str]:
    """Return the terms of the network, those of ``pdtool network``: the best keywords of the whole corpus.

    Args:
        proposals: What every document proposed.
        synonyms: Words that are counted as one.
    """
    shares = best_shares(corpus_shares(first_of_each(proposals)), TERMS, nested=True)
    return distinct_terms([phrase for phrase, _ in shares if not is_rule(phrase)], synonyms)


def coword_view(
    network: CowordNetwork, lines: Mapping[str, tuple[WordLine, ...]] = NO_LINES
) -> CowordView | None:
    """Arrange the terms of a network, community by community.

    Args:
        network: The network; its communities are found if igraph is installed.
        lines: Some occurrences of each term.

    Returns:
        ``None`` where no two terms stand together.
    """
    edges, terms = network.edges, network.found.terms
    if not len(edges):
        return None
    members = _communities(network)
    linked = np.zeros(len(terms), dtype=np.bool_)
    linked[edges.first] = linked[edges.second] = True
    frequent = [number for number in network.found.order.tolist() if linked[number]]
    order = sorted(frequent, key=lambda number: members[number])
    place = {number: row for row, number in enumerate(order)}
    counts = network.found.counts.tolist()
    stops = [
        TermStop(terms[number], counts[number], members[number], lines.get(terms[number], ()))
        for number in order
    ]
    gaps = [row for row in range(1, len(stops)) if stops[row].community != stops[row - 1].community]
    names = [terms[number] for number in network.found.order.tolist()]
    similarity = similarity_map(network.cells(Cells.OCHIAI), names, [terms[number] for number in frequent])
    return CowordView(
        tuple(stops),
        _arcs(network, place, stops),
        tuple(gaps),
        len(edges),
        _views(network, stops),
        similarity,
    )


def _communities(network: CowordNetwork) -> list[int]:
    """Return the number of each term's community; 0 for all where igraph, which finds them, is missing."""
    if find_spec("igraph") is None:
        return [0] * len(network.found.terms)
    found: list[int] = network.nodes.communities.of.tolist()
    return found


def _arcs(network: CowordNetwork, place: dict[int, int], stops: Sequence[TermStop]) -> tuple[TermArc, ...]:
    """Return the closest pairs, the closest last, so that they lie on top."""
    edges, ochiai = network.edges, np.round(network.measures.ochiai, 4)
    closest = np.argsort(-ochiai, kind="stable")[:_ARCS]
    arcs = []
    for number in closest[::-1].tolist():
        ends = place[int(edges.first[number])], place[int(edges.second[number])]
        first, second = sorted(ends)
        same = stops[first].community == stops[second].community
        community = stops[first].community if same else 0
        arcs.append(TermArc(first, second, int(edges.together[number]), float(ochiai[number]), community))
    return tuple(arcs)


def _views(network: CowordNetwork, stops: Sequence[TermStop]) -> tuple[CommunityView, ...]:
    """Return the communities; none where they were not found."""
    members: dict[int, list[str]] = {}
    for stop in stops:
        members.setdefault(stop.community, []).append(stop.term)
    if 0 in members:
        return ()
    found = network.nodes.communities
    return tuple(
        CommunityView(
            number,
            tuple(terms[:_NAMED]),
            len(terms),
            float(found.centrality[number - 1]),
            float(found.density[number - 1]),
        )
        for number, terms in sorted(members.items())
    )
