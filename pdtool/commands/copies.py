"""Copies count once: which documents of a corpus are copies of others, for commands that count."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from pdtool.commands.session import Reading, Session
from pdtool.output.messages import counted

if TYPE_CHECKING:
    from pdtool.corpus.scan import Corpus

__all__ = ["Copies", "CopyOptions", "without_copies"]

Result = TypeVar("Result")


class Copies(StrEnum):
    """How often a text counts that several documents are copies of."""

    ALL = "all"
    """As often as it is there."""
    ONCE = "once"
    """Once: only the document counts that ``pdtool dedupe`` would keep."""


@dataclass(frozen=True, slots=True)
class CopyOptions:
    """Whether copies count."""

    copies: Annotated[
        Copies,
        typer.Option(
            help="once: of copies and parts of one document count only the one that pdtool dedupe keeps."
        ),
    ] = Copies.ALL


def without_copies(
    session: Session, corpus: Corpus, reading: Reading[Result], options: CopyOptions
) -> Reading[Result]:
    """Leave out the documents that are copies of others, if that was asked for, and say how many.

    Args:
        session: The session that read the corpus.
        corpus: What was scanned.
        reading: What was read of it.
        options: Whether copies count.
    """
    if options.copies is Copies.ALL:
        return reading
    from pdtool.reuse.dedupe import dedupe
    from pdtool.reuse.options import DedupeOptions

    with session.progress() as progress:
        found = dedupe(corpus, DedupeOptions(jobs=session.run.jobs), progress=progress)
    dropped = {row.doc for row in found.documents if row.role == "drop"}
    pairs = zip(reading.sources, reading.results, strict=True)
    kept = [(source, result) for source, result in pairs if source.id not in dropped]
    left_out = len(reading.sources) - len(kept)
    what = (
        "is a copy or a part of another and does" if left_out == 1 else "are copies or parts of others and do"
    )
    read = counted(len(reading.sources), "document")
    session.reporter.note(f"{left_out:,} of {read} {what} not count (--copies once)")
    return replace(reading, sources=[one for one, _ in kept], results=[result for _, result in kept])
