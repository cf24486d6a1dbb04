"""Candidates aligned, in workers: which pairs are related, how much, and where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from pdtool.progress import Progress
from pdtool.reuse.alignment import Alignment, align, comes_before
from pdtool.reuse.anchors import Index
from pdtool.reuse.clusters import COPIES
from pdtool.reuse.common_shingles import SINGLY, CommonShingles
from pdtool.reuse.differences import Differences, differences, differing_spans
from pdtool.reuse.folds import fold_store
from pdtool.reuse.name_swaps import NameSwaps, name_swaps
from pdtool.reuse.passage import Passage
from pdtool.reuse.quotations import foreign
from pdtool.reuse.relations import COPY, Relation, measure, relation_of
from pdtool.reuse.verified_pair import Pair, VerifiedPair
from pdtool.text.code_points import decode
from pdtool.text.edits import IntArray
from pdtool.workers import Workers

__all__ = ["Verification"]

_MAY_BE_QUOTED = frozenset({Relation.OVERLAP, Relation.CONTAINED})
"""Relations that quotations alone may make."""
PAIRS_PER_TASK = 24
"""Pairs that are aligned by one task."""


@dataclass(frozen=True, slots=True, eq=False)
class _Task:
    """A batch of pairs to align.

    Args:
        folder: Where the folds are.
        folds: Where each pair's are, shape ``(n, 2)``, an array of
            :data:`~pdtool.reuse.folds.FOLD_LOCATION`.
        threshold: Least containment of the smaller document for a relation, 0 to 1.
        min_passage: Least folded characters of a passage.
        common: The common shingles of the corpus; ``None`` if they make no difference.
    """

    folder: Path
    folds: npt.NDArray[np.void]
    threshold: float
    min_passage: int
    common: CommonShingles | None


@dataclass(frozen=True, slots=True, eq=False)
class _Answer:
    """What came of a batch of pairs: few arrays are quicker to send than many.

    Args:
        matched: Characters of a and of b that match, shape ``(n, 2)``.
        passages: How many spans each pair has; none where it is not related.
        spans: Those of all pairs, one after the other, as in
            :attr:`~pdtool.reuse.verified_pair.VerifiedPair.spans`.
        differences: What differs in each pair of copies; ``None`` for other pairs.
        names: Which names were exchanged in each related pair; ``None`` where none were.
    """

    matched: IntArray
    passages: IntArray
    spans: IntArray
    differences: list[Differences | None]
    names: list[NameSwaps | None]


def _align(task: _Task) -> _Answer:
    store = fold_store(task.folder)
    matched = np.zeros((len(task.folds), 2), np.int32)
    passages = np.zeros(len(task.folds), np.int32)
    spans = [np.empty((0, 5), np.int32)]
    differing: list[Differences | None] = []
    names: list[NameSwaps | None] = []
    for row, (fold_a, fold_b) in enumerate(task.folds):
        a, b = store.index(fold_a), store.index(fold_b)
        aligned = _reused(align(a, b, task.min_passage, task.threshold), a, b, task.common)
        matched[row] = aligned.matched_a, aligned.matched_b
        relation = relation_of(measure(len(a.codes), len(b.codes), *matched[row].tolist()), task.threshold)
        if relation in _MAY_BE_QUOTED and task.threshold >= SINGLY:
            words = store.words(fold_a), store.words(fold_b)
            if _is_quotation(aligned, (len(a.codes), len(b.codes)), words, task):
                matched[row], relation = 0, None
        found, swapped = _compared(a, b, aligned, relation) if relation else (None, None)
        differing.append(found)
        names.append(swapped)
        if relation:
            passages[row] = len(aligned.passages)
            spans += [np.array(_span(passage), np.int32)[None] for passage in aligned.passages]
    return _Answer(matched, passages, np.concatenate(spans), differing, names)


def _is_quotation(
    aligned: Alignment, sizes: tuple[int, int], words: tuple[IntArray, IntArray], task: _Task
) -> bool:
    """Return whether two texts are related by quotations and cited titles alone.

    What either of them quotes is no reuse between them: the rest of the smaller one must stand in the other.
    Where single passages are looked for, quotations are listed.
    """
    if not any(map(len, words)):
        return False
    foreign_a, foreign_b = (foreign(one, size) for one, size in zip(words, sizes, strict=True))
    own_a, own_b = np.zeros(sizes[0], bool), np.zeros(sizes[1], bool)
    for passage in aligned.passages:
        own = ~(foreign_a[passage.matches_a] | foreign_b[passage.matches_b])
        own_a[passage.matches_a[own]] = own_b[passage.matches_b[own]] = True
    rest = [max(1, int(np.count_nonzero(~one))) for one in (foreign_a, foreign_b)]
    matched = [int(np.count_nonzero(one)) for one in (own_a, own_b)]
    return relation_of(measure(rest[0], rest[1], matched[0], matched[1]), task.threshold) is None


def _compared(
    a: Index, b: Index, aligned: Alignment, relation: Relation
) -> tuple[Differences | None, NameSwaps | None]:
    """Return what differs between two copies, and which names were exchanged, whichever is named first."""
    if comes_before(b.codes, a.codes):
        found, names = _compared(b, a, aligned.swapped(), relation)
        return found and found.swapped(), names and names.turned()
    spans = list(differing_spans(aligned.passages, len(a.codes), len(b.codes)))
    texts = decode(a.codes), decode(b.codes)
    found = differences(*texts, spans) if relation in COPIES else None
    return found, name_swaps(*texts, aligned.passages, spans)


def _reused(aligned: Alignment, a: Index, b: Index, common: CommonShingles | None) -> Alignment:
    """Leave the passages of common shingles out of what two texts share, unless they are copies."""
    sizes = len(a.codes), len(b.codes)
    if common is None or measure(*sizes, aligned.matched_a, aligned.matched_b).smaller >= COPY:
        return aligned
    return Alignment.of(common.reused(aligned.passages, a.codes), *sizes)


def _span(passage: Passage) -> tuple[int, int, int, int, int]:
    return passage.start_a, passage.end_a, passage.start_b, passage.end_b, len(passage.matches_a)


class Verification:
    """The pairs verified so far.

    Args:
        workers: Where to work.
        folder: Where the folds are.
        folds: Where each document's is, by its number.
        threshold: Least containment of the smaller document for a relation, 0 to 1.
        min_passage: Least folded characters of a passage.
        common: The common shingles of the corpus; ``None`` if they make no difference.
        progress: Told of every batch.

    Attributes:
        results: What came of each pair ``(i, j)``, ``i < j``.
    """

    def __init__(
        self,
        workers: Workers,
        folder: Path,
        folds: npt.NDArray[np.void],
        threshold: float,
        min_passage: int,
        common: CommonShingles | None,
        progress: Progress,
    ) -> None:
        self.results: dict[Pair, VerifiedPair] = {}
        self._workers = workers
        self._folder = folder
        self._folds = folds
        self._threshold = threshold
        self._min_passage = min_passage
        self._common = common
        self._progress = progress

    def ensure(self, pairs: Iterable[Pair]) -> None:
        """Align those pairs ``(i, j)``, ``i < j``, that were not aligned yet."""
        wanted = [pair for pair in pairs if pair not in self.results]
        chunks = [wanted[start : start + PAIRS_PER_TASK] for start in range(0, len(wanted), PAIRS_PER_TASK)]
        tasks = [
            _Task(
                self._folder,
                self._folds[np.array(chunk)],
                self._threshold,
                self._min_passage,
                self._common,
            )
            for chunk in chunks
        ]
        for chunk, answer in zip(chunks, self._workers.map(_align, tasks), strict=True):
            self._take(chunk, answer)
            self._progress.advance(len(chunk))

    def _take(self, pairs: Sequence[Pair], answer: _Answer) -> None:
        spans = np.split(answer.spans, np.cumsum(answer.passages)[:-1])
        every = zip(pairs, answer.matched.tolist(), spans, answer.differences, answer.names, strict=True)
        for (i, j), matched, found, differing, names in every:
            pair = measure(int(self._folds["size"][i]), int(self._folds["size"][j]), *matched)
            relation = relation_of(pair, self._threshold)
            self.results[i, j] = VerifiedPair(relation, pair, found, differing, names)
