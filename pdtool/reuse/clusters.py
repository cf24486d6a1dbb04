"""Which copy to keep: clusters around keepers, never by a chain.

Connected components merge what no two documents have in common (a ~ b, b ~ c, so a ~ c); a cluster here
is a keeper and the documents that it was seen to hold, each pair verified by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from heapq import heappop, heappush

from pdtool.reuse.relations import COPY, Relation

__all__ = ["COPIES", "Candidate", "Edge", "assign", "components", "keeper_order", "preferred_order"]


COPIES = frozenset({Relation.IDENTICAL, Relation.SAME, Relation.CONTAINED})
"""The relations that let one document stand for another; an overlap never drops anything."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What decides who is kept.

    Args:
        id: The document's id.
        size: Its folded characters.
        repairs: How many repairs its text needed.
    """

    id: str
    size: int
    repairs: int


@dataclass(frozen=True, slots=True)
class Edge:
    """A verified copy relation between two documents.

    Args:
        relation: What the relation is.
        containment: Share of each document, by its number, that stands in the other, 0 to 1.
    """

    relation: Relation
    containment: Mapping[int, float]


def keeper_order(documents: Sequence[Candidate]) -> list[int]:
    """Return document numbers, best keeper first: most characters, fewest repairs, least id."""
    return sorted(
        range(len(documents)),
        key=lambda i: (-documents[i].size, documents[i].repairs, documents[i].id),
    )


def preferred_order(members: Sequence[int], preferences: Iterable[tuple[int, int]]) -> list[int]:
    """Return documents in an order that respects preferences, and else in the order they have.

    Args:
        members: Document numbers.
        preferences: Pairs of them, the better first. Where they form a circle, the given order decides.

    >>> preferred_order([5, 6, 7, 8], [(7, 5), (8, 7)])
    [6, 8, 7, 5]
    """
    rank = {document: index for index, document in enumerate(members)}
    better: dict[int, set[int]] = {document: set() for document in members}
    worse: dict[int, set[int]] = {document: set() for document in members}
    for first, second in preferences:
        better[second].add(first)
        worse[first].add(second)
    ready = [rank[document] for document in members if not better[document]]
    waiting = dict.fromkeys(document for document in members if better[document])
    order: list[int] = []
    while ready or waiting:
        document = members[heappop(ready)] if ready else next(iter(waiting))
        waiting.pop(document, None)
        order.append(document)
        for other in worse[document] & waiting.keys():
            better[other].discard(document)
            if not better[other]:
                del waiting[other]
                heappush(ready, rank[other])
    return order


def components(pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Return the connected components of a graph: where clusters may lie, not what they are.

    >>> components([(0, 3), (3, 4), (1, 7)])
    [[0, 3, 4], [1, 7]]
    """
    parent: dict[int, int] = {}

    def root(i: int) -> int:
        parent.setdefault(i, i)
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, j in pairs:
        parent[root(j)] = root(i)
    members: dict[int, list[int]] = {}
    for i in sorted(parent):
        members.setdefault(root(i), []).append(i)
    return sorted(members.values())


def assign(members: Sequence[int], edges: Callable[[int, Set[int]], Mapping[int, Edge]]) -> dict[int, int]:
    """Give every document of a component its keeper.

    Args:
        members: Document numbers, best keeper first.
        edges: Returns the verified copy relations of a keeper, given the later documents that no keeper
            holds yet: with these it may be worth comparing it.

    Returns:
        The keeper of each document, its own number for keepers and for documents that nobody holds.
    """
    rank = {document: index for index, document in enumerate(members)}
    best: dict[int, tuple[float, int]] = {}
    free = set(members)
    for document in members:
        free.discard(document)
        if document in best:
            continue
        for other, edge in edges(document, free).items():
            share = edge.containment[other]
            if share < COPY or rank.get(other, -1) <= rank[document]:
                continue
            if other not in best or share > best[other][0]:
                best[other] = (share, document)
                free.discard(other)
    return {document: best[document][1] if document in best else document for document in members}
