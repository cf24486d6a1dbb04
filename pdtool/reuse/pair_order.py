"""The order in which pairs are compared: those of one document, and of its neighbours, near one another.

A text is read and indexed before it is compared, and only those used last stay at hand. In the order of the
documents the second text of a pair lies anywhere in the corpus. So documents are numbered anew, breadth first
along the pairs, as the rows of a sparse matrix are numbered to make it narrow (Cuthill & McKee 1969).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from pdtool.reuse.verified_pair import Pair

__all__ = ["gathered"]


def gathered(pairs: Sequence[Pair]) -> list[Pair]:
    """Return pairs in an order in which those of one text come soon after each other.

    >>> gathered([(0, 3), (1, 2), (1, 4), (3, 5), (0, 5)])
    [(0, 3), (0, 5), (3, 5), (1, 2), (1, 4)]
    """
    neighbours: dict[int, list[int]] = {}
    for i, j in pairs:
        neighbours.setdefault(i, []).append(j)
        neighbours.setdefault(j, []).append(i)
    numbers: dict[int, int] = {}
    for start in neighbours:
        waiting = deque([start])
        while waiting:
            document = waiting.popleft()
            if document not in numbers:
                numbers[document] = len(numbers)
                waiting.extend(neighbours[document])
    return sorted(pairs, key=lambda pair: sorted((numbers[pair[0]], numbers[pair[1]]), reverse=True))
