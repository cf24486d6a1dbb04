"""The passages of related pairs, cut out of the raw texts in workers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pdtool.corpus.source import Source
from pdtool.documents.cache import document_cache
from pdtool.documents.document import Document
from pdtool.normalise.furniture.shared_blocks import SharedBlocks
from pdtool.reuse.editions import differing_dates
from pdtool.reuse.findings import Findings
from pdtool.reuse.quotations import LEAST_SHARE, foreign_words_of, share_of
from pdtool.reuse.rows import PairRow, PassageRow
from pdtool.text.edits import IntArray

__all__ = ["CutTask", "cut", "cut_tasks"]

PAIRS_PER_TASK = 64
"""Pairs whose passages are cut by one task."""


@dataclass(frozen=True, slots=True, eq=False)
class CutTask:
    """Related pairs whose passages are to be cut out of the raw texts.

    Args:
        pairs: The two documents of each, and the spans of their passages as in
            :attr:`~pdtool.reuse.verified_pair.VerifiedPair.spans`.
        earlier: The id of the one with the earlier date; empty where that cannot be told.
        blocks: The site furniture of the corpus.
    """

    pairs: tuple[tuple[Source, Source, IntArray], ...]
    earlier: tuple[str, ...]
    blocks: SharedBlocks | None


def cut_tasks(findings: Findings, rows: Sequence[PairRow], blocks: SharedBlocks | None) -> list[CutTask]:
    """Return the work of cutting the passages of the listed pairs, in their order.

    Args:
        findings: What was found.
        rows: The related pairs.
        blocks: The site furniture of the corpus.
    """
    pairs, earlier = [], []
    for row in rows:
        i, j = findings.numbers[row.doc_a], findings.numbers[row.doc_b]
        verified = findings.between(i, j)
        assert verified is not None, "only related pairs are listed"
        pairs.append((findings.sources[i], findings.sources[j], verified.spans))
        known = differing_dates(row.date_a, row.date_b)
        earlier.append("" if not known else row.doc_a if row.date_a < row.date_b else row.doc_b)
    return [
        CutTask(
            tuple(pairs[start : start + PAIRS_PER_TASK]),
            tuple(earlier[start : start + PAIRS_PER_TASK]),
            blocks,
        )
        for start in range(0, len(pairs), PAIRS_PER_TASK)
    ]


def cut(task: CutTask) -> list[PassageRow]:
    """Cut the passages of related pairs out of the raw texts.

    Raises:
        InputError: If a document can no longer be read.
    """
    cache = document_cache(task.blocks)
    rows = []
    for (source_a, source_b, spans), earlier in zip(task.pairs, task.earlier, strict=True):
        a, b = cache.open(source_a), cache.open(source_b)
        words = foreign_words_of(a.text, a.folded), foreign_words_of(b.text, b.folded)
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
                    kind=_kind(
                        share_of(range(start_a, end_a), words[0], len(a.folded)),
                        share_of(range(start_b, end_b), words[1], len(b.folded)),
                    ),
                    earlier=earlier,
                )
            )
    return rows


def _kind(*shares: tuple[float, float]) -> str:
    """Return whose words a passage is.

    Args:
        shares: In each text, the share of it that is quoted, and the share that is quoted or cited.
    """
    if max(quoted for quoted, _ in shares) >= LEAST_SHARE:
        return "quoted"
    return "cited" if max(foreign for _, foreign in shares) >= LEAST_SHARE else "own"


def _raw_span(document: Document, start: int, end: int) -> tuple[int, int]:
    """Return the offsets in the raw text of the folded characters ``[start, end)``, ``start < end``."""
    positions = document.folded.positions
    return document.offsets.to_source(int(positions[start]), int(positions[end - 1]) + 1)
