"""The list of slow tests is a list of tests."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import slow_names

ROOT = Path(__file__).parents[1]


def test_what_is_listed_exists() -> None:
    """Every line of ``slow.txt`` begins the names of tests that are there."""
    for name in slow_names():
        path, _, function = name.partition("::")
        assert (ROOT / path).exists(), name
        if function:
            assert f"def {function}" in (ROOT / path).read_text(encoding="utf-8"), name
