"""``pdtool inspect``: what was wrong with the text of documents, and what is repaired."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pdtool.commands import documents
from pdtool.commands import option_groups as shared
from pdtool.errors import Problem
from pdtool.output.layout import View
from pdtool.output.messages import Reporter
from pdtool.output.target import Format, Target

if TYPE_CHECKING:
    from pdtool.commands.documents import Reading
    from pdtool.corpus.scan import Corpus, ReadOptions
    from pdtool.documents.document import Document

__all__ = ["HELP", "By", "inspect"]

HELP = """Tell what is wrong with the text of documents, and what is repaired.

\b
Examples:
  pdtool inspect reports/                     a row a document
  pdtool inspect reports/ -o inspection.xlsx  the same for Excel
  pdtool inspect reports/ --by edit           a row a change: what and where
  pdtool inspect report.txt --by edit -f md   the changes of one document
  pdtool inspect reports/ --by splice         passages of other articles

PATHS are files, folders, patterns in quotes ('**/*.txt'), or - for standard
input: texts (.txt .md .docx .pdf .html .mht), tables with a document a row
(.csv .tsv .jsonl .xlsx .ods .parquet), and .zip archives of these.

Every command repairs the text in this way before it works on it; pdtool clean
writes the repaired text. Nothing is changed on disk.
"""


class By(StrEnum):
    """What one row of the table is."""

    DOCUMENT = "document"
    EDIT = "edit"
    SPLICE = "splice"


VIEWS = {
    By.DOCUMENT: View(
        order=(
            *("doc", "title", "script", "ghosts", "byte_slips", "page_markers", "furniture_chars"),
            *("repaired_chars", "chars", "warnings", "encoding", "format"),
        ),
        wrapped=frozenset({"warnings"}),
    ),
    By.EDIT: View(order=("before", "after", "kind", "doc", "start", "end", "confidence")),
    By.SPLICE: View(order=("text", "doc", "score", "reason", "start", "end", "chars")),
}
"""What matters most on a narrow terminal."""


@dataclass(frozen=True, slots=True)
class _Request:
    """What was asked for, resolved."""

    paths: tuple[str, ...]
    read: ReadOptions
    by: By
    jobs: int
    target: Target
    manifest: Path | None


def inspect(
    paths: shared.Paths,
    by: Annotated[By, typer.Option(help="What one row is.")] = By.DOCUMENT,
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
    request = _Request(
        paths=tuple(paths),
        read=shared.read_options(encoding, text_column, id_column, title_column),
        by=by,
        jobs=jobs,
        target=shared.output_target(table_format, output, plain, manifest),
        manifest=manifest,
    )
    return _run(request, shared.reporter_of(quiet, verbose))


def _run(request: _Request, reporter: Reporter) -> int:
    from pdtool.corpus.scan import scan

    begun = time.perf_counter()
    function, row_type = _table(request.by)
    with scan(request.paths, request.read) as corpus:
        inputs = [source.path for source in corpus.sources]
        documents.refuse_overwriting(inputs, (request.target.path, request.manifest))
        reading = documents.read_documents(corpus, function, request.jobs, reporter)
        code = _write(request, row_type, corpus, reading, reporter)
    reporter.detail(f"{time.perf_counter() - begun:.2f} seconds")
    return code


def _table(by: By) -> tuple[Callable[[Document], Sequence[Any]], type]:
    """Return what makes the rows of a document, and their class."""
    from pdtool.inspection.inspect import document_rows, edit_rows, splice_rows
    from pdtool.inspection.rows import EditRow, InspectRow
    from pdtool.normalise.splices.detection import SpliceRow

    tables: dict[By, tuple[Callable[[Document], Sequence[Any]], type]] = {
        By.DOCUMENT: (document_rows, InspectRow),
        By.EDIT: (edit_rows, EditRow),
        By.SPLICE: (splice_rows, SpliceRow),
    }
    return tables[by]


def _write(
    request: _Request, row_type: type, corpus: Corpus, reading: Reading[Sequence[Any]], reporter: Reporter
) -> int:
    """Write the table, then say what is to be said; the exit code."""
    from pdtool.output.table import write_table

    if not reading.sources:
        return documents.report_nothing(reading.problems, reporter)
    rows = (row for several in reading.results for row in several)
    write_table(rows, row_type, request.target, VIEWS[request.by], note=reporter.note, warn=reporter.warn)
    if request.manifest is not None:
        _write_manifest(request.manifest, request, corpus, reading.problems)
    code = documents.finish(reading.problems, reporter)
    read = documents.counted(len(reading.sources), "document")
    reporter.summary(f"{read}, {documents.counted(reading.characters, 'character')}")
    return code


def _write_manifest(path: Path, request: _Request, corpus: Corpus, problems: Sequence[Problem]) -> None:
    from pdtool.commands.manifest import manifest, write_manifest

    decided = {"by": request.by.value, **asdict(request.read)}
    write_manifest(path, manifest("inspect", decided, corpus.sources, problems))
