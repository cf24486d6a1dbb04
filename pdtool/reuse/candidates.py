"""Which pairs of documents are worth aligning: the join of their fingerprints.

Pairs that share hashes are counted by sorting, so the cost grows with the fingerprints and with the
matches, not with the square of the corpus. A hash that very many documents hold says little about any
two of them and would give their square in pairs: such *hot* hashes only link each of their holders to
the first one (star edges), which still finds a text that was copied three hundred times.

Shared hashes count by their rarity (inverse document frequency, Spärck Jones 1972): what a tenth of a corpus
says, such as the phrases of its genre, is weak evidence for a copy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from pdtool.reuse.fingerprint import limit
from pdtool.reuse.postings import EntryArray, hash_bits, holders_of
from pdtool.workers import in_threads

__all__ = ["HOT", "Asked", "Candidates", "candidates", "needed", "weights"]

HOT = 64
"""A hash that more documents than this hold is hot. Above 50, so that small clusters are seen whole."""
CHUNK = 500_000
"""Pairs of holders that are counted at a time (40 bytes a pair): more are slower to sort, and take memory."""
CHUNKS = 4
"""Chunks that a thread counts one after the other, of entries that it looks for once."""
FULL = 255
"""The weight of a hash that one document holds; integers, so that sums do not depend on their order."""
LEAST_WEIGHT = 0.1
"""Share of it that the most frequent hash still has."""
ELSEWHERE = 1000
"""Documents that a corpus is thought to be part of: in a small one, what three of three hold is no phrase."""
ERRORS = 1.5
"""Standard errors of the sample that are given away. On 10,000 documents two gave five times as many
candidates and found nothing more."""
STAR_SHARE = 0.75
"""A text's hot hashes may be spread over several first holders: each is asked for less."""
STAR_BEST = 0.5
"""Share of what a text has in common with its best first holder that another one must have to be linked."""

Numbers = npt.NDArray[np.int64]
Pairs = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """What makes a pair a candidate.

    Args:
        documents: How many documents there are; entries are numbered from 0.
        fine: For each document, whether it kept all its hashes although ``scaled`` is coarser.
        scaled: The scale of the others.
        least_share: Least weighted share of the smaller document's hashes that the other holds, 0 to 1.
        least_shared: Least number of shared hashes.
        common: A hash that more documents hold is common: no sign of a passage.
        least_rare: Number of shared hashes that are not common which is enough whatever their share;
            ``None``: none is.
    """

    documents: int
    fine: npt.NDArray[np.bool_]
    scaled: int
    least_share: float
    least_shared: int = 1
    common: int = 0
    least_rare: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """What a join found.

    Args:
        pairs: Pairs of document numbers ``(i, j)``, ``i < j``, sorted, shape ``(n, 2)``.
        common: The bits of the common hashes at the coarse scale, ascending.
    """

    pairs: Pairs
    common: EntryArray


def weights(holders: Numbers, documents: int) -> Numbers:
    """Return what a hash counts for, from how many documents hold it.

    >>> weights(np.array([1, 2, 64, 5000]), 10_000).tolist()
    [255, 236, 141, 26]
    """
    everywhere = documents + ELSEWHERE
    rarity = np.log(everywhere / holders) / np.log(everywhere)
    return np.asarray(np.rint(FULL * np.clip(rarity, LEAST_WEIGHT, 1)), np.int64)


def needed(whole: npt.ArrayLike, size: npt.ArrayLike, least_share: float) -> npt.NDArray[np.float64]:
    """Return which weight a document has to share so that it may be the sample of at least ``least_share``.

    One and a half standard errors are given away, so that chance loses few true pairs; the share asked for
    allows for more damage than most copies have.

    Args:
        whole: Weight of all hashes of the document.
        size: How many these are.
        least_share: The share asked for, 0 to 1.

    >>> needed([100, 100, 1000, 0], [100, 10, 1000, 0], 0.1).round(1).tolist()
    [5.3, -5.0, 85.0, 0.0]
    """
    expected = least_share * np.asarray(size, np.float64)
    share = expected - ERRORS * np.sqrt(expected)
    return np.asarray(share * np.asarray(whole) / np.maximum(size, 1))


