"""The topics of a corpus: what is left of its words, the model, and the tables of both."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from statistics import fmean
from typing import Any

import numpy as np

from pdtool.documents.grouping import Group
from pdtool.errors import UsageError
from pdtool.language import _
from pdtool.text.sentences import sentence_ends
from pdtool.topics.coherence import coherence
from pdtool.topics.document_words import CorpusWords, DocumentWords, WordReader
from pdtool.topics.models import Fitting, TopicModel, check_topics, fit
from pdtool.topics.rows import DocumentRow, GroupRow, ModelRow, SentenceRow, TermRow
from pdtool.topics.stability import agreement, sample

__all__ = ["Pruning", "TopicAnalysis"]

_FEW = 20
"""Documents below which no word is too rare or too common unless that is asked for."""
_FIRST = 10
"""Words of a topic by which models are judged."""
_LOOKED_THROUGH = 20
"""Documents of each topic whose sentences are looked through, those it makes up most of."""
_FEWEST_WORDS = 5
"""Content words of a sentence that can stand for a topic."""


@dataclass(frozen=True, slots=True)
class Pruning:
    """Which words a model knows.

    Args:
        min_documents: Words of fewer documents are left out; ``None``: 2, of fewer than 20 documents 1.
        max_share: Words of a greater share of the documents are left out; ``None``: 0.7, of fewer than 20
            documents 1.

    Raises:
        UsageError: If a value is out of its range.
    """

    min_documents: int | None = None
    max_share: float | None = None

    def __post_init__(self) -> None:
        if self.min_documents is not None and self.min_documents < 1:
            raise UsageError(
                _(
                    "a word stands in at least 1 document, not {min_documents}",
                    min_documents=self.min_documents,
                ),
                _("--min-documents 2"),
            )
        if self.max_share is not None and not 0 < self.max_share <= 1:
            raise UsageError(
                _("a share is a number above 0, up to 1, not {max_share}", max_share=self.max_share),
                _("--max-share 0.7"),
            )

    def resolved(self, documents: int) -> tuple[int, float]:
        """Return the least number of documents and the greatest share for so many documents."""
        least, most = (2, 0.7) if documents >= _FEW else (1, 1.0)
        return (
            least if self.min_documents is None else self.min_documents,
            most if self.max_share is None else self.max_share,
        )


class TopicAnalysis:
    """The words of a corpus, ready for models.

    Args:
        docs: The ids of the documents.
        documents: Their words, in the same order.
        pruning: Which words a model knows.
    """

    def __init__(self, docs: Sequence[str], documents: Sequence[DocumentWords], pruning: Pruning) -> None:
        self._docs = docs
        self._documents = documents
        self._corpus = CorpusWords.of(documents)
        every = self._corpus.counts
        least, most = pruning.resolved(len(docs))
        frequencies = np.bincount(every.indices, minlength=len(self._corpus.words))
        kept = np.flatnonzero((frequencies >= least) & (frequencies <= most * len(docs)))
        self._counts: Any = every[:, kept]
        self.words = tuple(self._corpus.words[number] for number in kept.tolist())

    @cached_property
    def filled(self) -> list[int]:
        """The places of the documents that hold a word that a model knows."""
        found: list[int] = np.flatnonzero(np.diff(self._counts.indptr)).tolist()
        return found

    def check(self, topics: int, in_samples: bool) -> None:
        """Refuse more topics than documents or words; see :func:`~pdtool.topics.models.check_topics`.

        Args:
            topics: How many are asked for.
            in_samples: Whether models of samples are fitted as well.

        Raises:
            UsageError: If there are too many.
        """
        check_topics(topics, len(self.filled), len(self.words))
        if in_samples and topics > (size := len(sample(len(self.filled), 0))):
            raise UsageError(
                _(
                    "{topics:,} topics are too many: stability takes samples of four fifths of the "
                    "documents, here {size:,}",
                    topics=topics,
                    size=size,
                ),
                _("--topics {size}", size=size) if size > 1 else _("name more documents"),
            )

    def fit(self, how: Fitting) -> TopicModel:
        """Fit a model to the corpus; see :func:`~pdtool.topics.models.fit`."""
        return fit(self._counts, self.words, how)

    def term_rows(self, model: TopicModel, top: int) -> Iterator[TermRow]:
        """Yield the first words of each topic."""
        for topic in range(len(model)):
            for rank, word in enumerate(model.top(topic, top), start=1):
                yield TermRow(topic + 1, rank, model.words[word], float(model.weights[topic, word]))

    def document_rows(self, model: TopicModel) -> Iterator[DocumentRow]:
        """Yield every topic of each document that holds a word, by the ids of documents."""
        for place in sorted(self.filled, key=self._docs.__getitem__):
            for topic, share in enumerate(model.shares[place].tolist(), start=1):
                yield DocumentRow(self._docs[place], topic, share)

    def group_rows(self, model: TopicModel, groups: Sequence[Group]) -> Iterator[GroupRow]:
        """Yield every topic of each group that has documents with words, by the values of groups.

        Args:
            model: The model.
            groups: The group of each document.
        """
        members: dict[Group, list[int]] = {}
        for place in self.filled:
            members.setdefault(groups[place], []).append(place)
        for group, places in sorted(members.items()):
            shares = model.shares[places].mean(axis=0)
            for topic, share in enumerate(shares.tolist(), start=1):
                yield GroupRow(group, topic, share, len(places))

    def sentence_rows(self, model: TopicModel, reader: WordReader, top: int) -> Iterator[SentenceRow]:
        """Yield the sentences that stand for each topic best.

        They are those of five content words or more of which the topic makes up most when they are read as
        documents of their own, of the 20 documents that it makes up most of; no sentence twice.

        Args:
            model: The model.
            reader: What read the words of the documents.
            top: How many sentences of each topic.
        """
        columns = {word: number for number, word in enumerate(model.words)}
        for topic in range(len(model)):
            order = np.lexsort((self._by_id, -np.round(model.shares[:, topic], 9)))
            found = [
                (self._docs[place], sentence, words)
                for place in order[:_LOOKED_THROUGH].tolist()
                if model.shares[place].any()
                for sentence, words in _sentences(self._documents[place].body, reader, columns)
            ]
            yield from self._best(model, topic, found, top)

    @cached_property
    def _by_id(self) -> Any:
        from pdtool.text.arrays import ranks

        return ranks(self._docs)

    def _best(
        self, model: TopicModel, topic: int, found: Sequence[tuple[str, str, list[int]]], top: int
    ) -> Iterator[SentenceRow]:
        if not found:
            return
        shares = np.round(model.share(_matrix([words for _, _, words in found], len(model.words))), 9)
        said: set[str] = set()
        for place in np.argsort(-shares[:, topic], kind="stable").tolist():
            doc, sentence, _ = found[place]
            if len(said) < top and sentence not in said:
                said.add(sentence)
                yield SentenceRow(topic + 1, len(said), float(shares[place, topic]), doc, sentence)

    def model_row(self, how: Fitting, runs: int, advance: Callable[[int], None]) -> ModelRow:
        """Judge a number of topics.

        Coherence is that of the model of all documents. Stability is the mean agreement of its topics with
        those of models of samples, four fifths of the documents each, fitted from seeds of their own.

        Source: Greene, O'Callaghan and Cunningham (2014) for stability.

        Args:
            how: The kind of model, its number of topics, the first seed.
            runs: How many samples, at least 1.
            advance: Called with 1 for each model that was fitted.
        """
        whole = self._first_words(self._counts, how)
        advance(1)
        judged = coherence(self._corpus, [[self.words[word] for word in topic] for topic in whole])
        filled = self._counts[self.filled]
        agreements = []
        for run in range(1, runs + 1):
            seed = how.seed + run
            part = filled[sample(filled.shape[0], seed)]
            agreements.append(agreement(whole, self._first_words(part, replace(how, seed=seed))))
            advance(1)
        return ModelRow(how.topics, judged, fmean(agreements))

    def _first_words(self, counts: Any, how: Fitting) -> list[list[int]]:
        model = fit(counts, self.words, how)
        return [model.top(topic, min(_FIRST, len(self.words))) for topic in range(len(model))]


def _sentences(body: str, reader: WordReader, columns: dict[str, int]) -> Iterator[tuple[str, list[int]]]:
    """Yield each sentence of a text that is long enough, and the words of it that a model knows."""
    start = 0
    for end in sentence_ends(body).tolist():
        sentence = body[start:end].strip()
        start = end
        words = [columns[word] for word in reader.words(sentence) if word in columns]
        if len(words) >= _FEWEST_WORDS:
            yield sentence, words


def _matrix(rows: Sequence[Sequence[int]], width: int) -> Any:
    """Return counts of words as a sparse matrix."""
    from scipy.sparse import csr_matrix

    ends = np.cumsum([0, *map(len, rows)])
    words = np.array([word for row in rows for word in row], dtype=np.int32)
    matrix = csr_matrix((np.ones(len(words)), words, ends), shape=(len(rows), width))
    matrix.sum_duplicates()
    return matrix
