"""A graph of citations as one for GEXF and GraphML; the weight of an edge counts mentions."""

from __future__ import annotations

from collections.abc import Iterator

from pdtool.citations.citation_graph import CitationGraph, GraphEdge, GraphNode
from pdtool.output import graph_xml
from pdtool.output.graph_xml import Attributes, Graph

__all__ = ["gexf", "graphml"]

_NODES = (("level", "string"), ("genre", "string"), ("date", "string"), ("in_corpus", "boolean"))
_EDGES = (("years", "string"), ("relations", "string"))


def gexf(graph: CitationGraph) -> Iterator[str]:
    """Yield a graph as GEXF."""
    return graph_xml.gexf(_graph(graph))


def graphml(graph: CitationGraph) -> Iterator[str]:
    """Yield a graph as GraphML."""
    return graph_xml.graphml(_graph(graph))


def _graph(graph: CitationGraph) -> Graph:
    return Graph(
        "citations",
        directed=True,
        label="label",
        node_attributes=_NODES,
        edge_attributes=_EDGES,
        nodes=((node.id, node.label, _of_node(node)) for node in graph.nodes),
        edges=((edge.source, edge.target, edge.weight, _of_edge(edge)) for edge in graph.edges),
    )


def _of_node(node: GraphNode) -> Attributes:
    in_corpus = "" if node.in_corpus is None else "true" if node.in_corpus else "false"
    values = (node.level, node.genre, node.date, in_corpus)
    return [(name, value) for (name, _), value in zip(_NODES, values, strict=True) if value]


def _of_edge(edge: GraphEdge) -> Attributes:
    return [("years", edge.years), ("relations", edge.relations)]
