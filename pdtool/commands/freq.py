"""``pdtool freq``: how often words, phrases and given terms occur, how evenly, and how that changes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pdtool.commands.copies import CopyOptions, dropped_copies, without
from pdtool.commands.option_groups import (
    PATHS_HELP,
    BodyOptions,
    GroupOptions,
    Paths,
    RunOptions,
    TableOptions,
    UntitledInputOptions,
)
from pdtool.commands.session import Reading, Session, open_session
from pdtool.commands.word_options import WordOptions
from pdtool.errors import UsageError
from pdtool.output.layout import View
from pdtool.output.messages import counted

if TYPE_CHECKING:
    from pdtool.corpus.scan import Corpus
    from pdtool.documents.document import Document
    from pdtool.errors import Problem
    from pdtool.frequencies.frequency_tables import FrequencyTables
    from pdtool.frequencies.rows import NewWordRow
    from pdtool.frequencies.words import WordSettings
    from pdtool.output.target import Target
    from pdtool.rows import Column
    from pdtool.segment.userdict import UserTerm

__all__ = ["HELP", "By", "Cell", "NestingRule", "freq"]

HELP = f"""Count words, phrases or given terms, and how they change over the years.

\b
Examples:
  pdtool freq reports/                          the hundred commonest words
  pdtool freq reports/ --ngrams 2-4             phrases of two to four words
  pdtool freq reports/ --terms terms.txt        your terms, as strings
  pdtool freq reports/ --group-by year --top 20 of each year
  pdtool freq reports/ --trend                  which rise, which fall
  pdtool freq reports/ --new -o words.txt       words for --userdict

{PATHS_HELP}

