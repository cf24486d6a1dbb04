"""From counts to vectors to pairs, against the formulas written out."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdtool.errors import UsageError
from pdtool.segment.jieba_data import idf
from pdtool.similarity.compare import CompareOptions, Side, Similarities
from pdtool.similarity.features import Bag, FeatureCounter, Features
from pdtool.similarity.weighting import CountMatrix, weigh

_WORDS = ("治理", "党建", "社区", "法治", "疫情", "x1")
_CORPORA = st.lists(st.dictionaries(st.sampled_from(_WORDS), st.integers(1, 9)), min_size=1, max_size=7)


def _naive(documents: list[dict[str, int]]) -> dict[tuple[int, int], float]:
    """Return the cosine of every pair, with (1 + ln tf) · (idf_jieba + ln((1 + N) / (1 + df))) as weights."""
    found = Counter(word for document in documents for word in document)
    rarity = {word: idf(word) + math.log((1 + len(documents)) / (1 + found[word])) for word in found}
    vectors = [
        {word: (1 + math.log(count)) * rarity[word] for word, count in document.items()}
        for document in documents
    ]
    norms = [math.sqrt(sum(weight**2 for weight in vector.values())) or 1.0 for vector in vectors]
    return {
        (a, b): sum(vectors[a][word] * vectors[b].get(word, 0.0) for word in vectors[a]) / norms[a] / norms[b]
        for a in range(len(vectors))
        for b in range(len(vectors))
    }


def _side(documents: list[dict[str, int]], prefix: str = "d", keys: Any = ()) -> Side:
    return Side(
        [f"{prefix}{number}" for number in range(len(documents))], [Bag.of(d) for d in documents], keys
    )


@settings(max_examples=40, deadline=None)
@given(_CORPORA)
def test_every_pair_has_the_cosine_of_the_formula(documents: list[dict[str, int]]) -> None:
    """All pairs once, the most similar first, then by their ids."""
    rows = list(Similarities(_side(documents)).rows(CompareOptions()))
    naive = _naive(documents)
    assert len(rows) == len(documents) * (len(documents) - 1) // 2
    for row in rows:
        assert row.doc_a < row.doc_b
        assert row.similarity == pytest.approx(naive[int(row.doc_a[1:]), int(row.doc_b[1:])], abs=1e-9)
    order = [(-round(row.similarity, 4), row.doc_a, row.doc_b) for row in rows]
    assert order == sorted(order)


@settings(max_examples=40, deadline=None)
@given(_CORPORA, st.integers(1, 3))
def test_the_nearest_are_those_of_the_whole_table(documents: list[dict[str, int]], nearest: int) -> None:
    """A pair is listed if it is among the nearest of one of the two, and never if it is 0."""
    similarities = Similarities(_side(documents))
    listed = {
        (row.doc_a, row.doc_b): row.similarity for row in similarities.rows(CompareOptions(nearest=nearest))
    }
    every = {(row.doc_a, row.doc_b): row.similarity for row in similarities.rows(CompareOptions())}
    for doc in (f"d{number}" for number in range(len(documents))):
        own = sorted((value for pair, value in every.items() if doc in pair and value > 1e-6), reverse=True)
        shown = sorted((value for pair, value in listed.items() if doc in pair), reverse=True)
        assert shown[: len(own[:nearest])] == pytest.approx(own[:nearest])
    assert all(value > 0 for value in listed.values())


def test_shared_terms_are_what_the_similarity_owes_most_to() -> None:
    """Sorted by their part in it; only common ones; as many as asked for."""
    documents = [{"治理": 1, "网格": 5, "党建": 2}, {"治理": 1, "网格": 5, "党建": 2, "法治": 3}]
    similarities = Similarities(_side(documents))
    row = next(iter(similarities.rows(CompareOptions())))
    assert row.shared_terms == ("网格", "党建", "治理")
    assert next(iter(similarities.rows(CompareOptions(top_terms=1)))).shared_terms == ("网格",)
    assert next(iter(similarities.rows(CompareOptions(top_terms=0)))).shared_terms == ()


def test_documents_without_words() -> None:
    """They are as unlike as can be, to everything, and nothing fails."""
    rows = list(Similarities(_side([{}, {"治理": 1}, {}])).rows(CompareOptions()))
    assert [(row.similarity, row.shared_terms) for row in rows] == [(0.0, ())] * 3
    assert list(Similarities(_side([{}, {}])).rows(CompareOptions(nearest=2))) == []
    assert list(Similarities(_side([{"治理": 1}])).rows(CompareOptions())) == []


def test_new_documents_against_old_ones() -> None:
    """Every new one with every old one, but a document never with itself."""
    documents = [{"治理": 1}, {"党建": 1}, {"治理": 1, "党建": 1}]
    new, old = _side(documents[:1], "n", ["k0"]), _side(documents, "o", ["k0", "k1", "k2"])
    for options in (CompareOptions(), CompareOptions(nearest=3)):
        rows = list(Similarities(new, old).rows(options))
        assert [row.doc_b for row in rows if row.similarity > 0] == ["o2"]
        assert all((row.doc_a, row.doc_b) != ("n0", "o0") for row in rows)


def test_the_matrix() -> None:
    """Documents by documents, symmetric, 1 on the diagonal."""
    frame = Similarities(_side([{"治理": 2, "党建": 1}, {"治理": 1}, {"法治": 1}])).matrix()
    cells = frame.to_numpy()
    assert list(frame.index) == list(frame.columns) == ["d0", "d1", "d2"]
    assert np.allclose(cells, cells.T) and np.allclose(np.diag(cells), 1)


def test_the_order_of_terms_does_not_matter() -> None:
    """The same documents with their words met in another order give the same vectors, bit by bit."""
    results = []
    for words in (_WORDS, _WORDS[::-1]):
        matrix = CountMatrix()
        matrix.add(list(words), range(1, 7)) if words is _WORDS else matrix.add(list(words), range(6, 0, -1))
        counts, terms = matrix.finish()
        results.append((terms, weigh(counts, terms).toarray().tobytes()))
    assert results[0] == results[1]


def test_features() -> None:
    """Words without stop words, numbers and single characters; characters with their neighbours."""
    text = "我们要加强基层治理的工作,2024年占50%,推广O2O。"
    words = FeatureCounter().count(text)
    assert {"基层", "治理", "o2o"} <= set(words)
    assert not {"的", "我们", "2024", "50%"} & set(words)
    characters = FeatureCounter(Features.CHARS).count(text)
    assert characters["基层"] == characters["治"] == characters["o2o"] == 1
    assert "理的" in characters and "作2" not in characters


@pytest.mark.parametrize(
    "options", [{"nearest": 0}, {"min_similarity": 1.5}, {"min_similarity": -0.1}, {"top_terms": -1}]
)
def test_options_out_of_range(options: dict[str, Any]) -> None:
    """Each is an error that says what to use."""
    with pytest.raises(UsageError) as raised:
        CompareOptions(**options)
    assert raised.value.hint
