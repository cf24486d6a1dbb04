"""Who copies whom, how much, where, and which copy to keep: the whole path over a corpus.

    sources ─► profiles ─► candidates ─► verification ─► clusters ─► rows

Every arrow is a module of its own; this one only joins them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from pdtool.corpus.apply import apply_in, bytes_of, jobs_for
from pdtool.corpus.document import Source
from pdtool.corpus.library import close_library
from pdtool.corpus.scan import Corpus
from pdtool.errors import Problem, UsageError
from pdtool.normalise.shared_blocks import SharedBlocks
from pdtool.normalise.shingles import SHINGLE
from pdtool.progress import NO_PROGRESS, Progress
from pdtool.reuse.candidates import Fingerprints, candidate_pairs, enough, shared_share
from pdtool.reuse.clusters import COPIES, Candidate, Edge, assign, components, keeper_order
from pdtool.reuse.profiles import Profile, profile
from pdtool.reuse.rows import DocumentRow, PairRow, PassageRow
from pdtool.reuse.tables import Findings, cut_tasks, document_rows, notes, pair_rows
from pdtool.reuse.verification import Verification, cut
from pdtool.workers import Workers

__all__ = ["By", "DedupeOptions", "DedupeResult", "dedupe"]

By = Literal["pair", "passage", "document"]

EXACT_BYTES = 16_000_000
"""Up to this size all hashes are kept, so that candidates are exact; beyond, one in ``SCALED``."""
SCALED = 8
NOISE = 0.2
"""Of a passage damaged in one character of four, this share of the shingles is left (0.75 ** 5 ≈ 0.24)."""


@dataclass(frozen=True, slots=True)
class DedupeOptions:
    """What decides the result.

    Args:
        threshold: Least containment of the smaller document for a pair to be listed, 0 to 1.
        min_passage: Least folded characters of a passage, at least 5.
        all_pairs: List every verified pair of clusters of any size.
        jobs: Worker processes; 0 takes as many as there are processors. Changes nothing but the time.

    Raises:
        UsageError: If a value is out of its range.
    """

    threshold: float = 0.5
    min_passage: int = 30
    all_pairs: bool = False
    jobs: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.threshold <= 1:
            raise UsageError(
                f"the threshold is a share from 0 to 1, not {self.threshold}", "use 0.5 for 50 %"
            )
        if self.min_passage < 5:
            raise UsageError(
                f"a passage has at least 5 characters, not {self.min_passage}", "use --min-passage 30"
            )
        if self.jobs < 0:
            raise UsageError(f"the number of jobs cannot be negative ({self.jobs})", "use --jobs 2")


@dataclass(frozen=True, slots=True)
class DedupeResult:
    """What was found.

    Args:
        pairs: The related pairs, by their ids.
        passages: Their passages, when these were asked for.
        documents: Every document that could be read, by its id.
        problems: What could not be read, and reservations about what could.
        kept: Where the documents to keep are.
        characters: Characters read, over all documents.
        findings: All of it as it was found, for whoever wants to look closer at a pair.
        blocks: The site furniture that this corpus taught; ``None`` if it taught nothing.
    """

    pairs: list[PairRow]
    passages: list[PassageRow]
    documents: list[DocumentRow]
    problems: list[Problem]
    kept: list[Source]
    characters: int
    findings: Findings
    blocks: SharedBlocks | None


@dataclass(frozen=True, slots=True)
class _Documents:
    """The documents that could be read, numbered in the order of their ids."""

    sources: list[Source]
    profiles: list[Profile]
    blocks: SharedBlocks | None


def dedupe(
    corpus: Corpus,
    options: DedupeOptions = DedupeOptions(),
    by: By = "pair",
    progress: Progress = NO_PROGRESS,
) -> DedupeResult:
    """Find the documents of a corpus that share text.

    Args:
        corpus: What was scanned.
        options: What decides the result.
        by: ``"passage"`` also cuts the passages out of the raw texts.
        progress: Told how far the work has come.

    Returns:
        Pairs, documents and, if asked for, passages.

    Raises:
        InputError: If a document that could be read at first no longer can.
    """
    scaled = 1 if sum(map(bytes_of, corpus.sources)) <= EXACT_BYTES else SCALED
    try:
        with Workers(jobs_for(corpus.sources, options.jobs)) as workers:
            read = apply_in(workers, corpus.sources, partial(profile, scaled=scaled), progress)
            documents = _Documents(*read.found, read.blocks)
            findings = _find(documents, scaled, options, workers, progress)
            pairs = pair_rows(findings, options.all_pairs)
            passages = _passages(findings, documents, pairs, workers, progress) if by == "passage" else []
    finally:
        close_library()
        progress.done()
    problems = [problem for outcome in read.outcomes for problem in outcome.problems]
    rows = document_rows(findings)
    return DedupeResult(
        pairs,
        passages,
        rows,
        problems if options.all_pairs else [*problems, *notes(findings)],
        kept=[source for source, row in zip(documents.sources, rows, strict=True) if row.role != "drop"],
        characters=sum(outcome.characters for outcome in read.outcomes),
        findings=findings,
        blocks=read.blocks,
    )


# Finding ----------------------------------------------------------------------------------------------


def _find(
    documents: _Documents, scaled: int, options: DedupeOptions, workers: Workers, progress: Progress
) -> Findings:
    profiles = documents.profiles
    order = keeper_order(
        [
            Candidate(source.id, found.size, found.repairs)
            for source, found in zip(documents.sources, profiles, strict=True)
        ]
    )
    like = _representatives(profiles, order)
    distinct = sorted({like[i] for i, found in enumerate(profiles) if found.size})
    fingerprints = Fingerprints(
        [profiles[i].hashes for i in distinct], [profiles[i].fine for i in distinct], scaled
    )
    search = _Search(fingerprints, NOISE * options.threshold, _least_shared(options.min_passage, scaled))
    pairs = [(distinct[i], distinct[j]) for i, j in search.pairs()]
    progress.stage("comparing", len(pairs))
    verification = Verification(
        workers, documents.sources, documents.blocks, options.threshold, options.min_passage, progress
    )
    verification.ensure(pairs)
    keepers = _keepers(distinct, order, search, verification)
    final = [keepers.get(representative, representative) for representative in like]
    return Findings(documents.sources, profiles, like, final, verification.results)


def _representatives(profiles: Sequence[Profile], order: Sequence[int]) -> list[int]:
    """Return, for each document, the best keeper of those with the same fold; itself when it has no text."""
    best: dict[bytes, int] = {}
    for i in order:
        if profiles[i].size:
            best.setdefault(profiles[i].digest, i)
    return [best.get(found.digest, i) if found.size else i for i, found in enumerate(profiles)]


def _least_shared(min_passage: int, scaled: int) -> int:
    """Return how many hashes two texts share at least if they share one passage, noise allowed for."""
    return max(1, (min_passage - SHINGLE + 1) // 4 // scaled)


@dataclass(frozen=True, slots=True)
class _Search:
    """What makes a pair worth aligning."""

    fingerprints: Fingerprints
    least_share: float
    least_shared: int

    def pairs(self) -> list[tuple[int, int]]:
        return candidate_pairs(self.fingerprints, self.least_share, self.least_shared)

    def likely(self, i: int, j: int) -> bool:
        shared, size = shared_share(self.fingerprints, i, j)
        return shared >= self.least_shared and bool(enough(shared, size, self.least_share))


def _keepers(
    distinct: Sequence[int], order: Sequence[int], search: _Search, verification: Verification
) -> dict[int, int]:
    """Give every distinct document its keeper.

    Where hot hashes hid pairs from the join, a keeper is compared with the members of its component that
    it was not compared with yet.
    """
    rank = {document: place for place, document in enumerate(order)}
    number = {document: place for place, document in enumerate(distinct)}

    def edges(keeper: int, later: Sequence[int]) -> Mapping[int, Edge]:
        unseen = [
            pair
            for pair in (_ordered(keeper, other) for other in later)
            if pair not in verification.results and search.likely(number[pair[0]], number[pair[1]])
        ]
        verification.ensure(unseen)
        found = {other: _edge(verification, keeper, other) for other in later}
        return {other: edge for other, edge in found.items() if edge is not None}

    strong = [pair for pair, verified in verification.results.items() if verified.relation in COPIES]
    keepers: dict[int, int] = {}
    for members in components(strong):
        keepers |= assign(sorted(members, key=rank.__getitem__), edges)
    return keepers


def _edge(verification: Verification, keeper: int, other: int) -> Edge | None:
    pair = _ordered(keeper, other)
    verified = verification.results.get(pair)
    if verified is None or verified.relation not in COPIES:
        return None
    shares = verified.measure.containment_a, verified.measure.containment_b
    return Edge(verified.relation, dict(zip(pair, shares, strict=True)))


def _ordered(i: int, j: int) -> tuple[int, int]:
    return (i, j) if i < j else (j, i)


def _passages(
    findings: Findings, documents: _Documents, rows: Sequence[PairRow], workers: Workers, progress: Progress
) -> list[PassageRow]:
    tasks = cut_tasks(findings, rows, documents.blocks)
    progress.stage("cutting passages", len(tasks))
    passages: list[PassageRow] = []
    for batch in workers.map(cut, tasks):
        passages += batch
        progress.advance()
    return passages
