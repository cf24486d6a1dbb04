"""Edge lines: what is remembered of every document to learn the furniture of its corpus.

That is hashes of its first and last lines (a site prints the same ones around every text), hashes of short
lines between its paragraphs, and a sketch of the text itself (copies of one text share their first lines
without any site).

What genuine documents of one kind share is kept out from the beginning: where the edges of a text end, and
whether any line there reads like a site's, is told in :mod:`pdtool.normalise.furniture.edge_zones`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
import numpy.typing as npt

from pdtool.normalise.furniture.edge_zones import (
    MOST_INNER,
    Zones,
    edge,
    inner_lines_of_each,
    known_zones,
    zones_of_each,
)
from pdtool.normalise.furniture.line_signs import LineSigns
from pdtool.normalise.prefilter import Feature, features_of, simplified_lines
from pdtool.normalise.script.simplified import convert_script
from pdtool.text.fold import Folded, fold
from pdtool.text.line_table import LineTable
from pdtool.text.lines import Span, first_lines, last_lines
from pdtool.text.shingles import SHINGLE, HashArray, bottom_sketch, mix

__all__ = [
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
    "to_judge",
]

SKETCH = 64
"""Hashes of a sketch."""
_EDGE_LINE = 100
"""Folded characters of the longest edge line left out of the sketch: paragraphs are the text itself."""
_LARGE = 1 << 16
"""Folded characters of a text whose parts are reduced before they are joined, so as not to copy it."""
_STRETCH = 1 << 18
"""Characters of a text above which its lines are looked at a stretch at a time: a table of them all takes
many times the memory of the text."""
_SHORTEST_INNER = 8
"""Folded characters of the shortest line between paragraphs that is remembered."""
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


def _zones(texts: Sequence[str]) -> list[Zones]:
    """Return the head, the foot and the inner lines of each text."""
    found = {text: zones for text in texts if (zones := known_zones(text)) is not None}
    new = [text for text in dict.fromkeys(texts) if text not in found]
    short = [text for text in new if len(text) <= _STRETCH]
    if short:
        signs = LineSigns(simplified_lines(LineTable.of(short)))
        found.update(zip(short, zones_of_each(signs), strict=True))
    for text in new:
        if len(text) > _STRETCH:
            found[text] = (
                head_lines(text),
                foot_lines(text),
                [*islice(_inner_lines_of_long(text), MOST_INNER)],
            )
    return [found[text] for text in texts]


def _inner_lines_of_long(text: str) -> Iterator[Span]:
    """Yield the inner lines of a text, of which no more than a stretch is laid out at a time."""
    start = 0
    while start < len(text):
        end = text.find("\n", start + _STRETCH) + 1 or len(text)
        for first, last in inner_lines(text[start:end]):
            yield start + first, start + last
        start = end


def to_judge(line: str) -> str:
    """Return a line without its outer blanks and in Simplified script, as all questions here take it."""
    bare = line.strip()
    return convert_script(bare) if features_of(bare) & Feature.TRADITIONAL else bare


def head_lines(text: str) -> list[Span]:
    """Return the spans of the first lines, from the top."""
    return edge(text, first_lines, to_judge)


def foot_lines(text: str) -> list[Span]:
    """Return the spans of the last lines, from the bottom."""
    return edge(text, last_lines, to_judge)


def inner_lines(text: str) -> list[Span]:
    """Return the short lines that are not headings, labels or sentences and speak to a page's reader."""
    return inner_lines_of_each(LineSigns(simplified_lines(LineTable.of([text]))))[0]


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
