"""``pdtool freq``: how often words, phrases and given terms occur, how evenly, and how that changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pdtool.commands.copies import CopyOptions
from pdtool.commands.freq_options import (
    By,
    Cell,
    Counted,
    RowOptions,
    Wanted,
    counted_kind,
    phrase_lengths,
    wanted_table,
)
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
from pdtool.commands.term_options import TermOptions
from pdtool.commands.word_options import WordOptions
from pdtool.errors import UsageError
from pdtool.interface.copies_once import dropped_copies, without
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
    from pdtool.terms.synonyms import Synonyms

__all__ = ["HELP", "freq"]

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


_VIEW = ("term", "count", "per_1000_chars", "tau", "p", "documents", "dispersion", "share_of_documents")
_NEW_VIEW = View(order=("term", "count", "documents", "mutual_information", "left_entropy", "right_entropy"))
_TREND = frozenset({"by_year", "kendall_s", "tau", "p", "slope"})


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
    search: TermOptions,
    copies: CopyOptions,
    words: WordOptions,
    body: BodyOptions,
    table: TableOptions,
    inputs: UntitledInputOptions,
    run: RunOptions,
) -> int:
    """Write how often terms occur; return the exit code."""
    kind = counted_kind(terms, search, ngrams, new)
    wanted = wanted_table(kind, by, group.fields(), rows, body.with_references)
    lengths = phrase_lengths(ngrams)
    target = table.target(run)
    user_terms, stop_words = words.load(run.reporter())
    synonyms = search.load()
    settings = _settings([*user_terms, *_whole(synonyms)], stop_words, min_chars, lengths)
    options = {
        "by": by,
        "group_by": list(wanted.fields),
        "terms": terms,
        **search.described(),
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
    with open_session(
        "freq", options, read_options, run, target.path, [terms, search.synonyms, *words.files]
    ) as session:
        corpus = session.scan(paths)
        group.check(corpus)
        read = _Corpus(session, corpus, dropped_copies(session, corpus, copies.copies), wanted.by_document)
        if kind is Counted.NEW:
            _write_new(read, wanted, user_terms, target)
        elif terms is not None:
            _write_frequencies(read, _of_terms(read, terms, search, wanted), wanted, target)
        else:
            _write_frequencies(read, _of_words(read, settings, synonyms, wanted), wanted, target)
    return session.exit_code


def _whole(synonyms: Synonyms) -> list[UserTerm]:
    """Return the words that are counted as others as entries of a user dictionary: they stay whole."""
    from pdtool.segment.userdict import UserTerm

    return [UserTerm(word) for word in synonyms.first_of]


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


def _of_terms(read: _Corpus, name: str, search: TermOptions, wanted: Wanted) -> _Counted:
    """Count the terms of a file."""
    from pdtool.frequencies.frequency_tables import FrequencyTables
    from pdtool.frequencies.given_terms import TermCounter
    from pdtool.terms.term_list import load_term_dictionary

    dictionary, problems = load_term_dictionary(name)
    nesting, within = search.rules()
    shape = wanted.fields, wanted.rows.trend, wanted.with_references
    counter = TermCounter.of(dictionary, nesting, *shape, within, search.load())
    reading = read.read(counter)
    return FrequencyTables.of_terms(dictionary, reading.results), reading, [*problems, *reading.problems]


def _of_words(read: _Corpus, settings: WordSettings, synonyms: Synonyms, wanted: Wanted) -> _Counted:
    """Count words; of phrases first find out which are frequent enough to be counted by name."""
    from pdtool.frequencies.frequency_tables import FrequencyTables
    from pdtool.frequencies.words import PhraseKeys, WordCounter, wanted_keys

    keys = None
    if settings.highest > 1:
        # The wide table has the commonest of all documents, whatever their group.
        fields = () if wanted.rows.wide else wanted.fields
        keyed = read.read(PhraseKeys(settings, fields, wanted.with_references))
        keys = wanted_keys(keyed.results, wanted.top, wanted.least)
    reading = read.read(
        WordCounter(settings, wanted.fields, wanted.rows.trend, wanted.with_references, keys, synonyms)
    )
    return FrequencyTables.of_words(reading.results), reading, reading.problems


def _write_frequencies(read: _Corpus, found: _Counted, wanted: Wanted, target: Target) -> None:
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


def _table(tables: FrequencyTables, wanted: Wanted) -> tuple[Iterator[Any], tuple[Column, ...]]:
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


def _write_new(read: _Corpus, wanted: Wanted, user_terms: Sequence[UserTerm], target: Target) -> None:
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


def _new_words(read: _Corpus, candidates: Sequence[str], wanted: Wanted) -> list[NewWordRow]:
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
