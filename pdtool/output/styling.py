"""Whether a terminal shows colours, and which cells have one."""

from __future__ import annotations

import os
from collections.abc import Mapping

from pdtool.output.labels import value_label
from pdtool.rows import Column

__all__ = ["DIM", "HIGH", "cell_style", "shows_styles"]

DIM = ("\x1b[2m", "\x1b[22m")
"""What begins and ends dim text (ECMA-48, SGR 2 and 22)."""
HIGH = 0.8
"""The containment from which on a pair is `same` or `contained`."""

_RELATIONS: Mapping[str, str] = {
    "identical": "bold red",
    "same": "red",
    "contained": "yellow",
    "overlap": "cyan",
}
"""The colour of a relation, the closest the warmest."""


def shows_styles() -> bool:
    """Return whether a terminal is to show colours.

    Not if it is a ``dumb`` one, not with ``NO_COLOR`` (no-color.org), and on Windows only in Windows
    Terminal, which says that it is there: older consoles print the escapes.
    """
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return os.name != "nt" or "WT_SESSION" in os.environ


def cell_style(column: Column, text: str) -> str:
    """Return the style of a cell, as rich names it; empty for none.

    >>> from pdtool.rows import Kind
    >>> cell_style(Column("containment_a", Kind.SHARE, ""), "0.9820")
    'bold'
    """
    name = column.field or column.name
    if name == "relation":
        said = {value_label(column, value): style for value, style in _RELATIONS.items()}
        return _RELATIONS.get(text) or said.get(text, "")
    if name in {"containment", "containment_a", "containment_b"} and text and float(text) >= HIGH:
        return "bold"
    return ""
