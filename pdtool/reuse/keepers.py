"""Which document of every cluster is kept: copy relations in the order of what pairs are, then assigned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import compress

import numpy as np

from pdtool.reuse.clusters import COPIES, Edge, assign, components, preferred_order
from pdtool.reuse.judging import Judge
from pdtool.reuse.keeping import misread_shares, preference
from pdtool.reuse.kinds import ReuseKind
from pdtool.reuse.options import Keep
from pdtool.reuse.relations import COPY, Relation
from pdtool.reuse.sides import Sides
from pdtool.reuse.verification import Verification
from pdtool.reuse.verified_pair import Pair, ordered_pair

__all__ = ["Copies", "keepers"]


def keepers(order: Sequence[int], copies: Copies) -> dict[int, int]:
    """Give every document that is a copy its keeper.

    Where frequent hashes hid pairs from the join, a keeper is compared with what the documents that it holds
    hold in their turn, as far as that has no keeper yet.

    Args:
        order: The documents as they are kept where nothing else decides.
        copies: The copy relations found so far.
    """
    rank = {document: index for index, document in enumerate(order)}
    found: dict[int, int] = {}
    for members in components(copies.pairs):
        ordered = copies.ordered(sorted(members, key=rank.__getitem__))
        found |= assign(ordered, copies.of)
    return found


class Copies:
    """The copy relations found so far: for each document, the others it was seen to be a copy of or to hold.

    Two documents of one form are no copies of each other, however much they share; nor does the plan of one
    place stand for that of another, whoever copied whom.

    Args:
        verification: The pairs verified so far.
        judge: Judges them.
        sizes: Folded characters of each document.
        keep: Which document of a cluster is kept.
        sides: Which documents are compared with which.
    """

    def __init__(
        self, verification: Verification, judge: Judge, sizes: Sequence[int], keep: Keep, sides: Sides
    ) -> None:
        self._verification = verification
        self._judge = judge
        self._sizes = sizes
        self._keep = keep
        self._sides = sides
        self._edges: defaultdict[int, dict[int, Edge]] = defaultdict(dict)
        self.pairs = [pair for pair in verification.results if self._add(pair)]

    def _add(self, pair: Pair) -> bool:
        """Take a pair, if the one may stand for the other; return whether it may."""
        verified = self._verification.results[pair]
        if verified.relation not in COPIES:
            return False
        judged = self._judge.of(pair, verified)
        if judged.kind is ReuseKind.FORM or verified.is_adapted:
            return False
        shares = verified.measure.containment_a, verified.measure.containment_b
        if judged.kind is ReuseKind.VERSION and judged.a_is_better is not None:
            # Whatever was taken out of it, the later version stands for the earlier one.
            shares = max(shares), max(shares)
        edge = Edge(verified.relation, dict(zip(pair, shares, strict=True)))
        self._edges[pair[0]][pair[1]] = self._edges[pair[1]][pair[0]] = edge
        return True

    def ordered(self, members: Sequence[int]) -> list[int]:
        """Return the members of a component, best keeper first.

        Args:
            members: Those that are kept where nothing else decides first.
        """
        pairs = [(i, j) for i in members for j in self._edges[i] if i < j]
        judged = {pair: self._judge.of(pair, self._verification.results[pair]) for pair in pairs}
        if self._keep is Keep.NEWEST:
            members = sorted(members, key=lambda member: self._judge.edition(member).date, reverse=True)
        elif self._keep is Keep.CLEANEST:
            misread = misread_shares(judged)
            members = sorted(members, key=lambda member: misread.get(member, 0.0))
        preferences = (preference(pair, found, self._sizes, self._keep) for pair, found in judged.items())
        held = (self._holder(pair) for pair in pairs) if self._keep is Keep.FIRST else ()
        return preferred_order(members, [pair for pair in (*preferences, *held) if pair])

    def _holder(self, pair: Pair) -> Pair | None:
        """Return a pair of which only one holds the other, that one first."""
        edge = self._edges[pair[0]][pair[1]]
        if edge.relation is not Relation.CONTAINED:
            return None
        return pair if edge.containment[pair[1]] >= COPY else (pair[1], pair[0])

    def of(self, keeper: int, free: Set[int]) -> Mapping[int, Edge]:
        """Return the relations of a keeper, once it was compared with what it may hold among ``free``."""
        hidden = [ordered_pair(keeper, other) for other in self._below(keeper, free)]
        wanted = self._sides.are_wanted(np.array(hidden, np.int64).reshape(-1, 2)).tolist()
        unseen = list(compress(hidden, wanted))
        self._verification.ensure(pair for pair in unseen if pair not in self._verification.results)
        for pair in unseen:
            self._add(pair)
        return self._edges[keeper]

    def _below(self, keeper: int, free: Set[int]) -> Iterator[int]:
        """Yield the documents in ``free`` that stand in what the keeper holds, as far as it leads."""
        seen, waiting = {keeper}, [keeper]
        while waiting:
            holder = waiting.pop()
            for other, edge in self._edges[holder].items():
                if other in free and other not in seen and edge.containment[other] >= COPY:
                    seen.add(other)
                    waiting.append(other)
                    if other not in self._edges[keeper]:
                        yield other
