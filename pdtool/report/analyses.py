"""All analyses of a corpus, by the functions of the commands and with their settings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from pdtool.cooccurrence.bins import TermBins
from pdtool.cooccurrence.totals import add_up
from pdtool.corpus.scan import Corpus
from pdtool.corpus.source import Source
from pdtool.documents.cache import clear_document_cache, document_cache
from pdtool.documents.document import Document
from pdtool.documents.mapping import Mapped, jobs_for, map_documents_in
from pdtool.errors import InputError, Problem
from pdtool.frequencies.frequency_tables import FrequencyTables
from pdtool.frequencies.rows import FrequencyRow
from pdtool.frequencies.words import CountedWords, WordCounter
from pdtool.inspection.inspect import inspect_document
from pdtool.inspection.rows import InspectRow
from pdtool.keywords.against_rest import keyness_against_rest
from pdtool.keywords.counting import Occurrences
from pdtool.keywords.proposals import Proposal
from pdtool.keywords.rows import KeynessRow, KeywordRow
from pdtool.keywords.tasks import CountPhrases, Propose, RankDocument
from pdtool.keywords.whole_corpus import keywords_of_all
from pdtool.language import _
from pdtool.network.coword import CowordNetwork
from pdtool.network.finding import BinFinder
from pdtool.progress import NO_PROGRESS, Progress
from pdtool.report.corpus_topics import CorpusTopics, find_topics
from pdtool.report.coword import coword_terms
from pdtool.report.frequency_model import FrequencyView, WordLine
from pdtool.report.model import DocumentEntry, ThemeLine
from pdtool.report.repairs import RepairExamples
from pdtool.report.settings import Settings
from pdtool.report.theme_lines import ThemeLines
from pdtool.report.word_frequencies import (
    WordLines,
    frequency_rows,
    frequency_view,
    lines_of,
    words_in_lines,
)
from pdtool.reuse.common_shingles import SINGLY
from pdtool.reuse.dedupe import DedupeOptions, DedupeResult, dedupe
from pdtool.reuse.relations import COPY
from pdtool.reuse.rows import PairRow
from pdtool.similarity.compare import Side, Similarities
from pdtool.similarity.features import FeatureCounter
from pdtool.text.bags import Bag
from pdtool.themes.counting import DocumentCounts, ThemeCounter
from pdtool.themes.tables import ThemeTables
from pdtool.topics.document_words import DocumentWords, WordReader
from pdtool.workers import Workers

__all__ = ["CHARTED", "Analyses", "analyse", "corpus_top"]

_OF_CORPUS = 30
"""Keywords of all documents together."""
CHARTED = 60
"""Documents that a chart shows: what a person can still read on one page."""
EXAMPLES = 6_000
"""Repairs that are shown over all documents."""
NEAR = 0.1
"""How near to the threshold a containment is to be doubtful."""
MOST_EXAMPLES = 10
"""Repairs of a kind that are shown of a document."""
OPENED = 1_000
"""Documents whose repairs are shown."""


@dataclass(frozen=True, slots=True)
class Analyses:
    """What was found about a corpus; all lists but those of the repairs are in the order of ``sources``.

    Args:
        settings: What decided it.
        sources: The documents that could be read, by id.
        problems: What could not be read, and warnings about what could.
        reuse: Who copies whom.
        inspected: How each document was read and what was repaired.
        keywords: The keywords of each.
        corpus_keywords: Those of all documents together.
        against_rest: The keyness of the phrases of each against the rest of the corpus.
        bags: What each is compared by.
        themes: The tables of themes.
        entries: The repairs of the first documents, in context.
        lines: Where the themes stand, by document and number of the theme.
        charted: The documents that charts of themes show.
        coword: Which keywords of the corpus stand together in sentences.
        term_lines: Lines in which these keywords stand, by the keyword.
        frequencies: The most frequent words and their trends.
        frequent: What is shown of them.
        topics: The topics, if they were asked for.
    """

    settings: Settings
    sources: list[Source]
    problems: list[Problem]
    reuse: DedupeResult
    inspected: list[InspectRow]
    keywords: list[list[KeywordRow]]
    corpus_keywords: list[KeywordRow]
    against_rest: list[list[KeynessRow]]
    bags: list[Bag]
    themes: ThemeTables
    entries: list[DocumentEntry]
    lines: dict[str, dict[int, tuple[ThemeLine, ...]]]
    charted: tuple[str, ...]
    coword: CowordNetwork
    term_lines: dict[str, tuple[WordLine, ...]]
    frequencies: list[FrequencyRow]
    frequent: FrequencyView
    topics: CorpusTopics | None

    @property
    def docs(self) -> list[str]:
        """The ids of the documents."""
        return [source.id for source in self.sources]

    @property
    def similarities(self) -> Similarities:
        """The documents compared with one another."""
        return Similarities(Side(self.docs, self.bags))

    def open(self, source: Source) -> Document:
        """Return a document as the analyses saw it.

        Raises:
            InputError: If it can no longer be read.
        """
        return document_cache(self.reuse.blocks).open(source)


@dataclass(frozen=True, slots=True)
class _Findings:
    """What one reading of a document gives."""

    inspected: InspectRow
    keywords: list[KeywordRow]
    proposal: Proposal
    bag: Bag
    themes: DocumentCounts
    words: CountedWords
    topic_words: DocumentWords | None


@dataclass(frozen=True, slots=True)
class _Read:
    """Does with each document what every command does with it, in one reading."""

    rank: RankDocument
    propose: Propose
    features: FeatureCounter
    themes: ThemeCounter
    words: WordCounter
    topic_words: WordReader | None

    def __call__(self, document: Document) -> _Findings:
        return next(self.each([document]))

    def each(self, documents: Iterable[Document]) -> Iterator[_Findings]:
        at_hand = list(documents)
        # Each goes over all documents before the next: rankers are made once a batch.
        results: tuple[list[Any], ...] = (
            [inspect_document(document) for document in at_hand],
            list(self.rank.each(at_hand)),
            list(self.propose.each(at_hand)),
            [self.features(document) for document in at_hand],
            [self.themes(document) for document in at_hand],
            [self.words(document) for document in at_hand],
            [self.topic_words and self.topic_words(document) for document in at_hand],
        )
        yield from map(_Findings, *results)


@dataclass(frozen=True, slots=True)
class _Reread:
    """What can be asked only once all documents were read."""

    count: CountPhrases
    bins: BinFinder
    repairs: RepairExamples
    lines: ThemeLines
    word_lines: WordLines
    term_lines: WordLines
    opened: frozenset[str]
    charted: frozenset[str]

    def __call__(self, document: Document) -> _Details:
        return _Details(
            self.count(document),
            self.bins(document),
            self.repairs(document) if document.id in self.opened else None,
            self.lines(document) if document.id in self.charted else {},
            self.word_lines(document) if document.id in self.opened else {},
            self.term_lines(document) if document.id in self.opened else {},
        )


@dataclass(frozen=True, slots=True)
class _Details:
    """What the second reading of a document gives."""

    counted: Occurrences
    bins: TermBins
    entry: DocumentEntry | None
    lines: dict[int, tuple[ThemeLine, ...]]
    word_lines: dict[int, tuple[WordLine, ...]]
    term_lines: dict[int, tuple[WordLine, ...]]


def analyse(corpus: Corpus, settings: Settings, progress: Progress = NO_PROGRESS) -> Analyses:
    """Run every analysis over a corpus.

    Args:
        corpus: What was scanned.
        settings: What decides the results.
        progress: Told how far the work has come.

    Raises:
        InputError: If a document that could be read at first no longer can.
    """
    reuse = _reuse(corpus, settings.reuse, progress)
    counter = settings.themes()
    try:
        with Workers(jobs_for(corpus.sources, settings.jobs)) as workers:
            read = _read(workers, corpus, settings, counter, progress)
            sources, findings = read.found
            docs = [source.id for source in sources]
            themes = ThemeTables(settings.dictionary, docs, [found.themes for found in findings])
            charted = _charted(themes)
            phrases = sorted({phrase for found in findings for phrase in found.proposal.phrases})
            terms = coword_terms((found.proposal for found in findings), settings.synonyms)
            tables = FrequencyTables.of_words([found.words for found in findings])
            frequencies = frequency_rows(tables)
            topics = _topics(settings, docs, findings, progress)
            reread = _Reread(
                settings.phrases(phrases),
                settings.bins(terms),
                *_shown(settings, counter, docs, charted, words_in_lines(frequencies), terms),
            )
            details = _all_of(map_documents_in(workers, sources, reread, progress))
    finally:
        clear_document_cache()
        progress.done()
    proposals = [found.proposal for found in findings]
    against_rest = keyness_against_rest(proposals, phrases, [one.counted for one in details], settings.top)
    return Analyses(
        settings,
        sources,
        _problems(corpus, read),
        reuse,
        inspected=[found.inspected for found in findings],
        keywords=[found.keywords for found in findings],
        corpus_keywords=keywords_of_all(
            proposals, phrases, [one.counted for one in details], corpus_top(settings.top)
        ),
        against_rest=list(against_rest),
        bags=[found.bag for found in findings],
        themes=themes,
        entries=[one.entry for one in details if one.entry is not None],
        lines={doc: one.lines for doc, one in zip(docs, details, strict=True) if one.lines},
        charted=charted,
        coword=CowordNetwork(add_up(terms, [one.bins for one in details])),
        term_lines={
            term: lines_of(number, [one.term_lines for one in details]) for number, term in enumerate(terms)
        },
        frequencies=frequencies,
        frequent=frequency_view(tables, frequencies, [one.word_lines for one in details]),
        topics=topics,
    )


def corpus_top(top: int) -> int:
    """Return how many keywords of the whole corpus are shown, if a document has ``top``."""
    return max(top, _OF_CORPUS)


def _reuse(corpus: Corpus, options: DedupeOptions, progress: Progress) -> DedupeResult:
    """Find reuse, and look below the threshold as well: the report shows what is near it on either side.

    Above ``COPY`` the threshold decides what is a copy, and below it nothing is looked at. Common shingles
    count, or do not, as they do at the threshold that was asked for, and so do single passages.
    """
    if options.threshold > COPY:
        return dedupe(corpus, options, progress=progress)
    singly = options.threshold < SINGLY
    lower = replace(
        options,
        threshold=max(0.0, options.threshold - NEAR),
        common=options.common if singly else 0,
        passages=singly,
    )
    found = dedupe(corpus, lower, progress=progress)
    numbers = found.findings.numbers

    def is_related(row: PairRow) -> bool:
        verified = found.findings.between(numbers[row.doc_a], numbers[row.doc_b])
        return verified is not None and verified.measure.smaller >= options.threshold

    return replace(found, pairs=[row for row in found.pairs if is_related(row)])


def _read(
    workers: Workers, corpus: Corpus, settings: Settings, counter: ThemeCounter, progress: Progress
) -> Mapped[_Findings]:
    task = _Read(
        settings.rank(),
        settings.propose(),
        settings.features(),
        counter,
        settings.words(),
        None if settings.topics is None else settings.topics.reader,
    )
    return map_documents_in(workers, corpus.sources, task, progress)


def _topics(
    settings: Settings, docs: Sequence[str], findings: Sequence[_Findings], progress: Progress
) -> CorpusTopics | None:
    if settings.topics is None:
        return None
    progress.stage(_("finding topics"), 0)
    words = [found.topic_words for found in findings if found.topic_words is not None]
    return find_topics(settings.topics, docs, words, [found.words.year for found in findings])


def _shown(
    settings: Settings,
    counter: ThemeCounter,
    docs: Sequence[str],
    charted: Sequence[str],
    words: Sequence[str],
    terms: Sequence[str],
) -> tuple[RepairExamples, ThemeLines, WordLines, WordLines, frozenset[str], frozenset[str]]:
    """Return what is cut out of documents to be shown, and of which."""
    opened = docs[:OPENED]
    each = max(1, min(MOST_EXAMPLES, EXAMPLES // (4 * max(1, len(opened)))))
    return (
        RepairExamples(each),
        ThemeLines(counter, 6 if len(docs) <= CHARTED // 2 else 3),
        WordLines(tuple(words), settings.synonyms),
        WordLines(tuple(terms), settings.synonyms),
        frozenset(opened),
        frozenset(charted),
    )


def _all_of(mapped: Mapped[_Details]) -> list[_Details]:
    """Return what the second reading gave, if it gave something for every document.

    Raises:
        InputError: If a document can no longer be read; it names the file.
    """
    for one in mapped.outcomes:
        if one.result is None:
            problem = one.problems[0]
            raise InputError(f"{problem.source}: {problem.message}", problem.hint)
    return mapped.found[1]


def _charted(themes: ThemeTables) -> tuple[str, ...]:
    """Choose the documents that charts show: those that say most of the themes, in the order of their ids."""
    totals = [
        (int(document.parts[0].counts.sum()), doc)
        for doc, document in zip(themes.docs, themes.counts, strict=True)
    ]
    most = sorted(totals, key=lambda item: (-item[0], item[1]))[:CHARTED]
    return tuple(sorted(doc for _, doc in most))


def _problems(corpus: Corpus, read: Mapped[Any]) -> list[Problem]:
    return [*corpus.problems, *chain.from_iterable(outcome.problems for outcome in read.outcomes)]
