"""What every command does alike, from its inputs to its exit code.

The inputs are scanned, no output may replace one of them, documents are read, the table is written; then
problems are reported, and after them the manifest is written.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pdtool.commands.option_groups import RunOptions
from pdtool.errors import InputError, Problem, Severity, UsageError
from pdtool.language import _, counted, joined, listed
from pdtool.output.layout import View
from pdtool.output.messages import Reporter
from pdtool.output.target import Target
from pdtool.run_folder import run_folder_kept, sweep

if TYPE_CHECKING:
    from pdtool.corpus.scan import Corpus, ReadOptions
    from pdtool.corpus.source import Source
    from pdtool.documents.document import Document
    from pdtool.documents.grouping import Group
    from pdtool.normalise.options import NormaliseOptions
    from pdtool.progress import Progress
    from pdtool.rows import Column

__all__ = ["Reading", "Session", "Streamed", "open_session", "refuse_overwriting"]

Result = TypeVar("Result")

_INCOMPLETE = 2
"""The exit code when an input could not be used, whatever became of the others."""


class _NothingReadError(Exception):
    """No document could be read, and the reasons were reported."""


@dataclass(frozen=True, slots=True)
class Reading(Generic[Result]):
    """The documents of a corpus, read.

    Args:
        sources: Those that could be read, by their ids.
        results: What was found out about each.
        problems: What could not be read, and warnings about what could.
        characters: Characters read, over all documents.
    """

    sources: list[Source]
    results: list[Result]
    problems: list[Problem]
    characters: int

    def summary(self) -> str:
        """Return how much was read: documents and characters."""
        return _(
            "{documents}, {characters}",
            documents=counted(len(self.sources), "document"),
            characters=counted(self.characters, "character"),
        )


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
        return _(
            "{documents}, {characters}",
            documents=counted(len(self.ids), "document"),
            characters=counted(self.characters, "character"),
        )


@dataclass(slots=True)
class Session:
    """One run of a command.

    Args:
        command: Its name.
        options: The options that decide the result, as the manifest has them.
        read_options: How inputs are read.
        run: How the work is done.
        outputs: The files to be written.
        files: Files that are read beside the corpora: dictionaries, word lists.
        reporter: Says what happened.

    Attributes:
        exit_code: What the command returns: 0, or 2 if an input could not be used.
        indexed: The ids of the documents that come from each index.
    """

    command: str
    options: Mapping[str, Any]
    read_options: ReadOptions
    run: RunOptions
    outputs: Sequence[Path]
    files: Sequence[str]
    reporter: Reporter
    exit_code: int = 0
    indexed: dict[str, frozenset[str]] = field(default_factory=dict)
    _opened: ExitStack = field(default_factory=ExitStack)
    _sources: list[Source] = field(default_factory=list)

    def scan(self, paths: Sequence[str]) -> Corpus:
        """Find the documents that paths name; the corpus is closed when the session ends.

        Raises:
            UsageError: If an output is one of them, or another file that is read.
        """
        from pdtool.corpus.scan import scan
        from pdtool.engine.index_name import is_index

        indexes = [path for path in paths if is_index(path)]
        with self.progress() as progress:
            progress.stage(_("finding documents"), 0)
            files = [path for path in paths if not is_index(path)]
            corpus = (
                self._opened.enter_context(scan(files, self.read_options)) if files or not paths else None
            )
            self._sources += corpus.sources if corpus else ()
            for path in indexes:
                corpus = self._with_index(path, corpus)
        assert corpus is not None, "there are files or an index"
        refuse_overwriting([*(source.path for source in corpus.sources), *self.files], self.outputs)
        return corpus

    def take_file(self, path: str) -> None:
        """Take a file that is read beside the corpora.

        Raises:
            UsageError: If an output is it.
        """
        self.files = [*self.files, path]
        refuse_overwriting([path], self.outputs)

    def _with_index(self, path: str, corpus: Corpus | None) -> Corpus:
        """Return the documents of an index and others; all can be read as long as the session lasts."""
        from pdtool.engine.archive import readable_corpus
        from pdtool.run_folder import temporary_folder

        folder = self._opened.enter_context(temporary_folder())
        self.take_file(path)
        joined, self.indexed[path] = readable_corpus(Path(path), corpus, folder)
        return joined

    def read(
        self,
        corpus: Corpus,
        function: Callable[[Document], Result],
        repair: NormaliseOptions | None = None,
    ) -> Reading[Result]:
        """Do as :meth:`map` does; the session ends here if no document could be read.

        Raises:
            InputError: If there is nothing to read.
        """
        reading = self.map(corpus, function, repair)
        self.end_if_empty(reading.sources, reading.problems)
        return reading

    def read_reference(self, paths: Sequence[str], function: Callable[[Document], Result]) -> Reading[Result]:
        """Scan and read the documents that others are compared with.

        Raises:
            InputError: If there is none.
        """
        reading = self.map(self.scan(paths), function)
        if not reading.sources:
            self._say(reading.problems)
            raise InputError(
                _("there is nothing to compare with"), _("name files or folders after --against")
            )
        return reading

    def map(
        self,
        corpus: Corpus,
        function: Callable[[Document], Result],
        repair: NormaliseOptions | None = None,
    ) -> Reading[Result]:
        """Apply a function to every document that can be read.

        Args:
            corpus: What was scanned.
            function: What is wanted of a document; see :func:`pdtool.documents.mapping.map_documents`.
            repair: How texts are repaired; ``None``: as for every analysis.
        """
        from pdtool.documents.mapping import map_documents
        from pdtool.normalise.options import DEFAULTS

        with self.progress() as progress:
            outcomes = map_documents(corpus, function, self.run.jobs, progress, repair or DEFAULTS)
        read = [(one.source, one.result) for one in outcomes if one.result is not None]
        return Reading(
            sources=[source for source, _ in read],
            results=[result for _, result in read],
            problems=[*corpus.problems, *(problem for one in outcomes for problem in one.problems)],
            characters=sum(one.characters for one in outcomes),
        )

    def stream(
        self, corpus: Corpus, function: Callable[[Document], Result], read: Streamed, *, silent: bool
    ) -> Iterator[Result]:
        """Apply a function as :meth:`map` does, and yield what it returns as soon as that is certain.

        Args:
            corpus: What was scanned.
            function: What is wanted of a document; see :func:`pdtool.documents.streaming.stream_documents`.
            read: What was read is noted here as it comes.
            silent: Whether no progress is shown: rows appear in its place.
        """
        from pdtool.documents.streaming import stream_documents
        from pdtool.progress import NO_PROGRESS

        read.problems += corpus.problems
        with self.progress() as progress:
            shown = NO_PROGRESS if silent else progress
            for one in stream_documents(corpus, function, self.run.jobs, shown):
                read.problems += one.problems if one.source.id not in read.ids else ()
                read.characters += one.characters if one.source.id not in read.ids else 0
                if one.result is not None:
                    read.ids.add(one.source.id)
                    yield one.result

    @contextmanager
    def progress(self) -> Iterator[Progress]:
        """Show how far the work has come, until the block ends."""
        from pdtool.output.meter import meter

        shown = meter(self.reporter)
        try:
            yield shown
        finally:
            shown.done()

    def write_table(
        self,
        rows: Iterable[Any],
        row_type: type | tuple[Column, ...],
        target: Target,
        view: View | None = None,
    ) -> None:
        """Write rows as a table; see :func:`pdtool.output.table.write_table`."""
        from pdtool.output.table import write_table

        write_table(rows, row_type, target, view, note=self.reporter.note, warn=self.reporter.warn)

    def note_without_value(self, fields: Sequence[str], groups: Iterable[Group]) -> None:
        """Say how many documents have no value of what they are grouped by.

        Args:
            fields: What is grouped by.
            groups: The group of each document.
        """
        from pdtool.documents.grouping import without_value

        for sentence in without_value(fields, groups):
            self.reporter.note(sentence)

    def end_if_empty(self, found: Collection[object], problems: Sequence[Problem]) -> None:
        """Leave the block of the session if nothing was found; what was wrong is reported.

        Raises:
            InputError: If nothing was wrong: there was nothing there.
        """
        if found:
            return
        self._say(problems)
        if not self.exit_code:
            raise InputError(
                _("there is nothing to read"),
                _("name files or folders with .txt, .docx, .pdf, .html, .csv or .xlsx"),
            )
        raise _NothingReadError

    def finish(self, problems: Sequence[Problem], described: Mapping[str, Any] | None = None) -> None:
        """Report problems once the result is written, then write the manifest if it was asked for.

        Args:
            problems: What is to be said about inputs.
            described: The manifest, if it is known already.
        """
        from pdtool.commands.manifest import write_manifest

        self._say(problems)
        if self.run.manifest is not None:
            write_manifest(self.run.manifest, described or self.describe(problems))

    def describe(self, problems: Iterable[Problem]) -> dict[str, Any]:
        """Return the manifest: every input is in it, those that could not be read too."""
        from pdtool.commands.manifest import manifest
        from pdtool.corpus.source import Source

        files = [Source(name, name, name, "file") for name in self.files]
        return manifest(self.command, self.options, [*self._sources, *files], problems)

    def _say(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self.reporter.problem(problem)
            if problem.severity is Severity.ERROR:
                self.exit_code = _INCOMPLETE


@contextmanager
def open_session(
    command: str,
    options: Mapping[str, Any],
    read_options: ReadOptions,
    run: RunOptions,
    output: Path | None,
    files: Iterable[str | Path | None] = (),
) -> Iterator[Session]:
    """Open the session of a command; its inputs are closed at the end, and ``-v`` says how long it took.

    Args:
        command: The name of the command.
        options: The options that decide the result, with the values they have in the end.
        read_options: How inputs are read.
        run: How the work is done.
        output: The file of the result; ``None`` for standard output.
        files: Files that are read beside the corpora; ``None`` for one that was not named.

    Raises:
        UsageError: If the number of worker processes is negative.
    """
    begun = time.perf_counter()
    if run.jobs < 0:
        raise UsageError(
            _("the number of jobs cannot be negative ({jobs})", jobs=run.jobs), _("use --jobs 2")
        )
    session = Session(
        command,
        options,
        read_options,
        run,
        outputs=[path for path in (output, run.manifest) if path is not None],
        files=[str(path) for path in files if path is not None],
        reporter=run.reporter(),
    )
    sweep()
    with run_folder_kept(), session._opened, suppress(_NothingReadError):
        yield session
    settings = listed(f"{name} {value}" for name, value in options.items() if value not in (None, []))
    session.reporter.detail(
        joined([_("{seconds:.2f} seconds", seconds=time.perf_counter() - begun), settings])
    )


def refuse_overwriting(paths: Iterable[str], outputs: Iterable[Path]) -> None:
    """Refuse to replace an input by the result about it.

    Args:
        paths: The inputs.
        outputs: The files to be written.

    Raises:
        UsageError: If an output is one of the inputs.
    """
    inputs = set(map(os.path.realpath, {path for path in paths if path}))  # tables have many documents
    for output in outputs:
        if os.path.realpath(output) in inputs:
            raise UsageError(
                _("{output}: is one of the inputs, and would be replaced by the result", output=output),
                _("choose another name or folder"),
            )
