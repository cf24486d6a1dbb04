"""A field of a document's metadata: what it says, where it stands, where it was read, how sure it is."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

from pdtool.data_files import data_toml

__all__ = ["FIELDS", "JOINED", "LISTS", "Field", "Origin", "field_data", "grade_of"]

FIELDS = (
    *("title", "issuer", "level", "doc_number", "date", "year", "genre"),
    *("authors", "affiliation", "keywords", "abstract", "source"),
)
"""The fields, in the order of tables."""
LISTS = frozenset({"issuer", "authors", "affiliation", "keywords"})
"""Fields that may have several values."""
JOINED = "; "
"""What parts several values in one string."""


class Origin(StrEnum):
    """Where a field was read, the most to be trusted first."""

    LAYOUT = "layout"
    """The layout of an official document: letterhead, number, title, promulgation line."""
    SIGNATURE = "signature"
    """The lines that sign a text."""
    HEAD = "head"
    """The lines above a text: title, byline, abstract, date."""
    INDEX_TABLE = "index_table"
    """The table of a government portal, or a line that a site prints above a text, label by label."""
    META = "meta"
    """An element of a web page, a property of a file or the fields before a Markdown text."""
    RECORD = "record"
    """A record of a literature database."""
    COLUMN = "column"
    """A column of a table."""
    PATH = "path"
    """The path of the file, as the user says what it means (``--from-path``)."""
    NAME = "name"
    """The name of the file."""


class Field(NamedTuple):
    """What one place says of a document.

    Args:
        name: One of :data:`FIELDS`.
        value: What it says: a date as ``2021-03-05``, ``2021-03`` or ``2021``, a title in one line.
        origin: Where it was read.
        sure: How sure that is, a grade from 0 to 1.
        start: The offset at which it begins, -1 where it does not stand in the text.
        end: The offset behind it, -1 likewise.
        is_raw: Whether the offsets count the raw text, not the clean one.
    """

    name: str
    value: str
    origin: Origin
    sure: float
    start: int = -1
    end: int = -1
    is_raw: bool = False


@cache
def field_data() -> dict[str, Any]:
    """Return what ``data/fields.toml`` holds."""
    return data_toml("fields.toml")


@cache
def grade_of(name: str, origin: Origin) -> float:
    """Return how sure a field is that was read in one place alone."""
    grades: Mapping[str, float] = field_data()["grades"][origin.value]
    return grades.get(name, grades["other"])
