"""Distances → a tree by average linkage (UPGMA; Sokal and Michener 1958).

What SciPy's ``linkage(..., method="average")`` and ``leaves_list`` give, to the last bit, for the few dozen
items that a picture holds: to load SciPy's clustering takes a tenth of the time of a whole report. Müllner
(2011), *Modern hierarchical, agglomerative clustering algorithms*, has the algorithm of nearest-neighbour
chains and the proof that it gives the same tree.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

__all__ = ["average_linkage", "leaves"]

Joint = tuple[int, int, float]
"""Two branches, the lower number first, and the height at which they meet. A branch is an item, or, from the
number of items on, the joints in their order."""


def average_linkage(distances: npt.NDArray[np.float64]) -> list[Joint]:
    """Return the joints of the tree, the lowest first; of equally high ones the one that was found first.

    Args:
        distances: Of items with items, shape ``(n, n)``, at least two; those above the diagonal count.

    >>> average_linkage(np.array([[0.0, 4.0, 1.0], [4.0, 0.0, 3.0], [1.0, 3.0, 0.0]]))
    [(0, 2, 1.0), (1, 3, 3.5)]
    """
    return _numbered(sorted(_joined(distances), key=lambda joint: joint[2]), len(distances))


def _joined(distances: npt.NDArray[np.float64]) -> list[Joint]:
    """Return which items, each standing for its branch, are joined at what height, as chains find them."""
    apart = np.triu(distances, 1)
    apart += apart.T
    np.fill_diagonal(apart, np.inf)
    sizes = np.ones(len(apart))
    joints: list[Joint] = []
    chain: list[int] = []
    while len(joints) < len(apart) - 1:
        chain = chain or [int(np.flatnonzero(sizes)[0])]
        # Nearer and nearer, until two are each other's nearest; of equally near ones the one before stays.
        while (near := _nearest(apart[chain[-1]], chain[-2:-1])) not in chain[-2:-1]:
            chain.append(near)
        gone, left = sorted((chain.pop(), chain.pop()))
        height = float(apart[gone, left])
        joints.append((gone, left, height))
        mean = (sizes[gone] * apart[gone] + sizes[left] * apart[left]) / (sizes[gone] + sizes[left])
        sizes[left], sizes[gone] = sizes[left] + sizes[gone], 0
        apart[left] = apart[:, left] = np.where(sizes > 0, mean, np.inf)
        apart[left, left] = np.inf
        apart[gone] = apart[:, gone] = np.inf
    return joints


def _nearest(row: npt.NDArray[np.float64], before: Sequence[int]) -> int:
    nearest = int(row.argmin())
    return before[0] if before and row[nearest] >= row[before[0]] else nearest


def _numbered(joints: Sequence[Joint], items: int) -> list[Joint]:
    """Name branches by their joints instead of by one of their items."""
    branch = list(range(items))
    """The item that each was joined to; itself where it was not."""
    number = list(range(items))
    numbered = []
    for first, second, height in joints:
        roots = [_root(branch, item) for item in (first, second)]
        low, high = sorted(number[root] for root in roots)
        numbered.append((low, high, height))
        branch[roots[0]] = roots[1]
        number[roots[1]] = items + len(numbered) - 1
    return numbered


def _root(branch: list[int], item: int) -> int:
    while branch[item] != item:
        branch[item] = branch[branch[item]]
        item = branch[item]
    return item


def leaves(joints: Sequence[Joint]) -> list[int]:
    """Return the items as they stand below the tree, the branch of the lower number to the left.

    >>> leaves([(0, 2, 1.0), (1, 3, 3.5)])
    [1, 0, 2]
    """
    items = len(joints) + 1
    found: list[int] = []
    waiting = [2 * items - 2]
    while waiting:
        branch = waiting.pop()
        if branch < items:
            found.append(branch)
        else:
            left, right, _ = joints[branch - items]
            waiting += [right, left]
    return found
