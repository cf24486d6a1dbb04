"""The products of sparse vectors, tile by tile: the square of a large corpus is never there at once.

In a corpus of papers a few thousand characters and words stand in very many documents. They fill the vectors,
and a sparse product takes them pair by pair. So the columns that many rows have are multiplied as dense
matrices, by the processor's own routines (BLAS), and only the rest as sparse ones; the sum is exact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import numpy.typing as npt

from pdtool.workers import in_threads

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

__all__ = ["product_tiles"]

Result = TypeVar("Result")
FloatArray = npt.NDArray[np.float64]

_COMMON = 1 / 8
"""Share of the rows from which on a column is cheaper as a dense one: a dense product of two cells takes
about a sixtieth of the time of a sparse one (measured in November 2026 on two cores)."""
_DENSE_BYTES = 256_000_000
"""At most so much for the dense columns."""
_TILE = 2048
"""Rows and columns of a tile of products, where one is worked at: 33 MB, which several share."""


@dataclass(frozen=True, slots=True, eq=False)
class _Divided:
    """Vectors as dense columns and as sparse ones."""

    dense: FloatArray
    sparse: csr_matrix

    @classmethod
    def of(cls, vectors: csr_matrix, common: npt.NDArray[np.bool_]) -> _Divided:
        """Divide vectors by which columns are common."""
        dense = vectors[:, np.flatnonzero(common)].toarray()
        rest = vectors.copy()
        rest.data[common[rest.indices]] = 0.0
        rest.eliminate_zeros()
        return cls(dense, rest)


def _common(vectors: csr_matrix) -> npt.NDArray[np.bool_]:
    """Tell which columns are worth being dense, shape ``(n_terms,)``."""
    rows, columns = vectors.shape
    found = np.bincount(vectors.indices, minlength=columns)
    room = _DENSE_BYTES // (8 * max(1, rows))
    beyond = columns - room - 1
    least = np.partition(found, beyond)[beyond] if beyond >= 0 else 0
    common: npt.NDArray[np.bool_] = found > max(_COMMON * rows, least)
    return common


def product_tiles(
    vectors: Any, others: Any | None, use: Callable[[int, int, FloatArray], Result], jobs: int
) -> Iterator[Result]:
    """Multiply all rows of two matrices, a tile at a time, and return what is made of each tile, in order.

    Args:
        vectors: Sparse rows, shape ``(n, n_terms)``.
        others: The other rows, shape ``(m, n_terms)``; ``None`` for the same ones: then only the tiles on and
            above the diagonal come, since the others are these turned round.
        use: What is done with the number of a tile's first row, that of its first column, and the products;
            in several threads at a time.
        jobs: Threads.

    Returns:
        What ``use`` returns, tile by tile.
    """
    common = _common(vectors if others is None else others)
    left = _Divided.of(vectors, common)
    right = left if others is None else _Divided.of(others, common)
    side = max(1, int(_TILE / sqrt(jobs)))
    rows, columns = _slices(left.sparse.shape[0], side), _slices(right.sparse.shape[0], side)
    left_parts = [left.sparse[part] for part in rows]
    turned = [right.sparse[part].T.tocsr() for part in columns]

    def used(corner: tuple[int, int]) -> Result:
        row, column = corner
        tile = (left_parts[row] @ turned[column]).toarray()
        tile += left.dense[rows[row]] @ right.dense[columns[column]].T
        return use(rows[row].start, columns[column].start, tile)

    corners = (
        (row, column)
        for row in range(len(rows))
        for column in range(row if others is None else 0, len(columns))
    )
    return in_threads(used, corners, jobs)


def _slices(length: int, side: int) -> list[slice]:
    return [slice(start, min(start + side, length)) for start in range(0, length, side)]
