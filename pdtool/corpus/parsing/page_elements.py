"""Which elements of web pages have which role, as ``data/html_elements.json`` says."""

from __future__ import annotations

from functools import cache

from pdtool.data_files import data_json

__all__ = ["elements"]


@cache
def elements(role: str) -> frozenset[str]:
    """Return the names of the elements that have a role in pages (``data/html_elements.json``)."""
    table = data_json("html_elements.json")
    return frozenset(table[role])
