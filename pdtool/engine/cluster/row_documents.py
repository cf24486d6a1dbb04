"""Rows of a table on a cluster → documents as read, packed: the first stage, where the rows are."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from pdtool.corpus.parsing.spreadsheets import shown_cell
from pdtool.corpus.problems import LARGEST_DOCUMENT, too_long
from pdtool.corpus.readers.columns import described_row
from pdtool.corpus.readers.jsonl import parsed_line, shown_value
from pdtool.corpus.source import RawDocument, Source
from pdtool.corpus.stored_texts import pack
from pdtool.engine.cluster.arrow_schemas import arrow_schema
from pdtool.engine.cluster.executing import pieces, record_batch, working
from pdtool.errors import InputError
from pdtool.language import _

__all__ = ["LONG_CELL", "CellsToDocuments", "LinesToDocuments", "ReadColumns", "line_keys"]

LONG_CELL = "pdtool_too_long"
"""The column that says of a row that its text has more characters than a document may have."""
LONGEST_LINE = 8 * LARGEST_DOCUMENT
"""Bytes of a line of JSON beyond which its text is too long: what else it holds is short."""
_MADE_ID = 16
"""Hexadecimal digits of the id of a document that has none: of the hash of its text."""


@dataclass(frozen=True, slots=True)
class ReadColumns:
    """Which columns of a table are read, by their names, and what its documents are called.

    Args:
        name: The table as the user named it.
        file: What stands before the ids of its rows.
        format: The format.
        text: The column with the texts.
        id: The one with their ids, if there is one.
        title: Likewise their titles.
        described: The columns that say more of a document, each after what it says.
        language: What sentences are said in.
    """

    name: str
    file: str
    format: str
    text: str
    id: str | None
    title: str | None
    described: tuple[tuple[str, str], ...]
    language: str

    def document(self, row_id: str, text: str, title: str, said: Mapping[str, str], size: int) -> Any:
        """Return a row of the stage ``rows``.

        Args:
            row_id: The id of the row; empty if it has none, and is called by a hash of its text.
            text: Its text.
            title: Its title, or nothing.
            said: What else it says of the document.
            size: Bytes that it takes in a file.
        """
        if len(text) > LARGEST_DOCUMENT:
            return self.fault(too_long())
        source = Source(self.file, self.name, self.name, self.format, row=1)
        raw = pack(RawDocument(source, text, "utf-8", described_row(title, said)))
        made = not row_id
        if made:
            row_id = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_MADE_ID]
        full = f"{self.file}#{row_id}".encode("utf-8", "surrogatepass")
        return {"id": full, "made": made, "raw": raw, "bytes": size, "fault": None}

    def fault(self, error: InputError) -> Any:
        """Return a row of the stage ``rows`` that cannot be used."""
        told = json.dumps([error.message, error.hint], ensure_ascii=True)
        return {"id": None, "made": False, "raw": None, "bytes": 0, "fault": told}


@dataclass(frozen=True, slots=True)
class CellsToDocuments:
    """Makes documents of rows of cells: of Parquet and CSV.

    Args:
        columns: Which are read.
    """

    columns: ReadColumns

    def __call__(self, batches: Iterable[Any]) -> Iterator[Any]:
        """Yield the documents of record batches."""
        for piece in pieces(batches):
            with working(self.columns.language):
                rows = [self._row(row) for row in piece]
            yield record_batch([row for row in rows if row is not None], arrow_schema("rows"))

    def _row(self, row: Mapping[str, Any]) -> Any:
        columns = self.columns
        if row[LONG_CELL]:
            return columns.fault(too_long())
        cells = {name: shown_cell(value) for name, value in row.items() if name != LONG_CELL}
        if not any(map(str.strip, cells.values())):
            return None  # as blank lines of a file
        written = io.StringIO(newline="")
        csv.writer(written).writerow(cells.values())
        return columns.document(
            "" if columns.id is None else cells[columns.id].strip(),
            cells[columns.text],
            "" if columns.title is None else cells[columns.title],
            {role: cells[name] for role, name in columns.described},
            len(written.getvalue().encode("utf-8", "replace")),
        )


@dataclass(frozen=True, slots=True)
class LinesToDocuments:
    """Makes documents of lines of JSON.

    Args:
        columns: Which keys are read.
    """

    columns: ReadColumns

    def __call__(self, batches: Iterable[Any]) -> Iterator[Any]:
        """Yield the documents of record batches."""
        for piece in pieces(batches):
            with working(self.columns.language):
                rows = [self._row(row) for row in piece if row[LONG_CELL] or row["value"].strip()]
            yield record_batch(rows, arrow_schema("rows"))

    def _row(self, line: Mapping[str, Any]) -> Any:
        columns = self.columns
        if line[LONG_CELL]:
            return columns.fault(too_long())
        row, fault = parsed_line(line["value"])
        if fault:
            return columns.fault(InputError(fault))
        text = row.get(columns.text)
        if not isinstance(text, str):
            return columns.fault(InputError(_("has no string as its {key!r}", key=columns.text)))
        row_id = None if columns.id is None else row.get(columns.id)
        if isinstance(row_id, (bool, dict, list)):
            said = _("has neither a string nor a number as its {key!r}", key=columns.id)
            return columns.fault(InputError(said))
        title = None if columns.title is None else row.get(columns.title)
        return columns.document(
            "" if row_id is None else str(row_id).strip(),
            text,
            title if isinstance(title, str) else "",
            {role: shown_value(row.get(key)) for role, key in columns.described},
            len(line["value"].encode()) + 1,
        )


def line_keys(batches: Iterable[Any]) -> Iterator[Any]:
    """Yield the keys of the objects of lines, each once a batch."""
    import pyarrow as pa

    for batch in batches:
        found: dict[str, None] = {}
        for row in batch.to_pylist():
            if not row[LONG_CELL]:
                found |= dict.fromkeys(parsed_line(row["value"])[0])
        names = [name for name in found if name.isprintable()]
        yield pa.RecordBatch.from_pydict({"name": pa.array(names, pa.string())})
