"""Paths → the documents they name, unread: where each one's bytes are, and under which id.

Scanning opens tables, which it divides into rows; of text files it looks at the first bytes, and it holds
no texts.
"""

from __future__ import annotations

import os
from collections.abc import Container, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import Self

from pdtool.corpus.archives import UnpackedFiles, unpack_archives
from pdtool.corpus.encodings import known_encoding
from pdtool.corpus.find import FoundFile, find, unique_ids
from pdtool.corpus.parsing.parser_process import close_parser
from pdtool.corpus.path_pattern import PathPattern, check_paths, path_pattern
from pdtool.corpus.problems import problem_of
from pdtool.corpus.read_options import DEFAULTS, ReadOptions
from pdtool.corpus.readers import PARSED, READERS
from pdtool.corpus.recognise import with_records
from pdtool.corpus.source import Source
from pdtool.corpus.spool import spooled_standard_input
from pdtool.errors import InputError, Problem, Severity, UsageError
from pdtool.language import _
from pdtool.run_folder import temporary_folder

__all__ = ["Corpus", "ReadOptions", "scan"]

STANDARD_INPUT = "stdin"
"""The id and the name of standard input."""

_HEAD = 1024
"""Bytes of standard input that are looked at to tell its format."""
_BEFORE_OBJECT = b" \t\r\n\0\xef\xbb\xbf\xff\xfe"
"""Bytes that may precede the first object of JSON Lines: blanks, byte order marks, UTF-16 blanks."""


@dataclass(frozen=True, slots=True, eq=False)
class Corpus:
    """The documents of a run, found but not read. Close it to remove the copy of standard input.

    Args:
        sources: The documents, sorted by id, code point by code point.
        reading_order: The same, files by id and the rows of a table as they stand.
        problems: Inputs that could not be used, and notes, sorted by input.
        opened: What closing puts away: the private copy of standard input, the private folder of extracted
            texts, the parser.
        columns: The names of the columns of its tables and of the fields of its paths, each once, as they are
            met.
        files: The files they are in, those of archives by themselves; standard input is none.
    """

    sources: tuple[Source, ...]
    reading_order: tuple[Source, ...]
    problems: tuple[Problem, ...]
    opened: ExitStack = field(default_factory=ExitStack)
    columns: tuple[str, ...] = ()
    files: tuple[FoundFile, ...] = ()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Remove the copies and extracted texts, and end the parser; no document can be read afterwards."""
        self.opened.close()


def scan(paths: Sequence[str | os.PathLike[str]], options: ReadOptions = DEFAULTS) -> Corpus:
    """Find the documents that paths name.

    The result does not depend on the order of the paths.

    Args:
        paths: Files, folders (walked through, without what is hidden), patterns, ``-`` for standard input.
        options: How to read them.

    Returns:
        The documents, and what is wrong with single inputs; there may be no document at all.

    Raises:
        UsageError: If no path is given, Python does not know the encoding, or a pattern over paths is
            malformed or matches no file.
    """
    names = [os.fspath(path) for path in paths]
    if not names:
        raise UsageError(_("no input given"), _("name files or folders, or - for standard input"))
    if options.encoding is not None:
        known_encoding(options.encoding)
    if options.from_path is not None:
        path_pattern(options.from_path)
    found = find([name for name in names if name != "-"])
    collected = _DocumentCollector(list(found.problems), list(found.empty))
    with ExitStack() as opened:
        spool = collected.spool(opened) if "-" in names else None
        folder = _folder_for(found.files, opened)
        unpacked = unpack_archives(found.files, folder)
        collected.report(unpacked)
        files = with_records(unpacked.files)
        whole = _files(files, spool, folder or _folder_for(files, opened), options)
        if options.from_path is not None and whole:
            collected.take_paths(path_pattern(options.from_path), whole)
        for file in whole:
            collected.divide(file, options)
        return collected.corpus(opened.pop_all(), files)


def _folder_for(files: Iterable[FoundFile], opened: ExitStack) -> Path | None:
    """Make the run's private folder if any file takes a parser; the parser ends before the folder goes."""
    if not any(file.format in PARSED for file in files):
        return None
    folder = opened.enter_context(temporary_folder())
    opened.callback(close_parser)
    return folder


