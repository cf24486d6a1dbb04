"""How closely terms stand together: every formula against its definition, and against printed examples."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdtool.network.measures import association, g2, jaccard, measure, npmi, ochiai
from pdtool.significance import adjusted, p_values
from tests.network import naive

DUNNING = (
    (270.72, 110, 2442, 111, 29114),
    (263.90, 29, 13, 123, 31612),
    (256.84, 31, 23, 139, 31584),
    (167.23, 10, 0, 3, 31764),
    (157.21, 76, 104, 2476, 29121),
    (157.03, 16, 16, 51, 31694),
    (146.80, 9, 0, 5, 31763),
    (115.02, 16, 0, 865, 30896),
    (104.53, 10, 9, 41, 31717),
    (100.96, 8, 2, 27, 31740),
    (98.72, 12, 111, 14, 31640),
)
"""What Dunning (1993) prints of bigrams, section 7: −2 log λ, and how often there are both words, the first
alone, the second alone, and neither."""


@st.composite
def tables(draw: st.DrawFn) -> tuple[int, int, int, int]:
    """Draw how many units hold both terms, the one, the other, and how many there are."""
    both = draw(st.integers(1, 50))
    one, other, neither = (draw(st.integers(0, 200)) for _ in range(3))
    return both, both + one, both + other, both + one + other + neither


@settings(deadline=None)
@given(st.lists(tables(), min_size=1, max_size=20))
def test_the_measures_are_their_definitions(drawn: list[tuple[int, int, int, int]]) -> None:
    """Each measure of each pair is what its formula gives for that pair alone."""
    both, a, b, _ = (np.array(values) for values in zip(*drawn, strict=True))
    for row, (n_both, n_a, n_b, _) in enumerate(drawn):
        assert ochiai(both, a, b)[row] == pytest.approx(naive.ochiai(n_both, n_a, n_b))
        assert jaccard(both, a, b)[row] == pytest.approx(naive.jaccard(n_both, n_a, n_b))
    for n_both, n_a, n_b, units in drawn:
        one = (np.array([n_both]), np.array([n_a]), np.array([n_b]), units)
        assert association(*one)[0] == pytest.approx(naive.association(n_both, n_a, n_b, units))
        assert npmi(*one)[0] == pytest.approx(naive.npmi(n_both, n_a, n_b, units), abs=1e-9)
        assert g2(*one)[0] == pytest.approx(naive.g2(n_both, n_a, n_b, units), abs=1e-8)


@settings(deadline=None)
@given(tables())
def test_the_measures_keep_their_ranges(table: tuple[int, int, int, int]) -> None:
    """Ochiai and Jaccard lie from 0 to 1, NPMI from −1 to 1, and all agree on which side of chance it is."""
    both, a, b, units = table
    found = measure(np.array([both]), np.array([a]), np.array([b]), units, apart=True)
    assert 0 < found.jaccard[0] <= found.ochiai[0] + 1e-12 <= 1 + 1e-9
    assert -1 - 1e-9 <= found.npmi[0] <= 1 + 1e-9
    assert found.g2 is not None
    if both * units != a * b:
        oftener = both * units > a * b
        assert [bool(found.association[0] > 1), bool(found.g2[0] >= 0)] == [oftener, oftener]


@pytest.mark.parametrize(("statistic", "both", "first", "second", "neither"), DUNNING)
def test_g2_is_what_dunning_prints(
    statistic: float, both: int, first: int, second: int, neither: int
) -> None:
    """The eleven rows of his table with all four counts, to the last decimal that is printed."""
    units = both + first + second + neither
    found = g2(np.array([both]), np.array([both + first]), np.array([both + second]), units)
    assert round(float(found[0]), 2) == statistic


@settings(deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_q_is_the_least_false_discovery_rate(p: list[float]) -> None:
    """The corrected values are those of the step-up procedure of Benjamini and Hochberg (1995)."""
    assert adjusted(np.array(p)).tolist() == pytest.approx(naive.false_discovery_rates(p))


def test_overlapping_units_are_not_tested() -> None:
    """Of windows, which are no independent observations, there is neither G² nor q."""
    found = measure(np.array([2]), np.array([3]), np.array([4]), 9, apart=False)
    assert (found.g2, found.q) == (None, None)


def test_q_corrects_for_all_pairs_at_once() -> None:
    """It is the correction of the p-values of G² over everything that was measured together."""
    found = measure(np.array([5, 1, 2]), np.array([6, 9, 4]), np.array([7, 9, 4]), 40, apart=True)
    assert found.g2 is not None
    assert found.q is not None
    assert found.q.tolist() == pytest.approx(naive.false_discovery_rates(p_values(found.g2).tolist()))
