"""Candidates aligned, in workers: which pairs are related, how much, and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from pdtool.documents.quotations import foreign
from pdtool.progress import Progress
from pdtool.reuse.alignment import Alignment, align_all, comes_before
from pdtool.reuse.anchors import Index
from pdtool.reuse.audit import LEAST_LEFT, Audit, Audited
from pdtool.reuse.clusters import COPIES
from pdtool.reuse.common_shingles import SINGLY, CommonShingles
from pdtool.reuse.differences import Differences, differences
from pdtool.reuse.differing_spans import differing_spans
from pdtool.reuse.folds import fold_store
from pdtool.reuse.joined_pairs import stretches
from pdtool.reuse.name_swaps import NameSwaps, name_swaps
from pdtool.reuse.pair_order import gathered
from pdtool.reuse.passage import matches_of, spans_of
from pdtool.reuse.relations import COPY, Relation, measure, relation_of
from pdtool.reuse.verified_pair import Pair, VerifiedPair
from pdtool.text.code_points import decode
from pdtool.text.edits import IntArray
from pdtool.workers import Workers

__all__ = ["Verification"]

PAIRS_PER_TASK = 64
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
        audit: What does not count; ``None`` if all does.
    """

    folder: Path
    folds: npt.NDArray[np.void]
    threshold: float
    min_passage: int
    common: CommonShingles | None
    audit: Audit | None


@dataclass(frozen=True, slots=True, eq=False)
class _Answer:
    """What came of a batch of pairs: few arrays are quicker to send than many.

    Args:
        matched: Characters of a and of b that match, shape ``(n, 2)``.
        passages: How many spans each pair has; none where it is not related.
        spans: Those of all pairs, one after the other, as in
            :attr:`~pdtool.reuse.verified_pair.VerifiedPair.spans`.
        differences: What differs in each pair of copies; ``None`` for other pairs.
        audited: What counts of each pair, where it is related; empty unless something does not count.
        names: Which names were exchanged in each related pair; ``None`` where none were.
    """

    matched: IntArray
    passages: IntArray
    spans: IntArray
    differences: list[Differences | None]
    audited: list[Audited | None]
    names: list[NameSwaps | None]


def _align(task: _Task) -> _Answer:
    matched = np.zeros((len(task.folds), 2), np.int32)
    passages = np.zeros(len(task.folds), np.int32)
    spans = [np.empty((0, 5), np.int32)]
    differing: list[Differences | None] = []
    audits: list[Audited | None] = []
    names: list[NameSwaps | None] = []
    for row, ((fold_a, fold_b), (a, b), whole) in enumerate(_aligned(task)):
        aligned = _reused(whole, a, b, task.common) if task.audit is None else whole
        if task.audit is None:
            sizes = len(a.codes), len(b.codes)
            matched[row] = aligned.matched_a, aligned.matched_b
            found = spans_of(aligned.passages)
        else:
            audited, found = _audited(task, task.audit, (fold_a, fold_b), aligned, a, b)
            audits.append(audited)
            sizes, matched[row] = audited.sizes, audited.matched
        relation = relation_of(measure(*sizes, *matched[row].tolist()), task.threshold)
        if (
            relation is not None
            and task.threshold >= SINGLY
            and _is_quotation(aligned, relation, _foreign(task, fold_a, fold_b), task)
        ):
            matched[row], relation = 0, None
        differs, swapped = _compared(a, b, aligned, relation) if relation else (None, None)
        differing.append(differs)
        names.append(swapped)
        if relation:
            passages[row] = len(found)
            spans.append(found)
    return _Answer(matched, passages, np.concatenate(spans), differing, audits, names)


def _aligned(task: _Task) -> Iterator[tuple[npt.NDArray[np.void], tuple[Index, Index], Alignment]]:
    """Yield of each pair where the folds are, the folds themselves, and how they are aligned."""
    store = fold_store(task.folder)
    least = task.threshold if task.audit is None else 0.0
    for some in stretches(task.folds["size"].sum(axis=1).tolist()):
        folds = task.folds[some]
        pairs = [(store.index(a), store.index(b)) for a, b in folds]
        yield from zip(folds, pairs, align_all(pairs, task.min_passage, least), strict=True)


def _audited(
    task: _Task, audit: Audit, folds: tuple[np.void, np.void], aligned: Alignment, a: Index, b: Index
) -> tuple[Audited, IntArray]:
    """Return what counts of a pair, and its passages; standard wording does not, unless they are copies."""
    parts_a, parts_b = (audit.parts(task.folder, location) for location in folds)
    reused = set(map(id, _reused(aligned, a, b, task.common).passages))
    uncommon = frozenset(index for index, one in enumerate(aligned.passages) if id(one) in reused)
    return audit.of(parts_a, parts_b, aligned.passages, uncommon)


@dataclass(frozen=True, slots=True, eq=False)
class _Foreign:
    """Which characters of a text are the words of others, each of shape ``(size,)``.

    Args:
        quoted: What is quoted or cited.
        every: That, and what does not count for another reason.
    """

    quoted: npt.NDArray[np.bool_]
    every: npt.NDArray[np.bool_]


