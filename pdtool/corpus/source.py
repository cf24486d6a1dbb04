"""Where a document's bytes are, and what reading them gave: nothing repaired yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["FROM_PATH", "KEPT", "Columns", "RawDocument", "Source"]

KEPT = "column:"
"""What stands before the name of a column that was asked for, where a container says what it holds."""

FROM_PATH = "path:"
"""Likewise what stands before the name of a field that was read from the path of a file."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Which cells of a table's rows are read; one object is shared by all rows of a table.

    Args:
        text: The column that holds the documents: its position from 0, or its key in JSON Lines.
        title: Likewise the one with their titles, if there is one.
        delimiter: What separates the cells of a row.
        described: The columns that say more of a document, each after what it says: ``author``, ``keywords``,
            ``published``, ``issuer``, ``doc_number``, ``journal``, ``year``; and those that are kept as they
            are, each after :data:`KEPT` and its name.
    """

    text: str | int
    title: str | int | None = None
    delimiter: str = ","
    described: tuple[tuple[str, str | int], ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """Where one document's bytes are: small, picklable, read again whenever its text is needed.

    Args:
        id: The document's id in every table.
        path: The file to open.
        name: The file as the user knows it, for messages and ``--kept`` (``stdin`` for standard input).
        format: The reader that understands it, such as ``"text"``, ``"csv"`` or ``"jsonl"``.
        encoding: The encoding the user named or, for a table, that its scan found; ``None``: judge on
            reading.
        start: First byte of the document (of its record, in a table).
        stop: First byte after it; ``None`` for the end of the file.
        row: For a row of a table: the line it begins on in the file, from 1.
        columns: For a row of a table: which of its cells are read.
        spool: For a format that takes a parser: the run's private folder, which holds what it extracts.
        from_path: The pattern by which its path says more of it, if one was given.
        stored: For a text that was read before: the first byte of it in the file ``spool``, and their number.
    """

    id: str
    path: str
    name: str
    format: str
    encoding: str | None = None
    start: int = 0
    stop: int | None = None
    row: int | None = None
    columns: Columns | None = None
    spool: str | None = None
    from_path: str | None = None
    stored: tuple[int, int] | None = None

    def __hash__(self) -> int:
        """Return what tells most sources apart: hashing all fields takes as long as reading a line."""
        return hash((self.path, self.start))


@dataclass(frozen=True, slots=True)
class RawDocument:
    r"""A document as read: decoded, nothing repaired.

    Args:
        source: Where it came from.
        raw: The decoded text with its line ends, without a byte order mark. It may hold lone surrogates
            (``"\ud800"`` in JSON): encode it with ``errors="surrogatepass"`` or ``"replace"``.
        encoding: The encoding it was decoded with.
        meta: What the container says of it (``title`` of a table row, …).
        warnings: Warnings about the reading, as sentences.
    """

    source: Source
    raw: str
    encoding: str
    meta: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
