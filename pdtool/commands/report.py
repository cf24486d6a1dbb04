"""``pdtool report``: everything on one page that can be shown."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pdtool import __version__
from pdtool.commands import documents
from pdtool.commands import option_groups as shared
from pdtool.errors import Problem, UsageError
from pdtool.output.messages import Reporter

if TYPE_CHECKING:
    from pdtool.corpus.scan import Corpus, ReadOptions
    from pdtool.report.analyses import Analyses, Settings
    from pdtool.report.model import Facts, Report

__all__ = ["HELP", "PageLanguage", "ReportFormat", "report"]

HELP = """Show everything about a corpus on one page, or as one workbook.

\b
Examples:
  pdtool report reports/ -o report.html        the page
  pdtool report reports/ -o report.xlsx        all tables as one workbook
  pdtool report reports/ -o r.html --lang zh   the page in Chinese
  pdtool report news.csv --text-column 正文 -o report.html

PATHS are files, folders, patterns in quotes ('**/*.txt'), or - for standard
input: text (.txt .md) or tables with a document a row (.csv .tsv .jsonl).

The page is one file that needs nothing else and never asks the network for
anything: what was read and repaired, who copies whom with the texts side by
side, similarity, keywords, themes, and every table to be saved as CSV.
"""


class ReportFormat(StrEnum):
    """What is written."""

    AUTO = "auto"
    HTML = "html"
    XLSX = "xlsx"


class PageLanguage(StrEnum):
    """The language of the page."""

    AUTO = "auto"
    ZH = "zh"
    EN = "en"


_SUFFIXES = {".html": ReportFormat.HTML, ".htm": ReportFormat.HTML, ".xlsx": ReportFormat.XLSX}


@dataclass(frozen=True, slots=True)
class _Request:
    """What was asked for, resolved."""

    paths: tuple[str, ...]
    read: ReadOptions
    settings: Settings
    dictionary: str | None
    dictionary_problems: tuple[Problem, ...]
    title: str
    format: ReportFormat
    language: PageLanguage
    output: Path | None
    manifest: Path | None


def report(
    paths: shared.Paths,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write to this file (.html, or .xlsx)."),
    ] = None,
    report_format: Annotated[
        ReportFormat,
        typer.Option("--format", "-f", help="auto: by the name after -o, otherwise the page."),
    ] = ReportFormat.AUTO,
    lang: Annotated[
        PageLanguage, typer.Option(help="The language of the page; auto: that of your system.")
    ] = PageLanguage.AUTO,
    title: Annotated[
        str | None, typer.Option(metavar="TEXT", help="What the page is called; the names of the paths.")
    ] = None,
    threshold: Annotated[
        float, typer.Option(metavar="SHARE", help="A pair is related from this containment on, 0 to 1.")
    ] = 0.5,
    min_passage: Annotated[
        int, typer.Option(metavar="CHARS", help="Ignore agreeing passages that are shorter; at least 5.")
    ] = 30,
    top: Annotated[int, typer.Option(metavar="N", help="Keywords of each document.")] = 10,
    dictionary: Annotated[
        str | None,
        typer.Option("--dictionary", "-d", metavar="FILE", help="Your themes (.yaml .csv .tsv .xlsx)."),
    ] = None,
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
    from pdtool.reuse.dedupe import DedupeOptions
    from pdtool.themes.load import load_dictionary

    reporter = shared.reporter_of(quiet, verbose)
    destination = None if output is None or str(output) == "-" else output
    chosen = _format(report_format, destination)
    _check(destination, manifest, top)
    reuse = DedupeOptions(threshold=threshold, min_passage=min_passage, jobs=jobs)
    themes, problems = load_dictionary(dictionary)
    request = _Request(
        paths=tuple(paths),
        read=shared.read_options(encoding, text_column, id_column, title_column),
        settings=_settings(themes, reuse, top, jobs),
        dictionary=dictionary,
        dictionary_problems=tuple(problems),
        title=title or ", ".join(dict.fromkeys(_name(path) for path in paths)),
        format=chosen,
        language=lang,
        output=destination,
        manifest=manifest,
    )
    return _run(request, reporter)


def _name(path: str) -> str:
    return Path(path).name or path


def _format(wanted: ReportFormat, output: Path | None) -> ReportFormat:
    """Decide what is written.

    Raises:
        UsageError: If the name of the file does not tell, or a terminal cannot show it.
    """
    if output is None:
        if sys.stdout is not None and sys.stdout.isatty():
            raise UsageError("a report cannot be shown on a terminal", "-o report.html")
        return ReportFormat.HTML if wanted is ReportFormat.AUTO else wanted
    if wanted is not ReportFormat.AUTO:
        return wanted
    known = _SUFFIXES.get(output.suffix.lower())
    if known is None:
        raise UsageError(
            f"{output}: the name does not say what to write (known: {' '.join(_SUFFIXES)})",
            f"-o {output.with_suffix('.html')}, or add --format html" if output.name else "",
        )
    return known


def _check(output: Path | None, manifest: Path | None, top: int) -> None:
    from pdtool.output.sink import check_writable

    if top < 1:
        raise UsageError(f"cannot list {top} keywords", "use --top 10")
    for path in (output, manifest):
        if path is not None:
            check_writable(path)
    if output is not None and manifest is not None and output.absolute() == manifest.absolute():
        raise UsageError(f"{output}: is named by both -o and --manifest", "give them two names")


def _settings(themes: Any, reuse: Any, top: int, jobs: int) -> Settings:
    from pdtool.keywords.tasks import RankerSettings
    from pdtool.report.analyses import Settings
    from pdtool.segment.stop_words import stop_words
    from pdtool.similarity.compare import CompareOptions
    from pdtool.workers import processors

    return Settings(
        themes,
        RankerSettings.of("phrase", "rjieba", (), stop_words()),
        reuse,
        CompareOptions(jobs=jobs or processors()),
        top,
        jobs,
    )


def _run(request: _Request, reporter: Reporter) -> int:
    from pdtool.corpus.scan import scan
    from pdtool.output.meter import meter
    from pdtool.report.analyses import analyse

    begun = time.perf_counter()
    with scan(request.paths, request.read) as corpus:
        inputs = [
            *(source.path for source in corpus.sources),
            *([request.dictionary] if request.dictionary else []),
        ]
        documents.refuse_overwriting(inputs, (request.output, request.manifest))
        progress = meter(reporter)
        try:
            analyses = analyse(corpus, request.settings, progress)
        finally:
            progress.done()
        reporter.detail(f"{time.perf_counter() - begun:.2f} seconds for the analyses")
        code = _write(request, corpus, analyses, reporter)
    reporter.detail(f"{time.perf_counter() - begun:.2f} seconds")
    return code


def _write(request: _Request, corpus: Corpus, analyses: Analyses, reporter: Reporter) -> int:
    """Write the report, then say what is to be said; the exit code."""
    from pdtool.commands.manifest import manifest, write_manifest
    from pdtool.report.build import ROWS, build

    problems = [*request.dictionary_problems, *analyses.problems]
    if not analyses.sources:
        return documents.report_nothing(problems, reporter)
    described = manifest("report", _decided(request), corpus.sources, problems)
    most = None if request.format is ReportFormat.XLSX else ROWS
    made = build(analyses, _facts(request, described), problems, most)
    _write_report(made, request, reporter)
    if request.manifest is not None:
        write_manifest(request.manifest, described)
    code = documents.finish(problems, reporter)
    reporter.summary(_summary(made))
    return code


def _write_report(made: Report, request: _Request, reporter: Reporter) -> None:
    from pdtool.output.sink import open_output

    if request.format is ReportFormat.XLSX:
        from pdtool.report.sheets import report_workbook

        with open_output(request.output) as out:
            report_workbook(made, out, reporter.warn)
        return
    from pdtool.report.html.page import page
    from pdtool.report.html.words import Language

    language = _language() if request.language is PageLanguage.AUTO else request.language
    text = page(made, Language(language.value))
    with open_output(request.output) as out:
        out.write(text.encode())


def _language() -> PageLanguage:
    """Return the language of the system, where it is one of the two; otherwise English."""
    import locale

    said = next(
        (value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), None
    )
    name = said if said is not None else (locale.getlocale()[0] or "")
    return PageLanguage.ZH if name.lower().startswith(("zh", "chinese")) else PageLanguage.EN


def _facts(request: _Request, described: Mapping[str, Any]) -> Facts:
    from pdtool.report.model import Facts

    shown = {name: value for name, value in _decided(request).items() if value is not None}
    return Facts(request.title, __version__, _date(), shown, described)


def _date() -> str:
    """Return the time, or the one that ``SOURCE_DATE_EPOCH`` (reproducible-builds.org) gives."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    given = epoch.isascii() and epoch.isdigit() and len(epoch) < 12
    moment = datetime.fromtimestamp(int(epoch), tz=UTC) if given else datetime.now(tz=UTC)
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def _decided(request: _Request) -> dict[str, Any]:
    """Return the options that decided the result, as they were in the end."""
    reuse = request.settings.reuse
    return {
        "threshold": reuse.threshold,
        "min_passage": reuse.min_passage,
        "top": request.settings.top,
        "dictionary": request.settings.dictionary.name,
        **asdict(request.read),
    }


def _summary(made: Report) -> str:
    counted: Sequence[str] = (
        documents.counted(len(made.docs), "document"),
        documents.counted(made.characters, "character"),
    )
    return f"{', '.join(counted)}; {documents.counted(made.tables['pairs'].total, 'related pair')}"
