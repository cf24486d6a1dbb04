"""Graphs as XML: GEXF (Gephi) and GraphML (Gephi, igraph, networkx, yEd, Cytoscape)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pdtool.output.escaping import visible

__all__ = ["Attributes", "Graph", "gexf", "graphml"]

Attributes = Sequence[tuple[str, str]]
"""Names and values; those without a value are left out."""

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_GRAPHML_TYPES = {"integer": "long"}
"""What GraphML calls a type that GEXF calls otherwise."""


@dataclass(frozen=True, slots=True)
class Graph:
    """A graph whose edges have weights.

    Args:
        name: What it is called.
        directed: Whether its edges lead from one node to the other.
        label: The attribute of GraphML that holds the labels of nodes.
        node_attributes: Names and types of what nodes have: ``integer``, ``double``, ``string``, ``boolean``.
        edge_attributes: Likewise of edges.
        nodes: The id, the label and the attributes of each.
        edges: Where each begins, where it ends, its weight and its attributes.
    """

    name: str
    directed: bool
    label: str
    node_attributes: Attributes
    edge_attributes: Attributes
    nodes: Iterable[tuple[str, str, Attributes]]
    edges: Iterable[tuple[str, str, int, Attributes]]

    @property
    def kind(self) -> str:
        """What both formats call its edges."""
        return "directed" if self.directed else "undirected"


def _text(value: str) -> str:
    """Return a value as the text of an element: no character in it that XML does not know."""
    from xml.sax.saxutils import escape  # with urllib.request and email

    return escape(visible(value))


def _quoted(value: str) -> str:
    from xml.sax.saxutils import quoteattr

    return quoteattr(visible(value))


def gexf(graph: Graph) -> Iterator[str]:
    """Yield a graph as GEXF 1.2 (the GEXF working group, 2009), piece by piece."""
    yield f'{_HEAD}<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n'
    yield f'<meta><creator>pdtool</creator></meta>\n<graph mode="static" defaultedgetype="{graph.kind}">\n'
    for kind, attributes in (("node", graph.node_attributes), ("edge", graph.edge_attributes)):
        yield f'<attributes class="{kind}">\n'
        for name, form in attributes:
            yield f'<attribute id="{name}" title="{name}" type="{form}"/>\n'
        yield "</attributes>\n"
    yield "<nodes>\n"
    for node, label, values in graph.nodes:
        yield f"<node id={_quoted(node)} label={_quoted(label)}>{_gexf_values(values)}</node>\n"
    yield "</nodes>\n<edges>\n"
    for number, (source, target, weight, values) in enumerate(graph.edges):
        ends = f'source={_quoted(source)} target={_quoted(target)} weight="{weight}"'
        yield f'<edge id="{number}" {ends}>{_gexf_values(values)}</edge>\n'
    yield "</edges>\n</graph>\n</gexf>\n"


def _gexf_values(values: Attributes) -> str:
    shown = "".join(f"<attvalue for={_quoted(name)} value={_quoted(value)}/>" for name, value in values)
    return f"<attvalues>{shown}</attvalues>"


def graphml(graph: Graph) -> Iterator[str]:
    """Yield a graph as GraphML (Brandes et al. 2002), piece by piece."""
    yield f'{_HEAD}<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    yield f'<key id="n-{graph.label}" for="node" attr.name="{graph.label}" attr.type="string"/>\n'
    yield '<key id="e-weight" for="edge" attr.name="weight" attr.type="long"/>\n'
    for kind, attributes in (("node", graph.node_attributes), ("edge", graph.edge_attributes)):
        for name, form in attributes:
            key = f'id="{kind[0]}-{name}" for="{kind}" attr.name="{name}"'
            yield f'<key {key} attr.type="{_GRAPHML_TYPES.get(form, form)}"/>\n'
    yield f'<graph id="{graph.name}" edgedefault="{graph.kind}">\n'
    for node, label, values in graph.nodes:
        yield f"<node id={_quoted(node)}>{_graphml_values('n', [(graph.label, label), *values])}</node>\n"
    for source, target, weight, values in graph.edges:
        held = _graphml_values("e", [("weight", str(weight)), *values])
        yield f"<edge source={_quoted(source)} target={_quoted(target)}>{held}</edge>\n"
    yield "</graph>\n</graphml>\n"


def _graphml_values(prefix: str, values: Attributes) -> str:
    return "".join(f'<data key="{prefix}-{name}">{_text(value)}</data>' for name, value in values)
