"""The table of ``pdtool keywords``, and the longer one of its keyness method."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pdtool.rows import Kind, column, group_columns, values_of

__all__ = ["KeynessRow", "KeywordRow"]


@dataclass(frozen=True, slots=True)
class KeywordRow:
    """A keyword of a document, of a group of documents or of the whole corpus."""

    groups: tuple[str, ...] = group_columns(
        "With `--group-by` one column for each of its fields, in the place of `doc`."
    )
    doc: str = column(Kind.TEXT, "Id of the document; empty for a keyword of the whole corpus.")
    rank: int = column(Kind.COUNT, "Rank within the document, group or corpus, from 1.")
    keyword: str = column(Kind.TEXT, "The keyword as it stands in the text.")
    score: float = column(Kind.SHARE, "What the method ranks by; comparable within a document only.")
    count: int = column(
        Kind.COUNT,
        "Occurrences in the body, as a search in the text finds them; 0 for one of the title alone.",
    )
    in_title: bool = column(Kind.FLAG, "Whether it stands in the title.")
    declared: bool = column(Kind.FLAG, "Whether the paper itself declares it as a keyword.")

    def __reduce__(self) -> tuple[type, tuple[Any, ...]]:
        """Return what makes it anew; see :func:`~pdtool.rows.values_of`."""
        return type(self), values_of(self)


@dataclass(frozen=True, slots=True)
class KeynessRow(KeywordRow):
    """A keyword that a document uses more, or less, than a reference corpus does."""

    count_reference: int = column(Kind.COUNT, "Occurrences in the reference corpus.")
    per_1000_chars: float = column(Kind.SHARE, "Occurrences per 1,000 folded body characters.")
    per_1000_chars_reference: float = column(Kind.SHARE, "Likewise in the reference corpus.")
    p: float = column(
        Kind.SHARE, "Probability of so large a G² by chance (chi-squared, 1 degree of freedom)."
    )
    q: float = column(Kind.SHARE, "p corrected for the number of keywords tested (Benjamini-Hochberg).")
    log_ratio: float = column(
        Kind.SHARE, "Binary logarithm of the ratio of both rates, a count of 0 taken as 0.5."
    )
    diff_percent: float | None = column(
        Kind.SHARE, "Difference of both rates in per cent of the reference's; empty if it has none."
    )
