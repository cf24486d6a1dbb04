"""``pdtool freq``: how often words, phrases and given terms occur, how evenly, and how that changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
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
from pdtool.commands.session import Session, open_session
from pdtool.commands.term_options import TermOptions
from pdtool.commands.word_options import WordOptions
from pdtool.interface.frequency_counts import (
    CountedDocuments,
    Counting,
    Frequencies,
    count_terms,
    count_words,
    find_new_words,
    frequency_rows,
    undated_note,
    word_settings,
)
from pdtool.language import counted, joined
from pdtool.output.layout import View
from pdtool.workers import started_early

if TYPE_CHECKING:
    from pdtool.frequencies.frequency_tables import FrequencyTables
    from pdtool.output.target import Target
    from pdtool.rows import Column
    from pdtool.segment.userdict import UserTerm

__all__ = ["HELP", "freq"]

HELP = f"""Count words, phrases or given terms, and find their trends.

\b
Examples:
  pdtool freq reports/                          the hundred commonest words
  pdtool freq reports/ --ngrams 2-4             phrases of two to four words
  pdtool freq reports/ --terms terms.txt        your terms, as strings
  pdtool freq reports/ --group-by year          the same of each year
  pdtool freq reports/ --trend                  which rise, which fall
  pdtool freq reports/ --new -o words.txt       words for --userdict

{PATHS_HELP}

Text is repaired first. Title, authors, declared keywords and references are
not counted, the abstract is. Words are cut by jieba's dictionary; terms are
searched for as strings, as pdtool themes does, and so never cut wrongly.
"""


_VIEW = ("term", "count", "per_1000_chars", "tau", "p", "documents", "dispersion", "share_of_documents")
_NEW_VIEW = View(order=("term", "count", "documents", "mutual_information", "left_entropy", "right_entropy"))


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
    files = [terms, search.synonyms, *words.files]
    read_options = group.reading(inputs.read_options())
    with started_early(run.jobs, paths, "pdtool.frequencies.words") as early:
        user_terms, stop_words = words.load(run.reporter())
        synonyms = search.load()
        settings = word_settings(user_terms, stop_words, synonyms, min_chars, lengths)
        with open_session("freq", options, read_options, run, target.path, files, early) as session:
            corpus = session.scan(paths)
            group.check(corpus)
            read = CountedDocuments.of(session, corpus, copies.copies, wanted.by_document)
            if kind is Counted.NEW:
                _write_new(session, read, wanted, user_terms, target)
            elif terms is not None:
                found = count_terms(read, terms, _counting(wanted), search.rules(), synonyms)
                _write_frequencies(session, found, wanted, target)
            else:
                # The wide table has the commonest of all documents, whatever their group.
                ranked_by = () if wanted.rows.wide else wanted.fields
                listed = (wanted.top, wanted.least)
                found = count_words(read, settings, synonyms, _counting(wanted), listed, ranked_by)
                _write_frequencies(session, found, wanted, target)
    return session.exit_code


def _counting(wanted: Wanted) -> Counting:
    """Return what is counted of every document."""
    return Counting(wanted.fields, wanted.by_document, wanted.rows.trend, wanted.with_references)


def _write_frequencies(session: Session, found: Frequencies, wanted: Wanted, target: Target) -> None:
    """Write the table of what was counted, and say what is to be said."""
    tables = found.tables
    rows, header = _table(tables, wanted)
    session.write_table(rows, header, target, View(order=(*wanted.keys, *_VIEW)))
    session.finish(found.problems)
    session.note_without_value(wanted.fields, tables.groups)
    if wanted.rows.trend and (said := undated_note(tables)):
        session.note(said)
    session.reporter.summary(joined([found.reading.summary(), counted(len(tables.terms), "term")]))


def _table(tables: FrequencyTables, wanted: Wanted) -> tuple[Iterator[Any], tuple[Column, ...]]:
    """Return the rows that were asked for, and their columns."""
    from pdtool.frequencies.frequency_tables import Selection

    if wanted.rows.wide:
        rates = wanted.rows.value is Cell.PER_1000_CHARS
        header, rows = tables.wide(wanted.keys, Selection(wanted.top, wanted.least), rates=rates)
        return rows, header
    return frequency_rows(tables, _counting(wanted), (wanted.top, wanted.least))


def _write_new(
    session: Session, read: CountedDocuments, wanted: Wanted, user_terms: Sequence[UserTerm], target: Target
) -> None:
    """Write the words that no dictionary has."""
    from pdtool.frequencies.rows import NewWordRow

    listed = (wanted.top, wanted.least)
    rows, reading = find_new_words(read, user_terms, listed, wanted.with_references)
    if target.path is not None and target.path.suffix.lower() == ".txt":
        _write_words([row.term for row in rows], target)
        session.wrote(target.path, len(rows))
    else:
        session.write_table(rows, NewWordRow, target, _NEW_VIEW)
    session.finish(reading.problems)
    session.reporter.summary(joined([reading.summary(), counted(len(rows), "new word")]))


def _write_words(words: Sequence[str], target: Target) -> None:
    """Write words as a user dictionary of jieba, one a line: without a frequency each is kept whole."""
    from pdtool.output.sink import open_output

    with open_output(target.path) as out:
        for word in words:
            out.write(f"{word}\n".encode())
