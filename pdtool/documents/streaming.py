"""What a function makes of documents, given as soon as it is certain.

What the corpus shows to be site furniture is known only when all documents were read. It can touch those
alone whose first, last or inner lines read like a site's (:mod:`pdtool.normalise.furniture.edge_lines`): all
others are certain at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import Generic, TypeVar

from pdtool.corpus.read import problem_of
from pdtool.corpus.scan import Corpus
from pdtool.corpus.source import Source
from pdtool.documents.cache import clear_document_cache, document_cache
from pdtool.documents.document import Document
from pdtool.documents.mapping import Opened, Outcome, Reading, bytes_of, jobs_for, warnings_of
from pdtool.errors import InputError, Problem
from pdtool.normalise.furniture.edge_lines import edge_lines_of_each
from pdtool.normalise.furniture.shared_blocks import FEWEST_DOCUMENTS
from pdtool.progress import NO_PROGRESS, Progress
from pdtool.workers import Workers

__all__ = ["FEW_DOCUMENTS", "stream_documents"]

Result = TypeVar("Result")

FEW_DOCUMENTS = 500
"""Documents up to which all are given in the order of their ids."""
_FIRST_BYTES = 100_000
"""Bytes of documents that are read before the workers are there."""


@dataclass(frozen=True, slots=True)
class _One(Generic[Result]):
    """What came of a document, and whether it can still change."""

    result: Result | None
    characters: int
    problems: tuple[Problem, ...]
    is_certain: bool


_Batch = dict[int, _One[Result]]
"""What came of some documents, by their places among the sources."""


def stream_documents(
    corpus: Corpus, function: Callable[[Document], Result], jobs: int = 0, progress: Progress = NO_PROGRESS
) -> Iterator[Outcome[Result]]:
    """Apply a function to every document of a corpus as :func:`map_documents` does, and yield what comes.

    Args:
        corpus: What was scanned.
        function: What is wanted of a document. What it returns is false where there is nothing to show.
        jobs: Worker processes; 0 takes as many as there are processors.
        progress: Told how far the work has come.

    Yields:
        What came of each document. Of up to :data:`FEW_DOCUMENTS` in the order of their ids; of more, those
        that are certain come first, in this order, and then the others, in this order. A document of which
        there seemed to be nothing to show may be among both.
    """
    sources = corpus.sources
    try:
        with Workers(jobs_for(sources, jobs)) as workers:
            workers.start(__name__, "")
            reduce = _Certain(function, len(sources) >= FEWEST_DOCUMENTS)
            reading = Reading(workers, sources, reduce, progress)
            first = [_first(sources, reduce)] if len(sources) > FEW_DOCUMENTS else []
            for place, one in _in_turn(chain(first, reading), len(sources) <= FEW_DOCUMENTS):
                yield Outcome(sources[place], one.result, one.characters, one.problems)
    finally:
        clear_document_cache()
        progress.done()


def _in_turn(batches: Iterable[_Batch[Result]], are_few: bool) -> Iterator[tuple[int, _One[Result]]]:
    """Yield what is certain as it comes, the rest at the end.

    Args:
        batches: What comes; what comes later of a document is what counts, unless it was certain before.
        are_few: Whether everything waits for its turn.
    """
    held: _Batch[Result] = {}
    shown: dict[int, bool] = {}
    for place, one in (item for batch in batches for item in batch.items()):
        if place in shown:
            # It was certain that nothing of it was shown, and now furniture is gone there is something.
            if one.result and not shown[place]:
                held[place] = one
        elif are_few or place in held or not one.is_certain:
            held[place] = one
        else:
            shown[place] = bool(one.result)
            yield place, one
    yield from sorted(held.items())


def _first(sources: Sequence[Source], reduce: _Certain[Result]) -> _Batch[Result]:
    """Return what comes of the first documents, found out in this process while the workers start."""
    sizes = accumulate(map(bytes_of, sources))
    some = [source for source, size in zip(sources, sizes, strict=False) if size <= _FIRST_BYTES]
    opened = zip(some, document_cache(None).open_all(some), strict=True)
    found = [problem_of(source.name, one) if isinstance(one, InputError) else one for source, one in opened]
    return reduce(range(len(some)), found)


@dataclass(frozen=True, slots=True)
class _Certain(Generic[Result]):
    """Applies a function to each document of a batch, and says of which that is certain.

    Args:
        function: What is done.
        learns: Whether the corpus can teach anything.
    """

    function: Callable[[Document], Result]
    learns: bool

    def __call__(self, places: Sequence[int], opened: Sequence[Opened]) -> _Batch[Result]:
        """Return what came of each document by its place among the sources."""
        pairs = list(zip(places, opened, strict=True))
        documents = {place: one for place, one in pairs if isinstance(one, Document)}
        results = {place: self.function(document) for place, document in documents.items()}
        uncertain = self._uncertain({place: documents[place] for place, result in results.items() if result})
        return {
            place: _One(None, 0, (one,), is_certain=True)
            if isinstance(one, Problem)
            else _One(results[place], len(one.raw), warnings_of(one), place not in uncertain)
            for place, one in pairs
        }

    def _uncertain(self, documents: dict[int, Document]) -> set[int]:
        """Return those of some documents that can still lose furniture."""
        if not self.learns:
            return set()
        places, shown = list(documents), list(documents.values())
        texts = [document.text_for_edge_lines for document in shown]
        edged = edge_lines_of_each(texts, lambda index: shown[index].fold_for_edge_lines())
        return {places[index] for index in edged}
