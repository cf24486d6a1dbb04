"""How far the topics of a model are found again when it is fitted to other documents from another seed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from pdtool.significance import FloatArray

__all__ = ["agreement", "average_jaccard", "sample"]

_SHARE = 0.8
"""Share of the documents that a run sees (Greene et al. 2014)."""


def average_jaccard(first: Sequence[Any], second: Sequence[Any]) -> float:
    """Return how alike two rankings are, 0 to 1: the mean Jaccard coefficient of their first 1, 2, … items.

    Source: Greene, O'Callaghan and Cunningham (2014), "How many topics?". Their example:

    >>> average_jaccard("album music best award win".split(), "sport best win medal award".split())
    0.154...

    Args:
        first: Items, the most important first, none twice.
        second: As many others.
    """
    seen: set[Any] = set()
    both = total = 0.0
    for depth, (one, other) in enumerate(zip(first, second, strict=True), start=1):
        for item in (one, other):
            both += item in seen
            seen.add(item)
        total += both / (2 * depth - both)
    return total / len(first)


def agreement(first: Sequence[Sequence[Any]], second: Sequence[Sequence[Any]]) -> float:
    """Return how alike the topics of two models are, 0 to 1, once the most alike are matched.

    Source: Greene et al. (2014); the matching is that of Kuhn (1955), by SciPy.

    Args:
        first: The top words of each topic of a model, the most important first.
        second: Those of another model with as many topics.
    """
    from scipy.optimize import linear_sum_assignment

    alike: FloatArray = np.array([[average_jaccard(one, other) for other in second] for one in first])
    rows, columns = linear_sum_assignment(alike, maximize=True)
    return float(alike[rows, columns].mean())


def sample(documents: int, seed: int) -> list[int]:
    """Return which documents a run sees: four fifths of them, ascending, chosen by its seed.

    Args:
        documents: How many there are.
        seed: The seed of the run.
    """
    chosen = np.random.default_rng(seed).choice(documents, max(1, round(_SHARE * documents)), replace=False)
    found: list[int] = np.sort(chosen).tolist()
    return found
