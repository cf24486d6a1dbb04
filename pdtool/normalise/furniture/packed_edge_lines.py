"""The edge lines of many documents as a few arrays: cheap to send between processes, cheap to search.

Most documents share no line with others at their edges. Those that do are found by counting hashes; only
they become :class:`~pdtool.normalise.furniture.edge_lines.EdgeLines` objects again, from which the blocks are
learned.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pdtool.normalise.furniture.edge_lines import EdgeLines
from pdtool.normalise.furniture.shared_blocks import FEWEST_DOCUMENTS, SharedBlocks, learn_blocks
from pdtool.text.arrays import distinct
from pdtool.text.shingles import HashArray

__all__ = ["PackedEdgeLines", "learn", "learn_again"]

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class _Ragged:
    """Rows of different lengths: their values one after the other, and where each row ends."""

    values: HashArray
    ends: Numbers

    @classmethod
    def of(cls, rows: Sequence[Iterable[int]]) -> _Ragged:
        listed = [list(row) for row in rows]
        values = [value for row in listed for value in row]
        return cls(np.array(values, np.uint64), np.cumsum([len(row) for row in listed], dtype=np.int64))

    @classmethod
    def joined(cls, parts: Sequence[_Ragged]) -> _Ragged:
        lengths = [np.diff(part.ends, prepend=0) for part in parts]
        return cls(np.concatenate([part.values for part in parts]), np.cumsum(np.concatenate(lengths)))

    @classmethod
    def of_bytes(cls, rows: Sequence[bytes]) -> _Ragged:
        ends = np.cumsum([len(row) // 8 for row in rows], dtype=np.int64)
        return cls(np.frombuffer(b"".join(rows), "<u8").astype(np.uint64), ends)

    def row(self, number: int) -> HashArray:
        return self.values[self.ends[number - 1] if number else 0 : self.ends[number]]

    def firsts(self) -> tuple[Numbers, HashArray]:
        """Return the rows that hold anything, and the first value of each."""
        starts = np.concatenate(([0], self.ends[:-1])).astype(np.int64)
        rows = np.flatnonzero(self.ends > starts)
        return rows, self.values[starts[rows]]

    def every(self) -> tuple[Numbers, HashArray]:
        """Return all values, each with its row."""
        return np.repeat(np.arange(len(self.ends)), np.diff(self.ends, prepend=0)), self.values


@dataclass(frozen=True, slots=True, eq=False)
class PackedEdgeLines:
    """What :class:`~pdtool.normalise.furniture.edge_lines.EdgeLines` holds, of many documents.

    Args:
        numbers: The number of each document.
        heads: Their first lines.
        feet: Their last lines.
        inner: Their short lines anywhere, ascending.
        sketches: Their sketches.
    """

    numbers: Numbers
    heads: _Ragged
    feet: _Ragged
    inner: _Ragged
    sketches: _Ragged

    @classmethod
    def of(cls, numbers: Sequence[int], documents: Sequence[EdgeLines]) -> PackedEdgeLines:
        """Pack the edge lines of some documents.

        Args:
            numbers: Their numbers, which are given back by :func:`learn`.
            documents: The edge lines of each.
        """
        return cls(
            np.array(numbers, np.int64),
            _Ragged.of([one.head for one in documents]),
            _Ragged.of([one.foot for one in documents]),
            _Ragged.of([sorted(one.inner) for one in documents]),
            _Ragged(
                np.concatenate([np.empty(0, np.uint64), *(one.sketch for one in documents)]),
                np.cumsum([len(one.sketch) for one in documents], dtype=np.int64),
            ),
        )

    @classmethod
    def joined(cls, parts: Sequence[PackedEdgeLines]) -> PackedEdgeLines:
        """Return the edge lines of all parts, of which there is at least one."""
        return cls(
            np.concatenate([part.numbers for part in parts]),
            _Ragged.joined([part.heads for part in parts]),
            _Ragged.joined([part.feet for part in parts]),
            _Ragged.joined([part.inner for part in parts]),
            _Ragged.joined([part.sketches for part in parts]),
        )

    @classmethod
    def of_bytes(cls, numbers: Numbers, columns: Sequence[Sequence[bytes]]) -> PackedEdgeLines:
        """Return the edge lines that :meth:`to_bytes` gave.

        Args:
            numbers: The numbers of the documents, shape ``(n,)``.
            columns: The four kinds of lines, each of all documents.
        """
        return cls(numbers, *map(_Ragged.of_bytes, columns))

    def to_bytes(self) -> Iterator[tuple[bytes, bytes, bytes, bytes]]:
        """Yield the first lines, last lines, lines anywhere and sketch of each document, as bytes."""
        for row in range(len(self.numbers)):
            yield (
                self.heads.row(row).astype("<u8").tobytes(),
                self.feet.row(row).astype("<u8").tobytes(),
                self.inner.row(row).astype("<u8").tobytes(),
                self.sketches.row(row).astype("<u8").tobytes(),
            )

    def sharing(self) -> Numbers:
        """Return the rows of which some line may stand in a block: one that enough documents hold."""
        rows = [
            _recurring(*self.heads.firsts()),
            _recurring(*self.feet.firsts()),
            _recurring(*self.inner.every()),
        ]
        return distinct(np.concatenate(rows))

    def edge_lines(self, row: int) -> EdgeLines:
        """Unpack the edge lines of one document."""
        return EdgeLines(
            tuple(self.heads.row(row).tolist()),
            tuple(self.feet.row(row).tolist()),
            self.sketches.row(row),
            frozenset(self.inner.row(row).tolist()),
        )


def _recurring(rows: Numbers, values: HashArray) -> Numbers:
    """Return the rows with a value that :data:`FEWEST_DOCUMENTS` rows hold."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    return rows[counts[inverse] >= FEWEST_DOCUMENTS]


