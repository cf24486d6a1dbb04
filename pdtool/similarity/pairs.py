"""Vectors → pairs: every pair of a small corpus, the nearest of each document of a large one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from pdtool.normalise.edits import IntArray

__all__ = ["Pairs", "every_pair", "first_of_each", "nearest_pairs", "shared_terms"]

FloatArray = npt.NDArray[np.float64]

_NOISE = 1e-9
"""Rounding of sums of products: a similarity this much below a bound is at it."""


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


def every_pair(vectors: Any, others: Any | None, least: float) -> Pairs:
    """Return every pair with at least this similarity; zeros count as pairs.

    Args:
        vectors: Of length 1 or 0, shape ``(n_documents, n_terms)``.
        others: The rows to pair them with; ``None``: with one another, each pair once.
        least: Least similarity, 0 to 1.
    """
    similarity = _bounded((vectors @ (vectors if others is None else others).T).toarray())
    if others is None:
        first, second = np.triu_indices(len(similarity), 1)
    else:
        first, second = (places.ravel() for places in np.indices(similarity.shape))
    pairs = Pairs(first.astype(np.int32), second.astype(np.int32), similarity[first, second])
    return pairs.take(pairs.similarity >= least - _NOISE)


def nearest_pairs(vectors: Any, others: Any | None, nearest: int, least: float, jobs: int) -> Pairs:
    """Return the pairs of each row with the rows most similar to it; rows without a common term are none.

    The square of the similarities is never built: the memory is that of the result.

    Args:
        vectors: Of length 1 or 0, shape ``(n_documents, n_terms)``.
        others: The rows to pair them with; ``None``: with one another, each pair once.
        nearest: How many of each, at least 1.
        least: Least similarity, 0 to 1.
        jobs: Threads.
    """
    from sparse_dot_topn import sp_matmul_topn

    among = vectors if others is None else others
    if not among.shape[1]:
        none = np.empty(0, dtype=np.int32)
        return Pairs(none, none, np.empty(0))
    # One more where every row finds itself.
    wanted = min(nearest + (others is None), among.shape[0])
    found = sp_matmul_topn(
        vectors, among.T.tocsr(), top_n=wanted, threshold=max(0.0, least - _NOISE), sort=True, n_threads=jobs
    )
    first = np.repeat(np.arange(found.shape[0], dtype=np.int32), np.diff(found.indptr))
    pairs = Pairs(first, found.indices.astype(np.int32), _bounded(found.data))
    if others is not None:
        return pairs
    return _each_once(first_of_each(pairs.take(pairs.first != pairs.second), nearest), vectors.shape[0])


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


def shared_terms(
    vectors: Any, others: Any, pairs: Pairs, terms: Sequence[str], wanted: int
) -> Iterator[tuple[str, ...]]:
    """Yield for each pair the terms whose products add most to its similarity, the largest first.

    Args:
        vectors: The matrix of the first rows.
        others: The matrix of the second rows.
        pairs: In any order.
        terms: The term of each column, sorted; of equal products the earlier comes first.
        wanted: How many terms a pair.
    """
    laid_out = np.zeros(len(terms))
    current = -1
    for first, second in zip(pairs.first.tolist(), pairs.second.tolist(), strict=True):
        if first != current:
            laid_out[:] = 0
            laid_out[_columns(vectors, first)] = vectors.data[_span(vectors, first)]
            current = first
        columns = _columns(others, second)
        products = laid_out[columns] * others.data[_span(others, second)]
        yield tuple(terms[column] for column in _largest(columns, products, wanted))


def _span(matrix: Any, row: int) -> slice:
    return slice(matrix.indptr[row], matrix.indptr[row + 1])


def _columns(matrix: Any, row: int) -> IntArray:
    columns: IntArray = matrix.indices[_span(matrix, row)]
    return columns


def _largest(columns: IntArray, products: FloatArray, wanted: int) -> list[int]:
    common = np.flatnonzero(products)
    if 0 < wanted < len(common):
        border = np.partition(products[common], len(common) - wanted)[len(common) - wanted]
        common = common[products[common] >= border]
    order = np.argsort(-products[common], kind="stable")[:wanted]
    chosen: list[int] = columns[common[order]].tolist()
    return chosen
