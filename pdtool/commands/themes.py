"""``pdtool themes``: how often each theme of a dictionary occurs in each document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pdtool.commands.copies import CopyOptions
from pdtool.commands.option_groups import (
    PATHS_HELP,
    BodyOptions,
    GroupOptions,
    RunOptions,
    TableOptions,
    UntitledInputOptions,
)
from pdtool.commands.session import open_session, refuse_overwriting
from pdtool.commands.term_options import TermOptions
from pdtool.commands.theme_judging import write_agreement, write_suggestions
from pdtool.commands.word_options import WordOptions
from pdtool.errors import UsageError
from pdtool.interface.theme_judging import read_codes
from pdtool.interface.theme_tables import FOLDER, By, count_themes, theme_rows
from pdtool.language import _, counted, joined, listed
from pdtool.output.layout import View
from pdtool.output.messages import Level, Reporter
from pdtool.workers import started_early

if TYPE_CHECKING:
    from pdtool.output.target import Target
    from pdtool.rows import Column
    from pdtool.terms.dictionary import Dictionary
    from pdtool.themes.tables import ThemeTables

__all__ = ["HELP", "By", "Value", "themes"]

HELP = f"""Count how often each theme of a dictionary occurs in each document.

\b
Examples:
  pdtool themes reports/                        the built-in dictionary
  pdtool themes reports/ --wide -o themes.xlsx  one column per theme
  pdtool themes reports/ -d mine.yaml           a dictionary of your own
  pdtool themes reports/ --group-by year        years compared
  pdtool themes news.csv --group-by 省份,year --balance -o panel.dta
                                                a panel for Stata
  pdtool themes --show-dictionary -o mine.csv   a dictionary to start from
  pdtool themes reports/ -d mine.csv --suggest 20
                                                terms you may have forgotten
  pdtool themes reports/ -d mine.csv --agreement codes.csv
                                                held against hand codes

{PATHS_HELP}

