"""Blocks chained along nearby diagonals, and the chains that are worth aligning."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from pdtool.reuse.anchors import Block, Blocks, anchors, shared_blocks
from pdtool.reuse.extension import WINDOW, extensions_before, extensions_behind
from pdtool.reuse.joined_pairs import JoinedPairs
from pdtool.reuse.pair_spans import PairSpans
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

_Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Chains:
    """Chains of blocks of some pairs, those of a pair side by side.

    Args:
        blocks: Their blocks, by where they are in the texts laid end to end; those of a chain side by side,
            as they follow each other in both texts.
        bounds: Where the blocks of each chain begin, and the end of the last, shape ``(n + 1,)``.
        reach: How far each reaches with what it is extended by; twice as far as a text where that goes on
            beyond :data:`~pdtool.reuse.extension.WINDOW` characters.
    """

    blocks: Blocks
    bounds: Positions
    reach: PairSpans

    def __len__(self) -> int:
        return len(self.bounds) - 1

    @property
    def pair(self) -> Positions:
        """Which pair each belongs to, shape ``(n,)``."""
        return self.reach.pair

    @property
    def lengths(self) -> Positions:
        """Characters of the blocks of each, shape ``(n,)``."""
        return np.diff(np.append(0, np.cumsum(self.blocks.length))[self.bounds])

    def items(self) -> Iterator[list[Block]]:
        """Yield the blocks of each."""
        blocks = self.blocks.items()
        return (blocks[start:stop] for start, stop in pairwise(self.bounds.tolist()))

    def some(self, chosen: _Mask | Positions) -> Chains:
        """Return the chosen ones."""
        counts = np.diff(self.bounds)[chosen]
        blocks = self.blocks.some(ragged_ranges(self.bounds[:-1][chosen], counts))
        return Chains(blocks, np.append(0, np.cumsum(counts)), self.reach.some(chosen))

    def first(self, lengths: Positions) -> _Mask:
        """Return which are the first ones of each pair, one at least.

        Args:
            lengths: Characters of blocks from which on no more are wanted of a pair, shape ``(n_pairs,)``.
        """
        before = np.cumsum(self.lengths) - self.lengths
        starts = np.searchsorted(self.pair, self.pair)
        return np.asarray(before - before[starts] < lengths[self.pair])

    def long(self, min_passage: int) -> _Mask:
        """Return which are long enough, on their shorter side, for a passage of their own."""
        return self.reach.chars >= min_passage

    def are_phrases(self) -> _Mask:
        """Return which are a single block, too short for the part of a passage whatever it is extended by."""
        return np.asarray((np.diff(self.bounds) == 1) & (self.lengths < SHORTEST_PART))


def promising_chains(joined: JoinedPairs, min_passage: int, least: float) -> Chains:
    """Chain blocks; return those chains that may become passages, by themselves or with their neighbours.

    Two texts share many short phrases by chance. What each chain is extended to is worked out for all of them
    at once; a short one counts only where, in both texts, it lies beside other parts.

    Args:
        joined: Pairs of texts.
        min_passage: Least folded characters of a passage, on either side.
        least: Share of the smaller text, 0 to 1, that the chains must be able to cover.

    Returns:
        The chains of those pairs that reach it, of each pair the longest chains first.
    """
    blocks = shared_blocks(joined.a, joined.b, *anchors(joined.pairs, joined.begins))
    linked = _linked(blocks)
    wanted = least * joined.sizes.min(axis=0)
    # Chains lie in what blocks reach and between them: what they cover at most is known before they are made.
    reached = _reach(joined, blocks)
    hopeful = reached.may_cover(linked, CHAIN_GAP, SIDE_BY_SIDE, min_passage) >= wanted
    alone, together = (np.flatnonzero(some & hopeful[reached.pair]) for some in (~linked, linked))
    members, bounds = _chained(blocks.some(together))  # where the texts of different pairs are far apart
    members = np.concatenate((together[members], alone))
    bounds = np.concatenate((bounds, bounds[-1] + 1 + np.arange(len(alone))))
    reach = reached.from_to(members[bounds[:-1]], members[bounds[1:] - 1])
    chains = Chains(blocks.some(members), bounds, reach)
    chosen = (reach.chars >= SHORTEST_PART) & reach.in_long_stretch(SIDE_BY_SIDE, min_passage)
    chosen |= chains.long(min_passage)
    hopeful &= reach.some(chosen).covered() >= wanted
    return _longest_first(chains.some(chosen & hopeful[chains.pair]))


def _reach(joined: JoinedPairs, blocks: Blocks) -> PairSpans:
    """Return how far blocks reach, in their texts, with what they are extended by."""
    pair, starts = joined.pair_of(blocks.start_a), np.stack((blocks.start_a, blocks.start_b))
    ends = starts + blocks.length
    before = extensions_before(joined.a, joined.b, starts, WINDOW)
    behind = extensions_behind(joined.a, joined.b, ends, WINDOW)
    beyond = np.maximum(joined.sizes.max(axis=0), WINDOW + 1)[pair]
    starts -= joined.begins[:, pair] + np.where(before < 0, beyond, before)
    ends -= joined.begins[:, pair] - np.where(behind < 0, beyond, behind)
    return PairSpans(joined, pair, starts, ends)


def _longest_first(chains: Chains) -> Chains:
    """Return chains by their pairs, of each pair the longest first."""
    first = chains.bounds[:-1]
    start_b, start_a = chains.blocks.start_b[first], chains.blocks.start_a[first]
    return chains.some(np.lexsort((start_b, start_a, -chains.lengths, chains.pair)))


# Chaining -------------------------------------------------------------------------------------------


def _chained(blocks: Blocks) -> tuple[Positions, Positions]:
    """Chain blocks that follow each other closely in both texts.

    A chain's score is the length of its blocks less the cost of the gaps; every block keeps the best
    chain that ends in it (Abouelhoda & Ohlebusch 2005).

    Returns:
        The indexes of the blocks of all chains, and where each chain begins there, with the end of the last.
    """
    scores, previous = _best_predecessors(blocks)
    is_chained = previous >= 0
    is_chained[previous[is_chained]] = True
    ranked = np.argsort(-scores, kind="stable")
    earlier, used = previous.tolist(), bytearray(len(previous))
    members, bounds = array("q"), array("q", [0])
    for last in ranked[is_chained[ranked]].tolist():
        chain = []
        index = last
        while index >= 0 and not used[index]:
            used[index] = 1
            chain.append(index)
            index = earlier[index]
        if chain:
            members.extend(reversed(chain))
            bounds.append(len(members))
    single = np.flatnonzero(~is_chained)
    ends = len(members) + 1 + np.arange(len(single))
    return np.concatenate((np.array(members), single)), np.concatenate((np.array(bounds), ends))


def _best_predecessors(blocks: Blocks) -> tuple[npt.NDArray[np.float64], Positions]:
    """Return the best score of a chain that ends in each block, and the block before it there (-1: none)."""
    lengths: list[int] = blocks.length.tolist()
    scores = list(map(float, lengths))
    previous = [-1] * len(scores)
    for later, earlier in _neighbours(blocks):
        gap_a, gap_b = _gaps(blocks, later, earlier)
        narrow, wide = np.minimum(gap_a, gap_b), np.maximum(gap_a, gap_b)
        # A negative gap is an overlap: the later block loses it, and must be longer than what it loses.
        linked = (wide <= CHAIN_GAP) & (-narrow < np.minimum(blocks.length[later], blocks.length[earlier]))
        narrow, wide = narrow[linked], wide[linked]
        costs = 0.5 * (wide - narrow) + np.where(narrow > 0, 0.25 * narrow, -narrow)
        links = zip(later[linked].tolist(), earlier[linked].tolist(), costs.tolist(), strict=True)
        for index, other, cost in links:
            score = scores[other] - cost + lengths[index]
            if score >= scores[index] and score > lengths[index]:  # of equal ones the nearest
                scores[index], previous[index] = score, other
    return np.array(scores, np.float64), np.array(previous, np.int64)


def _linked(blocks: Blocks) -> _Mask:
    """Return which blocks lie near enough to another one, in both texts, to be chained to it."""
    linked = np.zeros(len(blocks.length), bool)
    for later, earlier in _neighbours(blocks):
        gap_a, _ = _gaps(blocks, later, earlier)
        near = gap_a <= CHAIN_GAP
        linked[later[near]] = linked[earlier[near]] = True
    return linked


def _neighbours(blocks: Blocks) -> Iterator[tuple[Positions, Positions]]:
    """Yield the indexes of blocks and of those a chain may come from, the later ones ascending."""
    starts, ends = blocks.start_b, blocks.start_b + blocks.length
    reach = np.maximum.accumulate(blocks.start_a + blocks.length)
    indexes = np.arange(len(reach))
    # Where a block and all before it end too far back, none of them is near.
    first = np.maximum(np.searchsorted(reach, blocks.start_a - CHAIN_GAP), indexes - LOOK_BACK)
    counts = indexes - first
    for start in range(0, len(reach), LINKED_AT_ONCE):
        some = slice(start, start + LINKED_AT_ONCE)
        earlier = ragged_ranges(first[some], counts[some])
        end = ends[earlier]  # before the later block ends in b, too, and not too far before it starts
        near = np.flatnonzero(
            (end < ends[some].repeat(counts[some])) & (end >= (starts[some] - CHAIN_GAP).repeat(counts[some]))
        )
        yield indexes[some].repeat(counts[some])[near], earlier[near]


def _gaps(blocks: Blocks, later: Positions, earlier: Positions) -> tuple[Positions, Positions]:
    """Return how many characters lie between blocks in a and in b; negative where they overlap."""
    ends = blocks.length[earlier]
    return (
        blocks.start_a[later] - blocks.start_a[earlier] - ends,
        blocks.start_b[later] - blocks.start_b[earlier] - ends,
    )
