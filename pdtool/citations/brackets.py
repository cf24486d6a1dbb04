"""Brackets behind a title: what each holds."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["brackets_behind"]

Stretch = tuple[int, int]

_BRACKET = re.compile(r"[ \t\u3000]{0,4}\n?[ \t\u3000]{0,4}[（(【〔\[]")
_BRACKET_SIGNS = re.compile(r"[（(【〔\[]|[)）】〕\]]")
_DEEPEST = 4


def brackets_behind(text: str, offset: int, longest: int) -> Iterator[Stretch]:
    """Yield the half-open offsets of what the brackets hold that follow an offset one behind the other.

    Args:
        text: The clean text.
        offset: Where they may begin; blanks and a line end may stand before each.
        longest: The most characters that one holds.
    """
    while (opening := _BRACKET.match(text, offset)) is not None:
        end = _bracket_end(text, opening.end(), longest)
        if end < 0:
            return
        yield opening.end(), end
        offset = end + 1


def _bracket_end(text: str, start: int, longest: int) -> int:
    """Return the offset at which a bracket closes; -1 if it does not within so many characters."""
    depth = 1
    for sign in _BRACKET_SIGNS.finditer(text, start, min(len(text), start + longest)):
        depth += 1 if sign[0] in "（(【〔[" else -1
        if not depth:
            return sign.start()
        if depth > _DEEPEST:
            return -1
    return -1
