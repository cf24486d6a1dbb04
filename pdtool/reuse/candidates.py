"""Which pairs of documents are worth aligning: the join of their fingerprints.

What the documents hold is summed over the parts of the postings (:mod:`pdtool.reuse.hash_totals`), each hash
counting by its rarity (:mod:`pdtool.reuse.hash_weights`); then the pairs that share hashes are counted, and
those that share enough are the candidates (:mod:`pdtool.reuse.pair_counting`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from pdtool.reuse.hash_totals import CandidateOptions, HashTotals, PartTotals, RarePostings, StarEdges
from pdtool.reuse.hash_weights import Numbers
from pdtool.reuse.pair_counting import rare_pairs, star_pairs
from pdtool.reuse.postings import PostingArray
from pdtool.text.arrays import distinct
from pdtool.workers import in_threads

__all__ = ["Candidates", "candidates"]


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """What a join found.

    Args:
        pairs: Pairs of document numbers ``(i, j)``, ``i < j``, sorted, shape ``(n, 2)``.
        common: The bits of the common hashes at the coarse scale, ascending.
    """

    pairs: Numbers
    common: PostingArray


def candidates(
    parts: Iterable[PostingArray],
    options: CandidateOptions,
    threads: int = 1,
    slices: Callable[[PostingArray], Iterable[PostingArray]] = lambda part: [part],
    totals: HashTotals | None = None,
) -> Candidates:
    """Return the pairs whose fingerprints overlap enough to be aligned.

    Args:
        parts: All postings, in parts; those of one hash are all in one part.
        options: What is enough.
        threads: How many may work; changes nothing but the time.
        slices: Turns a part into sorted slices; the postings of one hash are all in one slice.
        totals: What adds up what the documents hold; ``None``: as all of it is in the parts.
    """
    known = HashTotals(options) if totals is None else totals
    rare: list[RarePostings] = []
    stars: list[StarEdges] = []
    common = [np.empty(0, np.uint64)]
    for part in in_threads(lambda part: PartTotals.joined(map(known.part, slices(part))), parts, threads):
        known.add(part)
        rare.append(part.rare)
        stars.append(part.stars)
        common.append(part.common)
    chosen = [*rare_pairs(rare, known, threads), *star_pairs(stars, known)]
    keys = distinct(np.concatenate([np.empty(0, np.int64), *chosen]))
    pairs = np.stack(np.divmod(keys, max(options.documents, 1)), axis=1)
    return Candidates(pairs, np.concatenate(common))
