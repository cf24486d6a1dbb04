"""The fingerprints of a corpus as one long list of postings: a hash and a document that holds it, in 64 bits.

The upper 40 bits are those of the hash, the lower 24 the number of the document, so that sorting postings
brings the documents of one hash together, in order. Two different hashes agree in 40 bits once in a million
million; what that costs is a candidate that verification turns down.

Postings are divided, by their hashes, into parts of about one size that are joined one by one, or some at
once in threads. Up to a bounded number the postings stay in memory; beyond it the parts are files of a
private folder. How many parts there are changes nothing in the result: what is summed over parts are
integers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from pdtool.reuse.scratch import telling_of_full_disks
from pdtool.text.shingles import HashArray

__all__ = [
    "MOST_DOCUMENTS",
    "PostingArray",
    "Postings",
    "documents_of",
    "hash_bits",
    "pack",
    "pack_bits",
    "renumbered",
    "slices",
]

PostingArray = npt.NDArray[np.uint64]

NUMBER_BITS = 24
"""Bits of a posting that hold the number of its document."""
MOST_DOCUMENTS = 1 << NUMBER_BITS
"""Documents that can be numbered."""
IN_MEMORY = 1 << 26
"""Postings held in memory (512 MB); about 200,000 documents of 2,700 characters at one hash in eight."""
SLICE = 1 << 20
"""Postings worked on at a time, which bounds the memory of what is computed of them."""
PARTS = 16
"""Parts they are divided into."""
SAMPLED = 64
"""One in so many postings says where parts begin: the sizes of parts differ by little."""

_NUMBERS = np.uint64(MOST_DOCUMENTS - 1)
"""The bits of the number."""
_SHIFT = np.uint64(NUMBER_BITS)
"""By how many bits the hash is shifted."""


def pack(hashes: HashArray, number: int) -> PostingArray:
    """Return the postings of one document.

    Args:
        hashes: The hashes of its fingerprint.
        number: Its number, from 0 to 2**24 - 1.
    """
    return (hashes & ~_NUMBERS) | np.uint64(number)


def pack_bits(bits: PostingArray, numbers: npt.NDArray[np.integer[Any]]) -> PostingArray:
    """Return postings, given the 40 bits of the hash and the number of the document of each."""
    return (bits << _SHIFT) | numbers.astype(np.uint64)


def documents_of(postings: PostingArray) -> npt.NDArray[np.int64]:
    """Return the number of the document of each posting."""
    return (postings & _NUMBERS).astype(np.int64)


def hash_bits(postings: PostingArray) -> PostingArray:
    """Return the 40 bits of the hash of each posting, as a number."""
    return postings >> _SHIFT


def renumbered(part: PostingArray, numbers: npt.NDArray[np.int64]) -> Iterator[PostingArray]:
    """Yield the postings of a part under other document numbers, sorted, a slice of bounded size at a time.

    Args:
        part: The postings, which are written over.
        numbers: The new number of each document; -1 leaves its postings out.

    Yields:
        Slices; the postings of one hash are all in one of them.
    """
    kept = 0
    for start in range(0, len(part), SLICE):
        piece = part[start : start + SLICE]
        documents = numbers[documents_of(piece)]
        found = documents >= 0
        renamed = (piece & ~_NUMBERS | documents.view(np.uint64))[found]
        part[kept : kept + len(renamed)] = renamed
        kept += len(renamed)
    whole = part[:kept]
    whole.sort(kind="stable")  # which merges runs that are sorted already
    yield from slices(whole)


def slices(ordered: PostingArray) -> Iterator[PostingArray]:
    """Cut sorted postings, between hashes, into slices of :data:`SLICE` postings or little more."""
    start = 0
    while len(ordered) - start > SLICE:
        last = ordered[start + SLICE] | _NUMBERS
        stop = int(np.searchsorted(ordered, last, "right"))
        yield ordered[start:stop]
        start = stop
    yield ordered[start:]


def _beginnings(waiting: Sequence[PostingArray], parts: int) -> PostingArray:
    """Return the first postings that parts but the first may hold, none of which divides those of one hash.

    A fingerprint at a coarse scale keeps the least hashes: equal ranges of hashes would hold most or nothing.

    Args:
        waiting: Postings of the corpus, in sorted runs.
        parts: How many parts there are.
    """
    sample = np.sort(np.concatenate([np.zeros(1, np.uint64), *(run[::SAMPLED] for run in waiting)]))
    return sample[np.arange(1, parts) * len(sample) // parts] & ~_NUMBERS


class Postings:
    """The postings of a corpus, gathered, then handed out a part at a time.

    Args:
        folder: Where parts are written when there are too many postings for memory.
        in_memory: How many postings may stay in memory.
        parts: How many parts they are divided into.
    """

    def __init__(self, folder: Path, in_memory: int | None = None, parts: int | None = None) -> None:
        self._folder = folder
        self._most = IN_MEMORY if in_memory is None else in_memory
        self._count = PARTS if parts is None else parts
        self._waiting: list[PostingArray] = []
        self._held = 0
        self._spilled = False
        self._begin: PostingArray | None = None

    def add(self, postings: PostingArray) -> None:
        """Take postings, sorted.

        Raises:
            PdtoolError: If the disk is full.
        """
        self._waiting.append(postings)
        self._held += len(postings)
        if self._held > self._most:
            self._spill()

    def _spill(self) -> None:
        parts = self._divided()
        self._spilled = True
        with telling_of_full_disks():
            for part, piece in enumerate(parts):
                with self._path(part).open("ab") as file:
                    file.write(piece.data)

    def parts(self) -> Iterator[PostingArray]:
        """Yield all postings once, a part at a time, as sorted runs; those of one hash are in one part."""
        if self._spilled:
            self._spill()
            yield from (self._load(part) for part in range(self._count))
        else:
            yield from self._divided()

    def _divided(self) -> list[PostingArray]:
        """Copy the waiting runs into parts, letting go of each as soon as it is copied."""
        waiting, self._waiting = self._waiting[::-1], []
        if self._begin is None:
            self._begin = _beginnings(waiting, self._count)
        bounds = [[0, *np.searchsorted(run, self._begin).tolist(), len(run)] for run in waiting]
        sizes = np.diff(np.array(bounds, np.int64).reshape(-1, self._count + 1)).sum(axis=0)
        parts = np.split(np.empty(self._held, np.uint64), np.cumsum(sizes)[:-1])
        filled = [0] * self._count
        self._held = 0
        while waiting:
            run, bound = waiting.pop(), bounds.pop()
            for part, (start, stop) in enumerate(pairwise(bound)):
                parts[part][filled[part] : filled[part] + stop - start] = run[start:stop]
                filled[part] += stop - start
        return parts

    def _load(self, part: int) -> PostingArray:
        path = self._path(part)
        postings = np.fromfile(path, np.uint64)
        path.unlink()
        return postings

    def _path(self, part: int) -> Path:
        return self._folder / f"postings-{part}"
