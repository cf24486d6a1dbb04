"""Where the edges of texts are that a site may have printed, and which lines between paragraphs speak for it.

An edge ends at the first line that is a sentence, a heading, a list item, a statute, a salutation, a
promulgation or front matter (:mod:`pdtool.normalise.furniture.shared_lines`), and there is none if no line of
it reads like a site's. Most texts have none, which is told of many of them at once. They are looked at before
they are repaired (:mod:`pdtool.normalise.prefilter`), and again only if repairs above the furniture changed
them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import islice

import numpy as np

from pdtool.bounded_cache import BoundedCache
from pdtool.normalise.furniture.forms import may_be_furniture
from pdtool.normalise.furniture.line_signs import INNER_LENGTHS, LineSigns
from pdtool.normalise.furniture.shared_lines import STOPS, is_of_text, site_sign, speaks_to_reader
from pdtool.text.line_table import Mask, members
from pdtool.text.lines import Span, ends_sentence, first_lines, last_lines

__all__ = [
    "EDGE_LINES",
    "MOST_INNER",
    "Zones",
    "edge",
    "inner_lines_of_each",
    "known_zones",
    "remember_zones",
    "zones_of_each",
]

EDGE_LINES = 12
"""Lines remembered at each end."""
MOST_INNER = 200
"""Lines between paragraphs remembered of one document."""
_LONGEST = 400
"""Characters of the longest line remembered: what is longer is text."""
_LABELLED = re.compile(r"\s*[^\W\d_]{2,8}[:：]")
"""``资料来源：`` under a table, ``责任单位：`` in a list: the author's, however often they recur."""
_REMEMBERED = 2_000_000
"""Characters of texts of which is kept where their edges are: some batches of documents."""

Zones = tuple[list[Span], list[Span], list[Span]]
"""The head, the foot and the inner lines of a text."""


_known = BoundedCache[str, Zones](_REMEMBERED)
"""Where the edges are of the texts that were looked at last."""


def remember_zones(texts: Sequence[str], signs: LineSigns) -> None:
    """Find the zones of texts that will be asked for when these are repaired.

    Args:
        texts: The texts.
        signs: What their lines hold.
    """
    for text, zones in zip(texts, zones_of_each(signs), strict=True):
        if text not in _known:
            _known.put(text, zones, len(text))


def known_zones(text: str) -> Zones | None:
    """Return the zones of a text if they were found lately."""
    return _known.get(text)


def zones_of_each(signs: LineSigns) -> list[Zones]:
    """Return the head, the foot and the inner lines of each of some texts.

    A head or foot has a line that reads like a site's, and an inner line has a known form: most texts are
    ruled out by what their lines hold (:mod:`pdtool.normalise.furniture.line_signs`).

    Args:
        signs: What the lines of the texts hold.
    """
    lines = signs.lines
    stops = lines.are(lines.ends - 1, _stops()) & ~signs.form & (lines.lengths > 0)
    numbers, of_text = np.arange(len(stops)), lines.texts
    above = numbers <= lines.first_of(stops)[of_text]
    below = numbers >= lines.last_of(stops)[of_text]
    edges = above | below
    told = signs.form, signs.menu, signs.may_speak(edges)
    like_site = np.logical_or.reduce(told) & edges
    at = np.flatnonzero(like_site)
    held = zip(lines.some(at), *(one[at].tolist() for one in told), strict=True)
    like_site[at] = [site_sign(line.strip(), *some) > 0 for line, *some in held]
    has_head, has_foot = lines.any(like_site & above).tolist(), lines.any(like_site & below).tolist()
    each = zip(lines.each_text(), has_head, has_foot, inner_lines_of_each(signs), strict=True)
    return [
        (
            edge(text, first_lines, str.strip) if head else [],
            edge(text, last_lines, str.strip) if foot else [],
            inner,
        )
        for text, head, foot, inner in each
    ]


@cache
def _stops() -> Mask:
    return members("".join(STOPS))


def edge(text: str, lines: Callable[[str], Iterator[Span]], to_be_judged: Callable[[str], str]) -> list[Span]:
    """Return the lines down to the first one of the text; none if no line reads like a site's.

    Args:
        text: The text.
        lines: Gives its lines from one end.
        to_be_judged: Strips a line of its outer blanks, and turns it into Simplified script if it is not.
    """
    spans: list[Span] = []
    like_site = False
    for start, end in islice(lines(text), EDGE_LINES):
        line = to_be_judged(text[start:end]) if end - start <= _LONGEST else ""
        if not line or is_of_text(line):
            break
        like_site = like_site or site_sign(line) > 0
        spans.append((start, end))
    return spans if like_site else []


def inner_lines_of_each(signs: LineSigns) -> list[list[Span]]:
    """Return the lines of each text that are short, no headings, labels or sentences and speak to readers.

    Args:
        signs: What the lines of the texts hold.

    Returns:
        As many of each text as are remembered.
    """
    lines = signs.lines
    fits = (lines.lengths >= INNER_LENGTHS.start) & (lines.lengths < INNER_LENGTHS.stop)
    may_recur = np.flatnonzero(signs.form & fits & ~lines.ended())
    of_text = np.searchsorted(lines.firsts, may_recur, "right") - 1
    begins = lines.starts[lines.firsts]
    found: list[list[Span]] = [[] for _ in begins]
    for line, text in zip(may_recur.tolist(), of_text.tolist(), strict=True):
        if len(found[text]) < MOST_INNER and _may_recur(lines[line]):
            start = int(begins[text])
            found[text].append((int(lines.starts[line]) - start, int(lines.ends[line]) - start))
    return found


def _may_recur(line: str) -> bool:
    if ends_sentence(line) or _LABELLED.match(line) or not may_be_furniture(line):
        return False
    bare = line.strip()
    return speaks_to_reader(bare) and not is_of_text(bare)
