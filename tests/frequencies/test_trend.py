"""The test of Mann and Kendall against SciPy, and against every order of the values."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import kendalltau, norm, theilslopes

from pdtool.frequencies import trend
from pdtool.frequencies.trend import mann_kendall

DISTINCT = st.lists(st.integers(-1000, 1000), min_size=2, max_size=25, unique=True)
TIED = st.lists(st.integers(0, 3), min_size=2, max_size=7)


def statistic(values: tuple[int, ...] | list[int]) -> int:
    """Return Kendall's S by its definition."""
    return sum(
        (later > earlier) - (later < earlier)
        for place, earlier in enumerate(values)
        for later in values[place + 1 :]
    )


@given(DISTINCT)
def test_without_ties_it_is_scipys_exact_test(values: list[int]) -> None:
    """S, τ and p of series whose values all differ, from two values on."""
    found = mann_kendall(values, range(len(values)))
    wanted = kendalltau(range(len(values)), values, method="exact")
    assert found.s == statistic(values)
    assert found.tau == pytest.approx(wanted.statistic)
    assert found.p == pytest.approx(wanted.pvalue)


@settings(max_examples=60, deadline=None)
@given(TIED)
def test_with_ties_it_is_the_share_of_all_orders(values: list[int]) -> None:
    """Probabilities are counted out over every order of the values; τ is SciPy's τ_b."""
    found = mann_kendall(values, range(len(values)))
    every = [abs(statistic(order)) for order in permutations(values)]
    assert found.p == pytest.approx(sum(one >= abs(found.s) for one in every) / len(every))
    wanted = kendalltau(range(len(values)), values).statistic
    assert (found.tau is None and wanted != wanted) or found.tau == pytest.approx(wanted)


@given(st.lists(st.integers(0, 9), min_size=2, max_size=12), st.integers(1, 3))
def test_the_slope_is_the_median_of_all_pairs(values: list[int], step: int) -> None:
    """As SciPy's Theil-Sen slope; years without documents make a step longer."""
    years = [2000 + step * place + place // 3 for place in range(len(values))]
    assert mann_kendall(values, years).slope == pytest.approx(theilslopes(values, years).slope)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 200), min_size=40, max_size=50, unique_by=lambda value: value // 2))
def test_the_approximation_joins_on(values: list[int]) -> None:
    """Where the exact test ends, the normal approximation is close by."""
    exact = mann_kendall(values, range(len(values))).p
    ties = tuple(sorted(values.count(one) for one in {*values}))
    assert trend._approximate(statistic(values), ties) == pytest.approx(exact, abs=4e-3)


def test_the_example_of_the_epa() -> None:
    """Eleven values with two groups of ties (EPA QA/G-9S 2006, p. 109): S = 22, z = 1.685."""
    values = [10, 10, 10, 5, 10, 20, 18, 17, 15, 24, 15]
    assert mann_kendall(values, range(11)).s == 22
    ties = tuple(sorted(values.count(one) for one in {*values}))
    assert trend._approximate(22, ties) == pytest.approx(2 * norm.sf(1.685), abs=5e-5)


def test_long_series() -> None:
    """More than fifty values: a rise is a rise, and a constant series is none."""
    assert mann_kendall(range(60), range(60)).p < 1e-9
    flat = mann_kendall([1.0] * 60, range(60))
    assert (flat.s, flat.tau, flat.p, flat.slope) == (0, None, 1.0, 0.0)


def test_short_series() -> None:
    """Of no value, one and two nothing can be shown; three that rise still have p = 1/3."""
    assert mann_kendall([], []).p == 1.0
    assert mann_kendall([3.0], [2021]).slope is None
    assert mann_kendall([3.0, 4.0], [2021, 2022]).p == 1.0
    assert mann_kendall([3.0, 4.0, 5.0], [2021, 2022, 2024]).p == pytest.approx(1 / 3)
