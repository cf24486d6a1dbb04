"""The order of pairs: none is lost, and those of one text lie nearer one another than by number."""

from __future__ import annotations

import random
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pdtool.reuse.pair_order import gathered
from pdtool.reuse.verified_pair import Pair


def reach(pairs: list[Pair]) -> int:
    """Return how many pairs lie between one use of a text and the next, all of them together."""
    last: dict[int, int] = {}
    total = 0
    for place, pair in enumerate(pairs):
        for document in pair:
            total += place - last.get(document, place)
            last[document] = place
    return total


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(10, 19)), unique=True))
def test_no_pair_is_lost(pairs: list[Pair]) -> None:
    """Each comes once."""
    assert sorted(gathered(pairs)) == sorted(pairs)


def test_texts_that_hang_together_are_compared_together() -> None:
    """Of groups that are scattered over a corpus, one comes after the other."""
    rng = random.Random(1)
    numbers = rng.sample(range(400), 400)
    groups = [sorted(numbers[start : start + 8]) for start in range(0, 400, 8)]
    pairs = sorted((i, j) for group in groups for i in group for j in group if i < j)
    ordered = gathered(pairs)
    found = [next(index for index, group in enumerate(groups) if pair[0] in group) for pair in ordered]
    assert sum(one != other for one, other in pairwise(found)) == len(groups) - 1
    assert 20 * reach(ordered) < reach(pairs)
