"""What tables have in common: their lines as bytes, the ids and faults of their rows."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from pdtool.corpus.encodings import MARK, decode_as, is_wide, shown_name
from pdtool.corpus.readers.base import Scanned
from pdtool.corpus.source import Columns, Source
from pdtool.errors import InputError, Problem, Severity
from pdtool.language import _

__all__ = ["Lines", "Rows", "changed", "cut", "kept_open", "shortened"]

_SHOWN_FAULTS = 5
"""Faulty rows that are named one by one; the rest of a table's is counted."""

_SHOWN_ID = 60

_BLOCK = 1 << 18
"""Bytes of lines that are decoded together: short ones take twice as long one by one."""
_LONG = 1000
"""Bytes of lines that are quicker decoded one by one."""


class Lines(Iterator[str]):
    r"""The lines of a table as text, with their ends (``\n``, ``\r\n`` or ``\r``), and the bytes they took.

    Only these end a line: a line separator or a next-line character inside a cell does not.

    Args:
        file: Open at its start.
        encoding: The encoding it is in.

    Attributes:
        position: Bytes of the lines handed out so far.
        number: How many these are.
        recent: Those handed out since the caller last cleared it.
    """

    def __init__(self, file: BinaryIO, encoding: str) -> None:
        self.position = 0
        self.number = 0
        self.recent: list[str] = []
        self._encoding = encoding
        self._damage = ""
        self._pieces = self._wide(file) if is_wide(encoding) else self._narrow(file)

    def __next__(self) -> str:
        text, size = next(self._pieces)
        if self.number == 0:
            text = text.removeprefix(MARK)
        self.position += size
        self.number += 1
        self.recent.append(text)
        return text

    def take_damage(self) -> str:
        """Say which bytes of the lines handed out since the last call could not be decoded, or nothing."""
        damage, self._damage = self._damage, ""
        return damage

    def _narrow(self, file: BinaryIO) -> Iterator[tuple[str, int]]:
        while block := file.read(_BLOCK):
            block += file.readline()
            lines = block.splitlines(keepends=True)
            texts = self._divided(block) if len(block) < _LONG * len(lines) else []
            if len(texts) == len(lines):
                yield from zip(texts, map(len, lines), strict=True)
            else:
                yield from ((self._decoded(line), len(line)) for line in lines)

    def _divided(self, block: bytes) -> list[str]:
        """Return the lines of a block as text; none, if it holds damage that a line has to answer for."""
        try:
            return list(io.StringIO(decode_as(block, self._encoding), newline=""))
        except InputError:
            return []

    def _decoded(self, line: bytes) -> str:
        try:
            return decode_as(line, self._encoding)
        except InputError as error:
            cause = error.__cause__
            where = (
                _(" at byte {n}", n=self.position + cause.start)
                if isinstance(cause, UnicodeDecodeError)
                else ""
            )
            self._damage = self._damage or _(
                "is not valid {encoding}{where}", encoding=shown_name(self._encoding), where=where
            )
            return line.decode(self._encoding, "replace")

    def _wide(self, file: BinaryIO) -> Iterator[tuple[str, int]]:
        # Line ends are not single bytes here, but every character's size is known. The text layer gets a
        # buffer of its own, so that closing it leaves the file open.
        encoding, errors = self._encoding, "surrogatepass"
        with os.fdopen(file.fileno(), encoding=encoding, errors=errors, newline="", closefd=False) as text:
            text.seek(0)
            try:
                yield from ((line, len(line.encode(encoding, errors))) for line in text)
            except UnicodeDecodeError as error:
                message = _(
                    "is damaged (not valid {encoding}: {reason})",
                    encoding=shown_name(encoding),
                    reason=error.reason,
                )
                raise InputError(message) from error


