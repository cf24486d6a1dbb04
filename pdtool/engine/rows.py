"""Rows of ``pdtool index info`` and ``pdtool index verify``."""

from __future__ import annotations

from dataclasses import dataclass

from pdtool.rows import Kind, column

__all__ = ["IndexFactRow", "IndexedFileRow"]


@dataclass(frozen=True, slots=True)
class IndexFactRow:
    """Something known about an index."""

    fact: str = column(
        Kind.TEXT,
        "What: how much the index holds (`documents`, `files`, `characters`, `folded_characters`, "
        "`postings`, `furniture_blocks`, `furniture_documents`, `bytes`, `bytes_per_document`), and what it "
        "was made with (`format`, `pdtool`, the versions of the libraries that decide, `options`).",
    )
    value: str = column(Kind.TEXT, "Its value.")


@dataclass(frozen=True, slots=True)
class IndexedFileRow:
    """A file whose documents an index holds."""

    file: str = column(Kind.TEXT, "The id of the file; the ids of its rows begin with it.")
    status: str = column(
        Kind.TEXT,
        "`unchanged`, `changed` (it is another than the one that was indexed, told by its SHA-256), "
        "`vanished` or `unreadable`.",
    )
    documents: int = column(Kind.COUNT, "Documents of it that the index holds.")
    sha256: str = column(
        Kind.TEXT, "The SHA-256 of the file when it was indexed; of one in an archive, that of the archive."
    )
