"""Lines: what a text is split into, however long it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdtool.text import lines as module
from pdtool.text.lines import lines_of


@given(st.text("党a\n", max_size=60), st.integers(1, 8))
def test_lines_are_those_of_split(text: str, batch: int) -> None:
    """However many characters are split at a time, the lines are the same."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_BATCH", batch)
        assert list(lines_of(text)) == text.split("\n")
