"""The site furniture of an index and new documents together, and which texts are repaired again for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from pdtool.engine.catalogue import load_edge_lines, load_furniture
from pdtool.engine.index_file import IndexFile
from pdtool.engine.joining import Joined
from pdtool.normalise.furniture.packed_edge_lines import PackedEdgeLines, learn_again
from pdtool.normalise.furniture.shared_blocks import SharedBlocks
from pdtool.reuse.document_table import Shelf

__all__ = ["FurnitureLearner"]


class FurnitureLearner:
    """Learns the furniture once the new documents were read; the texts that change for it become readable.

    What a text becomes depends on the lines of the furniture that it holds, and on nothing else of it: only
    documents that hold other ones than before are repaired again, from the raw text in the index.

    Args:
        index: The index.
        joined: Its documents and new ones.
        shelf: What makes the texts of the index readable.
        fewer: Whether documents of the index are no longer there.
        before_again: Called with the places of the documents that are repaired again.

    Attributes:
        packed: The edge lines of the new documents; their numbers are places.
        blocks: The furniture.
        touched: The places of the documents that hold any of it.
    """

    def __init__(
        self,
        index: IndexFile,
        joined: Joined,
        shelf: Shelf,
        *,
        fewer: bool,
        before_again: Callable[[Sequence[int]], None] = lambda _: None,
    ) -> None:
        self._index = index
        self._joined = joined
        self._shelf = shelf
        self._fewer = fewer
        self._before_again = before_again
        self.packed: list[PackedEdgeLines] = []
        self.blocks = SharedBlocks()
        self.touched: list[int] = []

    def __call__(self, parts: Sequence[PackedEdgeLines]) -> tuple[SharedBlocks, list[int]]:
        """Return the furniture, and the places of the documents to be repaired again."""
        self.packed = list(parts)
        stored = np.flatnonzero(self._joined.stored >= 0)
        places = dict(zip(self._joined.numbers[stored].tolist(), stored.tolist(), strict=True))
        before, numbers = load_furniture(self._index)
        touched = {places[number] for number in numbers if number in places}
        if not parts and not self._fewer:
            self.blocks, self.touched = before, sorted(touched)
            return before, []
        known = load_edge_lines(self._index, np.array(sorted(places), np.int64))
        at = np.array([places[number] for number in known.numbers.tolist()], np.int64)
        every = [PackedEdgeLines(at, known.heads, known.feet, known.inner, known.sketches), *parts]
        self.blocks, changed, self.touched = learn_again(every, before, set(places.values()), touched)
        self._before_again(changed)
        self._make_readable(changed)
        return self.blocks, changed

    def _make_readable(self, changed: Sequence[int]) -> None:
        sources = self._joined.sources
        found = self._shelf.readable([sources[place] for place in changed])
        for place, source in zip(changed, found, strict=True):
            sources[place] = source
