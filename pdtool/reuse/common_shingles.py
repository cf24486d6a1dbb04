"""Standard wording: what very many documents say in the same words is no sign that one copied another.

Laws of one kind share whole articles, reports their phrases. Where a pair of documents that are no copies
has no more in common than such passages, nobody copied anybody. What is standard the corpus itself shows: a
passage is a sign of reuse only if enough of its shingles are held by few documents.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from pdtool.reuse.fingerprint import limit
from pdtool.reuse.passage import Passage
from pdtool.reuse.postings import EntryArray, hash_bits
from pdtool.reuse.scratch import telling_of_full_disks
from pdtool.text.shingles import SHINGLE, HashArray, shingle_hashes

__all__ = ["SINGLY", "Wording", "least_rare"]

SINGLY = 0.5
"""Below this threshold it is single passages that are looked for, and standard wording is left out."""
RARE = 1 / 3
"""Of the shingles of the shortest passage, so many must be rare: damage and set phrases take the others."""
RARE_SHARE = 0.4
"""Share of a passage's own shingles that must be rare, however long it is."""


def least_rare(min_passage: int, scaled: int) -> int:
    """Return how many rare shingles of a sample a passage must have, the error of the sample allowed for.

    Args:
        min_passage: Least folded characters of a passage.
        scaled: One shingle in so many is sampled.

    >>> least_rare(100, 1), least_rare(100, 8), least_rare(30, 1)
    (32, 2, 8)
    """
    expected = RARE * (min_passage - SHINGLE + 1) / scaled
    error = 0.0 if scaled == 1 else np.sqrt(expected)
    return max(1, int(expected - error))


@dataclass(frozen=True, slots=True)
class Wording:
    """Where a corpus's common shingles are, and what that decides.

    Args:
        path: A file with the bits of their hashes, ascending.
        scaled: One shingle in so many is known there.
        min_passage: Least folded characters of a passage.
    """

    path: Path
    scaled: int
    min_passage: int

    @classmethod
    def written(cls, path: Path, common: EntryArray, scaled: int, min_passage: int) -> Wording:
        """Write the common shingles to a file for all processes.

        Raises:
            PdtoolError: If the disk is full.
        """
        with telling_of_full_disks():
            path.write_bytes(common.tobytes())
        return cls(path, scaled, min_passage)

    def is_reuse(self, passage: Passage, shingles: HashArray) -> bool:
        """Tell whether a passage holds enough that few documents hold.

        Args:
            passage: A passage of two texts.
            shingles: All shingles of the first of them.
        """
        seen = shingles[_whole(passage.matches_a)]
        seen = seen[seen <= limit(self.scaled)]
        common = _common(self.path)
        bits = hash_bits(seen)
        place = np.searchsorted(common, bits)
        known = place < len(common)
        known[known] = common[place[known]] == bits[known]
        rare = int(np.count_nonzero(~known))
        return rare >= least_rare(self.min_passage, self.scaled) and rare >= RARE_SHARE * len(seen)

    def reused(self, passages: tuple[Passage, ...], codes: npt.NDArray[np.uint32]) -> tuple[Passage, ...]:
        """Return those passages of a text that are signs of reuse.

        Args:
            passages: The passages of a pair.
            codes: The folded text of the first of the two.
        """
        shingles = shingle_hashes(codes)
        return tuple(passage for passage in passages if self.is_reuse(passage, shingles))


def _whole(matches: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return where shingles begin that match as a whole."""
    ends = matches[SHINGLE - 1 :]
    starts = matches[: len(ends)]
    return np.asarray(starts[ends - starts == SHINGLE - 1])


@lru_cache(maxsize=1)
def _common(path: Path) -> EntryArray:
    return np.frombuffer(path.read_bytes(), np.uint64)
