"""A co-word network: the edges that are kept, their measures, and the tables of both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from pdtool.cooccurrence.totals import Cooccurrences, Edges
from pdtool.errors import UsageError
from pdtool.language import _
from pdtool.network.graph import Nodes, nodes_of
from pdtool.network.measures import Measures, measure
from pdtool.network.rows import EdgeRow, NodeRow
from pdtool.rows import Column, Kind
from pdtool.significance import FloatArray

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Cells", "CowordNetwork", "matrix_columns"]

_LARGEST_MATRIX = 5_000
"""Terms of a square table, as for documents in compare: more than spreadsheets bear."""


class Cells(StrEnum):
    """What the cells of a matrix hold."""

    TOGETHER = "together"
    OCHIAI = "ochiai"
    DISTANCE = "1-ochiai"


@dataclass(frozen=True)
class CowordNetwork:
    """A network of terms.

    Args:
        found: The terms and how they stand together.
        apart: Whether no two units overlap.
        min_together: Pairs that stand together in fewer units are no edges.
        resolution: How finely communities are told apart.
    """

    found: Cooccurrences
    apart: bool = True
    min_together: int = 1
    resolution: float = 1.0

    @cached_property
    def _kept(self) -> npt.NDArray[np.int64]:
        """The places of the edges that are kept, in the order of the table."""
        edges, counts = self.found.edges, self.found.counts
        product = counts[edges.first].astype(np.float64) * counts[edges.second]
        # Of equal counts the greater Ochiai, said in whole numbers; what is left is in the order of terms.
        order = np.lexsort((product, -edges.together))
        kept: npt.NDArray[np.int64] = order[edges.together[order] >= self.min_together]
        return kept

    @cached_property
    def edges(self) -> Edges:
        """The edges that are kept, those first that stand together most often."""
        return self.found.edges.take(self._kept)

    @cached_property
    def measures(self) -> Measures:
        """Their measures; ``q`` corrects for the other pairs that stand together, too."""
        edges, counts = self.found.edges, self.found.counts
        every = measure(
            edges.together, counts[edges.first], counts[edges.second], self.found.units, self.apart
        )
        return every.take(self._kept)

    @cached_property
    def nodes(self) -> Nodes:
        """The terms as nodes; see :func:`~pdtool.network.graph.nodes_of`."""
        return nodes_of(self.edges, self._equivalence, self.found.counts, self.resolution)

    @property
    def _equivalence(self) -> FloatArray:
        """Callon's equivalence index of each edge."""
        edges, counts = self.edges, self.found.counts
        together = edges.together.astype(np.float64)
        result: FloatArray = together**2 / (counts[edges.first].astype(np.float64) * counts[edges.second])
        return result

    def edge_rows(self) -> Iterator[EdgeRow]:
        """Yield a row for each edge, those first that stand together most often."""
        terms, counts = self.found.terms, self.found.counts
        edges, measures = self.edges, self.measures
        values = [_listed(getattr(measures, name), len(edges)) for name in Measures.__dataclass_fields__]
        ends = zip(edges.first.tolist(), edges.second.tolist(), edges.together.tolist(), strict=True)
        plain = counts.tolist()
        for (first, second, together), *measured in zip(ends, *values, strict=True):
            yield EdgeRow(terms[first], terms[second], together, plain[first], plain[second], *measured)

    def node_rows(self) -> Iterator[NodeRow]:
        """Yield a row for each term, the most frequent first."""
        found, nodes = self.found, self.nodes
        communities = nodes.communities
        for place in found.order.tolist():
            number = int(communities.of[place])
            yield NodeRow(
                found.terms[place],
                int(found.counts[place]),
                int(found.documents[place]),
                int(nodes.degree[place]),
                int(nodes.strength[place]),
                float(nodes.betweenness[place]),
                number or None,
                float(communities.centrality[number - 1]) if number else None,
                float(communities.density[number - 1]) if number else None,
            )

    def matrix(self, cells: Cells) -> pd.DataFrame:
        """Return the network as a square table, terms by terms, the most frequent first.

        Args:
            cells: What the cells hold. On the diagonal stands how many units hold the term, 1, or 0.

        Raises:
            UsageError: If it would be too large.
        """
        import pandas as pd

        names = pd.Index([self.found.terms[number] for number in self.found.order.tolist()], dtype=object)
        return pd.DataFrame(self.cells(cells), names, names)

    def cells(self, cells: Cells) -> npt.NDArray[Any]:
        """Return the cells of that table, shape ``(n_terms, n_terms)``.

        Raises:
            UsageError: If it would be too large.
        """
        size = len(self.found.terms)
        if size > _LARGEST_MATRIX:
            raise UsageError(
                _(
                    "a matrix of {size:,} terms is too large (at most {LARGEST_MATRIX:,})",
                    size=size,
                    LARGEST_MATRIX=_LARGEST_MATRIX,
                ),
                _("--top 100"),
            )
        place = np.empty(size, dtype=np.int64)
        place[self.found.order] = np.arange(size)
        counts = self.found.counts[self.found.order]
        plain = cells is Cells.TOGETHER
        filled: npt.NDArray[Any] = np.diag(counts) if plain else np.eye(size)
        values: npt.NDArray[Any] = self.edges.together if plain else self.measures.ochiai
        first, second = place[self.edges.first], place[self.edges.second]
        filled[first, second] = filled[second, first] = values
        return 1 - filled if cells is Cells.DISTANCE else filled


def _listed(values: FloatArray | None, length: int) -> Sequence[float | None]:
    return [None] * length if values is None else values.tolist()


def matrix_columns(frame: pd.DataFrame, cells: Cells) -> tuple[tuple[Column, ...], Iterator[tuple[Any, ...]]]:
    """Return a matrix as columns and rows that can be written."""
    kind = Kind.COUNT if cells is Cells.TOGETHER else Kind.SHARE
    header = (
        Column("term", Kind.TEXT, "The term.", "term"),
        *(Column(str(term), kind, "With this term.") for term in frame.columns),
    )
    return header, ((term, *row) for term, row in zip(frame.index, frame.to_numpy().tolist(), strict=True))
