"""Which documents are compared with which: all, new ones with known ones, or by the groups they belong to."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from pathlib import PurePath

import numpy as np
import numpy.typing as npt

from pdtool.corpus.source import Source
from pdtool.reuse.options import Within

__all__ = ["Sides", "group_of"]


def group_of(source: Source) -> str:
    """Return the group of a document: the table whose row it is, or the folder its file lies in.

    The name that an archive has is a part of the folder's. Documents without a file are one group.
    """
    return source.name if source.row is not None else str(PurePath(source.name).parent)


@dataclass(frozen=True)
class Sides:
    """On which side each document stands; documents with one fold are compared once for all of them.

    Args:
        is_known: Which documents are known ones, shape ``(n,)``; ``None`` if all are compared with all.
        has_new: For each, whether a new document has its fold, if it was compared for those that have.
        has_known: Likewise a known one.
        within: Whether documents of one group are compared; ``None``: as all others.
        new_too: Whether new documents are compared with one another, though such pairs are not listed: which
            of them a cluster keeps depends on it.
        group_of: The group of each document; empty unless groups decide.
        groups: For each document that was compared, the groups of those with its fold; likewise.
        new_groups: Likewise of those that are new.
    """

    is_known: npt.NDArray[np.bool_] | None
    has_new: npt.NDArray[np.bool_]
    has_known: npt.NDArray[np.bool_]
    within: Within | None = None
    new_too: bool = False
    group_of: tuple[str, ...] = ()
    groups: tuple[frozenset[str], ...] = ()
    new_groups: tuple[frozenset[str], ...] = ()

    @classmethod
    def of(
        cls,
        ids: Sequence[str],
        known: Set[str] | None,
        representatives: Sequence[int],
        within: Within | None = None,
        group_of: Sequence[str] = (),
    ) -> Sides:
        """Tell the sides of documents.

        Args:
            ids: Their ids.
            known: The ids of those that are known; ``None`` if all are compared with all.
            representatives: For each, the one that is compared for it.
            within: Whether documents of one group are compared; ``None``: as all others.
            group_of: The group of each; not looked at if groups do not decide.
        """
        is_known = np.array([one in (known or ()) for one in ids], bool)
        told = cls.between(is_known, np.array(representatives, np.int64), new_too=within is None)
        if known is None:
            told = replace(told, is_known=None, new_too=False)
        if within is None or (known is not None and within is Within.NONE):
            return told
        every: list[set[str]] = [set() for _ in ids]
        new: list[set[str]] = [set() for _ in ids]
        for number, representative in enumerate(representatives):
            every[representative].add(group_of[number])
            if not is_known[number]:
                new[representative].add(group_of[number])
        return replace(
            told,
            within=within,
            group_of=tuple(group_of),
            groups=tuple(map(frozenset, every)),
            new_groups=tuple(map(frozenset, new)),
        )

    @classmethod
    def between(
        cls, is_known: npt.NDArray[np.bool_], representatives: npt.NDArray[np.int64], *, new_too: bool
    ) -> Sides:
        """Tell the sides of documents where some are known.

        Args:
            is_known: Which of them are, shape ``(n,)``.
            representatives: For each, the one that is compared for it, likewise.
            new_too: Whether new documents are compared with one another.
        """
        has_new, has_known = np.zeros((2, len(is_known)), bool)
        has_new[representatives[~is_known]] = True
        has_known[representatives[is_known]] = True
        return cls(is_known, has_new, has_known, new_too=new_too)

    def are_wanted(self, pairs: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
        """Return which pairs stand for at least one pair of documents that is to be compared.

        Args:
            pairs: Numbers of documents that are compared for others, shape ``(n, 2)``.
        """
        i, j = pairs[:, 0], pairs[:, 1]
        wanted = np.ones(len(pairs), bool)
        if self.is_known is not None:
            partners = self._partners
            wanted = (self.has_new[i] & partners[j]) | (partners[i] & self.has_new[j])
        if self.within is None:
            return wanted
        by_group = np.array([self._are_wanted_by_group(*pair) for pair in pairs.tolist()], bool)
        return by_group if self.is_known is None else wanted | by_group

    def crossing(self, documents: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_] | None:
        """Return which of some documents stand for new ones, and which such ones are compared with.

        Shape ``(2, n)``; all pairs that are wanted are of one and of the other. ``None`` where all are
        compared with all.
        """
        if self.is_known is None:
            return None
        every = np.ones(len(documents), bool)
        return np.stack((self.has_new[documents], every if self.within else self._partners[documents]))

    @property
    def _partners(self) -> npt.NDArray[np.bool_]:
        """What new documents are compared with."""
        return self.has_known | self.has_new if self.new_too else self.has_known

    def _are_wanted_by_group(self, i: int, j: int) -> bool:
        """Return whether a pair is wanted for the groups of what it stands for, whatever the sides."""
        if self.within is Within.GROUP:
            return not self.new_groups[i].isdisjoint(self.new_groups[j])
        return len(self.groups[i] | self.groups[j]) > 1

    def cross(self, i: int, j: int) -> bool:
        """Return whether the pair of two documents is compared and listed."""
        if self.is_known is not None and self.is_known[i] != self.is_known[j]:
            return True
        if self.within is None:
            return self.is_known is None
        if self.is_known is not None and self.is_known[i]:
            return False
        return (self.group_of[i] == self.group_of[j]) == (self.within is Within.GROUP)

    def is_new(self, document: int) -> bool:
        """Return whether a document is listed by itself: those that are known are not."""
        return self.is_known is None or not self.is_known[document]
