"""Plain text and Markdown: each file is a document."""

from __future__ import annotations

from pathlib import Path

from pdtool.corpus.damage import decode_document
from pdtool.corpus.problems import LARGEST_DOCUMENT, too_long
from pdtool.corpus.read_options import ReadOptions
from pdtool.corpus.readers.base import Scanned
from pdtool.corpus.readers.yaml_fields import fields_of
from pdtool.corpus.source import RawDocument, Source

__all__ = ["TextReader"]

_LARGEST = 4 * LARGEST_DOCUMENT
"""Bytes of a text: no encoding takes more for a character."""


class TextReader:
    """Reads a file as it stands."""

    def scan(self, file: Source, _options: ReadOptions, /) -> Scanned:
        """Return the file as its one document, unopened."""
        return Scanned((file,))

    def read(self, source: Source) -> RawDocument:
        """Decode the file."""
        if Path(source.path).stat().st_size > _LARGEST:
            raise too_long()
        decoded = decode_document(Path(source.path).read_bytes(), source.encoding)
        said = fields_of(decoded.text)
        return RawDocument(source, decoded.text, decoded.encoding, said, decoded.warnings)
