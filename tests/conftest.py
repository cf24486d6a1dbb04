"""Which tests are slow: ``make check`` passes over those that ``slow.txt`` lists."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pdtool.language import speaking

HERE = Path(__file__).parent


def slow_names() -> tuple[str, ...]:
    """Return how the names of the slow tests begin."""
    lines = (HERE / "slow.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that are listed."""
    names = slow_names()
    for item in items:
        if item.nodeid.startswith(names):
            item.add_marker("slow")


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Speak English, whatever the locale of the machine, and again after a test that spoke otherwise."""
    monkeypatch.setenv("PDTOOL_LANG", "en")
    with speaking("en"):
        yield
