"""The citations of a corpus as a directed graph: edges lead from who names to what is named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pdtool.citations.cite import Citation
from pdtool.citations.cited_facts import cited_facts
from pdtool.citations.edges import Between, edge_rows

__all__ = ["CitationGraph", "GraphEdge", "GraphNode", "citation_graph"]

_JOINED = "; "


@dataclass(frozen=True, slots=True)
class GraphNode:
    """A node.

    Args:
        id: What is at the end of edges: a body, a level, the id of a document or 《title》.
        label: What is shown for it.
        level: Its level; empty if that is not known.
        genre: Of a document: its kind.
        date: Of a document: when it was issued.
        in_corpus: Of a document: whether it was read, and not only named.
    """

    id: str
    label: str
    level: str = ""
    genre: str = ""
    date: str = ""
    in_corpus: bool | None = None


@dataclass(frozen=True, slots=True)
class GraphEdge:
    """An edge.

    Args:
        source: The id of the node that names.
        target: The id of the node that is named.
        weight: Mentions.
        years: The years of the documents that name, joined.
        relations: The relations, joined.
    """

    source: str
    target: str
    weight: int
    years: str
    relations: str


@dataclass(frozen=True, slots=True)
class CitationGraph:
    """Nodes and edges, each sorted by their ids."""

    nodes: tuple[GraphNode, ...]
    edges: tuple[GraphEdge, ...]


def citation_graph(citations: Iterable[Citation], between: Between) -> CitationGraph:
    """Return the graph of citations; years and relations of one edge are added up.

    Args:
        citations: What each document names.
        between: What the nodes are.
    """
    kept = list(citations)
    weights: dict[tuple[str, str], int] = {}
    said: dict[tuple[str, str], tuple[dict[str, None], dict[str, None]]] = {}
    levels: dict[str, str] = {}
    for row in edge_rows(kept, between):
        ends = row.citing, row.cited
        weights[ends] = weights.get(ends, 0) + row.count
        years, relations = said.setdefault(ends, ({}, {}))
        years[row.year] = relations[row.relation] = None
        levels[row.citing] = levels.get(row.citing) or row.citing_level
        levels[row.cited] = levels.get(row.cited) or row.cited_level
    known = _documents(kept) if between is Between.DOCUMENT else {}
    nodes = [known.get(node) or GraphNode(node, node, level) for node, level in levels.items()]
    edges = [
        GraphEdge(*ends, weights[ends], _JOINED.join(sorted(years)), _JOINED.join(sorted(relations)))
        for ends, (years, relations) in said.items()
    ]
    return CitationGraph(
        tuple(sorted(nodes, key=lambda node: node.id)),
        tuple(sorted(edges, key=lambda edge: (edge.source, edge.target))),
    )


def _documents(citations: Iterable[Citation]) -> dict[str, GraphNode]:
    """Return the documents that name or are named, by the ids that edges have for them."""
    found: dict[str, GraphNode] = {}
    for citation in citations:
        for profile in filter(None, (citation.citing, citation.found)):
            label = profile.title or profile.doc
            found[profile.doc] = GraphNode(
                profile.doc, label, profile.level, profile.genre, profile.date, in_corpus=True
            )
        if citation.found is None:
            facts = cited_facts(citation.best_known, None)
            found.setdefault(
                citation.name,
                GraphNode(
                    citation.name,
                    citation.title or citation.number,
                    facts.level,
                    facts.genre,
                    facts.date,
                    in_corpus=False,
                ),
            )
    return found
