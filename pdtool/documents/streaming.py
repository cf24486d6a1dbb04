"""What a function makes of documents, given as soon as it is certain.

What the corpus shows to be site furniture is known only when all documents were read. It can touch those
alone whose first, last or inner lines read like a site's (:mod:`pdtool.normalise.furniture.edge_lines`): all
others are certain at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from pdtool.corpus.scan import Corpus
from pdtool.documents.cache import clear_document_cache
from pdtool.documents.document import Document
from pdtool.documents.mapping import Opened, Outcome, Reading, jobs_for, warnings_of
from pdtool.errors import Problem
from pdtool.normalise.furniture.edge_lines import edge_lines_of_each
from pdtool.normalise.furniture.shared_blocks import FEWEST_DOCUMENTS
from pdtool.progress import NO_PROGRESS, Progress
from pdtool.workers import Workers

__all__ = ["FEW_DOCUMENTS", "stream_documents"]

Result = TypeVar("Result")

FEW_DOCUMENTS = 500
"""Documents up to which all are given in the order of their ids."""


def stream_documents(
    corpus: Corpus, function: Callable[[Document], Result], jobs: int = 0, progress: Progress = NO_PROGRESS
) -> Iterator[Outcome[Result]]:
    """Apply a function to every document of a corpus as :func:`map_documents` does, and yield what comes.

    Yields:
        What came of each document once. Of up to :data:`FEW_DOCUMENTS` in the order of their ids; of more,
        those that are certain come first, in this order, and then the others, in this order.
    """
    sources = corpus.sources
    is_few = len(sources) <= FEW_DOCUMENTS
    held: dict[int, Outcome[Result]] = {}
    try:
        with Workers(jobs_for(sources, jobs)) as workers:
            reduce = _Certain(function, len(sources) >= FEWEST_DOCUMENTS)
            for batch in Reading(workers, sources, reduce, progress):
                for place, one in batch.items():
                    outcome = Outcome(sources[place], one.result, one.characters, one.problems)
                    if one.is_certain and not is_few and place not in held:
                        yield outcome
                    else:
                        held[place] = outcome
        yield from (held[place] for place in sorted(held))
    finally:
        clear_document_cache()
        progress.done()


@dataclass(frozen=True, slots=True)
class _One(Generic[Result]):
    """What came of a document, and whether it can still change."""

    result: Result | None
    characters: int
    problems: tuple[Problem, ...]
    is_certain: bool


@dataclass(frozen=True, slots=True)
class _Certain(Generic[Result]):
    """Applies a function to each document of a batch, and says of which that is certain.

    Args:
        function: What is done.
        learns: Whether the corpus can teach anything.
    """

    function: Callable[[Document], Result]
    learns: bool

    def __call__(self, places: Sequence[int], opened: Sequence[Opened]) -> dict[int, _One[Result]]:
        """Return what came of each document by its place among the sources."""
        documents = [one for one in opened if isinstance(one, Document)]
        texts = [document.text_for_edge_lines for document in documents] if self.learns else []
        edged = edge_lines_of_each(texts, lambda index: documents[index].fold_for_edge_lines())
        uncertain = {documents[index].id for index in edged}
        return {
            place: _One(None, 0, (one,), True)
            if isinstance(one, Problem)
            else _One(self.function(one), len(one.raw), warnings_of(one), one.id not in uncertain)
            for place, one in zip(places, opened, strict=True)
        }
