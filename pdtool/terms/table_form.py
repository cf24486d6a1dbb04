"""Theme dictionaries as tables: ``theme,term[,weight][,note][,source]`` in CSV, TSV or an Excel workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from pdtool.data_files import data_json
from pdtool.errors import InputError, Problem, Severity
from pdtool.language import N_, _, listed
from pdtool.output.escaping import unescape_formula
from pdtool.terms.dictionary import Entry, Placed
from pdtool.terms.weights import parse_weight

__all__ = ["read_table", "read_workbook"]

Numbered = tuple[int, Sequence[str]]
"""A row and the line it begins on, from 1."""

_DELIMITERS = ",;\t，"
_ROLES = ("theme", "term", "weight", "note", "source")
_HEADER_HINT = N_("begin the file with a line such as theme,term,weight,note")
_LONGEST_CELL = 2**31 - 1


@cache
def _names() -> dict[str, frozenset[str]]:
    table = data_json("themes/columns.json")
    return {role: frozenset(table["origin" if role == "source" else role]) for role in _ROLES}


def _roles(header: Sequence[str], name: str, line: int) -> dict[str, int]:
    """Return which column holds what."""
    plain = [cell.strip().casefold() for cell in header]
    roles: dict[str, int] = {}
    for role, names in _names().items():
        found = [position for position, cell in enumerate(plain) if cell in names]
        if len(found) > 1:
            raise InputError(
                _(
                    "{name}: line {line}: has more than one column for the {role}",
                    name=name,
                    line=line,
                    role=role,
                ),
                _("take one of them out"),
            )
        roles |= dict.fromkeys([role] * len(found), found[0] if found else 0)
    for role in ("theme", "term"):
        if role not in roles:
            shown = listed(cell.strip()[:40] for cell in header[:10])
            raise InputError(
                _(
                    "{name}: line {line}: has no column {role!r} (its columns: {shown})",
                    name=name,
                    line=line,
                    role=role,
                    shown=shown,
                ),
                _(_HEADER_HINT),
            )
    return roles


def _entry(cells: Sequence[str], roles: Mapping[str, int], name: str, line: int) -> Entry | None:
    """Return a row as an entry; ``None`` for a blank one."""
    values = {
        role: " ".join(unescape_formula(cells[position]).split()) if position < len(cells) else ""
        for role, position in roles.items()
    }
    if not any(values.values()):
        return None
    for role in ("theme", "term"):
        if not values[role]:
            other = values["term" if role == "theme" else "theme"]
            raise InputError(
                _(
                    "{name}: line {line}: has no {role} (beside {other!r})",
                    name=name,
                    line=line,
                    role=role,
                    other=other,
                ),
                _("fill the cell, or take the row out; every row names its theme"),
            )
    try:
        weight = parse_weight(values.get("weight", ""))
    except ValueError as error:
        raise InputError(
            _("{name}: line {line}: {error}", name=name, line=line, error=error),
            _("write a number, such as 1 or 0.5"),
        ) from error
    return Entry(values["theme"], values["term"], weight, values.get("note", ""), values.get("source", ""))


def _read(rows: Iterable[Numbered], name: str) -> tuple[list[Placed], list[Problem]]:
    filled = ((line, cells) for line, cells in rows if any(cell.strip() for cell in cells))
    line, header = next(filled, (0, ()))
    if not header:
        return [], []
    roles = _roles(header, name, line)
    unknown = [cell for place, cell in enumerate(header) if place not in roles.values() and cell.strip()]
    problems = [
        Problem(
            name,
            _("line {line}: unknown column {strip!r} is not used", line=line, strip=cell.strip()[:40]),
            severity=Severity.WARNING,
        )
        for cell in unknown[:5]
    ]
    placed = ((line, _entry(cells, roles, name, line)) for line, cells in filled)
    return [(line, entry) for line, entry in placed if entry is not None], problems


def _csv_rows(text: str, delimiter: str, name: str) -> Iterator[Numbered]:
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise InputError(
                _(
                    "{name}: line {line}: cannot be read as a table ({error})",
                    name=name,
                    line=line,
                    error=error,
                )
            ) from error
        yield line, cells


def read_table(text: str, name: str) -> tuple[list[Placed], list[Problem]]:
    r"""Read a dictionary in CSV or TSV; the delimiter is the one that divides the header most.

    Args:
        text: The decoded file.
        name: The file as the user knows it, for messages.

    Returns:
        ``(line, entry)`` in the order of the file, and warnings about columns that are not used.

    Raises:
        InputError: If a column is missing, or a row is incomplete; it names the line.

    >>> read_table("主题,词\n党建,党支部\n", "d.csv")[0]
    [(2, Entry(theme='党建', term='党支部', weight=1.0, note='', source=''))]
    """
    header = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=header.count)
    return _read(_csv_rows(text, delimiter, name), name)


def read_workbook(path: Path, name: str) -> tuple[list[Placed], list[Problem]]:
    """Read the first sheet of an Excel workbook; see :func:`read_table`.

    Raises:
        InputError: If it is no workbook, or as for a table.
        OSError: If it cannot be opened.
    """
    from openpyxl import load_workbook

    with path.open("rb") as stream:
        try:
            book = load_workbook(stream, read_only=True, data_only=True)
            sheet = book.worksheets[0]
            rows = [
                (line, ["" if cell is None else str(cell) for cell in cells])
                for line, cells in enumerate(sheet.iter_rows(values_only=True), 1)
            ]
        except OSError:
            raise
        except Exception as error:  # a damaged workbook fails in openpyxl's zip, XML or own code
            raise InputError(
                _("{name}: cannot be read as a workbook ({name2})", name=name, name2=type(error).__name__),
                _("save it as .xlsx or .csv"),
            ) from error
    return _read(rows, name)
