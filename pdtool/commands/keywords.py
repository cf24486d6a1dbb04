"""``pdtool keywords``: what each document, or the whole corpus, is about."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from itertools import chain
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pdtool.commands.option_groups import (
    PATHS_HELP,
    BodyOptions,
    GroupOptions,
    InputOptions,
    Paths,
    RunOptions,
    TableOptions,
)
from pdtool.commands.session import Reading, Session, open_session
from pdtool.commands.term_options import SynonymOptions
from pdtool.commands.word_options import WordOptions
from pdtool.errors import Problem, Severity, UsageError
from pdtool.language import _, counted, joined
from pdtool.output.layout import View

if TYPE_CHECKING:
    from pdtool.corpus.scan import Corpus
    from pdtool.corpus.source import Source
    from pdtool.documents.document import Document
    from pdtool.documents.grouping import Group
    from pdtool.keywords.counting import Occurrences, Tally
    from pdtool.keywords.proposals import Proposal
    from pdtool.keywords.rows import KeywordRow
    from pdtool.keywords.tasks import RankerSettings, TextChoice
    from pdtool.output.messages import Reporter
    from pdtool.rows import Column
    from pdtool.terms.synonyms import Synonyms

__all__ = ["HELP", "Level", "Method", "SegmenterChoice", "keywords"]

HELP = f"""Find what each document, or the whole corpus, is about.

\b
Examples:
  pdtool keywords reports/                        ten keywords per document
  pdtool keywords reports/ --top 5 -o words.xlsx  five, for Excel
  pdtool keywords reports/ --level corpus         of all documents together
  pdtool keywords reports/ --group-by year        of each year
  pdtool keywords new/ --method keyness --against archive/
                                                  what is said more there
  pdtool keywords reports/ --userdict terms.txt   keep your terms whole

{PATHS_HELP}

\b
Methods:
  phrase    phrases of one to four words, as authors choose their keywords
  tfidf     single words, by frequency and rarity
  textrank  single words, by the company they keep
  keyness   phrases that are more frequent here than in --against

