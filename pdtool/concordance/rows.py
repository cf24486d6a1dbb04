"""The rows of the concordance."""

from __future__ import annotations

from dataclasses import dataclass

from pdtool.rows import Kind, column, group_columns

__all__ = ["OccurrenceRow"]


@dataclass(frozen=True, slots=True)
class OccurrenceRow:
    """An occurrence of a term, with what stands around it."""

    doc: str = column(Kind.TEXT, "Id of the document.")
    section: str = column(Kind.TEXT, "Heading of the section it stands in; empty before the first heading.")
    start: int = column(Kind.COUNT, "Where the occurrence begins in the raw text, in characters from 0.")
    end: int = column(Kind.COUNT, "Where it ends there (the first character after it).")
    left: str = column(
        Kind.TEXT, "What stands before it in the repaired text, as many characters as `--width` says."
    )
    match: str = column(Kind.TEXT, "The occurrence in the repaired text.")
    right: str = column(Kind.TEXT, "What stands behind it.")
    sentence: str = column(Kind.TEXT, "The whole sentence, but no more than 400 characters on either side.")
    term: str = column(Kind.TEXT, "The term, rule or regular expression, as it was written.")
    theme: str = column(Kind.TEXT, "Its theme; empty if it is of none.")
    negated: bool = column(Kind.FLAG, "Whether it stands in a negation of its clause.")
    quoted: bool = column(Kind.FLAG, "Whether it stands inside quotation marks.")
    group: tuple[str, ...] = group_columns("What documents are grouped by with `--group-by`, a column each.")
