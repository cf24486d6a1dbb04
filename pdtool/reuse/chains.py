"""Blocks chained along nearby diagonals, and the chains that are worth aligning."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import compress

import numpy as np
import numpy.typing as npt

from pdtool.reuse.anchors import Block, Blocks, anchors, shared_blocks
from pdtool.reuse.extension import WINDOW, extension_lengths
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
    """Chains of a pair, and how far each reaches with what it is extended by.

    Args:
        chains: Their blocks.
        starts: Where they begin in a and in b, shape ``(2, n)``.
        ends: Where they end, likewise.
    """

    chains: list[list[Block]]
    starts: Positions
    ends: Positions

    def some(self, chosen: _Mask) -> Chains:
        """Return the chosen ones."""
        kept = list(compress(self.chains, chosen.tolist()))
        return Chains(kept, self.starts[:, chosen], self.ends[:, chosen])

    @property
    def chars(self) -> Positions:
        """How long each is, on its shorter side."""
        return np.asarray((self.ends - self.starts).min(axis=0))

    def long(self, min_passage: int) -> _Mask:
        """Return which of them are long enough for a passage of their own."""
        return self.chars >= min_passage

    def cover(self, covered: _Mask, axis: int) -> None:
        """Mark the characters of one of the texts that they reach.

        Args:
            covered: Where they are marked, shape ``(size,)``.
            axis: Which text it is.
        """
        for start, end in zip(self.starts[axis].tolist(), self.ends[axis].tolist(), strict=True):
            covered[max(0, start) : end] = True


def promising_chains(joined: JoinedPairs, min_passage: int, least: float) -> list[Chains | None]:
    """Chain blocks; return those chains that may become passages, by themselves or with their neighbours.

    Two texts share many short phrases by chance. What each chain is extended to is worked out for all of them
    at once; a short one counts only where, in both texts, it lies beside other parts.

    Args:
        joined: Pairs of texts.
        min_passage: Least folded characters of a passage, on either side.
        least: Share of the smaller text, 0 to 1, that the chains must be able to cover.

    Returns:
        The chains of each pair; ``None`` where they cover less.
    """
    blocks = _blocks(joined)
    linked = _linked(blocks)
    pair, starts = joined.pair_of(blocks.start_a), np.stack((blocks.start_a, blocks.start_b))
    beyond = np.maximum(joined.sizes.max(axis=0), WINDOW + 1)[pair]
    before, behind = extension_lengths(joined.a, joined.b, starts, starts + blocks.length, beyond)
    starts -= joined.begins[:, pair]
    ends = starts + blocks.length
    wanted = least * joined.sizes.min(axis=0)
    # Chains lie in what blocks reach and between them: what they cover at most is known before they are made.
    reached = PairSpans(joined, pair, starts - before, ends + behind)
    hopeful = reached.may_cover(linked, CHAIN_GAP, SIDE_BY_SIDE, min_passage) >= wanted

    alone, together = (np.flatnonzero(some & hopeful[pair]) for some in (~linked, linked))
    here = Blocks(starts[0], starts[1], blocks.length)
    single, items = here.some(alone).items(), here.some(together).items()
    chains = _chained(blocks.some(together))  # where the texts of different pairs are far apart
    first = np.concatenate((alone, together[np.array([chain[0] for chain in chains], np.int64)]))
    last = np.concatenate((alone, together[np.array([chain[-1] for chain in chains], np.int64)]))
    spans = PairSpans(joined, pair[first], reached.starts[:, first], reached.ends[:, last])
    sides = (spans.ends - spans.starts).min(axis=0)
    chosen = (sides >= SHORTEST_PART) & spans.in_long_stretch(SIDE_BY_SIDE, min_passage)
    chosen |= sides >= min_passage
    hopeful &= spans.some(chosen).covered() >= wanted
    order = np.flatnonzero(chosen & hopeful[spans.pair])
    order = order[np.argsort(spans.pair[order], kind="stable")]
    found = [
        [single[one]] if one < len(single) else [items[index] for index in chains[one - len(single)]]
        for one in order.tolist()
    ]
    bounds = np.searchsorted(spans.pair[order], np.arange(len(hopeful) + 1)).tolist()
    return [
        Chains(found[start:stop], spans.starts[:, order[start:stop]], spans.ends[:, order[start:stop]])
        if enough
        else None
        for enough, start, stop in zip(hopeful.tolist(), bounds[:-1], bounds[1:], strict=True)
    ]


def _blocks(joined: JoinedPairs) -> Blocks:
    """Return the blocks of all pairs, by where they are in the texts laid end to end."""
    at_a, at_b = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for (a, b), (begin_a, begin_b) in zip(joined.pairs, joined.begins.T.tolist(), strict=True):
        in_a, in_b = anchors(a, b)
        at_a.append(in_a + begin_a)
        at_b.append(in_b + begin_b)
    return shared_blocks(joined.a, joined.b, np.concatenate(at_a), np.concatenate(at_b))


# Chaining -------------------------------------------------------------------------------------------


def _chained(blocks: Blocks) -> list[list[int]]:
    """Return chains of blocks that follow each other closely in both texts, by their indexes.

    A chain's score is the length of its blocks less the cost of the gaps; every block keeps the best
    chain that ends in it (Abouelhoda & Ohlebusch 2005).
    """
    scores, previous = _best_predecessors(blocks)
    used = bytearray(len(scores))
    chains: list[list[int]] = []
    for last in sorted(range(len(scores)), key=lambda i: (-scores[i], i)):
        chain: list[int] = []
        index = last
        while index >= 0 and not used[index]:
            used[index] = 1
            chain.append(index)
            index = previous[index]
        if chain:
            chains.append(chain[::-1])
    return chains


def _best_predecessors(blocks: Blocks) -> tuple[list[float], list[int]]:
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
    return scores, previous


def _linked(blocks: Blocks) -> _Mask:
    """Return which blocks lie near enough to another one, in both texts, to be chained to it."""
    linked = np.zeros(len(blocks.length), bool)
    for later, earlier in _neighbours(blocks):
        gap_a, gap_b = _gaps(blocks, later, earlier)
        near = (gap_a <= CHAIN_GAP) & (gap_b <= CHAIN_GAP) & (-gap_b < blocks.length[later])
        linked[later[near]] = linked[earlier[near]] = True
    return linked


def _neighbours(blocks: Blocks) -> Iterator[tuple[Positions, Positions]]:
    """Yield the indexes of blocks and of those a chain may come from, the later ones ascending."""
    reach = np.maximum.accumulate(blocks.start_a + blocks.length)
    indexes = np.arange(len(reach))
    # Where a block and all before it end too far back, none of them is near.
    first = np.maximum(np.searchsorted(reach, blocks.start_a - CHAIN_GAP), indexes - LOOK_BACK)
    counts = indexes - first
    for start in range(0, len(reach), LINKED_AT_ONCE):
        some = slice(start, start + LINKED_AT_ONCE)
        yield np.repeat(indexes[some], counts[some]), ragged_ranges(first[some], counts[some])


def _gaps(blocks: Blocks, later: Positions, earlier: Positions) -> tuple[Positions, Positions]:
    """Return how many characters lie between blocks in a and in b; negative where they overlap."""
    ends = blocks.length[earlier]
    return (
        blocks.start_a[later] - blocks.start_a[earlier] - ends,
        blocks.start_b[later] - blocks.start_b[earlier] - ends,
    )
