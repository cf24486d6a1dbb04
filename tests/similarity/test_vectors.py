"""From counts to vectors to pairs, against the formulas written out."""

from __future__ import annotations

import math
from collections import Counter
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfTransformer
from sparse_dot_topn import sp_matmul_topn

from pdtool.errors import UsageError
from pdtool.segment.content_words import is_content_word
from pdtool.segment.jieba_data import idf
from pdtool.segment.packed import pack_terms
from pdtool.segment.segmenter import Segmenter
from pdtool.segment.stop_words import stop_words
from pdtool.segment.userdict import UserTerm
from pdtool.similarity.compare import CompareOptions, Side, Similarities
from pdtool.similarity.features import FeatureCounter, Features
from pdtool.similarity.pairs import Pairs, nearest_pairs
from pdtool.similarity.products import product_tiles
from pdtool.similarity.shared_terms import SharedTerms
from pdtool.similarity.weighting import weigh
from pdtool.text.bags import Bag, CountMatrix
from tests.text.sparse import sparse

_WORDS = ("治理", "党建", "社区", "法治", "疫情", "x1")
_HAN = frozenset("党建的〇㐀𠮷")
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


@settings(max_examples=80, deadline=None)
@given(
    *(st.integers(0, 2**32 - 1), st.integers(1, 30), st.integers(1, 12), st.integers(1, 8)),
    st.integers(1, 3),
)
def test_shared_terms_are_those_of_sorted_products(
    seed: int, rows: int, columns: int, wanted: int, jobs: int
) -> None:
    """However many pairs are looked at together: the largest products, of equal ones the first, none at 0."""
    random = np.random.default_rng(seed)
    # Few values, so that many products are equal; some differ only where 32-bit floats do not.
    plain = random.integers(0, 3, (rows, columns)) / 3 + random.integers(0, 2, (rows, columns)) * 1e-9
    plain[random.random((rows, columns)) < 0.3] = 0
    terms = [f"t{number:02}" for number in range(columns)]
    first, second = random.integers(0, rows, (2, 25)).astype(np.int32)
    pairs = Pairs(np.sort(first), second, np.ones(25))
    expected = []
    for one, other in zip(pairs.first.tolist(), second.tolist(), strict=True):
        products = sorted((-value, number) for number, value in enumerate(plain[one] * plain[other]) if value)
        expected.append(tuple(terms[number] for _value, number in products[:wanted]))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pdtool.similarity.shared_terms._TOGETHER", 7)
        shared = SharedTerms(sparse(plain), sparse(plain), terms, wanted)
        assert list(shared.of_pairs(pairs, jobs)) == expected


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
    for order in (_WORDS, _WORDS[::-1]):
        matrix = CountMatrix()
        for half in (order[:4], order[2:]):
            matrix.add(Bag.of({word: _WORDS.index(word) + 1 for word in half}))
        counts, terms = matrix.finish()
        rows = sorted(row.tobytes() for row in weigh(counts, terms).toarray())
        results.append((terms, rows))
    assert results[0] == results[1]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.dictionaries(st.text("党建𠮷a1〇", min_size=1, max_size=5), st.integers(1, 9)), max_size=5)
)
def test_the_matrix_holds_every_count(documents: list[dict[str, int]]) -> None:
    """Short features, kept as numbers, and long ones, kept as strings, come back with their counts."""
    matrix = CountMatrix()
    for document in documents:
        assert Bag.of(document).as_dict() == document
        matrix.add(Bag.of(document))
    counts, terms = matrix.finish()
    assert terms == sorted({term for document in documents for term in document})
    rows = [dict(zip(terms, row, strict=True)) for row in counts.toarray().tolist()]
    assert [{term: count for term, count in row.items() if count} for row in rows] == documents


