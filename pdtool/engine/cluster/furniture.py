"""The site furniture that a corpus teaches: shared lines are judged where their holders are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from pdtool.engine.cluster.arrow_schemas import arrow_schema
from pdtool.engine.cluster.executing import pieces, record_batch
from pdtool.normalise.furniture.edge_lines import EdgeLines
from pdtool.normalise.furniture.shared_blocks import SharedBlocks, learn_blocks

__all__ = ["HoldsBlocks", "blocks_of", "edge_lines_apart", "learn_together"]

HEAD, FOOT, INNER = range(3)
"""Where a line stands: first, last, anywhere."""


def edge_lines_apart(batches: Iterable[Any]) -> Iterator[Any]:
    """Yield the lines by which documents may share a block: the first, the last, and those anywhere."""
    for piece in pieces(batches):
        rows = [
            {"kind": kind, "line": line, "key": row["key"]}
            for row in piece
            for kind, name in ((HEAD, "head"), (FOOT, "foot"), (INNER, "anywhere"))
            for line in _signed(row[name])[: None if kind == INNER else 1]
        ]
        yield record_batch(rows, arrow_schema("lines"))


def learn_together(holders: Any) -> Any:
    """Return the blocks of documents that share a line.

    Args:
        holders: A table of Arrow: where the line stands, the line, and the edge lines of each document.
    """
    import pyarrow as pa

    rows = holders.to_pylist()
    kind, line = rows[0]["kind"], rows[0]["line"]
    blocks = learn_blocks([_edge_lines(kind, line, row) for row in rows])
    hashes = {HEAD: blocks.heads, FOOT: blocks.feet, INNER: blocks.inner}[kind]
    found = [{"kind": kind, "hash": signed} for signed in _as_signed(sorted(hashes))]
    return pa.Table.from_pylist(found, arrow_schema("blocks"))


def _edge_lines(kind: int, line: int, row: Mapping[str, Any]) -> EdgeLines:
    """Return of the edge lines of a document those that this line begins, or the line."""
    return EdgeLines(
        _unsigned(row["head"]) if kind == HEAD else (),
        _unsigned(row["foot"]) if kind == FOOT else (),
        np.frombuffer(row["sketch"], "<u8").astype(np.uint64),
        frozenset(np.array([line], np.int64).view(np.uint64).tolist()) if kind == INNER else frozenset(),
    )


def blocks_of(rows: Iterable[Mapping[str, Any]]) -> SharedBlocks:
    """Return the furniture that the rows of the stage ``blocks`` tell."""
    found: dict[int, set[int]] = {HEAD: set(), FOOT: set(), INNER: set()}
    for row in rows:
        found[row["kind"]].add(row["hash"] & (1 << 64) - 1)
    return SharedBlocks(*(frozenset(found[kind]) for kind in (HEAD, FOOT, INNER)))


@dataclass(frozen=True, slots=True)
class HoldsBlocks:
    """Tells which documents hold any furniture.

    Args:
        blocks: The furniture.
    """

    blocks: SharedBlocks

    def __call__(self, batches: Iterable[Any]) -> Iterator[Any]:
        """Yield the keys of those that do."""
        for piece in pieces(batches):
            rows = [{"key": row["key"]} for row in piece if self.blocks.touches(_all_edge_lines(row))]
            yield record_batch(rows, arrow_schema("touched"))


def _all_edge_lines(row: Mapping[str, Any]) -> EdgeLines:
    inner = frozenset(_unsigned(row["anywhere"]))
    return EdgeLines(_unsigned(row["head"]), _unsigned(row["foot"]), np.empty(0, np.uint64), inner)


def _unsigned(data: bytes) -> tuple[int, ...]:
    return tuple(np.frombuffer(data, "<u8").tolist())


def _signed(data: bytes) -> list[int]:
    return list(np.frombuffer(data, "<i8").tolist())


def _as_signed(hashes: Sequence[int]) -> list[int]:
    return list(np.array(hashes, np.uint64).view(np.int64).tolist())
