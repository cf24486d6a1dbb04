"""What all functions on the cluster do alike: rows in bounded pieces, one at a time, in one language."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from pdtool.documents.cache import clear_document_cache
from pdtool.language import speaking
from pdtool.reuse.folds import close_store

__all__ = ["pieces", "record_batch", "working"]

ROWS = 200
"""Rows that are worked on at a time."""
BYTES = 16_000_000
"""Bytes of these, about: a document of ten million characters is a piece of its own."""

_alone = Lock()
"""Sail runs functions in threads of one process; caches and files of a run belong to a process."""


@contextmanager
def working(language: str) -> Iterator[Path]:
    """Work on a piece: nobody else of this process does meanwhile.

    Args:
        language: What sentences are said in.

    Yields:
        A private folder, which goes with the piece.
    """
    with _alone, tempfile.TemporaryDirectory(prefix="pdtool-") as folder, speaking(language):
        try:
            yield Path(folder)
        finally:
            close_store()
            clear_document_cache()


def pieces(batches: Iterable[Any]) -> Iterator[list[dict[str, Any]]]:
    """Yield the rows of record batches in pieces of bounded size.

    Args:
        batches: Record batches of Arrow.
    """
    for batch in batches:
        rows = max(1, min(ROWS, BYTES * batch.num_rows // max(1, batch.nbytes)))
        for start in range(0, batch.num_rows, rows):
            yield batch.slice(start, rows).to_pylist()


def record_batch(rows: Sequence[dict[str, Any]], schema: Any) -> Any:
    """Return rows as a record batch.

    Args:
        rows: The rows.
        schema: The columns of Arrow.
    """
    import pyarrow as pa

    return pa.RecordBatch.from_pylist(list(rows), schema)
