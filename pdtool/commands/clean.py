"""``pdtool clean``: the text of documents, repaired."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pdtool.commands.option_groups import PATHS_HELP, InputOptions, Paths, Plain, RunOptions, output_target
from pdtool.commands.session import open_session
from pdtool.errors import UsageError
from pdtool.language import _, counted, joined
from pdtool.normalise.options import NormaliseOptions, TargetScript
from pdtool.output.escaping import visible
from pdtool.output.layout import View
from pdtool.output.target import Format, Target

if TYPE_CHECKING:
    from pdtool.commands.session import Reading
    from pdtool.inspection.export import Exported

__all__ = ["HELP", "FrontMatterForm", "clean"]

HELP = f"""Repair the text of documents, and say what was changed.

\b
Examples:
  pdtool clean report.txt                        one document, shown
  pdtool clean reports/ -o clean/                one file per document
  pdtool clean reports/ -o clean/ --edits e.csv  with a log of all changes
  pdtool clean report.txt --script keep          Traditional stays so
  pdtool clean mixed.txt --drop-splices          without other articles
  pdtool clean reports/ -o clean/ --front-matter yaml
                                                 title, issuer, date above

{PATHS_HELP}

Taken out: pinyin behind characters, page numbers, furniture of web sites,
blank space inside sentences. Full-width letters and digits become ASCII,
Traditional becomes Simplified. Documents themselves are never changed.
Passages of another article printed into a sentence stay unless
--drop-splices is given: pdtool inspect --by splice shows them first.

A document is written as UTF-8 to DIR under its id, with .txt appended unless
it ends so. Start and end in the log count characters of the document as it
was read; putting the text of each row into its place gives the clean text.
Front matter (---) stands above that text; pdtool reads it back as what is
known about the document, and never counts it as text.
"""

_DOCUMENT_SUFFIXES = frozenset({".txt", ".md", ".csv", ".tsv", ".jsonl", ".xlsx", ".docx", ".pdf", ".html"})
"""Suffixes of files: a folder is hardly ever called so."""


class FrontMatterForm(StrEnum):
    """How what is known about a document is written above its text."""

    NONE = "none"
    YAML = "yaml"


EDITS_VIEW = View(order=("before", "after", "kind", "doc", "start", "end", "confidence"))
"""What matters most on a narrow terminal."""


def clean(
    *,
    paths: Paths,
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
    front_matter: Annotated[
        FrontMatterForm,
        typer.Option(help="Write what is known above each text: title, issuer, number, date …"),
    ] = FrontMatterForm.NONE,
    force: Annotated[
        bool, typer.Option("--force", help="Replace files that exist; never one of the documents read.")
    ] = False,
    plain: Plain = False,
    inputs: InputOptions,
    run: RunOptions,
) -> int:
    """Write the repaired text of each document; return the exit code."""
    from pdtool.inspection.export import Exporter, refuse_conflicts
    from pdtool.inspection.rows import EditRow

    repair = NormaliseOptions(script, vocabulary, drop_splices)
    folder = _folder(output)
    log = _log_target(edits, plain, run.manifest, folder)
    log_path = None if log is None else log.path
    options = {**asdict(repair), "front_matter": front_matter, **asdict(inputs)}
    with open_session("clean", options, inputs.read_options(), run, log_path) as session:
        corpus = session.scan(paths)
        if folder is None and len(corpus.sources) > 1:
            raise UsageError(
                _("{n:,} documents cannot go to standard output one after another", n=len(corpus.sources)),
                _("-o DIR, which makes a file of each"),
            )
        described = front_matter is FrontMatterForm.YAML
        exporter = Exporter.to(folder, corpus.sources, log is not None, described)
        refuse_conflicts(exporter, corpus.sources, force)
        reading = session.read(corpus, exporter, repair)
        if folder is None:
            _print(reading.results[0].text)
        if log is not None:
            rows = chain.from_iterable(exported.log for exported in reading.results)
            session.write_table(rows, EditRow, log, EDITS_VIEW)
        session.finish(reading.problems)
        if drop_splices:
            session.reporter.note(_left_out(reading.results))
        session.reporter.summary(_summary(reading, folder))
    return session.exit_code


def _folder(output: Path | None) -> Path | None:
    """Return the folder to write to; a name that looks like a file's is a slip."""
    if output is None or str(output) == "-":
        return None
    if output.suffix.lower() in _DOCUMENT_SUFFIXES and not output.is_dir():
        raise UsageError(
            _("{output}: -o names a folder, and this looks like a file", output=output),
            _(
                "-o {folder}",
                folder=output.with_suffix(""),
            ),
        )
    return output


def _log_target(edits: Path | None, plain: bool, manifest: Path | None, folder: Path | None) -> Target | None:
    """Return where the log of changes goes; ``None`` if none is wanted."""
    target = output_target(Format.AUTO, edits, plain, manifest)
    if edits is None:
        return None
    if target.path is None and folder is None:
        raise UsageError(
            _("the text and the log cannot both go to standard output"), _("--edits edits.csv, or -o DIR")
        )
    return target


def _print(text: bytes) -> None:
    """Print a document: its very bytes, or on a terminal without what a terminal would obey."""
    from pdtool.output.sink import open_standard_output

    with open_standard_output() as out:
        if sys.stdout.isatty():
            lines = text.decode().split("\n")
            text = "\n".join(visible(line.expandtabs()) for line in lines).encode()
        out.write(text)


def _left_out(results: Sequence[Exported]) -> str:
    """Say what text is missing from the result: unlike furniture, it was somebody's prose."""
    characters = sum(exported.spliced for exported in results)
    spans = counted(sum(exported.splices for exported in results), "span")
    holding = counted(sum(exported.splices > 0 for exported in results), "document")
    return _(
        "splices left out: {characters} of {spans} in {documents}",
        characters=counted(characters, "character"),
        spans=spans,
        documents=holding,
    )


def _summary(reading: Reading[Exported], folder: Path | None) -> str:
    repairs = counted(sum(exported.repairs for exported in reading.results), "repair")
    written = "" if folder is None else _("written to {folder}", folder=folder)
    return joined([reading.summary(), repairs, written])
