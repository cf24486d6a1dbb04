"""Shingle hashes: equal for equal windows, uniform, and reduced without loss."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pdtool.text.arrays import distinct
from pdtool.text.code_points import code_points
from pdtool.text.shingles import SHINGLE, bottom_sketch, shingle_hashes


@given(st.text("甲乙丙", max_size=80))
def test_equal_windows_have_equal_hashes_and_others_do_not(text: str) -> None:
    """Hashes are as many as the windows and tell them apart."""
    hashes = shingle_hashes(code_points(text)).tolist()
    windows = [text[at : at + SHINGLE] for at in range(len(text) - SHINGLE + 1)]
    assert len(hashes) == len(windows)
    assert len(set(hashes)) == len(set(windows))
    assert len(set(zip(hashes, windows, strict=True))) == len(set(windows))


@given(st.lists(st.integers(0, 2**64 - 1) | st.integers(0, 50), max_size=1200), st.integers(1, 70))
def test_distinct_and_bottom_sketch_equal_the_plain_definitions(values: list[int], size: int) -> None:
    """However often values repeat, nothing is lost and nothing is out of order."""
    hashes = np.array(values, dtype=np.uint64)
    assert distinct(hashes).tolist() == sorted(set(values))
    assert bottom_sketch(hashes, size).tolist() == sorted(set(values))[:size]


def test_hashes_are_uniform() -> None:
    """Every leading bit pattern of four bits is about equally frequent over neighbouring code points."""
    codes = np.arange(0x4E00, 0x4E00 + 20_000, dtype=np.uint32)
    counts = np.bincount((shingle_hashes(codes) >> np.uint64(60)).astype(int), minlength=16)
    assert counts.min() > 0.85 * counts.mean()
    assert counts.max() < 1.15 * counts.mean()
