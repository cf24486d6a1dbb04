"""What the hashes of each document of an index weigh at least, kept so that a look-up need not load them.

A hash weighs the less the more documents hold it, and the more the more documents there are. Among the
documents of the index and new ones there are more than :func:`reference` says, and a hash that no new one
holds is held by no more than those that are counted here: so it weighs as much as here, or more.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pdtool.engine.index_file import IndexFile
from pdtool.reuse.dedupe import SCALED
from pdtool.reuse.hash_totals import hash_counts
from pdtool.reuse.hash_weights import Numbers, weights
from pdtool.reuse.postings import PostingArray, hash_bits, pack_bits
from pdtool.text.arrays import runs

__all__ = ["are_weighed", "least_weights", "reference", "reference_weights", "weigh", "write_weights"]

PARTS = 8
"""Parts of the postings that are weighed one after the other, which bounds the memory."""
_BITS = 40
"""Bits of a hash."""


def reference(documents: int) -> int:
    """Return of how many documents the hashes of an index are thought to be.

    Half of them: of documents with one fold one counts, and short ones do not.

    Args:
        documents: How many documents are in the index.
    """
    return max(1, documents // 2)


def reference_weights(document_counts: Numbers, documents: int) -> Numbers:
    """Return what hashes weigh at least.

    Args:
        document_counts: How many documents hold each.
        documents: How many documents are in the index.
    """
    return weights(document_counts, reference(documents))


def least_weights(postings: PostingArray, numbers: int, documents: int, scaled: int = SCALED) -> Numbers:
    """Return what the hashes of documents weigh at least: at the coarse scale, then all.

    Args:
        postings: All postings of some hashes, ascending.
        numbers: How many numbers documents may have.
        documents: How many documents are in the index.
        scaled: The coarse scale.

    Returns:
        Sums, shape ``(2, numbers)``.
    """
    _, counts = runs(hash_bits(postings))
    by_count = reference_weights(np.arange(1, counts.max(initial=0) + 1), documents)
    return hash_counts(postings, scaled, numbers, np.repeat(by_count[counts - 1], counts))


@dataclass(frozen=True, slots=True, eq=False)
class Weighed:
    """The fingerprints of all documents of an index, counted and weighed.

    Args:
        numbers: The numbers of the documents, ascending, shape ``(n,)``.
        counts: How many hashes each has: at the coarse scale, then all; shape ``(2, n)``.
        weights: What these weigh at least, likewise.
    """

    numbers: Numbers
    counts: Numbers
    weights: Numbers


def weigh(index: IndexFile) -> Weighed:
    """Count and weigh the fingerprints of all documents."""
    numbers = index.select("SELECT number FROM documents ORDER BY number")["number"].astype(np.int64)
    size = int(numbers.max(initial=-1)) + 1
    counts, sums = np.zeros((2, 2, size), np.int64)
    for part in range(PARTS):
        first, last = (one << _BITS - PARTS.bit_length() + 1 for one in (part, part + 1))
        found = index.select(f"SELECT hash, number FROM postings WHERE hash >= {first} AND hash < {last}")  # noqa: S608
        postings = pack_bits(found["hash"], found["number"])
        postings.sort(kind="stable")  # which merges runs that are sorted already
        counts += hash_counts(postings, SCALED, size)
        sums += least_weights(postings, size, len(numbers))
    return Weighed(numbers, counts[:, numbers], sums[:, numbers])


def write_weights(index: IndexFile) -> None:
    """Weigh the hashes of all documents anew."""
    found = weigh(index)
    coarse, hashes = found.weights
    index.delete("weights")
    index.insert("weights", {"number": found.numbers.astype(np.uint32), "coarse": coarse, "hashes": hashes})


def are_weighed(index: IndexFile) -> bool:
    """Return whether what is kept of the fingerprints is right."""
    found = index.select(
        "SELECT documents.number, documents.coarse, documents.hashes, "
        "weights.coarse AS least_coarse, weights.hashes AS least_hashes "
        "FROM documents JOIN weights USING (number) ORDER BY number"
    )
    names = ("number", "coarse", "hashes", "least_coarse", "least_hashes")
    weighed = weigh(index)
    expected = np.stack((weighed.numbers, *weighed.counts, *weighed.weights))
    return np.array_equal(np.stack([found[name].astype(np.int64) for name in names]), expected)
