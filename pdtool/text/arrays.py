"""What several modules do with whole arrays: ranges of different lengths, runs, distinct values, ranks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

__all__ = ["distinct", "is_member", "joined_spans", "ragged_ranges", "ranks", "runs"]

Number = TypeVar("Number", bound=np.generic)


def ragged_ranges(
    starts: npt.NDArray[Any], lengths: npt.NDArray[Any], dtype: type[np.integer[Any]] = np.int64
) -> npt.NDArray[Any]:
    """Return the integers of many ranges, one range after the other.

    Args:
        starts: The first integer of each range, shape ``(n,)``.
        lengths: How many integers each range has, none negative, shape ``(n,)``.
        dtype: The type of the result; it must hold the sum of the lengths too.

    Returns:
        ``starts[0], starts[0] + 1, …, starts[1], …``, shape ``(lengths.sum(),)``.

    >>> ragged_ranges(np.array([10, 0, 5]), np.array([2, 0, 3])).tolist()
    [10, 11, 5, 6, 7]
    """
    ends = np.cumsum(lengths, dtype=dtype)
    ranges = np.repeat((starts - (ends - lengths)).astype(dtype), lengths)
    ranges += np.arange(len(ranges), dtype=dtype)
    return ranges


def runs(sorted_array: npt.NDArray[Any]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return where the runs of equal values of an array begin, and how long they are.

    Args:
        sorted_array: Values of which equal ones stand side by side, shape ``(n,)``.

    Returns:
        The index of the first value of each run and the number of its values, both of shape ``(n_runs,)``.

    >>> starts, lengths = runs(np.array([3, 3, 5, 7, 7, 7]))
    >>> starts.tolist(), lengths.tolist()
    ([0, 2, 3], [2, 1, 3])
    """
    first = np.ones(len(sorted_array), dtype=np.bool_)
    np.not_equal(sorted_array[1:], sorted_array[:-1], out=first[1:])
    starts = np.flatnonzero(first)
    return starts, np.diff(starts, append=len(sorted_array))


def joined_spans(
    starts: npt.NDArray[Any], ends: npt.NDArray[Any], gap: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[Any], npt.NDArray[Any]]:
    """Return the stretches that spans are joined to where little lies between them, or none.

    Args:
        starts: Where each span begins, ascending, shape ``(n,)``.
        ends: Where it ends, shape ``(n,)``.
        gap: The most that lies between two that are joined.

    Returns:
        Which stretch each span lies in, shape ``(n,)``, and where each stretch begins and ends, both of
        shape ``(n_stretches,)``.

    >>> number, starts, ends = joined_spans(np.array([0, 2, 9]), np.array([7, 3, 12]), 1)
    >>> number.tolist(), starts.tolist(), ends.tolist()
    ([0, 0, 1], [0, 9], [7, 12])
    """
    reach = np.maximum.accumulate(ends)
    new = np.ones(len(starts), dtype=np.bool_)
    new[1:] = starts[1:] - reach[:-1] > gap
    first = np.flatnonzero(new)
    return np.cumsum(new) - 1, starts[first], reach[np.append(first, len(starts))[1:] - 1]


def distinct(values: npt.NDArray[Number]) -> npt.NDArray[Number]:
    """Return the distinct values of an array, ascending.

    The same as ``numpy.unique``, which takes five times as long on arrays of some thousand integers and loads
    numpy.ma, which nothing else needs.

    >>> distinct(np.array([7, 3, 7])).tolist()
    [3, 7]
    """
    ordered = np.sort(values)
    return ordered[np.concatenate(([True], ordered[1:] != ordered[:-1]))] if len(ordered) else ordered


def is_member(values: npt.NDArray[Any], sorted_array: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    """Return which values occur in a sorted array.

    The same as ``numpy.isin``, which sorts both arrays each time, and may load numpy.ma.

    Args:
        values: Any values, shape ``(n,)``.
        sorted_array: Ascending; it may be empty.

    Returns:
        Shape ``(n,)``.

    >>> is_member(np.array([4, 1, 9]), np.array([1, 2, 4])).tolist()
    [True, True, False]
    """
    if not len(sorted_array):
        return np.zeros(len(values), dtype=np.bool_)
    indices = np.minimum(np.searchsorted(sorted_array, values), len(sorted_array) - 1)
    found: npt.NDArray[np.bool_] = sorted_array[indices] == values
    return found


def ranks(texts: Sequence[str]) -> npt.NDArray[np.int32]:
    """Return the rank of each of several distinct strings, from 0, compared code point by code point.

    >>> ranks(["b", "c", "a"]).tolist()
    [1, 2, 0]
    """
    found = np.empty(len(texts), dtype=np.int32)
    found[sorted(range(len(texts)), key=texts.__getitem__)] = np.arange(len(texts), dtype=np.int32)
    return found
