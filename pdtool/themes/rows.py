"""The tables of ``pdtool themes``: a theme or term of a document, a section or a group of documents."""

from __future__ import annotations

from dataclasses import dataclass

from pdtool.rows import Kind, column, group_columns

__all__ = ["GroupRow", "SectionRow", "TermRow", "ThemeRow"]

_RATE = "`count` per 1,000 folded body characters; empty where there are none."
_DISTINCT = "How many different terms of the theme occur."
_TOP = "The most frequent of them with their counts."
_NEGATED = "How many of the `count` stand in a negation of their clause: 没有, 尚未, 不得 …"
_WEIGHTED = "Sum of the weights of all occurrences; `count` where no weights are given."


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """A theme of a document, found there or not."""

    doc: str = column(Kind.TEXT, "Id of the document.")
    theme: str = column(Kind.TEXT, "The theme.")
    count: int = column(Kind.COUNT, "Occurrences of its terms in the body.")
    per_1000_chars: float | None = column(Kind.SHARE, _RATE)
    distinct_terms: int = column(Kind.COUNT, _DISTINCT)
    top_terms: tuple[str, ...] = column(Kind.LIST, _TOP)
    weighted: float = column(Kind.SHARE, _WEIGHTED)
    share_of_documents: float = column(Kind.SHARE, "Share of all documents in which the theme occurs.")
    negated: int = column(Kind.COUNT, _NEGATED)


@dataclass(frozen=True, slots=True)
class TermRow:
    """A term that occurs in a document."""

    doc: str = column(Kind.TEXT, "Id of the document.")
    theme: str = column(Kind.TEXT, "The theme.")
    term: str = column(Kind.TEXT, "The term as the dictionary has it.")
    count: int = column(Kind.COUNT, "Its occurrences in the body.")
    per_1000_chars: float | None = column(Kind.SHARE, _RATE)
    weighted: float = column(Kind.SHARE, _WEIGHTED)
    share_of_documents: float = column(Kind.SHARE, "Share of all documents in which the term occurs.")
    negated: int = column(Kind.COUNT, _NEGATED)


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A theme of a section of a document, found there or not."""

    doc: str = column(Kind.TEXT, "Id of the document.")
    section: int = column(
        Kind.COUNT, "Number of the section in the document; 0 for what stands before the first heading."
    )
    level: int = column(Kind.COUNT, "How deep its heading stands, 1 the highest.")
    heading: str = column(Kind.TEXT, "Its heading, cut after a sentence or 40 characters.")
    theme: str = column(Kind.TEXT, "The theme.")
    count: int = column(Kind.COUNT, "Occurrences of its terms up to the next heading of whatever level.")
    per_1000_chars: float | None = column(Kind.SHARE, _RATE)
    distinct_terms: int = column(Kind.COUNT, _DISTINCT)
    top_terms: tuple[str, ...] = column(Kind.LIST, _TOP)
    weighted: float = column(Kind.SHARE, _WEIGHTED)
    chars: int = column(Kind.COUNT, "Folded characters of the section.")
    negated: int = column(Kind.COUNT, _NEGATED)


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A theme of a group of documents, found there or not."""

    groups: tuple[str, ...] = group_columns(
        "One column for each field of `--group-by`, `folder` without it; `(none)` where documents have none."
    )
    theme: str = column(Kind.TEXT, "The theme.")
    count: int = column(Kind.COUNT, "Occurrences of its terms in the bodies of the group.")
    negated: int = column(Kind.COUNT, _NEGATED)
    per_1000_chars: float | None = column(Kind.SHARE, f"{_RATE} 0 where `--balance` fills up.")
    documents: int = column(Kind.COUNT, "Documents of the group, whether the theme occurs in them or not.")
    share_of_documents: float = column(Kind.SHARE, "`documents_with` ÷ `documents`.")
    chars: int = column(Kind.COUNT, "Folded characters of their bodies.")
    documents_with: int = column(Kind.COUNT, "Documents of the group in which the theme occurs.")
    distinct_terms: int = column(Kind.COUNT, _DISTINCT)
    top_terms: tuple[str, ...] = column(Kind.LIST, _TOP)
    weighted: float = column(Kind.SHARE, _WEIGHTED)
    ln_count: float = column(Kind.SHARE, "With `--log`: ln(1 + `count`).")