def _files(
    found: Sequence[FoundFile], spool: Path | None, folder: Path | None, options: ReadOptions
) -> list[Source]:
    """Return the files as whole sources, sorted by id."""
    sources = [
        Source(
            file_id,
            file.path,
            file.name or file.path,
            file.format,
            options.encoding,
            spool=str(folder) if file.format in PARSED else None,
            from_path=options.from_path,
        )
        for file_id, file in zip(unique_ids(found), found, strict=True)
    ]
    if spool is not None:
        file_id = _free_id({source.id for source in sources})
        sources.append(
            Source(file_id, str(spool), STANDARD_INPUT, _spool_format(spool, options), options.encoding)
        )
    return sorted(sources, key=lambda source: source.id)


def _free_id(taken: Container[str]) -> str:
    """Return the id of standard input: it has no folder to be told apart by from a file called ``stdin``."""
    file_id = STANDARD_INPUT
    while file_id in taken:
        file_id = f"<{file_id}>"
    return file_id


def _spool_format(spool: Path, options: ReadOptions) -> str:
    """Return the format of standard input: a text, unless the user says which column holds the text."""
    if options.text_column is None:
        return "text"
    with spool.open("rb") as file:
        head = file.read(_HEAD)
    return "jsonl" if head.lstrip(_BEFORE_OBJECT).startswith(b"{") else "csv"


class _DocumentCollector:
    """Gathers the documents of the files, one file after the other."""

    def __init__(self, problems: list[Problem], empty: list[Problem]) -> None:
        self._problems = problems
        self._empty = empty
        self._sources: dict[str, Source] = {}
        self._columns: dict[str, None] = {}

    def spool(self, opened: ExitStack) -> Path | None:
        """Return the copy of standard input, which ``opened`` removes, or report that there is none."""
        try:
            return opened.enter_context(spooled_standard_input())
        except InputError as error:
            self._problems.append(problem_of(STANDARD_INPUT, error))
            return None

    def report(self, files: UnpackedFiles) -> None:
        """Take the problems of archives."""
        self._problems += files.problems
        self._empty += files.empty

    def take_paths(self, pattern: PathPattern, files: Sequence[Source]) -> None:
        """Take the fields that paths have, as columns, and say which files have none."""
        self._problems += check_paths(pattern, files)
        self._columns |= dict.fromkeys(name for name in pattern.fields if name != "_")

    def divide(self, file: Source, options: ReadOptions) -> None:
        """Take the documents of a file."""
        try:
            scanned = READERS[file.format].scan(file, options)
        except (InputError, OSError) as error:
            self._problems.append(problem_of(file.name, error))
            return
        self._problems.extend(scanned.problems)
        self._columns |= dict.fromkeys(scanned.columns)
        if not scanned.sources and not scanned.problems:
            self._empty.append(Problem(file.name, _("holds no rows")))
        for source in scanned.sources:
            self._take(source)

    def _take(self, source: Source) -> None:
        other = self._sources.setdefault(source.id, source)
        if other is not source:
            message = _("its document {id!r} has the id of one in {name!r}", id=source.id, name=other.name)
            self._problems.append(Problem(source.name, message, _("rename one of the files")))

    def corpus(self, opened: ExitStack, files: Sequence[FoundFile]) -> Corpus:
        """Return the corpus; an input without documents is an error only if no input has any."""
        severity = Severity.WARNING if self._sources else Severity.ERROR
        problems = [*self._problems, *(replace(problem, severity=severity) for problem in self._empty)]
        return Corpus(
            tuple(sorted(self._sources.values(), key=lambda source: source.id)),
            tuple(self._sources.values()),
            tuple(sorted(problems, key=lambda problem: problem.source)),
            opened,
            tuple(self._columns),
            tuple(files),
        )
