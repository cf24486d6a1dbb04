"""What every command that analyses documents one by one does alike: read them, report, end."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from pdtool.errors import InputError, Problem, Severity, UsageError
from pdtool.output.messages import Reporter

if TYPE_CHECKING:
    from pdtool.corpus.scan import Corpus
    from pdtool.corpus.source import Source
    from pdtool.documents.document import Document
    from pdtool.normalise.options import NormaliseOptions

__all__ = ["Reading", "counted", "finish", "read_documents", "refuse_overwriting", "report_nothing"]

Result = TypeVar("Result")


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


def read_documents(
    corpus: Corpus,
    function: Callable[[Document], Result],
    jobs: int,
    reporter: Reporter,
    options: NormaliseOptions | None = None,
) -> Reading[Result]:
    """Apply a function to every document that can be read; the rest is reported, not raised.

    Args:
        corpus: What was scanned.
        function: What is wanted of a document; see :func:`pdtool.documents.mapping.map_documents`.
        jobs: Worker processes; 0: one a processor.
        reporter: How much is said.
        options: How texts are repaired; ``None``: as for every analysis.
    """
    from pdtool.documents.mapping import map_documents
    from pdtool.normalise.options import DEFAULTS
    from pdtool.output.meter import meter

    if jobs < 0:
        raise UsageError(f"the number of jobs cannot be negative ({jobs})", "use --jobs 2")
    reading: Reading[Result] = Reading([], [], list(corpus.problems), 0)
    characters = 0
    for outcome in map_documents(corpus, function, jobs, meter(reporter), options or DEFAULTS):
        characters += outcome.characters
        reading.problems.extend(outcome.problems)
        if outcome.result is not None:
            reading.sources.append(outcome.source)
            reading.results.append(outcome.result)
    return Reading(reading.sources, reading.results, reading.problems, characters)


def refuse_overwriting(paths: Iterable[str], outputs: Iterable[Path | None]) -> None:
    """Never replace an input by the result about it.

    Args:
        paths: The inputs.
        outputs: Where is to be written; ``None`` for standard output.

    Raises:
        UsageError: If an output is one of the inputs.
    """
    inputs = {os.path.realpath(path) for path in paths if path}
    for output in outputs:
        if output is not None and os.path.realpath(output) in inputs:
            raise UsageError(
                f"{output}: is one of the inputs, and would be replaced by the result",
                "choose another name or folder",
            )


def report_nothing(problems: Sequence[Problem], reporter: Reporter) -> int:
    """Say why there is no table; the exit code.

    Raises:
        InputError: If nothing was wrong: there was just nothing there.
    """
    for problem in problems:
        reporter.problem(problem)
    if not any(problem.severity is Severity.ERROR for problem in problems):
        raise InputError(
            "there is nothing to read", "name files or folders with .txt, .docx, .pdf, .html, .csv or .xlsx"
        )
    return 2


def finish(problems: Sequence[Problem], reporter: Reporter) -> int:
    """Say what is to be said about the inputs once the table is written; the exit code."""
    for problem in problems:
        reporter.problem(problem)
    return 2 if any(problem.severity is Severity.ERROR for problem in problems) else 0


def counted(number: int, noun: str) -> str:
    """Return a number with its noun.

    >>> counted(1, "document"), counted(1200, "pair")
    ('1 document', '1,200 pairs')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
