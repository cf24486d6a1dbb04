"""One function over every document of a corpus: in this process, or in workers.

Workers are sent sources, never documents, and send back what the function made of each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from pdtool.corpus.document import Document, Source
from pdtool.corpus.load import document_of
from pdtool.corpus.read import problem_of, read
from pdtool.corpus.scan import Corpus
from pdtool.errors import InputError, Problem, Severity
from pdtool.normalise.front_matter import body_text, find_front_matter
from pdtool.normalise.pipeline import normalise
from pdtool.progress import NO_PROGRESS, Progress
from pdtool.reuse.profiles import batches
from pdtool.reuse.workers import Workers

__all__ = ["Outcome", "apply", "body_of"]

Result = TypeVar("Result")

BATCH_BYTES = 1_000_000
"""Bytes of documents a worker takes at a time."""
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
class _Batch(Generic[Result]):
    function: Callable[[Document], Result]
    sources: tuple[Source, ...]


def body_of(document: Document) -> str:
    """Return the body of a document: the clean text without front matter, but with the abstract."""
    return body_text(document.text, find_front_matter(document.text))


def apply(
    corpus: Corpus,
    function: Callable[[Document], Result],
    jobs: int = 0,
    progress: Progress = NO_PROGRESS,
) -> Iterator[Outcome[Result]]:
    """Read and repair every document of a corpus and apply a function to it.

    Args:
        corpus: What was scanned.
        function: What is wanted of a document; it can be pickled, and so can what it returns.
        jobs: Worker processes; 0 takes as many as there are processors. Changes nothing but the time.
        progress: Told how far the work has come.

    Yields:
        What came of each document, in the order of their ids.
    """
    sizes = [_bytes_of(source) for source in corpus.sources]
    tasks = [_Batch(function, tuple(corpus.sources[part])) for part in batches(sizes, BATCH_BYTES)]
    progress.stage("reading", len(sizes))
    try:
        with Workers(1 if sum(sizes) <= ALONE_BYTES else jobs) as workers:
            for outcomes in workers.map(_apply_to_batch, tasks):
                yield from outcomes
                progress.advance(len(outcomes))
    finally:
        progress.done()


def _bytes_of(source: Source) -> int:
    if source.stop is not None:
        return source.stop - source.start
    try:
        return Path(source.path).stat().st_size
    except OSError:
        return 0  # reading it will say what is wrong


def _apply_to_batch(batch: _Batch[Result]) -> list[Outcome[Result]]:
    return [_apply_to_one(batch.function, source) for source in batch.sources]


def _apply_to_one(function: Callable[[Document], Result], source: Source) -> Outcome[Result]:
    try:
        raw = read(source)
    except InputError as error:
        return Outcome(source, None, 0, (problem_of(source.name, error),))
    document = document_of(raw, normalise(raw.raw))
    reservations = tuple(
        Problem(source.name, warning, severity=Severity.WARNING) for warning in document.warnings
    )
    return Outcome(source, function(document), len(document.raw), reservations)
