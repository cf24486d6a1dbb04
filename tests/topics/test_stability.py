"""Stability, against its definitions and the example that is printed."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdtool.topics.stability import agreement, average_jaccard, sample

RANKINGS = st.permutations(range(8)).map(lambda items: items[:5])


def slow_jaccard(first: list[int], second: list[int]) -> float:
    """Return the mean Jaccard coefficient of all beginnings."""
    total = 0.0
    for depth in range(1, len(first) + 1):
        one, other = set(first[:depth]), set(second[:depth])
        total += len(one & other) / len(one | other)
    return total / len(first)


@given(RANKINGS, RANKINGS)
def test_average_jaccard_is_its_definition(first: list[int], second: list[int]) -> None:
    """The mean over the beginnings of both rankings, whichever comes first; 1 of a ranking and itself."""
    assert average_jaccard(first, second) == pytest.approx(slow_jaccard(first, second))
    assert average_jaccard(first, second) == pytest.approx(average_jaccard(second, first))
    assert average_jaccard(first, first) == 1


def test_the_example_of_greene_and_others() -> None:
    """0.154 is what they print for these two rankings."""
    first = ["album", "music", "best", "award", "win"]
    second = ["sport", "best", "win", "medal", "award"]
    assert round(average_jaccard(first, second), 3) == 0.154


@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(RANKINGS, RANKINGS), min_size=1, max_size=4))
def test_topics_are_matched_as_well_as_they_can_be(pairs: list[tuple[list[int], list[int]]]) -> None:
    """No other matching has a greater mean."""
    first, second = [one for one, _ in pairs], [other for _, other in pairs]
    best = max(
        sum(slow_jaccard(one, second[place]) for one, place in zip(first, order, strict=True)) / len(first)
        for order in permutations(range(len(second)))
    )
    assert agreement(first, second) == pytest.approx(best)


def test_samples_are_four_fifths_of_the_documents() -> None:
    """Other documents for another seed, the same for the same, and none twice."""
    assert len(sample(10, 1)) == 8
    assert sample(50, 1) == sample(50, 1) != sample(50, 2)
    assert sample(50, 3) == sorted({*sample(50, 3)})
    assert sample(1, 0) == [0]
