"""Clusters and keepers: the rules of the design, on small made-up graphs."""

from __future__ import annotations

from collections.abc import Mapping, Set

import pytest

from pdtool.reuse.clusters import Candidate, Edge, assign, components, keeper_order
from pdtool.reuse.relations import Relation, measure, relation_of


def graph(shares: dict[tuple[int, int], float]) -> dict[tuple[int, int], Edge]:
    """Edges (keeper, held): how much of the second stands in the first."""
    return {pair: Edge(Relation.CONTAINED, {pair[0]: 0.1, pair[1]: share}) for pair, share in shares.items()}


def keepers(order: list[int], shares: dict[tuple[int, int], float]) -> dict[int, int]:
    """Assign the documents of a graph, best keeper first."""
    edges = graph(shares)

    def asked(keeper: int, free: Set[int]) -> Mapping[int, Edge]:
        assert keeper not in free
        return {other: edge for (first, other), edge in edges.items() if first == keeper}

    return assign(order, asked)


def test_keeper_is_longest_then_least_repaired_then_first() -> None:
    """Most characters, fewest repairs, least id, in this order."""
    documents = [
        Candidate("d", 100, 0),
        Candidate("c", 200, 5),
        Candidate("b", 200, 3),
        Candidate("a", 200, 5),
    ]
    assert keeper_order(documents) == [2, 3, 1, 0]


def test_a_document_joins_the_keeper_that_contains_it_most() -> None:
    """Between two keepers the greater containment decides, not the order."""
    assert keepers([0, 1, 2], {(0, 2): 0.85, (1, 2): 0.95}) == {0: 0, 1: 1, 2: 1}
    assert keepers([0, 1, 2], {(0, 2): 0.95, (1, 2): 0.95}) == {0: 0, 1: 1, 2: 0}


def test_a_chain_is_not_a_cluster() -> None:
    """0 holds 1 and 1 holds 2, but 0 does not hold 2: 2 is not dropped for 0."""
    assert keepers([0, 1, 2], {(0, 1): 0.9, (1, 2): 0.9}) == {0: 0, 1: 0, 2: 2}


def test_components_are_those_of_the_graph() -> None:
    """Connected documents are found together, lone ones not at all."""
    assert components([(5, 2), (2, 9), (1, 3)]) == [[1, 3], [2, 5, 9]]


@pytest.mark.parametrize(
    ("sizes", "matched", "relation"),
    [
        ((1000, 1000), (900, 900), "same"),
        ((1000, 1000), (790, 790), "overlap"),
        ((1000, 400), (390, 390), "contained"),
        ((400, 1000), (390, 390), "contained"),
        ((1000, 400), (200, 200), "overlap"),
        ((1000, 400), (199, 199), None),
        ((1000, 400), (350, 319), "overlap"),
        ((1000, 1000), (0, 0), None),
    ],
)
def test_relation_words(sizes: tuple[int, int], matched: tuple[int, int], relation: str | None) -> None:
    """The table of the design, at its borders."""
    found = relation_of(measure(*sizes, *matched), 0.5)
    assert (found.value if found else None) == relation