def learn(parts: Sequence[PackedEdgeLines]) -> tuple[SharedBlocks, list[int]]:
    """Learn the blocks that documents share, as :func:`learn_blocks` does.

    Args:
        parts: The edge lines of all documents, in any order.

    Returns:
        The blocks, and the documents that hold any, in the order of the parts.
    """
    if not parts:
        return SharedBlocks(), []
    packed = PackedEdgeLines.joined(parts)
    sharing = {row: packed.edge_lines(row) for row in packed.sharing().tolist()}
    blocks = learn_blocks(sharing.values())
    touched = [int(packed.numbers[row]) for row, edge_lines in sharing.items() if blocks.touches(edge_lines)]
    return blocks, touched


def learn_again(
    parts: Sequence[PackedEdgeLines], before: SharedBlocks, known: Set[int], touched: Set[int]
) -> tuple[SharedBlocks, list[int], list[int]]:
    """Learn the blocks of documents some of which were repaired before, when fewer or others were there.

    Args:
        parts: The edge lines of all documents, in any order.
        before: The blocks that were known then.
        known: The numbers of the documents that were repaired then.
        touched: Those of them that held any of these blocks.

    Returns:
        The blocks; the documents whose text is no longer repaired rightly; and all that hold any block.
    """
    if not parts:
        return SharedBlocks(), [], []
    packed = PackedEdgeLines.joined(parts)
    sharing = packed.sharing()
    edge_lines = {row: packed.edge_lines(row) for row in sharing.tolist()}
    blocks = learn_blocks(edge_lines.values())
    were = np.flatnonzero(np.isin(packed.numbers, list(touched)))
    edge_lines |= {row: packed.edge_lines(row) for row in np.setdiff1d(were, sharing).tolist()}
    changed, now = [], []
    for row, lines in sorted(edge_lines.items()):
        number = int(packed.numbers[row])
        held = blocks.held_by(lines)
        if held != (before if number in known else SharedBlocks()).held_by(lines):
            changed.append(number)
        if any(held):
            now.append(number)
    return blocks, changed, now
