"""``pdtool compare``: how alike documents are, and on what words."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pdtool.commands import documents
from pdtool.commands import option_groups as shared
from pdtool.errors import InputError, Problem, Severity, UsageError
from pdtool.output.layout import View
from pdtool.output.messages import Reporter
from pdtool.output.target import Format, Target

if TYPE_CHECKING:
    from pdtool.commands.documents import Reading
    from pdtool.corpus.scan import ReadOptions
    from pdtool.corpus.source import Source
    from pdtool.similarity.bags import Bag
    from pdtool.similarity.compare import CompareOptions, Side, Similarities

    _Read = Reading[Bag]

__all__ = ["HELP", "FeatureKind", "compare"]

HELP = """Tell how alike documents are, and on what words.

\b
Examples:
  pdtool compare reports/                       every pair, most alike first
  pdtool compare reports/ --nearest 3           the three closest to each
  pdtool compare new.txt --against archive/     a new one and what it is like
  pdtool compare reports/ --matrix -o sim.xlsx  documents by documents
  pdtool compare news.csv --text-column 正文    one document a row

PATHS are files, folders, patterns in quotes ('**/*.txt'), or - for standard
input: texts (.txt .md .docx .pdf .html .mht), tables with a document a row
(.csv .tsv .jsonl .xlsx .ods .parquet), and .zip archives of these.

The similarity is the cosine of TF-IDF vectors: 0 no common word, 1 the same words. It tells what is about
the same things, in whatever order and length; pdtool dedupe tells what was copied. Title, authors and
declared keywords are not compared, the abstract is.

