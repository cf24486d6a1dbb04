"""The keywords of documents, of groups of them, or of a whole corpus."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Any

from pdtool.errors import Problem, Severity
from pdtool.interface.keyword_options import KeywordOptions, Level, Method, ranker_settings
from pdtool.interface.result import GroupBy, Paths, Result, choice, grouping, named_paths, open_run
from pdtool.interface.run import Reading, Run
from pdtool.interface.word_lists import load_synonyms_of, load_words
from pdtool.language import _, counted

if TYPE_CHECKING:
    from pdtool.corpus.scan import Corpus, ReadOptions
    from pdtool.corpus.source import Source
    from pdtool.documents.document import Document
    from pdtool.documents.grouping import Group
    from pdtool.keywords.counting import Occurrences, Tally
    from pdtool.keywords.proposals import Proposal
    from pdtool.keywords.rows import KeywordRow
    from pdtool.keywords.tasks import TextChoice
    from pdtool.rows import Column

__all__ = ["KeywordTable", "find_keywords", "keywords"]


_MOST_KEPT = 1_000_000_000
"""Bytes of a corpus up to which its bodies are kept for a second look; a larger one is read twice."""


@dataclass(frozen=True, slots=True)
class KeywordTable:
    """The keywords that were found.

    Args:
        rows: The rows, in their order.
        columns: Their columns.
        reading: The documents.
        groups: The group of each document; nothing if they are not grouped.
        problems: What is to be said of the documents.
        compared: How many documents the corpus was compared with.
    """

    rows: Sequence[KeywordRow]
    columns: tuple[Column, ...]
    reading: Reading[Any]
    groups: Sequence[Group]
    problems: Sequence[Problem]
    compared: int


def find_keywords(run: Run, corpus: Corpus, options: KeywordOptions) -> KeywordTable:
    """Find the keywords of a corpus.

    Args:
        run: What reads it.
        corpus: What was scanned.
        options: What is wanted.
    """
    with ExitStack() as opened:
        folder = opened.enter_context(_kept_in(corpus)) if _looks_twice(options) else ""
        return _find(run, corpus, options, folder)


def _looks_twice(options: KeywordOptions) -> bool:
    """Return whether the phrases of all documents are counted in each of them once they are known."""
    return bool(options.fields) or options.level is Level.CORPUS


@contextmanager
def _kept_in(corpus: Corpus) -> Iterator[str]:
    """Lend a folder for the bodies of a corpus; an empty name where they might be too much for a disk."""
    from pdtool.documents.mapping import bytes_of
    from pdtool.run_folder import temporary_folder

    if sum(map(bytes_of, corpus.sources)) > _MOST_KEPT:
        yield ""
        return
    with temporary_folder() as folder:
        yield str(folder)


def _find(run: Run, corpus: Corpus, options: KeywordOptions, folder: str) -> KeywordTable:
    """Find the keywords of a corpus, whose bodies are kept in a folder for a second look."""
    reading, groups = _read(run, corpus, _task(options, folder), options.fields)
    if options.method is Method.KEYNESS:
        found = _keyness(run, corpus, reading, groups, options)
    elif options.fields:
        found = _of_groups(run, corpus, reading, groups, options)
    elif options.level is Level.CORPUS:
        found = _of_corpus(run, corpus, reading, options)
    else:
        found = _of_documents(reading)
    return KeywordTable(
        found.rows,
        _columns(found.row_type, options.fields),
        reading,
        groups.values,
        [*reading.problems, *found.problems, *_without_keywords(reading)],
        found.compared,
    )


def keywords(
    paths: Paths,
    *,
    method: str = "phrase",
    top: int = 10,
    level: str = "document",
    group_by: GroupBy = None,
    against: Paths = (),
    nested: bool = True,
    userdict: str | os.PathLike[str] | None = None,
    stopwords: str | os.PathLike[str] | None = None,
    builtin_stopwords: bool = True,
    synonyms: str | os.PathLike[str] | None = None,
    with_references: bool = False,
    read: ReadOptions | None = None,
    jobs: int = 0,
) -> Result[KeywordRow]:
    """Find what each document, or the whole corpus, is about: ``pdtool keywords``.

    Args:
        paths: Files, folders, patterns.
        method: ``"phrase"``, ``"tfidf"``, ``"textrank"`` or ``"keyness"``.
        top: How many keywords of each document, group or corpus.
        level: ``"document"``, or ``"corpus"`` for keywords of all documents together.
        group_by: The keywords of each year, issuer or other group of documents.
        against: With ``"keyness"``: the documents to compare with.
        nested: Whether a phrase and a part of it may both be listed.
        userdict: A file of words that stay whole, in jieba's format.
        stopwords: A file of more words that no keyword may contain, one a line.
        builtin_stopwords: Whether the built-in stop words are left out too.
        synonyms: A file of words that are counted as one.
        with_references: Whether references, notes and the like are counted as text.
        read: How to read the documents.
        jobs: Worker processes; 0 takes as many as there are processors. Changes nothing but the time.

    Returns:
        The keywords, of each document the best first; with ``"keyness"`` rows have the columns of
        :class:`pdtool.KeynessRow`.

    Raises:
        UsageError: If arguments contradict each other.
        InputError: If no document could be read.

    >>> [row.keyword for row in keywords("seeds", top=1)][:2]
    ['疫情防控', '基层治理']
    """
    from pdtool.keywords.tasks import TextChoice

    fields = grouping(group_by)
    compared = named_paths(against)
    chosen, whose = choice(Method, method, "method"), choice(Level, level, "level")
    with open_run(paths, read, jobs, fields) as (run, corpus):
        words = load_words(userdict, stopwords, builtin_stopwords, run.note)
        text = TextChoice(with_references, load_synonyms_of(synonyms))
        settings = ranker_settings(chosen, "rjieba", words, text.synonyms)
        options = KeywordOptions(*(chosen, settings, top, whose, fields, compared, nested, text))
        options.check(named_paths(paths))
        found = find_keywords(run, corpus, options)
        run.note_without_value(fields, found.groups)
        return run.result(found.rows, found.columns, found.problems, found.reading)


@dataclass(frozen=True, slots=True)
class _Found:
    """What was found.

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


