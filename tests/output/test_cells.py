"""Cells as text: a column at a time says what each of its cells says alone."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdtool.output.cells import text_writer, texts
from pdtool.rows import Kind

VALUES: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.TEXT: st.text(max_size=5),
    Kind.COUNT: st.integers(),
    Kind.SHARE: st.floats() | st.integers(-9, 9) | st.sampled_from([-0.0, -0.00001, 0.00005, 0.12345]),
    Kind.FLAG: st.booleans(),
    Kind.LIST: st.lists(st.text(max_size=3), max_size=3).map(tuple),
}


@pytest.mark.parametrize("kind", Kind)
@given(data=st.data())
def test_a_column_says_what_its_cells_say(kind: Kind, data: st.DataObject) -> None:
    """With and without empty cells."""
    some = st.lists(VALUES[kind], max_size=6)
    values = data.draw(some | st.lists(st.none() | VALUES[kind], max_size=6))
    assert texts(kind, values) == list(map(text_writer(kind), values))
