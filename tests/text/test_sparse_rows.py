"""Sparse matrices against SciPy's, bit by bit."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.text.sparse import sparse

_SHAPES = st.tuples(st.integers(1, 12), st.integers(1, 12), st.integers(1, 40))


def _random(seed: int, rows: int, columns: int, density: float) -> Any:
    random = np.random.default_rng(seed)
    return random.standard_normal((rows, columns)) * (random.random((rows, columns)) < density)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**31), _SHAPES, st.sampled_from([0.0, 0.05, 0.5, 1.0]))
def test_sums_are_those_of_scipy_to_the_last_bit(
    seed: int, shape: tuple[int, int, int], density: float
) -> None:
    """Products of rows and the lengths of rows: a table must not change with who adds up."""
    rows, others, columns = shape
    one, other = (
        sparse(_random(seed + n, count, columns, density)) for n, count in enumerate((rows, others))
    )
    assert np.array_equal(one.products(other), (one.scipy() @ other.scipy().T).toarray())
    squares = one.scipy().multiply(one.scipy()).sum(axis=1).A1
    assert np.array_equal(one.squared_lengths(), squares)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**31), _SHAPES, st.data())
def test_parts_of_a_matrix_are_those_of_the_whole_one(
    seed: int, shape: tuple[int, int, int], data: st.DataObject
) -> None:
    """Rows and columns chosen in any order, some rows twice, stand where they were asked for."""
    rows, _, columns = shape
    whole = _random(seed, rows, columns, 0.4)
    matrix = sparse(whole)
    some_rows = data.draw(st.lists(st.integers(0, rows - 1), max_size=6))
    some_columns = np.array(data.draw(st.permutations(range(columns))), dtype=np.int64)[: columns // 2]
    assert np.array_equal(matrix.toarray(), whole)
    assert matrix.shape == whole.shape
    assert np.array_equal(matrix.take(some_rows).toarray(), whole[some_rows])
    assert np.array_equal(matrix.select(some_columns).toarray(), whole[:, some_columns])


@pytest.mark.parametrize("shape", [(0, 3), (2, 0), (0, 0)])
def test_empty_matrices(shape: tuple[int, int]) -> None:
    """No documents, or none with a term, is a matrix too."""
    matrix = sparse(np.zeros(shape))
    assert matrix.shape == shape
    assert matrix.products(matrix).shape == (shape[0], shape[0])
    assert matrix.squared_lengths().tolist() == [0.0] * shape[0]
