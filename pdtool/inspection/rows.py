"""Rows of ``pdtool inspect`` and of the log of ``pdtool clean``."""

from __future__ import annotations

from dataclasses import dataclass

from pdtool.rows import Kind, column

__all__ = ["EditRow", "FieldRow", "InspectRow"]


@dataclass(frozen=True, slots=True)
class InspectRow:
    """A document: how it was read, and what its text needed."""

    doc: str = column(Kind.TEXT, "Its id.")
    format: str = column(
        Kind.TEXT, "The kind of file it was read from, such as `text`, `csv`, `docx` or `pdf`."
    )
    encoding: str = column(Kind.TEXT, "The encoding its bytes were read in.")
    chars: int = column(Kind.COUNT, "Characters of the text as it was read.")
    script: str = column(
        Kind.TEXT,
        "The script it is written in, ghosts and furniture apart: `hans` (Simplified), `hant` (Traditional), "
        "`mixed` (neither has ten times the characters of the other) or `none` (no character tells).",
    )
    ghosts: int = column(Kind.COUNT, "Pinyin in brackets taken out behind characters.")
    byte_slips: int = column(Kind.COUNT, "Places mended where bytes were lost.")
    page_markers: int = column(Kind.COUNT, "Page numbers taken out.")
    furniture_chars: int = column(
        Kind.COUNT,
        "Characters of site furniture taken out, blocks shared with other documents and running heads of "
        "pages included.",
    )
    repaired_chars: int = column(
        Kind.COUNT,
        "Characters taken out or replaced by all other repairs: wrong encodings, ghosts, byte slips, page "
        "markers, doubled text and spacing. Line ends, width and script are no repairs.",
    )
    title: str = column(
        Kind.TEXT, "Its title: see `read_from` of `--by field` for where it is read; empty if none is seen."
    )
    warnings: tuple[str, ...] = column(
        Kind.LIST, "Warnings about reading or repairing it, and what contradicts itself in its metadata."
    )
    issuer: tuple[str, ...] = column(
        Kind.LIST, "The bodies that issued it (发文机关), in their order; empty if none is seen."
    )
    doc_number: str = column(Kind.TEXT, "The number of the document (发文字号), as in `国办发〔2019〕4号`.")
    date: str = column(
        Kind.TEXT, "When it was issued, as exactly as it is known: `2021`, `2021-03` or `2021-03-05`."
    )
    year: str = column(Kind.TEXT, "The year of that date.")
    keywords: tuple[str, ...] = column(Kind.LIST, "The keywords that it declares.")
    level: str = column(
        Kind.TEXT,
        "The level of the first issuer: `国家`, `省`, `市`, `县` or `乡`; empty if it is not known.",
    )
    genre: str = column(Kind.TEXT, "What kind of text it is, such as `通知`, `条例`, `讲话` or `论文`.")
    authors: tuple[str, ...] = column(Kind.LIST, "The people who wrote it.")
    affiliation: tuple[str, ...] = column(Kind.LIST, "The bodies they belong to.")
    source: str = column(Kind.TEXT, "The journal, newspaper, agency or site that published it.")
    abstract: str = column(Kind.TEXT, "Its abstract.")


@dataclass(frozen=True, slots=True)
class FieldRow:
    """What is known about a document in one field; a field with several values has a row for each.

    ``text`` is the raw text between ``start`` and ``end``; what a table, a property or a file name says has
    none of the three.
    """

    doc: str = column(Kind.TEXT, "The document's id.")
    field: str = column(
        Kind.TEXT,
        "`title`, `issuer`, `level`, `doc_number`, `date`, `year`, `genre`, `authors`, `affiliation`, "
        "`keywords`, `abstract` or `source`.",
    )
    value: str = column(
        Kind.TEXT,
        "What it says: repaired, in one line, dates as `2021-03-05`, numbers as `国办发〔2019〕4号`.",
    )
    read_from: str = column(
        Kind.TEXT,
        "Where it was read: `layout` of an official document or a law, `signature`, `head` of the text, "
        "`index_table` of a portal or labels of a site, `meta` (elements of a page, properties of a file), "
        "`record` of a literature database, `column` of a table, `path` (`--from-path`), `name` of the file.",
    )
    sure: float = column(
        Kind.SHARE, "How sure that is, as a grade: 0.99 two places say the same, 0.4 the file's name alone."
    )
    start: int | None = column(Kind.COUNT, "First character of it in the raw text, from 0.")
    end: int | None = column(Kind.COUNT, "First character after it.")
    text: str = column(Kind.TEXT, "The raw text between `start` and `end`.")


@dataclass(frozen=True, slots=True)
class EditRow:
    """A change: a span of a document as it was read, and what the clean text has in its place.

    Rows of a document follow one another and never overlap: replacing each gives the clean text.
    """

    doc: str = column(Kind.TEXT, "The document's id.")
    kind: tuple[str, ...] = column(
        Kind.LIST,
        "The steps that had a part in it: `misread`, `line_end`, `markdown`, `markup`, `ghost`, `byte_slip`, "
        "`running_head`, `page_marker`, `doubling`, `furniture`, `shared_block`, `spacing`, `width`, "
        "`vocabulary`, `splice`, `script`.",
    )
    start: int = column(Kind.COUNT, "First character in the text as it was read.")
    end: int = column(Kind.COUNT, "First character after it.")
    before: str = column(Kind.TEXT, "What stood there.")
    after: str = column(Kind.TEXT, "What the clean text has there; empty if it was taken out.")
    confidence: float = column(
        Kind.SHARE,
        "How sure the least sure of the steps is, as a grade: 1 nothing was judged, 0.9 proved by the "
        "document, 0.6 the likelier of two readings.",
    )
