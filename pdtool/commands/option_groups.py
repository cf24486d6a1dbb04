"""The options every command shares: declared once, resolved once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pdtool.commands.config import read_config
from pdtool.errors import UsageError
from pdtool.output.messages import Level, Reporter
from pdtool.output.target import Format, Target, choose_target

if TYPE_CHECKING:
    from pdtool.corpus.scan import ReadOptions

__all__ = [
    "Config",
    "Encoding",
    "FormatOption",
    "IdColumn",
    "Jobs",
    "Manifest",
    "Output",
    "Paths",
    "Plain",
    "Quiet",
    "TextColumn",
    "TitleColumn",
    "Verbose",
    "output_target",
    "read_options",
    "reporter_of",
]


def _apply_config(ctx: typer.Context, path: Path | None) -> Path | None:
    """Make what the configuration says the defaults of the command: what is typed wins over it."""
    if path is not None and not ctx.resilient_parsing:
        ctx.default_map = {**(ctx.default_map or {}), **read_config(path, ctx.command)}
    return path


Paths = Annotated[
    list[str],
    typer.Argument(metavar="PATHS", show_default=False, hidden=True),
]
Encoding = Annotated[
    str | None,
    typer.Option(
        metavar="NAME", help="Read all files as this (utf-8, gb18030, big5, …); found out if not given."
    ),
]
TextColumn = Annotated[
    str | None, typer.Option(metavar="NAME", help="Tables: the column with the text of a document.")
]
IdColumn = Annotated[str | None, typer.Option(metavar="NAME", help="Tables: the column with its id.")]
TitleColumn = Annotated[str | None, typer.Option(metavar="NAME", help="Tables: the column with its title.")]
FormatOption = Annotated[
    Format,
    typer.Option(
        "--format", "-f", help="auto: a table on a terminal, CSV in a pipe, or by the name after -o."
    ),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write to this file instead (.csv .tsv .jsonl .md .xlsx .txt).",
    ),
]
Plain = Annotated[
    bool,
    typer.Option(
        "--plain",
        help="CSV and TSV for programs: no byte order mark, no ' before text that looks like a formula. "
        "PDTOOL_CSV=plain does the same.",
    ),
]
Jobs = Annotated[
    int, typer.Option(metavar="N", help="Worker processes; 0: one a processor. Never changes the result.")
]
Config = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        is_eager=True,
        callback=_apply_config,
        help="Take options from a pdtool.toml, or [tool.pdtool] of a pyproject.toml.",
    ),
]
Manifest = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Write as JSON what decided the result: options, inputs, versions."),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Say more: settings and times.")]


def read_options(
    encoding: str | None, text_column: str | None, id_column: str | None, title_column: str | None
) -> ReadOptions:
    """Return how inputs are to be read."""
    from pdtool.corpus.scan import ReadOptions

    return ReadOptions(
        encoding=encoding, text_column=text_column, id_column=id_column, title_column=title_column
    )


def reporter_of(quiet: bool, verbose: bool) -> Reporter:
    """Return how much is said.

    Raises:
        UsageError: If both less and more were asked for.
    """
    if quiet and verbose:
        raise UsageError("--quiet and --verbose contradict each other", "leave one of them out")
    return Reporter(Level.QUIET if quiet else Level.VERBOSE if verbose else Level.NORMAL)


def output_target(table_format: Format, output: Path | None, plain: bool, manifest: Path | None) -> Target:
    """Return where the table goes; complain now about what could not be written after the work.

    Raises:
        UsageError: If the format cannot be told or shown.
        OutputError: If a file cannot be written.
    """
    from pdtool.output.sink import check_writable

    if manifest is not None:
        check_writable(manifest)
        if output is not None and output.absolute() == manifest.absolute():
            raise UsageError(f"{output}: is named by both -o and --manifest", "give them two names")
    return choose_target(table_format, output, plain)
