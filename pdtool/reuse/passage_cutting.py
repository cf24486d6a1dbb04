"""The passages of related pairs, cut out of the raw texts in workers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pdtool.documents.cache import document_cache
from pdtool.documents.document import Document
from pdtool.documents.quotations import Words, foreign, foreign_words_of
from pdtool.normalise.furniture.shared_blocks import SharedBlocks
from pdtool.reuse.audit import Whose, kind_of
from pdtool.reuse.editions import differing_dates
from pdtool.reuse.findings import Findings
from pdtool.reuse.reopening import Compared, compared
from pdtool.reuse.rows import PairRow, PassageRow
from pdtool.text.edits import IntArray

__all__ = ["CutTask", "cut", "cut_tasks"]

_FOREIGN = (Words.QUOTED, Words.CITED)
"""The words of others that are told without being asked for, in the order of :class:`Whose`."""
PAIRS_PER_TASK = 64
"""Pairs whose passages are cut by one task."""


@dataclass(frozen=True, slots=True, eq=False)
class CutTask:
    """Related pairs whose passages are to be cut out of the raw texts.

    Args:
        pairs: The two documents of each, and the spans of their passages as in
            :attr:`~pdtool.reuse.verified_pair.VerifiedPair.spans`.
        earlier: The id of the one with the earlier date; empty where that cannot be told.
        kinds: In an audit, whose words each passage is (:class:`~pdtool.reuse.audit.Whose`), for each pair;
            else ``None``.
        blocks: The site furniture of the corpus.
    """

    pairs: tuple[tuple[Compared, Compared, IntArray], ...]
    earlier: tuple[str, ...]
    kinds: tuple[npt.NDArray[np.uint8] | None, ...]
    blocks: SharedBlocks | None


def cut_tasks(findings: Findings, rows: Sequence[PairRow], blocks: SharedBlocks | None) -> list[CutTask]:
    """Return the work of cutting the passages of the listed pairs, in their order.

    Args:
        findings: What was found.
        rows: The related pairs.
        blocks: The site furniture of the corpus.
    """
    pairs, earlier, kinds = [], [], []
    for row in rows:
        i, j = findings.numbers[row.doc_a], findings.numbers[row.doc_b]
        verified = findings.between(i, j)
        assert verified is not None, "only related pairs are listed"
        pairs.append((compared(findings, i), compared(findings, j), verified.spans))
        kinds.append(None if verified.audited is None else verified.audited.kinds)
        earlier.append(row.earlier if findings.directions is not None else _by_date(row))
    starts = range(0, len(pairs), PAIRS_PER_TASK)
    return [
        CutTask(tuple(pairs[part]), tuple(earlier[part]), tuple(kinds[part]), blocks)
        for part in (slice(start, start + PAIRS_PER_TASK) for start in starts)
    ]


def _by_date(row: PairRow) -> str:
    """Return the id of the document with the earlier date; empty if the dates do not tell."""
    if not differing_dates(row.date_a, row.date_b):
        return ""
    return row.doc_a if row.date_a < row.date_b else row.doc_b


def cut(task: CutTask) -> list[PassageRow]:
    """Cut the passages of related pairs out of the raw texts.

    Raises:
        InputError: If a document can no longer be read, or is another by now.
    """
    cache = document_cache(task.blocks)
    rows = []
    every = zip(task.pairs, task.earlier, task.kinds, strict=True)
    for (one, other, spans), earlier, kinds in every:
        a, b = one.open(cache), other.open(cache)
        named = _kinds(a, b, spans) if kinds is None else [Whose(kind).label for kind in kinds.tolist()]
        for number, (start_a, end_a, start_b, end_b, equal) in enumerate(spans.tolist(), start=1):
            raw_a, raw_b = _raw_span(a, start_a, end_a), _raw_span(b, start_b, end_b)
            sides = end_a - start_a, end_b - start_b
            rows.append(
                PassageRow(
                    one.source.id,
                    other.source.id,
                    number,
                    *raw_a,
                    *raw_b,
                    chars=min(sides),
                    similarity=equal / max(sides),
                    text_a=a.raw[slice(*raw_a)],
                    text_b=b.raw[slice(*raw_b)],
                    kind=named[number - 1],
                    earlier=earlier,
                )
            )
    return rows


def _kinds(a: Document, b: Document, spans: IntArray) -> list[str]:
    """Return whose words each passage of two documents is."""
    found = []
    masks = [
        [foreign(foreign_words_of(one.text, one.folded), len(one.folded), kind) for kind in _FOREIGN]
        for one in (a, b)
    ]
    for start_a, end_a, start_b, end_b, _ in spans.tolist():
        sides = slice(start_a, end_a), slice(start_b, end_b)
        cuts = [[mask[side] for mask in of] for of, side in zip(masks, sides, strict=True)]
        shares = [[float(mask.mean()) for mask in of] for of in cuts]
        whole = [float(np.logical_or(*of).mean()) for of in cuts]
        found.append(kind_of(np.max(shares, axis=0).tolist(), max(whole)).label)
    return found


def _raw_span(document: Document, start: int, end: int) -> tuple[int, int]:
    """Return the offsets in the raw text of the folded characters ``[start, end)``, ``start < end``."""
    positions = document.folded.positions
    return document.offsets.to_source(int(positions[start]), int(positions[end - 1]) + 1)
