"""What ``pdtool keywords`` does once its options mean something: read, rank, write."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pdtool.commands import documents
from pdtool.errors import InputError, Problem, Severity
from pdtool.output.layout import View
from pdtool.output.messages import Reporter
from pdtool.output.target import Target

if TYPE_CHECKING:
    from pdtool.commands.documents import Reading
    from pdtool.corpus.scan import Corpus, ReadOptions
    from pdtool.corpus.source import Source
    from pdtool.documents.document import Document
    from pdtool.keywords.counting import Occurrences, Tally
    from pdtool.keywords.proposals import Proposal
    from pdtool.keywords.rows import KeynessRow, KeywordRow
    from pdtool.keywords.tasks import RankerSettings

__all__ = ["Level", "Method", "Request", "SegmenterChoice", "WordFiles", "run"]


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
class WordFiles:
    """The user's own words.

    Args:
        segmenter: What cuts them.
        userdict: The user dictionary.
        stopwords: The user's stop words.
        builtin: Whether the built-in stop words are used too.
    """

    segmenter: SegmenterChoice
    userdict: Path | None
    stopwords: Path | None
    builtin: bool

    @property
    def files(self) -> list[str]:
        """Those that were named."""
        return [str(path) for path in (self.userdict, self.stopwords) if path is not None]


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for, resolved."""

    paths: tuple[str, ...]
    against: tuple[str, ...]
    read: ReadOptions
    method: Method
    level: Level
    top: int
    nested: bool
    settings: RankerSettings
    words: WordFiles
    jobs: int
    target: Target
    manifest: Path | None


def run(request: Request, reporter: Reporter) -> int:
    """Do what was asked for; the exit code."""
    from pdtool.corpus.scan import scan

    begun = time.perf_counter()
    with scan(request.paths, request.read) as corpus:
        _refuse_overwriting(request, corpus, request.words.files)
        reading = documents.read_documents(corpus, _task(request), request.jobs, reporter)
        if not reading.sources:
            return documents.report_nothing(reading.problems, reporter)
        if request.method is Method.KEYNESS:
            table = _keyness(request, corpus, reading, reporter)
        elif request.level is Level.CORPUS:
            table = _of_corpus(request, corpus, reading, reporter)
        else:
            table = _of_documents(reading)
        code = _write(request, reading, table, reporter)
    reporter.detail(f"{time.perf_counter() - begun:.2f} seconds; {_described(request)}")
    return code


def _refuse_overwriting(request: Request, corpus: Corpus, others: Sequence[str] = ()) -> None:
    inputs = [*(source.path for source in corpus.sources), *others]
    documents.refuse_overwriting(inputs, (request.target.path, request.manifest))


def _task(request: Request) -> Callable[[Document], Any]:
    """Return what is done with each document."""
    from pdtool.keywords.keyness import TESTED
    from pdtool.keywords.proposals import OF_EACH
    from pdtool.keywords.tasks import Propose, RankDocument

    if request.method is Method.KEYNESS:
        return Propose(request.settings, TESTED)
    if request.level is Level.CORPUS:
        return Propose(request.settings, OF_EACH)
    return RankDocument(request.settings, request.top, request.nested)


@dataclass(frozen=True, slots=True)
class _Table:
    """What is written.

    Args:
        rows: The rows, in their order.
        row_type: Their class.
        against: The documents of the reference corpus.
        problems: What is to be said of it.
    """

    rows: Sequence[KeywordRow]
    row_type: type[KeywordRow]
    against: Sequence[Source] = ()
    problems: Sequence[Problem] = ()


def _of_documents(reading: Reading[list[KeywordRow]]) -> _Table:
    from pdtool.keywords.rows import KeywordRow

    return _Table(list(chain.from_iterable(reading.results)), KeywordRow)


def _of_corpus(request: Request, corpus: Corpus, reading: Reading[Proposal], reporter: Reporter) -> _Table:
    from pdtool.keywords.proposals import best_shares, corpus_rows, corpus_shares
    from pdtool.keywords.rows import KeywordRow

    ranked = best_shares(corpus_shares(reading.results), request.top, request.nested)
    counted = _count(corpus, [phrase for phrase, _ in ranked], request, reporter)
    tally = _tally(len(ranked), counted)
    return _Table(corpus_rows(reading.results, ranked, tally.counts.tolist()), KeywordRow)


