"""Which of many texts may hold furniture at all, told before their lines are judged one by one.

Most texts show no sign of a site: their first and last lines hold none of the words that every form and the
language of sites need, no unmistakable form stands anywhere, and no short line recurs. That is seen by a few
searches a text. A text that shows a sign may be free of furniture all the same; one that shows none is.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from pdtool.normalise.furniture.forms import (
    LONG_PROSE,
    PROSE,
    any_may_be_furniture,
    catalogue,
    judge,
    may_be_furniture,
)
from pdtool.normalise.furniture.head import is_index_row
from pdtool.normalise.furniture.site_language import any_may_be_site_language
from pdtool.text.line_table import LineTable, Mask
from pdtool.text.lines import Span, last_line_before

__all__ = ["LONGEST_INSIDE", "may_hold_furniture"]

LONGEST_INSIDE = 60
"""Characters of the longest line that sites print between paragraphs."""
_TEXT, _LENGTH = np.uint64(48), np.uint64(40)
"""Where the number of a text and the length of a line begin in a key, above the sum of the characters."""


def may_hold_furniture(texts: Sequence[str], lines: LineTable) -> Mask:
    """Tell which of some texts may hold furniture.

    Args:
        texts: The texts; at most 65,536.
        lines: Their lines.
    """
    shown = _recurring(lines)
    for number, (text, span) in enumerate(zip(texts, _running_text(lines), strict=True)):
        shown[number] = shown[number] or _shows_sign(text, *span)
    return shown


def _running_text(lines: LineTable) -> list[tuple[Span, Span]]:
    """Return the first and the last line of running text of each text; empty ones at its end if it has none.

    Head and foot end there, unless the line is furniture itself.
    """
    prose = np.flatnonzero((lines.lengths >= LONG_PROSE) | ((lines.lengths >= PROSE) & lines.ended()))
    among = np.searchsorted(prose, np.append(lines.firsts, len(lines.starts)))
    none = among[:-1] == among[1:]
    begins, ends = lines.starts[lines.firsts], lines.ends[lines.lasts]
    spans = []
    for place in (among[:-1], among[1:] - 1):
        line = prose.take(place, mode="clip") if len(prose) else np.zeros(len(none), np.int64)
        starts, stops = (np.where(none, ends, edges[line]) - begins for edges in (lines.starts, lines.ends))
        spans.append(zip(starts.tolist(), stops.tolist(), strict=True))
    return list(zip(*spans, strict=True))


def _shows_sign(text: str, first: Span, last: Span) -> bool:
    """Tell whether a text may show a sign of the site above, below or in its outermost running text."""
    if any(needle in text for needle in _needles()):
        return True
    top, bottom = text[slice(*first)], text[slice(*last)]
    edges = [*text[: first[0]].split("\n"), *text[last[1] :].split("\n")]
    bare = [line.strip() for line in edges]
    return (
        any_may_be_furniture(edges)
        or may_be_furniture(bottom)
        or judge(top, "head", "edge", "any") is not None
        # A label that takes the next lines may stand above the last line of running text.
        or judge(last_line_before(text, last[0]), "foot", "edge", "any") is not None
        or any_may_be_site_language([*bare, bottom.strip()])
        or any(map(is_index_row, [*bare, top.strip()]))
    )


@cache
def _needles() -> frozenset[str]:
    return frozenset(form.needle for form in catalogue().lines_at("any"))


def _recurring(lines: LineTable) -> Mask:
    """Tell which texts have two short lines of one length and of one sum of their characters."""
    at = np.flatnonzero((lines.lengths > 0) & (lines.lengths <= LONGEST_INSIDE))
    sums = np.cumsum(lines.codes, dtype=np.uint64)
    key = lines.texts[at].astype(np.uint64) << _TEXT | lines.lengths[at].astype(np.uint64) << _LENGTH
    key |= sums[lines.ends[at]] - sums[lines.starts[at]] + lines.codes[lines.starts[at]]
    key.sort()
    again = key[1:][key[1:] == key[:-1]] >> _TEXT
    return np.isin(np.arange(len(lines.firsts)), again)
