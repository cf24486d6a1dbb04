"""How an index is named. A module of its own: telling files from indexes must not load the library."""

from __future__ import annotations

__all__ = ["SUFFIX", "is_index"]

SUFFIX = ".duckdb"
"""How the name of an index ends."""


def is_index(path: str) -> bool:
    """Return whether a path names an index, whether it is there or not."""
    return path.lower().endswith(SUFFIX)
