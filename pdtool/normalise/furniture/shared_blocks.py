"""Furniture of no known form: the same lines at the head or foot of documents that otherwise differ.

Every document leaves its edge lines (:mod:`pdtool.normalise.furniture.edge_lines`: hashes of its outermost
lines and a sketch of its text). Lines that begin, or end, three or more documents whose texts are mutually
different were put there by the site: ``某某图书馆数字资源`` above every text of an archive. Copies of one
paper share their title and their text, so they prove nothing.

What genuine documents of one kind share is kept by four cautions. The edge lines end at the first line that
is such a document's own. A block needs two lines and :data:`SMALLEST_BLOCK` folded characters, or one line of
:data:`SMALLEST_LINE`: a shared title such as ``政府工作报告`` or an author's name is less. Of a block go the
lines that read like a site's and those among them (:mod:`pdtool.normalise.furniture.shared_lines`): what
recurs and reads like content stays. And a text that would be left with next to nothing is not touched.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from pdtool.normalise.furniture.edge_lines import (
    SKETCH,
    EdgeLines,
    folded_length,
    foot_lines,
    head_lines,
    inner_lines,
    line_hashes,
    to_judge,
)
from pdtool.normalise.furniture.edge_zones import EDGE_LINES
from pdtool.normalise.furniture.shared_lines import names_document, site_sign
from pdtool.text.edits import Edits
from pdtool.text.fold import fold
from pdtool.text.lines import Span
from pdtool.text.shingles import HashArray

__all__ = ["FEWEST_DOCUMENTS", "Held", "SharedBlocks", "learn_blocks", "shared_block_edits"]

SMALLEST_BLOCK = 12
"""Folded characters of a block of several lines."""
SMALLEST_LINE = 20
"""Folded characters of a block of one line."""
MOST_ALIKE = 0.2
"""Two texts whose sketches overlap more are versions of one text. A copy of the first third of a text
overlaps it by 0.33, unrelated texts by less than 0.05 without the short lines at their edges."""
FEWEST_DOCUMENTS = 3
"""Documents of mutually different texts that a block must stand in."""
_COMPARED = 256
"""Documents of one block that are compared at most: the cost stays linear in the corpus."""
_REMAINS = 20
"""Folded characters that must be left of a text."""


Held = tuple[int, int, frozenset[int]]
"""What of some blocks a document holds: lines of its head, lines of its foot, and the hashes of others."""


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

    def touches(self, edge_lines: EdgeLines) -> bool:
        """Return whether the document begins or ends with a block, or holds one of the lines."""
        edges = _depth(edge_lines.head, self.heads) or _depth(edge_lines.foot, self.feet)
        return bool(edges or not self.inner.isdisjoint(edge_lines.inner))

    def held_by(self, edge_lines: EdgeLines) -> Held:
        """Return what of the blocks a document holds: where that is equal, its text is repaired alike."""
        return (
            _depth(edge_lines.head, self.heads),
            _depth(edge_lines.foot, self.feet),
            self.inner & edge_lines.inner,
        )


# Learning ---------------------------------------------------------------------------------------------


def learn_blocks(documents: Iterable[EdgeLines]) -> SharedBlocks:
    """Learn the blocks that three or more documents with mutually different texts share at an edge.

    Args:
        documents: The edge lines of each document, in any order: the result does not depend on it.

    Returns:
        The blocks; empty (false) if there are none.
    """
    listed = list(documents)
    return SharedBlocks(
        _shared([(document.head, document.sketch) for document in listed]),
        _shared([(document.foot, document.sketch) for document in listed]),
        _recurring(listed),
    )


def _recurring(documents: Sequence[EdgeLines]) -> frozenset[int]:
    """Return the lines that three mutually different documents hold anywhere."""
    holders: dict[int, list[_Edge]] = defaultdict(list)
    for document in documents:
        for line in document.inner:
            holders[line].append(((line,), document.sketch))
    return frozenset(
        line for line, edges in holders.items() if len(edges) >= FEWEST_DOCUMENTS and _differ(edges)
    )


_Edge = tuple[tuple[int, ...], HashArray]
"""Hashes of the lines at one end of a document, from the edge inwards, and the sketch of its text."""


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
    union = np.union1d(a, b)[:SKETCH]
    if not len(union):
        return 1.0
    return len(np.intersect1d(np.intersect1d(a, b, assume_unique=True), union)) / len(union)


def _is_block(lines: Sequence[int]) -> bool:
    characters = sum(line & 0xFF for line in lines)
    filled = sum(line & 0xFF > 0 for line in lines)
    return characters >= (SMALLEST_BLOCK if filled > 1 else SMALLEST_LINE)


def _key(lines: Sequence[int]) -> int:
    from hashlib import blake2b

    packed = b"".join(line.to_bytes(8, "little") for line in lines)
    return int.from_bytes(blake2b(packed, digest_size=8).digest(), "little")


# Removing ---------------------------------------------------------------------------------------------


def _depth(lines: Sequence[int], blocks: frozenset[int]) -> int:
    """Return how many lines the longest block takes; beginnings too small to be blocks are passed over."""
    if not blocks:
        return 0
    return next((count for count in range(len(lines), 0, -1) if _key(lines[:count]) in blocks), 0)


def _of_site(text: str, spans: Sequence[Span], hashes: Sequence[int]) -> list[Span]:
    """Return the lines of a block that go: as many from the edge as read like a site's for the most part.

    Args:
        text: The text.
        spans: The lines of the block, from the edge inwards.
        hashes: The hashes of these lines, and maybe of more.
    """
    lines = [to_judge(text[slice(*span)]) for span in spans]
    balance = list(accumulate(map(site_sign, lines)))
    taken = next((count for count in range(len(lines), 0, -1) if balance[count - 1] >= 0), 0)
    if not _is_block(hashes[:taken]):
        return []
    return [span for span, line in zip(spans[:taken], lines, strict=False) if not names_document(line)]


def shared_block_edits(text: str, blocks: SharedBlocks) -> Edits:
    """Find the learned blocks at the head and foot of a text.

    Args:
        text: A text as its edge lines were taken.
        blocks: What :func:`learn_blocks` found.

    Returns:
        Edits that delete the lines of both blocks; none if next to nothing would be left.
    """
    folded = fold(text)
    zones = head_lines(text), foot_lines(text), inner_lines(text)
    head, foot, inner = (line_hashes(folded, zone) for zone in zones)
    found = {
        *_of_site(text, zones[0][: _depth(head, blocks.heads)], head),
        *_of_site(text, zones[1][: _depth(foot, blocks.feet)], foot),
        *(span for span, line in zip(zones[2], inner, strict=True) if line in blocks.inner),
    }
    every = sorted(found)
    if not every or len(folded) - folded_length(folded, every) < _REMAINS:
        return Edits.of(text, [])
    spans = [(start, min(end + 1, len(text)), "") for start, end in every]
    return Edits.of(text, spans, ["shared_block"] * len(spans))