Text is repaired first. Title, authors, declared keywords and references are
not counted, the abstract is. Words are cut by jieba's dictionary; terms are
searched for as strings, as pdtool themes does, and so never cut wrongly.
"""


class By(StrEnum):
    """Whose frequencies they are."""

    CORPUS = "corpus"
    DOCUMENT = "document"
    GROUP = "group"


class NestingRule(StrEnum):
    """Which of several terms count that overlap in the text."""

    THEME = "theme"
    DICTIONARY = "dictionary"
    ALL = "all"


class Cell(StrEnum):
    """What fills the columns of the wide table."""

    COUNT = "count"
    PER_1000_CHARS = "per_1000_chars"


_VIEW = ("term", "count", "per_1000_chars", "tau", "p", "documents", "dispersion", "share_of_documents")
_NEW_VIEW = View(order=("term", "count", "documents", "mutual_information", "left_entropy", "right_entropy"))
_TREND = frozenset({"by_year", "kendall_s", "tau", "p", "slope"})
_NGRAMS = re.compile(r"(\d)(?:-(\d))?", re.ASCII)
_TOP = 100
"""Words or phrases that are listed if nothing is said."""
_LEAST_NEW = 5
"""Occurrences of a new word if nothing is said: what is rarer is not told from chance."""


@dataclass(frozen=True, slots=True)
class RowOptions:
    """Which rows and columns the table has."""

    top: Annotated[
        int | None,
        typer.Option(metavar="N", help="List the N commonest (of each group); 0 lists all.  [default: 100]"),
    ] = None
    min_count: Annotated[
        int | None,
        typer.Option(metavar="N", help="List nothing that occurs less often.  [default: 1, with --new 5]"),
    ] = None
    trend: Annotated[
        bool, typer.Option("--trend", help="Add the rate of each year and the Mann-Kendall test.")
    ] = False
    wide: Annotated[bool, typer.Option("--wide", help="One column per term instead of one row per term.")] = (
        False
    )
    value: Annotated[Cell, typer.Option(help="With --wide: what the cells hold.")] = Cell.COUNT

    def check(self) -> None:
        """Refuse numbers that are none, and cells of no table.

        Raises:
            UsageError: If there are such.
        """
        for option, number in (("--top", self.top), ("--min-count", self.min_count)):
            if number is not None and number < 0:
                raise UsageError(f"{option} cannot be negative ({number})", f"{option} 10")
        if self.value is not Cell.COUNT and not self.wide:
            raise UsageError("--value says what the cells of the wide table hold", "add --wide")


class _Kind(StrEnum):
    """What is counted."""

    WORDS = "words"
    TERMS = "--terms"
    PHRASES = "--ngrams"
    NEW = "--new"


_DEFAULTS = {
    _Kind.WORDS: (_TOP, 1),
    _Kind.PHRASES: (_TOP, 1),
    _Kind.TERMS: (0, 0),
    _Kind.NEW: (0, _LEAST_NEW),
}
"""How many rows are listed, and what the least frequent has, where nothing is said."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is counted, and which table is written.

    Args:
        fields: What documents are grouped by.
        by_document: Whether each document is a group of its own.
        top: Rows of each group; 0 for all.
        least: Occurrences from which on a term is a row.
        rows: What else was said of the table.
        with_references: Whether references, notes and the like are counted as text.
    """

    fields: tuple[str, ...]
    by_document: bool
    top: int
    least: int
    rows: RowOptions
    with_references: bool

    @property
    def keys(self) -> tuple[str, ...]:
        """The names of the group columns."""
        return ("doc",) if self.by_document else self.fields


@dataclass(frozen=True, slots=True)
class _Corpus:
    """The documents that count.

    Args:
        session: The session that reads them.
        corpus: What was scanned.
        dropped: The ids of those that do not count.
        by_document: Whether each document is a group of its own.
    """

    session: Session
    corpus: Corpus
    dropped: frozenset[str]
    by_document: bool

    def read(self, counter: Callable[[Document], Any]) -> Reading[Any]:
        """Count something in every document."""
        reading = without(self.session.read(self.corpus, counter), self.dropped)
        if not self.by_document:
            return reading
        named = zip(reading.sources, reading.results, strict=True)
        return replace(reading, results=[replace(result, group=(one.id,)) for one, result in named])


def freq(
    *,
    paths: Paths,
    by: Annotated[By, typer.Option(help="Whose frequencies they are.")] = By.CORPUS,
    group: GroupOptions,
    terms: Annotated[
        str | None,
        typer.Option(
            metavar="FILE", help="Count these: one term per line (.txt), or a dictionary as of pdtool themes."
        ),
    ] = None,
    nesting: Annotated[
        NestingRule, typer.Option(help="With --terms: which of overlapping terms count, as in pdtool themes.")
    ] = NestingRule.THEME,
    ngrams: Annotated[
        str | None,
        typer.Option(metavar="N[-M]", help="Count phrases of N to M words; 1-3 counts single words too."),
    ] = None,
    new: Annotated[
        bool,
        typer.Option("--new", help="List words that the dictionary lacks; -o FILE.txt writes them for it."),
    ] = False,
    min_chars: Annotated[
        int, typer.Option(metavar="N", help="Characters of the shortest word that is counted.")
    ] = 2,
    rows: RowOptions,
    copies: CopyOptions,
    words: WordOptions,
    body: BodyOptions,
    table: TableOptions,
    inputs: UntitledInputOptions,
    run: RunOptions,
) -> int:
    """Write how often terms occur; return the exit code."""
    kind = _kind(terms, nesting, ngrams, new)
    wanted = _wanted(kind, by, group.fields(), rows, body.with_references)
    lengths = _lengths(ngrams)
    target = table.target(run)
    user_terms, stop_words = words.load(run.reporter())
    settings = _settings(user_terms, stop_words, min_chars, lengths)
    options = {
        "by": by,
        "group_by": list(wanted.fields),
        "terms": terms,
        "nesting": nesting,
        "ngrams": ngrams,
        "new": new,
        "min_chars": min_chars,
        **asdict(rows),
        "top": wanted.top,
        "min_count": wanted.least,
        **asdict(copies),
        **words.described(),
        **asdict(body),
        **asdict(inputs),
    }
    read_options = group.reading(inputs.read_options())
    with open_session("freq", options, read_options, run, target.path, [terms, *words.files]) as session:
        corpus = session.scan(paths)
        group.check(corpus)
        read = _Corpus(session, corpus, dropped_copies(session, corpus, copies), wanted.by_document)
        if kind is _Kind.NEW:
            _write_new(read, wanted, user_terms, target)
        elif terms is not None:
            _write_frequencies(read, _of_terms(read, terms, nesting, wanted), wanted, target)
        else:
            _write_frequencies(read, _of_words(read, settings, wanted), wanted, target)
    return session.exit_code


def _kind(terms: str | None, nesting: NestingRule, ngrams: str | None, new: bool) -> _Kind:
    """Return what is counted.

    Raises:
        UsageError: If several things are.
    """
    given = {_Kind.TERMS: terms is not None, _Kind.PHRASES: ngrams is not None, _Kind.NEW: new}
    named = [kind for kind, is_given in given.items() if is_given]
    if len(named) > 1:
        raise UsageError(f"{named[0]} and {named[1]} count different things", "leave out one of them")
    if nesting is not NestingRule.THEME and terms is None:
        raise UsageError("--nesting says which of overlapping --terms count", "add --terms FILE")
    return named[0] if named else _Kind.WORDS


def _wanted(kind: _Kind, by: By, fields: tuple[str, ...], rows: RowOptions, with_references: bool) -> _Wanted:
    """Return what is wanted.

    Raises:
        UsageError: If options contradict each other, or a number is negative.
    """
    rows.check()
    by_document = by is By.DOCUMENT
    if fields and by_document:
        raise UsageError("--by document makes each document a group", "leave out --group-by")
    fields = fields or (("folder",) if by is By.GROUP else ())
    if kind is _Kind.NEW and (fields or by_document or rows.wide or rows.trend):
        raise UsageError(
            "--new lists the words of the whole corpus", "leave out --by, --group-by, --wide and --trend"
        )
    if rows.wide and not fields and not by_document:
        raise UsageError("--wide has a row per group or document", "add --group-by year, or --by document")
    if rows.trend and (rows.wide or by_document or {"year", "month"} & {*fields}):
        raise UsageError(
            "--trend follows the terms of a corpus or group over the years",
            "leave out --wide, --by document and groups by year",
        )
    top, least = _DEFAULTS[kind]
    return _Wanted(
        fields,
        by_document,
        top if rows.top is None else rows.top,
        least if rows.min_count is None else rows.min_count,
        rows,
        with_references,
    )


def _lengths(ngrams: str | None) -> tuple[int, int]:
    """Return how many words the shortest and the longest phrase have.

    Raises:
        UsageError: If that is not told so.
    """
    if ngrams is None:
        return 1, 1
    match = _NGRAMS.fullmatch(ngrams.strip())
    lowest, highest = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
    if not 1 <= lowest <= highest:
        raise UsageError(
            f"--ngrams {ngrams!r} says no numbers of words, 1 to 9", "--ngrams 2, or --ngrams 2-4"
        )
    return lowest, highest


def _settings(
    user_terms: Sequence[UserTerm], stop_words: frozenset[str], min_chars: int, lengths: tuple[int, int]
) -> WordSettings:
    from pdtool.frequencies.words import WordSettings
    from pdtool.segment.packed import pack_terms

    if min_chars < 1:
        raise UsageError(f"a word has at least one character, not {min_chars}", "--min-chars 2")
    return WordSettings("rjieba", pack_terms(user_terms), "\n".join(sorted(stop_words)), min_chars, *lengths)


_Counted = tuple["FrequencyTables", Reading[Any], "list[Problem]"]
"""The tables, what was read, and what is to be said of it."""


def _of_terms(read: _Corpus, name: str, nesting: NestingRule, wanted: _Wanted) -> _Counted:
    """Count the terms of a file."""
    from pdtool.frequencies.frequency_tables import FrequencyTables
    from pdtool.frequencies.given_terms import TermCounter
    from pdtool.terms.matcher import Nesting
    from pdtool.terms.term_list import load_term_dictionary

    dictionary, problems = load_term_dictionary(name)
    counter = TermCounter.of(
        dictionary, Nesting(nesting.value), wanted.fields, wanted.rows.trend, wanted.with_references
    )
    reading = read.read(counter)
    return FrequencyTables.of_terms(dictionary, reading.results), reading, [*problems, *reading.problems]


def _of_words(read: _Corpus, settings: WordSettings, wanted: _Wanted) -> _Counted:
    """Count words; of phrases first find out which are frequent enough to be counted by name."""
    from pdtool.frequencies.frequency_tables import FrequencyTables
    from pdtool.frequencies.words import PhraseKeys, WordCounter, wanted_keys

    keys = None
    if settings.highest > 1:
        # The wide table has the commonest of all documents, whatever their group.
        fields = () if wanted.rows.wide else wanted.fields
        keyed = read.read(PhraseKeys(settings, fields, wanted.with_references))
        keys = wanted_keys(keyed.results, wanted.top, wanted.least)
    reading = read.read(WordCounter(settings, wanted.fields, wanted.rows.trend, wanted.with_references, keys))
    return FrequencyTables.of_words(reading.results), reading, reading.problems


def _write_frequencies(read: _Corpus, found: _Counted, wanted: _Wanted, target: Target) -> None:
    """Write the table of what was counted, and say what is to be said."""
    tables, reading, problems = found
    session = read.session
    rows, header = _table(tables, wanted)
    session.write_table(rows, header, target, View(order=(*wanted.keys, *_VIEW)))
    session.finish(problems)
    session.note_without_value(wanted.fields, tables.groups)
    undated = tables.undated if wanted.rows.trend else 0
    if undated:
        session.reporter.note(
            f"{undated:,} of {counted(len(tables.years), 'document')} without a year: in no trend"
        )
    session.reporter.summary(f"{reading.summary()}; {counted(len(tables.terms), 'term')}")


def _table(tables: FrequencyTables, wanted: _Wanted) -> tuple[Iterator[Any], tuple[Column, ...]]:
    """Return the rows that were asked for, and their columns."""
    from pdtool.frequencies.frequency_tables import Selection
    from pdtool.frequencies.rows import FrequencyRow
    from pdtool.rows import columns

    selection = Selection(wanted.top, wanted.least)
    if wanted.rows.wide:
        rates = wanted.rows.value is Cell.PER_1000_CHARS
        header, wide_rows = tables.wide(wanted.keys, selection, rates=rates)
        return wide_rows, header
    left_out = set() if wanted.rows.trend else set(_TREND)
    if not any(tables.themes):
        left_out.add("theme")
    header = tuple(one for one in columns(FrequencyRow, wanted.keys) if one.name not in left_out)
    return tables.rows(selection, with_trend=wanted.rows.trend), header


def _write_new(read: _Corpus, wanted: _Wanted, user_terms: Sequence[UserTerm], target: Target) -> None:
    """Write the words that no dictionary has."""
    from pdtool.frequencies.new_words import ProposalCounter, candidate_words
    from pdtool.frequencies.rows import NewWordRow
    from pdtool.segment.packed import pack_terms

    proposer = ProposalCounter(dictionary=pack_terms(user_terms), with_references=wanted.with_references)
    reading = read.read(proposer)
    rows = _new_words(read, candidate_words(reading.results, user_terms), wanted)
    if target.path is not None and target.path.suffix.lower() == ".txt":
        _write_words([row.term for row in rows], target)
    else:
        read.session.write_table(rows, NewWordRow, target, _NEW_VIEW)
    read.session.finish(reading.problems)
    read.session.reporter.summary(f"{reading.summary()}; {counted(len(rows), 'new word')}")


def _new_words(read: _Corpus, candidates: Sequence[str], wanted: _Wanted) -> list[NewWordRow]:
    """Return those of the candidates that are words."""
    from pdtool.frequencies.new_words import ContextCounter, NewWordOptions, counted_strings, new_word_rows

    if not candidates:
        return []
    strings = counted_strings(candidates)
    counter = ContextCounter("\n".join(strings), len(candidates), wanted.with_references)
    options = NewWordOptions(max(1, wanted.least))
    rows = new_word_rows(candidates, strings, read.read(counter).results, options)
    return rows[: wanted.top] if wanted.top else rows


def _write_words(words: Sequence[str], target: Target) -> None:
    """Write words as a user dictionary of jieba, one a line: without a frequency each is kept whole."""
    from pdtool.output.sink import open_output

    with open_output(target.path) as out:
        for word in words:
            out.write(f"{word}\n".encode())
