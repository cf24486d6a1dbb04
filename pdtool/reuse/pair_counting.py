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
from pdtool.reuse.hash_weights import FULL, Numbers, needed, weights
from pdtool.reuse.postings import PostingArray
from pdtool.text.arrays import distinct, runs
from pdtool.workers import in_threads

__all__ = ["STAR_SHARE", "rare_pairs", "star_pairs"]

CHUNK = 500_000
"""Pairs that are counted at a time (40 bytes each): more are slower to sort, and take memory."""
CHUNKS = 4
"""Chunks that a thread counts one after the other, of postings that it looks for once."""
STAR_SHARE = 0.75
"""A text's frequent hashes may be spread over several first documents: each is asked for less."""
STAR_BEST = 0.5
"""Share of what a text has in common with its best first document that another one must have to be linked."""


# All pairs of rare hashes ------------------------------------------------------------------------------


def rare_pairs(rare: RarePostings, totals: HashTotals, threads: int) -> Iterator[Numbers]:
    """Yield the candidates among all pairs of documents of rare hashes, as ``first * documents + second``.

    All pairs of one first document are counted at once, so that nothing has to be kept of those that share
    too little.

    Args:
        rare: The postings.
        totals: What each document holds.
        threads: How many may work; changes nothing but the time.
    """
    pairs = np.cumsum(np.bincount(rare.documents, rare.left, totals.options.documents).astype(np.int64))
    total = int(pairs[-1]) if len(pairs) else 0
    cuts = distinct(np.searchsorted(pairs, np.arange(CHUNK, total, CHUNK)) + 1)
    bounds = [0, *cuts[cuts < len(pairs)].tolist(), len(pairs)]
    share = max(1, min(CHUNKS, len(bounds) // (2 * threads)))
    tasks = [bounds[start : start + share + 1] for start in range(0, len(bounds) - 1, share)]
    yield from in_threads(partial(_chosen_pairs, rare, totals), tasks, threads)


def _chosen_pairs(rare: RarePostings, totals: HashTotals, bounds: Sequence[int]) -> Numbers:
    """Return the candidates whose first document lies between two bounds, chunk by chunk."""
    offsets = np.flatnonzero((rare.documents >= bounds[0]) & (rare.documents < bounds[-1]) & (rare.left > 0))
    documents = rare.documents[offsets]
    chosen = [np.empty(0, np.int64)]
    for start, stop in pairwise(bounds):
        keys = _pair_keys(rare, offsets[(documents >= start) & (documents < stop)], totals.options)
        counts = _PairCounts.of(keys)
        chosen.append(counts.keys(totals, counts.share_enough(totals) | counts.uncommon_enough(totals)))
    return np.concatenate(chosen)


def _pair_keys(rare: RarePostings, offsets: Numbers, options: CandidateOptions) -> PostingArray:
    """Return a key for every two postings of one hash the first of which stands at one of some offsets.

    The lowest 8 bits of a key are the weight of the hash, the next 24 the second document, the others the
    first.
    """
    left = rare.left[offsets]
    keys = [np.empty(0, np.uint64)]
    for distance in range(1, int(left.max(initial=0)) + 1):
        if distance > 1:
            more = left >= distance
            offsets, left = offsets[more], left[more]
        here = offsets
        if options.sides is not None:
            here = offsets[options.are_wanted(rare.documents[offsets], rare.documents[offsets + distance])]
        first = rare.documents[here].astype(np.uint64)
        second = rare.documents[here + distance].astype(np.uint64)
        keys.append((first << np.uint64(32)) | (second << np.uint64(8)) | rare.weights[here])
    return np.concatenate(keys)


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
        lax = np.any(needed(totals.weight, totals.counts, options.least_share) <= FULL, axis=0)
        indexes = np.flatnonzero(self.counts >= options.least_shared)
        first, second = self.some(indexes)
        indexes = indexes[(self.counts[indexes] > 1) | lax[first] | lax[second]]
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


def star_pairs(stars: Sequence[StarEdges], totals: HashTotals) -> Numbers:
    """Return the candidates among the star edges, as ``first * documents + second``.

    Args:
        stars: The star edges of each part.
        totals: What each document holds.
    """
    empty = np.empty(0, np.int64)
    keys, inverse, counts = np.unique(
        np.concatenate([empty, *(keys for keys, _ in stars)]), return_inverse=True, return_counts=True
    )
    sums = np.bincount(inverse, np.concatenate([empty, *(weight for _, weight in stars)]), len(keys))
    options = totals.options
    first, second = np.divmod(keys, max(options.documents, 1))
    chosen = totals.share_enough(first, second, sums.astype(np.int64), STAR_SHARE * options.least_share)
    chosen &= counts >= options.least_shared
    # Which first document a text has most in common with is enough to know: a copy that lacks a few hashes
    # has others too. A mixture of two viral texts has about as much in common with both.
    best = np.zeros(options.documents)
    np.maximum.at(best, second, sums)
    return np.asarray(keys[chosen & (sums >= STAR_BEST * best[second])])
