"""What counts of an aligned pair in an audit: whose words each passage is, and what of it nobody took.

An audit is asked for by ``--exclude``, ``--upstream`` or ``--from-dates``. What is excluded, and what stands
in a superior document, counts neither as text that two documents share nor as text of theirs; the words of
others in either of them are the words of others in both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from pdtool.documents.quotations import LEAST_SHARE, Words, foreign
from pdtool.reuse.folds import FOLD_LOCATION, fold_store
from pdtool.reuse.passage import Passage, spans_of
from pdtool.reuse.upstream import Upstream
from pdtool.text.arrays import runs
from pdtool.text.edits import IntArray

__all__ = ["LEAST_LEFT", "Audit", "Audited", "Covered", "Parts", "Whose", "kind_of"]

LEAST_LEFT = 10
"""Characters of a text that count, fewer of which tell nothing: who is named before a quotation takes as
many."""
Mask = npt.NDArray[np.bool_]
Place = tuple[int, int, int, bool, int, int]
"""An item of :data:`~pdtool.reuse.folds.FOLD_LOCATION`."""


class Whose(IntEnum):
    """Whose words a passage is; where it is of several, the first that holds most of it."""

    QUOTED = 0
    CITED = 1
    UPSTREAM = 2
    COMMON = 3
    OWN = 4

    @property
    def label(self) -> str:
        """The word for it in tables."""
        return self.name.lower()


def kind_of(shares: Sequence[float], all_together: float) -> Whose:
    """Return whose words a passage is.

    Args:
        shares: Which share of it is quoted, cited, upstream and common; fewer if the rest is 0.
        all_together: Which share is any of these, 0 to 1.

    >>> kind_of([0.5, 0.4], 0.9).label, kind_of([0.5, 0.2], 0.7).label
    ('quoted', 'own')
    """
    return Whose(int(np.argmax(shares))) if all_together >= LEAST_SHARE else Whose.OWN


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """Which folded characters of a text are not its own, or do not count.

    Args:
        kinds: What is quoted; cited (titles, and references if these are excluded); in a superior document;
            common (signatures, if these are excluded): in the order of :class:`Whose`, shape ``(4, size)``.
        excluded: What does not count, shape ``(size,)``.
    """

    kinds: Mask
    excluded: Mask

    @property
    def quoted(self) -> Mask:
        """What is quoted or cited."""
        return np.asarray(self.kinds[Whose.QUOTED] | self.kinds[Whose.CITED])


Covered = npt.NDArray[np.uint8]
"""Which characters of a text stand in another: all, those that are no quotation, those that are not upstream;
as bits, shape ``(3, n_bytes)``."""


@dataclass(frozen=True, slots=True, eq=False)
class Audited:
    """What counts of an aligned pair.

    Args:
        sizes: Folded characters of a and b that count, at least 1.
        matched: How many of these match inside passages.
        kinds: Whose words each passage is, in the order of a, shape ``(n_passages,)``.
        covered: Which characters of a, and of b, stand in the other.
    """

    sizes: tuple[int, int]
    matched: tuple[int, int]
    kinds: npt.NDArray[np.uint8]
    covered: tuple[Covered, Covered]

    def swapped(self, order: npt.NDArray[np.int64]) -> Audited:
        """Return the same with a and b exchanged.

        Args:
            order: The passages in the order of b.
        """
        return Audited(self.sizes[::-1], self.matched[::-1], self.kinds[order], self.covered[::-1])


@dataclass(frozen=True, slots=True)
class Audit:
    """What an audit leaves out.

    Args:
        excluded: The parts of documents that do not count.
        upstream: The superior documents; ``None`` if there are none.
        min_passage: Least folded characters of a passage.
    """

    excluded: tuple[Words, ...]
    upstream: Upstream | None
    min_passage: int

    def parts(self, folder: Path, location: np.void) -> Parts:
        """Return what of a document is not its own; those looked at last are at hand.

        Args:
            folder: Where the folds are.
            location: Where its fold is, an item of :data:`~pdtool.reuse.folds.FOLD_LOCATION`.
        """
        return _parts(self, folder, tuple(location.tolist()))

    def of(
        self, a: Parts, b: Parts, passages: Sequence[Passage], uncommon: frozenset[int] | None = None
    ) -> tuple[Audited, IntArray]:
        """Audit an aligned pair.

        Args:
            a: The parts of one text.
            b: Of the other.
            passages: What they share, in the order of a.
            uncommon: The indexes of the passages that are not standard wording; ``None``: all.

        Returns:
            What counts, and the passages, cut where it changes whose words they are (see
            :func:`~pdtool.reuse.passage.spans_of`).
        """
        sizes = len(a.excluded), len(b.excluded)
        covered = np.zeros((3, sizes[0]), bool), np.zeros((3, sizes[1]), bool)
        own = np.zeros(sizes[0], bool), np.zeros(sizes[1], bool)
        kinds: list[Whose] = []
        pieces: list[Passage] = []
        for index, passage in enumerate(passages):
            at = passage.matches_a, passage.matches_b
            is_common = uncommon is not None and index not in uncommon
            whose = a.kinds[:, at[0]] | b.kinds[:, at[1]]
            whose[Whose.COMMON] |= is_common
            for part in _pieces(whose, self.min_passage):
                pieces.append(passage.part(part.start, part.stop))
                kinds.append(_kind_of_matches(whose[:, part]))
            counts = ~(a.excluded[at[0]] | b.excluded[at[1]] | is_common)
            is_quoted = whose[Whose.QUOTED] | whose[Whose.CITED]
            for side, cover, mine in zip(at, covered, own, strict=True):
                mine[side[counts]] = True
                cover[0, side] = True
                cover[1, side[~is_quoted]] = True
                cover[2, side[~whose[Whose.UPSTREAM]]] = True
        left = int(np.count_nonzero(~a.excluded)), int(np.count_nonzero(~b.excluded))
        matched = int(np.count_nonzero(own[0])), int(np.count_nonzero(own[1]))
        if min(left) < LEAST_LEFT and left != sizes:
            matched = 0, 0
        audited = Audited(
            (max(1, left[0]), max(1, left[1])),
            matched,
            np.array(kinds, np.uint8),
            (np.packbits(covered[0], axis=1), np.packbits(covered[1], axis=1)),
        )
        return audited, spans_of(pieces)

    def of_twins(self, folder: Path, location: np.void) -> tuple[Audited, IntArray]:
        """Audit two documents that have one fold; see :meth:`of`.

        Args:
            folder: Where the folds are.
            location: Where the one that stands for both is.
        """
        parts = self.parts(folder, location)
        whole = np.arange(len(parts.excluded), dtype=np.int64)
        return self.of(parts, parts, [Passage.of(whole, whole)])


def _pieces(whose: Mask, least: int) -> list[slice]:
    """Return the stretches of a passage that are of one kind; short ones belong to what stands before them.

    Args:
        whose: Which kinds each match is of, shape ``(4, n)``, n at least 1.
        least: Matches of a stretch at least.
    """
    first = np.where(whose.any(axis=0), whose.argmax(axis=0), Whose.OWN)
    starts, lengths = runs(first)
    long = lengths >= least
    kinds = first[starts[long]]
    changes = np.flatnonzero(np.diff(kinds)) + 1
    bounds = [0, *starts[long][changes].tolist(), len(first)]
    return [slice(start, stop) for start, stop in pairwise(bounds)]


def _kind_of_matches(whose: Mask) -> Whose:
    return kind_of(whose.mean(axis=1).tolist(), float(whose.any(axis=0).mean()))


@lru_cache(maxsize=64)
def _parts(audit: Audit, folder: Path, place: Place) -> Parts:
    location = np.array([place], FOLD_LOCATION)[0]
    store = fold_store(folder)
    words, size = store.words(location), int(location["size"])
    excluded = foreign(words, size, *audit.excluded) if audit.excluded else np.zeros(size, bool)
    upstream = np.zeros(size, bool) if audit.upstream is None else audit.upstream.holds(store.read(location))
    quoted = foreign(words, size, Words.QUOTED)
    cited = foreign(words, size, Words.CITED, Words.TITLE, Words.REFERENCES)
    kinds = np.stack((quoted, cited, upstream, foreign(words, size, Words.SIGNATURE)))
    return Parts(kinds, excluded | upstream)
