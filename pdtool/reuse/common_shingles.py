"""Common shingles: what very many documents say in the same words is no sign that one copied another.

Laws of one kind share whole articles, reports their phrases. Where a pair of documents that are no copies
has no more in common than such passages, nobody copied anybody. Which shingles are common the corpus itself
shows: a passage is a sign of reuse only if enough of its shingles are held by few documents.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from pdtool.reuse.fingerprint import limit
from pdtool.reuse.passage import Passage, Positions
from pdtool.reuse.postings import PostingArray, hash_bits
from pdtool.reuse.scratch import telling_of_full_disks
from pdtool.text.arrays import is_member
from pdtool.text.shingles import SHINGLE, HashArray, shingle_hashes

__all__ = ["SINGLY", "CommonShingles", "least_uncommon"]

SINGLY = 0.5
"""Below this threshold single passages are looked for, and passages of common shingles are left out."""
UNCOMMON = 1 / 3
"""Share of the shortest passage's shingles that must be uncommon: damage and set phrases take the rest."""
UNCOMMON_SHARE = 0.4
"""Share of a passage's own shingles that must be uncommon, however long it is."""


def least_uncommon(min_passage: int, scaled: int) -> int:
    """Return how many uncommon shingles of a sample a passage must have, the sample's error allowed for.

    Args:
        min_passage: Least folded characters of a passage.
        scaled: One shingle in so many is sampled.

    >>> least_uncommon(100, 1), least_uncommon(100, 8), least_uncommon(30, 1)
    (32, 2, 8)
    """
    expected = UNCOMMON * (min_passage - SHINGLE + 1) / scaled
    error = 0.0 if scaled == 1 else np.sqrt(expected)
    return max(1, int(expected - error))


@dataclass(frozen=True, slots=True)
class CommonShingles:
    """Where a corpus's common shingles are kept, and which passages they rule out.

    Args:
        path: A file with the bits of their hashes, ascending.
        scaled: One shingle in so many is known there.
        min_passage: Least folded characters of a passage.
    """

    path: Path
    scaled: int
    min_passage: int

    @classmethod
    def written(cls, path: Path, common: PostingArray, scaled: int, min_passage: int) -> CommonShingles:
        """Write the common shingles to a file for all processes.

        Raises:
            PdtoolError: If the disk is full.
        """
        with telling_of_full_disks():
            path.write_bytes(common.tobytes())
        return cls(path, scaled, min_passage)

    def is_reuse(self, passage: Passage, shingles: HashArray) -> bool:
        """Return whether enough of a passage's shingles are held by few documents.

        Args:
            passage: A passage of two texts.
            shingles: All shingles of the first of them.
        """
        sampled = shingles[_whole(passage)]
        sampled = sampled[sampled <= limit(self.scaled)]
        common = is_member(hash_bits(sampled), _read(self.path))
        uncommon = int(np.count_nonzero(~common))
        return uncommon >= least_uncommon(self.min_passage, self.scaled) and uncommon >= UNCOMMON_SHARE * len(
            sampled
        )

    def reused(self, passages: tuple[Passage, ...], codes: npt.NDArray[np.uint32]) -> tuple[Passage, ...]:
        """Return those passages of a text that are signs of reuse.

        Args:
            passages: The passages of a pair.
            codes: The folded text of the first of the two.
        """
        shingles = shingle_hashes(codes)
        return tuple(passage for passage in passages if self.is_reuse(passage, shingles))


def _whole(passage: Passage) -> Positions:
    """Return the positions in a at which shingles begin that match as a whole, in both texts."""
    neighbours = (np.diff(passage.matches_a) == 1) & (np.diff(passage.matches_b) == 1)
    whole = np.convolve(neighbours, np.ones(SHINGLE - 1, np.int64), "valid") == SHINGLE - 1
    return passage.matches_a[: len(whole)][whole] if len(neighbours) >= SHINGLE - 1 else passage.matches_a[:0]


@lru_cache(maxsize=1)
def _read(path: Path) -> PostingArray:
    """Return the bits of the common hashes; each process reads them once."""
    return np.frombuffer(path.read_bytes(), np.uint64)
