"""Blocks chained along nearby diagonals, and the chains that are worth aligning."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, compress

import numpy as np
import numpy.typing as npt

from pdtool.reuse.anchors import Block, Blocks, Codes
from pdtool.reuse.extension import extension_lengths
from pdtool.reuse.passage import Positions
from pdtool.reuse.reordering import SHORTEST_PART, SIDE_BY_SIDE
from pdtool.text.arrays import ragged_ranges

__all__ = ["Chains", "promising_chains"]

CHAIN_GAP = 48
"""Blocks farther apart than this, in either text, belong to different passages."""
LOOK_BACK = 48
"""How many earlier blocks a block may chain to are looked at; the nearest ones come first."""
LINKED_AT_ONCE = 4096
"""Blocks whose neighbours are looked at together, which bounds the memory of it."""


@dataclass(frozen=True, slots=True, eq=False)
class Chains:
    """Chains, and how far each reaches with what it is extended by.

    Args:
        chains: Their blocks.
        starts: Where they begin in a and in b, shape ``(2, n)``.
        ends: Where they end, likewise.
    """

    chains: list[list[Block]]
    starts: Positions
    ends: Positions

    def some(self, chosen: npt.NDArray[np.bool_]) -> Chains:
        """Return the chosen ones."""
        kept = list(compress(self.chains, chosen.tolist()))
        return Chains(kept, self.starts[:, chosen], self.ends[:, chosen])

    @property
    def chars(self) -> Positions:
        """How long each is, on its shorter side."""
        return np.asarray((self.ends - self.starts).min(axis=0))

    def long(self, min_passage: int) -> npt.NDArray[np.bool_]:
        """Return which of them are long enough for a passage of their own."""
        return self.chars >= min_passage

    def coverable(self, size_a: int, size_b: int) -> int:
        """Return how many characters of the smaller text their passages cover at most."""
        axis = 0 if size_a <= size_b else 1
        covered = np.zeros(min(size_a, size_b), bool)
        for start, end in zip(self.starts[axis].tolist(), self.ends[axis].tolist(), strict=True):
            covered[max(0, start) : end] = True
        return int(np.count_nonzero(covered))


def promising_chains(a: Codes, b: Codes, blocks: Blocks, min_passage: int) -> Chains:
    """Chain blocks; return those chains that may become passages, by themselves or with their neighbours.

    Two texts share many short phrases by chance. What each chain is extended to is worked out for all of them
    at once; a short one counts only where, in both texts, it lies beside other parts.

    Args:
        a: One text.
        b: The other.
        blocks: Their blocks, ordered by where they start in a.
        min_passage: Least folded characters of a passage, on either side.
    """
    single, chains = _chained(blocks)
    alone = np.stack((single.start_a, single.start_b, single.length))
    first = np.array([chain[0] for chain in chains], np.int64).reshape(-1, 3).T
    last = np.array([chain[-1] for chain in chains], np.int64).reshape(-1, 3).T
    starts = np.concatenate((alone[:2], first[:2]), axis=1)
    ends = np.concatenate((alone[:2] + alone[2], last[:2] + last[2]), axis=1)
    before, behind = extension_lengths(a, b, starts, ends)
    starts, ends = starts - before, ends + behind
    sides = (ends - starts).min(axis=0)
    chosen = sides >= SHORTEST_PART
    chosen &= _in_long_stretch(starts[0], ends[0], min_passage)
    chosen &= _in_long_stretch(starts[1], ends[1], min_passage)
    chosen |= sides >= min_passage
    some = chosen[: len(single.length)]
    kept = [[block] for block in single.some(some).items()]
    kept += compress(chains, chosen[len(single.length) :].tolist())
    return Chains(kept, starts[:, chosen], ends[:, chosen])


def _in_long_stretch(starts: Positions, ends: Positions, least: int) -> npt.NDArray[np.bool_]:
    """Return which spans lie side by side with others in a stretch of at least ``least`` characters."""
    if not len(starts):
        return np.empty(0, bool)
    order = np.lexsort((ends, starts))
    reach = np.maximum.accumulate(ends[order])
    new = np.concatenate(([True], starts[order][1:] - reach[:-1] > SIDE_BY_SIDE))
    group = np.cumsum(new) - 1
    first, last = np.flatnonzero(new), np.append(np.flatnonzero(new)[1:], len(order)) - 1
    long = (last > first) & (reach[last] - starts[order][first] >= least)
    found = np.zeros(len(order), bool)
    found[order] = long[group]
    return found


# Chaining -------------------------------------------------------------------------------------------


def _chained(blocks: Blocks) -> tuple[Blocks, list[list[Block]]]:
    """Return the blocks that stand alone, and chains of those that follow each other closely in both texts.

    A chain's score is the length of its blocks less the cost of the gaps; every block keeps the best
    chain that ends in it (Abouelhoda & Ohlebusch 2005).
    """
    linked = _linked(blocks)
    items = blocks.some(linked).items()
    scores, previous = _best_predecessors(items)
    used = bytearray(len(items))
    chains: list[list[Block]] = []
    for last in sorted(range(len(items)), key=lambda i: (-scores[i], i)):
        chain: list[Block] = []
        index = last
        while index >= 0 and not used[index]:
            used[index] = 1
            chain.append(items[index])
            index = previous[index]
        if chain:
            chains.append(chain[::-1])
    return blocks.some(~linked), chains


def _linked(blocks: Blocks) -> npt.NDArray[np.bool_]:
    """Return which blocks lie near enough to another one, in both texts, to be chained to it."""
    linked = np.zeros(len(blocks.length), bool)
    reach = np.maximum.accumulate(blocks.start_a + blocks.length)
    indexes = np.arange(len(linked))
    # Where a block and all before it end too far back, none of them is near.
    first = np.maximum(np.searchsorted(reach, blocks.start_a - CHAIN_GAP), indexes - LOOK_BACK)
    counts = indexes - first
    for start in range(0, len(linked), LINKED_AT_ONCE):
        some = slice(start, start + LINKED_AT_ONCE)
        later = np.repeat(indexes[some], counts[some])
        earlier = ragged_ranges(first[some], counts[some])
        gap_a = blocks.start_a[later] - blocks.start_a[earlier] - blocks.length[earlier]
        gap_b = blocks.start_b[later] - blocks.start_b[earlier] - blocks.length[earlier]
        near = (gap_a <= CHAIN_GAP) & (gap_b <= CHAIN_GAP) & (-gap_b < blocks.length[later])
        linked[later[near]] = linked[earlier[near]] = True
    return linked


def _best_predecessors(items: list[Block]) -> tuple[list[float], list[int]]:
    """Return the best score of a chain that ends in each block, and the block before it there (-1: none)."""
    scores: list[float] = []
    previous: list[int] = []
    ends_a = [start + length for start, _, length in items]
    ends_b = [start + length for _, start, length in items]
    reach = list(accumulate(ends_a, max))
    for index, (start_a, start_b, length) in enumerate(items):
        best, best_previous = 0.0, -1
        # Written out: this is done for every two blocks that are near each other.
        for other in range(index - 1, max(0, index - LOOK_BACK) - 1, -1):
            if start_a - reach[other] > CHAIN_GAP:
                break
            if scores[other] <= best:
                continue
            gap_a, gap_b = start_a - ends_a[other], start_b - ends_b[other]
            narrow, wide = (gap_a, gap_b) if gap_a < gap_b else (gap_b, gap_a)
            # A negative gap is an overlap: the later block loses it, and must be longer than what it loses.
            if wide > CHAIN_GAP or -narrow >= length or -narrow >= items[other][2]:
                continue
            cost = 0.5 * (wide - narrow) + (0.25 * narrow if narrow > 0 else -narrow)
            if scores[other] - cost > best:
                best, best_previous = scores[other] - cost, other
        scores.append(best + length)
        previous.append(best_previous)
    return scores, previous
