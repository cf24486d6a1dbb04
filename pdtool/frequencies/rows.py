"""The tables of ``pdtool freq``."""

from __future__ import annotations

from dataclasses import dataclass

from pdtool.rows import Kind, column, group_columns

__all__ = ["FrequencyRow", "NewWordRow"]


@dataclass(frozen=True, slots=True)
class FrequencyRow:
    """A term of the corpus, of a group of documents, or of a document."""

    groups: tuple[str, ...] = group_columns(
        "`doc` with `--by document`; else one column for each field of `--group-by`, and none without it."
    )
    term: str = column(Kind.TEXT, "A word, a phrase of `--ngrams` or a term of `--terms`.")
    count: int = column(Kind.COUNT, "Its occurrences in the bodies.")
    per_1000_chars: float | None = column(
        Kind.SHARE, "`count` per 1,000 folded body characters; empty where there are none."
    )
    documents: int = column(Kind.COUNT, "Documents in which it occurs.")
    share_of_documents: float = column(Kind.SHARE, "Share of the documents of the group in which it occurs.")
    dispersion: float | None = column(
        Kind.SHARE,
        "How unevenly it is spread over the documents, as Gries's DP (2008): 0 as the text is, near 1 all in "
        "one small document; empty for a single document.",
    )
    theme: str = column(Kind.TEXT, "With a dictionary as `--terms`: the theme it stands for.")
    by_year: tuple[str, ...] = column(
        Kind.LIST,
        "With `--trend`: its occurrences per 1,000 characters of each year, as `2021 0.3125`; in JSON Lines "
        "objects of `year` and `per_1000_chars`.",
        ("year", "per_1000_chars"),
    )
    kendall_s: int = column(
        Kind.COUNT, "With `--trend`: pairs of years in which it rises minus those in which it falls."
    )
    tau: float | None = column(
        Kind.SHARE, "With `--trend`: Kendall's τ_b, -1 to 1; empty if all years are equal."
    )
    p: float = column(
        Kind.SHARE, "With `--trend`: the probability of such a trend by chance (Mann and Kendall)."
    )
    q: float = column(
        Kind.SHARE,
        "With `--trend`: `p` corrected for the number of terms of the group (Benjamini-Hochberg).",
    )
    slope: float | None = column(
        Kind.SHARE,
        "With `--trend`: how much `per_1000_chars` rises in a year, in the median of all pairs (Sen).",
    )


@dataclass(frozen=True, slots=True)
class NewWordRow:
    """A word that the dictionary of the segmenter does not have."""

    term: str = column(Kind.TEXT, "The word.")
    count: int = column(Kind.COUNT, "Its occurrences in the bodies, as a string.")
    documents: int = column(Kind.COUNT, "Documents in which it occurs.")
    mutual_information: float = column(
        Kind.SHARE,
        "How much oftener its parts stand together than by chance, in bits, at the weakest of its joints.",
    )
    left_entropy: float = column(
        Kind.SHARE, "How various the characters before it are, in bits; a bound piece always has the same."
    )
    right_entropy: float = column(Kind.SHARE, "Likewise those behind it.")
    parts: tuple[str, ...] = column(Kind.LIST, "The words that the dictionary cuts it into.")
