"""One function over every document of a corpus: in this process, or in workers.

Workers are sent sources, never documents, and send back what the function made of each. What the corpus
shows to be site furniture (heads and feet that documents with different middles share) is known only
when all documents were seen: those that hold any are done again without it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Generic, Protocol, TypeVar, runtime_checkable

from pdtool.corpus.read import problem_of
from pdtool.corpus.readers.rows import kept_open
from pdtool.corpus.scan import Corpus
from pdtool.corpus.source import Source
from pdtool.documents.cache import clear_document_cache, document_cache
from pdtool.documents.document import Document
from pdtool.documents.front_matter import body_text
from pdtool.documents.text_parts import REFERENCES, without_note_marks
from pdtool.errors import InputError, Problem, Severity
from pdtool.language import N_, _
from pdtool.normalise.furniture.edge_lines import edge_lines_of_each
from pdtool.normalise.furniture.packed_edge_lines import PackedEdgeLines, learn
from pdtool.normalise.furniture.shared_blocks import SharedBlocks
from pdtool.normalise.options import DEFAULTS, NormaliseOptions
from pdtool.progress import NO_PROGRESS, Progress
from pdtool.workers import ALONE_BYTES, Workers, batches

__all__ = [
    "Learn",
    "Mapped",
    "Opened",
    "Outcome",
    "Reading",
    "TakesMany",
    "body_of",
    "bytes_of",
    "edge_lines_in",
    "jobs_for",
    "map_documents",
    "map_documents_in",
    "warnings_of",
]

Result = TypeVar("Result")
Result_co = TypeVar("Result_co", covariant=True)

BATCH_BYTES = 1_000_000
"""Bytes of documents a worker takes at a time: long enough to pay for the way, and for what is done of all of
them at once."""
_KILLED = N_("ended its worker process twice, as a document does that needs more memory than there is")
"""What is said of a document over which workers die."""
_KILLED_HINT = N_("leave it out, or divide it; fewer workers leave each more memory, such as --jobs 1")
"""What to try then."""
FEW_BATCHES = 8
"""Batches of a worker below which they hold half as many bytes, so that the work is shared out evenly."""
SMALLEST_BATCH = 30_000
"""Bytes of a batch where there is not even half a batch for each worker."""


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Result]):
    """What came of one document.

    Args:
        source: Where it is.
        result: What the function returned; ``None`` if the document could not be read.
        characters: Characters of its raw text.
        problems: Why it could not be read, or warnings about reading or repairing it.
    """

    source: Source
    result: Result | None
    characters: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Mapped(Generic[Result]):
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


@runtime_checkable
class TakesMany(Protocol[Result_co]):
    """A function of a document that is faster when it is given many documents at a time."""

    def __call__(self, document: Document, /) -> Result_co:
        """Return what is wanted of a document."""

    def each(self, documents: list[Document], /) -> Iterator[Result_co]:
        """Yield for each document what calling the function with it returns."""


Opened = Document | Problem
"""A document, or why it cannot be read."""

Learn = Callable[[Sequence[PackedEdgeLines]], tuple[SharedBlocks, Sequence[int]]]
"""What tells, of the edge lines of all batches, the site furniture, and what is read again for it."""

Reduce = Callable[[Sequence[int], Sequence[Opened]], Result]
"""What is made of some documents at a time: of their places among the sources, and of them."""


@dataclass(frozen=True, slots=True)
class _Batch(Generic[Result]):
    """What a worker does at a time."""

    reduce: Reduce[Result]
    blocks: SharedBlocks | None
    options: NormaliseOptions
    places: tuple[int, ...]
    sources: tuple[Source, ...]

    def part(self, which: slice) -> _Batch[Result]:
        """Return a batch of some of the documents."""
        return replace(self, places=self.places[which], sources=self.sources[which])


_BatchResult = tuple[Result, PackedEdgeLines | None]
"""What a batch was reduced to, and its edge lines."""


class _Counted:
    """Counts documents as they come: half of each when it is opened, the rest when its batch is done.

    Args:
        progress: Who is told.
    """

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._told = self._ended = self._opened = 0

    def opened(self, documents: int) -> None:
        """Count documents that were read and repaired."""
        self._opened += documents
        self._tell()

    def ended(self, documents: int) -> None:
        """Count documents of which everything is known."""
        self._ended += documents
        self._tell()

    def _tell(self) -> None:
        halves = max(self._opened, self._ended) + self._ended
        if halves // 2 > self._told:
            self._progress.advance(halves // 2 - self._told)
            self._told = halves // 2


def body_of(document: Document, with_references: bool = False) -> str:
    """Return the body of a document: the clean text without front matter, but with the abstract.

    Args:
        document: The document.
        with_references: Whether references, notes, funding and notes on authors are a part of it. A table of
            contents never is.
    """
    kept = {"abstract", *(REFERENCES if with_references else ())}
    spans = [(span.kind, span.start, span.end) for span in document.spans if span.kind not in kept]
    cited = any(kind in {"references", "notes"} for kind, _, _ in spans)
    body = body_text(document.text, spans)
    return without_note_marks(body) if cited else body


def map_documents(
    corpus: Corpus,
    function: Callable[[Document], Result],
    jobs: int = 0,
    progress: Progress = NO_PROGRESS,
    options: NormaliseOptions = DEFAULTS,
    early: Workers | None = None,
) -> list[Outcome[Result]]:
    """Read and repair every document of a corpus and apply a function to it.

    Args:
        corpus: What was scanned.
        function: What is wanted of a document; it can be pickled, and so can what it returns. One that
            :class:`TakesMany` is given many documents at a time.
        jobs: Worker processes; 0 takes as many as there are processors. Changes nothing but the time.
        progress: Told how far the work has come.
        options: How texts are repaired.
        early: Workers that are there already; they end with this.

    Returns:
        What came of each document, in the order of their ids.
    """
    try:
        with early or Workers(jobs_for(corpus.sources, jobs)) as workers:
            return map_documents_in(workers, corpus.sources, function, progress, options).outcomes
    finally:
        clear_document_cache()
        progress.done()


def map_documents_in(
    workers: Workers,
    sources: Sequence[Source],
    function: Callable[[Document], Result],
    progress: Progress = NO_PROGRESS,
    options: NormaliseOptions = DEFAULTS,
) -> Mapped[Result]:
    """Do as :func:`map_documents` does, in workers that are there already."""
    reading = Reading(workers, sources, _Each(function), progress, options)
    found = {place: one for batch in reading for place, one in batch.items()}
    outcomes = [Outcome(source, *found[place]) for place, source in enumerate(sources)]
    return Mapped(outcomes, reading.blocks)


class Reading(Generic[Result]):
    """All documents of a corpus, read and repaired in batches, each batch reduced to one small result.

    Iterating yields the results: first one a batch, in the order of the sources; then, once it is known
    what the corpus shows to be site furniture, those of the documents that hold any are given again.

    Args:
        workers: Where to work.
        sources: Where the documents are.
        reduce: What is wanted of a batch; it can be pickled, and so can what it returns.
        progress: Told how far the work has come.
        options: How texts are repaired.
        places: The documents that are to be read at all; ``None``: every one. Others are read only where the
            site furniture asks for it.
        learn: What tells the site furniture.
        first_bytes: Bytes of the first batch, where its result is waited for; ``None``: as of any.

    Attributes:
        blocks: The site furniture that this corpus taught, known when the last result was given; ``None``
            if it taught nothing.
    """

    def __init__(
        self,
        workers: Workers,
        sources: Sequence[Source],
        reduce: Reduce[Result],
        progress: Progress = NO_PROGRESS,
        options: NormaliseOptions = DEFAULTS,
        places: Sequence[int] | None = None,
        learn: Learn = learn,
        first_bytes: int | None = None,
    ) -> None:
        self.blocks: SharedBlocks | None = None
        self._workers = workers
        self._sources = sources
        self._reduce = reduce
        self._progress = progress
        self._options = options
        self._places = range(len(sources)) if places is None else places
        self._learn = learn
        self._first_bytes = first_bytes

    def __iter__(self) -> Iterator[Result]:
        return (result for result, _edged in self.with_edged())

    def with_edged(self) -> Iterator[tuple[Result, Set[int]]]:
        """Yield the results, each with the places of the documents that may still lose furniture."""
        packed: list[PackedEdgeLines] = []
        for result, edge_lines in self._read(_("reading"), self._places, None):
            packed += [edge_lines] if edge_lines is not None else []
            yield result, frozenset(edge_lines.numbers.tolist() if edge_lines is not None else ())
        blocks, touched = self._learn(packed)
        self.blocks = blocks or None
        if not touched:
            return
        for result, _page in self._read(_("removing site furniture"), touched, blocks):
            yield result, frozenset()

    def _read(
        self, stage: str, places: Sequence[int], blocks: SharedBlocks | None
    ) -> Iterator[_BatchResult[Result]]:
        self._progress.stage(stage, len(places))
        tasks = [
            _Batch(self._reduce, blocks, self._options, tuple(some), tuple(self._sources[at] for at in some))
            for part in self._batches([bytes_of(self._sources[at]) for at in places])
            for some in [places[part]]
        ]
        counted = _Counted(self._progress)
        read: Callable[[_Batch[Result]], list[_BatchResult[Result]]] = _read_batch
        results = self._workers.map(read, tasks, counted.opened, self._instead)
        for task, done in zip(tasks, results, strict=True):
            counted.ended(len(task.places))
            yield from done

    def _instead(self, batch: _Batch[Result]) -> list[_BatchResult[Result]]:
        """Return what comes of a batch over which workers died: of all documents but what kills them."""
        if len(batch.places) == 1:
            problem = Problem(batch.sources[0].name, _(_KILLED), _(_KILLED_HINT))
            return [(batch.reduce(batch.places, [problem]), None)]
        half = len(batch.places) // 2
        halves = [batch.part(slice(0, half)), batch.part(slice(half, None))]
        read: Callable[[_Batch[Result]], list[_BatchResult[Result]]] = _read_batch
        parts = self._workers.map(read, halves, instead=self._instead, lives=1)
        return [result for part in parts for result in part]

    def _batches(self, sizes: Sequence[int]) -> list[slice]:
        total, jobs = sum(sizes), self._workers.jobs
        least = min(BATCH_BYTES // 2, max(SMALLEST_BATCH, total // jobs))
        most = min(BATCH_BYTES, max(least, total // (FEW_BATCHES * jobs)))
        return batches(sizes, most, self._first_bytes)


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


def _read_batch(batch: _Batch[Result]) -> list[_BatchResult[Result]]:
    return [_read_documents(batch)]


def _read_documents(batch: _Batch[Result]) -> _BatchResult[Result]:
    cache = document_cache(batch.blocks, batch.options)
    with kept_open():
        opened = [
            problem_of(source.name, one) if isinstance(one, InputError) else one
            for source, one in zip(batch.sources, cache.open_all(batch.sources), strict=True)
        ]
    result = batch.reduce(batch.places, opened)
    edge_lines = None if batch.blocks is not None else edge_lines_in(batch.places, opened)
    for document in (one for one in opened if isinstance(one, Document)):
        document.drop_fold()  # the cache keeps the rest
    return result, edge_lines


def edge_lines_in(places: Sequence[int], opened: Sequence[Opened]) -> PackedEdgeLines:
    """Return the edge lines of those documents that have any that read like a site's.

    Args:
        places: The places of the documents among the sources.
        opened: The documents, or why they cannot be read.
    """
    read = {place: one for place, one in zip(places, opened, strict=True) if isinstance(one, Document)}
    documents = list(read.values())
    found = edge_lines_of_each(
        [document.text_for_edge_lines for document in documents],
        lambda index: documents[index].fold_for_edge_lines(),
    )
    where = list(read)
    return PackedEdgeLines.of([where[index] for index in found], list(found.values()))


_Found = tuple[Result | None, int, tuple[Problem, ...]]
"""What an :class:`Outcome` says beside its source."""


@dataclass(frozen=True, slots=True)
class _Each(Generic[Result]):
    """Applies a function to each document of a batch."""

    function: Callable[[Document], Result]

    def __call__(self, places: Sequence[int], opened: Sequence[Opened]) -> dict[int, _Found[Result]]:
        results = _results(self.function, [one for one in opened if isinstance(one, Document)])
        return {place: _found(one, results) for place, one in zip(places, opened, strict=True)}


def _results(function: Callable[[Document], Result], documents: list[Document]) -> Iterator[Result]:
    """Apply a function to documents one by one, or to all of them at a time if it can do that."""
    return function.each(documents) if isinstance(function, TakesMany) else map(function, documents)


def _found(opened: Opened, results: Iterator[Result]) -> _Found[Result]:
    if isinstance(opened, Problem):
        return None, 0, (opened,)
    return next(results), len(opened.raw), warnings_of(opened)


def warnings_of(document: Document) -> tuple[Problem, ...]:
    """Return the warnings about reading or repairing a document, as problems."""
    name = document.source.name
    return tuple(Problem(name, warning, severity=Severity.WARNING) for warning in document.warnings)
