"""The lines of text behind the counts of themes."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from pdtool.documents.document import Document
from pdtool.report.model import ThemeLine
from pdtool.themes.counting import ThemeCounter

__all__ = ["ThemeLines", "line_around"]

_Place = tuple[int, int]
"""Where an occurrence begins and ends."""
_AROUND = 24
"""Characters of the line on either side of a term."""
_LINE_END = re.compile(r"[\r\n\v\f\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class ThemeLines:
    """Finds lines in which the terms of each theme stand, in one document after another.

    Args:
        counter: Finds the terms; the same that counts them.
        wanted: Lines a theme.
    """

    counter: ThemeCounter
    wanted: int

    def __call__(self, document: Document) -> dict[int, tuple[ThemeLine, ...]]:
        """Return lines by the number of the entry's theme: every term once before any is repeated."""
        body = self.counter.body(document)
        themes = memoryview(self.counter.themes).cast("i")
        found: defaultdict[int, dict[int, list[_Place]]] = defaultdict(dict)
        for start, end, entry in self.counter.occurrences(body):
            places = found[themes[entry]].setdefault(entry, [])
            if len(places) < self.wanted:
                places.append((start, end))
        return {
            theme: tuple(line_around(body, *place) for place in self._chosen(by_entry))
            for theme, by_entry in found.items()
        }

    def _chosen(self, by_entry: dict[int, list[_Place]]) -> list[_Place]:
        turns = sorted(
            (turn, place, entry) for entry, places in by_entry.items() for turn, place in enumerate(places)
        )
        return sorted(place for _, place, _ in turns[: self.wanted])


def line_around(body: str, start: int, end: int) -> ThemeLine:
    """Cut a line around a term.

    Args:
        body: The text.
        start: Where the term begins.
        end: Where it ends.
    """
    left = _LINE_END.split(body[max(0, start - _AROUND) : start])[-1]
    right = _LINE_END.split(body[end : end + _AROUND], maxsplit=1)[0]
    return ThemeLine(left, body[start:end], right)
