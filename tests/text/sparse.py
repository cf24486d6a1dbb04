"""Sparse matrices for tests."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from pdtool.text.sparse_rows import SparseRows

__all__ = ["sparse"]


def sparse(whole: npt.NDArray[np.float64]) -> SparseRows:
    """Return a matrix without its zeros."""
    rows, columns = np.nonzero(whole)
    return SparseRows.of_cells(whole[rows, columns], rows, columns, (len(whole), whole.shape[1]))
