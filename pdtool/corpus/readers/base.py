"""What a reader of a file format does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from pdtool.corpus.read_options import ReadOptions
from pdtool.corpus.source import RawDocument, Source
from pdtool.errors import Problem

__all__ = ["Reader", "Scanned"]


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a file holds.

    Args:
        sources: Its documents, in its order.
        problems: What of it could not be used.
        columns: The names of its columns, if it is a table.
    """

    sources: Sequence[Source]
    problems: Sequence[Problem] = ()
    columns: Sequence[str] = ()


class Reader(Protocol):
    """A file format: how a file divides into documents, and how each is read."""

    def scan(self, file: Source, options: ReadOptions, /) -> Scanned:
        """Divide a file into documents.

        Args:
            file: The whole file; a document's id is derived from its id.
            options: What the user says about the inputs.

        Raises:
            InputError: If the file as a whole cannot be used.
            OSError: If it cannot be read.
        """
        ...

    def read(self, source: Source) -> RawDocument:
        """Read one document that :meth:`scan` found, in any process.

        Raises:
            InputError: If it cannot be used.
            OSError: If it cannot be read.
        """
        ...
