"""One function over every document of a corpus: in this process, or in workers.

Workers are sent sources, never documents, and send back what the function made of each. What the corpus
shows to be site furniture (heads and feet that documents with different middles share) is known only
when all documents were seen: those that hold any are done again without it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from pdtool.corpus.document import Document, Source
from pdtool.corpus.library import close_library, library
from pdtool.corpus.read import problem_of
from pdtool.corpus.scan import Corpus
from pdtool.errors import InputError, Problem, Severity
from pdtool.normalise.front_matter import body_text
from pdtool.normalise.options import DEFAULTS, NormaliseOptions
from pdtool.normalise.shared_blocks import SharedBlocks, Survey, learn_blocks
from pdtool.progress import NO_PROGRESS, Progress
from pdtool.workers import Workers, batches

__all__ = ["Applied", "Outcome", "apply", "apply_in", "body_of", "bytes_of", "jobs_for"]

Result = TypeVar("Result")

BATCH_BYTES = 1_000_000
"""Bytes of documents a worker takes at a time: long enough to pay for the way, short enough to share out."""
ALONE_BYTES = 3_000_000
"""A corpus up to this size is done in this process before workers would have started."""


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Result]):
    """What came of one document.

    Args:
        source: Where it is.
        result: What the function returned; ``None`` if the document could not be read.
        characters: Characters of its raw text.
        problems: Why it could not be read, or reservations about reading or repairing it.
    """

    source: Source
    result: Result | None
    characters: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Applied(Generic[Result]):
    """What came of all documents.

    Args:
        outcomes: One a source, in their order.
        blocks: The site furniture that this corpus taught; ``None`` if it taught nothing.
    """

    outcomes: list[Outcome[Result]]
    blocks: SharedBlocks | None

    @property
    def found(self) -> tuple[list[Source], list[Result]]:
        """The documents that could be read, and what was found out about each."""
        pairs = [(one.source, one.result) for one in self.outcomes if one.result is not None]
        return [source for source, _ in pairs], [result for _, result in pairs]


@dataclass(frozen=True, slots=True)
class _Wish(Generic[Result]):
    """What is wanted of every document."""

    function: Callable[[Document], Result]
    blocks: SharedBlocks | None
    options: NormaliseOptions


@dataclass(frozen=True, slots=True)
class _Batch(Generic[Result]):
    wish: _Wish[Result]
    sources: tuple[Source, ...]


def body_of(document: Document) -> str:
    """Return the body of a document: the clean text without front matter, but with the abstract."""
    return body_text(document.text, document.front)


def apply(
    corpus: Corpus,
    function: Callable[[Document], Result],
    jobs: int = 0,
    progress: Progress = NO_PROGRESS,
    options: NormaliseOptions = DEFAULTS,
) -> list[Outcome[Result]]:
    """Read and repair every document of a corpus and apply a function to it.

    Args:
        corpus: What was scanned.
        function: What is wanted of a document; it can be pickled, and so can what it returns. If it has a
            method ``each``, that is given many documents at a time and yields a result for each.
        jobs: Worker processes; 0 takes as many as there are processors. Changes nothing but the time.
        progress: Told how far the work has come.
        options: How texts are repaired.

    Returns:
        What came of each document, in the order of their ids.
    """
    try:
        with Workers(jobs_for(corpus.sources, jobs)) as workers:
            return apply_in(workers, corpus.sources, function, progress, options).outcomes
    finally:
        close_library()
        progress.done()


def apply_in(
    workers: Workers,
    sources: Sequence[Source],
    function: Callable[[Document], Result],
    progress: Progress = NO_PROGRESS,
    options: NormaliseOptions = DEFAULTS,
) -> Applied[Result]:
    """Do as :func:`apply` does, in workers that are there already."""
    progress.stage("reading", len(sources))
    done = _apply(workers, sources, _Wish(function, None, options), progress)
    outcomes = [outcome for outcome, _ in done]
    surveyed = [(place, found) for place, (_, found) in enumerate(done) if found is not None]
    blocks = learn_blocks(found for _, found in surveyed)
    touched = [place for place, found in surveyed if blocks.touches(found)]
    if not touched:
        return Applied(outcomes, None)
    progress.stage("removing site furniture", len(touched))
    wish = _Wish(function, blocks, options)
    again = _apply(workers, [sources[place] for place in touched], wish, progress)
    for place, (outcome, _) in zip(touched, again, strict=True):
        outcomes[place] = outcome
    return Applied(outcomes, blocks)


def jobs_for(sources: Sequence[Source], jobs: int) -> int:
    """Return how many workers a corpus is worth: one where they would start longer than they work."""
    return 1 if sum(map(bytes_of, sources)) <= ALONE_BYTES else jobs


def bytes_of(source: Source) -> int:
    """Return about how many bytes a document has; 0 if that cannot be told without reading it."""
    if source.stop is not None:
        return source.stop - source.start
    try:
        return Path(source.path).stat().st_size
    except OSError:
        return 0  # reading it will say what is wrong


_Done = tuple[Outcome[Result], Survey | None]


def _apply(
    workers: Workers,
    sources: Sequence[Source],
    wish: _Wish[Result],
    progress: Progress,
) -> list[_Done[Result]]:
    tasks = [
        _Batch(wish, tuple(sources[part]))
        for part in batches([bytes_of(source) for source in sources], BATCH_BYTES)
    ]
    done: list[_Done[Result]] = []
    for batch in workers.map(_apply_to_batch, tasks):
        done += batch
        progress.advance(len(batch))
    return done


def _apply_to_batch(batch: _Batch[Result]) -> list[_Done[Result]]:
    opened = [_open(batch.wish, source) for source in batch.sources]
    results = _results(batch.wish.function, [one for one in opened if isinstance(one, Document)])
    return [
        _done(batch.wish, source, one, results) for source, one in zip(batch.sources, opened, strict=True)
    ]


def _results(function: Callable[[Document], Result], documents: list[Document]) -> Iterator[Result]:
    """Apply a function one by one, or, if it has a method ``each``, by that to all documents at hand."""
    each: Callable[[list[Document]], Iterator[Result]] | None = getattr(function, "each", None)
    return map(function, documents) if each is None else each(documents)


def _open(wish: _Wish[Result], source: Source) -> Document | Problem:
    try:
        return library(wish.blocks, wish.options).open(source)
    except InputError as error:
        return problem_of(source.name, error)


def _done(
    wish: _Wish[Result], source: Source, opened: Document | Problem, results: Iterator[Result]
) -> _Done[Result]:
    if isinstance(opened, Problem):
        return Outcome(source, None, 0, (opened,)), None
    reservations = tuple(
        Problem(source.name, warning, severity=Severity.WARNING) for warning in opened.warnings
    )
    outcome = Outcome(source, next(results), len(opened.raw), reservations)
    return outcome, opened.survey() if wish.blocks is None else None
