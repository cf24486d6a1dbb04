"""Which terms stand together, as plain data: terms by community, their edges, and how communities lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pdtool.report.frequency_model import WordLine

if TYPE_CHECKING:
    from pdtool.report.model import SimilarityMap

__all__ = ["CommunityView", "CowordView", "TermArc", "TermStop"]


@dataclass(frozen=True, slots=True)
class TermStop:
    """A term in the drawing of what stands together.

    Args:
        term: The term.
        count: Sentences that hold it.
        community: The number of its community, from 1; 0 where there is none.
        lines: Some of its occurrences, one of a document before the second of any.
    """

    term: str
    count: int
    community: int
    lines: tuple[WordLine, ...] = ()


@dataclass(frozen=True, slots=True)
class TermArc:
    """Two terms that stand together.

    Args:
        first: The place of the first in the drawing.
        second: That of the other one, farther down.
        together: Sentences that hold both.
        ochiai: Ochiai's coefficient of them, 0 to 1.
        community: The number of the community of both; 0 if they have not the same.
    """

    first: int
    second: int
    together: int
    ochiai: float
    community: int


@dataclass(frozen=True, slots=True)
class CommunityView:
    """A community in the strategic diagram.

    Args:
        number: Its number, from 1.
        terms: Its first terms, the most frequent first.
        size: How many terms it has.
        centrality: Callon's centrality.
        density: Callon's density.
    """

    number: int
    terms: tuple[str, ...]
    size: int
    centrality: float
    density: float


@dataclass(frozen=True, slots=True)
class CowordView:
    """Which terms stand together.

    Args:
        stops: The terms that have an edge, in the order they are drawn in.
        arcs: The closest pairs of them.
        gaps: The places at which another community begins.
        edges: How many pairs there are, drawn or not.
        communities: Their communities; none where they could not be found.
        similarity: Ochiai's coefficients of these terms with each other, and their tree.
    """

    stops: tuple[TermStop, ...]
    arcs: tuple[TermArc, ...]
    gaps: tuple[int, ...]
    edges: int
    communities: tuple[CommunityView, ...]
    similarity: SimilarityMap
