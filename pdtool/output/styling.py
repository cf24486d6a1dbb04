"""Whether a terminal shows colours, which cells have one, and text that wraps at words."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping

from pdtool.output.labels import value_label
from pdtool.rows import Column

__all__ = ["DIM", "HIGH", "cell_style", "shows_styles", "wrapped"]

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


def wrapped(text: str, width: int, indent: str = "  ") -> Iterator[str]:
    """Yield a text as lines, broken at blanks; a word that is wider than a line is broken anywhere.

    Args:
        text: One line without control characters.
        width: Columns of a line, at least 20; a Chinese character takes two.
        indent: What every line but the first begins with.

    >>> list(wrapped("no room for the columns of dates and figures", 20))
    ['no room for the', '  columns of dates', '  and figures']
    """
    from pdtool.output.width import display_width

    if display_width(text) <= width:
        yield text
        return
    line = ""
    for word in _pieces(text, width - len(indent)):
        longer = f"{line} {word}" if line.strip() else line + word
        if line.strip() and display_width(longer) > width:
            yield line
            longer = indent + word
        line = longer
    yield line


def _pieces(text: str, width: int) -> Iterator[str]:
    """Yield the words of a text, those that are too wide in parts."""
    from pdtool.output.width import clip_end, display_width

    for word in text.split(" "):
        rest = word
        while display_width(rest) > width:
            taken = len(clip_end(rest, width + 1)) - 1 or 1
            yield rest[:taken]
            rest = rest[taken:]
        yield rest