def test_vectors_follow_the_formula() -> None:
    """Each weight is that of the docstring, worked out by hand; rows have length 1, an empty one 0."""
    documents = [{"治理": 3, "党建": 1}, {}, {"治理": 1, "社区治理": 20}, {"x1": 2, "党建": 7}]
    matrix = CountMatrix()
    for document in documents:
        matrix.add(Bag.of(document))
    counts, terms = matrix.finish()
    for row, document in zip(weigh(counts, terms).toarray(), documents, strict=True):
        weights = np.zeros(len(terms))
        for term, count in document.items():
            rarity = idf(term) + math.log(5 / (1 + sum(term in other for other in documents)))
            weights[terms.index(term)] = (1 + math.log(count)) * rarity
        length = math.hypot(*weights)
        assert np.allclose(row, weights / (length or 1), rtol=0, atol=1e-14)


def test_features() -> None:
    """Words without stop words, numbers and single characters; characters with their neighbours."""
    text = "我们要加强基层治理的工作,2024年占50%,推广O2O。"
    words = FeatureCounter().count(text).as_dict()
    assert {"基层", "治理", "o2o"} <= set(words)
    assert not {"的", "我们", "2024", "50%"} & set(words)
    characters = FeatureCounter(Features.CHARS).count(text).as_dict()
    assert characters["基层"] == characters["治"] == characters["o2o"] == 1
    assert "理的" in characters and "作2" not in characters


@settings(max_examples=100, deadline=None)
@given(st.text("党建的〇㐀𠮷Aab1, \n。", max_size=40))
def test_characters_are_counted_as_by_hand(text: str) -> None:
    """Han characters and pairs of them, one by one; of the rest, words of two characters with a letter."""
    naive: Counter[str] = Counter(character for character in text if character in _HAN)
    naive.update(a + b for a, b in pairwise(text) if a in _HAN and b in _HAN)
    counted = FeatureCounter(Features.CHARS).count(text).as_dict()
    assert {term: count for term, count in counted.items() if set(term) <= _HAN} == naive
    assert all(len(term) > 1 and term == term.lower() for term in counted.keys() - naive.keys())


@pytest.mark.parametrize(
    "options", [{"nearest": 0}, {"min_similarity": 1.5}, {"min_similarity": -0.1}, {"top_terms": -1}]
)
def test_options_out_of_range(options: dict[str, Any]) -> None:
    """Each is an error that says what to use."""
    with pytest.raises(UsageError) as raised:
        CompareOptions(**options)
    assert raised.value.hint


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 2**32 - 1),
    st.integers(1, 40),
    st.integers(1, 30),
    st.sampled_from([0.02, 0.1, 0.5]),
    st.booleans(),
    st.integers(1, 3),
)
def test_tiles_are_the_products(
    seed: int, rows: int, others: int, density: float, tight: bool, jobs: int
) -> None:
    """Dense columns, sparse ones, tiles of any size in threads: the products of one plain multiplication."""
    random = np.random.default_rng(seed)
    left, right = (random.random((n, 25)) * (random.random((n, 25)) < density) for n in (rows, others))
    with pytest.MonkeyPatch.context() as patch:
        if tight:
            patch.setattr("pdtool.similarity.products._DENSE_BYTES", 8 * others * 3)
            patch.setattr("pdtool.similarity.products._TILE", 7)
        tiles = list(product_tiles(csr_matrix(left), csr_matrix(right), _tile, jobs))
        half = list(product_tiles(csr_matrix(left), None, _tile, jobs))
    assert np.allclose(_assembled(tiles, (rows, others)), left @ right.T, rtol=0, atol=1e-12)
    assert np.allclose(np.triu(_assembled(half, (rows, rows))), np.triu(left @ left.T), rtol=0, atol=1e-12)


def _tile(row: int, column: int, tile: Any) -> tuple[int, int, Any]:
    return row, column, tile


def _assembled(tiles: list[tuple[int, int, Any]], shape: tuple[int, int]) -> Any:
    whole = np.zeros(shape)
    for row, column, tile in tiles:
        whole[row : row + tile.shape[0], column : column + tile.shape[1]] += tile
    return whole


