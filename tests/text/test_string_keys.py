"""Keys of strings: equal ones found without sorting, and numbered in the order in which they are met."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pdtool.text.key_numbers import UNKNOWN, KeyNumbers
from pdtool.text.string_keys import first_places

KEYS = st.lists(st.one_of(st.integers(0, 9), st.integers(0, 2**64 - 1)), max_size=200)
"""Few that come again and again, and many that do not."""


@given(KEYS)
def test_the_first_of_equal_keys_is_found(keys: list[int]) -> None:
    """It is what a search from the beginning finds."""
    assert first_places(np.array(keys, dtype=np.uint64)).tolist() == [keys.index(key) for key in keys]


def test_the_first_of_many_equal_keys_is_found() -> None:
    """So many that some meet others in the table, and others still in the next."""
    rng = np.random.default_rng(1)
    keys = rng.integers(0, 2**64, 50_000, dtype=np.uint64)[rng.integers(0, 50_000, 100_000)]
    _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    assert np.array_equal(first_places(keys), first[inverse])


@given(KEYS.map(dict.fromkeys).map(list), st.integers(1, 50))
def test_keys_are_numbered_in_the_order_in_which_they_are_met(keys: list[int], together: int) -> None:
    """However many are added at a time, and not before they are."""
    numbers = KeyNumbers()
    array = np.array(keys, dtype=np.uint64)
    for start in range(0, len(keys), together):
        assert numbers.of(array[start:]).tolist() == [UNKNOWN] * (len(keys) - start)
        numbers.add(array[start : start + together])
    assert numbers.of(array).tolist() == list(range(len(keys)))
    assert len(numbers) == len(keys)


def test_more_keys_than_there_are_slots_at_first() -> None:
    """The table grows, and keeps what it held; cleared, it knows nothing."""
    numbers = KeyNumbers()
    keys = np.random.default_rng(1).permutation(np.arange(50_000, dtype=np.uint64))
    for start in range(0, len(keys), 999):
        numbers.add(keys[start : start + 999])
    assert np.array_equal(numbers.of(keys), np.arange(len(keys)))
    numbers.clear()
    assert len(numbers) == 0
    assert np.all(numbers.of(keys) == UNKNOWN)
