"""The tree of the report is that of SciPy."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.cluster.hierarchy import leaves_list, linkage
from scipy.spatial.distance import squareform

from pdtool.report.linkage import average_linkage, leaves


@settings(deadline=None, max_examples=40)
@given(items=st.integers(2, 45), levels=st.sampled_from([1, 2, 5, 10_000]), seed=st.integers(0, 2**32 - 1))
def test_the_tree_is_that_of_scipy(items: int, levels: int, seed: int) -> None:
    """The same joints at the same heights, to the last bit, however many distances are equal."""
    drawn = np.random.default_rng(seed).integers(0, levels, (items, items), endpoint=True) / levels
    joints = average_linkage(drawn)
    wanted = linkage(squareform(np.triu(drawn, 1) + np.triu(drawn, 1).T), method="average")
    assert joints == [(int(left), int(right), height) for left, right, height, _ in wanted.tolist()]
    assert leaves(joints) == leaves_list(wanted).tolist()