Up to 200 documents every pair is listed, beyond that the 10 nearest of each.
"""

VIEW = View(order=("doc_a", "doc_b", "similarity", "shared_terms"), wrapped=frozenset({"shared_terms"}))
"""What matters most on a narrow terminal."""


class FeatureKind(StrEnum):
    """What documents are compared by."""

    WORDS = "words"
    CHARS = "chars"


@dataclass(frozen=True, slots=True)
class _Request:
    """What was asked for, resolved."""

    paths: tuple[str, ...]
    against: tuple[str, ...]
    read: ReadOptions
    options: CompareOptions
    features: FeatureKind
    matrix: bool
    jobs: int
    target: Target
    manifest: Path | None


def compare(
    paths: shared.Paths,
    against: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CORPUS", help="Compare with these documents, not with one another. Repeatable."
        ),
    ] = None,
    features: Annotated[
        FeatureKind, typer.Option(help="Compare by words, or by characters and pairs of them.")
    ] = FeatureKind.WORDS,
    nearest: Annotated[
        int | None, typer.Option(metavar="K", help="List the K nearest of each document.", show_default=False)
    ] = None,
    min_similarity: Annotated[
        float, typer.Option(metavar="NUMBER", help="List no pair below this, 0 to 1.")
    ] = 0.0,
    top_terms: Annotated[
        int, typer.Option(metavar="N", help="Name the N terms that make a pair alike; 0 names none.")
    ] = 10,
    matrix: Annotated[
        bool, typer.Option("--matrix", help="A table of documents by documents instead of a row a pair.")
    ] = False,
    table_format: shared.FormatOption = Format.AUTO,
    output: shared.Output = None,
    plain: shared.Plain = False,
    encoding: shared.Encoding = None,
    text_column: shared.TextColumn = None,
    id_column: shared.IdColumn = None,
    title_column: shared.TitleColumn = None,
    jobs: shared.Jobs = 0,
    config: shared.Config = None,  # noqa: ARG001 (its callback applies it before the others are read)
    manifest: shared.Manifest = None,
    quiet: shared.Quiet = False,
    verbose: shared.Verbose = False,
) -> int:
    """Resolve the options and run; the exit code."""
    from pdtool.similarity.compare import CompareOptions

    request = _Request(
        paths=tuple(paths),
        against=tuple(against or ()),
        read=shared.read_options(encoding, text_column, id_column, title_column),
        options=CompareOptions(nearest, min_similarity, top_terms),
        features=features,
        matrix=matrix,
        jobs=jobs,
        target=shared.output_target(table_format, output, plain, manifest),
        manifest=manifest,
    )
    _check(request)
    return _run(request, shared.reporter_of(quiet, verbose))


def _check(request: _Request) -> None:
    listed = request.options.nearest is not None or request.options.min_similarity > 0
    if request.matrix and listed:
        raise UsageError(
            "--matrix holds every pair; --nearest and --min-similarity choose among pairs",
            "leave out one of them",
        )
    if "-" in request.paths and "-" in request.against:
        raise UsageError("standard input can be read only once", "name a file for one of the two")


def _run(request: _Request, reporter: Reporter) -> int:
    from pdtool.workers import processors

    begun = time.perf_counter()
    reading = _read(request.paths, request, reporter)
    old = _read(request.against, request, reporter) if request.against else None
    if not reading.sources:
        return documents.report_nothing([*reading.problems, *(old.problems if old else [])], reporter)
    if old is not None and not old.sources:
        for problem in old.problems:
            reporter.problem(problem)
        raise InputError("there is nothing to compare with", "name files or folders after --against")
    options = replace(request.options, jobs=request.jobs or processors())
    code = _write(request, options, reading, old, reporter)
    reporter.detail(f"{time.perf_counter() - begun:.2f} seconds; features {request.features.value}")
    return code


def _read(paths: Sequence[str], request: _Request, reporter: Reporter) -> _Read:
    from pdtool.corpus.scan import scan
    from pdtool.similarity.features import FeatureCounter, Features

    counter = FeatureCounter(Features(request.features.value))
    with scan(paths, request.read) as corpus:
        inputs = [source.path for source in corpus.sources]
        documents.refuse_overwriting(inputs, (request.target.path, request.manifest))
        return documents.read_documents(corpus, counter, request.jobs, reporter)


def _write(
    request: _Request, options: CompareOptions, reading: _Read, old: _Read | None, reporter: Reporter
) -> int:
    """Compare, write the table, then say what is to be said; the exit code."""
    from pdtool.similarity.compare import Similarities

    similarities = Similarities(_side(reading), None if old is None else _side(old))
    _write_table(request, options, similarities, reporter)
    problems = [*reading.problems, *(old.problems if old else []), *_nothing_to_compare(reading, old)]
    if request.manifest is not None:
        sources = [*reading.sources, *(old.sources if old else [])]
        _write_manifest(request.manifest, request, sources, problems)
    code = documents.finish(problems, reporter)
    if not request.matrix and request.options.nearest is None:
        _tell_limit(similarities.listed_nearest(options), reporter)
    reporter.summary(_summary(reading, old))
    return code


def _tell_limit(listed: int | None, reporter: Reporter) -> None:
    from pdtool.similarity.compare import EVERY_PAIR_UP_TO

    if listed is not None:
        reporter.note(
            f"of more than {EVERY_PAIR_UP_TO} documents the {listed} nearest of each are listed "
            "(--nearest K for another number)"
        )


def _side(reading: _Read) -> Side:
    from pdtool.similarity.compare import Side

    keys = [(os.path.realpath(source.path), source.start) for source in reading.sources]
    return Side([source.id for source in reading.sources], reading.results, keys)


def _write_table(
    request: _Request, options: CompareOptions, similarities: Similarities, reporter: Reporter
) -> None:
    from pdtool.output.table import write_table
    from pdtool.similarity.compare import matrix_table
    from pdtool.similarity.rows import SimilarityRow

    if request.matrix:
        header, rows = matrix_table(similarities.matrix())
        write_table(rows, header, request.target, note=reporter.note, warn=reporter.warn)
    else:
        write_table(
            similarities.rows(options),
            SimilarityRow,
            request.target,
            VIEW,
            note=reporter.note,
            warn=reporter.warn,
        )


def _nothing_to_compare(*readings: _Read | None) -> list[Problem]:
    """Warn of documents that have text but none of what is compared."""
    return [
        Problem(source.name, "has no words to compare; its similarities are 0", severity=Severity.WARNING)
        for reading in readings
        if reading is not None
        for source, counts in zip(reading.sources, reading.results, strict=True)
        if not counts and not any(problem.source == source.name for problem in reading.problems)
    ]


def _write_manifest(
    path: Path, request: _Request, sources: Sequence[Source], problems: Sequence[Problem]
) -> None:
    from pdtool.commands.manifest import manifest, write_manifest

    decided = {
        "against": list(request.against),
        "features": request.features.value,
        "matrix": request.matrix,
        **asdict(request.options),
        **asdict(request.read),
    }
    del decided["jobs"]
    write_manifest(path, manifest("compare", decided, sources, problems))


def _summary(reading: _Read, old: _Read | None) -> str:
    read = documents.counted(len(reading.sources), "document")
    characters = documents.counted(reading.characters + (old.characters if old else 0), "character")
    if old is not None:
        return f"{read} compared with {len(old.sources):,}; {characters}"
    if len(reading.sources) == 1:
        return f"{read}, {characters}; it takes two to compare"
    return f"{read}, {characters}"
