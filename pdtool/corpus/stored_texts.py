"""Texts that were read before, as bytes: an index keeps them, and they are read again from what it gives."""

from __future__ import annotations

import json
from pathlib import Path

from pdtool.corpus.source import RawDocument, Source

__all__ = ["pack", "read_stored", "unpack"]

_TEXT = "utf-16-le"
"""How texts stand in them: of Han it is the shortest."""
_END = b"\n"
"""What ends what is said of a text; JSON holds none."""


def pack(document: RawDocument) -> bytes:
    """Return a document as read, as bytes."""
    said = [document.encoding, dict(document.meta), list(document.warnings)]
    head = json.dumps(said, ensure_ascii=True, separators=(",", ":")).encode()
    return head + _END + document.raw.encode(_TEXT, "surrogatepass")


def unpack(data: bytes, source: Source) -> RawDocument:
    r"""Return a document as it was read.

    Args:
        data: What :func:`pack` made of it.
        source: Where it was.

    >>> source = Source("a", "a.txt", "a.txt", "text")
    >>> unpack(pack(RawDocument(source, "党建\r\n", "utf-8")), source).raw
    '党建\r\n'
    """
    head, _, text = data.partition(_END)
    encoding, meta, warnings = json.loads(head)
    return RawDocument(source, text.decode(_TEXT, "surrogatepass"), encoding, meta, tuple(warnings))


def read_stored(source: Source) -> RawDocument:
    """Read a document from the file that its source names.

    Raises:
        OSError: If the file is gone.
    """
    assert source.stored is not None, "only what was read before is stored"
    assert source.spool is not None, "it is in a file"
    start, length = source.stored
    with Path(source.spool).open("rb") as file:
        file.seek(start)
        return unpack(file.read(length), source)
