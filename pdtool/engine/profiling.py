"""What an index keeps of a batch of documents: worked out, and compressed, by whoever reads them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from pdtool.corpus.source import RawDocument
from pdtool.corpus.stored_texts import pack
from pdtool.documents.document import Document
from pdtool.documents.mapping import Opened
from pdtool.engine.contents import ContentRow, content_row
from pdtool.reuse.document_table import BatchFacts, Profiler
from pdtool.reuse.folds import fold_store

__all__ = ["IndexProfiler", "IndexedBatch", "IndexedDocument"]


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """What is kept of a document beside the facts.

    Args:
        content: Its texts, compressed.
        metadata: What is known about it, as JSON.
        sha256: The hash of its raw text.
    """

    content: ContentRow
    metadata: str
    sha256: bytes


@dataclass(frozen=True, slots=True)
class IndexedBatch:
    """What is kept of a batch.

    Args:
        facts: What the document table holds of it.
        documents: What is kept beside that of those that could be read, by their indexes.
    """

    facts: BatchFacts
    documents: dict[int, IndexedDocument]


@dataclass(frozen=True, slots=True)
class IndexProfiler:
    """Reduces a batch of documents to what an index keeps.

    Args:
        profiler: What the document table holds.
        folder: The folder of its folds.
    """

    profiler: Profiler
    folder: Path

    def __call__(self, indexes: Sequence[int], opened: Sequence[Opened]) -> IndexedBatch:
        """Return what is kept of the documents of a batch."""
        facts = self.profiler(indexes, opened)
        store = fold_store(self.folder)
        documents = {}
        for row, (index, one) in enumerate(zip(indexes, opened, strict=True)):
            if isinstance(one, Document):
                raw = pack(_as_read(one))
                documents[index] = IndexedDocument(
                    content_row(raw, store.stored(facts.facts["fold"][row])),
                    json.dumps(dict(one.meta), ensure_ascii=not _is_text(one)),
                    sha256(raw).digest(),
                )
        return IndexedBatch(facts, documents)


def _as_read(document: Document) -> RawDocument:
    warnings = document.warnings[: document.reading_warnings]
    return RawDocument(document.source, document.raw, document.encoding, document.container, warnings)


def _is_text(document: Document) -> bool:
    """Return whether what is known about a document can stand in a column as it is."""
    try:
        "".join(document.meta.values()).encode()
    except UnicodeEncodeError:
        return False
    return True
