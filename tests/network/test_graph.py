"""Terms as nodes: against networkx, against definitions, and on networks whose results are published."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import combinations

import igraph
import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdtool.cooccurrence.totals import Edges
from pdtool.errors import PdtoolError, UsageError
from pdtool.network import graph
from pdtool.network.graph import callon, nodes_of
from tests.network import naive


def edges_of(weights: Sequence[tuple[int, int, int]]) -> Edges:
    """Return edges of ``(first, second, together)``."""
    return Edges(*np.array(weights, dtype=np.int64).reshape(-1, 3).T)


@st.composite
def networks(draw: st.DrawFn) -> tuple[int, list[tuple[int, int, int]]]:
    """Draw a number of terms and weights of some of their pairs."""
    terms = draw(st.integers(2, 9))
    pairs = draw(st.lists(st.sampled_from([*combinations(range(terms), 2)]), unique=True, max_size=20))
    return terms, [(a, b, draw(st.integers(1, 9))) for a, b in sorted(pairs)]


@settings(deadline=None, max_examples=60)
@given(networks())
def test_nodes_are_what_networkx_says(drawn: tuple[int, list[tuple[int, int, int]]]) -> None:
    """Degree, strength, betweenness and the modularity of the communities; and the same twice."""
    terms, weights = drawn
    other = nx.Graph()
    other.add_nodes_from(range(terms))
    other.add_weighted_edges_from(weights)
    edges, counts = edges_of(weights), np.arange(1, terms + 1)
    found = nodes_of(edges, np.ones(len(edges)), counts, 1.0)
    assert found.degree.tolist() == [other.degree(term) for term in range(terms)]
    assert found.strength.tolist() == [other.degree(term, weight="weight") for term in range(terms)]
    expected = nx.betweenness_centrality(other, normalized=terms > 2)
    assert found.betweenness.tolist() == pytest.approx([expected[term] for term in range(terms)])
    members = found.communities.of.tolist()
    assert [number == 0 for number in members] == [degree == 0 for degree in found.degree.tolist()]
    if weights:
        groups = [{term for term in range(terms) if members[term] == number} for number in {*members}]
        alone = [{term} for term in range(terms) if not members[term]]
        parts = [group for group in groups if members[min(group)]] + alone
        assert found.communities.modularity == pytest.approx(nx.community.modularity(other, parts), abs=1e-8)
    again = nodes_of(edges, np.ones(len(edges)), counts, 1.0)
    assert again.communities.of.tolist() == members


@settings(deadline=None)
@given(networks(), st.data())
def test_centrality_and_density_are_their_definitions(
    drawn: tuple[int, list[tuple[int, int, int]]], data: st.DataObject
) -> None:
    """The sums of the equivalence indexes that lead out of a community, and of those inside."""
    terms, weights = drawn
    values = [data.draw(st.floats(0.001, 1)) for _ in weights]
    members = np.array([data.draw(st.integers(1, 3)) for _ in range(terms)])
    members[0] = int(members.max())
    groups = [
        frozenset(str(term) for term in np.flatnonzero(members == number).tolist())
        for number in range(1, int(members.max()) + 1)
    ]
    centrality, density = callon(edges_of(weights), np.array(values), members)
    equivalence = {(str(a), str(b)): value for (a, b, _), value in zip(weights, values, strict=True)}
    for number, group in enumerate(groups):
        if group:
            expected = naive.callon(equivalence, [group])[0]
            assert (centrality[number], density[number]) == pytest.approx(expected)


def test_communities_are_numbered_by_size() -> None:
    """The largest is 1; of equal ones that whose terms occur more often, then that with the first term."""
    pairs = [(0, 1, 9), (2, 3, 9), (3, 4, 9), (2, 4, 9), (5, 6, 9), (8, 9, 9)]
    found = nodes_of(edges_of(pairs), np.ones(6), np.array([1, 1, 1, 1, 1, 5, 5, 1, 1, 1]), 1.0)
    assert found.communities.of.tolist() == [3, 3, 1, 1, 1, 2, 2, 0, 4, 4]
    assert len(found.communities) == 4


def test_characters_who_meet_in_a_novel() -> None:
    """Knuth's network of Les Misérables (1993), 77 characters who stand in a chapter together.

    Its communities are better than the partition of Newman and Girvan (2004), modularity 0.54, and as good
    as the best that is known, 0.5667; Valjean's betweenness is 0.57 (Freeman's, the highest).
    """
    novel = nx.les_miserables_graph()
    names = sorted(novel)
    weights = [
        (*sorted((names.index(a), names.index(b))), weight) for a, b, weight in novel.edges(data="weight")
    ]
    edges = edges_of(sorted(weights))
    found = nodes_of(edges, np.ones(len(edges)), np.ones(len(names), np.int64), 1.0)
    assert found.communities.modularity == pytest.approx(0.5667, abs=5e-5)
    valjean = names.index("Valjean")
    assert int(np.argmax(found.betweenness)) == valjean
    assert found.betweenness[valjean] == pytest.approx(0.57, abs=5e-3)


def test_igraph_keeps_its_own_random_numbers() -> None:
    """Neither Python's generator nor the one that igraph uses afterwards is changed by our seeds."""
    random.seed(7)
    state = random.getstate()
    nodes_of(edges_of([(0, 1, 2), (1, 2, 2)]), np.ones(2), np.ones(3, np.int64), 1.0)
    assert random.getstate() == state
    assert len({igraph.Graph.GRG(9, 0.5).ecount() for _ in range(20)}) > 1


def test_a_finer_resolution_makes_more_communities() -> None:
    """Above 1 there are more of them, below 1 fewer."""
    ring = [(min(a, b), max(a, b), 3) for a, b in ((n, (n + 1) % 12) for n in range(12))]
    edges = edges_of(sorted(ring))
    sizes = [
        len(nodes_of(edges, np.ones(12), np.ones(12, np.int64), resolution).communities)
        for resolution in (0.1, 1.0, 6.0)
    ]
    assert sizes == sorted({*sizes})


def test_without_igraph_a_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra is named, and what can be done without."""
    monkeypatch.setitem(__import__("sys").modules, "igraph", None)
    with pytest.raises(PdtoolError, match="igraph") as caught:
        nodes_of(edges_of([(0, 1, 1)]), np.ones(1), np.ones(2, np.int64), 1.0)
    assert "install igraph" in caught.value.hint


def test_a_network_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before the work, with what to take less of."""
    monkeypatch.setattr(graph, "_MOST_PATHS", 1)
    with pytest.raises(UsageError, match="too large to describe"):
        nodes_of(edges_of([(0, 1, 1)]), np.ones(1), np.ones(2, np.int64), 1.0)
