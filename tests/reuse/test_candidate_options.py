"""Which documents are aligned: those with a share in common, or also those with a passage."""

from __future__ import annotations

import numpy as np
import pytest

from pdtool.reuse.candidate_options import candidate_options
from pdtool.reuse.options import DedupeOptions


@pytest.mark.parametrize(
    ("threshold", "passages", "singly"),
    [(0.5, None, False), (0.4, None, True), (0.4, False, False), (0.5, True, True)],
)
def test_single_passages(threshold: float, passages: bool | None, singly: bool) -> None:
    """Below a threshold of 0.5 one passage is enough, unless it is said whether it is."""
    options = DedupeOptions(threshold=threshold, passages=passages)
    found = candidate_options(np.ones(3, bool), 1, options, None)
    assert (found.least_uncommon is not None) is singly
    assert (found.common > 0) is singly
