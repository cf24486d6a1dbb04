"""Text of superior documents: what stands there, nobody took from an equal.

A stretch of a text stands in a superior (upstream) document if it is at least as long as a passage and its
shingles follow one another there as they do here, single characters aside. The superior documents are read
and repaired as all others, and are looked at from here alone: they are in no pair and in no table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from pdtool.reuse.anchors import Codes
from pdtool.reuse.postings import PostingArray, hash_bits
from pdtool.reuse.scratch import telling_of_full_disks
from pdtool.text.arrays import is_member, ragged_ranges
from pdtool.text.shingles import SHINGLE, HashArray, shingle_hashes

__all__ = ["Upstream"]

LEAST_RUN = 3
"""Shingles that follow one another in both texts; fewer are a phrase."""
MOST_APART = 12
"""Characters between two such runs of one stretch, in either text."""
LEAST_COVERED = 0.5
"""Share of a stretch that its runs cover, as much as of a passage must agree."""
_APART = 1 << 20
"""Positions between two superior documents, so that no stretch goes on in the next."""
Integer = TypeVar("Integer", bound=np.integer[Any])
_Positions = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Upstream:
    """The shingles of the superior documents, in two files that all processes read.

    Args:
        hashes: A file with the hashes, ascending.
        places: A file with the place of each in the superior documents, one behind the other.
        min_passage: Least folded characters of a stretch.
    """

    hashes: Path
    places: Path
    min_passage: int

    @classmethod
    def written(cls, folder: Path, texts: Iterable[Codes], min_passage: int) -> Upstream:
        """Write the shingles of superior documents to files.

        Args:
            folder: A private folder.
            texts: Their folded texts.
            min_passage: Least folded characters of a stretch.

        Raises:
            PdtoolError: If the disk is full.
        """
        every = [shingle_hashes(text) for text in texts]
        sizes = np.array([len(hashes) for hashes in every], np.int64)
        hashes = np.concatenate([np.empty(0, np.uint64), *every])
        starts = np.cumsum(sizes + _APART) - sizes - _APART
        places = ragged_ranges(starts, sizes)
        order = np.argsort(hashes, kind="stable")
        found = cls(folder / "upstream-hashes", folder / "upstream-places", min_passage)
        with telling_of_full_disks():
            found.hashes.write_bytes(hashes[order].tobytes())
            found.places.write_bytes(places[order].tobytes())
        return found

    def without(self, slices: Iterable[PostingArray]) -> Iterator[PostingArray]:
        """Yield postings without the hashes that superior documents hold.

        Args:
            slices: Sorted postings.
        """
        bits = hash_bits(_read(self.hashes, np.uint64))
        for postings in slices:
            yield postings[~is_member(hash_bits(postings), bits)]

    def holds(self, codes: Codes) -> npt.NDArray[np.bool_]:
        """Return which characters of a folded text stand in a superior document.

        Args:
            codes: The folded text, shape ``(n,)``.

        Returns:
            Shape ``(n,)``.
        """
        found = np.zeros(len(codes), bool)
        for start, end in self._stretches(shingle_hashes(codes)):
            found[start:end] = True
        return found

    def _stretches(self, shingles: HashArray) -> Iterator[tuple[int, int]]:
        hashes, places = _read(self.hashes, np.uint64), _read(self.places, np.int64)
        first = np.searchsorted(hashes, shingles, "left")
        counts = np.searchsorted(hashes, shingles, "right") - first
        here = np.repeat(np.arange(len(shingles)), counts)
        there = places[ragged_ranges(first, counts)]
        for runs in _joined(*_runs(here, there)):
            start, end = int(runs[0, 0]), int(runs[-1, 0] + runs[-1, 2])
            covered = np.zeros(end - start, bool)
            for begin, _, length in runs.tolist():
                covered[begin - start : begin - start + length] = True
            if end - start >= self.min_passage and covered.mean() >= LEAST_COVERED:
                yield start, end


def _runs(here: _Positions, there: _Positions) -> tuple[_Positions, _Positions, _Positions]:
    """Return where shingles follow one another in both texts: start here, start there, characters.

    They come in the order of the places there.
    """
    order = np.lexsort((here, there - here))
    here, there = here[order], there[order]
    new = np.ones(len(here), bool)
    new[1:] = (np.diff(here) != 1) | (np.diff(there) != 1)
    starts = np.flatnonzero(new)
    counts = np.diff(starts, append=len(here))
    starts, counts = starts[counts >= LEAST_RUN], counts[counts >= LEAST_RUN]
    order = np.lexsort((here[starts], there[starts]))
    starts = starts[order]
    return here[starts], there[starts], counts[order] + SHINGLE - 1


def _joined(here: _Positions, there: _Positions, lengths: _Positions) -> list[_Positions]:
    """Return the runs as stretches: those that follow one another closely in both texts are one."""
    if not len(here):
        return []
    apart = [starts[1:] - (starts + lengths)[:-1] for starts in (here, there)]
    broken = (np.maximum(*apart) > MOST_APART) | (np.minimum(*apart) < 1 - SHINGLE)
    return np.split(np.stack((here, there, lengths), axis=1), np.flatnonzero(broken) + 1)


@lru_cache(maxsize=2)
def _read(path: Path, kind: type[Integer]) -> npt.NDArray[Integer]:
    """Return an array of a file; each process reads it once."""
    return np.fromfile(path, kind)
