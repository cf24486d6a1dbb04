"""Candidates aligned, in workers: which pairs are related, how much, and where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from pdtool.corpus.source import Source
from pdtool.documents.cache import document_cache
from pdtool.documents.document import Document
from pdtool.normalise.furniture.shared_blocks import SharedBlocks
from pdtool.progress import Progress
from pdtool.reuse.alignment import Alignment, Index, align
from pdtool.reuse.common_shingles import Wording
from pdtool.reuse.folds import fold_store
from pdtool.reuse.passage import Passage
from pdtool.reuse.relations import COPY, Measure, Relation, measure, relation_of
from pdtool.reuse.rows import PassageRow
from pdtool.text.edits import IntArray
from pdtool.workers import Workers

__all__ = ["CutTask", "Verification", "Verified", "cut", "identical"]

PAIRS_A_TASK = 24

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Verified:
    """An aligned pair.

    Args:
        relation: What the two are to each other; ``None`` below the threshold.
        measure: How much of them is the same text.
        spans: One row a passage, in the order of a: start and end in a, start and end in b, equal
            characters; all in folded characters; shape ``(n_passages, 5)``.
    """

    relation: Relation | None
    measure: Measure
    spans: IntArray

    @property
    def longest(self) -> int:
        """Folded characters of the longest passage, 0 if there is none."""
        sides = np.minimum(self.spans[:, 1] - self.spans[:, 0], self.spans[:, 3] - self.spans[:, 2])
        return int(sides.max(initial=0))

    def swapped(self) -> Verified:
        """Return the same pair with a and b in each other's place."""
        spans = self.spans[:, [2, 3, 0, 1, 4]]
        m = self.measure
        return Verified(
            self.relation,
            Measure(m.containment_b, m.containment_a, m.jaccard, m.matched, m.smaller),
            spans[np.lexsort((spans[:, 2], spans[:, 0]))],
        )


@dataclass(frozen=True, slots=True, eq=False)
class _Task:
    """A batch of pairs to align.

    Args:
        folder: Where the folds are.
        folds: Where each pair's are, an array of :data:`~pdtool.reuse.folds.PLACE` of shape ``(n, 2)``.
        threshold: Least containment of the smaller document for a relation, 0 to 1.
        min_passage: Least folded characters of a passage.
        wording: What is standard wording in the corpus; ``None`` if that makes no difference.
    """

    folder: Path
    folds: npt.NDArray[np.void]
    threshold: float
    min_passage: int
    wording: Wording | None


@dataclass(frozen=True, slots=True, eq=False)
class _Answer:
    """What came of a batch of pairs: few arrays are quicker to send than many.

    Args:
        matched: Characters of a and of b that match, shape ``(n, 2)``.
        passages: How many spans each pair has; none where it is not related.
        spans: Those of all pairs, one after the other.
    """

    matched: IntArray
    passages: IntArray
    spans: IntArray


@dataclass(frozen=True, slots=True, eq=False)
class CutTask:
    """Related pairs whose passages are to be cut out of the raw texts."""

    pairs: tuple[tuple[Source, Source, IntArray], ...]
    blocks: SharedBlocks | None


def identical(size: int) -> Verified:
    """Return what two documents with one fold are to each other.

    Args:
        size: Folded characters of either, at least 1.
    """
    whole = np.array([[0, size, 0, size, size]], dtype=np.int32)
    return Verified(Relation.IDENTICAL, measure(size, size, size, size), whole)


def _align(task: _Task) -> _Answer:
    store = fold_store(task.folder)
    matched = np.zeros((len(task.folds), 2), np.int32)
    passages = np.zeros(len(task.folds), np.int32)
    spans = [np.empty((0, 5), np.int32)]
    for row, (place_a, place_b) in enumerate(task.folds):
        a, b = store.index(place_a), store.index(place_b)
        aligned = _reused(align(a, b, task.min_passage, task.threshold), a, b, task.wording)
        matched[row] = aligned.matched_a, aligned.matched_b
        if relation_of(measure(len(a.codes), len(b.codes), *matched[row].tolist()), task.threshold):
            passages[row] = len(aligned.passages)
            spans += [np.array(_span(passage), np.int32)[None] for passage in aligned.passages]
    return _Answer(matched, passages, np.concatenate(spans))


