"""Which related pairs are opened, and what they look like inside."""

from __future__ import annotations

import numpy as np

from pdtool.documents.cache import clear_document_cache, document_cache
from pdtool.report.analyses import Analyses
from pdtool.report.direction import direction
from pdtool.report.model import PairView
from pdtool.report.network import weight
from pdtool.report.panes import Side, panes
from pdtool.reuse.collation import aligned_again, collate, collation_tasks, is_read_from_a, variants
from pdtool.reuse.passage import Passage
from pdtool.reuse.passage_cutting import cut, cut_tasks
from pdtool.reuse.relations import Relation
from pdtool.reuse.rows import PairRow, PassageRow, VariantRow
from pdtool.text.edits import IntArray

__all__ = ["OPENED", "collate_pairs", "cut_passages", "open_pairs"]

OPENED = 40
"""Pairs that are opened."""
CHARACTERS = 250_000
"""Characters of all panes together."""


def open_pairs(analyses: Analyses) -> list[PairView]:
    """Open the related pairs that matter most, as many as there is room for, in that order.

    Args:
        analyses: What was found.

    Raises:
        InputError: If a document can no longer be read.
    """
    rows = analyses.reuse.pairs
    order = sorted(range(len(rows)), key=lambda index: weight(rows[index]))
    opened: list[PairView] = []
    room = CHARACTERS
    try:
        for index in order[:OPENED]:
            view = _open(analyses, rows[index], index + 1)
            room -= sum(pane.chars - pane.skipped for pane in (view.a, view.b))
            if room < 0 and opened:
                break
            opened.append(view)
    finally:
        clear_document_cache()
    return opened


def cut_passages(analyses: Analyses) -> list[PassageRow]:
    """Cut the passages of all related pairs.

    Raises:
        InputError: If a document can no longer be read.
    """
    tasks = cut_tasks(analyses.reuse.findings, analyses.reuse.pairs, analyses.reuse.blocks)
    try:
        return [row for task in tasks for row in cut(task)]
    finally:
        clear_document_cache()


def collate_pairs(analyses: Analyses) -> list[VariantRow]:
    """Collate all related pairs.

    Raises:
        InputError: If a document can no longer be read.
    """
    reuse = analyses.reuse
    tasks = collation_tasks(reuse.findings, reuse.pairs, analyses.settings.reuse, reuse.blocks)
    try:
        return [row for task in tasks for row in collate(task)]
    finally:
        clear_document_cache()


def _open(analyses: Analyses, row: PairRow, number: int) -> PairView:
    findings = analyses.reuse.findings
    (task,) = cut_tasks(findings, [row], analyses.reuse.blocks)
    ((one, other, spans),) = task.pairs
    cache = document_cache(analyses.reuse.blocks)
    a, b = Side(one.open(cache)), Side(other.open(cache))
    passages = _aligned(analyses, row, a, b, spans)
    left, right = panes(a, b, passages)
    found = variants(a.document, b.document, passages, is_read_from_a(row))
    return PairView(number, row, tuple(cut(task)), left, right, tuple(found), direction(row))


def _aligned(analyses: Analyses, row: PairRow, a: Side, b: Side, spans: IntArray) -> list[Passage]:
    if row.relation == Relation.IDENTICAL.value:
        every = np.arange(len(a.document.folded))
        return [Passage.of(every, every)]
    return aligned_again(a.document, b.document, spans, analyses.settings.reuse)
