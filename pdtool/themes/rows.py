"""The tables of ``pdtool themes``: a theme or term of a document, a section or a group of documents."""

from __future__ import annotations

from dataclasses import dataclass

from pdtool.rows import Kind, column, group_columns

__all__ = ["GroupRow", "SectionRow", "TermRow", "ThemeRow"]

_RATE = "`count` per 1,000 folded body characters; empty where there are none."
_DISTINCT = "How many different terms of the theme occur."
_TOP = "The most frequent of them with their counts; in JSON Lines objects of `term` and `count`."
_TOP_ITEMS = ("term", "count")
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
    top_terms: tuple[str, ...] = column(Kind.LIST, _TOP, _TOP_ITEMS)
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
    top_terms: tuple[str, ...] = column(Kind.LIST, _TOP, _TOP_ITEMS)
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
    top_terms: tuple[str, ...] = column(Kind.LIST, _TOP, _TOP_ITEMS)
    weighted: float = column(Kind.SHARE, _WEIGHTED)
    ln_count: float = column(Kind.SHARE, "With `--log`: ln(1 + `count`).")


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """A theme and a coder: how far the dictionary finds what the coder found, document by document."""

    theme: str = column(Kind.TEXT, "The theme; `(all)` for all of them together.")
    coder: str = column(Kind.TEXT, "The coder; empty if the file names none, `(all)` for all together.")
    units: int = column(Kind.COUNT, "Documents (and themes) that were coded and counted.")
    both: int | None = column(Kind.COUNT, "Those of them in which both find it.")
    dictionary_only: int | None = column(Kind.COUNT, "In which the dictionary alone finds it.")
    coder_only: int | None = column(Kind.COUNT, "In which the coder alone finds it.")
    neither: int | None = column(Kind.COUNT, "In which neither finds it.")
    agreement: float | None = column(Kind.SHARE, "Share of the units that both code alike.")
    kappa: float | None = column(Kind.SHARE, "Cohen's κ: agreement beyond chance (Cohen 1960).")
    alpha: float | None = column(Kind.SHARE, "Krippendorff's α for nominal codes (Krippendorff 2004).")
    precision: float | None = column(Kind.SHARE, "Of what the dictionary finds, the share the coder found.")
    recall: float | None = column(Kind.SHARE, "Of what the coder found, the share the dictionary finds.")
    f1: float | None = column(Kind.SHARE, "The harmonic mean of the two.")


@dataclass(frozen=True, slots=True)
class SuggestionRow:
    """A word or phrase that stands where the terms of a theme stand, for a person to judge."""

    theme: str = column(Kind.TEXT, "The theme.")
    rank: int = column(Kind.COUNT, "Its rank in the theme, from 1.")
    term: str = column(Kind.TEXT, "The word or phrase, which is in no term of the dictionary.")
    score: float = column(Kind.SHARE, "`so_pmi` × (1 + `shared_chars`).")
    so_pmi: float = column(
        Kind.SHARE,
        "Its mutual information with the theme's terms in sentences, less that with all other terms of the "
        "dictionary (Turney and Littman 2003), discounted where counts are small (Pantel and Lin 2002).",
    )
    shared_chars: float = column(
        Kind.SHARE, "Characters it has in common with `like` ÷ those of the longer one."
    )
    like: str = column(
        Kind.TEXT, "The theme's term most like it in characters; empty if it has none in common."
    )
    sentences: int = column(Kind.COUNT, "Sentences in which it stands outside the dictionary's terms.")
    together: int = column(Kind.COUNT, "Those of them that hold a term of the theme.")
