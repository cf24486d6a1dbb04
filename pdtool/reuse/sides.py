"""New documents and known ones: only pairs of one of each are looked at, if there are known ones."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["Sides"]


@dataclass(frozen=True)
class Sides:
    """On which side each document stands; documents with one fold are compared once for all of them.

    Args:
        is_known: Which documents are known ones, shape ``(n,)``; ``None`` if all are compared with all.
        has_new: For each, whether a new document has its fold, if it was compared for those that have.
        has_known: Likewise a known one.
    """

    is_known: npt.NDArray[np.bool_] | None
    has_new: npt.NDArray[np.bool_]
    has_known: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, ids: Sequence[str], known: Set[str], representatives: Sequence[int]) -> Sides:
        """Tell the sides of documents.

        Args:
            ids: Their ids.
            known: The ids of those that are known; none if all are compared with all.
            representatives: For each, the one that is compared for it.
        """
        is_known = np.array([one in known for one in ids], bool)
        has_new, has_known = np.zeros(len(ids), bool), np.zeros(len(ids), bool)
        compared = np.array(representatives, np.int64)
        has_new[compared[~is_known]] = True
        has_known[compared[is_known]] = True
        return cls(is_known if known else None, has_new, has_known)

    def are_wanted(self, pairs: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
        """Return which pairs stand for one of a new and a known document.

        Args:
            pairs: Numbers of documents that are compared for others, shape ``(n, 2)``.
        """
        if self.is_known is None:
            return np.ones(len(pairs), bool)
        i, j = pairs[:, 0], pairs[:, 1]
        return (self.has_new[i] & self.has_known[j]) | (self.has_known[i] & self.has_new[j])

    def cross(self, i: int, j: int) -> bool:
        """Return whether the pair of two documents is listed: a new one and a known one."""
        return self.is_known is None or bool(self.is_known[i] != self.is_known[j])

    def is_new(self, document: int) -> bool:
        """Return whether a document is listed by itself: those that are known are not."""
        return self.is_known is None or not self.is_known[document]
