"""The topics of a corpus, as plain data: their words, documents and sentences, and their shares by year."""

from __future__ import annotations

from dataclasses import dataclass

from pdtool.topics.rows import DocumentRow, SentenceRow, TermRow

__all__ = ["TopicView", "TopicsView", "YearShares"]


@dataclass(frozen=True, slots=True)
class TopicView:
    """A topic.

    Args:
        number: Its number, from 1.
        share: The mean of its shares of all documents that have topics, 0 to 1.
        words: Its first words.
        documents: Those that it makes up most of, the most first.
        sentences: Those that stand for it, the best first.
    """

    number: int
    share: float
    words: tuple[TermRow, ...]
    documents: tuple[DocumentRow, ...]
    sentences: tuple[SentenceRow, ...]

    @property
    def name(self) -> str:
        """Its number and first words, as a chart calls it."""
        return f"{self.number} {' '.join(row.term for row in self.words[:3])}"


@dataclass(frozen=True, slots=True)
class YearShares:
    """The topics of a year.

    Args:
        year: The year.
        documents: Its documents that have topics.
        shares: The mean share of each topic over them, 0 to 1.
    """

    year: str
    documents: int
    shares: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class TopicsView:
    """The topics of a corpus.

    Args:
        topics: The topic that makes up most of the corpus first.
        years: Their shares of each year that documents are of, ascending.
        undated: Documents with topics whose year is not known.
        without: Documents that have no topics, as they hold no word of the model.
    """

    topics: tuple[TopicView, ...]
    years: tuple[YearShares, ...]
    undated: int
    without: int
