"""What decides a report; each analysis has the defaults of its command where nothing is said."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pdtool.frequencies.words import WordCounter, WordSettings
from pdtool.keywords.keyness import TESTED
from pdtool.keywords.tasks import CountPhrases, Propose, RankDocument, RankerSettings
from pdtool.network.finding import BinFinder
from pdtool.network.units import Unit
from pdtool.reuse.dedupe import DedupeOptions
from pdtool.similarity.compare import CompareOptions
from pdtool.similarity.features import FeatureCounter
from pdtool.terms.dictionary import Dictionary
from pdtool.terms.synonyms import NO_SYNONYMS, Synonyms
from pdtool.themes.counting import ThemeCounter

if TYPE_CHECKING:
    from pdtool.report.corpus_topics import TopicSettings

__all__ = ["TOP", "Settings"]

TOP = 10
"""Keywords of each document, as the command has them."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What decides the results.

    Args:
        dictionary: The themes.
        ranker: How keywords are ranked; its words and stop words are those of every analysis.
        reuse: How reuse is found.
        similarity: How documents are compared.
        top: Keywords of each document.
        jobs: Worker processes; 0 takes as many as there are processors. Changes nothing but the time.
        synonyms: Words that are counted as one.
        topics: How topics are found; ``None``: they are not.
    """

    dictionary: Dictionary
    ranker: RankerSettings
    reuse: DedupeOptions = field(default_factory=DedupeOptions)
    similarity: CompareOptions = field(default_factory=CompareOptions)
    top: int = TOP
    jobs: int = 0
    synonyms: Synonyms = NO_SYNONYMS
    topics: TopicSettings | None = None

    def rank(self) -> RankDocument:
        """Return what ranks the keywords of a document."""
        return RankDocument(self.ranker, self.top, synonyms=self.synonyms)

    def propose(self) -> Propose:
        """Return what proposes phrases for the corpus and for what sets a document apart."""
        return Propose(self.ranker, TESTED, synonyms=self.synonyms)

    def features(self) -> FeatureCounter:
        """Return what counts that by which documents are compared."""
        return FeatureCounter(dictionary=self.ranker.dictionary, synonyms=self.synonyms)

    def themes(self) -> ThemeCounter:
        """Return what counts themes."""
        return ThemeCounter.of(self.dictionary, synonyms=self.synonyms)

    def words(self) -> WordCounter:
        """Return what counts words."""
        words = WordSettings(dictionary=self.ranker.dictionary, stop_words=self.ranker.stop_words)
        return WordCounter(words, dated=True, synonyms=self.synonyms)

    def phrases(self, phrases: list[str]) -> CountPhrases:
        """Return what counts phrases."""
        return CountPhrases("\n".join(phrases), synonyms=self.synonyms)

    def bins(self, terms: list[str]) -> BinFinder:
        """Return what finds terms that stand in one sentence."""
        return BinFinder("\n".join(terms), Unit(), synonyms=self.synonyms)
