"""Exports of literature databases and reference managers → records: title, authors, keywords, abstract.

The formats are all lists of fields; which one a file is in is told by its first lines, and what their fields
are called stands in ``data/record_formats.json``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from pdtool.data_files import data_json

__all__ = ["COLUMNS", "is_records", "records_of"]

COLUMNS = ("title", "author", "keywords", "text", "journal", "year")
"""What is taken from a record."""
_HEAD_LINES = 30
"""Lines in which a format shows itself."""
_ENTRY = re.compile(r"^[ \t]*@[ \t]*(?P<kind>[A-Za-z]+)[ \t]*[{(]", re.MULTILINE)
_NO_ENTRY = frozenset({"comment", "string", "preamble"})
"""What BibTeX files hold beside records."""
_FIELD = re.compile(r"\s*+,?\s*+(?P<name>[A-Za-z][\w-]*+)\s*+=\s*+")
_BARE = re.compile(r"[^,{}\s]+")
_BRACES = re.compile(r"[{}]")
_AND = re.compile(r"(?<!\s)\s++and\s++")
_LISTS = frozenset({"author", "keywords"})
"""What a record may have several of."""


@dataclass(frozen=True, slots=True)
class _Format:
    """A format of lines: how a field's line looks, which tags begin a record, which tags each field has."""

    line: re.Pattern[str]
    first: frozenset[str]
    fields: Mapping[str, Sequence[str]]

    def tag(self, line: str) -> str:
        """Return the tag of a line, empty if it has none."""
        match = self.line.fullmatch(line)
        return match["tag"] if match else ""


@cache
def _data() -> dict[str, Any]:
    table: dict[str, Any] = data_json("record_formats.json")
    return table


@cache
def _formats() -> tuple[_Format, ...]:
    return tuple(
        _Format(re.compile(one["line"]), frozenset(one["first"]), one["fields"])
        for one in _data()["line_formats"].values()
    )


@cache
def _bibtex_fields() -> Mapping[str, Sequence[str]]:
    fields: Mapping[str, Sequence[str]] = _data()["bibtex"]
    return fields


def is_records(head: str) -> bool:
    r"""Return whether a text that begins so is an export of records.

    The first line that is not blank must begin a record, and a field that is known must follow.

    Args:
        head: The first lines of the text.

    >>> is_records("RT Journal Article\nSR 1\nT1 基层治理\n"), is_records("RT-Mart 开业\n正文\n")
    (True, False)
    """
    lines = [line.strip() for line in head.split("\n") if line.strip()][:_HEAD_LINES]
    return _format_of(lines) is not None or _is_bibtex(lines)


def _format_of(lines: Sequence[str]) -> _Format | None:
    for one in _formats():
        if lines and one.tag(lines[0]) in one.first:
            known = {tag for tags in one.fields.values() for tag in tags}
            if any(one.tag(line) in known for line in lines[1:]):
                return one
    return None


def _is_bibtex(lines: Sequence[str]) -> bool:
    if not lines or not _ENTRY.match(lines[0]):
        return False
    known = {name for names in _bibtex_fields().values() for name in names}
    fields = (_FIELD.match(line) for line in lines[1:])
    return any(field is not None and field["name"].lower() in known for field in fields)


def records_of(text: str) -> list[dict[str, str]]:
    r"""Return the records of an export: :data:`COLUMNS` by name, lists joined by ``;``.

    Args:
        text: The whole file, decoded.

    >>> found = records_of("%0 Journal Article\n%T 基层治理\n%A 李青山\n%A 王白水\n%J 水利\n%X 摘要。\n")
    >>> {name: value for name, value in found[0].items() if value}
    {'title': '基层治理', 'author': '李青山;王白水', 'text': '摘要。', 'journal': '水利'}
    """
    lines = [line.strip() for line in text.replace(_data()["line_break"], "\n").splitlines()]
    found = _format_of([line for line in lines if line][:_HEAD_LINES])
    pairs = _line_records(lines, found) if found else _bibtex_records(text)
    fields = found.fields if found else _bibtex_fields()
    return [_record(record, fields) for record in pairs]


_Pairs = list[tuple[str, str]]
"""The fields of a record as they stand: tag and value."""


def _line_records(lines: Sequence[str], form: _Format) -> list[_Pairs]:
    """Divide lines into records; a line without a tag goes on with the field before it."""
    records: list[_Pairs] = []
    for line in lines:
        match = form.line.fullmatch(line)
        if match and match["tag"] in form.first:
            records.append([])
        if not records:
            continue
        if match:
            records[-1].append((match["tag"], (match["value"] or "").strip()))
        elif line and records[-1]:
            tag, value = records[-1][-1]
            records[-1][-1] = (tag, f"{value}\n{line}" if value else line)
    return records


def _bibtex_records(text: str) -> list[_Pairs]:
    starts = list(_ENTRY.finditer(text))
    ends = [match.start() for match in starts[1:]] + [len(text)]
    return [
        list(_bibtex_fields_of(text[match.end() : end]))
        for match, end in zip(starts, ends, strict=False)
        if match["kind"].lower() not in _NO_ENTRY
    ]


def _bibtex_fields_of(entry: str) -> Iterator[tuple[str, str]]:
    """Yield the fields of an entry, from its key to the brace that closes it."""
    offset = entry.find(",")
    while offset >= 0 and (match := _FIELD.match(entry, offset)):
        value, offset = _bibtex_value(entry, match.end())
        yield match["name"].lower(), " ".join(value.split())


def _bibtex_value(entry: str, start: int) -> tuple[str, int]:
    """Return a value, without what encloses it, and the offset behind it."""
    if entry[start : start + 1] == "{":
        depth = 0
        for brace in _BRACES.finditer(entry, start):
            depth += 1 if brace[0] == "{" else -1
            if depth == 0:
                return _BRACES.sub("", entry[start : brace.end()]), brace.end()
        return _BRACES.sub("", entry[start:]), len(entry)
    if entry[start : start + 1] == '"':
        end = entry.find('"', start + 1)
        end = len(entry) if end < 0 else end
        return _BRACES.sub("", entry[start + 1 : end]), end + 1
    bare = _BARE.match(entry, start)
    return (bare[0], bare.end()) if bare else ("", start)


def _record(pairs: _Pairs, fields: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {column: _values(pairs, fields[column], column) for column in COLUMNS}


def _values(pairs: _Pairs, tags: Sequence[str], column: str) -> str:
    """Return what the first tag that a record has says; several lines of a list are one list."""
    for tag in tags:
        values = [value for one, value in pairs if one == tag and value]
        if values and column in _LISTS:
            return ";".join(part for value in values for part in _AND.split(value.replace("\n", ";")))
        if values:
            return values[0]
    return ""
