"""Lines of a site that hold the title of the text: what is the site's in them is what stands around it.

A site prints the title again in its own lines: ``《春天的苗圃》来自某某网，转载请保留``. How long the title
is and what signs it holds says nothing of the site; so such a line is judged without it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import islice

from pdtool.normalise.furniture.forms import LONGEST, Finding, line_at, may_be_furniture, recognise
from pdtool.text.lines import first_lines

__all__ = ["Titles", "recognise_around"]

_MOST_LINES = 15
"""Non-blank lines from the top among which the title is."""
_SHORTEST = 6
"""Characters of the shortest title that is looked for in other lines."""


class Titles:
    """The lines at the top of a text that may be its title; they are looked for when first asked for.

    Args:
        text: The text.
    """

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The first lines without their outer blanks, the longest first."""
        near = (line_at(self._text, span).strip() for span in islice(first_lines(self._text), _MOST_LINES))
        return tuple(sorted({line for line in near if len(line) >= _SHORTEST}, key=len, reverse=True))

    def left_out_of(self, line: str) -> Iterator[str]:
        """Yield what a line says around each title that it holds.

        >>> list(Titles("春天的苗圃有新芽").left_out_of("《春天的苗圃有新芽》来自某某网"))
        ['《》来自某某网']
        """
        bare = line.strip()
        for title in self.lines:
            if len(title) < len(bare) and title in bare:
                yield bare.replace(title, "", 1)


def recognise_around(line: str, titles: Titles, *zones: str, numbered: bool = False) -> Finding | None:
    """Return why a line is furniture by its form, or by the form of what stands around the title in it.

    Args:
        line: The line with its outer blanks.
        titles: What may be the title.
        zones: As :func:`~pdtool.normalise.furniture.forms.recognise` takes them.
        numbered: Whether the site may have numbered it.
    """
    if not may_be_furniture(line):
        return None
    finding = recognise(line, *zones, numbered=numbered)
    if finding is not None or len(line) > LONGEST:
        return finding
    for rest in titles.left_out_of(line):
        around = recognise(rest, *zones, numbered=numbered)
        if around is not None and not around.kept:
            return around
    return None
