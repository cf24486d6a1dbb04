"""The site furniture that new documents teach beside an index, by a look at those that share lines with them.

A block is learned from the documents that begin, or end, with its first line, a line anywhere from those that
hold it. So new documents decide no more than the blocks that begin with a line of theirs: of the index only
the documents with such a line are asked.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace

from pdtool.engine.catalogue import load_furniture, load_lines_at_edges
from pdtool.engine.index_file import IndexFile
from pdtool.normalise.furniture.edge_lines import EdgeLines
from pdtool.normalise.furniture.packed_edge_lines import PackedEdgeLines
from pdtool.normalise.furniture.shared_blocks import SharedBlocks, learn_blocks

__all__ = ["FurnitureLookup", "KnownTextsChangeError"]


class KnownTextsChangeError(Exception):
    """New documents teach that texts of the index are to be repaired in another way."""


class FurnitureLookup:
    """Learns the furniture once the new documents were read.

    Args:
        index: The index.
    """

    def __init__(self, index: IndexFile) -> None:
        self._index = index

    def __call__(self, parts: Sequence[PackedEdgeLines]) -> tuple[SharedBlocks, list[int]]:
        """Return the furniture, and the places of the new documents to be repaired again.

        Raises:
            KnownTextsChangeError: If documents of the index would be too.
        """
        before, _touched = load_furniture(self._index)
        new = {
            int(packed.numbers[row]): packed.edge_lines(row)
            for packed in parts
            for row in range(len(packed.numbers))
        }
        if not new:
            return before, []
        known = self._sharing(list(new.values()))
        blocks = _learned(before, known, list(new.values()))
        if blocks != before and any(blocks.held_by(one) != before.held_by(one) for one in known):
            raise KnownTextsChangeError
        return blocks, [place for place, lines in new.items() if blocks.touches(lines)]

    def _sharing(self, new: Sequence[EdgeLines]) -> list[EdgeLines]:
        """Return the edge lines of the documents of the index that share one that decides."""
        heads, feet, inner = _deciding(new)
        packed = load_lines_at_edges(self._index, heads, feet, inner)
        return [packed.edge_lines(row) for row in range(len(packed.numbers))]


def _deciding(documents: Sequence[EdgeLines]) -> tuple[set[int], set[int], set[int]]:
    """Return the lines by which documents can share a block: first ones, last ones, and those anywhere."""
    return (
        {one.head[0] for one in documents if one.head},
        {one.foot[0] for one in documents if one.foot},
        {line for one in documents for line in one.inner},
    )


def _learned(before: SharedBlocks, known: Sequence[EdgeLines], new: Sequence[EdgeLines]) -> SharedBlocks:
    """Return the blocks of all documents: as before, but for those that new documents have a part in."""
    heads, feet, inner = _deciding(new)
    old = [_only(one, heads, feet, inner) for one in known]
    then, now = learn_blocks(old), learn_blocks([*old, *new])
    return SharedBlocks(
        before.heads - then.heads | now.heads,
        before.feet - then.feet | now.feet,
        before.inner - then.inner | now.inner,
    )


def _only(lines: EdgeLines, heads: Set[int], feet: Set[int], inner: Set[int]) -> EdgeLines:
    """Return what of a document's edge lines has a part in blocks of others."""
    return replace(
        lines,
        head=lines.head if lines.head and lines.head[0] in heads else (),
        foot=lines.foot if lines.foot and lines.foot[0] in feet else (),
        inner=lines.inner & inner,
    )
