"""Packed edge lines teach what the edge lines themselves teach."""

from __future__ import annotations

import pickle

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pdtool.normalise.furniture.edge_lines import EdgeLines
from pdtool.normalise.furniture.packed_edge_lines import PackedEdgeLines, learn, learn_again
from pdtool.normalise.furniture.shared_blocks import learn_blocks

LINE = st.integers(1, 6).map(lambda number: number << 8 | 30)
"""A line of thirty characters; six of them, so that many are shared."""
SKETCH = st.integers(0, 4).map(lambda seed: np.unique(np.random.default_rng(seed).integers(0, 2**63, 64)))
EDGE_LINES = st.builds(
    EdgeLines,
    st.lists(LINE, max_size=3).map(tuple),
    st.lists(LINE, max_size=3).map(tuple),
    SKETCH.map(lambda sketch: sketch.astype(np.uint64)),
    st.frozensets(LINE, max_size=2),
)


@settings(max_examples=100, deadline=None)
@given(st.lists(EDGE_LINES, max_size=20), st.integers(1, 5))
def test_packed_edge_lines_teach_the_same(documents: list[EdgeLines], batch: int) -> None:
    """The blocks, and the documents they touch, are those of the plain edge lines, in any batches."""
    parts = [
        PackedEdgeLines.of(range(at, min(at + batch, len(documents))), documents[at : at + batch])
        for at in range(0, len(documents), batch)
    ]
    blocks, touched = learn(pickle.loads(pickle.dumps(parts)))  # noqa: S301 (its own)
    assert blocks == learn_blocks(documents)
    assert touched == [number for number, document in enumerate(documents) if blocks.touches(document)]


@settings(max_examples=100, deadline=None)
@given(st.lists(EDGE_LINES, max_size=14), st.lists(EDGE_LINES, max_size=6), st.lists(EDGE_LINES, max_size=6))
def test_learning_again_is_learning_at_once(
    stay: list[EdgeLines], go: list[EdgeLines], come: list[EdgeLines]
) -> None:
    """Documents go and others come: those are done again that hold other blocks than before, no others."""
    before = learn_blocks([*stay, *go])
    touched = {number for number, document in enumerate(stay) if before.touches(document)}
    parts = [
        PackedEdgeLines.of(range(len(stay)), stay),
        PackedEdgeLines.of(range(len(stay), len(stay) + len(come)), come),
    ]
    blocks, changed, now = learn_again(parts, before, set(range(len(stay))), touched)
    every = [*stay, *come]
    assert blocks == learn_blocks(every)
    assert now == [number for number, document in enumerate(every) if blocks.touches(document)]
    earlier = [before.held_by(one) for one in stay] + [(0, 0, frozenset[int]())] * len(come)
    assert changed == [n for n, one in enumerate(every) if blocks.held_by(one) != earlier[n]]


@settings(max_examples=50, deadline=None)
@given(st.lists(EDGE_LINES, min_size=1, max_size=6))
def test_edge_lines_come_back_from_bytes(documents: list[EdgeLines]) -> None:
    """What is kept on disk teaches what it taught."""
    packed = PackedEdgeLines.of(range(len(documents)), documents)
    kept = PackedEdgeLines.of_bytes(packed.numbers, list(zip(*packed.to_bytes(), strict=True)))
    for number, document in enumerate(documents):
        found = kept.edge_lines(number)
        assert (found.head, found.foot, found.inner) == (document.head, document.foot, document.inner)
        assert np.array_equal(found.sketch, document.sketch)
