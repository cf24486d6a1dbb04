"""Edge lines: what is remembered of every document to learn the furniture of its corpus.

That is hashes of its first and last lines (a site prints the same ones around every text), hashes of short
lines between its paragraphs, and a sketch of the text itself (copies of one text share their first lines
without any site).

What genuine documents of one kind share is kept out from the beginning
(:mod:`pdtool.normalise.furniture.shared_lines`): the edge lines end at the first line that is a sentence, a
heading, a list item, a statute, a salutation, a promulgation or front matter, and there are none if no line
reads like a site's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

import numpy as np
import numpy.typing as npt

from pdtool.normalise.furniture.forms import may_be_furniture
from pdtool.normalise.furniture.line_signs import INNER_LENGTHS, LineSigns
from pdtool.normalise.furniture.shared_lines import STOPS, is_of_text, site_sign, speaks_to_reader, to_judge
from pdtool.normalise.prefilter import simplified_lines
from pdtool.text.fold import Folded, fold
from pdtool.text.line_table import LineTable, Mask, members
from pdtool.text.lines import Span, ends_sentence, first_lines, last_lines
from pdtool.text.shingles import SHINGLE, HashArray, bottom_sketch, mix

__all__ = [
    "EDGE_LINES",
    "NO_EDGE_LINES",
    "SKETCH",
    "EdgeLines",
    "edge_lines_of",
    "edge_lines_of_each",
    "folded_length",
    "foot_lines",
    "head_lines",
    "inner_lines",
    "line_hashes",
]

EDGE_LINES = 12
"""Lines remembered at each end."""
SKETCH = 64
"""Hashes of a sketch."""
_EDGE_LINE = 100
"""Folded characters of the longest edge line left out of the sketch: paragraphs are the text itself."""
_LARGE = 1 << 16
"""Folded characters of a text whose parts are reduced before they are joined, so as not to copy it."""
_STRETCH = 1 << 18
"""Characters of a text above which its lines are looked at a stretch at a time: a table of them all takes
many times the memory of the text."""
_LONGEST = 400
"""Characters of the longest line remembered: what is longer is text."""
_SHORTEST_INNER = 8
"""Folded characters of the shortest line between paragraphs that is remembered."""
_MOST_INNER = 200
"""Lines between paragraphs remembered of one document."""
_LABELLED = re.compile(r"\s*[^\W\d_]{2,8}[:：]")
"""``资料来源：`` under a table, ``责任单位：`` in a list: the author's, however often they recur."""
_CODE_POINT_BITS = np.uint64(21)
"""Bits of a code point; the letter's index in its line stands above them."""
_LENGTH = np.uint64(0xFF)
"""The bits of a hash that hold the length of its line."""

Bounds = npt.NDArray[np.int64]
"""Half-open spans of a fold, shape ``(n, 2)``."""


@dataclass(frozen=True, slots=True, eq=False)
class EdgeLines:
    """What is remembered of one document.

    Args:
        head: 64-bit hashes of the folded first non-blank lines, from the top; the lowest 8 bits are the
            line's folded length (at most 255).
        foot: Likewise the last lines, from the bottom.
        sketch: The smallest shingle hashes of the text, ascending, shape ``(<= 64,)``; none if no line of it
            is remembered.
        inner: Hashes of the short lines anywhere that speak to the reader of a page.
    """

    head: tuple[int, ...]
    foot: tuple[int, ...]
    sketch: HashArray
    inner: frozenset[int] = frozenset()


NO_EDGE_LINES = EdgeLines((), (), np.empty(0, np.uint64))
"""The edge lines of a text without any that reads like a site's."""


def edge_lines_of(text: str, folded: Folded | None = None) -> EdgeLines:
    r"""Return the edge lines of a text from which known furniture is gone.

    Args:
        text: The text.
        folded: Its fold, where it is at hand.

    >>> edge_lines = edge_lines_of("某某网首页\n一、总体要求\n正文。\n某某网版权页")
    >>> len(edge_lines.head), len(edge_lines.foot)
    (1, 0)
    """
    found = edge_lines_of_each([text], lambda _: fold(text) if folded is None else folded)
    return found.get(0, NO_EDGE_LINES)