Text is repaired first. Title, authors, references and the keywords that a
paper declares are not counted as text; declared ones are marked.
"""


class Method(StrEnum):
    """How keywords are ranked."""

    PHRASE = "phrase"
    TFIDF = "tfidf"
    TEXTRANK = "textrank"
    KEYNESS = "keyness"


class Level(StrEnum):
    """Whose keywords they are."""

    DOCUMENT = "document"
    CORPUS = "corpus"


class SegmenterChoice(StrEnum):
    """What cuts the words."""

    RJIEBA = "rjieba"
    JIEBA = "jieba"


VIEW = View(
    order=(
        *("keyword", "doc", "rank", "score", "count", "log_ratio", "count_reference", "q"),
        *("declared", "in_title"),
    )
)
"""What matters most on a narrow terminal."""


@dataclass(frozen=True, slots=True)
class _Table:
    """What is written.

    Args:
        rows: The rows, in their order.
        row_type: Their class.
        compared: How many documents the corpus was compared with.
        problems: What is to be said about those.
    """

    rows: Sequence[KeywordRow]
    row_type: type[KeywordRow]
    compared: int = 0
    problems: Sequence[Problem] = ()


@dataclass(frozen=True, slots=True)
class _Groups:
    """What documents are grouped by.

    Args:
        fields: The fields; nothing if documents are not grouped.
        values: The group of each document.
    """

    fields: tuple[str, ...] = ()
    values: Sequence[Group] = ()


def keywords(
    *,
    paths: Paths,
    method: Annotated[Method, typer.Option(help="How keywords are ranked.")] = Method.PHRASE,
    top: Annotated[int, typer.Option(metavar="N", help="List the N best of each document.")] = 10,
    level: Annotated[
        Level, typer.Option(help="Keywords of each document, or of all together.")
    ] = Level.DOCUMENT,
    group: GroupOptions,
    against: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CORPUS", help="With --method keyness: the documents to compare with. Repeatable."
        ),
    ] = None,
    nested: Annotated[
        bool, typer.Option("--nested/--no-nested", help="List a phrase and a part of it both, or the better.")
    ] = True,
    segmenter: Annotated[
        SegmenterChoice, typer.Option(help="What cuts words; both give the same, jieba much slower.")
    ] = SegmenterChoice.RJIEBA,
    words: WordOptions,
    synonyms: SynonymOptions,
    body: BodyOptions,
    table: TableOptions,
    inputs: InputOptions,
    run: RunOptions,
) -> int:
    """Write the keywords; return the exit code."""
    from pdtool.keywords.tasks import TextChoice

    reporter = run.reporter()
    target = table.target(run)
    reference = against or []
    fields = group.fields()
    _check(method, top, paths, reference)
    if fields and level is Level.CORPUS:
        raise UsageError(_("--level corpus makes one group of all documents"), _("leave out --group-by"))
    text = TextChoice(body.with_references, synonyms.load())
    settings = _settings(method, segmenter, words, text.synonyms, reporter)
    options = {
        "method": method,
        "top": top,
        "level": level,
        "group_by": list(fields),
        "against": reference,
        "nested": nested,
        "segmenter": segmenter,
        **words.described(),
        "synonyms": None if synonyms.synonyms is None else str(synonyms.synonyms),
        **asdict(body),
        **asdict(inputs),
    }
    read_options = group.reading(inputs.read_options())
    files = (*words.files, synonyms.synonyms)
    with open_session("keywords", options, read_options, run, target.path, files) as session:
        corpus = session.scan(paths)
        group.check(corpus)
        task = _task(method, Level.CORPUS if fields else level, settings, top, nested, text)
        reading, groups = _read(session, corpus, task, fields)
        if method is Method.KEYNESS:
            found = _keyness(session, corpus, reading, groups, reference, level, top, nested, text)
        elif fields:
            found = _of_groups(session, corpus, reading, groups, top, nested, text)
        elif level is Level.CORPUS:
            found = _of_corpus(session, corpus, reading, top, nested, text)
        else:
            found = _of_documents(reading)
        header = _columns(found.row_type, fields)
        session.write_table(found.rows, header, target, replace(VIEW, order=(*fields, *VIEW.order)))
        session.finish([*reading.problems, *found.problems, *_without_keywords(reading)])
        session.note_without_value(fields, groups.values)
        session.reporter.summary(_summary(reading, found))
    return session.exit_code


def _check(method: Method, top: int, paths: Sequence[str], against: Sequence[str]) -> None:
    if top < 1:
        raise UsageError(_("cannot list {top} keywords", top=top), _("use --top 10"))
    if method is Method.KEYNESS and not against:
        raise UsageError(_("--method keyness needs something to compare with"), _("add --against CORPUS"))
    if against and method is not Method.KEYNESS:
        raise UsageError(_("--against belongs to --method keyness"), _("add --method keyness"))
    if "-" in paths and "-" in against:
        raise UsageError(_("standard input can be read only once"), _("name a file for one of the two"))


def _settings(
    method: Method, segmenter: SegmenterChoice, words: WordOptions, synonyms: Synonyms, reporter: Reporter
) -> RankerSettings:
    from pdtool.keywords.tasks import RankerSettings
    from pdtool.segment.userdict import UserTerm

    own, stop_words = words.load(reporter)
    # Keyness tests what the phrase ranker proposes.
    ranker = Method.PHRASE if method is Method.KEYNESS else method
    return RankerSettings.of(
        ranker.value, segmenter.value, [*own, *map(UserTerm, synonyms.first_of)], stop_words
    )


def _task(
    method: Method, level: Level, settings: RankerSettings, top: int, nested: bool, text: TextChoice
) -> Callable[[Document], Any]:
    """Return what is done with each document."""
    from pdtool.keywords.keyness import TESTED
    from pdtool.keywords.proposals import OF_EACH
    from pdtool.keywords.tasks import Propose, RankDocument

    if method is Method.KEYNESS:
        return Propose(settings, TESTED, text.with_references, text.synonyms)
    if level is Level.CORPUS:
        return Propose(settings, OF_EACH, text.with_references, text.synonyms)
    return RankDocument(settings, top, nested, text.with_references, text.synonyms)


def _read(
    session: Session, corpus: Corpus, task: Callable[[Document], Any], fields: tuple[str, ...]
) -> tuple[Reading[Any], _Groups]:
    """Return what was found out about each document, and its group."""
    from pdtool.documents.grouping import WithGroup

    if not fields:
        return session.read(corpus, task), _Groups()
    reading = session.read(corpus, WithGroup(task, fields))
    groups = _Groups(fields, [group for group, _ in reading.results])
    return replace(reading, results=[result for _, result in reading.results]), groups


def _columns(row_type: type[KeywordRow], fields: tuple[str, ...]) -> tuple[Column, ...]:
    """Return the columns: those of the group stand for that of the document."""
    from pdtool.rows import columns

    return tuple(one for one in columns(row_type, fields) if not fields or one.field != "doc")


def _of_documents(reading: Reading[list[KeywordRow]]) -> _Table:
    from pdtool.keywords.rows import KeywordRow

    return _Table(list(chain.from_iterable(reading.results)), KeywordRow)


def _of_corpus(
    session: Session,
    corpus: Corpus,
    reading: Reading[Proposal],
    top: int,
    nested: bool,
    text: TextChoice,
) -> _Table:
    from pdtool.keywords.proposals import best_shares, corpus_rows, corpus_shares
    from pdtool.keywords.rows import KeywordRow

    ranked = best_shares(corpus_shares(reading.results), top, nested)
    tally = _tally(len(ranked), session.map(corpus, _counter([phrase for phrase, _ in ranked], text)))
    return _Table(corpus_rows(reading.results, ranked, tally.counts.tolist()), KeywordRow)


def _of_groups(
    session: Session,
    corpus: Corpus,
    reading: Reading[Proposal],
    groups: _Groups,
    top: int,
    nested: bool,
    text: TextChoice,
) -> _Table:
    from pdtool.keywords.by_group import group_keywords, ranked_by_group
    from pdtool.keywords.rows import KeywordRow

    proposals = reading.results
    ranked = ranked_by_group(groups.values, proposals, top, nested)
    phrases = sorted({phrase for found in ranked.values() for phrase, _ in found})
    counted_phrases = session.map(corpus, _counter(phrases, text)).results
    return _Table(group_keywords(groups.values, proposals, ranked, phrases, counted_phrases), KeywordRow)


def _keyness(
    session: Session,
    corpus: Corpus,
    reading: Reading[Proposal],
    groups: _Groups,
    against: Sequence[str],
    level: Level,
    top: int,
    nested: bool,
    text: TextChoice,
) -> _Table:
    from pdtool.keywords.by_group import group_keyness, tested_by_group
    from pdtool.keywords.keyness import Reference, corpus_keyness, corpus_phrases, document_keyness
    from pdtool.keywords.rows import KeynessRow

    proposals = reading.results
    phrases = corpus_phrases(proposals) if level is Level.CORPUS else _all_phrases(proposals)
    tested = tested_by_group(groups.values, proposals) if groups.fields else {}
    if tested:
        phrases = sorted({phrase for some in tested.values() for phrase in some})
    counter = _counter(phrases, text)
    old = session.read_reference(against, counter)
    reference = Reference.of(phrases, _tally(len(phrases), old))
    rows: Sequence[KeywordRow]
    if tested:
        told = session.map(corpus, counter).results
        rows = group_keyness(groups.values, proposals, tested, phrases, told, reference, top, nested)
    elif level is Level.CORPUS:
        here = _tally(len(phrases), session.map(corpus, counter))
        rows = corpus_keyness(proposals, phrases, here, reference, top, nested)
    else:
        rows = list(chain.from_iterable(document_keyness(proposals, reference, top, nested)))
    _note_shared(reading.sources, old.sources, session.reporter)
    return _Table(rows, KeynessRow, len(old.sources), old.problems)


def _all_phrases(proposals: Iterable[Proposal]) -> list[str]:
    return sorted({phrase for proposal in proposals for phrase in proposal.phrases})


def _counter(phrases: Sequence[str], text: TextChoice) -> Callable[[Document], Occurrences]:
    """Return what counts phrases in a document."""
    from pdtool.keywords.tasks import CountPhrases

    return CountPhrases("\n".join(phrases), text.with_references, text.synonyms)


def _tally(length: int, reading: Reading[Occurrences]) -> Tally:
    from pdtool.keywords.counting import Tally

    return Tally.add_up(length, reading.results)


def _note_shared(new: Iterable[Source], old: Iterable[Source], reporter: Reporter) -> None:
    """Say how many documents are on both sides."""
    both = _locations(new) & _locations(old)
    if both:
        reporter.note(
            _(
                "{documents} of the corpus also in the one it is compared with, counted on both sides",
                documents=counted(len(both), "document"),
            )
        )


def _locations(sources: Iterable[Source]) -> set[tuple[str, int]]:
    return {(os.path.realpath(source.path), source.start) for source in sources}


def _without_keywords(reading: Reading[Any]) -> list[Problem]:
    """Warn of documents that have text, but none that could be a keyword."""
    known = {problem.source for problem in reading.problems}
    return [
        Problem(source.name, _("has no keywords ({doc})", doc=source.id), severity=Severity.WARNING)
        if source.row is not None
        else Problem(source.name, _("has no keywords"), severity=Severity.WARNING)
        for source, found in zip(reading.sources, reading.results, strict=True)
        if not found and source.name not in known
    ]


def _summary(reading: Reading[Any], found: _Table) -> str:
    read = counted(len(reading.sources), "document")
    if found.compared:
        read = _("{documents} compared with {number:,}", documents=read, number=found.compared)
    characters = counted(reading.characters, "character")
    read = _("{documents}, {characters}", documents=read, characters=characters)
    return joined([read, counted(len(found.rows), "keyword")])
