"""Chains aligned in full: what their gaps and ends hold, and the passages they are cut into.

Chains are many and short. They are aligned all at once, as rows of equal characters: the blocks and, between
them, what the gaps hold.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from rapidfuzz.distance import LCSseq, Levenshtein, MatchingBlock

from pdtool.reuse.anchors import Blocks, Codes
from pdtool.reuse.chains import Chains
from pdtool.reuse.extension import WINDOW, extensions_before, extensions_behind
from pdtool.reuse.joined_pairs import JoinedPairs
from pdtool.reuse.passage import LEAST_SIMILARITY, Passage, Positions
from pdtool.text.arrays import ragged_ranges
from pdtool.text.code_points import decode

__all__ = ["passages_of_chains"]

BRIDGE = 24
"""A passage runs on over so many characters that have no equal in the other text, but not over more."""
FILL_SHARE = 0.5
"""A longer gap counts as aligned only if this share of it is equal: below, equal characters are chance."""
SHORT_GAP = 6
"""A gap up to this length is aligned whatever its share: its neighbours vouch for it."""


def passages_of_chains(joined: JoinedPairs, chains: Chains) -> list[list[Passage]]:
    """Align chains in full, extend their ends, and cut them where too little agrees.

    Args:
        joined: Pairs of texts.
        chains: Their chains.

    Returns:
        The passages of each chain, by where they are in the texts laid end to end.
    """
    blocks = _extended(joined, chains, _without_overlaps(chains))
    chain = np.repeat(np.arange(len(chains)), np.diff(chains.bounds))
    runs, before = _runs_in_gaps(joined, blocks, chain)
    places = np.concatenate((2 * before - 1, 2 * np.arange(len(chain))))  # runs come before the next block
    order = np.argsort(places, kind="stable")
    chain = np.concatenate((chain[before], chain))[order]
    at_a, at_b, row = _equal(joined, runs.followed_by(blocks).some(order))
    passages: list[list[Passage]] = [[] for _ in range(len(chains))]
    for number, passage in _cut(at_a, at_b, chain[row]):
        passages[number].append(passage)
    return passages


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
    lefts = _cuts(joined.a, from_a[gaps], wide_a[gaps])
    rights = _cuts(joined.b, from_b[gaps], wide_b[gaps])
    places = zip(
        (gaps + 1).tolist(), from_a[gaps].tolist(), from_b[gaps].tolist(), lefts, rights, strict=True
    )
    found = [
        (start_a + run.a, start_b + run.b, run.size, block)
        for block, start_a, start_b, left, right in places
        for run in _equal_runs(left, right)
    ]
    columns = np.array(found, np.int64).reshape(-1, 4).T
    return Blocks(columns[0], columns[1], columns[2]), columns[3]


def _cuts(texts: Codes, starts: Positions, sizes: Positions) -> Iterator[str]:
    """Yield stretches of texts as strings."""
    together = decode(texts[ragged_ranges(starts, sizes)])
    ends = np.cumsum(sizes)
    return (together[start:end] for start, end in zip((ends - sizes).tolist(), ends.tolist(), strict=True))


def _equal_runs(left: str, right: str) -> list[MatchingBlock]:
    """Return what is equal in a gap; nothing if that is too little."""
    long = max(len(left), len(right)) > SHORT_GAP
    least = FILL_SHARE * min(len(left), len(right)) if long else 1
    if LCSseq.similarity(left, right) < least:  # no alignment has more; quick, and true of half of them
        return []
    runs = [run for run in Levenshtein.editops(left, right).as_matching_blocks() if run.size]
    return runs if sum(run.size for run in runs) >= least else []


def _equal(joined: JoinedPairs, blocks: Blocks) -> tuple[Positions, Positions, Positions]:
    """Return the positions of all characters of blocks that are equal, and the block of each."""
    at_a = ragged_ranges(blocks.start_a, blocks.length)
    at_b = ragged_ranges(blocks.start_b, blocks.length)
    equal = np.flatnonzero(joined.a[at_a] == joined.b[at_b])
    return at_a[equal], at_b[equal], np.repeat(np.arange(len(blocks.length)), blocks.length)[equal]


def _cut(at_a: Positions, at_b: Positions, chain: Positions) -> Iterator[tuple[int, Passage]]:
    """Cut chains where more than ``BRIDGE`` characters in a row have no equal; drop what agrees too little.

    Args:
        at_a: The equal positions of all chains, one chain's behind another's, shape ``(n,)``.
        at_b: What they are equal to.
        chain: Which chain each is of.
    """
    apart = np.maximum(np.diff(at_a), np.diff(at_b)) - 1 > BRIDGE
    starts = np.flatnonzero(np.concatenate((chain[:1] >= 0, apart | (chain[1:] != chain[:-1]))))
    stops = np.append(starts, len(chain))[1:]
    spans = np.stack((at_a[starts], at_a[stops - 1] + 1, at_b[starts], at_b[stops - 1] + 1))
    longer = np.maximum(spans[1] - spans[0], spans[3] - spans[2])
    similar = (stops - starts) / longer >= LEAST_SIMILARITY
    rows = np.stack((chain[starts], starts, stops, *spans))[:, similar]
    for number, start, stop, *span in rows.T.tolist():
        yield number, Passage(at_a[start:stop], at_b[start:stop], *span)
