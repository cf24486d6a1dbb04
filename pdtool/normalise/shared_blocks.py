"""Furniture no pattern knows: the same lines at the head or foot of documents that otherwise differ.

Every document leaves a :class:`Survey` (hashes of its outermost lines and a sketch of its text). Lines that
begin, or end, three or more documents whose texts are mutually different were put there by the site. Copies
of one paper share their title and their text, so they prove nothing.

What genuine documents of one kind share is kept by three cautions. The survey ends at the first line that
is a heading, a list item, a statute, a salutation or front matter. A block needs two lines and
:data:`SMALLEST_BLOCK` folded characters, or one line of :data:`SMALLEST_LINE`: a shared title such
as ``政府工作报告`` or an author's name is less. And a text that would be left with next to nothing is not
touched.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice

import numpy as np

from pdtool.normalise.edits import Edits
from pdtool.normalise.fold import Folded, fold
from pdtool.normalise.furniture_forms import may_be_furniture
from pdtool.normalise.lines import Span, ends_sentence, first_lines, is_protected, last_lines, lines_of
from pdtool.normalise.phrases import decode
from pdtool.normalise.shingles import SHINGLE, HashArray, bottom_of_parts, bottom_sketch

__all__ = ["FEWEST_DOCUMENTS", "SharedBlocks", "Survey", "learn_blocks", "shared_block_edits", "survey_text"]

EDGE_LINES = 12
"""Lines surveyed at each end."""
SMALLEST_BLOCK = 12
"""Folded characters of a block of several lines."""
SMALLEST_LINE = 20
"""Folded characters of a block of one line."""
MOST_ALIKE = 0.2
"""Two texts whose sketches overlap more are versions of one text. A copy of the first third of a text
overlaps it by 0.33, unrelated texts by less than 0.05 without the short lines at their edges."""
FEWEST_DOCUMENTS = 3
"""Documents of mutually different texts that a block must stand in."""
_SKETCH = 64
_SHORT = 10_000
"""Folded characters of a text that is decoded whole for its lines."""
_EDGE_LINE = 100
"""Folded characters of the longest edge line left out of the sketch: paragraphs are the text itself."""
_LONGEST = 400
"""Characters of the longest line surveyed: what is longer is text."""
_COMPARED = 256
"""Documents of one block that are compared at most: the cost stays linear in the corpus."""
_DIGIT = re.compile("[0-9]+")
_INNER_LINE = (8, 60)
"""Folded characters of the lines between paragraphs that are surveyed, and most characters of them."""
_MOST_INNER = 200
"""Lines between paragraphs surveyed in one document."""
_LABELLED = re.compile(r"\s*[^\W\d_]{2,8}[:：]")
"""``资料来源：`` under a table, ``责任单位：`` in a list: the author's, however often they recur."""
_REMAINS = 20
"""Folded characters that must be left of a text."""


@dataclass(frozen=True, slots=True, eq=False)
class Survey:
    """What is remembered of one document.

    Args:
        head: 64-bit hashes of the folded first non-blank lines, from the top; the lowest 8 bits are the
            line's folded length (at most 255).
        foot: Likewise the last lines, from the bottom.
        sketch: The smallest shingle hashes of the text, ascending, shape ``(<= 64,)``.
        inner: Hashes of the short lines anywhere that hold a word or sign of sites.
    """

    head: tuple[int, ...]
    foot: tuple[int, ...]
    sketch: HashArray
    inner: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class SharedBlocks:
    """The blocks learned from a corpus, as hashes of their lines from the edge inwards.

    Args:
        heads: One hash for each block at the head and for each of its beginnings that is a block itself.
        feet: Likewise at the foot.
        inner: Hashes of single lines that stand anywhere.
    """

    heads: frozenset[int] = frozenset()
    feet: frozenset[int] = frozenset()
    inner: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.heads or self.feet or self.inner)

    def touches(self, survey: Survey) -> bool:
        """Tell whether the surveyed document begins or ends with a block, or holds one of the lines."""
        edges = _depth(survey.head, self.heads) or _depth(survey.foot, self.feet)
        return bool(edges or not self.inner.isdisjoint(survey.inner))


# Survey -----------------------------------------------------------------------------------------------


