"""Similarities → a tree of documents, the most alike side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from pdtool.report.linkage import average_linkage, leaves
from pdtool.report.model import Merge, SimilarityMap
from pdtool.similarity.rows import SimilarityRow

__all__ = ["chosen", "similarity_map"]

_DECIMALS = 4


def chosen(docs: Sequence[str], rows: Iterable[SimilarityRow], most: int) -> list[str]:
    """Choose the documents to draw: all of a few, of many those of the most similar pairs.

    Args:
        docs: All documents, by id.
        rows: The pairs, the most similar first.
        most: How many can be drawn.
    """
    if len(docs) <= most:
        return list(docs)
    found: dict[str, None] = {}
    for row in rows:
        found |= dict.fromkeys((row.doc_a, row.doc_b))
        if len(found) >= most:
            break
    return sorted(list(found)[:most])


def similarity_map(
    cells: npt.NDArray[np.float64], names: Sequence[str], docs: Sequence[str]
) -> SimilarityMap:
    """Arrange documents by average linkage (UPGMA; Sokal & Michener 1958) of 1 − similarity.

    Args:
        cells: Similarities of documents with documents, shape ``(n, n)``.
        names: The ids of all these documents, shape ``(n,)``.
        docs: Those to arrange, at least two.
    """
    # Rounded as they are shown, so that the last bits of a sum decide nothing.
    number = {doc: index for index, doc in enumerate(names)}
    indexes = [number[doc] for doc in docs]
    cells = np.round(cells[np.ix_(indexes, indexes)], _DECIMALS)
    joints = average_linkage(1 - cells)
    order = leaves(joints)
    return SimilarityMap(
        tuple(docs[index] for index in order),
        tuple(tuple(row) for row in cells[np.ix_(order, order)].tolist()),
        tuple(_merges(joints, order)),
        len(names),
    )


def _merges(joints: Sequence[tuple[int, int, float]], order: Sequence[int]) -> list[Merge]:
    """Place every joint of the tree over the middle of its two branches."""
    places = [(0.0, 0.0)] * len(order)
    for place, leaf in enumerate(order):
        places[leaf] = (float(place), 0.0)
    merges = []
    for left, right, height in joints:
        (first, first_height), (second, second_height) = sorted((places[left], places[right]))
        merges.append(Merge(first, second, first_height, second_height, height))
        places.append(((first + second) / 2, height))
    return merges
