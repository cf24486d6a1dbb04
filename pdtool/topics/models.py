"""Counts of words → topics, by scikit-learn: latent Dirichlet allocation, or non-negative factorisation."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from importlib.util import find_spec
from typing import Any

import numpy as np

from pdtool.errors import PdtoolError, UsageError
from pdtool.install_hint import install_hint
from pdtool.language import _
from pdtool.significance import FloatArray

__all__ = ["Fitting", "Method", "TopicModel", "check_installed", "check_topics", "fit"]

_BATCH = 256
"""Documents after which LDA learns on the way; up to so many it learns from all at once."""
_PASSES = {"batch": 100, "online": 20}
"""Times that LDA goes over all documents, by how it learns."""
_STEPS = 400
"""Steps of NMF at most."""


class Method(StrEnum):
    """A kind of topic model."""

    LDA = "lda"
    """Latent Dirichlet allocation (Blei, Ng and Jordan 2003), by variational Bayes, of many documents online
    (Hoffman, Blei and Bach 2010)."""
    NMF = "nmf"
    """Non-negative matrix factorisation (Lee and Seung 1999) of TF-IDF weights, by coordinate descent."""


@dataclass(frozen=True, slots=True)
class Fitting:
    """How a model is fitted.

    Args:
        topics: How many topics it has, at least 2.
        method: Its kind.
        seed: Where its random numbers begin.
    """

    topics: int
    method: Method = Method.LDA
    seed: int = 0


@dataclass(frozen=True, eq=False)
class TopicModel:
    """A fitted model, its topics ordered by how much of the corpus they make up.

    Args:
        words: The words it knows, sorted code point by code point.
        weights: How much each word makes up of each topic, shape ``(n_topics, n_words)``; rows sum to 1.
        shares: How much each topic makes up of each document, shape ``(n_documents, n_topics)``; rows sum to
            1, and are 0 for a document without a word of these.
        share: What gives the shares of other counts, shape ``(n, n_words)`` → ``(n, n_topics)``.
    """

    words: tuple[str, ...]
    weights: FloatArray
    shares: FloatArray
    share: Any

    def __len__(self) -> int:
        return len(self.weights)

    def top(self, topic: int, count: int) -> list[int]:
        """Return the words that make up most of a topic, most first; of equal ones the first by name."""
        order = np.argsort(-np.round(self.weights[topic], 12), kind="stable")
        found: list[int] = order[:count].tolist()
        return found


def check_topics(topics: int, documents: int, words: int) -> None:
    """Refuse more topics than there is anything to tell them apart by.

    Args:
        topics: How many are asked for.
        documents: How many documents hold a word.
        words: How many words there are.

    Raises:
        UsageError: If there are too few documents or words, or fewer than two topics are asked for.
    """
    if topics < 2:
        raise UsageError(_("a model has at least 2 topics, not {topics}", topics=topics), _("--topics 10"))
    for number, noun in ((documents, _("documents with words")), (words, _("words"))):
        if topics > number:
            raise UsageError(
                _(
                    "{topics:,} topics are too many for {number:,} {noun}",
                    topics=topics,
                    number=number,
                    noun=noun,
                ),
                _("--topics {number}", number=number) if number > 1 else _("name more documents"),
            )


def fit(counts: Any, words: Sequence[str], how: Fitting) -> TopicModel:
    """Fit a model.

    Args:
        counts: How often each word occurs in each document, sparse, shape ``(n_documents, n_words)``.
        words: The word of each column.
        how: The kind, the number of topics, the seed.

    Raises:
        UsageError: If there are too many topics.
    """
    filled = np.diff(counts.indptr) > 0
    check_topics(how.topics, int(filled.sum()), len(words))
    with _one_thread():
        weights, share = (_lda if how.method is Method.LDA else _nmf)(counts[filled], how)
        shares = np.zeros((len(filled), how.topics))
        shares[filled] = share(counts[filled])
    totals = np.round(shares.sum(axis=0), 9)
    order = np.lexsort((weights.argmax(axis=1), -totals))
    return TopicModel(
        tuple(words), weights[order], shares[:, order], lambda other: _quietly(share, other)[:, order]
    )


def check_installed() -> None:
    """Refuse to begin without scikit-learn.

    Raises:
        PdtoolError: If it is not installed.
    """
    if find_spec("sklearn") is None:
        raise PdtoolError(
            _("topics are found by the library scikit-learn, which is not installed"),
            install_hint("scikit-learn"),
        )


@contextmanager
def _one_thread() -> Iterator[None]:
    """Keep the libraries of linear algebra to one thread: sums in another order differ in the last bits."""
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):
        yield


def _quietly(share: Any, counts: Any) -> FloatArray:
    with _one_thread():
        found: FloatArray = share(counts)
    return found


def _rows_to_one(values: FloatArray) -> FloatArray:
    """Return rows of numbers that sum to 1; one of zeros becomes even."""
    totals = values.sum(axis=1, keepdims=True)
    even: FloatArray = np.full_like(values, 1 / values.shape[1])
    np.divide(values, totals, out=even, where=totals > 0)
    return even


def _lda(counts: Any, how: Fitting) -> tuple[FloatArray, Any]:
    """Return the words of each topic, and what gives the topics of counts."""
    from sklearn.decomposition import LatentDirichletAllocation

    learning = "online" if counts.shape[0] > _BATCH else "batch"
    model = LatentDirichletAllocation(
        how.topics,
        learning_method=learning,
        batch_size=_BATCH,
        max_iter=_PASSES[learning],
        random_state=how.seed,
    )
    model.fit(counts)
    return _rows_to_one(model.components_), model.transform


def _nmf(counts: Any, how: Fitting) -> tuple[FloatArray, Any]:
    """Return the words of each topic, and what gives the topics of counts.

    What a topic makes up of a document is its coefficient times the sum of its words' weights.
    """
    from sklearn.decomposition import NMF
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.feature_extraction.text import TfidfTransformer

    weigh = TfidfTransformer(sublinear_tf=True)
    model = NMF(how.topics, init="nndsvda", max_iter=_STEPS, random_state=how.seed)
    with warnings.catch_warnings():
        # The last steps change what is shown in no decimal.
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(weigh.fit_transform(counts))
    sizes = model.components_.sum(axis=1)

    def share(other: Any) -> FloatArray:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            return _rows_to_one(model.transform(weigh.transform(other)) * sizes)

    return _rows_to_one(model.components_), share
