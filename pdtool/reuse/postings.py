"""The fingerprints of a corpus as one long list of entries, a hash and its holder each, packed into 64 bits.

The upper 40 bits are those of the hash, the lower 24 the number of the document, so that sorting entries
brings the holders of one hash together, in order. Two different hashes agree in 40 bits once in a million
million; what that costs is a candidate that verification turns down.

They are dealt out, by their leading bits, to parts that are joined one by one, or some at once in threads.
Up to a bounded number the entries stay in memory; beyond it the parts are files of a private folder. How
many parts there are changes nothing in the result: what is summed over parts are integers.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from pdtool.reuse.scratch import telling_of_full_disks
from pdtool.text.shingles import HashArray

__all__ = ["MOST_DOCUMENTS", "Entries", "EntryArray", "hash_bits", "holders_of", "pack", "renumbered"]

EntryArray = npt.NDArray[np.uint64]

NUMBER_BITS = 24
MOST_DOCUMENTS = 1 << NUMBER_BITS
"""Documents that can be told apart."""
IN_MEMORY = 1 << 26
"""Entries held in memory (512 MB); about 200,000 documents of 2,700 characters at one hash in eight."""
SLICE = 1 << 20
"""Entries worked on at a time, which bounds the memory of what is computed of them."""
PARTS = 16
"""Parts they are dealt out to; a power of two."""

_NUMBERS = np.uint64(MOST_DOCUMENTS - 1)
_SHIFT = np.uint64(NUMBER_BITS)


def pack(hashes: HashArray, number: int) -> EntryArray:
    """Return the entries of one document.

    Args:
        hashes: The hashes of its fingerprint.
        number: Its number, from 0 to 2**24 - 1.
    """
    return (hashes & ~_NUMBERS) | np.uint64(number)


def holders_of(entries: EntryArray) -> npt.NDArray[np.int64]:
    """Return the documents of entries."""
    return (entries & _NUMBERS).astype(np.int64)


def hash_bits(entries: EntryArray) -> EntryArray:
    """Return the 40 bits of the hashes of entries, as a number."""
    return entries >> _SHIFT


def renumbered(part: EntryArray, numbers: npt.NDArray[np.int64]) -> Iterator[EntryArray]:
    """Hand out the entries of a part under other numbers, sorted, a slice of bounded size at a time.

    Args:
        part: The entries, which are written over.
        numbers: The new number of each holder; -1 leaves its entries out.

    Yields:
        Slices that no hash straddles.
    """
    kept = 0
    for at in range(0, len(part), SLICE):
        piece = part[at : at + SLICE]
        holders = numbers[holders_of(piece)]
        found = holders >= 0
        renamed = (piece & ~_NUMBERS | holders.view(np.uint64))[found]
        part[kept : kept + len(renamed)] = renamed
        kept += len(renamed)
    whole = part[:kept]
    whole.sort(kind="stable")  # which merges runs that are sorted already
    yield from _slices(whole)


def _slices(ordered: EntryArray) -> Iterator[EntryArray]:
    """Cut sorted entries, between hashes, into slices of :data:`SLICE` entries or little more."""
    start = 0
    while len(ordered) - start > SLICE:
        last = ordered[start + SLICE] | _NUMBERS
        stop = int(np.searchsorted(ordered, last, "right"))
        yield ordered[start:stop]
        start = stop
    yield ordered[start:]


class Entries:
    """The entries of a corpus, gathered, then handed out a part at a time.

    Args:
        folder: Where parts are written when there are too many for memory.
        in_memory: How many may stay in memory.
        parts: How many parts they are dealt out to; a power of two.
    """

    def __init__(self, folder: Path, in_memory: int | None = None, parts: int | None = None) -> None:
        self._folder = folder
        self._most = IN_MEMORY if in_memory is None else in_memory
        self._count = PARTS if parts is None else parts
        self._waiting: list[EntryArray] = []
        self._held = 0
        self._spilled = False

    def add(self, entries: EntryArray) -> None:
        """Take entries, sorted.

        Raises:
            PdtoolError: If the disk is full.
        """
        self._waiting.append(entries)
        self._held += len(entries)
        if self._held > self._most:
            self._spill()

    def _spill(self) -> None:
        parts = self._dealt_out()
        self._spilled = True
        with telling_of_full_disks():
            for part, piece in enumerate(parts):
                with self._path(part).open("ab") as file:
                    file.write(piece.data)

    def parts(self) -> Iterator[EntryArray]:
        """Hand out all entries once, a part at a time, as sorted runs: hashes do not straddle parts."""
        if self._spilled:
            self._spill()
            yield from (self._load(part) for part in range(self._count))
        else:
            yield from self._dealt_out()

    def _dealt_out(self) -> list[EntryArray]:
        """Copy the waiting runs into parts, letting go of each as soon as it is copied."""
        waiting, self._waiting = self._waiting[::-1], []
        width = np.uint64(64 - (self._count.bit_length() - 1))
        leading = np.arange(1, self._count, dtype=np.uint64) << width
        bounds = [[0, *np.searchsorted(run, leading).tolist(), len(run)] for run in waiting]
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

    def _load(self, part: int) -> EntryArray:
        path = self._path(part)
        entries = np.fromfile(path, np.uint64)
        path.unlink()
        return entries

    def _path(self, part: int) -> Path:
        return self._folder / f"entries-{part}"
