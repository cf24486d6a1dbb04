"""``pdtool clean``: the text of documents, repaired."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pdtool.commands import documents
from pdtool.commands import option_groups as shared
from pdtool.errors import Problem, UsageError
from pdtool.normalise.options import NormaliseOptions, TargetScript
from pdtool.output.escaping import visible
from pdtool.output.layout import View
from pdtool.output.messages import Reporter
from pdtool.output.target import Format, Target

if TYPE_CHECKING:
    from pdtool.commands.documents import Reading
    from pdtool.corpus.scan import Corpus, ReadOptions
    from pdtool.inspection.export import Exported, Exporter

__all__ = ["HELP", "clean"]

HELP = """Repair the text of documents, and say what was changed.

\b
Examples:
  pdtool clean report.txt > clean.txt            one document
  pdtool clean reports/ -o clean/                a file a document
  pdtool clean reports/ -o clean/ --edits e.csv  with a log of all changes
  pdtool clean report.txt --script keep          Traditional stays so
  pdtool clean mixed.txt --drop-splices          without other articles

PATHS are files, folders, patterns in quotes ('**/*.txt'), or - for standard
input: texts (.txt .md .docx .pdf .html .mht), tables with a document a row
(.csv .tsv .jsonl .xlsx .ods .parquet), and .zip archives of these.

Taken out: pinyin behind characters, page numbers, furniture of web sites,
blank space inside sentences. Full-width letters and digits become ASCII,
Traditional becomes Simplified. Documents themselves are never changed.
Passages of another article printed into a sentence stay unless
--drop-splices is given: pdtool inspect --by splice shows them first.

A document is written as UTF-8 to DIR under its id, with .txt appended unless
it ends so. Start and end in the log count characters of the document as it
was read; putting the text of each row into its place gives the clean text.
"""

_DOCUMENT_SUFFIXES = frozenset({".txt", ".md", ".csv", ".tsv", ".jsonl", ".xlsx", ".docx", ".pdf", ".html"})
"""Suffixes of files: nobody calls a folder so."""

EDITS_VIEW = View(order=("before", "after", "kind", "doc", "start", "end", "confidence"))


@dataclass(frozen=True, slots=True)
class _Request:
    """What was asked for, resolved."""

    paths: tuple[str, ...]
    read: ReadOptions
    repair: NormaliseOptions
    folder: Path | None
    edits: Target | None
    replace: bool
    jobs: int
    manifest: Path | None


def clean(
    paths: shared.Paths,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="DIR", help="Write each document to a file in this folder."),
    ] = None,
    edits: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write a log of all changes (.csv .tsv .jsonl .xlsx .md)."),
    ] = None,
    script: Annotated[
        TargetScript, typer.Option(help="Simplified, Traditional (as in Taiwan), or as found.")
    ] = TargetScript.HANS,
    vocabulary: Annotated[
        bool, typer.Option("--vocabulary", help="Put the mainland's words for Taiwan's: 資訊 becomes 信息.")
    ] = False,
    drop_splices: Annotated[
        bool,
        typer.Option("--drop-splices", help="Leave out passages of other articles (inspect --by splice)."),
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Replace files that exist; never one of the documents read.")
    ] = False,
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
    folder = _folder(output)
    request = _Request(
        paths=tuple(paths),
        read=shared.read_options(encoding, text_column, id_column, title_column),
        repair=NormaliseOptions(script, vocabulary, drop_splices),
        folder=folder,
        edits=_edits_target(edits, plain, manifest, folder),
        replace=force,
        jobs=jobs,
        manifest=manifest,
    )
    return _run(request, shared.reporter_of(quiet, verbose))


def _folder(output: Path | None) -> Path | None:
    """Return the folder to write to; a name that looks like a file's is a slip."""
    if output is None or str(output) == "-":
        return None
    if output.suffix.lower() in _DOCUMENT_SUFFIXES and not output.is_dir():
        raise UsageError(
            f"{output}: -o names a folder, and this looks like a file",
            f"-o {output.with_suffix('')}, or > {output} for a single document",
        )
    return output


