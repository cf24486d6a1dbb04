"""Chains aligned all at once: the same passages as each alone, block by block and gap by gap."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pytest
from rapidfuzz.distance import Levenshtein

from pdtool.reuse import alignment
from pdtool.reuse.alignment import Alignment, align_all
from pdtool.reuse.anchors import Block, Index
from pdtool.reuse.chain_passages import BRIDGE, FILL_SHARE, SHORT_GAP, passages_of_chains
from pdtool.reuse.chains import Chains, promising_chains
from pdtool.reuse.depth import is_crowded
from pdtool.reuse.extension import WINDOW
from pdtool.reuse.joined_pairs import JoinedPairs
from pdtool.reuse.passage import LEAST_SIMILARITY, Passage
from tests.reuse.random_texts import codes, mutated, random_text
from tests.reuse.test_extension import extended

Match = tuple[int, int]
"""A position in a and its equal in b."""
PAIRS = [mutated(random.Random(f"pair {number}")) for number in range(80)]


def aligned(a: str, b: str, chain: Sequence[Block], reach: tuple[int, int]) -> Iterator[list[Match]]:
    """Yield the passages of a chain: overlaps taken off, ends extended, gaps filled, cut where little agrees.

    Args:
        a: One text.
        b: The other.
        chain: Its blocks.
        reach: Where it begins and ends in a once it is extended, or beyond that.
    """
    blocks = list(chain[:1])
    for start_a, start_b, length in chain[1:]:
        last_a, last_b, last_length = blocks[-1]
        cut = max(0, last_a + last_length - start_a, last_b + last_length - start_b)
        blocks.append((start_a + cut, start_b + cut, length - cut))
    start_a, start_b, length = blocks[0]
    before = start_a - reach[0]
    if before > WINDOW:
        before = extended(a[:start_a][::-1], b[:start_b][::-1])
    blocks[0] = start_a - before, start_b - before, length + before
    start_a, start_b, length = blocks[-1]
    behind = reach[1] - start_a - length
    if behind > WINDOW:
        behind = extended(a[start_a + length :], b[start_b + length :])
    blocks[-1] = start_a, start_b, length + behind
    matches = list(in_blocks_and_gaps(a, b, blocks))
    cuts = [place for place, (one, other) in enumerate(pairwise(matches), 1) if is_wide(one, other)]
    for start, stop in pairwise([0, *cuts, len(matches)]):
        first, last = matches[start], matches[stop - 1]
        if stop - start >= LEAST_SIMILARITY * (max(last[0] - first[0], last[1] - first[1]) + 1):
            yield matches[start:stop]


def in_blocks_and_gaps(a: str, b: str, blocks: Sequence[Block]) -> Iterator[Match]:
    """Yield the equal characters of blocks that follow one another, and of the gaps between them."""
    end_a, end_b, _ = blocks[0]
    for start_a, start_b, length in blocks:
        left, right = a[end_a:start_a], b[end_b:start_b]
        runs = Levenshtein.opcodes(left, right).as_matching_blocks()
        equal = sum(run.size for run in runs)
        if max(len(left), len(right)) <= SHORT_GAP or equal >= FILL_SHARE * min(len(left), len(right)):
            for run in runs:
                yield from ((end_a + run.a + at, end_b + run.b + at) for at in range(run.size))
        for at in range(length):
            if a[start_a + at] == b[start_b + at]:
                yield start_a + at, start_b + at
        end_a, end_b = start_a + length, start_b + length


def is_wide(one: Match, other: Match) -> bool:
    """Return whether more lies between two matches than a passage bridges."""
    return max(other[0] - one[0], other[1] - one[1]) - 1 > BRIDGE


def test_chains_are_aligned_together_as_each_is_alone() -> None:
    """The chains of many pairs, long and short, of texts that repeat themselves and are damaged."""
    joined = JoinedPairs.of([(Index.of(codes(a)), Index.of(codes(b))) for a, b in PAIRS])
    chains = promising_chains(joined, 12, 0.0)
    assert len(chains) > 10 * len(PAIRS)
    every_passage, of_chain = passages_of_chains(joined, chains)
    found: list[list[Passage]] = [[] for _ in range(len(chains))]
    for number, passage in zip(of_chain.tolist(), every_passage, strict=True):
        found[number].append(passage)
    starts, ends = chains.reach.starts[0].tolist(), chains.reach.ends[0].tolist()
    every = zip(chains.items(), chains.pair.tolist(), starts, ends, found, strict=True)
    for blocks, pair, start, end, passages in every:
        begin_a, begin_b = joined.begins[:, pair].tolist()
        own = [(start_a - begin_a, start_b - begin_b, length) for start_a, start_b, length in blocks]
        told = [passage.moved(-begin_a, -begin_b) for passage in passages]
        matches = [list(zip(one.matches_a.tolist(), one.matches_b.tolist(), strict=True)) for one in told]
        a, b = PAIRS[pair]
        assert matches == list(aligned(a, b, own, (start, end)))
        for one in told:
            assert (one.start_a, one.start_b) == (one.matches_a[0], one.matches_b[0])
            assert (one.end_a, one.end_b) == (one.matches_a[-1] + 1, one.matches_b[-1] + 1)


def spans(alignments: Sequence[Alignment]) -> list[list[tuple[int, ...]]]:
    """Return where the passages of pairs are."""
    return [[passage.span for passage in one.passages] for one in alignments]


def test_only_crowded_chains_can_be_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is taken for too few chains to count their depth gives the same as if it were counted."""
    rng = random.Random(4)
    line = random_text(rng, 12)
    repeated = [(line * rng.randrange(1, 30), random_text(rng, 20).join([line * 3] * 5)) for _ in range(20)]
    pairs = [(Index.of(codes(a)), Index.of(codes(b))) for a, b in PAIRS + repeated]
    quick = align_all(pairs, 30, 0.0)
    crowded = []

    def every(chains: Chains) -> npt.NDArray[np.bool_]:
        crowded.append(bool(is_crowded(chains).any()))
        return np.ones(len(chains), bool)

    monkeypatch.setattr(alignment, "is_crowded", every)
    assert spans(align_all(pairs, 30, 0.0)) == spans(quick)
    assert any(crowded)
