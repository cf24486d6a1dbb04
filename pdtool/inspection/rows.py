"""Rows of ``pdtool inspect`` and of the log of ``pdtool clean``."""

from __future__ import annotations

from dataclasses import dataclass

from pdtool.rows import Kind, column

__all__ = ["EditRow", "InspectRow"]


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
    title: str = column(Kind.TEXT, "Its title, from the table or its first lines; empty if none is seen.")
    warnings: tuple[str, ...] = column(Kind.LIST, "Warnings about reading or repairing it.")


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
