"""Sums within stretches of words, against sums that are added up one by one."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pdtool.keywords.stretches import LARGEST, LARGEST_LAST, sums_within

VALUES = 5


@given(
    st.lists(
        st.tuples(*[st.integers(0, LARGEST // 2)] * (VALUES - 1), st.integers(0, LARGEST_LAST // 2)),
        min_size=2,
        max_size=40,
    ),
    st.lists(st.integers(0, 10**6), min_size=1, max_size=10),
)
def test_sums_are_those_of_the_words(words: list[tuple[int, ...]], begins: list[int]) -> None:
    """Of stretches of one word and of two, whatever stands around them."""
    head = np.array([begin % (len(words) - 1) for begin in begins])
    tail = head + np.array(begins) % 2
    found = sums_within(head, tail, *map(np.array, zip(*words, strict=True)))
    assert [sums.tolist() for sums in found] == [
        [sum(word[value] for word in words[first : last + 1]) for first, last in zip(head, tail, strict=True)]
        for value in range(VALUES)
    ]
