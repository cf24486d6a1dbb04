"""``pdtool themes``: how often each theme of a dictionary occurs in each document."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pdtool.commands import documents
from pdtool.commands import options as shared
from pdtool.errors import Problem, UsageError
from pdtool.output.layout import View
from pdtool.output.messages import Level, Voice
from pdtool.output.target import Format, Target

if TYPE_CHECKING:
    from pdtool.commands.documents import Reading
    from pdtool.corpus.document import Source
    from pdtool.corpus.scan import Corpus, ReadOptions
    from pdtool.rows import Column
    from pdtool.themes.counting import DocumentCounts
    from pdtool.themes.dictionary import Dictionary
    from pdtool.themes.tables import ThemeTables

__all__ = ["HELP", "By", "NestingRule", "Value", "themes"]

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
"""The columns of the wide tables that are no themes."""


@dataclass(frozen=True, slots=True)
class _Request:
    """What was asked for, resolved."""

    paths: tuple[str, ...]
    read: ReadOptions
    dictionary: str | None
    by: By
    group_column: str | None
    nesting: NestingRule
    wide: Value | None
    top_terms: int
    jobs: int
    target: Target
    manifest: Path | None


def themes(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="PATHS", show_default=False, hidden=True)
    ] = None,
    dictionary: Annotated[
        str | None,
        typer.Option("--dictionary", "-d", metavar="FILE", help="Your dictionary (.yaml .csv .tsv .xlsx)."),
    ] = None,
    show_dictionary: Annotated[
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
            help="Of overlapping terms count the longest of each theme, the longest of the whole dictionary, "
            "or all."
        ),
    ] = NestingRule.THEME,
    wide: Annotated[bool, typer.Option("--wide", help="A column a theme instead of a row a theme.")] = False,
    value: Annotated[Value, typer.Option(help="With --wide: what the cells hold.")] = Value.COUNT,
    top_terms: Annotated[
        int, typer.Option(metavar="N", help="Name the N most frequent terms of each theme; 0 names none.")
    ] = 5,
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
    request = _Request(
        paths=tuple(paths or ()),
        # Themes do not ask for the title, so that the column of the groups can be read in its place.
        read=shared.read_options(encoding, text_column, id_column, group_column),
        dictionary=dictionary,
        by=by,
        group_column=group_column,
        nesting=nesting,
        wide=value if wide else None,
        top_terms=top_terms,
        jobs=jobs,
        target=shared.output_target(table_format, output, plain, manifest),
        manifest=manifest,
    )
    voice = shared.voice_of(quiet, verbose)
    if show_dictionary:
        return _show(request, voice)
    _check(request)
    return _run(request, voice)


def _check(request: _Request) -> None:
    if request.group_column is not None and request.by is not By.GROUP:
        raise UsageError("--group-column belongs to --by group", "add --by group")
    if request.wide is not None and request.by is By.TERM:
        raise UsageError("--wide has a column a theme, and --by term a row a term", "leave out one of them")
    if request.top_terms < 0:
        raise UsageError(f"cannot name {request.top_terms} terms", "use --top-terms 5")


def _show(request: _Request, voice: Voice) -> int:
    from pdtool.output.table import write_table
    from pdtool.themes.dictionary import Entry
    from pdtool.themes.load import load_dictionary

    if request.paths:
        raise UsageError("--show-dictionary reads no documents", "leave out the paths")
    dictionary, problems = load_dictionary(request.dictionary)
    documents.refuse_overwriting([request.dictionary or ""], [request.target.path])
    write_table(dictionary.entries, Entry, request.target, note=voice.note, warn=voice.warn)
    for problem in problems:
        voice.problem(problem)
    voice.summary(f"{_size(dictionary)}; -d FILE reads it back")
    return 0


def _run(request: _Request, voice: Voice) -> int:
    from pdtool.corpus.scan import scan
    from pdtool.themes.counting import ThemeCounter
    from pdtool.themes.load import load_dictionary
    from pdtool.themes.matcher import Nesting

    begun = time.perf_counter()
    dictionary, problems = load_dictionary(request.dictionary)
    counter = ThemeCounter.of(dictionary, Nesting(request.nesting.value), request.by is By.SECTION)
    with scan(request.paths, request.read) as corpus:
        inputs = [
            *(source.path for source in corpus.sources),
            *([request.dictionary] if request.dictionary else []),
        ]
        documents.refuse_overwriting(inputs, (request.target.path, request.manifest))
        reading = documents.read_documents(corpus, counter, request.jobs, voice)
        code = _write(request, dictionary, corpus, _told(reading, problems), voice)
    voice.detail(f"{time.perf_counter() - begun:.2f} seconds")
    return code


def _told(reading: Reading[DocumentCounts], problems: Sequence[Problem]) -> Reading[DocumentCounts]:
    """Add what is to be said of the dictionary; a missing column is called by the option that named it."""
    renamed = [
        replace(problem, hint=problem.hint.replace("--title-column", "--group-column"))
        for problem in reading.problems
    ]
    return replace(reading, problems=[*problems, *renamed])


def _write(
    request: _Request, dictionary: Dictionary, corpus: Corpus, reading: Reading[DocumentCounts], voice: Voice
) -> int:
    """Write the table, then say what is to be said; the exit code."""
    from pdtool.output.table import write_table
    from pdtool.themes.tables import ThemeTables

    if not reading.sources:
        return documents.report_nothing(reading.problems, voice)
    docs = [source.id for source in reading.sources]
    tables = ThemeTables(dictionary, docs, reading.results, request.top_terms)
    rows, columns = _table(request, tables, reading)
    write_table(rows, columns, request.target, VIEW, note=voice.note, warn=voice.warn)
    if request.manifest is not None:
        _write_manifest(request.manifest, request, corpus, reading.problems)
    code = documents.finish(reading.problems, voice)
    _tell_unused(tables, voice)
    voice.summary(
        f"{documents.counted(len(docs), 'document')}, {documents.counted(reading.characters, 'character')}; "
        f"{_size(dictionary)}"
    )
    return code


def _table(
    request: _Request, tables: ThemeTables, reading: Reading[DocumentCounts]
) -> tuple[Iterator[Any], type | tuple[Column, ...]]:
    """Return the rows that were asked for, and their columns."""
    from pdtool.rows import columns
    from pdtool.themes.rows import GroupRow, SectionRow, TermRow, ThemeRow
    from pdtool.themes.tables import wide

    if request.by is By.TERM:
        return tables.by_term(), TermRow
    long: dict[By, tuple[Iterator[Any], type]] = {
        By.THEME: (tables.by_theme(), ThemeRow),
        By.SECTION: (tables.by_section(), SectionRow),
        By.GROUP: (tables.by_group(_groups(request, reading)), GroupRow),
    }
    rows, row_type = long[request.by]
    if request.wide is None:
        return rows, row_type
    known = {column.name: column for column in columns(row_type)}
    keys = [known[name] for name in _KEYS[request.by]]
    header, cells = wide(rows, keys, known[request.wide.value], tables.dictionary.themes)
    return iter(cells), header


def _groups(request: _Request, reading: Reading[DocumentCounts]) -> list[str]:
    """Return the group of each document: the value of the column, or the folder."""
    if request.group_column is not None:
        return [counts.group for counts in reading.results]
    return [_folder(source) for source in reading.sources]


def _folder(source: Source) -> str:
    """Return the folder of a document, relative to the one that was named; ``.`` for that one itself."""
    name = Path(source.name).name
    in_table = source.row is not None and f"{name}#" in source.id
    file_id = source.id[: source.id.index(f"{name}#") + len(name)] if in_table else source.id
    return file_id.rpartition("/")[0] or "."


def _tell_unused(tables: ThemeTables, voice: Voice) -> None:
    """Name the terms that occur in no document, once."""
    unused = tables.unused()
    if not unused:
        return
    shown = len(unused) if voice.level is Level.VERBOSE else _NAMED
    names = "; ".join(entry.term for entry in unused[:shown])
    more = f" and {len(unused) - shown:,} more (-v names all)" if len(unused) > shown else ""
    total = len(tables.dictionary.entries)
    voice.note(f"{len(unused):,} of {total:,} terms occur in no document: {names}{more}")


def _write_manifest(path: Path, request: _Request, corpus: Corpus, problems: Sequence[Problem]) -> None:
    from pdtool.commands.manifest import manifest, write_manifest

    decided = {
        "dictionary": request.dictionary,
        "by": request.by.value,
        "group_column": request.group_column,
        "nesting": request.nesting.value,
        "wide": None if request.wide is None else request.wide.value,
        "top_terms": request.top_terms,
        "encoding": request.read.encoding,
        "text_column": request.read.text_column,
        "id_column": request.read.id_column,
    }
    write_manifest(path, manifest("themes", decided, corpus.sources, problems))


def _size(dictionary: Dictionary) -> str:
    themes_counted = documents.counted(len(dictionary.themes), "theme")
    return f"{themes_counted} with {documents.counted(len(dictionary.entries), 'term')}"
