"""Chains: the same, with what can be no chain left out early, as when every block is looked at."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import pytest

from pdtool.reuse.anchors import Block, Blocks, Index, anchors, shared_blocks
from pdtool.reuse.chains import promising_chains
from pdtool.reuse.joined_pairs import JoinedPairs
from pdtool.reuse.links import CHAIN_GAP, LOOK_BACK, useful_links
from tests.reuse.random_texts import codes, mutated, random_text

PAIRS = [mutated(random.Random(f"chained {number}")) for number in range(60)]
LEAST_PASSAGE = 12


def joined(pairs: Sequence[tuple[str, str]]) -> JoinedPairs:
    """Return pairs of texts, indexed and laid end to end."""
    return JoinedPairs.of([(Index.of(codes(a)), Index.of(codes(b))) for a, b in pairs])


def blocks_of(pairs: JoinedPairs) -> list[Block]:
    """Return the blocks of pairs."""
    return shared_blocks(pairs.a, pairs.b, *anchors(pairs.pairs, pairs.begins)).items()


def gaps(earlier: Block, later: Block) -> tuple[int, int]:
    """Return how many characters lie between two blocks in a and in b."""
    return later[0] - earlier[0] - earlier[2], later[1] - earlier[1] - earlier[2]


def may_follow(earlier: Block, later: Block) -> bool:
    """Return whether a block ends behind another one in b, too, and is near it in both texts."""
    return earlier[1] + earlier[2] < later[1] + later[2] and max(gaps(earlier, later)) <= CHAIN_GAP


def cost(earlier: Block, later: Block) -> float | None:
    """Return what the gap between two blocks costs; ``None`` if the one cannot follow the other."""
    narrow, wide = sorted(gaps(earlier, later))
    if not may_follow(earlier, later) or -narrow >= min(earlier[2], later[2]):
        return None
    return 0.5 * (wide - narrow) + (0.25 * narrow if narrow > 0 else -narrow)


def chained(blocks: Sequence[Block]) -> set[tuple[Block, ...]]:
    """Return all chains of blocks: the best first, each with those blocks that no better one has."""
    near = set()
    for number, later in enumerate(blocks):
        for other in range(max(0, number - LOOK_BACK), number):
            if may_follow(blocks[other], later):
                near |= {number, other}
    some = [blocks[number] for number in sorted(near)]
    scores, previous = [float(block[2]) for block in some], [-1] * len(some)
    for number, later in enumerate(some):
        for other in range(max(0, number - LOOK_BACK), number):
            lost = cost(some[other], later)
            score = 0.0 if lost is None else scores[other] - lost + later[2]
            if score > later[2] and score >= scores[number]:
                scores[number], previous[number] = score, other
    left = set(range(len(some)))
    chains: set[tuple[Block, ...]] = {(block,) for block in set(blocks) - set(some)}
    for number in sorted(left, key=lambda number: (-scores[number], number)):
        chain: list[Block] = []
        last = number
        while last in left:
            left.remove(last)
            chain.insert(0, some[last])
            last = previous[last]
        if chain:
            chains.add(tuple(chain))
    return chains


def test_chains_are_those_of_all_blocks() -> None:
    """Links that cannot make a chain longer are left out, which changes no chain."""
    pairs = joined(PAIRS)
    found = {tuple(chain) for chain in promising_chains(pairs, LEAST_PASSAGE, 0.0).items()}
    expected = chained(blocks_of(pairs))
    assert found <= expected
    assert found >= {chain for chain in expected if sum(block[2] for block in chain) >= LEAST_PASSAGE}
    assert any(len(chain) > 3 for chain in found)


@pytest.mark.parametrize("min_passage", [5, LEAST_PASSAGE, 30])
@pytest.mark.parametrize("least", [0.2, 0.5, 0.8])
def test_pairs_are_given_up_only_where_their_chains_cover_too_little(least: float, min_passage: int) -> None:
    """What is known before chains are made gives up no pair that would have reached the least share."""
    rng = random.Random(11)
    phrases = [random_text(rng, 8) for _ in range(30)]

    def phrased() -> str:
        return "".join(phrase + random_text(rng, rng.randrange(24)) for phrase in rng.sample(phrases, 12))

    pairs = joined([*PAIRS, *((phrased(), phrased()) for _ in range(40))])
    every, hopeful = (promising_chains(pairs, min_passage, share) for share in (0.0, least))
    enough = every.reach.covered() >= least * pairs.sizes.min(axis=0)
    assert hopeful.blocks.items() == every.some(enough[every.pair]).blocks.items()
    assert 0 < np.count_nonzero(enough) < len(enough)


def test_links_between_phrases_at_other_distances_are_not_followed() -> None:
    """Of two short blocks far apart in one text only, the gap costs more than the block is worth."""
    links = [
        useful_links(Blocks(np.array([0, 6]), np.array([0, second]), np.array([5, 5]))) for second in (7, 50)
    ]
    assert list(map(len, links)) == [1, 0]
