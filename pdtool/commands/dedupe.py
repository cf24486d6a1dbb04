"""``pdtool dedupe``: which documents are copies, parts or mixtures of which."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pdtool.commands import documents
from pdtool.commands import option_groups as shared
from pdtool.errors import Problem, UsageError
from pdtool.output.escaping import visible
from pdtool.output.layout import View
from pdtool.output.messages import Reporter
from pdtool.output.target import Format, Target

if TYPE_CHECKING:
    from pdtool.corpus.scan import Corpus, ReadOptions
    from pdtool.corpus.source import Source
    from pdtool.reuse.dedupe import DedupeResult
    from pdtool.reuse.options import DedupeOptions
    from pdtool.workers import Workers

__all__ = ["HELP", "By", "dedupe"]

HELP = """Find copies, parts and mixtures of documents, and which to keep.

\b
Examples:
  pdtool dedupe reports/                      a table of related pairs
  pdtool dedupe reports/ -o pairs.xlsx        the same for Excel
  pdtool dedupe reports/ --by passage         where exactly they agree
  pdtool dedupe reports/ --kept > keep.txt    which files to keep
  pdtool dedupe news.csv --text-column 正文   one document a row
  pdtool dedupe laws/ --by passage --threshold 0 --min-passage 100
                                              copied passages, however small

PATHS are files, folders, patterns in quotes ('**/*.txt'), or - for standard
input: texts (.txt .md .docx .pdf .html .mht), tables with a document a row
(.csv .tsv .jsonl .xlsx .ods .parquet), and .zip archives of these.

Text is repaired before it is compared: Traditional and Simplified, pinyin in brackets, page numbers and
site furniture make no difference; nothing is changed on disk.

\b
Relations (containment: the share of a document found in the other):
  identical  the same characters
  same       at least 80 % of each is in the other
  contained  at least 80 % of the smaller is in the larger
  overlap    at least --threshold of the smaller is in the larger;
             never a reason to drop a document
