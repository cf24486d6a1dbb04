"""The tables of ``pdtool network``."""

from __future__ import annotations

from dataclasses import dataclass

from pdtool.rows import Kind, column

__all__ = ["EdgeRow", "NodeRow"]


@dataclass(frozen=True, slots=True)
class EdgeRow:
    """Two terms that stand together, ``term_a < term_b`` code point by code point."""

    term_a: str = column(Kind.TEXT, "The first term.")
    term_b: str = column(Kind.TEXT, "The second term.")
    together: int = column(Kind.COUNT, "Units (sentences, or what `--unit` says) that hold both.")
    count_a: int = column(Kind.COUNT, "Units that hold the first.")
    count_b: int = column(Kind.COUNT, "Units that hold the second.")
    ochiai: float = column(Kind.SHARE, "together ÷ √(count_a · count_b), 0 to 1.")
    jaccard: float = column(Kind.SHARE, "together ÷ (count_a + count_b − together), 0 to 1.")
    association: float = column(
        Kind.SHARE,
        "Association strength: how many times as often as by chance, together · units ÷ (count_a · count_b).",
    )
    npmi: float = column(Kind.SHARE, "Normalised pointwise mutual information: 0 by chance, 1 never apart.")
    g2: float | None = column(
        Kind.SHARE,
        "Log-likelihood statistic, negative where they stand together less than by chance; empty for "
        "windows, which overlap.",
    )
    q: float | None = column(
        Kind.SHARE, "Probability of so large a G² by chance, corrected for all edges (Benjamini-Hochberg)."
    )


@dataclass(frozen=True, slots=True)
class NodeRow:
    """A term that occurs."""

    term: str = column(Kind.TEXT, "The term.")
    count: int = column(Kind.COUNT, "Units (sentences, or what `--unit` says) that hold it.")
    documents: int = column(Kind.COUNT, "Documents that hold it.")
    degree: int = column(Kind.COUNT, "Terms it stands together with.")
    strength: int = column(Kind.COUNT, "How often, added up over these.")
    betweenness: float = column(
        Kind.SHARE, "Share of the shortest paths between two others that lead over it, 0 to 1."
    )
    community: int | None = column(
        Kind.COUNT, "Number of its community (Leiden), the largest 1; empty for a term without an edge."
    )
    centrality: float | None = column(
        Kind.SHARE, "Callon's centrality of that community: how strongly it is tied to others."
    )
    density: float | None = column(Kind.SHARE, "Callon's density of it: how strongly it is tied within.")
