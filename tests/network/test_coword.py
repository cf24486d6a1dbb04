"""The tables of a network, worked by hand."""

from __future__ import annotations

import pytest

from pdtool.cooccurrence.totals import add_up
from pdtool.errors import UsageError
from pdtool.network import coword
from pdtool.network.coword import Cells, CowordNetwork
from pdtool.network.finding import BinFinder
from pdtool.network.units import Unit, UnitKind

DOCUMENTS = ("党建、治理、社区", "党建、治理", "党建、社区", "治理。治理", "社区、服务", "其他")
"""Six papers by their keywords."""
TERMS = ["党建", "治理", "社区", "服务"]


def network(**options: object) -> CowordNetwork:
    """Return the network of these papers."""
    finder = BinFinder("\n".join(TERMS), Unit(UnitKind.DOCUMENT))
    return CowordNetwork(add_up(TERMS, map(finder.find, DOCUMENTS)), **options)  # type: ignore[arg-type]


def test_the_matrix_of_bicomb_worked_by_hand() -> None:
    """Papers that hold both, and on the diagonal papers that hold the term, however often they say it.

    The similarity is Ochiai's, 2/√(3·3) for 党建 and 治理; what SPSS takes is 1 less that.
    """
    together = network().matrix(Cells.TOGETHER)
    assert list(together.columns) == list(together.index) == ["党建", "治理", "社区", "服务"]
    assert together.to_numpy().tolist() == [[3, 2, 2, 0], [2, 3, 1, 0], [2, 1, 3, 1], [0, 0, 1, 1]]
    similar = network().matrix(Cells.OCHIAI).round(4).to_numpy().tolist()
    assert similar[0] == [1.0, 0.6667, 0.6667, 0.0]
    assert similar[3] == [0.0, 0.0, 0.5774, 1.0]
    distance = network().matrix(Cells.DISTANCE).round(4).to_numpy().tolist()
    assert distance[0] == [0.0, 0.3333, 0.3333, 1.0]
    assert [distance[place][place] for place in range(4)] == [0.0] * 4


def test_edges_worked_by_hand() -> None:
    """党建 and 治理: 2 of six papers, 3 hold each: Jaccard 2/4, association 2·6/9, G² 0.680."""
    first = next(network().edge_rows())
    assert (first.term_a, first.term_b, first.together, first.count_a, first.count_b) == (
        "党建",
        "治理",
        2,
        3,
        3,
    )
    assert [round(value, 4) for value in (first.ochiai, first.jaccard, first.association)] == [
        0.6667, 0.5, 1.3333,
    ]  # fmt: skip
    assert round(first.npmi, 4) == 0.2619
    assert round(first.g2 or 0, 4) == 0.6796


def test_edges_are_ordered_and_cut_by_how_often() -> None:
    """Those that stand together most come first, of equal ones the more exclusive, then by name; the
    correction of q does not depend on what is left out.
    """
    every = list(network().edge_rows())
    assert [(row.term_a, row.term_b) for row in every] == [
        ("党建", "治理"), ("党建", "社区"), ("服务", "社区"), ("治理", "社区"),
    ]  # fmt: skip
    assert list(network(min_together=2).edge_rows()) == every[:2]


def test_a_term_without_edges_is_a_node_of_no_community() -> None:
    """It is counted, and nothing is said of a community."""
    rows = {row.term: row for row in network(min_together=2).node_rows()}
    alone = rows["服务"]
    assert (alone.count, alone.degree, alone.community, alone.centrality, alone.density) == (
        1,
        0,
        None,
        None,
        None,
    )
    assert rows["党建"].community == 1


def test_a_matrix_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """With what to take less of."""
    monkeypatch.setattr(coword, "_LARGEST_MATRIX", 3)
    with pytest.raises(UsageError, match="4 terms is too large"):
        network().matrix(Cells.OCHIAI)
