"""Blocks chained along nearby diagonals, and the chains that are worth aligning."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from pdtool.reuse.anchors import Block, Blocks, anchors, shared_blocks
from pdtool.reuse.extension import WINDOW, extensions_before, extensions_behind
from pdtool.reuse.joined_pairs import JoinedPairs
from pdtool.reuse.links import CHAIN_GAP, Links, useful_links
from pdtool.reuse.pair_spans import PairSpans
from pdtool.reuse.passage import Positions
from pdtool.reuse.reordering import SHORTEST_PART, SIDE_BY_SIDE
from pdtool.text.arrays import ragged_ranges, runs

__all__ = ["Chains", "promising_chains"]

LINKS_AT_ONCE = 1 << 16
"""Links that are followed at a time, which bounds the memory of it."""

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
    wanted = least * joined.sizes.min(axis=0)
    # Chains lie in what blocks reach and between them: what they cover at most is known before they are made.
    links, reached = useful_links(blocks), _reach(joined, blocks)
    linked = links.linked(len(blocks.length))
    counting = linked | (reached.chars >= min(SHORTEST_PART, min_passage))
    hopeful = reached.may_cover(linked, counting, CHAIN_GAP, SIDE_BY_SIDE, min_passage) >= wanted
    chains = _chains(blocks, reached, links, hopeful[reached.pair])
    reach = chains.reach
    chosen = (reach.chars >= SHORTEST_PART) & reach.in_long_stretch(SIDE_BY_SIDE, min_passage)
    chosen |= chains.long(min_passage)
    hopeful &= reach.some(chosen).covered() >= wanted
    return _longest_first(chains.some(chosen & hopeful[chains.pair]))


def _chains(blocks: Blocks, reached: PairSpans, links: Links, chosen: _Mask) -> Chains:
    """Return the chains of the chosen blocks, and each of those alone that is linked to none.

    Args:
        blocks: All blocks.
        reached: How far each reaches.
        links: Which may follow which; pairs of texts are far apart, so that no link leads out of a pair.
        chosen: All blocks of some of the pairs.
    """
    linked = links.linked(len(chosen))
    alone, together = np.flatnonzero(chosen & ~linked), np.flatnonzero(chosen & linked)
    chained, bounds = _chained(blocks.length[together], links.among(chosen & linked))
    members = np.concatenate((together[chained], alone))
    bounds = np.concatenate((bounds, bounds[-1] + 1 + np.arange(len(alone))))
    reach = reached.from_to(members[bounds[:-1]], members[bounds[1:] - 1])
    return Chains(blocks.some(members), bounds, reach)


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


def _chained(lengths: Positions, links: Links) -> tuple[Positions, Positions]:
    """Chain blocks that follow each other closely in both texts.

    A chain's score is the length of its blocks less the cost of the gaps; every block keeps the best
    chain that ends in it (Abouelhoda & Ohlebusch 2005). Of chains that share blocks the best has them.

    Args:
        lengths: Characters of each block, shape ``(n,)``.
        links: Which of them may follow which.

    Returns:
        The indexes of the blocks of all chains, and where each chain begins there, with the end of the last.
    """
    scores, previous = _best_predecessors(lengths, links)
    ranks = np.empty(len(scores), np.int64)
    ranks[np.argsort(-scores, kind="stable")] = np.arange(len(scores))
    best: list[int] = ranks.tolist()  # of the chains that lead on from each block
    later = np.flatnonzero(previous >= 0)[::-1]
    for block, before in zip(later.tolist(), previous[later].tolist(), strict=True):
        if best[block] < best[before]:
            best[before] = best[block]
    members = np.argsort(np.array(best, np.int64), kind="stable")
    starts, _ = runs(np.array(best, np.int64)[members])
    return members, np.append(starts, len(members))


def _best_predecessors(lengths: Positions, links: Links) -> tuple[npt.NDArray[np.float64], Positions]:
    """Return the best score of a chain that ends in each block, and the block before it there (-1: none)."""
    alone: list[int] = lengths.tolist()
    scores = list(map(float, alone))
    previous = [-1] * len(scores)
    for start in range(0, len(links), LINKS_AT_ONCE):
        some = links.some(slice(start, start + LINKS_AT_ONCE))
        every = zip(some.later.tolist(), some.earlier.tolist(), some.costs.tolist(), strict=True)
        for index, other, cost in every:
            score = scores[other] - cost + alone[index]
            if score >= scores[index] and score > alone[index]:  # of equal ones the nearest
                scores[index], previous[index] = score, other
    return np.array(scores, np.float64), np.array(previous, np.int64)
