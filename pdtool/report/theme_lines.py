"""The lines of text behind the counts of themes."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from pdtool.documents.document import Document
from pdtool.normalise.terms import plain_term
from pdtool.report.model import ThemeLine
from pdtool.themes.counting import ThemeCounter

__all__ = ["ThemeLines"]

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
        terms = self.counter.terms.split("\n")
        themes = memoryview(self.counter.themes).cast("i")
        found: defaultdict[int, dict[int, list[int]]] = defaultdict(dict)
        for start, entry in self.counter.matches(body):
            offsets = found[themes[entry]].setdefault(entry, [])
            if len(offsets) < self.wanted:
                offsets.append(start)
        return {
            theme: tuple(_line(body, start, terms[entry]) for start, entry in self._chosen(by_entry))
            for theme, by_entry in found.items()
        }

    def _chosen(self, by_entry: dict[int, list[int]]) -> list[tuple[int, int]]:
        turns = sorted(
            (turn, start, entry) for entry, starts in by_entry.items() for turn, start in enumerate(starts)
        )
        return sorted((start, entry) for _, start, entry in turns[: self.wanted])


def _line(body: str, start: int, term: str) -> ThemeLine:
    """Cut a line around a term; of one with wildcards the first stretch is marked."""
    end = start + len(next(stretch for stretch in plain_term(term).split("*") if stretch))
    left = _LINE_END.split(body[max(0, start - _AROUND) : start])[-1]
    right = _LINE_END.split(body[end : end + _AROUND], maxsplit=1)[0]
    return ThemeLine(left, body[start:end], right)
