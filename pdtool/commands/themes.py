"""``pdtool themes``: how often each theme of a dictionary occurs in each document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pdtool.commands.option_groups import (
    PATHS_HELP,
    BodyOptions,
    RunOptions,
    TableOptions,
    UntitledInputOptions,
)
from pdtool.commands.session import Reading, open_session, refuse_overwriting
from pdtool.errors import Problem, UsageError
from pdtool.output.layout import View
from pdtool.output.messages import Level, Reporter, counted

if TYPE_CHECKING:
    from pdtool.corpus.source import Source
    from pdtool.output.target import Target
    from pdtool.rows import Column
    from pdtool.terms.dictionary import Dictionary
    from pdtool.themes.counting import DocumentCounts
    from pdtool.themes.tables import ThemeTables

__all__ = ["HELP", "By", "NestingRule", "Value", "themes"]

HELP = f"""Count how often each theme of a dictionary occurs in each document.

\b
Examples:
  pdtool themes reports/                        the built-in dictionary
  pdtool themes reports/ --wide -o themes.xlsx  one column per theme
  pdtool themes reports/ -d mine.yaml           a dictionary of your own
  pdtool themes reports/ --by group             folders compared, as years
  pdtool themes --show-dictionary -o mine.csv   a dictionary to start from

{PATHS_HELP}

