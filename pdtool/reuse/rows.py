"""The tables of ``pdtool dedupe``: related pairs, aligned passages, variants, documents."""

from __future__ import annotations

from dataclasses import dataclass

from pdtool.rows import Kind, column

__all__ = ["DocumentRow", "PairRow", "PassageRow", "VariantRow"]


@dataclass(frozen=True, slots=True)
class PairRow:
    """A related pair of documents, ``doc_a < doc_b`` code point by code point."""

    doc_a: str = column(Kind.TEXT, "Id of the first document.")
    doc_b: str = column(Kind.TEXT, "Id of the second document, greater than `doc_a`.")
    relation: str = column(Kind.TEXT, "`identical`, `same`, `contained` or `overlap`.")
    containment_a: float = column(
        Kind.SHARE, "Share of the folded characters of a that match equally inside passages."
    )
    containment_b: float = column(Kind.SHARE, "Likewise of b.")
    jaccard: float = column(Kind.SHARE, "Matched ÷ (folded characters of a + of b − matched).")
    matched_chars: int = column(
        Kind.COUNT, "Folded characters that match equally inside passages, counted on the smaller document."
    )
    passages: int = column(Kind.COUNT, "How many passages the two share.")
    longest_passage: int = column(Kind.COUNT, "Folded characters of the longest passage.")
    cluster: int | None = column(
        Kind.COUNT, "Number of the cluster that holds both documents; empty if there is none."
    )
    keep: str = column(Kind.TEXT, "Id of the document to keep of that cluster; empty if there is none.")
    reason: str = column(Kind.TEXT, "Why this relation and this keeper, in words.")
    kind: str = column(
        Kind.TEXT,
        "`copy`; `version` (one title, another date or amendment); `form` (the differences are figures, "
        "dates, names and numbers: nothing is dropped); `damaged` (one is a worse reading of the other); "
        "empty for an `overlap`.",
    )
    date_a: str = column(
        Kind.TEXT, "Date of the first document, as exact as it is known; empty if it is not."
    )
    date_b: str = column(Kind.TEXT, "Likewise of the second.")
    earlier: str = column(
        Kind.TEXT,
        "With `--from-dates`: id of the document that is earlier for certain, by all dates that both state; "
        "empty where that cannot be told.",
    )
    lag_days: int | None = column(
        Kind.COUNT, "Days between `date_a` and `date_b`, if `earlier` is told and both are exact to the day."
    )
    ratio_total: float | None = column(
        Kind.SHARE,
        "In an audit (`--exclude`, `--upstream`, `--from-dates`): share of the folded characters of the "
        "document that may have taken text (the new one; else the one that is not `earlier`; else the "
        "smaller one) that stand in any of its sources: the documents it is related to, but for later ones.",
    )
    ratio_without_quotations: float | None = column(
        Kind.SHARE, "Likewise without what is quoted, or a title in 《》, in it or in the source."
    )
    ratio_without_upstream: float | None = column(
        Kind.SHARE, "Likewise without what stands in superior documents; empty without `--upstream`."
    )
    largest_single_source: float | None = column(
        Kind.SHARE, "Likewise the share that stands in the one source that holds most of it."
    )
    swapped_names: tuple[str, ...] = column(
        Kind.LIST,
        "Places, offices and towns of a, what b has in their place, and how often: `浦东/京山 ×15`; empty "
        "where no place stands for another.",
    )
    leftover_names: tuple[str, ...] = column(
        Kind.LIST,
        "Names of the other one that were swapped elsewhere and stand here, or places in or above those: "
        "`b: 浦东 ×2` stands in b and is a's.",
    )
    identical_figures: tuple[str, ...] = column(
        Kind.LIST, "Exact figures that stand in both though places were swapped, up to 20: `1286.4亿元`."
    )


@dataclass(frozen=True, slots=True)
class PassageRow:
    """An aligned passage of a pair; offsets are half-open and cut the raw texts."""

    doc_a: str = column(Kind.TEXT, "Id of the first document.")
    doc_b: str = column(Kind.TEXT, "Id of the second document.")
    passage: int = column(Kind.COUNT, "Number of the passage within the pair, from 1, in the order of a.")
    start_a: int = column(Kind.COUNT, "Where the passage begins in the raw text of a, in characters from 0.")
    end_a: int = column(Kind.COUNT, "Where it ends in a (the first character after it).")
    start_b: int = column(Kind.COUNT, "Where it begins in the raw text of b.")
    end_b: int = column(Kind.COUNT, "Where it ends in b.")
    chars: int = column(Kind.COUNT, "Folded characters of the passage, the smaller of both sides.")
    similarity: float = column(Kind.SHARE, "Equal characters ÷ the longer side, folded.")
    text_a: str = column(Kind.TEXT, "The raw text of a between `start_a` and `end_a`.")
    text_b: str = column(Kind.TEXT, "The raw text of b between `start_b` and `end_b`.")
    kind: str = column(
        Kind.TEXT,
        "`own`; `quoted` (in quotation marks, or behind 指出, 强调, in either text); "
        "`cited` (titles in 《》); in an audit, what does not count too: `upstream` (in a superior "
        "document), `common` (standard wording, signatures).",
    )
    earlier: str = column(
        Kind.TEXT,
        "Id of the document with the earlier date; empty where it cannot be told. With `--from-dates` as in "
        "the table of pairs.",
    )


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document and what becomes of it."""

    doc: str = column(Kind.TEXT, "Id of the document.")
    cluster: int | None = column(Kind.COUNT, "Number of its cluster; empty for a unique document.")
    role: str = column(Kind.TEXT, "`keep`, `drop` or `unique`.")
    keep: str = column(Kind.TEXT, "Id of the document that is kept in its place, or its own.")
    relation: str = column(Kind.TEXT, "Its relation to the keeper; empty for keepers and unique documents.")
    containment: float | None = column(Kind.SHARE, "How much of it the keeper holds; empty likewise.")
    reason: str = column(Kind.TEXT, "Why, in words; warnings about the document too.")


@dataclass(frozen=True, slots=True)
class VariantRow:
    """A difference between the texts of a pair, by how often it occurs."""

    doc_a: str = column(
        Kind.TEXT,
        "Id of the document to read from: the copy, if one of the two is kept; else the earlier one; "
        "else the first.",
    )
    doc_b: str = column(Kind.TEXT, "Id of the other document.")
    before: str = column(Kind.TEXT, "What a has there, normalised, with a neighbour that makes it a word.")
    after: str = column(Kind.TEXT, "What b has in its place.")
    count: int = column(Kind.COUNT, "How often.")
    class_: str = column(
        Kind.TEXT,
        "`figure`, `date`, `doc_number`, `name` (places, offices, bodies, people), `wording` (words), "
        "`other` (single characters: mostly misread ones).",
    )
