"""The table of ``pdtool compare``."""

from __future__ import annotations

from dataclasses import dataclass

from pdtool.rows import Kind, column

__all__ = ["SimilarityRow"]


@dataclass(frozen=True, slots=True)
class SimilarityRow:
    """A pair of documents, ``doc_a < doc_b`` code point by code point; with `--against`, a new and an old."""

    doc_a: str = column(Kind.TEXT, "Id of the first document; with `--against`, of the new one.")
    doc_b: str = column(Kind.TEXT, "Id of the second document; with `--against`, of the old one.")
    similarity: float = column(Kind.SHARE, "TF-IDF cosine, from 0 (no common term) to 1 (the same terms).")
    shared_terms: tuple[str, ...] = column(
        Kind.LIST, "The common terms that the similarity owes most to, the most important first."
    )
