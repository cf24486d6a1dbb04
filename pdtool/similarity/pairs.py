"""Vectors → pairs: every pair of a small corpus, the nearest of each document of a large one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from pdtool.similarity.products import product_tiles
from pdtool.text.edits import IntArray
from pdtool.text.sparse_rows import SparseRows

__all__ = ["Pairs", "every_pair", "first_of_each", "nearest_pairs"]

FloatArray = npt.NDArray[np.float64]

_NOISE = 1e-9
"""Rounding of sums of products: a similarity this much below a bound is at it."""
_UNSORTED = 4
"""Candidates that wait for each place among the nearest before they are sorted."""


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Pairs of rows of two matrices with their similarities.

    Args:
        first: Rows of the first matrix, shape ``(n,)``.
        second: Rows of the second, shape ``(n,)``.
        similarity: From 0 to 1, shape ``(n,)``.
    """

    first: IntArray
    second: IntArray
    similarity: FloatArray

    def __len__(self) -> int:
        return len(self.similarity)

    def take(self, chosen: Any) -> Pairs:
        """Return the pairs that an array of booleans or indices chooses."""
        return Pairs(self.first[chosen], self.second[chosen], self.similarity[chosen])


def _bounded(similarity: FloatArray) -> FloatArray:
    bounded: FloatArray = np.clip(similarity, 0.0, 1.0)
    return bounded


def every_pair(vectors: SparseRows, others: SparseRows | None, least: float) -> Pairs:
    """Return every pair with at least this similarity; zeros count as pairs.

    Args:
        vectors: Of length 1 or 0, shape ``(n_documents, n_terms)``.
        others: The rows to pair them with; ``None``: with one another, each pair once.
        least: Least similarity, 0 to 1.
    """
    similarity = _bounded(vectors.products(vectors if others is None else others))
    if others is None:
        first, second = np.triu_indices(len(similarity), 1)
    else:
        first, second = (places.ravel() for places in np.indices(similarity.shape))
    pairs = Pairs(first.astype(np.int32), second.astype(np.int32), similarity[first, second])
    return pairs.take(pairs.similarity >= least - _NOISE)


def nearest_pairs(
    vectors: SparseRows, others: SparseRows | None, nearest: int, least: float, jobs: int
) -> Pairs:
    """Return the pairs of each row with the rows most similar to it; rows without a common term are none.

    The square of the similarities is never built: the memory is that of the result.

    Args:
        vectors: Of length 1 or 0, shape ``(n_documents, n_terms)``.
        others: The rows to pair them with; ``None``: with one another, each pair once.
        nearest: How many of each, at least 1.
        least: Least similarity, 0 to 1.
        jobs: Threads.
    """
    others_count = len(vectors if others is None else others)
    nearest_of = _Nearest(len(vectors), min(nearest, others_count), least)

    def near(row: int, column: int, tile: FloatArray) -> Pairs:
        if others is not None:
            return nearest_of.near(row, column, tile)
        if row == column:
            np.fill_diagonal(tile, 0.0)  # a document is not its own neighbour
            return nearest_of.near(row, column, tile)
        return _joined([nearest_of.near(row, column, tile), nearest_of.near(column, row, tile.T)])

    for found in product_tiles(vectors.scipy(), others and others.scipy(), near, jobs):
        nearest_of.offer(found)
    pairs = nearest_of.pairs()
    return pairs if others is not None else _each_once(pairs, len(vectors))


class _Nearest:
    """The rows most similar to each of some rows, among those offered so far.

    Of equal ones, rounding aside, those of the smallest numbers; so nothing depends on the order of the
    tiles.

    Args:
        rows: How many rows look for neighbours.
        wanted: How many neighbours of each are kept, at least 1.
        least: Least similarity; nothing is a neighbour at 0.
    """

    def __init__(self, rows: int, wanted: int, least: float) -> None:
        self._wanted = wanted
        self._border = np.full(rows, max(least - _NOISE, np.finfo(np.float64).tiny))
        self._offered: list[Pairs] = []
        self._room = _UNSORTED * rows * wanted

    def near(self, row: int, column: int, tile: FloatArray) -> Pairs:
        """Return what of a tile may be among the nearest, as far as is known yet; in any thread.

        Args:
            row: The number of the tile's first row.
            column: That of its first column.
            tile: The similarities.
        """
        # Another thread may raise the same border meanwhile: whichever stays, as many are beyond it.
        border = self._border[row : row + len(tile)]
        beyond = tile.shape[1] - self._wanted
        near = tile >= border[:, None]
        # Partition takes far longer than to compare; once a border is known few are beyond it.
        if beyond > 0 and np.count_nonzero(near) > _UNSORTED * self._wanted * len(tile):
            np.maximum(border, np.partition(tile, beyond, axis=1)[:, beyond] - _NOISE, out=border)
            near = tile >= border[:, None]
        first, second = np.nonzero(near)
        return Pairs((first + row).astype(np.int32), (second + column).astype(np.int32), tile[first, second])

    def offer(self, found: Pairs) -> None:
        """Take what was near in a tile."""
        self._offered.append(found)
        if sum(map(len, self._offered)) > self._room:
            self._settle()

    def pairs(self) -> Pairs:
        """Return the pairs of each row, the most similar first."""
        self._settle()
        return Pairs(self._offered[0].first, self._offered[0].second, _bounded(self._offered[0].similarity))

    def _settle(self) -> None:
        """Keep the best of each row, and what a later one must reach to be among them."""
        offered = _joined(self._offered)
        order = np.lexsort((offered.second, -np.round(offered.similarity / _NOISE), offered.first))
        best = first_of_each(offered.take(order), self._wanted)
        lasts = np.flatnonzero(np.diff(best.first, append=-1))
        full = lasts[np.bincount(best.first, minlength=len(self._border))[best.first[lasts]] == self._wanted]
        self._border[best.first[full]] = np.maximum(
            self._border[best.first[full]], best.similarity[full] - _NOISE
        )
        self._offered = [best]


def _joined(parts: Sequence[Pairs]) -> Pairs:
    return Pairs(
        np.concatenate([part.first for part in parts]),
        np.concatenate([part.second for part in parts]),
        np.concatenate([part.similarity for part in parts]),
    )


def first_of_each(pairs: Pairs, wanted: int) -> Pairs:
    """Return the first pairs of each row; those of one row stand together."""
    begins = np.flatnonzero(np.diff(pairs.first, prepend=-1))
    rank = np.arange(len(pairs)) - np.repeat(begins, np.diff(begins, append=len(pairs)))
    return pairs.take(rank < wanted)


def _each_once(kept: Pairs, rows: int) -> Pairs:
    """Name each pair once, the smaller row first."""
    low, high = np.minimum(kept.first, kept.second), np.maximum(kept.first, kept.second)
    _, once = np.unique(low.astype(np.int64) * rows + high, return_index=True)
    return Pairs(low[once], high[once], kept.similarity[once])