def candidates(
    parts: Iterable[EntryArray],
    asked: Asked,
    threads: int = 1,
    slices: Callable[[EntryArray], Iterable[EntryArray]] = lambda part: [part],
) -> Candidates:
    """Return the pairs whose fingerprints overlap enough to be aligned.

    Args:
        parts: All entries, in parts that no hash straddles.
        asked: What is enough.
        threads: How many may work; changes nothing but the time.
        slices: Turns a part into sorted slices that no hash straddles.
    """
    held = _Held(asked)
    counted = in_threads(lambda part: [held.part(piece) for piece in slices(part)], parts, threads)
    shared = [part for some in counted for part in some]
    for part in shared:
        held.add(part)
    cold = _Shared.joined([part.cold for part in shared])
    chosen = [*_cold_pairs(cold, held, threads), _star_pairs([part.stars for part in shared], held)]
    keys = np.unique(np.concatenate(chosen))
    return Candidates(
        np.stack(np.divmod(keys, max(asked.documents, 1)), axis=1),
        np.concatenate([np.empty(0, np.uint64), *(part.common for part in shared)]),
    )


# What is held ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class _Shared:
    """Entries of hashes that two documents or more hold, those of one hash side by side, holders ascending.

    Args:
        holders: The documents.
        left: How many further holders of the same hash follow.
        weights: What the hash counts for.
    """

    holders: npt.NDArray[np.int32]
    left: npt.NDArray[np.uint8]
    weights: npt.NDArray[np.uint8]

    @classmethod
    def joined(cls, parts: list[_Shared]) -> _Shared:
        """Return the parts as one."""
        empty = cls(np.empty(0, np.int32), np.empty(0, np.uint8), np.empty(0, np.uint8))
        every = [empty, *parts]
        return cls(
            np.concatenate([part.holders for part in every]),
            np.concatenate([part.left for part in every]),
            np.concatenate([part.weights for part in every]),
        )


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """What one part gives.

    Args:
        counts: How many of its hashes each document holds; shape as :attr:`_Held.counts`.
        weight: Their weight, likewise.
        cold: Shared cold entries.
        stars: Star edges with their weights.
        common: The bits of common hashes.
    """

    counts: Numbers
    weight: Numbers
    cold: _Shared
    stars: tuple[Numbers, Numbers]
    common: EntryArray


class _Held:
    """How much each document holds, summed over the parts.

    Args:
        asked: What is asked for.

    Attributes:
        counts: Hashes of each document: at the coarse scale, then all; shape ``(2, documents)``.
        weight: Their weight, likewise. Hot hashes are among them: two copies of a viral text that agree in
            little else are no candidates, each is one with the first copy.
    """

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        shape = 2, asked.documents
        self.counts, self.weight = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
        self._coarsest = hash_bits(np.asarray(limit(asked.scaled)))
        self._weights = weights(np.arange(1, asked.documents + 1), asked.documents)

    def add(self, part: _Part) -> None:
        """Add up what the documents hold of a part."""
        self.counts += part.counts
        self.weight += part.weight

    def part(self, entries: EntryArray) -> _Part:
        """Return what a part holds, and what of it is shared."""
        holders, bits = holders_of(entries), hash_bits(entries)
        counts = self._sums(holders, bits)
        at = _shared(bits)  # less than half of them; all others weigh the same
        holders, bits = holders[at], bits[at]
        starts, sizes = _groups(bits)
        weight = self._weights[sizes - 1]
        lighter = self._sums(holders, bits, np.repeat(FULL - weight, sizes))
        hot = sizes > HOT
        cool = ~hot
        at = np.flatnonzero(np.repeat(cool, sizes))
        group_sizes, group_starts = sizes[cool], starts[cool]
        last = np.repeat(group_starts + group_sizes - 1, group_sizes)
        cold = _Shared(
            holders[at].astype(np.int32),
            (last - at).astype(np.uint8),
            np.repeat(weight[cool], group_sizes).astype(np.uint8),
        )
        common = bits[starts[sizes > self.asked.common]] if self.asked.common else bits[:0]
        return _Part(
            counts,
            FULL * counts - lighter,
            cold,
            _stars(holders, starts[hot], sizes[hot], weight[hot], self.asked.documents),
            common[common <= self._coarsest],
        )

    def _sums(self, holders: Numbers, bits: EntryArray, weight: Numbers | None = None) -> Numbers:
        """Add up a part: the hashes that are beyond the coarse scale count for the fine one alone."""
        stop = int(np.searchsorted(bits, self._coarsest, "right"))
        coarse, fine = (
            np.bincount(holders[part], None if weight is None else weight[part], self.asked.documents).astype(
                np.int64
            )
            for part in (slice(0, stop), slice(stop, None))
        )
        return np.stack((coarse, coarse + fine))

    def enough(
        self, first: Numbers, second: Numbers, shared: Numbers, least_share: float
    ) -> npt.NDArray[np.bool_]:
        """Tell which pairs share enough.

        Args:
            first: One document of each pair.
            second: The other one.
            shared: Weight of the hashes they share.
            least_share: The share asked for, 0 to 1.
        """
        scale = (self.asked.fine[first] & self.asked.fine[second]).astype(np.int64)
        smaller = np.where(self.weight[scale, first] <= self.weight[scale, second], first, second)
        return np.asarray(shared >= needed(self.weight, self.counts, least_share)[scale, smaller])


