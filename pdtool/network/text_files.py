"""A network as plain text for Pajek, UCINET and VOSviewer.

Pajek and UCINET run on Windows and end lines as it does. None of them has a way to write a quotation mark
inside a label: it becomes an apostrophe.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pdtool.network.coword import CowordNetwork
from pdtool.output.escaping import visible

__all__ = ["pajek", "ucinet", "vosviewer_map", "vosviewer_network"]

_MOST_CLUSTERS = 1_000
"""Clusters that VOSviewer knows."""
_DIVIDES = re.compile(r"[\s,;:=]")
"""What ends a label of UCINET's that is not quoted."""


def _label(term: str) -> str:
    return visible(term).replace('"', "'")


def _edges(network: CowordNetwork) -> Iterator[tuple[int, int, int]]:
    """Yield each edge: the numbers of its ends, from 1 in the order of the table of nodes, and its weight."""
    place = {term: number for number, term in enumerate(network.found.order.tolist(), start=1)}
    edges = network.edges
    for first, second, together in zip(
        edges.first.tolist(), edges.second.tolist(), edges.together.tolist(), strict=True
    ):
        low, high = sorted((place[first], place[second]))
        yield low, high, together


def _names(network: CowordNetwork) -> list[str]:
    return [network.found.terms[number] for number in network.found.order.tolist()]


def pajek(network: CowordNetwork) -> Iterator[str]:
    """Yield a network for Pajek, by its reference manual (Mrvar and Batagelj); weights are ``together``.

    With a byte order mark in front Pajek reads it as UTF-8.
    """
    names = _names(network)
    yield f"*Vertices {len(names)}\r\n"
    for number, name in enumerate(names, start=1):
        yield f'{number} "{_label(name)}"\r\n'
    yield "*Edges\r\n"
    for first, second, together in _edges(network):
        yield f"{first} {second} {together}\r\n"


def ucinet(network: CowordNetwork) -> Iterator[str]:
    """Yield a network in UCINET's data language, as an edge list; weights are ``together``.

    An edge list is directed: every edge is written both ways, so that the matrix is symmetric.
    """
    names = [_label(name) for name in _names(network)]
    yield f"dl n = {len(names)}\r\nformat = edgelist1\r\nlabels:\r\n"
    for name in names:
        yield f'"{name}"\r\n' if _DIVIDES.search(name) else f"{name}\r\n"
    yield "data:\r\n"
    for first, second, together in _edges(network):
        yield f"{first} {second} {together}\r\n{second} {first} {together}\r\n"


def vosviewer_map(network: CowordNetwork) -> Iterator[str]:
    """Yield the map file of VOSviewer (its manual, section 4.1.1): the terms that have an edge.

    Positions are left to VOSviewer; clusters are the communities, if it has numbers for so many.

    Raises:
        PdtoolError: If igraph is not installed.
        UsageError: If the network is too large.
    """
    grouped = len(network.nodes.communities) <= _MOST_CLUSTERS
    cluster = "\tcluster" if grouped else ""
    weights = "\tweight<Links>\tweight<Total link strength>\tweight<Occurrences>\tweight<Documents>"
    yield f"id\tlabel{cluster}{weights}\n"
    for number, row in enumerate(network.node_rows(), start=1):
        if row.community is not None:
            label = _label(row.term)
            quoted = f'"{label}"' if "," in label or ";" in label else label
            cluster = f"\t{row.community}" if grouped else ""
            yield f"{number}\t{quoted}{cluster}\t{row.degree}\t{row.strength}\t{row.count}\t{row.documents}\n"


def vosviewer_network(network: CowordNetwork) -> Iterator[str]:
    """Yield the network file of VOSviewer (its manual, section 4.1.2): two items and how often together."""
    for first, second, together in _edges(network):
        yield f"{first}\t{second}\t{together}\n"
