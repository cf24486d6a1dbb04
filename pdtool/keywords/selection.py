"""From scored candidates to the few that are shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from heapq import heappop, heapreplace

import numpy as np

from pdtool.keywords.spans import FloatArray, IntArray
from pdtool.text.string_keys import KeyArray

__all__ = ["best", "diversify", "without_nested"]

_NESTED = 0.85
"""What remains of a score once a part or an extension of the phrase is ranked above; set on the development
half of ``benchmarks/keywords``."""
_COMPARED = 50
"""Only phrases of these first ranks lower others: comparing each with each grows with the square."""
_LONGEST_PARTED = 40

Scored = tuple[str, float]


def best(scores: FloatArray, positions: IntArray, keys: KeyArray, limit: int) -> IntArray:
    """Return the indices of the ``limit`` highest scores, high to low.

    Args:
        scores: Of the candidates of a document, shape ``(n,)``.
        positions: Where they begin; equal scores are in this order.
        keys: What tells apart those of equal scores that begin at the same place.
        limit: How many.
    """
    count = len(scores)
    if 0 < limit < count:
        # Equal scores at the border are all let in first: which of them stay is for the order to say.
        border = np.partition(scores, count - limit)[count - limit]
        chosen = np.flatnonzero(scores >= border)
    else:
        chosen = np.arange(count)
    order = np.lexsort((keys[chosen], positions[chosen], -scores[chosen]))
    return chosen[order][:limit].astype(np.int32)


def diversify(ranked: Sequence[Scored], wanted: int) -> list[Scored]:
    """Lower each phrase for every phrase ranked above that it is part of, or that is part of it.

    Args:
        ranked: Phrases with scores, high to low; more of them than are wanted, to choose from.
        wanted: How many to return.

    Returns:
        The first ``wanted`` with their lowered scores, high to low.

    >>> diversify([("基层治理", 10.0), ("基层", 7.0), ("疫情防控", 5.0)], 3)
    [('基层治理', 10.0), ('基层', 5.95), ('疫情防控', 5.0)]
    """
    # Scores only sink, so a phrase need not be looked at again before it is the first of the heap.
    heap = [(-score, place) for place, (_, score) in enumerate(ranked)]
    chosen: list[Scored] = []
    above: list[str] = []
    while heap and len(chosen) < wanted:
        negative, place = heap[0]
        phrase, plain = ranked[place]
        related = sum(other in phrase or phrase in other for other in above)
        score = round(plain * _NESTED**related, 9)
        if score < round(-negative, 9):
            heapreplace(heap, (-score, place))
            continue
        heappop(heap)
        chosen.append((phrase, score))
        if len(above) < _COMPARED:
            above.append(phrase)
    return chosen


def _parts(phrase: str) -> set[str]:
    """Return every stretch of a phrase; of an overlong Latin word only itself."""
    if len(phrase) > _LONGEST_PARTED:
        return {phrase}
    return {phrase[i:j] for i in range(len(phrase)) for j in range(i + 1, len(phrase) + 1)}


def without_nested(ranked: Iterable[Scored], wanted: int) -> list[Scored]:
    """Return the first ``wanted`` phrases of which none is part of another.

    >>> without_nested([("基层治理", 9.0), ("基层", 6.0), ("疫情防控", 5.0)], 2)
    [('基层治理', 9.0), ('疫情防控', 5.0)]
    """
    chosen: dict[str, float] = {}
    covered: set[str] = set()
    for phrase, score in ranked:
        if len(chosen) == wanted:
            break
        parts = _parts(phrase)
        if phrase not in covered and chosen.keys().isdisjoint(parts):
            chosen[phrase] = score
            covered |= parts
    return list(chosen.items())
