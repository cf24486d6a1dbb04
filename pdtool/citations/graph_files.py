"""A graph of citations as XML: GEXF (Gephi) and GraphML (Gephi, igraph, networkx, yEd, Cytoscape)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from pdtool.citations.citation_graph import CitationGraph, GraphEdge, GraphNode
from pdtool.output.escaping import visible

__all__ = ["gexf", "graphml"]

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NODES = (("level", "string"), ("genre", "string"), ("date", "string"), ("in_corpus", "boolean"))
_EDGES = (("years", "string"), ("relations", "string"))

Attributes = Sequence[tuple[str, str]]
"""Names and values; those without a value are left out."""


def _of_node(node: GraphNode) -> Attributes:
    in_corpus = "" if node.in_corpus is None else "true" if node.in_corpus else "false"
    values = (node.level, node.genre, node.date, in_corpus)
    return [(name, value) for (name, _), value in zip(_NODES, values, strict=True) if value]


def _of_edge(edge: GraphEdge) -> Attributes:
    return [("years", edge.years), ("relations", edge.relations)]


def _text(value: str) -> str:
    """Return a value as the text of an element: no character in it that XML does not know."""
    return escape(visible(value))


def _quoted(value: str) -> str:
    return quoteattr(visible(value))


def gexf(graph: CitationGraph) -> Iterator[str]:
    """Yield a graph as GEXF 1.2 (the GEXF working group, 2009), the format of Gephi."""
    yield f'{_HEAD}<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n'
    yield '<meta><creator>pdtool</creator></meta>\n<graph mode="static" defaultedgetype="directed">\n'
    for kind, attributes in (("node", _NODES), ("edge", _EDGES)):
        yield f'<attributes class="{kind}">\n'
        for name, form in attributes:
            yield f'<attribute id="{name}" title="{name}" type="{form}"/>\n'
        yield "</attributes>\n"
    yield "<nodes>\n"
    for node in graph.nodes:
        values = "".join(_gexf_value(*one) for one in _of_node(node))
        ends = f"id={_quoted(node.id)} label={_quoted(node.label)}"
        yield f"<node {ends}><attvalues>{values}</attvalues></node>\n"
    yield "</nodes>\n<edges>\n"
    for number, edge in enumerate(graph.edges):
        values = "".join(_gexf_value(*one) for one in _of_edge(edge))
        ends = f'source={_quoted(edge.source)} target={_quoted(edge.target)} weight="{edge.weight}"'
        yield f'<edge id="{number}" {ends}><attvalues>{values}</attvalues></edge>\n'
    yield "</edges>\n</graph>\n</gexf>\n"


def _gexf_value(name: str, value: str) -> str:
    return f"<attvalue for={_quoted(name)} value={_quoted(value)}/>"


def graphml(graph: CitationGraph) -> Iterator[str]:
    """Yield a graph as GraphML (Brandes et al. 2002); the weight of an edge counts mentions."""
    yield f'{_HEAD}<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    yield '<key id="n-label" for="node" attr.name="label" attr.type="string"/>\n'
    yield '<key id="e-weight" for="edge" attr.name="weight" attr.type="long"/>\n'
    for kind, attributes in (("node", _NODES), ("edge", _EDGES)):
        for name, form in attributes:
            key = f'id="{kind[0]}-{name}" for="{kind}" attr.name="{name}"'
            yield f'<key {key} attr.type="{form}"/>\n'
    yield '<graph id="citations" edgedefault="directed">\n'
    for node in graph.nodes:
        values = "".join(_graphml_value("n", *one) for one in [("label", node.label), *_of_node(node)])
        yield f"<node id={_quoted(node.id)}>{values}</node>\n"
    for edge in graph.edges:
        values = "".join(_graphml_value("e", *one) for one in [("weight", str(edge.weight)), *_of_edge(edge)])
        yield f"<edge source={_quoted(edge.source)} target={_quoted(edge.target)}>{values}</edge>\n"
    yield "</graph>\n</graphml>\n"


def _graphml_value(prefix: str, name: str, value: str) -> str:
    return f'<data key="{prefix}-{name}">{_text(value)}</data>'