def edge_lines_of_each(texts: Sequence[str], fold_of: Callable[[int], Folded]) -> dict[int, EdgeLines]:
    """Return the edge lines of those of many texts that have any, by their index.

    Args:
        texts: The texts, as for :func:`edge_lines_of`.
        fold_of: Returns the fold of the text with an index.
    """
    zones = {index: found for index, found in enumerate(_zones(texts)) if any(found)} if texts else {}
    if not zones:
        return {}
    folds = [fold_of(index) for index in zones]
    bounds = _bounds(folds, [[span for zone in found for span in zone] for found in zones.values()])
    hashes = iter(_hashes(folds, bounds).tolist())
    return {
        index: EdgeLines(
            tuple(islice(hashes, len(head))),
            tuple(islice(hashes, len(foot))),
            _sketch(folded, own[: len(head) + len(foot)].tolist()),
            frozenset(line for line in islice(hashes, len(inner)) if line & 0xFF >= _SHORTEST_INNER),
        )
        for (index, (head, foot, inner)), folded, own in zip(zones.items(), folds, bounds, strict=True)
    }


# Lines ------------------------------------------------------------------------------------------------


_Zones = tuple[list[Span], list[Span], list[Span]]
"""The head, the foot and the inner lines of a text."""


def _zones(texts: Sequence[str]) -> list[_Zones]:
    """Return the head, the foot and the inner lines of each text, as the functions below find them."""
    short = [text for text in texts if len(text) <= _STRETCH]
    zones = iter(_zones_of_short(short) if short else [])
    return [
        next(zones)
        if len(text) <= _STRETCH
        else (head_lines(text), foot_lines(text), list(islice(_inner_lines_of_long(text), _MOST_INNER)))
        for text in texts
    ]


def _zones_of_short(texts: Sequence[str]) -> list[_Zones]:
    """Do so for texts whose lines are looked at all together.

    A head or foot has a line that reads like a site's, and an inner line has a known form: most texts are
    ruled out by what their lines hold (:mod:`pdtool.normalise.furniture.line_signs`).
    """
    lines = simplified_lines(LineTable.of(texts))
    signs = LineSigns(lines)
    stops = lines.are(lines.ends - 1, _stops()) & ~signs.form & (lines.lengths > 0)
    numbers, of_text = np.arange(len(stops)), lines.texts
    above = numbers <= lines.first_of(stops)[of_text]
    below = numbers >= lines.last_of(stops)[of_text]
    like_site = (signs.form | signs.language | signs.menu) & (above | below)
    at = np.flatnonzero(like_site)
    held = zip(lines.some(at), signs.form[at].tolist(), signs.menu[at].tolist(), strict=True)
    like_site[at] = [site_sign(line.strip(), form, menu) > 0 for line, form, menu in held]
    has_head, has_foot = lines.any(like_site & above).tolist(), lines.any(like_site & below).tolist()
    each = zip(lines.each_text(), has_head, has_foot, _inner_lines(lines, signs), strict=True)
    return [
        (
            _edge(text, first_lines, str.strip) if head else [],
            _edge(text, last_lines, str.strip) if foot else [],
            inner,
        )
        for text, head, foot, inner in each
    ]


def _inner_lines_of_long(text: str) -> Iterator[Span]:
    """Yield the inner lines of a text, of which no more than a stretch is laid out at a time."""
    start = 0
    while start < len(text):
        end = text.find("\n", start + _STRETCH) + 1 or len(text)
        for first, last in inner_lines(text[start:end]):
            yield start + first, start + last
        start = end


@cache
def _stops() -> Mask:
    return members("".join(STOPS))


def head_lines(text: str) -> list[Span]:
    """Return the spans of the first lines, from the top."""
    return _edge(text, first_lines, to_judge)


def foot_lines(text: str) -> list[Span]:
    """Return the spans of the last lines, from the bottom."""
    return _edge(text, last_lines, to_judge)


def _edge(
    text: str, lines: Callable[[str], Iterator[Span]], to_be_judged: Callable[[str], str]
) -> list[Span]:
    """Return the lines down to the first one of the text; none if no line reads like a site's.

    Args:
        text: The text.
        lines: Gives its lines from one end.
        to_be_judged: Turns a line into what :func:`to_judge` does, which is less work of a Simplified text.
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


def inner_lines(text: str) -> list[Span]:
    """Return the short lines that are not headings, labels or sentences and speak to a page's reader."""
    lines = simplified_lines(LineTable.of([text]))
    return _inner_lines(lines, LineSigns(lines))[0]


