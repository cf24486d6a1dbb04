"""Candidates aligned, in workers: which pairs are related, how much, and where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from pdtool.corpus.document import Source
from pdtool.corpus.library import library
from pdtool.normalise.edits import IntArray
from pdtool.normalise.shared_blocks import SharedBlocks
from pdtool.progress import Progress
from pdtool.reuse.alignment import Alignment, align
from pdtool.reuse.passage import Passage
from pdtool.reuse.relations import Measure, Relation, measure, relation_of
from pdtool.reuse.rows import PassageRow
from pdtool.reuse.texts import text_of
from pdtool.workers import Workers

__all__ = ["CutTask", "Verification", "Verified", "VerifyTask", "cut", "identical", "verify"]

PAIRS_A_TASK = 64

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


@dataclass(frozen=True, slots=True)
class VerifyTask:
    """A batch of pairs to align, with what decides the result."""

    pairs: tuple[tuple[Source, Source], ...]
    blocks: SharedBlocks | None
    threshold: float
    min_passage: int


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


def verify(task: VerifyTask) -> list[Verified]:
    """Align a batch of pairs.

    Raises:
        InputError: If a document can no longer be read.
    """
    shelf = library(task.blocks)
    results = []
    for source_a, source_b in task.pairs:
        a, b = text_of(shelf.open(source_a)), text_of(shelf.open(source_b))
        aligned = align(a.index, b.index, task.min_passage)
        results.append(_judge(len(a.folded), len(b.folded), aligned, task.threshold))
    return results


def _judge(size_a: int, size_b: int, aligned: Alignment, threshold: float) -> Verified:
    pair = measure(size_a, size_b, aligned.matched_a, aligned.matched_b)
    spans = np.array([_span(passage) for passage in aligned.passages], dtype=np.int32).reshape(-1, 5)
    return Verified(relation_of(pair, threshold), pair, spans)


def _span(passage: Passage) -> tuple[int, int, int, int, int]:
    return passage.start_a, passage.end_a, passage.start_b, passage.end_b, len(passage.matches_a)


def cut(task: CutTask) -> list[PassageRow]:
    """Cut the passages of related pairs out of the raw texts.

    Raises:
        InputError: If a document can no longer be read.
    """
    shelf = library(task.blocks)
    rows = []
    for source_a, source_b, spans in task.pairs:
        a, b = text_of(shelf.open(source_a)), text_of(shelf.open(source_b))
        for number, (start_a, end_a, start_b, end_b, equal) in enumerate(spans.tolist(), start=1):
            raw_a, raw_b = a.raw_span(start_a, end_a), b.raw_span(start_b, end_b)
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


class Verification:
    """The pairs verified so far.

    Args:
        workers: Where to work.
        sources: All documents, by number.
        blocks: The site furniture of the corpus.
        threshold: Least containment of the smaller document for a relation, 0 to 1.
        min_passage: Least folded characters of a passage.
        progress: Told of every batch.
    """

    def __init__(
        self,
        workers: Workers,
        sources: Sequence[Source],
        blocks: SharedBlocks | None,
        threshold: float,
        min_passage: int,
        progress: Progress,
    ) -> None:
        self.results: dict[Pair, Verified] = {}
        self._workers = workers
        self._sources = sources
        self._blocks = blocks
        self._threshold = threshold
        self._min_passage = min_passage
        self._progress = progress

    def ensure(self, pairs: Iterable[Pair]) -> None:
        """Align those pairs ``(i, j)``, ``i < j``, that were not aligned yet."""
        wanted = [pair for pair in pairs if pair not in self.results]
        chunks = [wanted[at : at + PAIRS_A_TASK] for at in range(0, len(wanted), PAIRS_A_TASK)]
        tasks = [self._task(chunk) for chunk in chunks]
        for chunk, verified in zip(chunks, self._workers.map(verify, tasks), strict=True):
            self.results.update(zip(chunk, verified, strict=True))
            self._progress.advance(len(chunk))

    def _task(self, pairs: Sequence[Pair]) -> VerifyTask:
        sources = tuple((self._sources[i], self._sources[j]) for i, j in pairs)
        return VerifyTask(sources, self._blocks, self._threshold, self._min_passage)
