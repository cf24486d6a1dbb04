"""The terms as nodes of a graph: how connected each is, between which it lies, and with which it groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

import numpy as np
import numpy.typing as npt

from pdtool.cooccurrence.totals import Edges
from pdtool.errors import PdtoolError, UsageError
from pdtool.install_hint import install_hint
from pdtool.language import _
from pdtool.significance import FloatArray

__all__ = ["Communities", "Nodes", "callon", "degrees", "nodes_of"]

Ints = npt.NDArray[np.int64]

_STARTS = 10
"""Runs of Leiden, each from another seed, of which the best is taken."""
_MOST_PATHS = 5_000_000_000
"""Nodes times edges: what the betweenness of all takes to count, here about a minute."""


@dataclass(frozen=True, slots=True, eq=False)
class Communities:
    """Terms that stand together more than with others.

    Args:
        of: The community of each term, from 1, the largest first; 0 for a term without an edge.
        centrality: Callon's centrality of each community, shape ``(n_communities,)``.
        density: Callon's density of each.
        modularity: Of the whole partition (Newman 2004, weighted), −0.5 to 1.
    """

    of: Ints
    centrality: FloatArray
    density: FloatArray
    modularity: float

    def __len__(self) -> int:
        return len(self.centrality)


@dataclass(frozen=True, slots=True, eq=False)
class Nodes:
    """What is known of each term as a node; all arrays have the shape ``(n_terms,)``.

    Args:
        degree: With how many others it stands together.
        strength: How often, added up over those.
        betweenness: The share of the shortest paths between others that lead over it, 0 to 1.
        communities: What it groups with.
    """

    degree: Ints
    strength: Ints
    betweenness: FloatArray
    communities: Communities


def degrees(edges: Edges, terms: int) -> tuple[Ints, Ints]:
    """Return the degree and the strength of each term.

    Args:
        edges: The edges that are kept.
        terms: How many terms there are.
    """
    ends = np.concatenate((edges.first, edges.second))
    strength = np.bincount(ends, np.tile(edges.together, 2), terms)
    return np.bincount(ends, minlength=terms), strength.astype(np.int64)


def nodes_of(edges: Edges, equivalence: FloatArray, counts: Ints, resolution: float) -> Nodes:
    """Describe the terms of a network.

    Args:
        edges: The edges that are kept.
        equivalence: The equivalence index of each, the square of Ochiai's.
        counts: How many units hold each term.
        resolution: How finely communities are told apart; 1 is modularity's own.

    Raises:
        PdtoolError: If igraph is not installed.
        UsageError: If the network is too large.
    """
    graph = _graph(edges, len(counts))
    degree, strength = degrees(edges, len(counts))
    members, modularity = _partition(graph, edges, resolution)
    numbers = _numbered(members, degree, counts)
    centrality, density = callon(edges, equivalence, numbers)
    communities = Communities(numbers, centrality, density, modularity)
    return Nodes(degree, strength, _betweenness(graph), communities)


def _graph(edges: Edges, terms: int) -> Any:
    try:
        import igraph
    except ImportError as error:
        raise PdtoolError(
            _("the terms of a network are described by the library igraph, which is not installed"),
            _("{install}; or --by edge, which does without", install=install_hint("igraph")),
        ) from error
    if terms * len(edges) > _MOST_PATHS:
        raise UsageError(
            _(
                "a network of {terms:,} terms and {n:,} edges is too large to describe",
                terms=terms,
                n=len(edges),
            ),
            _("take fewer terms (--top 1000), or fewer edges (--min-together 5)"),
        )
    return igraph.Graph(n=terms, edges=np.stack((edges.first, edges.second), axis=1))


def _betweenness(graph: Any) -> FloatArray:
    """Return the betweenness of each node (Freeman 1977), a share of all pairs of others; edges unweighted.

    Source: Brandes (2001), by igraph.
    """
    others = graph.vcount() - 1
    pairs = max(others * (others - 1) / 2, 1.0)
    found: FloatArray = np.array(graph.betweenness(directed=False), dtype=np.float64) / pairs
    return found


def _partition(graph: Any, edges: Edges, resolution: float) -> tuple[Sequence[int], float]:
    """Group nodes by the algorithm of Leiden (Traag, Waltman and van Eck 2019), and return the modularity.

    Modularity compares how often two terms stand together with what their strengths lead to expect, as the
    clustering of VOSviewer does (Waltman, van Eck and Noyons 2010).
    """
    import igraph

    weights = edges.together.tolist()
    if not weights:
        return [0] * graph.vcount(), 0.0
    best: tuple[Sequence[int], float] = ([], -1.0)
    try:
        for seed in range(_STARTS):
            igraph.set_random_number_generator(Random(seed))  # noqa: S311 (no secret: the same every run)
            partition = graph.community_leiden(
                objective_function="modularity", weights=weights, resolution=resolution, n_iterations=-1
            )
            found = partition.membership
            quality = round(graph.modularity(found, weights=weights, resolution=resolution), 9)
            best = max(best, (found, quality), key=lambda one: one[1])
    finally:
        igraph.set_random_number_generator(None)
    return best


def _numbered(members: Sequence[int], degree: Ints, counts: Ints) -> Ints:
    """Return communities numbered from 1: by size, then by how often their terms occur, then by the first.

    Args:
        members: The community of each term, by any numbers.
        degree: The degree of each; one without an edge is in none.
        counts: How often each occurs.
    """
    groups: dict[int, list[int]] = {}
    for term in np.flatnonzero(degree).tolist():
        groups.setdefault(members[term], []).append(term)
    ordered = sorted(groups.values(), key=lambda group: (-len(group), -int(counts[group].sum()), group[0]))
    numbers = np.zeros(len(degree), dtype=np.int64)
    for number, group in enumerate(ordered, start=1):
        numbers[group] = number
    return numbers


def callon(edges: Edges, equivalence: FloatArray, community: Ints) -> tuple[FloatArray, FloatArray]:
    """Return Callon's centrality and density of each community (Callon, Courtial and Laville 1991).

    In the form of Cobo et al. (2011): centrality is ten times the sum of the equivalence indexes of the
    edges that lead out, density a hundred times the sum of those inside, for each term of the community.

    Args:
        edges: The edges.
        equivalence: Of each, ``together² / (count_a · count_b)``.
        community: The community of each term, from 1; 0 for none.

    Returns:
        Both of shape ``(n_communities,)``.
    """
    total = int(community.max(initial=0)) + 1
    first, second = community[edges.first], community[edges.second]
    inside = first == second
    inner: FloatArray = np.bincount(first[inside], equivalence[inside], total).astype(np.float64)
    across = np.tile(equivalence[~inside], 2)
    ends = np.concatenate((first[~inside], second[~inside]))
    outer: FloatArray = np.bincount(ends, across, total).astype(np.float64)
    sizes = np.maximum(np.bincount(community, minlength=total), 1)
    return 10 * outer[1:], 100 * inner[1:] / sizes[1:]
