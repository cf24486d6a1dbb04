"""Which pairs of documents are worth aligning: the join of their fingerprints.

Pairs that share hashes are counted by sorting, so the cost grows with the fingerprints and with the
matches, not with the square of the corpus. A hash that very many documents hold says little about any
two of them and would give their square in pairs: such *hot* hashes only link each of their holders to
the first one (star edges), which still finds a text that was copied three hundred times.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pdtool.normalise.shingles import HashArray
from pdtool.reuse.fingerprint import limit

__all__ = ["HOT", "Fingerprints", "candidate_pairs", "enough", "shared_share"]

HOT = 64
"""A hash that more documents than this hold is hot. Above 50, so that small clusters are seen whole."""
CHUNK = 4_000_000
"""Pairs of holders counted at a time, which bounds the memory of the join (8 bytes a pair)."""

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Fingerprints:
    """The fingerprints of a corpus.

    Args:
        hashes: One ascending array of distinct hashes a document.
        fine: For each document, whether it kept all its hashes although ``scaled`` is coarser.
        scaled: The scale of the others.
    """

    hashes: Sequence[HashArray]
    fine: Sequence[bool]
    scaled: int


def enough(shared: Numbers | int, size: Numbers | int, least_share: float) -> npt.NDArray[np.bool_]:
    """Tell where ``shared`` of ``size`` hashes may be the sample of a share of at least ``least_share``.

    Two standard errors are given away, so that chance loses few true pairs; at least one hash is asked for.

    >>> enough(np.array([3, 4, 90, 0]), np.array([100, 100, 1000, 5]), 0.1).tolist()
    [False, True, True, False]
    """
    expected = least_share * size
    return np.asarray(shared >= np.maximum(expected - 2 * np.sqrt(expected), 1))


def candidate_pairs(
    fingerprints: Fingerprints, least_share: float, least_shared: int = 1
) -> list[tuple[int, int]]:
    """Return the pairs whose fingerprints overlap enough to be aligned.

    Args:
        fingerprints: The fingerprints of all documents.
        least_share: Least share of the smaller document's hashes that the other holds, 0 to 1. It has to
            stay well below the containment asked for: noise in one character of ten leaves six shingles
            of ten.
        least_shared: Least number of shared hashes.

    Returns:
        Pairs of document numbers ``(i, j)``, ``i < j``, sorted.
    """
    holders, hashes = _flat(fingerprints.hashes)
    starts, counts = _groups(hashes)
    cold = counts <= HOT
    keys, shared = _count(_pair_keys(holders, starts[cold], counts[cold], len(fingerprints.hashes)))
    first, second = np.divmod(keys, len(fingerprints.hashes) or 1)
    size = _sizes(fingerprints, holders, hashes, np.repeat(cold, counts), first, second)
    chosen = enough(shared, size, least_share) & (shared >= least_shared)
    pairs = set(zip(first[chosen].tolist(), second[chosen].tolist(), strict=True))
    for pair in _star_edges(holders, starts[~cold], counts[~cold]) - pairs:
        both, least = shared_share(fingerprints, *pair)
        if both >= least_shared and enough(both, least, least_share):
            pairs.add(pair)
    return sorted(pairs)


def shared_share(fingerprints: Fingerprints, i: int, j: int) -> tuple[int, int]:
    """Return how many hashes two documents share, and how many the smaller has, at their common scale."""
    left, right = fingerprints.hashes[i], fingerprints.hashes[j]
    if not (fingerprints.fine[i] and fingerprints.fine[j]):
        left, right = (h[: np.searchsorted(h, limit(fingerprints.scaled), "right")] for h in (left, right))
    return len(np.intersect1d(left, right, assume_unique=True)), min(len(left), len(right))


def _flat(hashes: Sequence[HashArray]) -> tuple[Numbers, HashArray]:
    """Return all (document, hash) entries by hash, the documents of one hash ascending."""
    if not hashes:
        return np.empty(0, np.int64), np.empty(0, np.uint64)
    values = np.concatenate(hashes)
    holders = np.repeat(np.arange(len(hashes)), [len(h) for h in hashes])
    order = np.argsort(values, kind="stable")
    return holders[order], values[order]


def _groups(ordered: HashArray) -> tuple[Numbers, Numbers]:
    """Return where each distinct value of a sorted array begins and how often it stands there."""
    if not len(ordered):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    return starts, np.diff(np.append(starts, len(ordered)))


def _pair_keys(holders: Numbers, starts: Numbers, counts: Numbers, documents: int) -> Iterator[Numbers]:
    """Yield ``i * documents + j`` for every pair of holders of every group, in bounded chunks."""
    starts, counts = starts[counts > 1], counts[counts > 1]
    pairs = np.cumsum(counts * (counts - 1) // 2)
    cuts = np.searchsorted(pairs, np.arange(CHUNK, int(pairs[-1]) if len(pairs) else 0, CHUNK))
    for first, stop in zip([0, *cuts.tolist()], [*cuts.tolist(), len(starts)], strict=True):
        chunk, sizes = starts[first:stop], counts[first:stop]
        for distance in range(1, int(sizes.max(initial=1))):
            reach = sizes - distance
            chunk, reach, sizes = chunk[reach > 0], reach[reach > 0], sizes[reach > 0]
            within = np.arange(int(reach.sum())) - np.repeat(np.cumsum(reach) - reach, reach)
            at = np.repeat(chunk, reach) + within
            yield holders[at] * documents + holders[at + distance]


def _count(chunks: Iterator[Numbers]) -> tuple[Numbers, Numbers]:
    """Count equal keys over all chunks, merging whenever a chunk's worth has gathered."""
    keys, totals = np.empty(0, np.int64), np.empty(0, np.int64)
    waiting: list[Numbers] = []
    for chunk in chunks:
        waiting.append(chunk)
        if sum(map(len, waiting)) >= CHUNK:
            keys, totals = _merge(keys, totals, waiting)
            waiting = []
    return _merge(keys, totals, waiting)


def _merge(keys: Numbers, totals: Numbers, more: list[Numbers]) -> tuple[Numbers, Numbers]:
    if not more:
        return keys, totals
    values, counts = np.unique(np.concatenate(more), return_counts=True)
    merged, where = np.unique(np.concatenate((keys, values)), return_inverse=True)
    sums = np.bincount(where, np.concatenate((totals, counts)), minlength=len(merged))
    return merged, sums.astype(np.int64)


def _sizes(
    fingerprints: Fingerprints,
    holders: Numbers,
    hashes: HashArray,
    cold: npt.NDArray[np.bool_],
    first: Numbers,
    second: Numbers,
) -> Numbers:
    """Return, for each pair, the cold hashes of the document that has fewer, at the pair's common scale."""
    documents = len(fingerprints.hashes)
    every = np.bincount(holders[cold], minlength=documents)
    coarse = np.bincount(holders[cold & (hashes <= limit(fingerprints.scaled))], minlength=documents)
    fine = np.asarray(fingerprints.fine, dtype=bool)
    both_fine = fine[first] & fine[second]
    return np.where(
        both_fine, np.minimum(every[first], every[second]), np.minimum(coarse[first], coarse[second])
    )


def _star_edges(holders: Numbers, starts: Numbers, counts: Numbers) -> set[tuple[int, int]]:
    """Link every holder of a hot hash to the first of them."""
    edges: set[tuple[int, int]] = set()
    for start, count in zip(starts.tolist(), counts.tolist(), strict=True):
        first, *others = holders[start : start + count].tolist()
        edges.update((first, other) for other in others)
    return edges
