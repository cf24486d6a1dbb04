"""A document's fingerprint: a fixed fraction of its shingle hashes.

FracMinHash (Irber et al. 2022, "Lightweight compositional analysis of metagenomes with FracMinHash and
minimum metagenome covers"): of all hashes, those below ``2**64 / scaled`` are kept. Two fingerprints of
one scale are comparable, and the share of one that stands in the other estimates **containment**, which
MinHash does not: a page quoted in a book is found.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from pdtool.text.line_table import IndexArray
from pdtool.text.shingles import HashArray

__all__ = ["FINE_BELOW", "expected_error", "fingerprint", "fingerprints", "limit"]

FINE_BELOW = 400
"""Documents with fewer shingles keep them all: a sample of a short text says too little about it."""


def limit(scaled: int) -> np.uint64:
    """Return the greatest hash that a fingerprint of this scale keeps.

    >>> int(limit(1)) == 2**64 - 1
    True
    """
    return np.uint64((2**64 - 1) // scaled)


def fingerprint(hashes: HashArray, scaled: int) -> HashArray:
    """Return the hashes to keep, in the order of the text, repeated ones as often as they stand there.

    Args:
        hashes: All shingle hashes of a document.
        scaled: One hash in this many is kept (1: all). Short documents keep all of theirs; such a
            fingerprint is nested in the coarser one and is compared at the coarser scale.
    """
    return hashes[hashes <= limit(scaled)] if scaled > 1 and len(hashes) >= FINE_BELOW else hashes


def fingerprints(documents: Sequence[HashArray], scaled: int) -> tuple[HashArray, IndexArray]:
    """Return what :func:`fingerprint` keeps of each of many documents, found together.

    Args:
        documents: All shingle hashes of each.
        scaled: One hash in this many is kept (1: all).

    Returns:
        The hashes to keep, one document behind the other, and the index of the document of each.
    """
    lengths = np.array(list(map(len, documents)), np.int64)
    hashes = np.concatenate([np.empty(0, np.uint64), *documents])
    kept = hashes <= limit(scaled)
    if scaled > 1:
        kept |= np.repeat(lengths < FINE_BELOW, lengths)
    offsets = np.flatnonzero(kept)
    return hashes[offsets], np.searchsorted(np.cumsum(lengths), offsets, "right")


def expected_error(containment: float, shingles: int, scaled: int) -> float:
    """Return the standard error of a containment estimated from a fingerprint.

    Args:
        containment: The true share, 0 to 1.
        shingles: Distinct shingles of the contained document, at least 1.
        scaled: The scale of the fingerprint, at least 1.

    Returns:
        The standard deviation of a binomial share over the shingles that were kept (0 at scale 1).

    >>> round(expected_error(0.5, 2000, 8), 4)
    0.0296
    """
    sampling = 1 - 1 / scaled
    return math.sqrt(containment * (1 - containment) * sampling / max(shingles / scaled, 1.0))