def survey_text(text: str, folded: Folded | None = None) -> Survey:
    r"""Survey a text from which known furniture is gone.

    Args:
        text: The text.
        folded: Its fold, where it is at hand.

    >>> survey = survey_text("某某网首页\n一、总体要求\n正文。\n某某网版权页")
    >>> len(survey.head), len(survey.foot)
    (1, 2)
    """
    folded = fold(text) if folded is None else folded
    heads, feet = _edge(text, first_lines), _edge(text, last_lines)
    edges = len(heads) + len(feet)
    spans = _folded_spans(folded, [*heads, *feet, *_inner_lines(text)])
    hashes = _hashes(folded, spans)
    sketch = _sketch(folded, spans[:edges])
    inner = frozenset(filter(_is_inner, hashes[edges:]))
    return Survey(hashes[: len(heads)], hashes[len(heads) : edges], sketch, inner)


def _inner_lines(text: str) -> Iterator[Span]:
    """Yield the short lines that are no heading, label or sentence and hold a word or sign of sites."""
    shortest, longest = _INNER_LINE
    found = start = 0
    for line in lines_of(text):
        end = start + len(line)
        if shortest <= len(line) <= longest and _may_recur(line):
            yield start, end
            found += 1
            if found == _MOST_INNER:
                return
        start = end + 1


def _may_recur(line: str) -> bool:
    if ends_sentence(line) or not may_be_furniture(line):
        return False
    return not (is_protected(line.strip()) or _LABELLED.match(line))


def _is_inner(line: int) -> bool:
    return line & 0xFF >= _INNER_LINE[0]


def _edge(text: str, lines: Callable[[str], Iterator[Span]]) -> list[Span]:
    spans: list[Span] = []
    for start, end in islice(lines(text), EDGE_LINES):
        if end - start > _LONGEST or is_protected(text[start:end].strip()):
            break
        spans.append((start, end))
    return spans


def _folded_spans(folded: Folded, spans: Sequence[Span]) -> list[Span]:
    """Turn spans of the text into spans of its fold."""
    bounds = np.searchsorted(folded.positions, np.asarray(spans, dtype=np.int32).reshape(-1, 2))
    return [(first, last) for first, last in bounds.tolist()]


def _hashes(folded: Folded, spans: Sequence[Span]) -> tuple[int, ...]:
    """Hash lines without their digits: counters and dates differ from page to page."""
    if len(folded) <= _SHORT:  # decoding all of it takes as long as decoding two lines
        text = decode(folded.codes)
        lines = [text[first:last] for first, last in spans]
    else:
        lines = [decode(folded.codes[first:last]) for first, last in spans]
    return tuple(_line_hash(_DIGIT.sub("", line)) for line in lines)


