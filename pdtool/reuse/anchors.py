"""The seeds of an alignment: shingles that two texts share, grown into blocks along one diagonal.

An anchor is a shingle that both texts hold. Its diagonal is its position in b less its position in a. Anchors
that follow one another on one diagonal are one block.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pdtool.reuse.passage import Positions
from pdtool.text.arrays import ragged_ranges
from pdtool.text.edits import IntArray
from pdtool.text.shingles import SHINGLE, shingle_hashes

__all__ = ["Block", "Blocks", "Codes", "Index", "anchors", "shared_blocks"]

Codes = npt.NDArray[np.uint32]

REPEATS = 4
"""A shingle that one text holds more often than this is anchored occurrence by occurrence, not all by all."""
SAME_DIAGONAL_GAP = 16
"""Two anchors on one diagonal this near are one block if at most half of what lies between differs."""
_POSITION_BITS = np.uint64((1 << 24) - 1)
"""The bits of a sorted shingle that hold its position; the longest document that is read has 10 million."""
_HALF = 32
"""Bits of half an integer: one number holds two positions."""
_LOWER_HALF = (1 << _HALF) - 1


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """A folded text made ready to be aligned, once for all its pairs.

    Args:
        codes: The folded code points, shape ``(n,)``.
        hashes: The distinct hashes of its shingles, ascending, without their lowest bits.
        bounds: Where the positions of each of them begin, and the end of the last, shape ``(n_hashes + 1,)``.
        positions: Where the shingles begin, those of equal hashes side by side and ascending.
    """

    codes: Codes
    hashes: npt.NDArray[np.uint64]
    bounds: IntArray
    positions: Positions

    @classmethod
    def of(cls, codes: Codes) -> Index:
        """Sort the shingles of a folded text.

        Hash and position share 64 bits, so that one sort of integers does it. Two hashes that agree in the
        bits that are left are told apart when the characters are compared. Of every text the same bits are
        left, however long it is, or texts of different lengths would share nothing.
        """
        hashes = shingle_hashes(codes) & ~_POSITION_BITS
        if len(hashes) > _POSITION_BITS:
            positions = np.argsort(hashes, kind="stable")
            hashes = hashes[positions]
        else:
            hashes |= np.arange(len(hashes), dtype=np.uint64)
            hashes.sort()
            positions = (hashes & _POSITION_BITS).astype(np.int64)
            hashes &= ~_POSITION_BITS
        new = np.ones(len(hashes) + 1, bool)
        np.not_equal(hashes[1:], hashes[:-1], out=new[1:-1])
        bounds = np.flatnonzero(new)
        return cls(codes, hashes[bounds[:-1]], bounds.astype(np.int32), positions)


Block = tuple[int, int, int]
"""A block: where it starts in a, where it starts in b, and its length."""


@dataclass(frozen=True, slots=True, eq=False)
class Blocks:
    """Stretches of two texts on one diagonal each, by position in a.

    Args:
        start_a: Where each starts in a, shape ``(n,)``.
        start_b: Where each starts in b, shape ``(n,)``.
        length: Characters of each, shape ``(n,)``.
    """

    start_a: Positions
    start_b: Positions
    length: Positions

    def some(self, chosen: npt.NDArray[np.bool_] | Positions) -> Blocks:
        """Return the chosen ones."""
        return Blocks(self.start_a[chosen], self.start_b[chosen], self.length[chosen])

    def items(self) -> list[Block]:
        """Return them one by one."""
        return list(zip(self.start_a.tolist(), self.start_b.tolist(), self.length.tolist(), strict=True))

    def followed_by(self, others: Blocks) -> Blocks:
        """Return these and then others."""
        return Blocks(
            np.concatenate((self.start_a, others.start_a)),
            np.concatenate((self.start_b, others.start_b)),
            np.concatenate((self.length, others.length)),
        )


def shared_blocks(a: Codes, b: Codes, at_a: Positions, at_b: Positions) -> Blocks:
    """Merge the anchors of each diagonal into blocks, ordered by where they start in a.

    Args:
        a: One text.
        b: The other.
        at_a: Where the anchors are in the one.
        at_b: Where they are in the other.
    """
    if not len(at_a):
        return Blocks(at_a, at_a, at_a)
    diagonal = at_b - at_a
    # One sort of integers, by diagonal and then by position: no two anchors have both.
    diagonal <<= _HALF
    diagonal += at_a
    diagonal.sort()
    at_a, diagonal = diagonal & _LOWER_HALF, diagonal >> _HALF
    new = np.concatenate(([True], (diagonal[1:] != diagonal[:-1]) | (at_a[1:] - at_a[:-1] > SHINGLE)))
    first = np.flatnonzero(new)
    start = at_a[first]
    end = at_a[np.append(first[1:], len(at_a)) - 1] + SHINGLE
    start, end, diagonal = _join_near(a, b, start, end, diagonal[first])
    order = np.argsort((start << _HALF) + diagonal)
    start, end, diagonal = start[order], end[order], diagonal[order]
    return Blocks(start, start + diagonal, end - start)


def anchors(pairs: Sequence[tuple[Index, Index]], begins: Positions) -> tuple[Positions, Positions]:
    """Return the positions of equal shingles: all by all where rare, occurrence by occurrence where not.

    Args:
        pairs: The texts of some pairs, indexed; the shorter one is looked up in the longer one.
        begins: Where the texts begin where the first ones, and the second ones, are laid end to end, shape
            ``(2, n_pairs)``.

    Returns:
        Positions in the first texts and in the second ones, all laid end to end.
    """
    shared = [_in_both(a, b) for a, b in pairs]
    first_a, first_b, count_a, count_b = (np.concatenate(parts) for parts in zip(*shared, strict=True))
    rare = np.maximum(count_a, count_b) <= REPEATS
    rows = np.where(rare, count_a, np.minimum(count_a, count_b))  # how many of a's occurrences are anchored
    turns = np.where(rare, count_b, 1).repeat(rows)  # and to how many of b's
    row_a = ragged_ranges(first_a, rows, np.int32)
    row_b = first_b.repeat(rows) + np.where(rare.repeat(rows), 0, row_a - first_a.repeat(rows))
    in_a, in_b = row_a.repeat(turns), ragged_ranges(row_b, turns, np.int32)
    at_a, at_b, start = [np.empty(0, np.int64)], [np.empty(0, np.int64)], 0
    ends = _sums(turns, _sums(rows, np.cumsum([len(parts[0]) for parts in shared]))).tolist()
    for (a, b), (begin_a, begin_b), end in zip(pairs, begins.T.tolist(), ends, strict=True):
        at_a.append(a.positions[in_a[start:end]] + begin_a)
        at_b.append(b.positions[in_b[start:end]] + begin_b)
        start = end
    return np.concatenate(at_a), np.concatenate(at_b)


def _sums(lengths: npt.NDArray[np.integer], ends: Positions) -> Positions:
    """Return the sum of all lengths up to each of some indexes."""
    return np.concatenate(([0], np.cumsum(lengths)))[ends]


def _in_both(a: Index, b: Index) -> tuple[IntArray, IntArray, IntArray, IntArray]:
    """Return the offsets and counts of the hashes that two texts share.

    Returns:
        For each shared hash: where its positions begin in ``a`` and in ``b``, and how many it has in each.
    """
    if not len(a.hashes):
        return (np.empty(0, np.int32),) * 4
    index = a.hashes.searchsorted(b.hashes)
    in_b = (a.hashes.take(index, mode="clip") == b.hashes).nonzero()[0]
    in_a = index[in_b]
    first_a, first_b = a.bounds[in_a], b.bounds[in_b]
    return first_a, first_b, a.bounds[in_a + 1] - first_a, b.bounds[in_b + 1] - first_b


def _join_near(
    a: Codes, b: Codes, start: Positions, end: Positions, diagonal: Positions
) -> tuple[Positions, Positions, Positions]:
    """Join neighbours on one diagonal when little lies between them and half of that is equal."""
    gap = start[1:] - end[:-1]
    near = (diagonal[1:] == diagonal[:-1]) & (gap <= SAME_DIAGONAL_GAP)
    which = np.flatnonzero(near)
    lengths = gap[which]
    group = np.repeat(np.arange(len(which)), lengths)
    between = ragged_ranges(end[which], lengths)
    equal = np.bincount(group, a[between] == b[between + diagonal[which][group]], minlength=len(which))
    near[which] = (lengths <= 2) | (2 * equal >= lengths - 2)
    first = np.flatnonzero(np.concatenate(([True], ~near)))
    last = np.append(first[1:], len(start)) - 1
    return start[first], end[last], diagonal[first]
