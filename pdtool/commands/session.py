"""What every command does alike, from its inputs to its exit code.

The inputs are scanned, no output may replace one of them, documents are read, the table is written; then
problems are reported, and after them the manifest is written.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pdtool.commands.option_groups import RunOptions
from pdtool.errors import InputError, Problem, Severity, UsageError
from pdtool.interface.run import Reading, Run, Streamed
from pdtool.language import _, counted, joined, listed
from pdtool.output.layout import View
from pdtool.output.messages import Reporter
from pdtool.output.target import Target
from pdtool.run_folder import run_folder_kept, sweep

if TYPE_CHECKING:
    from pdtool.corpus.scan import Corpus, ReadOptions
    from pdtool.corpus.source import Source
    from pdtool.progress import Progress
    from pdtool.rows import Column
    from pdtool.workers import Workers

__all__ = ["Reading", "Session", "Streamed", "open_session", "refuse_overwriting"]

_INCOMPLETE = 2
"""The exit code when an input could not be used, whatever became of the others."""


class _NothingReadError(Exception):
    """No document could be read, and the reasons were reported."""


@dataclass(kw_only=True)
class Session(Run):
    """One run of a command.

    Args:
        command: Its name.
        options: The options that decide the result, as the manifest has them.
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
    run: RunOptions
    outputs: Sequence[Path]
    files: Sequence[str]
    reporter: Reporter
    exit_code: int = 0
    indexed: dict[str, frozenset[str]] = field(default_factory=dict)
    _sources: list[Source] = field(default_factory=list)
    _written: list[str] = field(default_factory=list)

    def scan(self, paths: Sequence[str | os.PathLike[str]]) -> Corpus:
        """Find the documents that paths name; the corpus is closed when the session ends.

        Raises:
            UsageError: If an output is one of them, or another file that is read.
        """
        from pdtool.engine.index_name import is_index

        named = [os.fspath(path) for path in paths]
        indexes = [path for path in named if is_index(path)]
        files = [path for path in named if not is_index(path)]
        with self.progress() as progress:
            progress.stage(_("finding documents"), 0)
            corpus = super().scan(files) if files or not named else None
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

        folder = self.opened.enter_context(temporary_folder())
        self.take_file(path)
        joined, self.indexed[path] = readable_corpus(Path(path), corpus, folder)
        return joined

    @contextmanager
    def progress(self) -> Iterator[Progress]:
        """Show how far the work has come, until the block ends."""
        from pdtool.output.meter import meter

        shown = meter(self.reporter)
        try:
            yield shown
        finally:
            shown.done()

    def note(self, sentence: str) -> None:
        """Say something worth knowing."""
        self.reporter.note(sentence)

    def write_table(
        self,
        rows: Iterable[Any],
        row_type: type | tuple[Column, ...],
        target: Target,
        view: View | None = None,
    ) -> None:
        """Write rows as a table; see :func:`pdtool.output.table.write_table`."""
        from pdtool.output.table import write_table

        counting = _Counting(rows)
        write_table(
            counting, row_type, target, view, self.reporter.note, self.reporter.warn, self._table_name()
        )
        self.wrote(target.path, counting.rows)

    def _table_name(self) -> str:
        """Return what a sheet with the table is called: the command, and what one row is."""
        by = self.options.get("by")
        return self.command if by is None else f"{self.command} {by}"

    def wrote(self, path: Path | None, rows: int | None = None) -> None:
        """Note that a file was written; it is said when the session ends.

        Args:
            path: The file; ``None`` for standard output, of which nothing is said.
            rows: How many rows it holds, if it is a table.
        """
        if path is not None and rows is None:
            self._written.append(f"→ {path}")
        elif path is not None and rows is not None:
            self._written.append(_("→ {path} ({rows})", path=path, rows=counted(rows, "row")))

    def end_if_empty(self, found: Iterable[object], problems: Sequence[Problem]) -> None:
        """Leave the block of the session if nothing was found; what was wrong is reported.

        Raises:
            InputError: If nothing was wrong: there was nothing there.
        """
        if any(True for one in found):
            return
        self.report(problems)
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
        self.report(problems)
        if self.run.manifest is not None:
            from pdtool.commands.manifest import write_manifest

            write_manifest(self.run.manifest, described or self.describe(problems))

    def describe(self, problems: Iterable[Problem]) -> dict[str, Any]:
        """Return the manifest: every input is in it, those that could not be read too."""
        from pdtool.commands.manifest import manifest
        from pdtool.corpus.source import Source

        files = [Source(name, name, name, "file") for name in self.files]
        return manifest(self.command, self.options, [*self._sources, *files], problems)

    def report(self, problems: Iterable[Problem]) -> None:
        """Say what is wrong with inputs; one that was lost decides the exit code."""
        for problem in problems:
            self.reporter.problem(problem)
            if problem.severity is Severity.ERROR:
                self.exit_code = _INCOMPLETE


class _Counting:
    """Rows that are counted as they go by.

    Attributes:
        rows: How many there were.
    """

    def __init__(self, rows: Iterable[Any]) -> None:
        self._rows = rows
        self.rows = 0

    def __iter__(self) -> Iterator[Any]:
        for row in self._rows:
            self.rows += 1
            yield row


@contextmanager
def open_session(
    command: str,
    options: Mapping[str, Any],
    read_options: ReadOptions,
    run: RunOptions,
    output: Path | None,
    files: Iterable[str | Path | None] = (),
    early: Workers | None = None,
) -> Iterator[Session]:
    """Open the session of a command; its inputs are closed at the end, and ``-v`` says how long it took.

    Args:
        command: The name of the command.
        options: The options that decide the result, with the values they have in the end.
        read_options: How inputs are read.
        run: How the work is done.
        output: The file of the result; ``None`` for standard output.
        files: Files that are read beside the corpora; ``None`` for one that was not named.
        early: Workers that were started before, for what is read first.

    Raises:
        UsageError: If the number of worker processes is negative.
    """
    begun = time.perf_counter()
    if run.jobs < 0:
        raise UsageError(
            _("the number of jobs cannot be negative ({jobs})", jobs=run.jobs), _("use --jobs 2")
        )
    session = Session(
        command=command,
        options=options,
        read_options=read_options,
        jobs=run.jobs,
        early=early,
        run=run,
        outputs=[path for path in (output, run.manifest) if path is not None],
        files=[str(path) for path in files if path is not None],
        reporter=run.reporter(),
    )
    sweep()
    with run_folder_kept(), session.opened, suppress(_NothingReadError):
        yield session
    for line in session._written:
        session.reporter.summary(line)
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
