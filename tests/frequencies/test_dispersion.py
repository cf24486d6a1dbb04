"""Gries's DP against its formula written out."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdtool.frequencies.dispersion import deviation_of_proportions
from tests.text.sparse import sparse


def naive(counts: list[int], sizes: list[int]) -> float:
    """Return DP by its definition (Gries 2008, p. 415)."""
    total, size = sum(counts), sum(sizes)
    return sum(abs(count / total - part / size) for count, part in zip(counts, sizes, strict=True)) / 2


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[list[int]], list[int]]:
    """Return counts of some terms in some parts, and the sizes of the parts."""
    parts, terms = draw(st.integers(1, 6)), draw(st.integers(1, 4))
    row = st.lists(st.integers(0, 5), min_size=terms, max_size=terms)
    counts = draw(st.lists(row, min_size=parts, max_size=parts))
    sizes = draw(st.lists(st.integers(0, 50), min_size=parts, max_size=parts).filter(any))
    return counts, sizes


@given(tables())
def test_dp_is_its_definition(table: tuple[list[list[int]], list[int]]) -> None:
    """Every term of a table, those that occur nowhere have none; and it lies between 0 and 1."""
    counts, sizes = table
    found = deviation_of_proportions(sparse(np.array(counts, dtype=float)), np.array(sizes))
    for term, value in enumerate(found.tolist()):
        column = [row[term] for row in counts]
        if any(column):
            assert value == pytest.approx(naive(column, sizes), abs=1e-12)
            assert 0 <= value <= 1 + 1e-12
        else:
            assert np.isnan(value)


def test_the_example_of_gries() -> None:
    """His five parts of single letters (2008), of 9 to 11: a occurs one to five times, its DP is 0.18."""
    parts = ["bamnibeup", "basatbewqn", "bcagabesta", "baghabeaat", "bahaabeaxat"]
    counts = np.array([[part.count("a"), part.count("x")] for part in parts], dtype=float)
    found = deviation_of_proportions(sparse(counts), np.array(list(map(len, parts))))
    assert counts[:, 0].tolist() == [1, 2, 3, 4, 5]
    assert found.tolist() == pytest.approx([0.18, 0.78], abs=0.005)


def test_a_term_as_the_text_is_spread_has_none() -> None:
    """In proportion to the sizes it is 0; all in the smallest part it is 1 less that part's share."""
    sizes = np.array([10, 20, 70])
    even = deviation_of_proportions(sparse(np.array([[1.0], [2.0], [7.0]])), sizes)
    uneven = deviation_of_proportions(sparse(np.array([[3.0], [0.0], [0.0]])), sizes)
    assert even.tolist() == pytest.approx([0.0])
    assert uneven.tolist() == pytest.approx([0.9])


def test_a_corpus_without_text_has_no_dispersion() -> None:
    """No sizes, no shares: nothing is divided by 0."""
    assert np.isnan(deviation_of_proportions(sparse(np.zeros((2, 3))), np.array([0, 0]))).all()
