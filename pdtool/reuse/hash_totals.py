"""How much each document holds, summed over the parts of the postings, and what of it is shared.

A hash that very many documents hold says little about any two of them and would give their square in pairs:
such *frequent* hashes only link each of their documents to the first one (star edges), which still finds a
text that was copied three hundred times. All other hashes are *rare*: they give all pairs of their documents.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from pdtool.reuse.fingerprint import limit
from pdtool.reuse.hash_weights import FULL, Numbers, needed, weights
from pdtool.reuse.postings import PostingArray, documents_of, hash_bits
from pdtool.text.arrays import is_member, ragged_ranges, runs

__all__ = [
    "FREQUENT",
    "CandidateOptions",
    "HashCounts",
    "HashTotals",
    "PartTotals",
    "RarePostings",
    "StarEdges",
    "hash_counts",
]

FREQUENT = 64
"""A hash that more documents than this hold is frequent. Above 50, so that small clusters are seen whole."""


@dataclass(frozen=True, slots=True, eq=False)
class StarEdges:
    """Pairs of the first document of a frequent hash and another one, one for each such hash.

    Args:
        first: The first document of each.
        second: The other one.
        weights: What the hash counts for.
    """

    first: npt.NDArray[np.int32]
    second: npt.NDArray[np.int32]
    weights: npt.NDArray[np.uint8]

    @classmethod
    def joined(cls, parts: Sequence[StarEdges]) -> StarEdges:
        """Return the edges of one part or more as one."""
        return cls(
            np.concatenate([part.first for part in parts]),
            np.concatenate([part.second for part in parts]),
            np.concatenate([part.weights for part in parts]),
        )


@dataclass(frozen=True, slots=True, eq=False)
class CandidateOptions:
    """What makes a pair a candidate.

    Args:
        documents: How many documents there are; postings number them from 0.
        fine: For each document, whether it kept all its hashes although ``scaled`` is coarser.
        scaled: The scale of the others.
        least_share: Least weighted share of the smaller document's hashes that the other holds, 0 to 1.
        least_shared: Least number of shared hashes.
        common: A hash that more documents hold is common: no sign of a passage. 0: no hash is.
        least_uncommon: Number of shared hashes that are not common which is enough whatever their share;
            ``None``: no number is.
        sides: Whether each document is new, or stands for one, and whether such ones are compared with it,
            shape ``(2, documents)``: only pairs of one and of the other are counted. ``None``: all are.
    """

    documents: int
    fine: npt.NDArray[np.bool_]
    scaled: int
    least_share: float
    least_shared: int = 1
    common: int = 0
    least_uncommon: int | None = None
    sides: npt.NDArray[np.bool_] | None = None

    def are_wanted(self, first: npt.NDArray[Any], second: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
        """Return which pairs are of a new document and what it is compared with, where there are sides."""
        assert self.sides is not None, "asked where there are sides"
        new, partner = self.sides
        return np.asarray((new[first] & partner[second]) | (partner[first] & new[second]))


@dataclass(frozen=True, slots=True, eq=False)
class RarePostings:
    """Postings of rare hashes that two documents or more hold, those of one hash side by side, ascending.

    Args:
        documents: The document of each posting.
        left: How many further documents of the same hash follow.
        weights: What the hash counts for.
    """

    documents: npt.NDArray[np.int32]
    left: npt.NDArray[np.uint8]
    weights: npt.NDArray[np.uint8]

    @classmethod
    def joined(cls, parts: Sequence[RarePostings]) -> RarePostings:
        """Return the postings of one part or more as one."""
        return cls(
            np.concatenate([part.documents for part in parts]),
            np.concatenate([part.left for part in parts]),
            np.concatenate([part.weights for part in parts]),
        )


@dataclass(frozen=True, slots=True, eq=False)
class PartTotals:
    """What one part of the postings gives.

    Args:
        counts: How many of its hashes each document holds; shape as :attr:`HashTotals.counts`.
        weight: Their weight, likewise.
        rare: The postings of its shared rare hashes.
        stars: The star edges of its frequent hashes.
        common: The bits of its common hashes at the coarse scale, ascending.
    """

    counts: Numbers
    weight: Numbers
    rare: RarePostings
    stars: StarEdges
    common: PostingArray

    @classmethod
    def joined(cls, slices: Iterable[PartTotals]) -> PartTotals:
        """Return what one slice of a part gives or more, as one; of each no more is kept than is needed."""
        rest = iter(slices)
        first = next(rest)
        counts, weight = first.counts, first.weight
        rare, stars, common = [first.rare], [first.stars], [first.common]
        for one in rest:
            counts += one.counts
            weight += one.weight
            rare.append(one.rare)
            stars.append(one.stars)
            common.append(one.common)
        if len(rare) == 1:
            return first
        return cls(counts, weight, RarePostings.joined(rare), StarEdges.joined(stars), np.concatenate(common))


@dataclass(frozen=True, slots=True, eq=False)
class HashCounts:
    """A number for each of some hashes: of the documents that hold it, or what it weighs.

    Args:
        bits: The bits of the hashes, ascending, shape ``(n,)``.
        numbers: The numbers, likewise.
    """

    bits: PostingArray
    numbers: Numbers

    def of(self, bits: PostingArray, otherwise: Numbers) -> Numbers:
        """Return the numbers of hashes, and something else for those that are not among these."""
        if not len(self.bits):
            return otherwise
        at = np.minimum(np.searchsorted(self.bits, bits), len(self.bits) - 1)
        return np.where(self.bits[at] == bits, self.numbers[at], otherwise)

    def and_others(self, others: HashCounts) -> HashCounts:
        """Return the numbers of these hashes and of others."""
        bits = np.concatenate((self.bits, others.bits))
        order = np.argsort(bits)
        return HashCounts(bits[order], np.concatenate((self.numbers, others.numbers))[order])


ALL_LISTED = HashCounts(np.empty(0, np.uint64), np.empty(0, np.int64))
"""All postings of all hashes are in the parts."""


class HashTotals:
    """How much each document holds, summed over the parts.

    Args:
        options: What makes a pair a candidate.
        held: How many documents hold the hashes of which not all postings are in the parts.

    Attributes:
        counts: Hashes of each document: at the coarse scale, then all; shape ``(2, documents)``.
        weight: Their weight, likewise. Frequent hashes are among them: two copies of a viral text that agree
            in little else are no candidates, each is one with the first copy.
    """

    def __init__(self, options: CandidateOptions, held: HashCounts = ALL_LISTED) -> None:
        self.options = options
        self._held = held
        shape = 2, options.documents
        self.counts, self.weight = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
        self._needed: dict[float, npt.NDArray[np.float64]] = {}
        self._coarsest = hash_bits(np.asarray(limit(options.scaled)))
        self._weights = weights(np.arange(1, options.documents + 1), options.documents)

    def add(self, part: PartTotals) -> None:
        """Add up what the documents hold of a part."""
        self.counts += part.counts
        self.weight += part.weight
        self._needed.clear()

    def needed(self, least_share: float) -> npt.NDArray[np.float64]:
        """Return what each document has to share, of its hashes at the coarse scale, then of all.

        It is asked for every half a million pairs, and worked out once: there may be more documents.

        Args:
            least_share: The share asked for, 0 to 1.
        """
        if least_share not in self._needed:
            self._needed[least_share] = needed(self.weight, self.counts, least_share)
        return self._needed[least_share]

    def part(self, postings: PostingArray) -> PartTotals:
        """Return what the documents hold of a part, and what of it is shared.

        Args:
            postings: Sorted postings; all of each hash that occurs, but for those whose number is known. Of
                these the first document's is there, where it is frequent.
        """
        documents, bits = documents_of(postings), hash_bits(postings)
        counts = self._sums(documents, bits)
        # Less than half of them; all others weigh the same.
        shared = np.flatnonzero(_are_repeated(bits) | is_member(bits, self._held.bits))
        documents, bits = documents[shared], bits[shared]
        starts, listed = runs(bits)
        document_counts = self._held.of(bits[starts], listed)
        weight = self._weights[document_counts - 1]
        lighter = self._sums(documents, bits, np.repeat(FULL - weight, listed))
        frequent = document_counts > FREQUENT
        rare = ~frequent
        if self.options.sides is not None and len(starts):
            # A hash that no new document holds makes no pair: most of a large archive's.
            rare &= np.logical_or.reduceat(self.options.sides[:, documents], starts, axis=1).all(axis=0)
        common = bits[starts[document_counts > self.options.common]] if self.options.common else bits[:0]
        return PartTotals(
            counts,
            FULL * counts - lighter,
            _rare_postings(documents, starts, listed, weight, rare),
            _star_edges(documents, starts[frequent], listed[frequent], weight[frequent]),
            common[common <= self._coarsest],
        )

    def _sums(self, documents: Numbers, bits: PostingArray, weight: Numbers | None = None) -> Numbers:
        """Add up a part: the hashes that are beyond the coarse scale count for the fine one alone."""
        stop = int(np.searchsorted(bits, self._coarsest, "right"))
        coarse, fine = (
            np.bincount(
                documents[part], None if weight is None else weight[part], self.options.documents
            ).astype(np.int64)
            for part in (slice(0, stop), slice(stop, None))
        )
        return np.stack((coarse, coarse + fine))

    def share_enough(
        self, first: Numbers, second: Numbers, shared: Numbers, least_share: float
    ) -> npt.NDArray[np.bool_]:
        """Return which pairs share enough.

        Args:
            first: One document of each pair.
            second: The other one.
            shared: Weight of the hashes they share.
            least_share: The share asked for, 0 to 1.
        """
        scale = (self.options.fine[first] & self.options.fine[second]).astype(np.int64)
        smaller = np.where(self.weight[scale, first] <= self.weight[scale, second], first, second)
        return np.asarray(shared >= self.needed(least_share)[scale, smaller])


def hash_counts(
    postings: PostingArray, scaled: int, documents: int, values: Numbers | None = None
) -> Numbers:
    """Return how many hashes documents have: at the coarse scale, then all; shape ``(2, documents)``.

    Args:
        postings: Their postings, in any order, each once.
        scaled: The coarse scale.
        documents: How many documents are numbered.
        values: What each posting counts for, integers; ``None``: one.
    """
    numbers, coarse = documents_of(postings), hash_bits(postings) <= hash_bits(np.asarray(limit(scaled)))
    sums = np.bincount(numbers, values, documents)
    among = np.bincount(numbers[coarse], None if values is None else values[coarse], documents)
    return np.stack((among, sums)).astype(np.int64)


def _are_repeated(ordered: PostingArray) -> npt.NDArray[np.bool_]:
    """Return which values of a sorted array occur more than once."""
    again = ordered[1:] == ordered[:-1]
    repeated = np.zeros(len(ordered), bool)
    repeated[1:] = again
    repeated[:-1] |= again
    return repeated


def _rare_postings(
    documents: Numbers,
    starts: Numbers,
    document_counts: Numbers,
    weight: Numbers,
    rare: npt.NDArray[np.bool_],
) -> RarePostings:
    """Return the postings of the rare hashes.

    Args:
        documents: The document of each posting, hash by hash.
        starts: Where the postings of each hash begin.
        document_counts: How many postings each hash has.
        weight: What each hash counts for.
        rare: Which hashes are rare.
    """
    offsets = np.flatnonzero(np.repeat(rare, document_counts))
    counts = document_counts[rare]
    last = np.repeat(starts[rare] + counts - 1, counts)
    return RarePostings(
        documents[offsets].astype(np.int32),
        (last - offsets).astype(np.uint8),
        np.repeat(weight[rare], counts).astype(np.uint8),
    )


def _star_edges(documents: Numbers, starts: Numbers, document_counts: Numbers, weight: Numbers) -> StarEdges:
    """Link every document of a frequent hash to the first of them.

    Args:
        documents: The document of each posting, hash by hash.
        starts: Where the postings of each frequent hash begin.
        document_counts: How many postings each frequent hash has.
        weight: What each frequent hash counts for.
    """
    others = document_counts - 1
    return StarEdges(
        np.repeat(documents[starts].astype(np.int32), others),
        documents[ragged_ranges(starts + 1, others)].astype(np.int32),
        np.repeat(weight.astype(np.uint8), others),
    )