def _task(options: KeywordOptions, folder: str) -> Callable[[Document], Any]:
    """Return what is done with each document, whose body is kept in a folder if one is named."""
    from pdtool.keywords.keyness import TESTED
    from pdtool.keywords.proposals import OF_EACH
    from pdtool.keywords.tasks import Propose, RankDocument

    read = options.text.with_references, options.text.synonyms
    if options.method is Method.KEYNESS:
        return Propose(options.settings, TESTED, *read, folder)
    if options.fields or options.level is Level.CORPUS:
        return Propose(options.settings, OF_EACH, *read, folder, counted=False)
    return RankDocument(options.settings, options.top, options.nested, *read)


def _read(
    run: Run, corpus: Corpus, task: Callable[[Document], Any], fields: tuple[str, ...]
) -> tuple[Reading[Any], _Groups]:
    """Return what was found out about each document, and its group."""
    from pdtool.documents.grouping import WithGroup

    if not fields:
        return run.read(corpus, task), _Groups()
    reading = run.read(corpus, WithGroup(task, fields))
    groups = _Groups(fields, [group for group, _ in reading.results])
    return replace(reading, results=[result for _, result in reading.results]), groups


def _columns(row_type: type[KeywordRow], fields: tuple[str, ...]) -> tuple[Column, ...]:
    """Return the columns: those of the group stand for that of the document."""
    from pdtool.rows import columns

    return tuple(one for one in columns(row_type, fields) if not fields or one.field != "doc")


def _of_documents(reading: Reading[list[KeywordRow]]) -> _Found:
    from pdtool.keywords.rows import KeywordRow

    return _Found(list(chain.from_iterable(reading.results)), KeywordRow)