A dictionary is YAML (a theme and the list of its terms) or a table with the
columns theme, term and, if you like, weight and note (.csv .tsv .xlsx). In a
term ? is one character of the clause and * any number of them; a rule such as
数字 AND (政府 OR 政务) NOT 游戏 counts the sentences in which it holds. Terms
are searched for in the repaired text, so Traditional and full-width make no
difference. Title, authors, declared keywords and references are not counted,
the abstract is. pdtool kwic shows what was counted in its context.
"""

# Without a path, --show-dictionary prints the dictionary; otherwise like the paths of every command.
_Paths = Annotated[list[str] | None, typer.Argument(metavar="PATHS", show_default=False, hidden=True)]

_NAMED = 10
"""Unused terms that are named unless more is asked for."""


class Value(StrEnum):
    """What fills the columns of the wide table."""

    COUNT = "count"
    PER_1000_CHARS = "per_1000_chars"
    WEIGHTED = "weighted"


VIEW = View(
    order=("doc", "heading", "theme", "term", "count", "per_1000_chars", "top_terms"),
    wrapped=frozenset({"top_terms"}),
)
"""What matters most on a narrow terminal."""

_KEYS = {By.THEME: ("doc",), By.SECTION: ("doc", "section", "level", "heading")}
"""The columns of the wide tables that are not themes; by group they are the group columns."""


@dataclass(frozen=True, slots=True)
class _Shape:
    """Which table is written.

    Args:
        by: What one row is.
        cells: What fills the wide table; ``None`` for a long one.
        fields: What documents are grouped by; nothing unless a row is a group.
        balanced: Whether groups without documents are filled up.
        with_log: Whether ln(1 + count) is told.
    """

    by: By
    cells: Value | None
    fields: tuple[str, ...]
    balanced: bool
    with_log: bool


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
    group: GroupOptions,
    balance: Annotated[
        bool,
        typer.Option(
            "--balance", help="With --group-by: fill up with zeros what no document is in, as 2021 × 江苏."
        ),
    ] = False,
    log: Annotated[
        bool, typer.Option("--log", help="With --group-by: add the column ln_count, ln(1 + count).")
    ] = False,
    copies: CopyOptions,
    wide: Annotated[
        bool, typer.Option("--wide", help="One column per theme instead of one row per theme.")
    ] = False,
    value: Annotated[Value, typer.Option(help="With --wide: what the cells hold.")] = Value.COUNT,
    top_terms: Annotated[
        int, typer.Option(metavar="N", help="Name the N most frequent terms of each theme; 0 names none.")
    ] = 5,
    suggest: Annotated[
        int,
        typer.Option(
            metavar="N",
            help="Instead propose up to N terms like each theme's own, for you to judge.",
            show_default=False,
        ),
    ] = 0,
    agreement: Annotated[
        str | None,
        typer.Option(
            metavar="FILE", help="Instead compare with hand codes (doc,theme,code): kappa, alpha, recall …"
        ),
    ] = None,
    words: WordOptions,
    search: TermOptions,
    body: BodyOptions,
    table: TableOptions,
    inputs: UntitledInputOptions,
    run: RunOptions,
) -> int:
    """Write how often each theme occurs; return the exit code."""
    shape = _shape(by, _cells(wide, value), group.fields(), balance, log)
    target = table.target(run)
    if show:
        return _show_dictionary(dictionary, paths or [], target, run.reporter())
    if suggest < 0 or (suggest and agreement is not None):
        raise UsageError(_("--suggest and --agreement are tables of their own"), _("leave out one of them"))
    if top_terms < 0:
        raise UsageError(_("cannot name {top_terms} terms", top_terms=top_terms), _("use --top-terms 5"))
    options = {
        "dictionary": dictionary,
        "by": shape.by,
        "group_by": list(shape.fields),
        "balance": balance,
        "log": log,
        "wide": shape.cells,
        "top_terms": top_terms,
        "suggest": suggest,
        "agreement": agreement,
        **words.described(),
        **search.described(),
        **asdict(copies),
        **asdict(body),
        **asdict(inputs),
    }
    files = [dictionary, search.synonyms, agreement, *words.files]
    read_options = group.reading(inputs.read_options())
    with started_early(run.jobs, paths or [], "pdtool.themes.counting") as early:
        from pdtool.terms.load import load_dictionary
        from pdtool.themes.counting import ThemeCounter

        loaded = load_dictionary(dictionary)
        entries = loaded[0]
        hand = None if agreement is None else read_codes(agreement, entries)
        nesting, within = search.rules()
        counter = ThemeCounter.of(
            entries, nesting, by is By.SECTION, body.with_references, shape.fields, within, search.load()
        )
        with open_session("themes", options, read_options, run, target.path, files, early) as session:
            corpus = session.scan(paths or [])
            group.check(corpus)
            if suggest:
                write_suggestions(session, corpus, loaded, counter, words, suggest, target)
                return session.exit_code
            found = count_themes(session, corpus, counter, loaded, copies.copies, top_terms)
            if hand is not None:
                write_agreement(session, found, hand, target)
                return session.exit_code
            rows, columns = _table(shape, found.tables)
            session.write_table(rows, columns, target, _view(shape.fields))
            session.finish(found.problems)
            session.note_without_value(shape.fields, found.groups)
            _note_unused(found.tables, session.reporter)
            session.reporter.summary(joined([found.reading.summary(), _size(entries)]))
    return session.exit_code


def _cells(wide: bool, value: Value) -> Value | None:
    """Return what fills the wide table; ``None`` for a long one."""
    if value is not Value.COUNT and not wide:
        raise UsageError(_("--value says what the cells of the wide table hold"), _("add --wide"))
    return value if wide else None


def _shape(by: By, cells: Value | None, fields: tuple[str, ...], balance: bool, log: bool) -> _Shape:
    """Return which table is written.

    Raises:
        UsageError: If options contradict each other.
    """
    if cells is not None and by is By.TERM:
        raise UsageError(
            _("--wide has one column per theme, and --by term one row per term"), _("leave out one of them")
        )
    if fields and by not in {By.THEME, By.GROUP}:
        raise UsageError(
            _("--group-by has one row per group and theme, and --by {by} another", by=by),
            _("leave out one of them"),
        )
    if by is By.GROUP or fields:
        if log and cells is not None:
            raise UsageError(_("--log adds a column to the long table"), _("leave out --wide or --log"))
        return _Shape(By.GROUP, cells, fields or FOLDER, balance, log)
    if balance or log:
        option = "--balance" if balance else "--log"
        raise UsageError(_("{option} belongs to --group-by", option=option), _("add --group-by year"))
    return _Shape(by, cells, (), balanced=False, with_log=False)


def _show_dictionary(dictionary: str | None, paths: list[str], target: Target, reporter: Reporter) -> int:
    """Write the dictionary as a table; return the exit code."""
    from pdtool.output.table import write_table
    from pdtool.terms.dictionary import Entry
    from pdtool.terms.load import load_dictionary

    if paths:
        raise UsageError(_("--show-dictionary reads no documents"), _("leave out the paths"))
    loaded, problems = load_dictionary(dictionary)
    refuse_overwriting([dictionary or ""], [] if target.path is None else [target.path])
    write_table(loaded.entries, Entry, target, note=reporter.note, warn=reporter.warn)
    for problem in problems:
        reporter.problem(problem)
    reporter.summary(_("{size}; -d FILE reads it back", size=_size(loaded)))
    return 0


def _table(shape: _Shape, tables: ThemeTables) -> tuple[Iterator[Any], tuple[Column, ...]]:
    """Return the rows that were asked for, and their columns."""
    from pdtool.themes.tables import wide

    rows, header = theme_rows(
        tables, shape.by, shape.fields, balanced=shape.balanced, with_log=shape.with_log
    )
    if shape.cells is None:
        return rows, header
    known = {column.name: column for column in header}
    keys = [known[name] for name in shape.fields or _KEYS[shape.by]]
    header, table = wide(rows, keys, known[shape.cells.value], tables.dictionary.themes)
    return iter(table), header


def _view(fields: tuple[str, ...]) -> View:
    """Return what matters most on a narrow terminal: first of all the groups."""
    return replace(VIEW, order=(*fields, *VIEW.order))


def _note_unused(tables: ThemeTables, reporter: Reporter) -> None:
    """Name the terms that occur in no document, once."""
    unused = tables.unused()
    if not unused:
        return
    shown = len(unused) if reporter.level is Level.VERBOSE else _NAMED
    names = listed(entry.term for entry in unused[:shown])
    more = _(" and {n:,} more (-v names all)", n=len(unused) - shown) if len(unused) > shown else ""
    total = len(tables.dictionary.entries)
    reporter.note(
        _(
            "{n:,} of {total:,} terms occur in no document: {names}{more}",
            n=len(unused),
            total=total,
            names=names,
            more=more,
        )
    )


def _size(dictionary: Dictionary) -> str:
    return _(
        "{themes} with {terms}",
        themes=counted(len(dictionary.themes), "theme"),
        terms=counted(len(dictionary.entries), "term"),
    )
