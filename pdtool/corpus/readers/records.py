"""Exports of literature databases: a record is a document, its abstract the text.

The records are written as a table once a run, and read like the rows of any other.
"""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

from pdtool.corpus.damage import decode_document
from pdtool.corpus.parse_cache import cached_path
from pdtool.corpus.read_options import ReadOptions
from pdtool.corpus.readers.base import Scanned
from pdtool.corpus.readers.delimited import DelimitedReader
from pdtool.corpus.records import COLUMNS, records_of
from pdtool.corpus.source import RawDocument, Source
from pdtool.errors import InputError, Problem, Severity
from pdtool.language import N_, _

__all__ = ["RecordsReader"]

_LARGEST = 200_000_000
"""Bytes of an export: it is held in memory as a whole."""
_HINT = N_("export the records again as NoteExpress, RefWorks, EndNote, RIS or BibTeX")


class RecordsReader:
    """Reads the records of an export, each under its number."""

    def __init__(self) -> None:
        self._csv = DelimitedReader(",")

    def scan(self, file: Source, options: ReadOptions, /) -> Scanned:
        """Find the file's records."""
        path = Path(file.path)
        if path.stat().st_size > _LARGEST:
            raise InputError(
                _("is too large (at most {LARGEST:,} bytes of records are read)", LARGEST=_LARGEST),
                _("divide it"),
            )
        decoded = decode_document(path.read_bytes(), options.encoding)
        records = records_of(decoded.text)
        if not records:
            raise InputError(_("holds no records in a known format"), _(_HINT))
        table = cached_path(file, ".csv")
        with table.open("w", encoding="utf-8", errors="replace", newline="") as out:
            writer = csv.DictWriter(out, COLUMNS)
            writer.writeheader()
            writer.writerows(records)
        reading = ReadOptions("utf-8", text_column="text", kept_columns=options.kept_columns)
        found = self._csv.scan(replace(file, path=str(table)), reading)
        said = [Problem(file.name, warning, severity=Severity.WARNING) for warning in decoded.warnings]
        rows = [replace(row, path=file.path) for row in found.sources]
        return Scanned(rows, [*said, *found.problems], found.columns)

    def read(self, source: Source) -> RawDocument:
        """Read one record."""
        row = self._csv.read(replace(source, path=str(cached_path(source, ".csv"))))
        return replace(row, source=source)
