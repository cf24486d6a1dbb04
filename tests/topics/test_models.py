"""Models find topics that were put in, are the same every run, and know their limits."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.decomposition import NMF, LatentDirichletAllocation
from sklearn.feature_extraction.text import TfidfTransformer

from pdtool.errors import PdtoolError, UsageError
from pdtool.topics import models
from pdtool.topics.document_words import CorpusWords, DocumentWords
from pdtool.topics.models import Fitting, Method, check_installed, check_topics, fit
from tests.topics.corpora import SUBJECTS, documents


def words_of(texts: list[list[str]]) -> CorpusWords:
    """Return the words of a corpus."""
    return CorpusWords.of([DocumentWords.of(text) for text in texts])


@pytest.mark.parametrize("method", Method)
@pytest.mark.parametrize("count", [30, 400])
def test_topics_that_were_put_in_are_found(method: Method, count: int) -> None:
    """The first words of each topic are those of a subject, and each document is of the topic of its own.

    With few documents and with so many that LDA learns on the way.
    """
    texts, subjects = documents(count, seed=1)
    corpus = words_of(texts)
    model = fit(corpus.counts, corpus.words, Fitting(3, method))
    subject_of = []
    for topic in range(3):
        first = {model.words[word] for word in model.top(topic, 8)}
        subject_of.append(next(number for number, own in enumerate(SUBJECTS) if first <= {*own}))
    assert sorted(subject_of) == [0, 1, 2]
    found = [subject_of[topic] for topic in model.shares.argmax(axis=1).tolist()]
    assert np.mean(np.array(found) == subjects) >= 0.98


@pytest.mark.parametrize("method", Method)
def test_a_model_is_the_same_every_run(method: Method) -> None:
    """Equal to the last bit for one seed; weights and shares sum to 1; the largest topic comes first."""
    corpus = words_of(documents(25, seed=2)[0])
    one, two = (fit(corpus.counts, corpus.words, Fitting(4, method, 5)) for _ in range(2))
    assert (one.weights == two.weights).all()
    assert (one.shares == two.shares).all()
    assert one.weights.sum(axis=1).tolist() == pytest.approx([1.0] * 4)
    assert one.shares.sum(axis=1).tolist() == pytest.approx([1.0] * 25)
    totals = one.shares.sum(axis=0).round(6).tolist()
    assert totals == sorted(totals, reverse=True)
    assert one.share(corpus.counts) == pytest.approx(one.shares)


def test_lda_is_that_of_scikit_learn() -> None:
    """Its topics, normed and ordered."""
    corpus = words_of(documents(24, seed=3)[0])
    model = fit(corpus.counts, corpus.words, Fitting(3, Method.LDA, 1))
    theirs = LatentDirichletAllocation(3, max_iter=100, random_state=1).fit(corpus.counts)
    weights = theirs.components_ / theirs.components_.sum(axis=1, keepdims=True)
    order = np.argsort(-theirs.transform(corpus.counts).sum(axis=0))
    assert model.weights == pytest.approx(weights[order])


def test_nmf_is_that_of_scikit_learn() -> None:
    """A topic's share of a document is its part of the weights that the model gives it back."""
    corpus = words_of(documents(24, seed=4)[0])
    model = fit(corpus.counts, corpus.words, Fitting(3, Method.NMF, 1))
    weights = TfidfTransformer(sublinear_tf=True).fit_transform(corpus.counts)
    theirs = NMF(3, init="nndsvda", max_iter=400, random_state=1)
    coefficients = theirs.fit_transform(weights)
    given = np.stack(
        [np.outer(coefficients[:, topic], theirs.components_[topic]).sum(axis=1) for topic in range(3)],
        axis=1,
    )
    expected = given / given.sum(axis=1, keepdims=True)
    order = np.argsort(-expected.sum(axis=0))
    assert model.shares == pytest.approx(expected[:, order], abs=1e-3)


@pytest.mark.parametrize("method", Method)
def test_a_document_without_words_has_no_topics(method: Method) -> None:
    """It takes no part, and its shares are 0."""
    texts, _ = documents(12, seed=5)
    with_empty = words_of([*texts[:3], [], *texts[3:]])
    alone = words_of(texts)
    found = fit(with_empty.counts, with_empty.words, Fitting(3, method))
    expected = fit(alone.counts, alone.words, Fitting(3, method))
    assert found.shares[3].tolist() == [0, 0, 0]
    assert (np.delete(found.shares, 3, axis=0) == expected.shares).all()


@pytest.mark.parametrize(
    ("topics", "message"),
    [(0, "at least 2"), (1, "at least 2"), (8, "7 documents with words"), (7, "6 words")],
)
def test_too_many_topics_are_refused(topics: int, message: str) -> None:
    """With what there is less of."""
    with pytest.raises(UsageError, match=message):
        check_topics(topics, 7, 6)


def test_without_scikit_learn_a_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra is named."""
    monkeypatch.setattr(models, "find_spec", lambda _: None)
    with pytest.raises(PdtoolError, match="scikit-learn") as caught:
        check_installed()
    assert "install scikit-learn" in caught.value.hint
