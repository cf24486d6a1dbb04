"""Pairs of documents counted by the hashes they share, and those of them that share enough.

Pairs are counted by sorting, so the cost grows with the fingerprints and with the matches, not with the
square of the corpus.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from pdtool.reuse.hash_totals import CandidateOptions, HashTotals, RarePostings, StarEdges
from pdtool.reuse.hash_weights import FULL, Numbers, weights
from pdtool.reuse.postings import PostingArray
from pdtool.text.arrays import distinct, runs
from pdtool.workers import in_threads

__all__ = ["STAR_SHARE", "rare_pairs", "star_pairs"]

CHUNK = 500_000
"""Pairs that are counted at a time (40 bytes each): more are slower to sort, and take memory."""
CHUNKS = 4
"""Chunks, or more, that a thread counts one after the other, of postings that it looks for once."""
LOOKS = 64
"""How often all postings are looked through at most, so that this does not grow with the square of them."""
EDGES = 2_000_000
"""Star edges that are counted at a time (some 60 bytes each)."""
STAR_SHARE = 0.75
"""A text's frequent hashes may be spread over several first documents: each is asked for less."""
STAR_BEST = 0.5
"""Share of what a text has in common with its best first document that another one must have to be linked."""


# All pairs of rare hashes ------------------------------------------------------------------------------


