"""The prefilter of furniture: which of many texts may hold any, before their lines are looked at one by one.

In most texts the first and last lines hold none of the words that every form and the language of sites need,
no unmistakable form stands anywhere, and no short line recurs. A few searches per text show that. A text that
passes may be free of furniture all the same; one that does not pass holds none.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from pdtool.normalise.furniture.forms import (
    LONG_PROSE,
    PROSE,
    any_may_be_furniture,
    known_forms,
    may_be_furniture,
    recognise,
)
from pdtool.normalise.furniture.head import is_index_row
from pdtool.normalise.furniture.site_language import any_may_be_site_language
from pdtool.text.line_table import LineTable, Mask
from pdtool.text.lines import Span, last_line_before

__all__ = ["LONGEST_INSIDE", "may_hold_furniture"]

LONGEST_INSIDE = 60
"""Characters of the longest line that sites print between paragraphs."""
_TEXT_BIT = np.uint64(48)
"""The bit of a key where the number of the text begins, above the length of the line."""
_LENGTH_BIT = np.uint64(40)
"""The bit of a key where the length of the line begins, above the sum of its characters."""


def may_hold_furniture(texts: Sequence[str], lines: LineTable) -> Mask:
    """Return which of some texts may hold furniture, shape ``(n_texts,)``.

    Args:
        texts: The texts; at most 65,536.
        lines: Their lines.
    """
    may_hold = _recurring(lines)
    for number, (text, span) in enumerate(zip(texts, _running_text(lines), strict=True)):
        may_hold[number] = may_hold[number] or _edges_may(text, *span)
    return may_hold


def _running_text(lines: LineTable) -> list[tuple[Span, Span]]:
    """Return the first and the last line of running text of each text; empty ones at its end if it has none.

    Head and foot end there, unless the line is furniture itself.
    """
    prose = np.flatnonzero((lines.lengths >= LONG_PROSE) | ((lines.lengths >= PROSE) & lines.ended()))
    among = np.searchsorted(prose, np.append(lines.firsts, len(lines.starts)))
    none = among[:-1] == among[1:]
    begins, ends = lines.starts[lines.firsts], lines.ends[lines.lasts]
    spans = []
    for index in (among[:-1], among[1:] - 1):
        line = prose.take(index, mode="clip") if len(prose) else np.zeros(len(none), np.int64)
        starts, stops = (np.where(none, ends, edges[line]) - begins for edges in (lines.starts, lines.ends))
        spans.append(zip(starts.tolist(), stops.tolist(), strict=True))
    return list(zip(*spans, strict=True))


def _edges_may(text: str, first: Span, last: Span) -> bool:
    """Return whether a text may hold furniture above, below or in its outermost running text."""
    if any(needle in text for needle in _needles()):
        return True
    top, bottom = text[slice(*first)], text[slice(*last)]
    edges = [*text[: first[0]].split("\n"), *text[last[1] :].split("\n")]
    bare = [line.strip() for line in edges]
    return (
        any_may_be_furniture(edges)
        or may_be_furniture(bottom)
        or recognise(top, "head", "edge", "any") is not None
        # A label that takes the next lines may stand above the last line of running text.
        or recognise(last_line_before(text, last[0]), "foot", "edge", "any") is not None
        or any_may_be_site_language([*bare, bottom.strip()])
        or any(map(is_index_row, [*bare, top.strip()]))
    )


@cache
def _needles() -> frozenset[str]:
    return frozenset(form.needle for form in known_forms().lines_at("any"))


def _recurring(lines: LineTable) -> Mask:
    """Return which texts have two short lines of one length and of one sum of their characters."""
    short = np.flatnonzero((lines.lengths > 0) & (lines.lengths <= LONGEST_INSIDE))
    sums = np.cumsum(lines.codes, dtype=np.uint64)
    key = (
        lines.texts[short].astype(np.uint64) << _TEXT_BIT
        | lines.lengths[short].astype(np.uint64) << _LENGTH_BIT
    )
    key |= sums[lines.ends[short]] - sums[lines.starts[short]] + lines.codes[lines.starts[short]]
    key.sort()
    again = key[1:][key[1:] == key[:-1]] >> _TEXT_BIT
    return np.isin(np.arange(len(lines.firsts)), again)
