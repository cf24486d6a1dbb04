"""What is done with one document, in any process: settings that can be sent to it, small results back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pdtool.documents.document import Document
from pdtool.documents.front_matter import declared_keywords, given_keywords, title_of
from pdtool.documents.mapping import body_of
from pdtool.documents.official_head import topic_of, without_numbers
from pdtool.documents.warm_up import warm_up_with
from pdtool.keywords.counting import OccurrenceCounter, Occurrences
from pdtool.keywords.kept_texts import keeper
from pdtool.keywords.proposals import Proposal, propose
from pdtool.keywords.ranking import KeywordRanker, KeywordText
from pdtool.keywords.rows import KeywordRow
from pdtool.normalise.pipeline import normalise
from pdtool.normalise.prefilter import prefilter
from pdtool.segment.jieba_data import read_idf
from pdtool.segment.packed import pack_terms, segmenter_of
from pdtool.segment.segmenter import SEGMENTERS
from pdtool.segment.userdict import UserTerm
from pdtool.terms.synonyms import NO_SYNONYMS, Synonyms
from pdtool.text.fold import folded_length

__all__ = [
    "CountPhrases",
    "Propose",
    "RankDocument",
    "RankerSettings",
    "TextChoice",
    "keyword_texts",
    "warm_up",
]


def warm_up() -> Iterator[None]:
    """Make what ranking keywords takes, piece by piece: first the dictionaries, which every document needs.

    Yields:
        After each piece.
    """
    segmenter = segmenter_of(SEGMENTERS[0], "[]")
    read_idf()
    ranker = KeywordRanker(segmenter, frozenset())
    yield from warm_up_with(lambda sample: list(ranker.rank([KeywordText("", sample)])))


def keyword_texts(
    documents: Sequence[Document], with_references: bool = False, synonyms: Synonyms = NO_SYNONYMS
) -> Iterator[KeywordText]:
    """Yield what documents give to the rankers: their bodies, their titles, what they declare.

    The title is that of the table or, without one, what the text itself begins with; declared are the
    keywords that the table gives and those that the text does.

    Args:
        documents: The documents.
        with_references: As for :func:`~pdtool.documents.mapping.body_of`.
        synonyms: Words that are counted as one: the first of each group is read for all of them.
    """
    Document.read_fronts(documents)
    for document, known in zip(documents, _known_titles(documents), strict=True):
        front = document.front
        title = known.strip() if known else title_of(document.text, front)
        offered = given_keywords(document.container.get("keywords", ""))
        found = [*offered, *declared_keywords(document.text, front)]
        declared = tuple(dict.fromkeys(map(synonyms.unified, found)))
        body = synonyms.unified(without_numbers(body_of(document, with_references)))
        yield KeywordText(
            document.id, body, synonyms.unified(title), declared, synonyms.unified(topic_of(title))
        )


def _known_titles(documents: Sequence[Document]) -> list[str]:
    """Return the titles that are known of documents, repaired; empty where none is.

    All are looked at together: to judge what a short text may need takes longer than to repair it.
    """
    raw = [document.meta.get("title", "") for document in documents]
    return [
        normalise(title, features=features).text if title else ""
        for title, features in zip(raw, prefilter(raw), strict=True)
    ]


@dataclass(frozen=True, slots=True)
class TextChoice:
    """What of documents is read, and how.

    Args:
        with_references: Whether references, notes and the like are counted as text.
        synonyms: Words that are counted as one.
    """

    with_references: bool = False
    synonyms: Synonyms = NO_SYNONYMS


@dataclass(frozen=True, slots=True)
class RankerSettings:
    """What decides a ranking. Lists are strings: they are sent and compared faster than many small ones.

    Args:
        method: One of :data:`~pdtool.keywords.ranking.METHODS`.
        segmenter: One of :data:`~pdtool.segment.segmenter.SEGMENTERS`.
        dictionary: The entries of the user's dictionary, as JSON.
        stop_words: All stop words, one a line.
    """

    method: str = "phrase"
    segmenter: str = "rjieba"
    dictionary: str = "[]"
    stop_words: str = ""

    @classmethod
    def of(
        cls, method: str, segmenter: str, terms: Sequence[UserTerm], stop_words: frozenset[str]
    ) -> RankerSettings:
        """Pack settings."""
        return cls(method, segmenter, pack_terms(terms), "\n".join(sorted(stop_words)))


@lru_cache(maxsize=1)
def _ranker(settings: RankerSettings, top: int | None, nested: bool) -> KeywordRanker:
    """Return this process's ranker; it knows the words of all documents before."""
    segmenter = segmenter_of(settings.segmenter, settings.dictionary)
    stop_words = frozenset(settings.stop_words.splitlines())
    return KeywordRanker(segmenter, stop_words, settings.method, top, nested)


