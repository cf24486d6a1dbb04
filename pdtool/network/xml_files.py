"""A network as a graph for GEXF and GraphML: all columns of both its tables are attributes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pdtool.network.coword import CowordNetwork
from pdtool.network.rows import EdgeRow, NodeRow
from pdtool.output.cells import as_text
from pdtool.output.graph_xml import Attributes, Graph, gexf, graphml
from pdtool.rows import Column, Kind, columns

__all__ = ["network_gexf", "network_graphml"]

_ENDS = frozenset({"term", "term_a", "term_b"})
"""What names a node or an edge and is no attribute of it."""


def network_gexf(network: CowordNetwork) -> Iterator[str]:
    """Yield a network as GEXF; the weight of an edge is ``together``.

    Raises:
        PdtoolError: If igraph is not installed.
        UsageError: If the network is too large.
    """
    return gexf(_graph(network))


def network_graphml(network: CowordNetwork) -> Iterator[str]:
    """Yield a network as GraphML, likewise; the label of a node is ``term``."""
    return graphml(_graph(network))


def _graph(network: CowordNetwork) -> Graph:
    nodes, edges = _columns(NodeRow), _columns(EdgeRow)
    return Graph(
        "network",
        directed=False,
        label="term",
        node_attributes=_types(nodes),
        edge_attributes=_types(edges),
        nodes=_nodes(network, nodes),
        edges=_edges(network, edges),
    )


def _columns(row_type: type) -> list[Column]:
    return [column for column in columns(row_type) if column.name not in _ENDS]


def _types(attributes: list[Column]) -> Attributes:
    return [(column.name, "integer" if column.kind is Kind.COUNT else "double") for column in attributes]


def _values(row: Any, attributes: list[Column]) -> Attributes:
    """Return the name and the value of each attribute of a row that has one."""
    values = ((column, getattr(row, column.name)) for column in attributes)
    return [(column.name, as_text(column.kind, value)) for column, value in values if value is not None]


def _nodes(network: CowordNetwork, attributes: list[Column]) -> Iterator[tuple[str, str, Attributes]]:
    for number, row in zip(network.found.order.tolist(), network.node_rows(), strict=True):
        yield f"n{number}", row.term, _values(row, attributes)


def _edges(network: CowordNetwork, attributes: list[Column]) -> Iterator[tuple[str, str, int, Attributes]]:
    edges = network.edges
    ends = zip(edges.first.tolist(), edges.second.tolist(), network.edge_rows(), strict=True)
    for first, second, row in ends:
        yield f"n{first}", f"n{second}", row.together, _values(row, attributes)
