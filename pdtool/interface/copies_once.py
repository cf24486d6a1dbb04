"""Copies count once: which documents of a corpus are copies of others, for analyses that count."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from pdtool.interface.run import Reading, Run
from pdtool.language import counted, ngettext

if TYPE_CHECKING:
    from pdtool.corpus.scan import Corpus

__all__ = ["Copies", "dropped_copies", "without"]

Result = TypeVar("Result")


class Copies(StrEnum):
    """How often a text counts that several documents are copies of."""

    ALL = "all"
    """As often as it is there."""
    ONCE = "once"
    """Once: only the document counts that ``pdtool dedupe`` would keep."""


def dropped_copies(run: Run, corpus: Corpus, copies: Copies) -> frozenset[str]:
    """Return the ids of the documents that are copies of others, if they are not to count; say how many.

    Args:
        run: What reads the corpus.
        corpus: What was scanned.
        copies: Whether copies count.
    """
    if copies is Copies.ALL:
        return frozenset()
    from pdtool.reuse.dedupe import dedupe
    from pdtool.reuse.options import DedupeOptions

    run.keep_if_small(corpus)
    with run.progress() as progress:
        found = dedupe(corpus, DedupeOptions(jobs=run.jobs), progress=progress)
    dropped = frozenset(row.doc for row in found.documents if row.role == "drop")
    run.note(
        ngettext(
            "{n:,} of {read} is a copy or a part of another and does not count (--copies once)",
            "{n:,} of {read} are copies or parts of others and do not count (--copies once)",
            len(dropped),
            read=counted(len(found.documents), "document"),
        )
    )
    return dropped


def without(reading: Reading[Result], dropped: frozenset[str]) -> Reading[Result]:
    """Return what was read without some documents.

    Args:
        reading: What was read.
        dropped: The ids of those documents.
    """
    if not dropped:
        return reading
    pairs = zip(reading.sources, reading.results, strict=True)
    kept = [(source, result) for source, result in pairs if source.id not in dropped]
    return replace(reading, sources=[one for one, _ in kept], results=[result for _, result in kept])
