"""``pdtool report``: everything about a corpus, on one page."""

from __future__ import annotations

import sys
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pdtool import __version__
from pdtool.commands.option_groups import PATHS_HELP, InputOptions, Paths, RunOptions, check_manifest
from pdtool.commands.session import Session, open_session
from pdtool.commands.term_options import SynonymOptions
from pdtool.commands.word_options import WordOptions
from pdtool.errors import UsageError
from pdtool.interface.whole_report import (
    check_report,
    report_date,
    report_settings,
    shown_settings,
)
from pdtool.language import _, counted, joined, listed, spoken

if TYPE_CHECKING:
    from pdtool.report.model import Report

__all__ = ["HELP", "ReportFormat", "report"]

HELP = f"""Show everything about a corpus on one page, or as one workbook.

\b
Examples:
  pdtool report reports/ -o report.html        the page
  pdtool report reports/ -o report.xlsx        all tables as one workbook
  pdtool report reports/ -o r.html --lang zh   the page in Chinese
  pdtool report reports/ -o r.html --topics 8  eight topics besides
  pdtool report news.csv --text-column 正文 -o report.html

{PATHS_HELP}

The page is one file that needs nothing else and never asks the network for
anything: what was read and repaired, who copies whom with the texts side by
side, similarity, keywords, themes, and every table to be saved as CSV.
"""


class ReportFormat(StrEnum):
    """What is written."""

    AUTO = "auto"
    HTML = "html"
    XLSX = "xlsx"


_SUFFIXES = {".html": ReportFormat.HTML, ".htm": ReportFormat.HTML, ".xlsx": ReportFormat.XLSX}


def report(
    *,
    paths: Paths,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write to this file (.html, or .xlsx)."),
    ] = None,
    report_format: Annotated[
        ReportFormat,
        typer.Option("--format", "-f", help="auto: by the name after -o, otherwise the page."),
    ] = ReportFormat.AUTO,
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
    topics: Annotated[
        int | None,
        typer.Option(metavar="K", help="Find this many topics too, as pdtool topics does."),
    ] = None,
    words: WordOptions,
    synonyms: SynonymOptions,
    inputs: InputOptions,
    run: RunOptions,
) -> int:
    """Write the report; return the exit code."""
    from pdtool.report.analyses import analyse
    from pdtool.report.build import ROWS, build
    from pdtool.report.model import Facts
    from pdtool.reuse.options import DedupeOptions
    from pdtool.terms.load import load_dictionary

    destination = None if output is None or str(output) == "-" else output
    chosen = _format(report_format, destination)
    check_report(top, topics)
    _check(destination, run.manifest)
    reuse = DedupeOptions(threshold=threshold, min_passage=min_passage, jobs=run.jobs)
    themes, dictionary_problems = load_dictionary(dictionary)
    options = {
        "threshold": threshold,
        "min_passage": min_passage,
        "top": top,
        "dictionary": themes.name,
        "topics": topics,
        **words.described(),
        "synonyms": None if synonyms.synonyms is None else str(synonyms.synonyms),
        **asdict(inputs),
    }
    told = words.load(run.reporter())
    settings = report_settings(themes, reuse, top, run.jobs, told, synonyms.load(), topics)
    files = [dictionary, *words.files, synonyms.synonyms]
    with open_session("report", options, inputs.read_options(), run, destination, files) as session:
        corpus = session.scan(paths)
        session.keep_if_small(corpus)
        with session.progress() as progress:
            analyses = analyse(corpus, settings, progress)
        problems = [*dictionary_problems, *analyses.problems]
        session.end_if_empty(analyses.sources, problems)
        described = session.describe(problems)
        name = title or listed(dict.fromkeys(Path(path).name or path for path in paths))
        shown = shown_settings(options)
        most = None if chosen is ReportFormat.XLSX else ROWS
        made = build(analyses, Facts(name, __version__, report_date(), shown, described), problems, most)
        _write(session, made, chosen, destination)
        session.wrote(destination)
        session.finish(problems, described)
        session.reporter.summary(_summary(made))
    return session.exit_code


def _format(wanted: ReportFormat, output: Path | None) -> ReportFormat:
    """Decide what is written.

    Raises:
        UsageError: If the name of the file does not say it, or a terminal cannot show it.
    """
    if output is None:
        if sys.stdout is not None and sys.stdout.isatty():
            raise UsageError(_("a report cannot be shown on a terminal"), _("-o report.html"))
        return ReportFormat.HTML if wanted is ReportFormat.AUTO else wanted
    if wanted is not ReportFormat.AUTO:
        return wanted
    known = _SUFFIXES.get(output.suffix.lower())
    if known is None:
        raise UsageError(
            _(
                "{output}: the name does not say what to write (known: {names})",
                output=output,
                names=" ".join(_SUFFIXES),
            ),
            _("-o {file}, or add --format html", file=output.with_suffix(".html")) if output.name else "",
        )
    return known


def _check(output: Path | None, manifest: Path | None) -> None:
    from pdtool.output.sink import check_writable

    if output is not None:
        check_writable(output)
    check_manifest(manifest, output)


def _write(session: Session, made: Report, chosen: ReportFormat, output: Path | None) -> None:
    from pdtool.output.sink import open_output

    if chosen is ReportFormat.XLSX:
        from pdtool.report.sheets import report_workbook

        with open_output(output) as out:
            report_workbook(made, out, session.reporter.warn)
        return
    from pdtool.report.html.page import page

    text = page(made, spoken())
    with open_output(output) as out:
        out.write(text.encode())


def _summary(made: Report) -> str:
    read = _(
        "{documents}, {characters}",
        documents=counted(len(made.docs), "document"),
        characters=counted(made.characters, "character"),
    )
    return joined([read, counted(made.tables["pairs"].total, "related pair")])
