"""A network as XML: GEXF (Gephi) and GraphML (Gephi, igraph, networkx, yEd, Cytoscape)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from pdtool.network.coword import CowordNetwork
from pdtool.network.rows import EdgeRow, NodeRow
from pdtool.output.cells import as_text
from pdtool.output.escaping import visible
from pdtool.rows import Column, Kind, columns

__all__ = ["gexf", "graphml"]

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_ENDS = frozenset({"term", "term_a", "term_b"})
"""What names a node or an edge and is no attribute of it."""


def _attributes(row_type: type) -> list[Column]:
    return [column for column in columns(row_type) if column.name not in _ENDS]


def _cells(row: Any, attributes: list[Column]) -> Iterator[tuple[str, str]]:
    """Yield the name and the value of each attribute of a row that has one."""
    for column in attributes:
        value = getattr(row, column.name)
        if value is not None:
            yield column.name, as_text(column.kind, value)


def _edges(network: CowordNetwork) -> Iterator[tuple[int, int, EdgeRow]]:
    """Yield each edge with the numbers of its ends."""
    edges = network.edges
    yield from zip(edges.first.tolist(), edges.second.tolist(), network.edge_rows(), strict=True)


def _nodes(network: CowordNetwork) -> Iterator[tuple[int, NodeRow]]:
    """Yield each node with its number."""
    return zip(network.found.order.tolist(), network.node_rows(), strict=True)


def gexf(network: CowordNetwork) -> Iterator[str]:
    """Yield a network as GEXF 1.2 (the GEXF working group, 2009), the format of Gephi.

    The weight of an edge is ``together``; all columns of both tables are attributes.

    Raises:
        PdtoolError: If igraph is not installed.
        UsageError: If the network is too large.
    """
    of_nodes, of_edges = _attributes(NodeRow), _attributes(EdgeRow)
    yield f'{_HEAD}<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n'
    yield '<meta><creator>pdtool</creator></meta>\n<graph mode="static" defaultedgetype="undirected">\n'
    for kind, attributes in (("node", of_nodes), ("edge", of_edges)):
        yield f'<attributes class="{kind}">\n'
        for column in attributes:
            form = "integer" if column.kind is Kind.COUNT else "double"
            yield f'<attribute id="{column.name}" title="{column.name}" type="{form}"/>\n'
        yield "</attributes>\n"
    yield "<nodes>\n"
    for number, node in _nodes(network):
        values = "".join(_gexf_value(*cell) for cell in _cells(node, of_nodes))
        label = quoteattr(visible(node.term))
        yield f'<node id="{number}" label={label}><attvalues>{values}</attvalues></node>\n'
    yield "</nodes>\n<edges>\n"
    for place, (first, second, edge) in enumerate(_edges(network)):
        values = "".join(_gexf_value(*cell) for cell in _cells(edge, of_edges))
        ends = f'source="{first}" target="{second}" weight="{edge.together}"'
        yield f'<edge id="{place}" {ends}><attvalues>{values}</attvalues></edge>\n'
    yield "</edges>\n</graph>\n</gexf>\n"


def _gexf_value(name: str, value: str) -> str:
    return f'<attvalue for="{name}" value="{value}"/>'


def graphml(network: CowordNetwork) -> Iterator[str]:
    """Yield a network as GraphML (Brandes et al. 2002).

    The label of a node is ``term``, the weight of an edge ``together``; all columns are attributes.

    Raises:
        PdtoolError: If igraph is not installed.
        UsageError: If the network is too large.
    """
    of_nodes, of_edges = _attributes(NodeRow), _attributes(EdgeRow)
    yield f'{_HEAD}<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    yield '<key id="n-term" for="node" attr.name="term" attr.type="string"/>\n'
    yield '<key id="e-weight" for="edge" attr.name="weight" attr.type="double"/>\n'
    for kind, attributes in (("node", of_nodes), ("edge", of_edges)):
        for column in attributes:
            form = "long" if column.kind is Kind.COUNT else "double"
            name = f'id="{kind[0]}-{column.name}" for="{kind}" attr.name="{column.name}"'
            yield f'<key {name} attr.type="{form}"/>\n'
    yield '<graph id="network" edgedefault="undirected">\n'
    for number, node in _nodes(network):
        values = "".join(_graphml_value("n", *cell) for cell in _cells(node, of_nodes))
        label = _graphml_value("n", "term", escape(visible(node.term)))
        yield f'<node id="n{number}">{label}{values}</node>\n'
    for first, second, edge in _edges(network):
        values = "".join(_graphml_value("e", *cell) for cell in _cells(edge, of_edges))
        weight = _graphml_value("e", "weight", str(edge.together))
        yield f'<edge source="n{first}" target="n{second}">{weight}{values}</edge>\n'
    yield "</graph>\n</graphml>\n"


def _graphml_value(prefix: str, name: str, value: str) -> str:
    return f'<data key="{prefix}-{name}">{value}</data>'