def _of_corpus(
    run: Run,
    corpus: Corpus,
    reading: Reading[Proposal],
    options: KeywordOptions,
) -> _Found:
    from pdtool.keywords.proposals import best_shares, corpus_rows, corpus_shares
    from pdtool.keywords.rows import KeywordRow

    shares = corpus_shares(reading.results, options.top if options.nested else None)
    ranked = best_shares(shares, options.top, options.nested)
    found = _counted(run, corpus, reading.results, [phrase for phrase, _ in ranked], options.text)
    counts = _tally(len(ranked), found).counts.tolist()
    return _Found(corpus_rows(reading.results, ranked, counts), KeywordRow)


def _of_groups(
    run: Run,
    corpus: Corpus,
    reading: Reading[Proposal],
    groups: _Groups,
    options: KeywordOptions,
) -> _Found:
    from pdtool.keywords.by_group import group_keywords, ranked_by_group
    from pdtool.keywords.rows import KeywordRow

    proposals = reading.results
    ranked = ranked_by_group(groups.values, proposals, options.top, options.nested)
    phrases = sorted({phrase for found in ranked.values() for phrase, _ in found})
    found = _counted(run, corpus, proposals, phrases, options.text)
    return _Found(group_keywords(groups.values, proposals, ranked, phrases, found), KeywordRow)


def _keyness(
    run: Run,
    corpus: Corpus,
    reading: Reading[Proposal],
    groups: _Groups,
    options: KeywordOptions,
) -> _Found:
    from pdtool.keywords.by_group import group_keyness, tested_by_group
    from pdtool.keywords.keyness import Reference, corpus_keyness, corpus_phrases, document_keyness
    from pdtool.keywords.rows import KeynessRow

    proposals = reading.results
    phrases = corpus_phrases(proposals) if options.level is Level.CORPUS else _all_phrases(proposals)
    tested = tested_by_group(groups.values, proposals) if groups.fields else {}
    if tested:
        phrases = sorted({phrase for some in tested.values() for phrase in some})
    old = run.read_reference(options.against, _counter(phrases, options.text))
    reference = Reference.of(phrases, _tally(len(phrases), old.results))
    rows: Sequence[KeywordRow]
    if tested:
        told = _counted(run, corpus, proposals, phrases, options.text)
        rows = group_keyness(
            groups.values, proposals, tested, phrases, told, reference, options.top, options.nested
        )
    elif options.level is Level.CORPUS:
        here = _tally(len(phrases), _counted(run, corpus, proposals, phrases, options.text))
        rows = corpus_keyness(proposals, phrases, here, reference, options.top, options.nested)
    else:
        rows = list(chain.from_iterable(document_keyness(proposals, reference, options.top, options.nested)))
    _note_shared(reading.sources, old.sources, run)
    return _Found(rows, KeynessRow, len(old.sources), old.problems)


def _all_phrases(proposals: Iterable[Proposal]) -> list[str]:
    return sorted({phrase for proposal in proposals for phrase in proposal.phrases})


def _counter(phrases: Sequence[str], text: TextChoice) -> Callable[[Document], Occurrences]:
    """Return what counts phrases in a document."""
    from pdtool.keywords.tasks import CountPhrases

    return CountPhrases("\n".join(phrases), text.with_references, text.synonyms)


def _counted(
    run: Run, corpus: Corpus, proposals: Sequence[Proposal], phrases: Sequence[str], text: TextChoice
) -> list[Occurrences]:
    """Count phrases in each document: in the body that was kept, else in the document, read again."""
    from pdtool.keywords.proposals import counted_in_kept

    found = counted_in_kept(proposals, phrases)
    return run.map(corpus, _counter(phrases, text)).results if found is None else found


def _tally(length: int, found: Sequence[Occurrences]) -> Tally:
    from pdtool.keywords.counting import Tally

    return Tally.add_up(length, found)


def _note_shared(new: Iterable[Source], old: Iterable[Source], run: Run) -> None:
    """Say how many documents are on both sides."""
    both = _locations(new) & _locations(old)
    if both:
        run.note(
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
