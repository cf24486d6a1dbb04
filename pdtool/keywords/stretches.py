"""What values of words add up to within stretches of a few words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["LARGEST", "LARGEST_LAST", "prefix_sums", "sums_within"]

Numbers = npt.NDArray[np.integer[Any]] | npt.NDArray[np.bool_]

_BITS, _LAST_BITS = 8, 31
"""Room of sums that stand side by side in a number: of all but the last, and of the last."""
LARGEST, LARGEST_LAST = (1 << _BITS) - 1, (1 << _LAST_BITS) - 1
"""The largest sums there is room for."""


def prefix_sums(values: Numbers) -> npt.NDArray[np.int64]:
    """Return what the first values add up to, from none of them to all, shape ``(n + 1,)``.

    >>> prefix_sums(np.array([2, 3])).tolist()
    [0, 2, 5]
    """
    return np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(values, dtype=np.int64)))


def sums_within(
    head: npt.NDArray[np.integer[Any]], tail: npt.NDArray[np.integer[Any]], *values: Numbers
) -> Iterator[npt.NDArray[np.int64]]:
    """Yield what each of up to five values of words adds up to within stretches of a few words.

    The sums stand side by side in one number, so that one look at either end of a stretch finds all of them.

    Args:
        head: The first word of each stretch, shape ``(n_stretches,)``.
        tail: Its last word.
        values: Of each word, none negative, shape ``(n_words,)``. Within a stretch they add up to
            :data:`LARGEST` at most, the last to :data:`LARGEST_LAST`.

    >>> head, tail = np.array([0, 1]), np.array([1, 1])
    >>> [sums.tolist() for sums in sums_within(head, tail, np.array([2, 3]), np.array([5, 7]))]
    [[5, 3], [12, 7]]
    """
    shifts = [_LAST_BITS + place * _BITS for place in range(len(values) - 1)]
    packed = values[-1].astype(np.int64)
    for shift, one in zip(shifts, values[:-1], strict=True):
        packed += one.astype(np.int64) << shift
    sums = prefix_sums(packed)
    within = sums[tail + 1] - sums[head]
    for shift in shifts:
        yield (within >> shift) & LARGEST
    yield within & LARGEST_LAST