def _foreign(task: _Task, fold_a: np.void, fold_b: np.void) -> tuple[_Foreign, _Foreign] | None:
    """Return the words of others in two texts; ``None`` if there are none."""
    if task.audit is not None:
        parts_a, parts_b = (task.audit.parts(task.folder, location) for location in (fold_a, fold_b))
        return (
            _Foreign(parts_a.quoted, parts_a.quoted | parts_a.excluded),
            _Foreign(parts_b.quoted, parts_b.quoted | parts_b.excluded),
        )
    store = fold_store(task.folder)
    words_a, words_b = store.words(fold_a), store.words(fold_b)
    if not (len(words_a) or len(words_b)):
        return None
    quoted_a, quoted_b = foreign(words_a, int(fold_a["size"])), foreign(words_b, int(fold_b["size"]))
    return _Foreign(quoted_a, quoted_a), _Foreign(quoted_b, quoted_b)


def _is_quotation(
    aligned: Alignment, relation: Relation, both: tuple[_Foreign, _Foreign] | None, task: _Task
) -> bool:
    """Return whether two texts are related by the words of others alone: quotations and cited titles.

    What either of them quotes is no reuse between them: the rest of the smaller one must stand in the other.
    Two texts that are hardly anything but one quotation stay the same, but are no part of one another. Where
    single passages are looked for, quotations are listed.
    """
    if both is None:
        return False
    a, b = both
    own_a, own_b = np.zeros(len(a.every), bool), np.zeros(len(b.every), bool)
    at_a, at_b = matches_of(aligned.passages)
    own = ~(a.every[at_a] | b.every[at_b])
    own_a[at_a[own]] = own_b[at_b[own]] = True
    rest = [max(1, int(np.count_nonzero(~one.every))) for one in both]
    if min(rest) < LEAST_LEFT:
        are_quotations = min(int(np.count_nonzero(~one.quoted)) for one in both) < LEAST_LEFT
        return relation is not Relation.SAME or not are_quotations
    matched = [_telling(own_a, a.every), _telling(own_b, b.every)]
    return relation_of(measure(rest[0], rest[1], matched[0], matched[1]), task.threshold) is None


def _telling(own: npt.NDArray[np.bool_], foreign_words: npt.NDArray[np.bool_]) -> int:
    """Return how many of the matching own characters are more than the naming of who is quoted.

    ``正如有人说的那样，`` is taken along with the quotation behind it: a few characters beside the words of
    others tell nothing by themselves.

    Args:
        own: The own characters that match, shape ``(size,)``.
        foreign_words: The words of others, likewise.
    """
    changes = np.flatnonzero(np.diff(own, prepend=False, append=False))
    starts, ends = changes[::2], changes[1::2]
    around = np.concatenate(([False], foreign_words, [False]))
    naming = (ends - starts < LEAST_LEFT) & (around[starts] | around[ends + 1])
    return int((ends - starts)[~naming].sum())


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
        audit: What does not count; ``None`` if all does.

    Attributes:
        results: What came of each pair ``(i, j)``, ``i < j``.
        audit: What does not count; ``None`` if all does.
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
        audit: Audit | None = None,
    ) -> None:
        self.results: dict[Pair, VerifiedPair] = {}
        self._workers = workers
        self._folder = folder
        self._folds = folds
        self._threshold = threshold
        self._min_passage = min_passage
        self._common = common
        self._progress = progress
        self.audit = audit

    def ensure(self, pairs: Iterable[Pair]) -> None:
        """Align those pairs ``(i, j)``, ``i < j``, that were not aligned yet."""
        wanted = [pair for pair in pairs if pair not in self.results]
        near = gathered(wanted)
        chunks = [near[start : start + PAIRS_PER_TASK] for start in range(0, len(near), PAIRS_PER_TASK)]
        tasks = [
            _Task(
                self._folder,
                self._folds[np.array(chunk)],
                self._threshold,
                self._min_passage,
                self._common,
                self.audit,
            )
            for chunk in chunks
        ]
        found: dict[Pair, VerifiedPair] = {}
        for chunk, answer in zip(chunks, self._workers.map(_align, tasks), strict=True):
            found.update(self._verified(chunk, answer))
            self._progress.advance(len(chunk))
        self.results.update((pair, found[pair]) for pair in wanted)

    def _verified(self, pairs: Sequence[Pair], answer: _Answer) -> Iterator[tuple[Pair, VerifiedPair]]:
        """Yield what came of each pair of a batch."""
        spans = np.split(answer.spans, np.cumsum(answer.passages)[:-1])
        audits = answer.audited or [None] * len(pairs)
        told = zip(answer.differences, audits, answer.names, strict=True)
        every = zip(pairs, answer.matched.tolist(), spans, told, strict=True)
        for (i, j), matched, found, (differing, audited, names) in every:
            sizes = audited.sizes if audited else (int(self._folds["size"][i]), int(self._folds["size"][j]))
            pair = measure(*sizes, *matched)
            relation = relation_of(pair, self._threshold)
            counted = audited if relation else None
            yield (i, j), VerifiedPair(relation, pair, found, differing, counted, names)