@dataclass(frozen=True, slots=True)
class RankDocument:
    """Ranks the keywords of a document.

    Args:
        settings: How.
        top: How many are returned; ``None`` for all.
        nested: Whether a phrase and a part of it may both be among them.
        with_references: Whether references, notes and the like are counted as text.
        synonyms: Words that are counted as one.
    """

    settings: RankerSettings
    top: int | None = 10
    nested: bool = True
    with_references: bool = False
    synonyms: Synonyms = NO_SYNONYMS

    def __call__(self, document: Document) -> list[KeywordRow]:
        """Return the rows of a document, rank 1 first."""
        return next(self.each([document]))

    def each(self, documents: Sequence[Document]) -> Iterator[list[KeywordRow]]:
        """Yield the rows of each document: together they take two thirds of the time."""
        ranker = _ranker(self.settings, self.top, self.nested)
        return ranker.rank(keyword_texts(documents, self.with_references, self.synonyms))


@dataclass(frozen=True, slots=True)
class Propose:
    """Finds the best phrases of a document for the whole corpus, or for the tests of keyness.

    Args:
        settings: How.
        of_each: How many of each document.
        with_references: Whether references, notes and the like are counted as text.
        synonyms: Words that are counted as one.
        kept_in: The folder where bodies are kept for a second look; empty to keep none.
        counted: Whether the phrases are counted in the body of the document, which keyness asks for.
    """

    settings: RankerSettings
    of_each: int
    with_references: bool = False
    synonyms: Synonyms = NO_SYNONYMS
    kept_in: str = ""
    counted: bool = True

    def __call__(self, document: Document) -> Proposal:
        """Return what a document proposes."""
        return next(self.each([document]))

    def each(self, documents: Sequence[Document]) -> Iterator[Proposal]:
        """Yield what each document proposes."""
        texts = keyword_texts(documents, self.with_references, self.synonyms)
        with keeper(self.kept_in) as keep:
            yield from propose(_ranker(self.settings, None, True), texts, self.of_each, keep, self.counted)


@lru_cache(maxsize=1)
def _counter(phrases: str) -> OccurrenceCounter:
    return OccurrenceCounter(phrases.split("\n") if phrases else [])


@dataclass(frozen=True, slots=True)
class CountPhrases:
    """Counts phrases in the body of a document.

    Args:
        phrases: The phrases, one a line.
        with_references: Whether references, notes and the like are counted as text.
        synonyms: Words that are counted as one.
    """

    phrases: str
    with_references: bool = False
    synonyms: Synonyms = NO_SYNONYMS

    def __call__(self, document: Document) -> Occurrences:
        """Return the phrases that occur."""
        return next(self.each([document]))

    def each(self, documents: Sequence[Document]) -> Iterator[Occurrences]:
        """Yield the phrases that occur in each document."""
        for text in keyword_texts(documents, self.with_references, self.synonyms):
            yield Occurrences(*_counter(self.phrases).found(text.body), folded_length(text.body))
