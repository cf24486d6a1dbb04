"""What ``pdtool themes`` does once its options mean something: read, count, write."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pdtool.commands import documents
from pdtool.errors import Problem, UsageError
from pdtool.output.layout import View
from pdtool.output.messages import Level, Reporter
from pdtool.output.target import Target

if TYPE_CHECKING:
    from pdtool.commands.documents import Reading
    from pdtool.corpus.scan import Corpus, ReadOptions
    from pdtool.corpus.source import Source
    from pdtool.rows import Column
    from pdtool.themes.counting import DocumentCounts
    from pdtool.themes.dictionary import Dictionary
    from pdtool.themes.tables import ThemeTables

__all__ = ["By", "NestingRule", "Request", "Value", "run", "show_dictionary"]

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
class Request:
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


def show_dictionary(request: Request, reporter: Reporter) -> int:
    """Write the dictionary as a table; the exit code."""
    from pdtool.output.table import write_table
    from pdtool.themes.dictionary import Entry
    from pdtool.themes.load import load_dictionary

    if request.paths:
        raise UsageError("--show-dictionary reads no documents", "leave out the paths")
    dictionary, problems = load_dictionary(request.dictionary)
    documents.refuse_overwriting([request.dictionary or ""], [request.target.path])
    write_table(dictionary.entries, Entry, request.target, note=reporter.note, warn=reporter.warn)
    for problem in problems:
        reporter.problem(problem)
    reporter.summary(f"{_size(dictionary)}; -d FILE reads it back")
    return 0


def run(request: Request, reporter: Reporter) -> int:
    """Do what was asked for; the exit code."""
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
        reading = documents.read_documents(corpus, counter, request.jobs, reporter)
        code = _write(request, dictionary, corpus, _told(reading, problems), reporter)
    reporter.detail(f"{time.perf_counter() - begun:.2f} seconds")
    return code


def _told(reading: Reading[DocumentCounts], problems: Sequence[Problem]) -> Reading[DocumentCounts]:
    """Add what is to be said of the dictionary; a missing column is called by the option that named it."""
    renamed = [
        replace(problem, hint=problem.hint.replace("--title-column", "--group-column"))
        for problem in reading.problems
    ]
    return replace(reading, problems=[*problems, *renamed])


def _write(
    request: Request,
    dictionary: Dictionary,
    corpus: Corpus,
    reading: Reading[DocumentCounts],
    reporter: Reporter,
) -> int:
    """Write the table, then say what is to be said; the exit code."""
    from pdtool.output.table import write_table
    from pdtool.themes.tables import ThemeTables

    if not reading.sources:
        return documents.report_nothing(reading.problems, reporter)
    docs = [source.id for source in reading.sources]
    tables = ThemeTables(dictionary, docs, reading.results, request.top_terms)
    rows, columns = _table(request, tables, reading)
    write_table(rows, columns, request.target, VIEW, note=reporter.note, warn=reporter.warn)
    if request.manifest is not None:
        _write_manifest(request.manifest, request, corpus, reading.problems)
    code = documents.finish(reading.problems, reporter)
    _tell_unused(tables, reporter)
    reporter.summary(
        f"{documents.counted(len(docs), 'document')}, {documents.counted(reading.characters, 'character')}; "
        f"{_size(dictionary)}"
    )
    return code


def _table(
    request: Request, tables: ThemeTables, reading: Reading[DocumentCounts]
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


def _groups(request: Request, reading: Reading[DocumentCounts]) -> list[str]:
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


def _tell_unused(tables: ThemeTables, reporter: Reporter) -> None:
    """Name the terms that occur in no document, once."""
    unused = tables.unused()
    if not unused:
        return
    shown = len(unused) if reporter.level is Level.VERBOSE else _NAMED
    names = "; ".join(entry.term for entry in unused[:shown])
    more = f" and {len(unused) - shown:,} more (-v names all)" if len(unused) > shown else ""
    total = len(tables.dictionary.entries)
    reporter.note(f"{len(unused):,} of {total:,} terms occur in no document: {names}{more}")


def _write_manifest(path: Path, request: Request, corpus: Corpus, problems: Sequence[Problem]) -> None:
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
