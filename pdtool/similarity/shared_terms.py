"""The terms that make two documents alike: those whose products add most to the similarity."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from pdtool.similarity.pairs import Pairs
from pdtool.text.arrays import ragged_ranges, runs
from pdtool.text.sparse_rows import SparseRows
from pdtool.workers import in_threads

__all__ = ["SharedTerms"]

Numbers = npt.NDArray[np.integer[Any]]
FloatArray = npt.NDArray[np.float64]
Rounded = npt.NDArray[np.float32]

_TOGETHER = 500
"""Pairs that are looked at together: enough for arrays to pay off."""


@dataclass(frozen=True, slots=True, eq=False)
class SharedTerms:
    """Names the shared terms of pairs of documents.

    Args:
        vectors: The matrix of the first rows; no weight is negative.
        others: The matrix of the second rows.
        terms: The term of each column, sorted; of equal products the earlier comes first.
        wanted: How many terms a pair has at most.
    """

    vectors: SparseRows
    others: SparseRows
    terms: Sequence[str]
    wanted: int

    def of_pairs(self, pairs: Pairs, jobs: int) -> Iterator[tuple[str, ...]]:
        """Yield the shared terms of each pair, the one that adds most first.

        Args:
            pairs: In any order; those of one first row are done fastest side by side.
            jobs: Threads.
        """
        starts = range(0, len(pairs), _TOGETHER)
        parts = (pairs.take(slice(start, start + _TOGETHER)) for start in starts)
        return chain.from_iterable(in_threads(self._of_some, parts, jobs if len(starts) > 1 else 1))

    def _of_some(self, pairs: Pairs) -> list[tuple[str, ...]]:
        lengths = np.diff(self.others.indptr)[pairs.second]
        cells = ragged_ranges(self.others.indptr[pairs.second], lengths)
        columns = self.others.indices[cells]
        products = self.others.data[cells]
        products *= self._weights_of_first(pairs, lengths, columns)
        common = np.flatnonzero(products > 0)
        numbers = np.repeat(np.arange(len(pairs)), lengths)[common]
        chosen = _largest(numbers, products[common], self.wanted)
        named = list(map(self.terms.__getitem__, columns[common[chosen]].tolist()))
        ends = np.searchsorted(numbers[chosen], np.arange(len(pairs) + 1)).tolist()
        return [tuple(named[start:end]) for start, end in pairwise(ends)]

    def _weights_of_first(self, pairs: Pairs, lengths: Numbers, columns: Numbers) -> FloatArray:
        """Return what the first row of each pair has in the columns of the second, shape ``(n_cells,)``."""
        weights = np.empty(len(columns))
        laid_out = np.zeros(self.vectors.columns)
        ends = np.concatenate(([0], np.cumsum(lengths)))
        starts, sizes = runs(pairs.first)
        for first, start, end in zip(
            pairs.first[starts].tolist(), ends[starts].tolist(), ends[starts + sizes].tolist(), strict=True
        ):
            span = self.vectors.span(first)
            laid_out[self.vectors.indices[span]] = self.vectors.data[span]
            weights[start:end] = laid_out[columns[start:end]]
            laid_out[self.vectors.indices[span]] = 0
        return weights


def _largest(groups: npt.NDArray[np.int64], values: FloatArray, wanted: int) -> Numbers:
    """Return the places of the largest values of each group, the largest first, of equal ones the first.

    Args:
        groups: The number of each value's group, ascending, shape ``(n,)``.
        values: Positive, shape ``(n,)``.
        wanted: How many of a group, at least 1.

    >>> _largest(np.array([0, 0, 0, 4]), np.array([0.1, 0.3, 0.1, 0.2]), 2).tolist()
    [1, 0, 3]
    """
    starts, sizes = runs(groups)
    # Rounding keeps the order: what it puts below the last one that is wanted is not among the largest.
    rounded = values.astype(np.float32)
    near = np.flatnonzero(rounded >= np.repeat(_least_of_largest(rounded, sizes, wanted), sizes))
    order = near[np.lexsort((-values[near], groups[near]))]
    starts, sizes = runs(groups[order])
    largest: Numbers = order[ragged_ranges(starts, np.minimum(sizes, wanted))]
    return largest


def _least_of_largest(values: Rounded, sizes: Numbers, wanted: int) -> Rounded:
    """Return the least of the largest values of each group, 0 where all of a group are wanted.

    Args:
        values: Positive, those of a group side by side, shape ``(n,)``.
        sizes: How many values each group has, shape ``(n_groups,)``.
        wanted: How many of a group, at least 1.
    """
    # All groups as rows of one matrix, negative: 32-bit floats of which the first ones are wanted are parted
    # twenty times as fast as 64-bit ones of which the last are.
    rows = np.zeros((len(sizes), int(sizes.max(initial=wanted))), dtype=np.float32)
    rows[np.arange(rows.shape[1]) < sizes[:, None]] = -values
    least: Rounded = -np.partition(rows, wanted - 1, axis=1)[:, wanted - 1]
    return least
