"""Idioms of whole-array work: what would be a loop over items, done by NumPy at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["is_member", "ragged_ranges", "ranks", "runs"]

_Integers = npt.NDArray[Any]


def ragged_ranges(starts: _Integers, lengths: _Integers) -> npt.NDArray[np.int64]:
    """Return the integers of many ranges, one range after the other.

    Args:
        starts: First integer of each range, shape ``(n,)``.
        lengths: How many integers each range has, shape ``(n,)``; 0 or more.

    Returns:
        The integers, shape ``(sum of lengths,)``.

    >>> ragged_ranges(np.array([5, 0, 7]), np.array([2, 0, 3])).tolist()
    [5, 6, 7, 8, 9]
    """
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    return np.asarray(np.arange(total) + np.repeat(starts - (ends - lengths), lengths))


def runs(sorted_array: npt.NDArray[Any]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return where each distinct value of a sorted array begins, and how often it occurs.

    Args:
        sorted_array: The values, in order, shape ``(n,)``.

    Returns:
        The offset of the first occurrence of each distinct value, and the number of its occurrences.

    >>> [part.tolist() for part in runs(np.array([3, 3, 5, 9, 9, 9]))]
    [[0, 2, 3], [2, 1, 3]]
    """
    if not len(sorted_array):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    starts = np.flatnonzero(np.concatenate(([True], sorted_array[1:] != sorted_array[:-1])))
    return starts, np.diff(np.append(starts, len(sorted_array)))


def is_member(values: npt.NDArray[Any], sorted_array: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    """Return which values occur in a sorted array.

    Args:
        values: What is looked up, in any order, shape ``(n,)``.
        sorted_array: Where it is looked up, in ascending order.

    Returns:
        A mask of shape ``(n,)``.

    >>> is_member(np.array([7, 2, 9]), np.array([2, 4, 7])).tolist()
    [True, True, False]
    """
    index = np.searchsorted(sorted_array, values)
    found: npt.NDArray[np.bool_] = index < len(sorted_array)
    found[found] = sorted_array[index[found]] == values[found]
    return found


def ranks(texts: Sequence[str]) -> npt.NDArray[np.int32]:
    """Return the rank of each of some distinct strings, from 0, code point by code point.

    >>> ranks(["b", "c", "a"]).tolist()
    [1, 2, 0]
    """
    found = np.empty(len(texts), dtype=np.int32)
    found[sorted(range(len(texts)), key=texts.__getitem__)] = np.arange(len(texts), dtype=np.int32)
    return found