@settings(max_examples=60, deadline=None)
@given(
    *(st.integers(0, 2**32 - 1), st.integers(2, 40), st.integers(1, 6), st.sampled_from([0.0, 0.4])),
    st.integers(1, 3),
)
def test_the_nearest_are_those_of_a_sorted_row(
    seed: int, rows: int, nearest: int, least: float, jobs: int
) -> None:
    """However the tiles fall: of equal neighbours the first, none at 0 or below the bound, never itself."""
    random = np.random.default_rng(seed)
    plain = np.round(random.random((rows, 4)) * (random.random((rows, 4)) < 0.4))
    plain /= np.maximum(np.linalg.norm(plain, axis=1, keepdims=True), 1)
    expected = set()
    for row, similarities in enumerate(np.round(plain @ plain.T, 9).tolist()):
        near = sorted((-value, other) for other, value in enumerate(similarities) if other != row)
        close = [other for value, other in near[:nearest] if -value > 0 and -value >= least]
        expected |= {(min(row, other), max(row, other)) for other in close}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pdtool.similarity.products._TILE", 5)
        patch.setattr("pdtool.similarity.pairs._UNSORTED", 1)
        pairs = nearest_pairs(sparse(plain), None, nearest, least, jobs)
    assert sorted(zip(pairs.first.tolist(), pairs.second.tolist(), strict=True)) == sorted(expected)


def test_the_nearest_are_those_of_sparse_dot_topn() -> None:
    """On vectors like those of a corpus, with common and rare terms, the same neighbours and products."""
    random = np.random.default_rng(7)
    shares = 1 / np.arange(1, 301)
    plain = random.random((400, 300)) * (random.random((400, 300)) < 2 * shares)
    plain /= np.maximum(np.linalg.norm(plain, axis=1, keepdims=True), 1e-9)
    new, old = sparse(plain[:150]), sparse(plain[150:])
    peer = sp_matmul_topn(new.scipy(), old.scipy().T.tocsr(), top_n=5, sort=True)
    pairs = nearest_pairs(new, old, 5, 0.0, 1)
    assert len(pairs) == peer.nnz == 750
    assert pairs.first.tolist() == np.repeat(np.arange(150), 5).tolist()
    assert pairs.second.tolist() == peer.indices.tolist()
    assert np.allclose(pairs.similarity, peer.data, rtol=0, atol=1e-12)


def test_equal_neighbours_come_in_their_order() -> None:
    """Of many copies the first ones are listed, however large the block they stand in."""
    vectors = sparse(np.ones((50, 1)))
    pairs = nearest_pairs(sparse(np.ones((1, 1))), vectors, 3, 0.0, 1)
    assert pairs.second.tolist() == [0, 1, 2]


@settings(max_examples=40, deadline=None)
@given(_CORPORA)
def test_weights_are_those_of_scikit_learn(documents: list[dict[str, int]]) -> None:
    """The vectors are, number for number, what its transformer makes with the language's rarity added."""
    gathered = CountMatrix()
    for document in documents:
        gathered.add(Bag.of(document))
    counts, terms = gathered.finish()
    if not terms:
        return
    transformer = TfidfTransformer(sublinear_tf=True, smooth_idf=True).fit(counts.scipy())
    transformer.idf_ = transformer.idf_ - 1 + np.array([idf(term) for term in terms])
    assert abs(weigh(counts, terms).scipy() - transformer.transform(counts.scipy())).max() < 1e-15


@settings(max_examples=60, deadline=None)
@given(
    st.text(st.sampled_from("党建的和发展推进治理网格化管理AIai50%-, 。\n𠮷"))
    | st.just("The 5G网络 of A 和AI,进行发展"),
    st.booleans(),
)
def test_words_are_those_of_the_segmenter(text: str, has_terms: bool) -> None:
    """Words counted as numbers are the content words among those that are cut, in lower case."""
    terms = [UserTerm("5G网络"), UserTerm("网格化管理")] if has_terms else []
    cut = map(str.lower, Segmenter(terms=terms).cut(text).words)
    wanted = Counter(word for word in cut if is_content_word(word, stop_words()))
    assert FeatureCounter(dictionary=pack_terms(terms)).count(text).as_dict() == wanted
