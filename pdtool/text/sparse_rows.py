"""Sparse matrices of documents by terms, for what a small corpus asks of them.

SciPy's do the same and far more, but their import takes 90 ms, as long as everything else that is done with
the counts of a few hundred documents. A large corpus is handed over to SciPy (:meth:`SparseRows.scipy`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from pdtool.text.arrays import ragged_ranges

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

__all__ = ["SparseRows"]

Values = npt.NDArray[np.float64]
Places = npt.NDArray[np.integer[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class SparseRows:
    """A matrix of which only the cells that are not empty are kept, row by row.

    Args:
        data: What stands in each cell, shape ``(n_cells,)``.
        indices: Its column, shape ``(n_cells,)``; no row has a column twice.
        indptr: The first cell of each row, and the number of all cells, shape ``(n_rows + 1,)``.
        columns: How many columns there are.
    """

    data: Values
    indices: Places
    indptr: Places
    columns: int

    @classmethod
    def of_cells(cls, data: Values, rows: Places, columns: Places, shape: tuple[int, int]) -> SparseRows:
        """Make the matrix of cells in any order, no two of which stand at the same place.

        >>> SparseRows.of_cells(np.array([1.0, 2.0]), np.array([1, 0]), np.array([0, 2]), (2, 3)).toarray()
        array([[0., 0., 2.],
               [1., 0., 0.]])
        """
        # One number for each place: sorted in less than half the time of two. Most cells come in order, from
        # which the stable sort gains.
        order = np.argsort(rows * np.int64(shape[1]) + columns, kind="stable")
        ends = np.cumsum(np.bincount(rows, minlength=shape[0]))
        return cls(data[order], columns[order], np.concatenate(([0], ends)), shape[1])

    def __len__(self) -> int:
        return len(self.indptr) - 1

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return len(self), self.columns

    @property
    def rows(self) -> Places:
        """The row of each cell, shape ``(n_cells,)``."""
        return np.repeat(np.arange(len(self)), np.diff(self.indptr))

    def span(self, row: int) -> slice:
        """Return where the cells of a row stand."""
        return slice(int(self.indptr[row]), int(self.indptr[row + 1]))

    def with_data(self, data: Values) -> SparseRows:
        """Return a matrix with other values in the same cells."""
        return SparseRows(data, self.indices, self.indptr, self.columns)

    def take(self, rows: Sequence[int] | Places | range) -> SparseRows:
        """Return some rows, in the order in which they are named."""
        chosen = np.asarray(rows, dtype=np.int64)
        lengths = np.diff(self.indptr)[chosen]
        cells = ragged_ranges(self.indptr[chosen], lengths)
        ends = np.concatenate(([0], np.cumsum(lengths)))
        return SparseRows(self.data[cells], self.indices[cells], ends, self.columns)

    def select(self, columns: Places) -> SparseRows:
        """Return some columns, in the order in which they are named, each once."""
        place = np.full(self.columns, -1)
        place[columns] = np.arange(len(columns))
        found = place[self.indices]
        kept = found >= 0
        shape = (len(self), len(columns))
        return SparseRows.of_cells(self.data[kept], self.rows[kept], found[kept], shape)

    def squared_lengths(self) -> Values:
        """Return the sum of the squares of each row, shape ``(n_rows,)``."""
        sums = np.zeros(len(self))
        filled = np.flatnonzero(np.diff(self.indptr))
        if len(filled):
            sums[filled] = np.add.reduceat(self.data * self.data, self.indptr[filled])
        return sums

    def products(self, other: SparseRows) -> Values:
        """Return the product of each row with each row of another matrix, shape ``(n_rows, n_others)``.

        The terms of each sum are added in the order of the columns, as SciPy adds them, and so the sums are
        the same bit by bit.
        """
        order = np.argsort(other.indices, kind="stable")
        row_of, values = other.rows[order], other.data[order]
        starts = np.concatenate(([0], np.cumsum(np.bincount(other.indices, minlength=other.columns))))
        lengths = np.diff(starts)
        result = np.zeros((len(self), len(other)))
        for row in range(len(self)):
            cells = self.span(row)
            columns = self.indices[cells]
            met = ragged_ranges(starts[columns], lengths[columns])
            factors = np.repeat(self.data[cells], lengths[columns])
            result[row] = np.bincount(row_of[met], factors * values[met], len(other))
        return result

    def toarray(self) -> Values:
        """Return the whole matrix, empty cells as zeros."""
        whole = np.zeros(self.shape)
        whole[self.rows, self.indices] = self.data
        return whole

    def scipy(self) -> csr_matrix:
        """Return the matrix as one of SciPy."""
        from scipy.sparse import csr_matrix

        return csr_matrix((self.data, self.indices, self.indptr), shape=self.shape)
