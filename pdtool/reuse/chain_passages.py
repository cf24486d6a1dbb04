"""Chains aligned in full: what their gaps and ends hold, and the passages they are cut into.

Chains are many and short. They are aligned all at once, as rows of equal characters: the blocks and, between
them, what the gaps hold.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from rapidfuzz.distance import LCSseq, Levenshtein

from pdtool.reuse.anchors import Blocks, Codes
from pdtool.reuse.chains import Chains
from pdtool.reuse.extension import WINDOW, extensions_before, extensions_behind
from pdtool.reuse.joined_pairs import JoinedPairs
from pdtool.reuse.passage import LEAST_SIMILARITY, Passages, Positions
from pdtool.text.arrays import ragged_ranges
from pdtool.text.code_points import decode

__all__ = ["passages_of_chains"]

BRIDGE = 24
"""A passage runs on over so many characters that have no equal in the other text, but not over more."""
FILL_SHARE = 0.5
"""A longer gap counts as aligned only if this share of it is equal: below, equal characters are chance."""
SHORT_GAP = 6
"""A gap up to this length is aligned whatever its share: its neighbours vouch for it."""


def passages_of_chains(joined: JoinedPairs, chains: Chains) -> tuple[Passages, Positions]:
    """Align chains in full, extend their ends, and cut them where too little agrees.

    Args:
        joined: Pairs of texts.
        chains: Their chains.

    Returns:
        Their passages, by where they are in the texts laid end to end, and which chain each is of, ascending.
    """
    blocks = _extended(joined, chains, _without_overlaps(chains))
    chain = np.repeat(np.arange(len(chains)), np.diff(chains.bounds))
    runs, before = _runs_in_gaps(joined, blocks, chain)
    places = np.concatenate((2 * before - 1, 2 * np.arange(len(chain))))  # runs come before the next block
    order = np.argsort(places, kind="stable")
    chain = np.concatenate((chain[before], chain))[order]
    at_a, at_b, row = _equal(joined, runs.followed_by(blocks).some(order))
    return _cut(at_a, at_b, chain[row])


def _without_overlaps(chains: Chains) -> Blocks:
    """Shorten each block so that it begins, in both texts, after the one before it has ended.

    A block that is chained to another one is longer than what it loses by that.
    """
    blocks = chains.blocks
    over_a = (blocks.start_a + blocks.length)[:-1] - blocks.start_a[1:]
    over_b = (blocks.start_b + blocks.length)[:-1] - blocks.start_b[1:]
    cut = np.zeros(len(blocks.length), np.int64)
    cut[1:] = np.maximum(0, np.maximum(over_a, over_b))
    cut[chains.bounds[:-1]] = 0
    return Blocks(blocks.start_a + cut, blocks.start_b + cut, blocks.length - cut)


def _extended(joined: JoinedPairs, chains: Chains, blocks: Blocks) -> Blocks:
    """Extend the first block of each chain to the front and the last one to the back."""
    starts = np.stack((blocks.start_a, blocks.start_b))
    ends = starts + blocks.length
    first, last = chains.bounds[:-1], chains.bounds[1:] - 1
    begin = joined.begins[0, chains.pair]
    before = starts[0, first] - begin - chains.reach.starts[0]
    behind = chains.reach.ends[0] + begin - ends[0, last]
    far = before > WINDOW
    before[far] = extensions_before(joined.a, joined.b, starts[:, first[far]])
    far = behind > WINDOW
    behind[far] = extensions_behind(joined.a, joined.b, ends[:, last[far]])
    starts[:, first] -= before
    ends[:, last] += behind
    return Blocks(starts[0], starts[1], ends[0] - starts[0])


def _runs_in_gaps(joined: JoinedPairs, blocks: Blocks, chain: Positions) -> tuple[Blocks, Positions]:
    """Return what is equal in the gaps between the blocks of each chain, aligned by edit distance.

    Args:
        joined: The pairs of texts.
        blocks: The blocks of the chains.
        chain: Which chain each is of, shape ``(n_blocks,)``.

    Returns:
        Runs of equal characters, and the index of the block behind the gap of each.
    """
    from_a, from_b = (blocks.start_a + blocks.length)[:-1], (blocks.start_b + blocks.length)[:-1]
    wide_a, wide_b = blocks.start_a[1:] - from_a, blocks.start_b[1:] - from_b
    gaps = np.flatnonzero((chain[1:] == chain[:-1]) & (wide_a > 0) & (wide_b > 0))
    from_a, from_b, wide_a, wide_b = from_a[gaps], from_b[gaps], wide_a[gaps], wide_b[gaps]
    lefts, rights = _cuts(joined.a, from_a, wide_a), _cuts(joined.b, from_b, wide_b)
    is_long = np.maximum(wide_a, wide_b) > SHORT_GAP
    least = np.where(is_long, FILL_SHARE * np.minimum(wide_a, wide_b), 1)
    # No alignment has more equal characters than this; that is quick, and too little of half of the gaps.
    common = np.array(list(map(LCSseq.similarity, lefts, rights)))
    found = [
        (run.a, run.b, run.size, gap)
        for gap in np.flatnonzero(common >= least).tolist()
        for run in Levenshtein.editops(lefts[gap], rights[gap]).as_matching_blocks()
        if run.size
    ]
    at_a, at_b, size, gap = np.array(found, np.int64).reshape(-1, 4).T
    enough = (np.bincount(gap, size, len(gaps)) >= least)[gap]
    gap = gap[enough]
    return Blocks(at_a[enough] + from_a[gap], at_b[enough] + from_b[gap], size[enough]), gaps[gap] + 1


def _cuts(texts: Codes, starts: Positions, sizes: Positions) -> list[str]:
    """Return stretches of texts as strings."""
    together = decode(texts[ragged_ranges(starts, sizes)])
    return [together[start:end] for start, end in pairwise([0, *np.cumsum(sizes).tolist()])]


def _equal(joined: JoinedPairs, blocks: Blocks) -> tuple[Positions, Positions, Positions]:
    """Return the positions of all characters of blocks that are equal, and the block of each."""
    at_a = ragged_ranges(blocks.start_a, blocks.length)
    at_b = ragged_ranges(blocks.start_b, blocks.length)
    equal = np.flatnonzero(joined.a[at_a] == joined.b[at_b])
    return at_a[equal], at_b[equal], np.repeat(np.arange(len(blocks.length)), blocks.length)[equal]


def _cut(at_a: Positions, at_b: Positions, chain: Positions) -> tuple[Passages, Positions]:
    """Cut chains where more than ``BRIDGE`` characters in a row have no equal; drop what agrees too little.

    Args:
        at_a: The equal positions of all chains, one chain's behind another's, shape ``(n,)``.
        at_b: What they are equal to.
        chain: Which chain each is of.
    """
    apart = np.maximum(np.diff(at_a), np.diff(at_b)) - 1 > BRIDGE
    firsts = np.flatnonzero(np.concatenate((chain[:1] >= 0, apart | (chain[1:] != chain[:-1]))))
    passages = Passages(at_a, at_b, firsts, np.append(firsts, len(chain))[1:])
    start_a, end_a, start_b, end_b = passages.spans
    longer = np.maximum(end_a - start_a, end_b - start_b)
    similar = np.flatnonzero((passages.stops - firsts) / longer >= LEAST_SIMILARITY)
    return passages.some(similar), chain[firsts[similar]]
