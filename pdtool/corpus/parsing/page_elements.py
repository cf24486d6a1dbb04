"""Which elements of web pages have which role, as ``data/html_elements.json`` says."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

__all__ = ["elements"]


@cache
def elements(role: str) -> frozenset[str]:
    """Return the names of the elements that have a role in pages (``data/html_elements.json``)."""
    table = json.loads((files("pdtool") / "data" / "html_elements.json").read_text(encoding="utf-8"))
    return frozenset(table[role])
