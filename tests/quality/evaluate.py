"""How well dedupe does on a labelled corpus: recall, precision, relations, containment errors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from pdtool.corpus.scan import scan
from pdtool.normalise.pipeline import normalise
from pdtool.reuse.dedupe import DedupeOptions, dedupe
from pdtool.reuse.rows import PairRow
from pdtool.text.fold import fold
from pdtool.text.shingles import HashArray, shingle_hashes
from tests.damage import Expected, Truth, compare, trace
from tests.quality.corpora import ORIGINAL, Made, write

__all__ = ["Figures", "Judged", "by_kind", "figures", "judge", "peer_figures", "run"]

COPY_OF_COPY = "two copies"
"""The kind under which pairs of two damaged copies are counted."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One pair of a labelled corpus with the truth and what was said.

    Args:
        doc_a: Id of the first document.
        doc_b: Id of the second.
        kind: The damage or negative the pair is counted under.
        truth: What holds by construction.
        row: The row dedupe gave; ``None`` for none.
    """

    doc_a: str
    doc_b: str
    kind: str
    truth: Truth
    row: PairRow | None

    def __str__(self) -> str:
        true = f"{self.truth.containment_a:.3f}/{self.truth.containment_b:.3f}"
        row = self.row
        said = f"{row.relation} {row.containment_a:.3f}/{row.containment_b:.3f}" if row else "nothing"
        return f"{self.doc_a} | {self.doc_b}: true {true}, said {said}"

    @property
    def missed(self) -> bool:
        """Whether a related pair was not listed."""
        return self.truth.expected is Expected.YES and self.row is None

    @property
    def false(self) -> bool:
        """Whether an unrelated pair was listed."""
        return self.truth.expected is Expected.NO and self.row is not None

    @property
    def misnamed(self) -> bool:
        """Whether a listed related pair has a relation that is not right within the margins."""
        said = self.row.relation if self.row else ""
        return self.truth.expected is Expected.YES and said != "" and said not in self.truth.relations

    @property
    def errors(self) -> tuple[float, float] | None:
        """The containment errors (said - true) of both sides, for a listed pair that shares text."""
        if self.row is None or self.truth.expected is Expected.NO:
            return None
        return (
            self.row.containment_a - self.truth.containment_a,
            self.row.containment_b - self.truth.containment_b,
        )


def _kind(a: Made, b: Made) -> str:
    if ORIGINAL in (a.kind, b.kind):
        return b.kind if a.kind == ORIGINAL else a.kind
    return a.kind if a.kind == b.kind else COPY_OF_COPY


def _rows(made: Sequence[Made], jobs: int) -> dict[tuple[str, str], PairRow]:
    with TemporaryDirectory(prefix="pdtool-quality-") as name:
        folder = Path(name)
        write(made, folder)
        corpus = scan([str(folder)])
        result = dedupe(corpus, DedupeOptions(jobs=jobs, all_pairs=True), by="pair")
        return {(row.doc_a, row.doc_b): row for row in result.pairs}


def judge(made: Iterable[Made], rows: dict[tuple[str, str], PairRow]) -> Iterator[Judged]:
    """Set every pair of a corpus against its truth.

    Args:
        made: The documents.
        rows: What dedupe said, by ``(doc_a, doc_b)``.
    """
    traced = [(document, trace(document.tracked)) for document in sorted(made, key=lambda one: one.id)]
    for (a, fold_a), (b, fold_b) in combinations(traced, 2):
        yield Judged(a.id, b.id, _kind(a, b), compare(fold_a, fold_b), rows.get((a.id, b.id)))


def run(made: Sequence[Made], jobs: int = 1) -> list[Judged]:
    """Write a corpus to a temporary folder, run dedupe over it, and judge every pair."""
    return list(judge(made, _rows(made, jobs)))


@dataclass(frozen=True, slots=True)
class Figures:
    """How well pairs were found.

    Args:
        related: Pairs that must be listed.
        missed: How many of them were not.
        false: Pairs listed that must not be.
        misnamed: Pairs listed under a wrong relation.
        error: Mean absolute containment error over both sides of the listed related pairs, 0 to 1.
        worst: The largest of these errors.
    """

    related: int
    missed: int
    false: int
    misnamed: int
    error: float
    worst: float

    @property
    def recall(self) -> float:
        """Share of the related pairs that were listed, 0 to 1; 1 when there are none."""
        return 1 - self.missed / self.related if self.related else 1.0

    @property
    def precision(self) -> float:
        """Share of the listed pairs that are related, 0 to 1; 1 when none was listed."""
        listed = self.related - self.missed + self.false
        return 1 - self.false / listed if listed else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of recall and precision."""
        total = self.recall + self.precision
        return 2 * self.recall * self.precision / total if total else 0.0


def figures(judged: Sequence[Judged]) -> Figures:
    """Sum up judged pairs."""
    errors = [abs(error) for pair in judged for error in pair.errors or ()]
    return Figures(
        related=sum(pair.truth.expected is Expected.YES for pair in judged),
        missed=sum(pair.missed for pair in judged),
        false=sum(pair.false for pair in judged),
        misnamed=sum(pair.misnamed for pair in judged),
        error=float(np.mean(errors)) if errors else 0.0,
        worst=max(errors, default=0.0),
    )


def by_kind(judged: Iterable[Judged]) -> dict[str, list[Judged]]:
    """Group judged pairs by their kind, in the order of the names."""
    groups: defaultdict[str, list[Judged]] = defaultdict(list)
    for pair in judged:
        groups[pair.kind].append(pair)
    return dict(sorted(groups.items()))


def _shingles(document: Made) -> HashArray:
    return np.unique(shingle_hashes(fold(normalise(document.tracked.text).text).codes))


def _peer_scores(made: Iterable[Made]) -> Iterator[tuple[Expected, float]]:
    ready = [(trace(document.tracked), _shingles(document)) for document in made]
    for (fold_a, a), (fold_b, b) in combinations(ready, 2):
        shared = len(np.intersect1d(a, b, assume_unique=True))
        yield compare(fold_a, fold_b).expected, shared / max(1, min(len(a), len(b)))


def peer_figures(corpora: Iterable[Sequence[Made]]) -> tuple[float, float]:
    """Return the best F1 of plain 5-gram containment of the cleaned text, and the threshold it takes.

    The peer is given its best threshold in hindsight, which no user could know.
    """
    scores = [score for made in corpora for score in _peer_scores(made)]
    related = np.array([score for expected, score in scores if expected is Expected.YES])
    unrelated = np.array([score for expected, score in scores if expected is Expected.NO])

    def f1(threshold: float) -> float:
        hits, false = int((related >= threshold).sum()), int((unrelated >= threshold).sum())
        return 2 * hits / max(1, hits + false + len(related))

    best = max(np.arange(0.02, 1.0, 0.01).tolist(), key=f1)
    return f1(best), best