def _line_hash(letters: str) -> int:
    digest = blake2b(letters.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little") & ~0xFF | min(len(letters), 0xFF)


def _sketch(folded: Folded, edges: Sequence[Span]) -> HashArray:
    """Sketch the text without its short edge lines; all of it where little else is left."""
    short = [(first, last) for first, last in edges if last - first <= _EDGE_LINE]
    if len(folded) - sum(last - first for first, last in set(short)) <= _SKETCH:
        return bottom_sketch(folded.shingles, _SKETCH)
    parts, done = [], 0
    for first, last in sorted(short):
        parts.append(folded.shingles[done : max(done, first - SHINGLE + 1)])
        done = max(done, last)
    return bottom_of_parts([*parts, folded.shingles[done:]], _SKETCH)


# Learning ---------------------------------------------------------------------------------------------


def learn_blocks(surveys: Iterable[Survey]) -> SharedBlocks:
    """Learn the blocks that three or more documents with mutually different texts share at an edge.

    Args:
        surveys: One a document, in any order: the result does not depend on it.

    Returns:
        The blocks; empty (false) if there are none.
    """
    known = list(surveys)
    return SharedBlocks(
        _shared([(survey.head, survey.sketch) for survey in known]),
        _shared([(survey.foot, survey.sketch) for survey in known]),
        _recurring(known),
    )


def _recurring(surveys: Sequence[Survey]) -> frozenset[int]:
    """Return the lines that three mutually different documents hold anywhere."""
    holders: dict[int, list[_Edge]] = defaultdict(list)
    for survey in surveys:
        for line in survey.inner:
            holders[line].append(((line,), survey.sketch))
    return frozenset(
        line for line, edges in holders.items() if len(edges) >= FEWEST_DOCUMENTS and _differ(edges)
    )


_Edge = tuple[tuple[int, ...], HashArray]


def _shared(edges: Sequence[_Edge]) -> frozenset[int]:
    """Follow the groups of documents that share their first 1, 2, 3 … lines as long as they differ inside."""
    blocks: set[int] = set()
    groups: list[Sequence[_Edge]] = [edges]
    for depth in range(1, EDGE_LINES + 1):
        groups = [finer for group in groups for finer in _split(group, depth) if _differ(finer)]
        for group in groups:
            lines = group[0][0][:depth]
            if _is_block(lines):
                blocks.add(_key(lines))
    return frozenset(blocks)


def _split(group: Sequence[_Edge], depth: int) -> list[list[_Edge]]:
    finer: dict[int, list[_Edge]] = defaultdict(list)
    for edge in group:
        if len(edge[0]) >= depth:
            finer[edge[0][depth - 1]].append(edge)
    return [members for members in finer.values() if len(members) >= FEWEST_DOCUMENTS]


def _differ(group: Sequence[_Edge]) -> bool:
    """Find three documents whose texts are mutually different, looking at a bounded sample."""
    distinct = {edge[1].tobytes(): edge[1] for edge in group}
    chosen: list[HashArray] = []
    for key in sorted(distinct)[:_COMPARED]:
        sketch = distinct[key]
        if all(_overlap(sketch, other) <= MOST_ALIKE for other in chosen):
            chosen.append(sketch)
        if len(chosen) == FEWEST_DOCUMENTS:
            return True
    return False


def _overlap(a: HashArray, b: HashArray) -> float:
    """Estimate the Jaccard similarity of two texts from their bottom sketches (Broder 1997)."""
    union = np.union1d(a, b)[:_SKETCH]
    if not len(union):
        return 1.0
    return len(np.intersect1d(np.intersect1d(a, b, assume_unique=True), union)) / len(union)


def _is_block(lines: Sequence[int]) -> bool:
    characters = sum(line & 0xFF for line in lines)
    filled = sum(line & 0xFF > 0 for line in lines)
    return characters >= (SMALLEST_BLOCK if filled > 1 else SMALLEST_LINE)


def _key(lines: Sequence[int]) -> int:
    packed = b"".join(line.to_bytes(8, "little") for line in lines)
    return int.from_bytes(blake2b(packed, digest_size=8).digest(), "little")


# Removing ---------------------------------------------------------------------------------------------


def _depth(lines: Sequence[int], blocks: frozenset[int]) -> int:
    """Return how many lines the longest block takes; beginnings too small to be blocks are passed over."""
    if not blocks:
        return 0
    return next((count for count in range(len(lines), 0, -1) if _key(lines[:count]) in blocks), 0)


def shared_block_edits(text: str, blocks: SharedBlocks) -> Edits:
    """Find the learned blocks at the head and foot of a text.

    Args:
        text: A text as it was surveyed.
        blocks: What :func:`learn_blocks` found.

    Returns:
        Edits that delete the lines of both blocks; none if next to nothing would be left.
    """
    folded = fold(text)
    heads = _block(text, folded, first_lines, blocks.heads)
    feet = _block(text, folded, last_lines, blocks.feet)
    inner = _inner(text, folded, blocks.inner)
    every = sorted({*heads, *feet, *inner})
    taken = sum(last - first for first, last in _folded_spans(folded, every))
    if not every or len(folded) - taken < _REMAINS:
        return Edits.of(text, [])
    spans = [(start, min(end + 1, len(text)), "") for start, end in every]
    return Edits.of(text, spans, ["shared_block"] * len(spans))


def _inner(text: str, folded: Folded, lines: frozenset[int]) -> list[Span]:
    if not lines:
        return []
    spans = list(_inner_lines(text))
    hashes = _hashes(folded, _folded_spans(folded, spans))
    return [span for span, line in zip(spans, hashes, strict=True) if line in lines]


def _block(
    text: str, folded: Folded, lines: Callable[[str], Iterator[Span]], blocks: frozenset[int]
) -> list[Span]:
    if not blocks:
        return []
    spans = _edge(text, lines)
    return spans[: _depth(_hashes(folded, _folded_spans(folded, spans)), blocks)]