def rare_pairs(rare: Sequence[RarePostings], totals: HashTotals, threads: int) -> Iterator[Numbers]:
    """Yield the candidates among all pairs of documents of rare hashes, as ``first * documents + second``.

    All pairs of one first document are counted at once, so that nothing has to be kept of those that share
    too little.

    Args:
        rare: The postings of each part.
        totals: What each document holds.
        threads: How many may work; changes nothing but the time.
    """
    pairs = np.zeros(totals.options.documents, np.int64)
    for part in rare:
        pairs += np.bincount(part.documents, part.left, len(pairs)).astype(np.int64)
    np.cumsum(pairs, out=pairs)
    total = int(pairs[-1]) if len(pairs) else 0
    cuts = distinct(np.searchsorted(pairs, np.arange(CHUNK, total, CHUNK)) + 1)
    bounds = [0, *cuts[cuts < len(pairs)].tolist(), len(pairs)]
    share = max(1, min(max(CHUNKS, len(bounds) // LOOKS), len(bounds) // (2 * threads)))
    tasks = [bounds[start : start + share + 1] for start in range(0, len(bounds) - 1, share)]
    yield from in_threads(partial(_chosen_pairs, rare, totals), tasks, threads)


def _chosen_pairs(rare: Sequence[RarePostings], totals: HashTotals, bounds: Sequence[int]) -> Numbers:
    """Return the candidates whose first document lies between two bounds, chunk by chunk."""
    between = [_between(part, bounds[0], bounds[-1]) for part in rare]
    chosen = [np.empty(0, np.int64)]
    for start, stop in pairwise(bounds):
        keys = [np.empty(0, np.uint64)]
        for part, (offsets, documents) in zip(rare, between, strict=True):
            here = offsets[(documents >= start) & (documents < stop)]
            keys += _pair_keys(part, here, totals.options)
        counts = _PairCounts.of(np.concatenate(keys))
        chosen.append(counts.keys(totals, counts.share_enough(totals) | counts.uncommon_enough(totals)))
    return np.concatenate(chosen)


def _between(part: RarePostings, first: int, last: int) -> tuple[Numbers, npt.NDArray[np.int32]]:
    """Return where postings of documents between two bounds stand that others follow; and their documents."""
    offsets = np.flatnonzero((part.documents >= first) & (part.documents < last) & (part.left > 0))
    return offsets, part.documents[offsets]


def _pair_keys(rare: RarePostings, offsets: Numbers, options: CandidateOptions) -> Iterator[PostingArray]:
    """Yield a key for every two postings of one hash the first of which stands at one of some offsets.

    The lowest 8 bits of a key are the weight of the hash, the next 24 the second document, the others the
    first.
    """
    left = rare.left[offsets]
    for distance in range(1, int(left.max(initial=0)) + 1):
        if distance > 1:
            more = left >= distance
            offsets, left = offsets[more], left[more]
        here = offsets
        if options.sides is not None:
            here = offsets[options.are_wanted(rare.documents[offsets], rare.documents[offsets + distance])]
        first = rare.documents[here].astype(np.uint64)
        second = rare.documents[here + distance].astype(np.uint64)
        yield (first << np.uint64(32)) | (second << np.uint64(8)) | rare.weights[here]


@dataclass(frozen=True, slots=True, eq=False)
class _PairCounts:
    """Distinct pairs, and what they share.

    Args:
        pairs: First and second document of each, as one number.
        starts: Where the hashes of each begin among ``shared``.
        counts: How many these are.
        shared: Their weights.
    """

    pairs: PostingArray
    starts: Numbers
    counts: Numbers
    shared: Numbers

    @classmethod
    def of(cls, keys: PostingArray) -> _PairCounts:
        """Count equal pairs."""
        keys.sort()
        pairs = keys >> np.uint64(8)
        starts, counts = runs(pairs)
        return cls(pairs[starts], starts, counts, (keys & np.uint64(FULL)).astype(np.int64))

    def some(self, indexes: Numbers) -> tuple[Numbers, Numbers]:
        """Return the first and the second document of some pairs."""
        pairs = self.pairs[indexes].astype(np.int64)
        return pairs >> 24, pairs & 0xFFFFFF

    def keys(self, totals: HashTotals, chosen: npt.NDArray[np.bool_]) -> Numbers:
        """Return the chosen pairs as ``first * documents + second``."""
        first, second = self.some(np.flatnonzero(chosen))
        return first * totals.options.documents + second

    def sums(self, values: npt.NDArray[np.int64]) -> Numbers:
        """Add up, for each pair, a value of each hash it shares."""
        return np.add.reduceat(values, self.starts) if len(self.starts) else self.starts

    def share_enough(self, totals: HashTotals) -> npt.NDArray[np.bool_]:
        """Return which pairs share a sufficient share."""
        options = totals.options
        found = np.zeros(len(self.counts), bool)
        if not options.least_share:
            return found | (self.counts >= options.least_shared)
        # Most pairs share one hash, which is enough for very short documents only: a quick look turns the
        # others down.
        lax = totals.needed(options.least_share) <= FULL
        indexes = np.flatnonzero(self.counts >= options.least_shared)
        first, second = self.some(indexes)
        indexes = indexes[(self.counts[indexes] > 1) | lax[:, first].any(axis=0) | lax[:, second].any(axis=0)]
        first, second = self.some(indexes)
        shared = self.sums(self.shared)[indexes]
        found[indexes] = totals.share_enough(first, second, shared, options.least_share)
        return found

    def uncommon_enough(self, totals: HashTotals) -> npt.NDArray[np.bool_]:
        """Return which pairs share a sufficient number of hashes that are not common."""
        options = totals.options
        if options.least_uncommon is None:
            return np.zeros(len(self.counts), bool)
        least = int(weights(np.array([options.common]), options.documents)[0]) if options.common else 0
        return self.sums((self.shared >= least).astype(np.int64)) >= options.least_uncommon


# Star edges of frequent hashes -------------------------------------------------------------------------


def star_pairs(stars: Sequence[StarEdges], totals: HashTotals) -> Iterator[Numbers]:
    """Yield the candidates among the star edges, as ``first * documents + second``.

    All edges to one document are counted at once: which of them has most decides.

    Args:
        stars: The star edges of each part.
        totals: What each document holds.
    """
    edges = np.zeros(totals.options.documents, np.int64)
    for part in stars:
        edges += np.bincount(part.second, minlength=len(edges))
    np.cumsum(edges, out=edges)
    total = int(edges[-1]) if len(edges) else 0
    cuts = distinct(np.searchsorted(edges, np.arange(EDGES, total, EDGES)) + 1)
    for start, stop in pairwise([0, *cuts[cuts < len(edges)].tolist(), len(edges)]):
        some = []
        for part in stars:
            here = (part.second >= start) & (part.second < stop)
            some.append(StarEdges(part.first[here], part.second[here], part.weights[here]))
        if some:
            yield _star_pairs(StarEdges.joined(some), totals)


def _star_pairs(stars: StarEdges, totals: HashTotals) -> Numbers:
    """Return the candidates among all star edges to some documents."""
    options = totals.options
    pairs = stars.first * np.int64(max(options.documents, 1)) + stars.second
    keys, inverse, counts = np.unique(pairs, return_inverse=True, return_counts=True)
    sums = np.bincount(inverse, stars.weights, len(keys))
    first, second = np.divmod(keys, max(options.documents, 1))
    chosen = totals.share_enough(first, second, sums.astype(np.int64), STAR_SHARE * options.least_share)
    chosen &= counts >= options.least_shared
    # Which first document a text has most in common with is enough to know: a copy that lacks a few hashes
    # has others too. A mixture of two viral texts has about as much in common with both.
    best = np.zeros(options.documents)
    np.maximum.at(best, second, sums)
    return np.asarray(keys[chosen & (sums >= STAR_BEST * best[second])])