"""


class By(StrEnum):
    """What one row of the table is."""

    PAIR = "pair"
    PASSAGE = "passage"
    DOCUMENT = "document"


VIEWS = {
    By.PAIR: View(
        order=(
            *("doc_a", "doc_b", "relation", "containment_a", "containment_b", "keep", "reason"),
            *("jaccard", "longest_passage", "passages", "matched_chars", "cluster"),
        ),
        wrapped=frozenset({"reason"}),
    ),
    By.PASSAGE: View(order=("doc_a", "doc_b", "text_a", "text_b", "passage", "chars", "similarity")),
    By.DOCUMENT: View(
        order=("doc", "role", "keep", "relation", "containment", "reason", "cluster"),
        wrapped=frozenset({"reason"}),
    ),
}
"""What matters most on a narrow terminal."""


@dataclass(frozen=True, slots=True)
class _Request:
    """What was asked for, resolved."""

    paths: tuple[str, ...]
    read: ReadOptions
    options: DedupeOptions
    by: By
    target: Target
    kept: bool
    print0: bool
    fail_on_match: bool
    manifest: Path | None


def dedupe(
    paths: shared.Paths,
    by: Annotated[By, typer.Option(help="What one row is.")] = By.PAIR,
    threshold: Annotated[
        float, typer.Option(metavar="SHARE", help="List a pair from this containment on, 0 to 1.")
    ] = 0.5,
    min_passage: Annotated[
        int, typer.Option(metavar="CHARS", help="Ignore agreeing passages that are shorter; at least 5.")
    ] = 30,
    common: Annotated[
        int,
        typer.Option(
            metavar="DOCS",
            help="With --threshold below 0.5: what more documents than this share is standard wording, "
            "not reuse (copies excepted); 0 counts it too.",
        ),
    ] = 8,
    all_pairs: Annotated[
        bool, typer.Option("--all-pairs", help="List every pair of clusters of more than 50 documents too.")
    ] = False,
    kept: Annotated[
        bool, typer.Option("--kept", help="Print the paths to keep, one a line, instead of a table.")
    ] = False,
    print0: Annotated[bool, typer.Option("--print0", help="With --kept: end each path with NUL.")] = False,
    fail_on_match: Annotated[
        bool, typer.Option("--fail-on-match", help="Exit with code 1 if a related pair is found.")
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
    from pdtool.reuse.options import DedupeOptions

    request = _Request(
        paths=tuple(paths),
        read=shared.read_options(encoding, text_column, id_column, title_column),
        options=DedupeOptions(threshold, min_passage, common, all_pairs, jobs),
        by=by,
        target=_target(table_format, output, plain, manifest, kept, print0),
        kept=kept,
        print0=print0,
        fail_on_match=fail_on_match,
        manifest=manifest,
    )
    return _run(request, shared.reporter_of(quiet, verbose))


def _target(
    table_format: Format, output: Path | None, plain: bool, manifest: Path | None, kept: bool, print0: bool
) -> Target:
    if print0 and not kept:
        raise UsageError("--print0 belongs to --kept", "add --kept")
    if kept and table_format is not Format.AUTO:
        raise UsageError("--kept prints paths, not a table", "add --format auto, or use --by document")
    # Any format but AUTO: a list of paths may have any name.
    return shared.output_target(Format.CSV if kept else table_format, output, plain, manifest)


def _run(request: _Request, reporter: Reporter) -> int:
    from pdtool.workers import Workers, are_large

    begun = time.perf_counter()
    with Workers(request.options.jobs) if are_large(request.paths) else nullcontext() as workers:
        if workers is not None:
            # They load their libraries while this process loads its own and divides tables into rows.
            workers.start("pdtool.reuse.document_table", "get_ready")
        code = _scan_and_find(request, workers, reporter)
    reporter.detail(f"{time.perf_counter() - begun:.2f} seconds; {_settings(request)}")
    return code


def _scan_and_find(request: _Request, workers: Workers | None, reporter: Reporter) -> int:
    from pdtool.corpus.scan import scan
    from pdtool.output.meter import meter
    from pdtool.reuse.dedupe import dedupe as find

    with scan(request.paths, request.read) as corpus:
        inputs = [source.path for source in corpus.sources]
        documents.refuse_overwriting(inputs, (request.target.path, request.manifest))
        progress = meter(reporter)
        try:
            result = find(corpus, request.options, request.by.value, progress, workers)
        finally:
            progress.done()
        return _write(request, corpus, result, reporter)


def _write(request: _Request, corpus: Corpus, result: DedupeResult, reporter: Reporter) -> int:
    """Write the result, then say what is to be said; the exit code."""
    problems = [*corpus.problems, *result.problems]
    if not result.documents:
        return documents.report_nothing(problems, reporter)
    if request.kept:
        _write_kept(result.kept, request, reporter)
    else:
        _write_table(request, result, reporter)
    code = documents.finish(problems, reporter)
    if request.manifest is not None:
        _write_manifest(request.manifest, request, corpus.sources, problems)
    reporter.summary(_summary(request, result))
    return code or int(request.fail_on_match and bool(result.pairs))


def _write_table(request: _Request, result: DedupeResult, reporter: Reporter) -> None:
    from pdtool.output.table import write_table
    from pdtool.reuse.rows import DocumentRow, PairRow, PassageRow

    tables: dict[By, tuple[Sequence[Any], type]] = {
        By.PAIR: (result.pairs, PairRow),
        By.PASSAGE: (result.passages, PassageRow),
        By.DOCUMENT: (result.documents, DocumentRow),
    }
    rows, row_type = tables[request.by]
    write_table(rows, row_type, request.target, VIEWS[request.by], note=reporter.note, warn=reporter.warn)


def _write_kept(kept: Iterable[Source], request: _Request, reporter: Reporter) -> None:
    """Print the paths to keep: the very bytes of the path, so that other programs find the file."""
    from pdtool.output.sink import open_output

    names = [source.id if source.row is not None else source.name for source in kept]
    end = b"\0" if request.print0 else b"\n"
    on_terminal = request.target.room is not None
    with open_output(request.target.path) as out:
        for name in names:
            out.write((visible(name).encode() if on_terminal else os.fsencode(name)) + end)
    if not request.print0 and any("\n" in name for name in names):
        reporter.warn("a path to keep holds a line break; --print0 separates paths safely")


def _write_manifest(
    path: Path, request: _Request, sources: Iterable[Source], problems: Iterable[Problem]
) -> None:
    from pdtool.commands.manifest import manifest, write_manifest

    decided = {"by": request.by.value, **asdict(request.options), **asdict(request.read)}
    del decided["jobs"]
    write_manifest(path, manifest("dedupe", decided, sources, problems))


def _summary(request: _Request, result: DedupeResult) -> str:
    found = documents.counted(len(result.pairs), "related pair")
    count = documents.counted
    read = f"{count(len(result.documents), 'document')}, {count(result.characters, 'character')}"
    where = "" if request.kept else " (--kept lists them)"
    return f"{read}; {found}; keep {len(result.kept):,}{where if result.pairs else ''}"


def _settings(request: _Request) -> str:
    values = {**asdict(request.options), **asdict(request.read)}
    return ", ".join(f"{name} {value}" for name, value in values.items() if value is not None)
