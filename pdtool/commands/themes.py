"""``pdtool themes``: how often each theme of a dictionary occurs in each document."""

from __future__ import annotations

from typing import Annotated

import typer

from pdtool.commands import option_groups as shared
from pdtool.commands.themes_run import By, NestingRule, Request, Value, run, show_dictionary
from pdtool.errors import UsageError
from pdtool.output.target import Format

__all__ = ["HELP", "themes"]

HELP = """Count how often each theme of a dictionary occurs in each document.

\b
Examples:
  pdtool themes reports/                        the built-in dictionary
  pdtool themes reports/ --wide -o themes.xlsx  a column a theme, for Excel
  pdtool themes reports/ -d mine.yaml           a dictionary of your own
  pdtool themes reports/ --by group             folders compared, as years
  pdtool themes --show-dictionary -o mine.csv   a dictionary to start from

PATHS are files, folders, patterns in quotes ('**/*.txt'), or - for standard
input: texts (.txt .md .docx .pdf .html .mht), tables with a document a row
(.csv .tsv .jsonl .xlsx .ods .parquet), and .zip archives of these.

A dictionary is YAML (a theme and the list of its terms) or a table with the
columns theme, term and, if you like, weight and note (.csv .tsv .xlsx). In a
term ? is one character of the clause and * any number of them. Terms are
searched for in the repaired text, so Traditional and full-width make no
difference. Title, authors and declared keywords are not counted, the abstract
is.
"""

# Without a path, --show-dictionary prints the dictionary; otherwise like the paths of every command.
_Paths = Annotated[list[str] | None, typer.Argument(metavar="PATHS", show_default=False, hidden=True)]
_Dictionary = Annotated[
    str | None,
    typer.Option("--dictionary", "-d", metavar="FILE", help="Your dictionary (.yaml .csv .tsv .xlsx)."),
]
_Show = Annotated[
    bool, typer.Option("--show-dictionary", help="Print the dictionary as a table instead; edit and use it.")
]
_By = Annotated[By, typer.Option(help="What one row is, beside a document.")]
_GroupColumn = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="With --by group: group rows of tables by this column, not by folder."),
]
_Nesting = Annotated[
    NestingRule,
    typer.Option(
        help="Of overlapping terms count the longest of each theme, the longest of the whole dictionary, "
        "or all."
    ),
]
_Wide = Annotated[bool, typer.Option("--wide", help="A column a theme instead of a row a theme.")]
_Value = Annotated[Value, typer.Option(help="With --wide: what the cells hold.")]
_TopTerms = Annotated[
    int, typer.Option(metavar="N", help="Name the N most frequent terms of each theme; 0 names none.")
]


def themes(
    paths: _Paths = None,
    dictionary: _Dictionary = None,
    show: _Show = False,
    by: _By = By.THEME,
    group_column: _GroupColumn = None,
    nesting: _Nesting = NestingRule.THEME,
    wide: _Wide = False,
    value: _Value = Value.COUNT,
    top_terms: _TopTerms = 5,
    table_format: shared.FormatOption = Format.AUTO,
    output: shared.Output = None,
    plain: shared.Plain = False,
    encoding: shared.Encoding = None,
    text_column: shared.TextColumn = None,
    id_column: shared.IdColumn = None,
    jobs: shared.Jobs = 0,
    config: shared.Config = None,  # noqa: ARG001 (its callback applies it before the others are read)
    manifest: shared.Manifest = None,
    quiet: shared.Quiet = False,
    verbose: shared.Verbose = False,
) -> int:
    """Resolve the options and run; the exit code."""
    request = Request(
        paths=tuple(paths or ()),
        # Themes do not ask for the title, so that the column of the groups can be read in its place.
        read=shared.read_options(encoding, text_column, id_column, group_column),
        dictionary=dictionary,
        by=by,
        group_column=group_column,
        nesting=nesting,
        wide=_cells(wide, value),
        top_terms=top_terms,
        jobs=jobs,
        target=shared.output_target(table_format, output, plain, manifest),
        manifest=manifest,
    )
    reporter = shared.reporter_of(quiet, verbose)
    if show:
        return show_dictionary(request, reporter)
    _check(request)
    return run(request, reporter)


def _cells(wide: bool, value: Value) -> Value | None:
    """Return what fills the wide table; ``None`` for a long one."""
    if value is not Value.COUNT and not wide:
        raise UsageError("--value says what the cells of the wide table hold", "add --wide")
    return value if wide else None


def _check(request: Request) -> None:
    if request.group_column is not None and request.by is not By.GROUP:
        raise UsageError("--group-column belongs to --by group", "add --by group")
    if request.wide is not None and request.by is By.TERM:
        raise UsageError("--wide has a column a theme, and --by term a row a term", "leave out one of them")
    if request.top_terms < 0:
        raise UsageError(f"cannot name {request.top_terms} terms", "use --top-terms 5")