def _inner_lines(lines: LineTable, signs: LineSigns) -> list[list[Span]]:
    """Return such lines of each text, as many as are remembered.

    Args:
        lines: Lines in Simplified script, which are as long as the others.
        signs: What they hold.
    """
    fits = (lines.lengths >= INNER_LENGTHS.start) & (lines.lengths < INNER_LENGTHS.stop)
    may_recur = np.flatnonzero(signs.form & fits & ~lines.ended())
    of_text = np.searchsorted(lines.firsts, may_recur, "right") - 1
    begins = lines.starts[lines.firsts]
    found: list[list[Span]] = [[] for _ in begins]
    for line, text in zip(may_recur.tolist(), of_text.tolist(), strict=True):
        if len(found[text]) < _MOST_INNER and _may_recur(lines[line]):
            start = int(begins[text])
            found[text].append((int(lines.starts[line]) - start, int(lines.ends[line]) - start))
    return found


def _may_recur(line: str) -> bool:
    if ends_sentence(line) or _LABELLED.match(line) or not may_be_furniture(line):
        return False
    bare = line.strip()
    return speaks_to_reader(bare) and not is_of_text(bare)


# Hashes -----------------------------------------------------------------------------------------------


def line_hashes(folded: Folded, spans: Sequence[Span]) -> list[int]:
    """Hash lines of a text, as :func:`edge_lines_of` does.

    Args:
        folded: Its fold.
        spans: The lines.
    """
    hashes: list[int] = _hashes([folded], _bounds([folded], [spans])).tolist()
    return hashes


def folded_length(folded: Folded, spans: Sequence[Span]) -> int:
    """Return how many folded characters some spans of a text hold."""
    return int(np.diff(_bounds([folded], [spans])[0]).sum())


def _bounds(folds: Sequence[Folded], spans: Sequence[Sequence[Span]]) -> list[Bounds]:
    """Turn spans of texts into spans of their folds."""
    flat = np.array([span for some in spans for span in some], np.int64).reshape(-1, 2)
    ends = np.cumsum([len(some) for some in spans])[:-1]
    return [
        np.searchsorted(folded.positions, some)
        for folded, some in zip(folds, np.split(flat, ends), strict=True)
    ]


def _hashes(folds: Sequence[Folded], bounds: Sequence[Bounds]) -> HashArray:
    """Hash lines without their digits: counters and dates differ from page to page.

    A hash is the sum of the line's letters, each hashed with its index in the line; its lowest 8 bits are
    their number.
    """
    letters, lines = _letters(folds, bounds)
    kept = (letters < ord("0")) | (letters > ord("9"))
    letters, lines = letters[kept], lines[kept]
    counts = np.bincount(lines, minlength=sum(map(len, bounds)))
    ends = np.cumsum(counts)
    within = np.arange(len(letters)) - np.repeat(ends - counts, counts)
    sums = np.zeros(len(letters) + 1, np.uint64)
    np.cumsum(mix(within.astype(np.uint64) << _CODE_POINT_BITS | letters), out=sums[1:])
    hashes: HashArray = mix(sums[ends] - sums[ends - counts]) & ~_LENGTH
    return hashes | np.minimum(counts, int(_LENGTH)).astype(np.uint64)


def _letters(
    folds: Sequence[Folded], bounds: Sequence[Bounds]
) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.int64]]:
    """Return the folded characters of all lines, and for each the number of its line."""
    sizes = np.array([len(folded) for folded in folds])
    starts = np.repeat(np.cumsum(sizes) - sizes, [len(some) for some in bounds])
    every = np.concatenate(bounds)
    lengths = every[:, 1] - every[:, 0]
    lines = np.repeat(np.arange(len(every)), lengths)
    offsets = np.arange(len(lines)) + np.repeat(starts + every[:, 0] - np.cumsum(lengths) + lengths, lengths)
    codes = folds[0].codes if len(folds) == 1 else np.concatenate([folded.codes for folded in folds])
    return codes[offsets], lines


def _sketch(folded: Folded, edges: Sequence[Sequence[int]]) -> HashArray:
    """Sketch the text without its short edge lines; all of it where little else is left."""
    short = sorted({(first, last) for first, last in edges if last - first <= _EDGE_LINE})
    if len(folded) - sum(last - first for first, last in short) <= SKETCH:
        return bottom_sketch(folded.shingles, SKETCH)
    parts, done = [], 0
    for first, last in short:
        if first - SHINGLE + 1 > done:
            parts.append(folded.shingles[done : first - SHINGLE + 1])
        done = max(done, last)
    parts.append(folded.shingles[done:])
    if len(folded) > _LARGE:
        parts = [bottom_sketch(part, SKETCH) for part in parts]
    return bottom_sketch(np.concatenate(parts) if len(parts) > 1 else parts[0], SKETCH)
