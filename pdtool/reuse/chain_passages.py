"""A chain aligned in full: what its gaps and ends hold, and the passages it is cut into."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from rapidfuzz.distance import Levenshtein

from pdtool.reuse.anchors import Block, Codes
from pdtool.reuse.extension import WINDOW, extended_by
from pdtool.reuse.passage import LEAST_SIMILARITY, Passage, Positions
from pdtool.reuse.reordering import SHORTEST_PART

__all__ = ["passages_of_chain"]

BRIDGE = 24
"""A passage runs on over so many characters that have no equal in the other text, but not over more."""
FILL_SHARE = 0.5
"""A longer gap counts as aligned only if this share of it is equal: below, equal characters are chance."""
SHORT_GAP = 6
"""A gap up to this length is aligned whatever its share: its neighbours vouch for it."""


def passages_of_chain(a: Codes, b: Codes, chain: list[Block], start: int, end: int) -> Iterator[Passage]:
    """Align a chain in full, extend its ends, and cut it where too little agrees.

    Args:
        a: One text.
        b: The other.
        chain: Blocks that follow each other in both texts.
        start: Where it begins in a once it is extended, or beyond that.
        end: Where it ends in a, likewise.
    """
    if len(chain) == 1 and chain[0][2] < SHORTEST_PART:
        return
    extended = _extended(a, b, _without_overlaps(chain), start, end)
    pairs_a, pairs_b = _matches(a, b, extended)
    for piece in _pieces(pairs_a, pairs_b):
        passage = Passage(pairs_a[piece], pairs_b[piece])
        if passage.similarity >= LEAST_SIMILARITY:
            yield passage


def _without_overlaps(chain: list[Block]) -> list[Block]:
    """Shorten each block so that it begins, in both texts, after the one before it has ended."""
    result = [chain[0]]
    for start_a, start_b, length in chain[1:]:
        last_a, last_b, last_length = result[-1]
        cut = max(0, last_a + last_length - start_a, last_b + last_length - start_b)
        if cut < length:
            result.append((start_a + cut, start_b + cut, length - cut))
    return result


def _extended(a: Codes, b: Codes, chain: list[Block], start: int, end: int) -> list[Block]:
    """Extend the first block of a chain to the front and the last one to the back."""
    start_a, start_b, length = chain[0]
    before = start_a - start
    if before > WINDOW:
        before = extended_by(a[:start_a][::-1], b[:start_b][::-1])
    chain[0] = start_a - before, start_b - before, length + before
    start_a, start_b, length = chain[-1]
    behind = end - start_a - length
    if behind > WINDOW:
        behind = extended_by(a[start_a + length :], b[start_b + length :])
    chain[-1] = start_a, start_b, length + behind
    return chain


def _matches(a: Codes, b: Codes, chain: list[Block]) -> tuple[Positions, Positions]:
    """Return the equal positions of a chain: in its blocks and in its gaps."""
    parts: list[tuple[Positions, Positions]] = []
    end_a, end_b, _ = chain[0]
    for block_a, block_b, length in chain:
        parts.append(_fill(a, b, (end_a, block_a), (end_b, block_b)))
        equal = (a[block_a : block_a + length] == b[block_b : block_b + length]).nonzero()[0]
        parts.append((block_a + equal, block_b + equal))
        end_a, end_b = block_a + length, block_b + length
    return np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts])


def _fill(a: Codes, b: Codes, gap_a: tuple[int, int], gap_b: tuple[int, int]) -> tuple[Positions, Positions]:
    """Return the equal positions of a gap between two blocks, aligned by edit distance."""
    left, right = a[gap_a[0] : gap_a[1]].tolist(), b[gap_b[0] : gap_b[1]].tolist()
    empty = np.empty(0, np.int64)
    if not left or not right:
        return empty, empty
    equal_runs = [
        (block.a, block.b, block.size)
        for block in Levenshtein.opcodes(left, right).as_matching_blocks()
        if block.size
    ]
    equal = sum(size for _, _, size in equal_runs)
    wide = max(len(left), len(right))
    if not equal_runs or (wide > SHORT_GAP and equal < FILL_SHARE * min(len(left), len(right))):
        return empty, empty
    offsets = [np.arange(size) for _, _, size in equal_runs]
    return (
        np.concatenate([gap_a[0] + at + run for (at, _, _), run in zip(equal_runs, offsets, strict=True)]),
        np.concatenate([gap_b[0] + at + run for (_, at, _), run in zip(equal_runs, offsets, strict=True)]),
    )


def _pieces(pairs_a: Positions, pairs_b: Positions) -> Iterator[slice]:
    """Cut a chain's matches where more than ``BRIDGE`` characters in a row have no equal."""
    apart = np.maximum(pairs_a[1:] - pairs_a[:-1], pairs_b[1:] - pairs_b[:-1]) - 1 > BRIDGE
    bounds = [0, *(apart.nonzero()[0] + 1).tolist(), len(pairs_a)]
    yield from (slice(start, stop) for start, stop in pairwise(bounds) if stop > start)