A dictionary is YAML (a theme and the list of its terms) or a table with the
columns theme, term and, if you like, weight and note (.csv .tsv .xlsx). In a
term ? is one character of the clause and * any number of them. Terms are
searched for in the repaired text, so Traditional and full-width make no
difference. Title, authors, declared keywords and references are not counted,
the abstract is.
"""

# Without a path, --show-dictionary prints the dictionary; otherwise like the paths of every command.
_Paths = Annotated[list[str] | None, typer.Argument(metavar="PATHS", show_default=False, hidden=True)]

_NAMED = 10
"""Unused terms that are named unless more is asked for."""


class By(StrEnum):
    """What one row of the table is."""

    THEME = "theme"
    TERM = "term"
    SECTION = "section"
    GROUP = "group"


class NestingRule(StrEnum):
    """Which of several terms count that overlap in the text."""

    THEME = "theme"
    DICTIONARY = "dictionary"
    ALL = "all"


class Value(StrEnum):
    """What fills the columns of the wide table."""

    COUNT = "count"
    PER_1000_CHARS = "per_1000_chars"
    WEIGHTED = "weighted"


VIEW = View(
    order=("doc", "group", "heading", "theme", "term", "count", "per_1000_chars", "top_terms"),
    wrapped=frozenset({"top_terms"}),
)
"""What matters most on a narrow terminal."""

_KEYS = {By.THEME: ("doc",), By.SECTION: ("doc", "section", "level", "heading"), By.GROUP: ("group",)}
"""The columns of the wide tables that are not themes."""


def themes(
    *,
    paths: _Paths = None,
    dictionary: Annotated[
        str | None,
        typer.Option("--dictionary", "-d", metavar="FILE", help="Your dictionary (.yaml .csv .tsv .xlsx)."),
    ] = None,
    show: Annotated[
        bool,
        typer.Option("--show-dictionary", help="Print the dictionary as a table instead; edit and use it."),
    ] = False,
    by: Annotated[By, typer.Option(help="What one row is, beside a document.")] = By.THEME,
    group_column: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="With --by group: group rows of tables by this column, not by folder."
        ),
    ] = None,
    nesting: Annotated[
        NestingRule,
        typer.Option(
            help="Of overlapping terms count the longest of each theme, the longest of the whole "
            "dictionary, or all."
        ),
    ] = NestingRule.THEME,
    wide: Annotated[
        bool, typer.Option("--wide", help="One column per theme instead of one row per theme.")
    ] = False,
    value: Annotated[Value, typer.Option(help="With --wide: what the cells hold.")] = Value.COUNT,
    top_terms: Annotated[
        int, typer.Option(metavar="N", help="Name the N most frequent terms of each theme; 0 names none.")
    ] = 5,
    body: BodyOptions,
    table: TableOptions,
    inputs: UntitledInputOptions,
    run: RunOptions,
) -> int:
    """Write how often each theme occurs; return the exit code."""
    from pdtool.terms.load import load_dictionary
    from pdtool.terms.matcher import Nesting
    from pdtool.themes.counting import ThemeCounter
    from pdtool.themes.tables import ThemeTables

    cells = _cells(wide, value)
    target = table.target(run)
    if show:
        return _show_dictionary(dictionary, paths or [], target, run.reporter())
    _check(by, group_column, wide, top_terms)
    entries, dictionary_problems = load_dictionary(dictionary)
    counter = ThemeCounter.of(entries, Nesting(nesting.value), by is By.SECTION, body.with_references)
    options = {
        "dictionary": dictionary,
        "by": by,
        "group_column": group_column,
        "nesting": nesting,
        "wide": cells,
        "top_terms": top_terms,
        **asdict(body),
        **asdict(inputs),
    }
    # Themes do not ask for the title, so that the column of the groups can be read in its place.
    read_options = replace(inputs.read_options(), title_column=group_column)
    with open_session("themes", options, read_options, run, target.path, [dictionary]) as session:
        reading = session.map(session.scan(paths or []), counter)
        problems = [*dictionary_problems, *map(_naming_the_option, reading.problems)]
        session.end_if_empty(reading.sources, problems)
        docs = [source.id for source in reading.sources]
        tables = ThemeTables(entries, docs, reading.results, top_terms)
        rows, columns = _table(by, cells, tables, reading, group_column is not None)
        session.write_table(rows, columns, target, VIEW)
        session.finish(problems)
        _note_unused(tables, session.reporter)
        session.reporter.summary(f"{reading.summary()}; {_size(entries)}")
    return session.exit_code


def _cells(wide: bool, value: Value) -> Value | None:
    """Return what fills the wide table; ``None`` for a long one."""
    if value is not Value.COUNT and not wide:
        raise UsageError("--value says what the cells of the wide table hold", "add --wide")
    return value if wide else None


def _check(by: By, group_column: str | None, wide: bool, top_terms: int) -> None:
    if group_column is not None and by is not By.GROUP:
        raise UsageError("--group-column belongs to --by group", "add --by group")
    if wide and by is By.TERM:
        raise UsageError(
            "--wide has one column per theme, and --by term one row per term", "leave out one of them"
        )
    if top_terms < 0:
        raise UsageError(f"cannot name {top_terms} terms", "use --top-terms 5")


def _show_dictionary(dictionary: str | None, paths: list[str], target: Target, reporter: Reporter) -> int:
    """Write the dictionary as a table; return the exit code."""
    from pdtool.output.table import write_table
    from pdtool.terms.dictionary import Entry
    from pdtool.terms.load import load_dictionary

    if paths:
        raise UsageError("--show-dictionary reads no documents", "leave out the paths")
    loaded, problems = load_dictionary(dictionary)
    refuse_overwriting([dictionary or ""], [] if target.path is None else [target.path])
    write_table(loaded.entries, Entry, target, note=reporter.note, warn=reporter.warn)
    for problem in problems:
        reporter.problem(problem)
    reporter.summary(f"{_size(loaded)}; -d FILE reads it back")
    return 0


def _naming_the_option(problem: Problem) -> Problem:
    """Return a problem whose hint names the option that chose the column: here not the column of titles."""
    return replace(problem, hint=problem.hint.replace("--title-column", "--group-column"))


def _table(
    by: By,
    cells: Value | None,
    tables: ThemeTables,
    reading: Reading[DocumentCounts],
    by_column: bool,
) -> tuple[Iterator[Any], type | tuple[Column, ...]]:
    """Return the rows that were asked for, and their columns."""
    from pdtool.rows import columns
    from pdtool.themes.rows import GroupRow, SectionRow, TermRow, ThemeRow
    from pdtool.themes.tables import wide

    if by is By.TERM:
        return tables.by_term(), TermRow
    long: dict[By, tuple[Iterator[Any], type]] = {
        By.THEME: (tables.by_theme(), ThemeRow),
        By.SECTION: (tables.by_section(), SectionRow),
        By.GROUP: (tables.by_group(_groups(reading, by_column)), GroupRow),
    }
    rows, row_type = long[by]
    if cells is None:
        return rows, row_type
    known = {column.name: column for column in columns(row_type)}
    keys = [known[name] for name in _KEYS[by]]
    header, table = wide(rows, keys, known[cells.value], tables.dictionary.themes)
    return iter(table), header


def _groups(reading: Reading[DocumentCounts], by_column: bool) -> list[str]:
    """Return the group of each document: the value of the column, or the folder."""
    if by_column:
        return [counts.group for counts in reading.results]
    return [_folder(source) for source in reading.sources]


def _folder(source: Source) -> str:
    """Return the folder of a document, relative to the one that was named; ``.`` for that one itself."""
    name = Path(source.name).name
    in_table = source.row is not None and f"{name}#" in source.id
    file_id = source.id[: source.id.index(f"{name}#") + len(name)] if in_table else source.id
    return file_id.rpartition("/")[0] or "."


def _note_unused(tables: ThemeTables, reporter: Reporter) -> None:
    """Name the terms that occur in no document, once."""
    unused = tables.unused()
    if not unused:
        return
    shown = len(unused) if reporter.level is Level.VERBOSE else _NAMED
    names = "; ".join(entry.term for entry in unused[:shown])
    more = f" and {len(unused) - shown:,} more (-v names all)" if len(unused) > shown else ""
    total = len(tables.dictionary.entries)
    reporter.note(f"{len(unused):,} of {total:,} terms occur in no document: {names}{more}")


def _size(dictionary: Dictionary) -> str:
    return f"{counted(len(dictionary.themes), 'theme')} with {counted(len(dictionary.entries), 'term')}"
