"""JSON Lines: each line is an object, each object a document."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from pdtool.corpus.encodings import encoding_of_file
from pdtool.corpus.read_options import ReadOptions
from pdtool.corpus.readers.base import Scanned
from pdtool.corpus.readers.columns import described_columns, described_row, find_column, text_column
from pdtool.corpus.readers.rows import Lines, Rows, changed, cut
from pdtool.corpus.source import Columns, RawDocument, Source
from pdtool.language import N_, _

__all__ = ["JsonLinesReader", "parsed_line", "shown_value"]

_FIRST = 100
"""Objects whose keys are taken for the table's columns; in JSON Lines an object may leave out any of them."""

_DECODER = json.JSONDecoder(strict=False)
"""Lets unescaped control characters in strings pass, as many exports leave them."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that is not blank: its bytes, its number, and its object or what is wrong with it."""

    start: int
    stop: int
    number: int
    row: Mapping[str, Any]
    fault: str


class JsonLinesReader:
    """Reads files that hold one JSON object per line; a row without an id is known by the number of its line.

    The first objects decide which keys are the text, the id and the title, where the user does not say.
    """

    def scan(self, file: Source, options: ReadOptions) -> Scanned:
        """Find the file's objects."""
        with Path(file.path).open("rb") as handle:
            encoding = encoding_of_file(handle, options.encoding)
            names, columns, row_id = _keys(_lines(handle, encoding), options)
            text = str(columns.text)
            rows = Rows(file, encoding, columns)
            for line in _lines(handle, encoding):
                _take(rows, line, text, row_id)
        return rows.scanned(names)

    def read(self, source: Source) -> RawDocument:
        """Read one object."""
        columns, encoding = source.columns, source.encoding
        assert columns is not None and encoding is not None, "a row knows its columns and its encoding"
        row, fault = parsed_line(cut(source))
        text, title = row.get(str(columns.text)), row.get(str(columns.title))
        if fault or not isinstance(text, str):
            raise changed(source)
        said = {role: shown_value(row.get(str(key))) for role, key in columns.described}
        return RawDocument(
            source, text, encoding, described_row(title if isinstance(title, str) else "", said)
        )


def _lines(handle: BinaryIO, encoding: str) -> Iterator[_Line]:
    handle.seek(0)
    lines = Lines(handle, encoding)
    start = 0
    for text in lines:
        lines.recent.clear()
        if not text.isspace():
            damage = lines.take_damage()
            row, fault = ({}, damage) if damage else parsed_line(text)
            yield _Line(start, lines.position, lines.number, row, fault)
        start = lines.position


def parsed_line(line: str) -> tuple[Mapping[str, Any], str]:
    """Return the object of a line, and what is wrong with it."""
    try:
        row = _DECODER.decode(line)
    except json.JSONDecodeError as error:
        return {}, _("is not JSON ({msg} at character {n})", msg=error.msg, n=error.pos + 1)
    except (ValueError, RecursionError) as error:
        return {}, _("is JSON that cannot be used ({error})", error=error)
    if not isinstance(row, dict):
        return {}, _("is not a JSON object ({kind})", kind=_kind(row))
    return row, ""


def shown_value(value: object) -> str:
    """Return a string, a number, a boolean, or a list of strings, as the cell of a table."""
    if isinstance(value, list):
        return "; ".join(one for one in value if isinstance(one, str))
    if isinstance(value, bool):
        return json.dumps(value)
    return str(value) if isinstance(value, (str, int, float)) else ""


def _keys(lines: Iterator[_Line], options: ReadOptions) -> tuple[list[str], Columns, str | None]:
    """Return the keys of the first objects, which of them are read, and that of the ids.

    Raises:
        InputError: If a key the user names is not among them, or it is not clear which holds the text.
    """
    first = islice((line.row for line in lines if line.row), _FIRST)
    names = list(dict.fromkeys(name for row in first for name in row))
    if not names:
        return names, Columns(""), None
    text = text_column(names, options.text_column)
    row_id = find_column(names, options.id_column, "id")
    title = find_column(names, options.title_column, "title")
    described = described_columns(names, options.kept_columns)
    return names, Columns(text, title, described=tuple(described.items())), row_id


def _take(rows: Rows, line: _Line, text: str, id_key: str | None) -> None:
    """Take a line as a row, or say why not."""
    row_id = line.row.get(id_key) if id_key is not None else None
    if line.fault:
        rows.fault(line.number, line.fault)
    elif text not in line.row:
        rows.fault(line.number, _("has no {text!r}", text=text))
    elif not isinstance(line.row[text], str):
        rows.fault(
            line.number, _("has no string as its {text!r} ({kind})", text=text, kind=_kind(line.row[text]))
        )
    elif isinstance(row_id, (bool, dict, list)):
        rows.fault(
            line.number,
            _(
                "has neither a string nor a number as its {id_key!r} ({kind})",
                id_key=id_key,
                kind=_kind(row_id),
            ),
        )
    else:
        known = "" if row_id is None else str(row_id).strip()
        rows.add(known or str(line.number), line.number, line.start, line.stop)


def _kind(value: object) -> str:
    return _(_KINDS[type(value)]) if type(value) in _KINDS else "null"


_KINDS = {
    bool: N_("a boolean"),
    dict: N_("an object"),
    float: N_("a number"),
    int: N_("a number"),
    list: N_("a list"),
    str: N_("a string"),
}
