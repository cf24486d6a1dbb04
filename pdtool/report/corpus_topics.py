"""The topics of a report: the tables of ``pdtool topics``, and what is shown of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from statistics import fmean
from typing import TypeVar

from pdtool.documents.grouping import NONE, Group
from pdtool.report.topics_model import TopicsView, TopicView, YearShares
from pdtool.topics.analysis import Pruning, TopicAnalysis
from pdtool.topics.document_words import DocumentWords, WordReader
from pdtool.topics.models import Fitting
from pdtool.topics.rows import DocumentRow, GroupRow, SentenceRow, TermRow

Row = TypeVar("Row", TermRow, DocumentRow, SentenceRow)

__all__ = ["CorpusTopics", "TopicSettings", "find_topics", "topics_view"]

_WORDS, _SENTENCES = 10, 5
"""Words and sentences of a topic in the tables, as the command has them."""
_DOCUMENTS, _QUOTED = 3, 3
"""Documents and sentences of a topic that are set out beside its words."""


@dataclass(frozen=True, slots=True)
class TopicSettings:
    """How topics are found.

    Args:
        reader: Reads the words of a document, and keeps its text for the sentences.
        fitting: The model.
    """

    reader: WordReader
    fitting: Fitting


@dataclass(frozen=True, slots=True)
class CorpusTopics:
    """The tables of topics.

    Args:
        terms: The first words of each topic.
        documents: Every topic of each document.
        years: Every topic of each year.
        sentences: The sentences that stand for each topic.
    """

    terms: list[TermRow]
    documents: list[DocumentRow]
    years: list[GroupRow]
    sentences: list[SentenceRow]


def find_topics(
    settings: TopicSettings, docs: Sequence[str], words: Sequence[DocumentWords], years: Sequence[str]
) -> CorpusTopics:
    """Find the topics of a corpus, as the command does.

    Args:
        settings: How.
        docs: The ids of the documents.
        words: What each holds.
        years: The year of each.

    Raises:
        UsageError: If there are more topics than documents with words, or than words.
    """
    analysis = TopicAnalysis(docs, words, Pruning())
    model = analysis.fit(settings.fitting)
    groups: list[Group] = [(year,) for year in years]
    return CorpusTopics(
        list(analysis.term_rows(model, _WORDS)),
        list(analysis.document_rows(model)),
        list(analysis.group_rows(model, groups)),
        list(analysis.sentence_rows(model, settings.reader, _SENTENCES)),
    )


def topics_view(found: CorpusTopics, documents: int) -> TopicsView:
    """Choose what is shown of topics.

    Args:
        found: The tables.
        documents: How many documents the corpus has.
    """
    terms, shares, sentences = (
        _by_topic(found.terms),
        _by_topic(found.documents),
        _by_topic(found.sentences),
    )
    of_year: dict[str, list[GroupRow]] = {}
    for row in found.years:
        of_year.setdefault(row.groups[0], []).append(row)
    undated = of_year.pop(NONE, None)
    return TopicsView(
        tuple(
            TopicView(
                number,
                fmean(row.share for row in shares[number]),
                tuple(words),
                tuple(nsmallest(_DOCUMENTS, shares[number], key=lambda row: (-round(row.share, 9), row.doc))),
                tuple(sentences.get(number, ())[:_QUOTED]),
            )
            for number, words in terms.items()
        ),
        tuple(
            YearShares(year, rows[0].documents, tuple(row.share for row in rows))
            for year, rows in of_year.items()
        ),
        undated[0].documents if undated else 0,
        documents - len(shares[1]),
    )


def _by_topic(rows: Iterable[Row]) -> dict[int, list[Row]]:
    """Return the rows of each topic, by its number."""
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(row.topic, []).append(row)
    return found