class Rows:
    """The rows of one table, collected.

    Args:
        file: The whole file.
        encoding: The encoding it is in.
        columns: Which cells its documents are read from.
    """

    def __init__(self, file: Source, encoding: str, columns: Columns) -> None:
        self._file = replace(file, encoding=encoding, columns=columns)
        self._sources: list[Source] = []
        self._faults: dict[Severity, list[tuple[str, str]]] = {Severity.ERROR: [], Severity.WARNING: []}
        self._lines: dict[str, int] = {}
        self._repeated: dict[str, int] = {}

    def add(self, row_id: str, line: int, start: int, stop: int) -> None:
        """Take a row as a document; one with the id of an earlier row gets one of its own, with a warning.

        Args:
            row_id: Its id within the table.
            line: The line it begins on, from 1.
            start: Its first byte.
            stop: The first byte after it.
        """
        row_id = self._own_id(row_id, line)
        self._lines[row_id] = line
        file = self._file
        self._sources.append(
            Source(
                f"{file.id}#{row_id}",
                file.path,
                file.name,
                file.format,
                file.encoding,
                start,
                stop,
                line,
                file.columns,
                file.spool,
                file.from_path,
            )
        )

    def _own_id(self, row_id: str, line: int) -> str:
        """Return an id that no earlier row has: ``1``, then ``1-2``, ``1-3``."""
        if row_id not in self._lines:
            return row_id
        number = self._repeated.get(row_id, 1) + 1
        while f"{row_id}-{number}" in self._lines:
            number += 1
        self._repeated[row_id] = number
        shown = shortened(row_id, _SHOWN_ID)
        message = _(
            "has the id {shown!r} of line {earlier} and is read as {new!r}",
            shown=shown,
            earlier=self._lines[row_id],
            new=f"{shown}-{number}",
        )
        self.fault(line, message, _("take another column with --id-column"), Severity.WARNING)
        return f"{row_id}-{number}"

    def fault(self, line: int, message: str, hint: str = "", severity: Severity = Severity.ERROR) -> None:
        """Report a row that cannot be used or, as a warning, that is doubtful."""
        self._faults[severity].append((_("line {line} {message}", line=line, message=message), hint))

    def scanned(self, columns: Sequence[str] = ()) -> Scanned:
        """Return what was collected; of many faulty rows the first are named and the rest counted.

        Args:
            columns: The names of the table's columns.
        """
        problems = [
            problem for severity, faults in self._faults.items() for problem in self._capped(severity, faults)
        ]
        return Scanned(self._sources, problems, columns)

    def _capped(self, severity: Severity, faults: Sequence[tuple[str, str]]) -> Iterator[Problem]:
        for message, hint in faults[:_SHOWN_FAULTS]:
            yield Problem(self._file.name, message, hint, severity)
        rest = len(faults) - _SHOWN_FAULTS
        if rest > 0:
            fate = (
                _("could not be used") if severity is Severity.ERROR else _("are doubtful in the same ways")
            )
            yield Problem(
                self._file.name, _("{rest} more rows {fate}", rest=rest, fate=fate), severity=severity
            )


class _Table:
    """The table that rows are being cut from: most rows of a batch are of one."""

    def __init__(self) -> None:
        self._path = ""
        self._file: BinaryIO | None = None

    def bytes_of(self, source: Source) -> bytes:
        """Return the bytes of a row."""
        assert source.stop is not None, "a row knows its end"
        if self._file is None or self._path != source.path:
            self.close()
            self._file = Path(source.path).open("rb", buffering=0)  # noqa: SIM115 (close() closes it)
            self._path = source.path
        self._file.seek(source.start)
        return self._file.read(source.stop - source.start)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


_open_tables: list[_Table] = []
"""The table that stays open in this process, if one does."""


@contextmanager
def kept_open() -> Iterator[None]:
    """Keep the table open between the rows that are cut from it, as long as this lasts."""
    _open_tables.append(_Table())
    try:
        yield
    finally:
        _open_tables.pop().close()


def _bytes_of(source: Source) -> bytes:
    if _open_tables:
        return _open_tables[-1].bytes_of(source)
    with kept_open():
        return _open_tables[-1].bytes_of(source)


def cut(source: Source) -> str:
    """Read the bytes of one row and decode them.

    Raises:
        InputError: If they are damaged.
        OSError: If the file cannot be read.
    """
    assert source.encoding is not None, "a row knows its encoding"
    data = _bytes_of(source)
    try:
        return decode_as(data, source.encoding)
    except InputError as error:
        raise InputError(
            _("line {row} {message}", row=source.row, message=error.message), error.hint
        ) from error


def changed(source: Source) -> InputError:
    """Return the error for a row that is not where the scan found it."""
    return InputError(
        _("line {row} is no longer what it was (the file changed while it was read)", row=source.row)
    )


def shortened(text: str, length: int) -> str:
    """Return a text for a message, cut to a length."""
    return text if len(text) <= length else f"{text[: length - 1]}…"
