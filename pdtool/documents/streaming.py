"""What a function makes of documents, given as soon as it is certain.

What the corpus shows to be site furniture is known only when all documents were read. It can touch those
alone whose first, last or inner lines read like a site's (:mod:`pdtool.normalise.furniture.edge_lines`): all
others are certain at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import Generic, TypeVar

from pdtool.corpus.read import problem_of
from pdtool.corpus.scan import Corpus
from pdtool.corpus.source import Source
from pdtool.documents.cache import clear_document_cache, document_cache
from pdtool.documents.document import Document
from pdtool.documents.mapping import (
    Opened,
    Outcome,
    Reading,
    bytes_of,
    edge_lines_in,
    jobs_for,
    warnings_of,
)
from pdtool.errors import InputError, Problem
from pdtool.progress import NO_PROGRESS, Progress
from pdtool.workers import Workers

__all__ = ["FEW_DOCUMENTS", "stream_documents"]

Result = TypeVar("Result")

FEW_DOCUMENTS = 500
"""Documents up to which all are given in the order of their ids."""
_FIRST_BYTES = 100_000
"""Bytes of the documents whose results come first."""


@dataclass(frozen=True, slots=True)
class _One(Generic[Result]):
    """What came of a document."""

    result: Result | None
    characters: int
    problems: tuple[Problem, ...]


_Batch = dict[int, _One[Result]]
"""What came of some documents, by their places among the sources."""


def stream_documents(
    corpus: Corpus,
    function: Callable[[Document], Result],
    jobs: int = 0,
    progress: Progress = NO_PROGRESS,
    early: Workers | None = None,
) -> Iterator[Outcome[Result]]:
    """Apply a function to every document of a corpus as :func:`map_documents` does, and yield what comes.

    Args:
        corpus: What was scanned.
        function: What is wanted of a document. What it returns is false where there is nothing to show.
        jobs: Worker processes; 0 takes as many as there are processors.
        progress: Told how far the work has come.
        early: Workers that are there already; they end with this. Without them the first documents are read
            in this process while workers start.

    Yields:
        What came of each document. Of up to :data:`FEW_DOCUMENTS` in the order of their ids; of more, those
        that are certain come first, in this order, and then the others, in this order. A document of which
        there seemed to be nothing to show may be among both.
    """
    sources = corpus.sources
    try:
        with early or Workers(jobs_for(sources, jobs)) as workers:
            alone = early is None and len(sources) > FEW_DOCUMENTS
            if early is None:
                workers.start("pdtool.documents.warm_up", "warm_up")
            reduce = _Each(function)
            reading = Reading(workers, sources, reduce, progress, first_bytes=_FIRST_BYTES)
            first = [_first(sources, reduce)] if alone else []
            told = chain(first, reading.with_edged())
            for place, one in _in_turn(told, len(sources) <= FEW_DOCUMENTS):
                yield Outcome(sources[place], one.result, one.characters, one.problems)
    finally:
        clear_document_cache()
        progress.done()


def _in_turn(
    batches: Iterable[tuple[_Batch[Result], Set[int]]], are_few: bool
) -> Iterator[tuple[int, _One[Result]]]:
    """Yield what is certain as it comes, the rest at the end.

    Args:
        batches: What comes, and which of it may still lose furniture; what comes later of a document is what
            counts, unless it was certain before.
        are_few: Whether everything waits for its turn.
    """
    held: _Batch[Result] = {}
    shown: dict[int, bool] = {}
    for place, one, is_edged in (
        (place, one, place in edged) for batch, edged in batches for place, one in batch.items()
    ):
        if place in shown:
            # It was certain that nothing of it was shown, and now furniture is gone there is something.
            if one.result and not shown[place]:
                held[place] = one
        elif are_few or place in held or (is_edged and one.result):
            held[place] = one
        else:
            shown[place] = bool(one.result)
            yield place, one
    yield from sorted(held.items())


def _first(sources: Sequence[Source], reduce: _Each[Result]) -> tuple[_Batch[Result], Set[int]]:
    """Return what comes of the first documents, found out in this process while the workers start."""
    sizes = accumulate(map(bytes_of, sources))
    some = [source for source, size in zip(sources, sizes, strict=False) if size <= _FIRST_BYTES]
    opened = zip(some, document_cache(None).open_all(some), strict=True)
    found = [problem_of(source.name, one) if isinstance(one, InputError) else one for source, one in opened]
    places = range(len(some))
    return reduce(places, found), frozenset(edge_lines_in(places, found).numbers.tolist())


@dataclass(frozen=True, slots=True)
class _Each(Generic[Result]):
    """Applies a function to each document of a batch."""

    function: Callable[[Document], Result]

    def __call__(self, places: Sequence[int], opened: Sequence[Opened]) -> _Batch[Result]:
        """Return what came of each document by its place among the sources."""
        return {place: self._one(one) for place, one in zip(places, opened, strict=True)}

    def _one(self, opened: Opened) -> _One[Result]:
        if isinstance(opened, Problem):
            return _One(None, 0, (opened,))
        return _One(self.function(opened), len(opened.raw), warnings_of(opened))
