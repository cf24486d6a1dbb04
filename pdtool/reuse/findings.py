"""All that was found out about the reuse of text in a corpus, before any row is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from pdtool.corpus.source import Source
from pdtool.reuse.directions import Directions
from pdtool.reuse.editions import UNKNOWN, Edition
from pdtool.reuse.kinds import COPIED, Judgement, judge
from pdtool.reuse.options import Keep
from pdtool.reuse.sides import Sides
from pdtool.reuse.verified_pair import Pair, Twin, VerifiedPair, identical, ordered_pair

__all__ = ["LARGE", "Findings"]

LARGE = 50
"""A cluster of more documents lists each with its keeper, not every pair of them."""


@dataclass(frozen=True)
class Findings:
    """All that was found out about a corpus; documents are numbers in the order of their ids.

    Args:
        sources: Where the documents are.
        facts: What is known of each, an array of :data:`~pdtool.reuse.document_table.FACTS`.
        warnings: Warnings about reading or repairing them, by number.
        representatives: For each, the one that was compared for it: the best of those with the same fold.
        keeper: For each, the document that is kept for it, or itself.
        results: The pairs ``(i, j)``, ``i < j``, that were aligned.
        editions: Which edition each document of a related pair is, by number.
        keep: Which document of a cluster was to be kept.
        sides: Which documents were compared with which.
        directions: Who is earlier; ``None`` unless that was asked for.
        is_audit: Whether it was an audit; then every related pair is audited.
        twins: In an audit, what counts of documents that have one fold, by the one that was compared.
        has_upstream: Whether superior documents were named.
    """

    sources: Sequence[Source]
    facts: npt.NDArray[np.void]
    warnings: Mapping[int, tuple[str, ...]]
    representatives: Sequence[int]
    keeper: Sequence[int]
    results: Mapping[Pair, VerifiedPair]
    editions: Mapping[int, Edition]
    keep: Keep
    sides: Sides
    directions: Directions | None = None
    is_audit: bool = False
    twins: Mapping[int, Twin] = field(default_factory=dict)
    has_upstream: bool = False

    @cached_property
    def clusters(self) -> dict[int, list[int]]:
        """The members of each cluster, by its keeper."""
        members: dict[int, list[int]] = {}
        for document, keeper in enumerate(self.keeper):
            members.setdefault(keeper, []).append(document)
        return {keeper: group for keeper, group in members.items() if len(group) > 1}

    @cached_property
    def cluster_numbers(self) -> dict[int, int]:
        """The number of each cluster, by its keeper: from 1, in the order of the keepers' ids.

        Where some documents are known, clusters of known ones alone have none.
        """
        looked_at = (
            keeper
            for keeper, members in sorted(self.clusters.items())
            if any(map(self.sides.is_new, members))
        )
        return {keeper: number for number, keeper in enumerate(looked_at, start=1)}

    @cached_property
    def represented(self) -> dict[int, list[int]]:
        """The documents with one fold, by the one that was compared for them."""
        groups: dict[int, list[int]] = {}
        for document, representative in enumerate(self.representatives):
            groups.setdefault(representative, []).append(document)
        return groups

    @cached_property
    def related(self) -> list[int]:
        """The documents of related pairs."""
        found = {i for pair, verified in self.results.items() if verified.relation for i in pair}
        groups = self.represented.items()
        return sorted(i for one, group in groups if one in found or len(group) > 1 for i in group)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each document, by its id."""
        return {source.id: number for number, source in enumerate(self.sources)}

    def is_large(self, document: int) -> bool:
        """Return whether a document's cluster is too large to list all its pairs."""
        return len(self.clusters.get(self.keeper[document], ())) > LARGE

    def between(self, i: int, j: int) -> VerifiedPair | None:
        """Return what two documents are to each other, seen from ``i``; ``None`` if never compared."""
        a, b = self.representatives[i], self.representatives[j]
        if a == b:
            return identical(int(self.facts["size"][i]), self.twins.get(a))
        verified = self.results.get(ordered_pair(a, b))
        return verified if verified is None or a < b else verified.swapped()

    def judged(self, i: int, j: int) -> Judgement:
        """Return what two related documents are, seen from ``i``."""
        a, b = self.representatives[i], self.representatives[j]
        verified = self.between(a, b)
        if a == b or verified is None or verified.relation is None:
            return COPIED
        editions = self.editions.get(a, UNKNOWN), self.editions.get(b, UNKNOWN)
        sizes = int(self.facts["size"][a]), int(self.facts["size"][b])
        return judge(*editions, sizes, verified.relation, verified.differences, verified.is_adapted)

    def earlier(self, i: int, j: int) -> int | None:
        """Return the document that is earlier for certain; ``None`` where that is not known or not asked."""
        return None if self.directions is None else self.directions.earlier(i, j)

    def date(self, document: int) -> str:
        """Return the date of a document; empty if it is not known."""
        known = self.editions.get(document, UNKNOWN).date
        if known or self.directions is None:
            return known
        return next(iter(self.directions.stated.get(document, ())), "")
