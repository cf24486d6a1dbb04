"""How often words, phrases and terms occur: what the command writes and the public function returns."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pdtool.errors import Problem, UsageError
from pdtool.interface.copies_once import Copies, dropped_copies, without
from pdtool.interface.result import GroupBy, Paths, Result, choice, grouping, open_run
from pdtool.interface.run import Reading, Run
from pdtool.interface.word_lists import load_synonyms_of, load_words
from pdtool.language import _, counted

if TYPE_CHECKING:
    from pdtool.corpus.scan import Corpus, ReadOptions
    from pdtool.documents.document import Document
    from pdtool.frequencies.frequency_tables import FrequencyTables
    from pdtool.frequencies.rows import FrequencyRow, NewWordRow
    from pdtool.frequencies.words import WordSettings
    from pdtool.rows import Column
    from pdtool.segment.userdict import UserTerm
    from pdtool.terms.matcher import Nesting
    from pdtool.terms.rules import Within
    from pdtool.terms.synonyms import Synonyms

__all__ = [
    "CountedDocuments",
    "Counting",
    "Frequencies",
    "count_terms",
    "count_words",
    "find_new_words",
    "freq",
    "frequency_rows",
    "undated_note",
    "word_settings",
]

_TREND = frozenset({"by_year", "kendall_s", "tau", "p", "q", "slope"})
"""Columns of a trend."""
_TOP = 100
"""Words or phrases that are listed if nothing is said."""
_LEAST_NEW = 5
"""Occurrences of a new word if nothing is said: what is rarer is not told from chance."""


@dataclass(frozen=True, slots=True)
class Counting:
    """What is counted of every document.

    Args:
        fields: What documents are grouped by.
        by_document: Whether each document is a group of its own.
        trend: Whether the years are told apart too.
        with_references: Whether references, notes and the like are counted as text.
    """

    fields: tuple[str, ...] = ()
    by_document: bool = False
    trend: bool = False
    with_references: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """The names of the group columns."""
        return ("doc",) if self.by_document else self.fields


@dataclass(frozen=True, slots=True)
class CountedDocuments:
    """The documents that count.

    Args:
        run: What reads them.
        corpus: What was scanned.
        copies: Whether copies count.
        by_document: Whether each document is a group of its own.
    """

    run: Run
    corpus: Corpus
    dropped: frozenset[str]
    by_document: bool

    @classmethod
    def of(cls, run: Run, corpus: Corpus, copies: Copies, by_document: bool) -> CountedDocuments:
        """Find out which documents count."""
        return cls(run, corpus, dropped_copies(run, corpus, copies), by_document)

    def read(self, counter: Callable[[Document], Any]) -> Reading[Any]:
        """Count something in every document."""
        reading = without(self.run.read(self.corpus, counter), self.dropped)
        if not self.by_document:
            return reading
        named = zip(reading.sources, reading.results, strict=True)
        return replace(reading, results=[replace(result, group=(one.id,)) for one, result in named])


@dataclass(frozen=True, slots=True)
class Frequencies:
    """What was counted.

    Args:
        tables: The tables that can be made of it.
        reading: The documents that count.
        problems: What is to be said of them, and of the terms.
    """

    tables: FrequencyTables
    reading: Reading[Any]
    problems: list[Problem]


def word_settings(
    user_terms: Sequence[UserTerm],
    stop_words: frozenset[str],
    synonyms: Synonyms,
    min_chars: int,
    lengths: tuple[int, int],
) -> WordSettings:
    """Return what words and phrases are; words that are counted as others stay whole.

    Args:
        user_terms: The user's dictionary.
        stop_words: Words that are left out.
        synonyms: Words that are counted as one.
        min_chars: Characters of the shortest word, at least 1.
        lengths: Words of the shortest and of the longest phrase.

    Raises:
        UsageError: If a word has no character.
    """
    from pdtool.frequencies.words import WordSettings
    from pdtool.segment.packed import pack_terms
    from pdtool.segment.userdict import UserTerm

    if min_chars < 1:
        raise UsageError(
            _("a word has at least one character, not {min_chars}", min_chars=min_chars), _("--min-chars 2")
        )
    whole = [*user_terms, *map(UserTerm, synonyms.first_of)]
    return WordSettings("rjieba", pack_terms(whole), "\n".join(sorted(stop_words)), min_chars, *lengths)


def count_terms(
    read: CountedDocuments,
    name: str,
    counting: Counting,
    rules: tuple[Nesting, Within],
    synonyms: Synonyms,
) -> Frequencies:
    """Count the terms of a file.

    Args:
        read: The documents.
        name: The file.
        counting: What is counted of every document.
        rules: Which of overlapping terms count, and where the terms of a rule must stand together.
        synonyms: Words that are counted as one.
    """
    from pdtool.frequencies.frequency_tables import FrequencyTables
    from pdtool.frequencies.given_terms import TermCounter
    from pdtool.terms.term_list import load_term_dictionary

    dictionary, problems = load_term_dictionary(name)
    nesting, within = rules
    shape = counting.fields, counting.trend, counting.with_references
    reading = read.read(TermCounter.of(dictionary, nesting, *shape, within, synonyms))
    tables = FrequencyTables.of_terms(dictionary, reading.results)
    return Frequencies(tables, reading, [*problems, *reading.problems])


def count_words(
    read: CountedDocuments,
    settings: WordSettings,
    synonyms: Synonyms,
    counting: Counting,
    listed: tuple[int, int],
    ranked_by: tuple[str, ...],
) -> Frequencies:
    """Count words; of phrases first find out which are frequent enough to be counted by name.

    Args:
        read: The documents.
        settings: What words are.
        synonyms: Words that are counted as one.
        counting: What is counted of every document.
        listed: How many rows are listed of each group, and the occurrences from which on a term is one.
        ranked_by: Fields of whose groups the commonest phrases are listed; of a wide table none.
    """
    from pdtool.frequencies.frequency_tables import FrequencyTables
    from pdtool.frequencies.words import PhraseKeys, WordCounter, wanted_keys

    keys = None
    if settings.highest > 1:
        keyed = read.read(PhraseKeys(settings, ranked_by, counting.with_references))
        keys = wanted_keys(keyed.results, *listed)
    shape = counting.fields, counting.trend, counting.with_references
    reading = read.read(WordCounter(settings, *shape, keys, synonyms))
    return Frequencies(FrequencyTables.of_words(reading.results), reading, reading.problems)


def frequency_rows(
    tables: FrequencyTables, counting: Counting, listed: tuple[int, int]
) -> tuple[Iterator[FrequencyRow], tuple[Column, ...]]:
    """Return the rows of the long table, and their columns.

    Args:
        tables: What was counted.
        counting: What was counted of every document.
        listed: How many rows are listed of each group, and the occurrences from which on a term is one.
    """
    from pdtool.frequencies.frequency_tables import Selection
    from pdtool.frequencies.rows import FrequencyRow
    from pdtool.rows import columns

    left_out = set() if counting.trend else set(_TREND)
    if not any(tables.themes):
        left_out.add("theme")
    header = tuple(one for one in columns(FrequencyRow, counting.keys) if one.name not in left_out)
    return tables.rows(Selection(*listed), with_trend=counting.trend), header


def undated_note(tables: FrequencyTables) -> str:
    """Say how many documents are in no trend; nothing if all are."""
    if not tables.undated:
        return ""
    return _(
        "{undated:,} of {counted} without a year: in no trend",
        undated=tables.undated,
        counted=counted(len(tables.years), "document"),
    )


def find_new_words(
    read: CountedDocuments,
    user_terms: Sequence[UserTerm],
    listed: tuple[int, int],
    with_references: bool,
) -> tuple[list[NewWordRow], Reading[Any]]:
    """Return the words that no dictionary has, and the documents.

    Args:
        read: The documents.
        user_terms: The user's dictionary.
        listed: How many are listed, 0 for all, and how often they occur at least.
        with_references: Whether references, notes and the like are counted as text.
    """
    from pdtool.frequencies.new_words import (
        ContextCounter,
        NewWordOptions,
        ProposalCounter,
        candidate_words,
        counted_strings,
        new_word_rows,
    )
    from pdtool.segment.packed import pack_terms

    top, least = listed
    proposer = ProposalCounter(dictionary=pack_terms(user_terms), with_references=with_references)
    reading = read.read(proposer)
    candidates = candidate_words(reading.results, user_terms)
    if not candidates:
        return [], reading
    strings = counted_strings(candidates)
    counter = ContextCounter("\n".join(strings), len(candidates), with_references)
    options = NewWordOptions(max(1, least))
    rows = new_word_rows(candidates, strings, read.read(counter).results, options)
    return rows[:top] if top else rows, reading


def freq(
    paths: Paths,
    terms: str | os.PathLike[str] | None = None,
    *,
    ngrams: tuple[int, int] | None = None,
    new: bool = False,
    by: str = "corpus",
    group_by: GroupBy = None,
    trend: bool = False,
    top: int | None = None,
    min_count: int | None = None,
    min_chars: int = 2,
    nesting: str = "theme",
    within: str = "sentence",
    synonyms: str | os.PathLike[str] | None = None,
    copies: str = "all",
    userdict: str | os.PathLike[str] | None = None,
    stopwords: str | os.PathLike[str] | None = None,
    builtin_stopwords: bool = True,
    with_references: bool = False,
    read: ReadOptions | None = None,
    jobs: int = 0,
) -> Result[FrequencyRow] | Result[NewWordRow]:
    """Count words, phrases or given terms, and how they change over the years: ``pdtool freq``.

    Args:
        paths: Files, folders, patterns.
        terms: A file of terms to count, one a line, or a theme dictionary; ``None`` counts words.
        ngrams: Count phrases of so many to so many words, 1 to 9, such as ``(2, 4)``.
        new: List words that the dictionary lacks.
        by: ``"corpus"``, or ``"document"`` for the frequencies of each document.
        group_by: The frequencies of each year, issuer or other group of documents.
        trend: Add the rate of each year and the Mann-Kendall test.
        top: How many rows (of each group); 0 lists all. 100 if not given, of terms and new words all.
        min_count: Occurrences from which on a term is listed; 1 if not given, of new words 5.
        min_chars: Characters of the shortest word that is counted.
        nesting: Which of overlapping terms count, as for :func:`pdtool.themes`.
        within: Where the terms of a rule must stand together, likewise.
        synonyms: A file of words that are counted as one.
        copies: ``"once"``: of copies of one document only the one counts that ``dedupe`` keeps.
        userdict: A file of words that stay whole, in jieba's format.
        stopwords: A file of more words that are left out.
        builtin_stopwords: Whether the built-in stop words are left out too.
        with_references: Whether references, notes and the like are counted as text.
        read: How to read the documents.
        jobs: Worker processes; 0 takes as many as there are processors. Changes nothing but the time.

    Raises:
        UsageError: If arguments contradict each other.
        InputError: If no document could be read.

    >>> row = freq("seeds", top=1).rows[0]
    >>> row.term, row.documents
    ('治理', 5)
    """
    from pdtool.rows import columns
    from pdtool.terms.matcher import Nesting
    from pdtool.terms.rules import Within

    fields = grouping(group_by)
    counting = Counting(fields, _is_document(by, fields), trend, with_references)
    _check(terms, ngrams, new, counting)
    listed = _listed(top, min_count, terms, new)
    alike = load_synonyms_of(synonyms)
    rules = choice(Nesting, nesting, "nesting"), choice(Within, within, "within")
    with open_run(paths, read, jobs, fields) as (run, corpus):
        user_terms, stop_words = load_words(userdict, stopwords, builtin_stopwords, run.note)
        settings = word_settings(user_terms, stop_words, alike, min_chars, ngrams or (1, 1))
        documents = CountedDocuments.of(run, corpus, choice(Copies, copies, "copies"), counting.by_document)
        if new:
            from pdtool.frequencies.rows import NewWordRow

            words, reading = find_new_words(documents, user_terms, listed, with_references)
            return run.result(words, columns(NewWordRow), reading.problems, reading)
        if terms is not None:
            found = count_terms(documents, os.fspath(terms), counting, rules, alike)
        else:
            found = count_words(documents, settings, alike, counting, listed, fields)
        rows, header = frequency_rows(found.tables, counting, listed)
        run.note_without_value(fields, found.tables.groups)
        if trend and (said := undated_note(found.tables)):
            run.note(said)
        return run.result(rows, header, found.problems, found.reading)


def _is_document(by: str, fields: tuple[str, ...]) -> bool:
    if by not in {"corpus", "document"}:
        raise UsageError(
            _("{name} cannot be {value!r}", name="by", value=by),
            _("one of 'corpus', 'document'; group_by for groups"),
        )
    if fields and by == "document":
        raise UsageError(_("by='document' makes each document a group"), _("leave out group_by"))
    return by == "document"


def _check(terms: object, ngrams: tuple[int, int] | None, new: bool, counting: Counting) -> None:
    if (terms is not None) + (ngrams is not None) + new > 1:
        raise UsageError(_("terms, ngrams and new count different things"), _("leave out all but one"))
    if ngrams is not None and not 1 <= ngrams[0] <= ngrams[1] <= 9:
        raise UsageError(
            _("ngrams {ngrams} is no number of words from 1 to 9", ngrams=ngrams), _("ngrams=(2, 4)")
        )
    if new and (counting.keys or counting.trend):
        raise UsageError(_("new lists the words of the whole corpus"), _("leave out by, group_by and trend"))
    if counting.trend and (counting.by_document or {"year", "month"} & {*counting.fields}):
        raise UsageError(
            _("trend follows the terms of a corpus or group over the years"),
            _("leave out by='document' and groups by year"),
        )


def _listed(top: int | None, least: int | None, terms: object, new: bool) -> tuple[int, int]:
    for name, number in (("top", top), ("min_count", least)):
        if number is not None and number < 0:
            raise UsageError(
                _("{name} cannot be negative ({number})", name=name, number=number),
                _("{name}=10", name=name),
            )
    usual = (0, _LEAST_NEW) if new else (0, 0) if terms is not None else (_TOP, 1)
    return usual[0] if top is None else top, usual[1] if least is None else least
