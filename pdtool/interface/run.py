"""One run of an analysis: corpora are scanned and read, and what is to be said is gathered.

The functions of the public interface use :class:`Run` as it is. The session of a command is a run that
besides shows progress, says what happened and refuses to overwrite its inputs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pdtool.errors import InputError, Problem
from pdtool.language import _, counted
from pdtool.progress import NO_PROGRESS, Progress

if TYPE_CHECKING:
    import os

    from pdtool.corpus.scan import Corpus, ReadOptions
    from pdtool.corpus.source import Source
    from pdtool.documents.document import Document
    from pdtool.documents.grouping import Group
    from pdtool.interface.result import Result
    from pdtool.normalise.options import NormaliseOptions
    from pdtool.rows import Column
    from pdtool.workers import Workers

__all__ = ["Reading", "Run", "Streamed"]

Found = TypeVar("Found")
Row = TypeVar("Row")


def _module_of(function: Callable[[Document], Found]) -> str:
    """Return the name of the module of what is done with a document, whatever else is told of it."""
    from pdtool.documents.grouping import WithGroup

    return (function.function if isinstance(function, WithGroup) else function).__module__


def _read(documents: int, characters: int) -> str:
    """Return how much was read."""
    return _(
        "{documents}, {characters}",
        documents=counted(documents, "document"),
        characters=counted(characters, "character"),
    )


@dataclass(frozen=True, slots=True)
class Reading(Generic[Found]):
    """The documents of a corpus, read.

    Args:
        sources: Those that could be read, by their ids.
        results: What was found out about each.
        problems: What could not be read, and warnings about what could.
        characters: Characters read, over all documents.
    """

    sources: list[Source]
    results: list[Found]
    problems: list[Problem]
    characters: int

    def summary(self) -> str:
        """Return how much was read: documents and characters."""
        return _read(len(self.sources), self.characters)


@dataclass(slots=True)
class Streamed:
    """What was read so far of a corpus whose documents are not kept.

    Attributes:
        ids: The ids of those that could be read.
        characters: Characters read.
        problems: What could not be read, and warnings about what could.
    """

    ids: set[str] = field(default_factory=set)
    characters: int = 0
    problems: list[Problem] = field(default_factory=list)

    def summary(self) -> str:
        """Return how much was read: documents and characters."""
        return _read(len(self.ids), self.characters)


@dataclass(kw_only=True)
class Run:
    """One run of an analysis. Leave its block to close the corpora that it scanned.

    Args:
        read_options: How inputs are read.
        jobs: Worker processes; 0 takes as many as there are processors. Changes nothing but the time.
        early: Workers that were started before the corpus was scanned, for what is read first.

    Attributes:
        remarks: What the analysis has to say beside its rows, a sentence each.
        opened: The corpora.
    """

    read_options: ReadOptions
    jobs: int = 0
    early: Workers | None = None
    remarks: list[str] = field(default_factory=list)
    opened: ExitStack = field(default_factory=ExitStack)

    def scan(self, paths: Sequence[str | os.PathLike[str]]) -> Corpus:
        """Find the documents that paths name; the corpus is closed when the run ends."""
        from pdtool.corpus.scan import scan

        return self.opened.enter_context(scan(paths, self.read_options))

    def read(
        self,
        corpus: Corpus,
        function: Callable[[Document], Found],
        repair: NormaliseOptions | None = None,
    ) -> Reading[Found]:
        """Do as :meth:`map` does; it is an error if no document could be read.

        Raises:
            InputError: If there is nothing to read; it says what is wrong with the first input.
        """
        reading = self.map(corpus, function, repair)
        self.end_if_empty(reading.sources, reading.problems)
        return reading

    def end_if_empty(self, found: Iterable[object], problems: Sequence[Problem]) -> None:
        """End the run if nothing was found.

        Raises:
            InputError: If so; it says what is wrong with the first input.
        """
        if any(True for one in found):
            return
        if problems:
            first = problems[0]
            said = first.message
            if first.source:
                said = _("{source}: {message}", source=first.source, message=said)
            raise InputError(said, first.hint)
        raise InputError(_("there is nothing to read"), _("name files or folders that hold documents"))

    def read_reference(
        self, paths: Sequence[str | os.PathLike[str]], function: Callable[[Document], Found]
    ) -> Reading[Found]:
        """Scan and read the documents that others are compared with.

        Raises:
            InputError: If there is none.
        """
        reading = self.map(self.scan(paths), function)
        if not reading.sources:
            self.report(reading.problems)
            raise InputError(
                _("there is nothing to compare with"), _("name files or folders after --against")
            )
        return reading

    def map(
        self,
        corpus: Corpus,
        function: Callable[[Document], Found],
        repair: NormaliseOptions | None = None,
    ) -> Reading[Found]:
        """Apply a function to every document that can be read.

        Args:
            corpus: What was scanned.
            function: What is wanted of a document; see :func:`pdtool.documents.mapping.map_documents`.
            repair: How texts are repaired; ``None``: as for every analysis.
        """
        from pdtool.documents.mapping import map_documents
        from pdtool.normalise.options import DEFAULTS

        with self.progress() as progress:
            options = repair or DEFAULTS
            workers = self._taken_early() or self._started(corpus, function)
            outcomes = map_documents(corpus, function, self.jobs, progress, options, workers)
        read = [(one.source, one.result) for one in outcomes if one.result is not None]
        return Reading(
            sources=[source for source, _ in read],
            results=[result for _, result in read],
            problems=[*corpus.problems, *(problem for one in outcomes for problem in one.problems)],
            characters=sum(one.characters for one in outcomes),
        )

    def stream(
        self, corpus: Corpus, function: Callable[[Document], Found], read: Streamed, *, silent: bool
    ) -> Iterator[Found]:
        """Apply a function as :meth:`map` does, and yield what it returns as soon as that is certain.

        Args:
            corpus: What was scanned.
            function: What is wanted of a document; see :func:`pdtool.documents.streaming.stream_documents`.
            read: What was read is noted here as it comes.
            silent: Whether no progress is shown: rows appear in its place.
        """
        from pdtool.documents.streaming import stream_documents

        read.problems += corpus.problems
        with self.progress() as progress:
            shown = NO_PROGRESS if silent else progress
            for one in stream_documents(corpus, function, self.jobs, shown, self._taken_early()):
                read.problems += one.problems if one.source.id not in read.ids else ()
                read.characters += one.characters if one.source.id not in read.ids else 0
                if one.result is not None:
                    read.ids.add(one.source.id)
                    yield one.result

    def _taken_early(self) -> Workers | None:
        """Return the workers that were started early, once."""
        taken, self.early = self.early, None
        return taken

    def _started(self, corpus: Corpus, function: Callable[[Document], Found]) -> Workers:
        """Return workers that begin to load what a function takes: once for all of them, before they part."""
        from pdtool.documents.mapping import jobs_for
        from pdtool.workers import Workers

        self.keep_if_small(corpus)
        workers = Workers(jobs_for(corpus.sources, self.jobs))
        if len(corpus.sources) > 1:
            workers.start(_module_of(function), "warm_up")
        return workers

    def keep_if_small(self, corpus: Corpus) -> None:
        """Keep the documents of a corpus that this process reads alone: what reads them again finds them."""
        from pdtool.documents.cache import documents_kept
        from pdtool.documents.mapping import jobs_for

        if jobs_for(corpus.sources, 2) == 1:
            self.opened.enter_context(documents_kept())

    @contextmanager
    def progress(self) -> Iterator[Progress]:
        """Lend what long work reports to, until the block ends."""
        yield NO_PROGRESS

    def note(self, sentence: str) -> None:
        """Say something worth knowing."""
        self.remarks.append(sentence)

    def report(self, problems: Iterable[Problem]) -> None:
        """Say what is wrong with inputs, where the run ends before its result could say it."""

    def note_without_value(self, fields: Sequence[str], groups: Iterable[Group]) -> None:
        """Say how many documents have no value of what they are grouped by.

        Args:
            fields: What is grouped by.
            groups: The group of each document.
        """
        from pdtool.documents.grouping import without_value

        for sentence in without_value(fields, groups):
            self.note(sentence)

    def result(
        self,
        rows: Iterable[Row],
        header: tuple[Column, ...],
        problems: Iterable[Problem],
        read: Reading[Any],
    ) -> Result[Row]:
        """Return what a function of the public interface hands back.

        Args:
            rows: The rows of its table.
            header: Their columns.
            problems: What is to be said of the inputs.
            read: The documents.
        """
        from pdtool.interface.result import Result

        held, said = list(rows), list(problems)
        return Result(held, header, said, self.remarks, len(read.sources), read.characters)
