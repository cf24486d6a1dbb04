"""Who copies whom, how much, where, and which copy to keep: the whole path over a corpus.

    sources ─► document table ─► candidates ─► verification ─► clusters ─► rows

Every arrow is a module of its own; this one only joins them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Literal

import numpy as np
import numpy.typing as npt

from pdtool.corpus.scan import Corpus
from pdtool.corpus.source import Source
from pdtool.documents.cache import clear_document_cache
from pdtool.documents.mapping import bytes_of, jobs_for
from pdtool.errors import Problem
from pdtool.language import _
from pdtool.normalise.furniture.shared_blocks import SharedBlocks
from pdtool.progress import NO_PROGRESS, Progress
from pdtool.reuse.audit import Audit
from pdtool.reuse.candidate_options import candidate_options
from pdtool.reuse.candidates import candidates
from pdtool.reuse.collation import collate, collation_tasks
from pdtool.reuse.common_shingles import SINGLY, CommonShingles
from pdtool.reuse.conclusion import conclude, keeping_order
from pdtool.reuse.document_table import Archive, DocumentTable, document_table
from pdtool.reuse.exclusions import excluded_kinds
from pdtool.reuse.findings import Findings
from pdtool.reuse.folds import close_store, fold_store
from pdtool.reuse.options import DEFAULTS, DedupeOptions
from pdtool.reuse.passage_cutting import cut, cut_tasks
from pdtool.reuse.postings import PostingArray, renumbered
from pdtool.reuse.result_rows import document_rows, notes, pair_rows
from pdtool.reuse.rows import DocumentRow, PairRow, PassageRow, VariantRow
from pdtool.reuse.scratch import scratch_folder
from pdtool.reuse.sides import Sides, group_of
from pdtool.reuse.upstream import Upstream
from pdtool.reuse.verification import Verification
from pdtool.reuse.verified_pair import Twin
from pdtool.text.shingles import SHINGLE
from pdtool.workers import Workers

__all__ = ["SCALED", "By", "DedupeOptions", "DedupeResult", "dedupe", "scale_of"]

By = Literal["pair", "passage", "variant", "document"]

EXACT_BYTES = 16_000_000
"""Up to this size all hashes are kept, so that candidates are exact; beyond, one in ``SCALED``."""
SCALED = 8
"""Of the hashes of a larger corpus, one in so many is kept."""
SAMPLED = 12
"""Where single passages are looked for, so many shingles of the shortest are expected in the sample."""


@dataclass(frozen=True, slots=True)
class DedupeResult:
    """What was found.

    Args:
        pairs: The related pairs, by their ids.
        passages: Their passages, when these were asked for.
        documents: Every document that could be read, by its id.
        problems: What could not be read, and warnings about what could.
        kept: Where the documents to keep are.
        characters: Characters read, over all documents.
        findings: All of it as it was found, for whoever wants to look closer at a pair.
        blocks: The site furniture that this corpus taught; ``None`` if it taught nothing.
        variants: What differs between the texts of the pairs, when that was asked for.
    """

    pairs: list[PairRow]
    passages: list[PassageRow]
    documents: list[DocumentRow]
    problems: list[Problem]
    kept: list[Source]
    characters: int
    findings: Findings
    blocks: SharedBlocks | None
    variants: list[VariantRow]


def dedupe(
    corpus: Corpus,
    options: DedupeOptions = DEFAULTS,
    by: By = "pair",
    progress: Progress = NO_PROGRESS,
    workers: Workers | None = None,
    known: Set[str] = frozenset(),
    upstream: Set[str] = frozenset(),
    groups: Mapping[str, str] = MappingProxyType({}),
    archive: Archive | None = None,
) -> DedupeResult:
    """Find the documents of a corpus that share text.

    Args:
        corpus: What was scanned.
        options: What decides the result.
        by: ``"passage"`` also cuts the passages out of the raw texts, ``"variant"`` collates the pairs.
        progress: Told how far the work has come.
        workers: Workers that are there already; ``None`` starts some where they are worth it.
        known: The ids of known documents: new ones are compared with these, and nothing else is.
        upstream: The ids of superior documents: what stands in them counts for nobody. They are no rows.
        groups: The group of each document by its id, for ``within``; its folder where it is not told.
        archive: Documents that were read before and belong to the corpus too.

    Returns:
        Pairs, documents and, if asked for, passages or variants.

    Raises:
        InputError: If a document that could be read at first no longer can.
        PdtoolError: If there is no room for temporary files.
    """
    try:
        with scratch_folder() as folder, _enough(workers, corpus.sources, options.jobs) as working:
            try:
                resources = _Resources(working, folder, progress)
                named = _Named(known or None, upstream, groups)
                return _dedupe(corpus.sources, options, by, resources, named, archive)
            finally:
                close_store()
    finally:
        clear_document_cache()
        progress.done()


def _enough(workers: Workers | None, sources: Sequence[Source], jobs: int) -> AbstractContextManager[Workers]:
    """Return the workers that are there, or start as many as the corpus is worth."""
    return Workers(jobs_for(sources, jobs)) if workers is None else nullcontext(workers)


@dataclass(frozen=True, slots=True)
class _Resources:
    """What the work is done with.

    Args:
        workers: Where to work.
        folder: A private folder for temporary files.
        progress: Told how far the work has come.
    """

    workers: Workers
    folder: Path
    progress: Progress


@dataclass(frozen=True, slots=True)
class _Named:
    """What is said of documents by their ids.

    Args:
        known: Those that new ones are compared with; ``None`` if all are compared with all.
        upstream: Superior ones.
        groups: The group of each, where it is not its folder.
    """

    known: Set[str] | None
    upstream: Set[str]
    groups: Mapping[str, str]


def _dedupe(
    sources: Sequence[Source],
    options: DedupeOptions,
    by: By,
    resources: _Resources,
    named: _Named,
    archive: Archive | None,
) -> DedupeResult:
    scaled = scale_of(sum(map(bytes_of, sources)) + (archive.bytes if archive else 0), options)
    documents = (archive.table if archive else document_table)(
        resources.workers, sources, scaled, resources.folder, resources.progress, options
    )
    if archive and archive.is_known and documents.shelf is not None:
        named = replace(named, known=documents.shelf.ids | (named.known or frozenset()))
    audit = None
    if named.upstream or options.exclude or options.from_dates:
        documents, audit = _audit(documents, named.upstream, options, resources.folder)
    findings = _find(documents, scaled, options, resources, named, audit)
    pairs = pair_rows(findings, options.all_pairs)
    rows = document_rows(findings)
    if by in ("passage", "variant"):
        listed = {doc for row in pairs for doc in (row.doc_a, row.doc_b)}
        findings = replace(findings, sources=documents.readable(listed))
    return DedupeResult(
        pairs,
        _passages(findings, documents, pairs, resources) if by == "passage" else [],
        rows,
        [*documents.problems, *([] if options.all_pairs else notes(findings))],
        kept=[findings.sources[findings.numbers[row.doc]] for row in rows if row.role != "drop"],
        characters=documents.characters,
        findings=findings,
        blocks=documents.blocks,
        variants=_variants(findings, documents, pairs, options, resources) if by == "variant" else [],
    )


def scale_of(size: int, options: DedupeOptions) -> int:
    """Return the scale of the fingerprints: finer where single passages are looked for."""
    if size <= EXACT_BYTES:
        return 1
    if options.threshold >= SINGLY or options.passages is False:
        return SCALED
    return min(SCALED, max(1, (options.min_passage - SHINGLE + 1) // SAMPLED))


# Finding ----------------------------------------------------------------------------------------------


def _audit(
    documents: DocumentTable, upstream: Set[str], options: DedupeOptions, folder: Path
) -> tuple[DocumentTable, Audit]:
    """Return the documents without the superior ones, and what does not count of them."""
    kinds = excluded_kinds(options.exclude)
    if not upstream:
        return documents, Audit(kinds, None, options.min_passage)
    is_upstream = np.array([source.id in upstream for source in documents.sources], bool)
    store = fold_store(folder)
    texts = map(store.read, documents.facts["fold"][is_upstream])
    superior = Upstream.written(folder, texts, options.min_passage)
    return documents.without(is_upstream), Audit(kinds, superior, options.min_passage)


def _find(
    documents: DocumentTable,
    scaled: int,
    options: DedupeOptions,
    resources: _Resources,
    named: _Named,
    audit: Audit | None,
) -> Findings:
    order = keeping_order(documents, options.keep)
    representatives = documents.representatives(order)
    twins: dict[int, Twin] = {}
    if audit is not None:
        representatives, twins = _audited_twins(documents, representatives, audit, resources.folder)
    ids = [source.id for source in documents.sources]
    told = () if options.within is None else documents.sources
    groups = [named.groups.get(source.id) or group_of(source) for source in told]
    sides = Sides.of(ids, named.known, representatives, options.within, groups)
    pairs, common = _candidates(documents, representatives, scaled, options, resources, audit, sides)
    pairs = pairs[sides.are_wanted(pairs)]
    documents.bring_folds(pairs.ravel().tolist())
    resources.progress.stage(_("comparing"), len(pairs))
    verification = Verification(
        resources.workers,
        resources.folder,
        documents.facts["fold"],
        options.threshold,
        options.min_passage,
        common,
        resources.progress,
        audit,
    )
    verification.ensure((i, j) for i, j in pairs.tolist())
    return conclude(documents, options, order, representatives, verification, resources.folder, sides, twins)


def _audited_twins(
    documents: DocumentTable, representatives: Sequence[int], audit: Audit, folder: Path
) -> tuple[list[int], dict[int, Twin]]:
    """Audit the documents that have one fold; those of which nothing counts stand for themselves.

    Returns:
        For each document the one that is compared for it, and what counts of those that are for others.
    """
    shared = {one for number, one in enumerate(representatives) if one != number}
    documents.bring_folds(shared)
    twins = {one: audit.of_twins(folder, documents.facts["fold"][one]) for one in sorted(shared)}
    empty = {one for one, (audited, _) in twins.items() if not audited.matched[0]}
    left = [number if one in empty else one for number, one in enumerate(representatives)]
    return left, {one: twin for one, twin in twins.items() if one not in empty}


def _candidates(
    documents: DocumentTable,
    representatives: Sequence[int],
    scaled: int,
    options: DedupeOptions,
    resources: _Resources,
    audit: Audit | None,
    sides: Sides,
) -> tuple[npt.NDArray[np.int64], CommonShingles | None]:
    """Return the pairs to align, of different documents that can hold a passage; and the common shingles."""
    if documents.joined is not None:
        return documents.joined.pairs, _common(documents.joined.common, scaled, options, resources.folder)
    resources.progress.stage(_("matching"), 0)
    numbers = np.arange(len(representatives))
    long = documents.facts["size"] >= options.min_passage
    distinct = numbers[(np.array(representatives, np.int64) == numbers) & long]
    wanted = candidate_options(documents.facts["fine"][distinct], scaled, options, sides.crossing(distinct))
    numbered = partial(renumbered, numbers=_indexes(documents, distinct))
    upstream = None if audit is None else audit.upstream
    slices = numbered if upstream is None else lambda part: upstream.without(numbered(part))
    found = candidates(documents.postings.parts(), wanted, resources.workers.jobs, slices)
    return distinct[found.pairs], _common(found.common, scaled, options, resources.folder)


def _common(common: PostingArray, scaled: int, options: DedupeOptions, folder: Path) -> CommonShingles | None:
    """Return the common shingles; ``None`` where they make no difference."""
    if options.threshold >= SINGLY or not options.common:
        return None
    return CommonShingles.written(folder / "common", common, scaled, options.min_passage)


def _indexes(documents: DocumentTable, distinct: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return, for each number in the postings, the document's index in ``distinct``; -1 if it has none."""
    index = np.full(len(documents.sources) + 1, -1)
    index[distinct] = np.arange(len(distinct))
    return index[documents.numbers]


# Passages ---------------------------------------------------------------------------------------------


def _passages(
    findings: Findings, documents: DocumentTable, rows: Sequence[PairRow], resources: _Resources
) -> list[PassageRow]:
    tasks = cut_tasks(findings, rows, documents.blocks)
    resources.progress.stage(_("cutting passages"), len(tasks))
    passages: list[PassageRow] = []
    for batch in resources.workers.map(cut, tasks):
        passages += batch
        resources.progress.advance()
    return passages


def _variants(
    findings: Findings,
    documents: DocumentTable,
    rows: Sequence[PairRow],
    options: DedupeOptions,
    resources: _Resources,
) -> list[VariantRow]:
    tasks = collation_tasks(findings, rows, options, documents.blocks)
    resources.progress.stage(_("collating"), len(tasks))
    variants: list[VariantRow] = []
    for batch in resources.workers.map(collate, tasks):
        variants += batch
        resources.progress.advance()
    return variants
