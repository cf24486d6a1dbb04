"""Formats that take a parser: a document becomes one text, a table becomes CSV."""

from __future__ import annotations

from dataclasses import replace

from pdtool.corpus.parse_cache import cached_path, parse_once
from pdtool.corpus.read_options import ReadOptions
from pdtool.corpus.readers.base import Scanned
from pdtool.corpus.readers.delimited import DelimitedReader
from pdtool.corpus.source import RawDocument, Source
from pdtool.errors import Problem, Severity

__all__ = ["ParsedReader", "ParsedTableReader"]


class ParsedReader:
    """Reads a file as one document.

    Args:
        kind: The parser that understands it.
    """

    def __init__(self, kind: str) -> None:
        self._kind = kind

    def scan(self, file: Source, _options: ReadOptions, /) -> Scanned:
        """Return the file as its one document, unopened."""
        return Scanned((file,))

    def read(self, source: Source) -> RawDocument:
        """Return the text that the parser extracted."""
        made = parse_once(source, self._kind)
        return RawDocument(source, made["text"], made["encoding"], made["meta"], tuple(made["warnings"]))


class ParsedTableReader:
    """Reads a table of another format as CSV: one document per row, columns as for CSV.

    Args:
        kind: The converter that understands it.
    """

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._csv = DelimitedReader(",")

    def scan(self, file: Source, options: ReadOptions, /) -> Scanned:
        """Convert the table and find its rows."""
        table = cached_path(file, ".csv")
        made = parse_once(file, self._kind, table=str(table))
        found = self._csv.scan(
            replace(file, path=str(table), encoding="utf-8"), replace(options, encoding="utf-8")
        )
        said = [Problem(file.name, warning, severity=Severity.WARNING) for warning in made["warnings"]]
        rows = [replace(row, path=file.path) for row in found.sources]
        return Scanned(rows, [*said, *found.problems], found.columns)

    def read(self, source: Source) -> RawDocument:
        """Read one row."""
        row = self._csv.read(replace(source, path=str(cached_path(source, ".csv"))))
        return replace(row, source=source)