def _shared(ordered: EntryArray) -> Numbers:
    """Return the places of the values of a sorted array that stand there more than once."""
    again = ordered[1:] == ordered[:-1]
    shared = np.zeros(len(ordered), bool)
    shared[1:] = again
    shared[:-1] |= again
    return np.flatnonzero(shared)


def _groups(ordered: EntryArray) -> tuple[Numbers, Numbers]:
    """Return where each distinct value of a sorted array begins and how often it stands there."""
    if not len(ordered):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    return starts, np.diff(np.append(starts, len(ordered)))


# Pairs -----------------------------------------------------------------------------------------------


def _cold_pairs(cold: _Shared, held: _Held, threads: int) -> Iterator[Numbers]:
    """Yield the candidates among all pairs of holders of cold hashes, as ``first * documents + second``.

    All pairs of one first document are counted at once, so that nothing has to be kept of those that share
    too little.
    """
    pairs = np.cumsum(np.bincount(cold.holders, cold.left, held.asked.documents).astype(np.int64))
    total = int(pairs[-1]) if len(pairs) else 0
    cuts = np.unique(np.searchsorted(pairs, np.arange(CHUNK, total, CHUNK)) + 1)
    bounds = [0, *cuts[cuts < len(pairs)].tolist(), len(pairs)]
    share = max(1, min(CHUNKS, len(bounds) // (2 * threads)))
    tasks = [bounds[at : at + share + 1] for at in range(0, len(bounds) - 1, share)]
    yield from in_threads(partial(_chosen_pairs, cold, held), tasks, threads)


def _chosen_pairs(cold: _Shared, held: _Held, bounds: Sequence[int]) -> Numbers:
    """Return the candidates whose first document lies between two bounds, chunk by chunk."""
    at = np.flatnonzero((cold.holders >= bounds[0]) & (cold.holders < bounds[-1]) & (cold.left > 0))
    holders = cold.holders[at]
    chosen = [np.empty(0, np.int64)]
    for start, stop in pairwise(bounds):
        counted = _Counted.of(_pair_keys(cold, at[(holders >= start) & (holders < stop)]))
        chosen.append(counted.keys(held, counted.enough(held) | counted.rare_enough(held)))
    return np.concatenate(chosen)


def _pair_keys(cold: _Shared, at: Numbers) -> EntryArray:
    """Return a key for every pair of holders whose first stands in one of some places."""
    left = cold.left[at]
    keys = [np.empty(0, np.uint64)]
    for distance in range(1, int(left.max(initial=0)) + 1):
        if distance > 1:
            more = left >= distance
            at, left = at[more], left[more]
        first, second = cold.holders[at].astype(np.uint64), cold.holders[at + distance].astype(np.uint64)
        keys.append((first << np.uint64(32)) | (second << np.uint64(8)) | cold.weights[at])
    return np.concatenate(keys)


@dataclass(frozen=True, slots=True, eq=False)
class _Counted:
    """Distinct pairs, and what they share.

    Args:
        pairs: First and second document of each, as one number.
        starts: Where the hashes of each begin among ``shared``.
        counts: How many these are.
        shared: Their weights.
    """

    pairs: EntryArray
    starts: Numbers
    counts: Numbers
    shared: Numbers

    @classmethod
    def of(cls, keys: EntryArray) -> _Counted:
        """Count equal pairs."""
        keys.sort()
        pairs = keys >> np.uint64(8)
        starts, counts = _groups(pairs)
        return cls(pairs[starts], starts, counts, (keys & np.uint64(FULL)).astype(np.int64))

    def some(self, at: Numbers) -> tuple[Numbers, Numbers]:
        """Return the first and the second document of some pairs."""
        pairs = self.pairs[at].astype(np.int64)
        return pairs >> 24, pairs & 0xFFFFFF

    def keys(self, held: _Held, chosen: npt.NDArray[np.bool_]) -> Numbers:
        """Return the chosen pairs as ``first * documents + second``."""
        first, second = self.some(np.flatnonzero(chosen))
        return first * held.asked.documents + second

    def sums(self, values: npt.NDArray[np.int64]) -> Numbers:
        """Add up, for each pair, a value of each hash it shares."""
        return np.add.reduceat(values, self.starts) if len(self.starts) else self.starts

    def enough(self, held: _Held) -> npt.NDArray[np.bool_]:
        """Tell which pairs share a sufficient share."""
        asked = held.asked
        found = np.zeros(len(self.counts), bool)
        if not asked.least_share:
            return found | (self.counts >= asked.least_shared)
        # Most pairs share one hash, which is enough for very short documents only: a quick look turns the
        # others down.
        lax = np.any(needed(held.weight, held.counts, asked.least_share) <= FULL, axis=0)
        at = np.flatnonzero(self.counts >= asked.least_shared)
        first, second = self.some(at)
        at = at[(self.counts[at] > 1) | lax[first] | lax[second]]
        first, second = self.some(at)
        found[at] = held.enough(first, second, self.sums(self.shared)[at], asked.least_share)
        return found

    def rare_enough(self, held: _Held) -> npt.NDArray[np.bool_]:
        """Tell which pairs share a sufficient number of hashes that are not common."""
        asked = held.asked
        if asked.least_rare is None:
            return np.zeros(len(self.counts), bool)
        least = int(weights(np.array([asked.common or 1]), asked.documents)[0]) if asked.common else 0
        return self.sums((self.shared >= least).astype(np.int64)) >= asked.least_rare


def _stars(
    holders: Numbers, starts: Numbers, sizes: Numbers, weight: Numbers, documents: int
) -> tuple[Numbers, Numbers]:
    """Link every holder of a hot hash to the first of them; the keys of the pairs, and the weights."""
    others = sizes - 1
    within = np.arange(int(others.sum())) - np.repeat(np.cumsum(others) - others, others)
    at = np.repeat(starts, others) + 1 + within
    return np.repeat(holders[starts], others) * documents + holders[at], np.repeat(weight, others)


def _star_pairs(stars: list[tuple[Numbers, Numbers]], held: _Held) -> Numbers:
    empty = np.empty(0, np.int64)
    keys, inverse, counts = np.unique(
        np.concatenate([empty, *(keys for keys, _ in stars)]), return_inverse=True, return_counts=True
    )
    sums = np.bincount(inverse, np.concatenate([empty, *(weight for _, weight in stars)]), len(keys))
    first, second = np.divmod(keys, max(held.asked.documents, 1))
    least = STAR_SHARE * held.asked.least_share
    chosen = held.enough(first, second, sums.astype(np.int64), least)
    chosen &= counts >= held.asked.least_shared
    # Which first holder a text has most in common with is enough to know: a copy that lacks a few hashes has
    # others too. A mixture of two viral texts has about as much in common with both.
    best = np.zeros(held.asked.documents)
    np.maximum.at(best, second, sums)
    return np.asarray(keys[chosen & (sums >= STAR_BEST * best[second])])