def _keyness(request: Request, corpus: Corpus, reading: Reading[Proposal], reporter: Reporter) -> _Table:
    from pdtool.keywords.keyness import Reference, corpus_keyness, corpus_phrases, document_keyness
    from pdtool.keywords.rows import KeynessRow

    by_corpus = request.level is Level.CORPUS
    proposals = reading.results
    phrases = corpus_phrases(proposals) if by_corpus else _all_phrases(proposals)
    old = _read_reference(phrases, request, reporter)
    reference = Reference.of(phrases, _tally(len(phrases), old))
    rows: Sequence[KeynessRow]
    if by_corpus:
        here = _tally(len(phrases), _count(corpus, phrases, request, reporter))
        rows = corpus_keyness(proposals, phrases, here, reference, request.top, request.nested)
    else:
        rows = list(chain.from_iterable(document_keyness(proposals, reference, request.top, request.nested)))
    _tell_shared(reading.sources, old.sources, reporter)
    return _Table(rows, KeynessRow, old.sources, old.problems)


def _all_phrases(proposals: Iterable[Proposal]) -> list[str]:
    return sorted({phrase for proposal in proposals for phrase in proposal.phrases})


def _count(
    corpus: Corpus, phrases: Sequence[str], request: Request, reporter: Reporter
) -> Reading[Occurrences]:
    """Count phrases in every document of a corpus."""
    from pdtool.keywords.tasks import CountPhrases

    return documents.read_documents(corpus, CountPhrases("\n".join(phrases)), request.jobs, reporter)


def _tally(length: int, reading: Reading[Occurrences]) -> Tally:
    from pdtool.keywords.counting import Tally

    return Tally.add_up(length, reading.results)


def _read_reference(phrases: Sequence[str], request: Request, reporter: Reporter) -> Reading[Occurrences]:
    from pdtool.corpus.scan import scan

    with scan(request.against, request.read) as corpus:
        _refuse_overwriting(request, corpus)
        reading = _count(corpus, phrases, request, reporter)
    if not reading.sources:
        for problem in reading.problems:
            reporter.problem(problem)
        raise InputError("there is nothing to compare with", "name files or folders after --against")
    return reading


def _tell_shared(new: Iterable[Source], old: Iterable[Source], reporter: Reporter) -> None:
    shared_places = _places(new) & _places(old)
    if shared_places:
        number = documents.counted(len(shared_places), "document")
        reporter.note(f"{number} of the corpus also in the one it is compared with, counted on both sides")


def _places(sources: Iterable[Source]) -> set[tuple[str, int]]:
    return {(os.path.realpath(source.path), source.start) for source in sources}


def _write(request: Request, reading: Reading[Any], table: _Table, reporter: Reporter) -> int:
    """Write the table, then say what is to be said; the exit code."""
    from pdtool.output.table import write_table

    write_table(table.rows, table.row_type, request.target, VIEW, note=reporter.note, warn=reporter.warn)
    problems = [*reading.problems, *table.problems, *_without_keywords(reading)]
    if request.manifest is not None:
        _write_manifest(request.manifest, request, [*reading.sources, *table.against], problems)
    code = documents.finish(problems, reporter)
    reporter.summary(_summary(reading, table))
    return code


def _without_keywords(reading: Reading[Any]) -> list[Problem]:
    """Warn of documents that have text, but none that could be a keyword."""
    told = {problem.source for problem in reading.problems}
    return [
        Problem(source.name, f"has no keywords ({source.id})", severity=Severity.WARNING)
        if source.row is not None
        else Problem(source.name, "has no keywords", severity=Severity.WARNING)
        for source, found in zip(reading.sources, reading.results, strict=True)
        if not found and source.name not in told
    ]


def _write_manifest(
    path: Path, request: Request, sources: Sequence[Source], problems: Sequence[Problem]
) -> None:
    from pdtool.commands.manifest import manifest, write_manifest
    from pdtool.corpus.source import Source

    lists = [Source(name, name, name, "words") for name in request.words.files]
    write_manifest(path, manifest("keywords", _decided(request), [*sources, *lists], problems))


def _decided(request: Request) -> dict[str, Any]:
    """Return the options that decided the result, as they were in the end."""
    words = request.words
    return {
        "method": request.method.value,
        "top": request.top,
        "level": request.level.value,
        "against": list(request.against),
        "nested": request.nested,
        "segmenter": words.segmenter.value,
        "userdict": None if words.userdict is None else str(words.userdict),
        "stopwords": None if words.stopwords is None else str(words.stopwords),
        "builtin_stopwords": words.builtin,
        **asdict(request.read),
    }


def _described(request: Request) -> str:
    return ", ".join(
        f"{name} {value}" for name, value in _decided(request).items() if value not in (None, [])
    )


def _summary(reading: Reading[Any], table: _Table) -> str:
    read = documents.counted(len(reading.sources), "document")
    characters = documents.counted(reading.characters, "character")
    found = documents.counted(len(table.rows), "keyword")
    against = f" compared with {len(table.against):,}" if table.against else ""
    return f"{read}{against}, {characters}; {found}"