def _reused(aligned: Alignment, a: Index, b: Index, wording: Wording | None) -> Alignment:
    """Leave the standard wording out of what two texts share that are no copies."""
    sizes = len(a.codes), len(b.codes)
    if wording is None or measure(*sizes, aligned.matched_a, aligned.matched_b).smaller >= COPY:
        return aligned
    return Alignment.of(wording.reused(aligned.passages, a.codes), *sizes)


def _span(passage: Passage) -> tuple[int, int, int, int, int]:
    return passage.start_a, passage.end_a, passage.start_b, passage.end_b, len(passage.matches_a)


def cut(task: CutTask) -> list[PassageRow]:
    """Cut the passages of related pairs out of the raw texts.

    Raises:
        InputError: If a document can no longer be read.
    """
    cache = document_cache(task.blocks)
    rows = []
    for source_a, source_b, spans in task.pairs:
        a, b = cache.open(source_a), cache.open(source_b)
        for number, (start_a, end_a, start_b, end_b, equal) in enumerate(spans.tolist(), start=1):
            raw_a, raw_b = _raw_span(a, start_a, end_a), _raw_span(b, start_b, end_b)
            sides = end_a - start_a, end_b - start_b
            rows.append(
                PassageRow(
                    source_a.id,
                    source_b.id,
                    number,
                    *raw_a,
                    *raw_b,
                    chars=min(sides),
                    similarity=equal / max(sides),
                    text_a=a.raw[slice(*raw_a)],
                    text_b=b.raw[slice(*raw_b)],
                )
            )
    return rows


def _raw_span(document: Document, start: int, end: int) -> tuple[int, int]:
    """Return the offsets in the raw text of the folded characters ``[start, end)``, ``start < end``."""
    positions = document.folded.positions
    return document.offsets.to_source(int(positions[start]), int(positions[end - 1]) + 1)


class Verification:
    """The pairs verified so far.

    Args:
        workers: Where to work.
        folder: Where the folds are.
        folds: Where each document's is, by its number.
        threshold: Least containment of the smaller document for a relation, 0 to 1.
        min_passage: Least folded characters of a passage.
        wording: What is standard wording in the corpus; ``None`` if that makes no difference.
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
        wording: Wording | None,
        progress: Progress,
    ) -> None:
        self.results: dict[Pair, Verified] = {}
        self._workers = workers
        self._folder = folder
        self._folds = folds
        self._threshold = threshold
        self._min_passage = min_passage
        self._wording = wording
        self._progress = progress

    def ensure(self, pairs: Iterable[Pair]) -> None:
        """Align those pairs ``(i, j)``, ``i < j``, that were not aligned yet."""
        wanted = [pair for pair in pairs if pair not in self.results]
        chunks = [wanted[at : at + PAIRS_A_TASK] for at in range(0, len(wanted), PAIRS_A_TASK)]
        tasks = [
            _Task(
                self._folder,
                self._folds[np.array(chunk)],
                self._threshold,
                self._min_passage,
                self._wording,
            )
            for chunk in chunks
        ]
        for chunk, answer in zip(chunks, self._workers.map(_align, tasks), strict=True):
            self._take(chunk, answer)
            self._progress.advance(len(chunk))

    def _take(self, pairs: Sequence[Pair], answer: _Answer) -> None:
        spans = np.split(answer.spans, np.cumsum(answer.passages)[:-1])
        for (i, j), matched, found in zip(pairs, answer.matched.tolist(), spans, strict=True):
            pair = measure(int(self._folds["size"][i]), int(self._folds["size"][j]), *matched)
            self.results[i, j] = Verified(relation_of(pair, self._threshold), pair, found)