def _edits_target(
    edits: Path | None, plain: bool, manifest: Path | None, folder: Path | None
) -> Target | None:
    target = shared.output_target(Format.AUTO, edits, plain, manifest)
    if edits is None:
        return None
    if target.path is None and folder is None:
        raise UsageError(
            "the text and the log cannot both go to standard output", "--edits edits.csv, or -o DIR"
        )
    return target


def _run(request: _Request, reporter: Reporter) -> int:
    from pdtool.corpus.scan import scan
    from pdtool.inspection.export import Exporter, refuse_conflicts

    begun = time.perf_counter()
    with scan(request.paths, request.read) as corpus:
        outputs = (request.edits.path if request.edits else None, request.manifest)
        documents.refuse_overwriting([source.path for source in corpus.sources], outputs)
        if request.folder is None and len(corpus.sources) > 1:
            raise UsageError(
                f"{len(corpus.sources):,} documents cannot go to standard output one after another",
                "-o DIR, which makes a file of each",
            )
        exporter = Exporter.to(request.folder, corpus.sources, request.edits is not None)
        refuse_conflicts(exporter, corpus.sources, request.replace)
        reading = documents.read_documents(corpus, exporter, request.jobs, reporter, request.repair)
        code = _write(request, corpus, exporter, reading, reporter)
    reporter.detail(f"{time.perf_counter() - begun:.2f} seconds; script {request.repair.script.value}")
    return code


def _write(
    request: _Request, corpus: Corpus, exporter: Exporter, reading: Reading[Exported], reporter: Reporter
) -> int:
    """Write what is not written yet, then say what is to be said; the exit code."""
    if not reading.sources:
        return documents.report_nothing(reading.problems, reporter)
    if exporter.folder is None:
        _print(reading.results[0].text)
    if request.edits is not None:
        _write_edits(request.edits, reading.results, reporter)
    if request.manifest is not None:
        _write_manifest(request.manifest, request, corpus, reading.problems)
    code = documents.finish(reading.problems, reporter)
    if request.repair.drop_splices:
        reporter.note(_left_out(reading.results))
    reporter.summary(_summary(reading, exporter.folder))
    return code


def _print(text: bytes) -> None:
    """Print a document: its very bytes, or on a terminal without what a terminal would obey."""
    from pdtool.output.sink import open_standard_output

    with open_standard_output() as out:
        if sys.stdout.isatty():
            lines = text.decode().split("\n")
            text = "\n".join(visible(line.expandtabs()) for line in lines).encode()
        out.write(text)


def _write_edits(target: Target, results: Sequence[Exported], reporter: Reporter) -> None:
    from pdtool.inspection.rows import EditRow
    from pdtool.output.table import write_table

    rows = (row for exported in results for row in exported.log)
    write_table(rows, EditRow, target, EDITS_VIEW, note=reporter.note, warn=reporter.warn)


def _write_manifest(path: Path, request: _Request, corpus: Corpus, problems: Sequence[Problem]) -> None:
    from pdtool.commands.manifest import manifest, write_manifest

    decided = {**asdict(request.repair), **asdict(request.read)}
    write_manifest(path, manifest("clean", decided, corpus.sources, problems))


def _left_out(results: Sequence[Exported]) -> str:
    """Say what text is missing from the result: unlike furniture, it was somebody's prose."""
    characters = sum(exported.spliced for exported in results)
    spans = documents.counted(sum(exported.splices for exported in results), "span")
    holding = documents.counted(sum(exported.splices > 0 for exported in results), "document")
    return f"splices left out: {documents.counted(characters, 'character')} of {spans} in {holding}"


def _summary(reading: Reading[Exported], folder: Path | None) -> str:
    read = documents.counted(len(reading.sources), "document")
    repairs = documents.counted(sum(exported.repairs for exported in reading.results), "repair")
    written = "" if folder is None else f"; written to {folder}"
    return f"{read}, {documents.counted(reading.characters, 'character')}; {repairs}{written}"
