"""Which features and which rarity find what belongs together: the figures behind the defaults.

Two questions. On the sample corpus: how many times the similarity of the next pair has the one that belongs
together (000 and its OCR copy)? On passages cut from documents (the samples without the copy, and the
hand-written texts of the tests): how often is the nearest passage one of the same document?
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import diags
from sklearn.preprocessing import normalize

from benchmarks.machine import describe, record
from pdtool.documents.load import load_corpus
from pdtool.documents.mapping import body_of
from pdtool.segment.jieba_data import idf
from pdtool.similarity.features import FeatureCounter, Features
from pdtool.similarity.weighting import weigh
from pdtool.text.bags import CountMatrix
from tests.texts.library import handwritten

ROOT = Path(__file__).resolve().parents[2]
_PASSAGES = (100, 200, 400)

Weights = Callable[[list[str], Any, int], Any]


def _corpus_idf(documents_with: Any, documents: int) -> Any:
    return np.log((1 + documents) / (1 + documents_with))


RARITIES: dict[str, Weights | None] = {
    "none": lambda _terms, df, _n: np.ones(len(df)),
    "corpus": lambda _terms, df, n: _corpus_idf(df, n) + 1,
    "language": lambda terms, _df, _n: np.array([idf(term) for term in terms]),
    "product": lambda terms, df, n: np.array([idf(term) for term in terms]) * (_corpus_idf(df, n) + 1),
    "sum (pdtool)": None,
}


def _cosines(texts: Sequence[str], features: Features, weights: Weights | None) -> Any:
    gathered = CountMatrix()
    for text in texts:
        gathered.add(FeatureCounter(features).count(text))
    rows, terms = gathered.finish()
    counts = rows.scipy()
    if weights is None:
        vectors = weigh(rows, terms).scipy()
    else:
        documents_with = np.bincount(counts.indices, minlength=len(terms))
        counts.data = 1 + np.log(counts.data)
        vectors = normalize(counts @ diags(weights(terms, documents_with, len(texts))))
    return (vectors @ vectors.T).toarray()


def _ratio(features: Features, weights: Weights | None) -> float:
    documents = list(load_corpus([ROOT / "seeds"]))
    cosines = _cosines([body_of(document) for document in documents], features, weights)
    names = [document.id[:3] for document in documents]
    pairs = {(names[a], names[b]): cosines[a, b] for a, b in itertools.combinations(range(len(names)), 2)}
    copy = pairs.pop(("000", "004"))
    return float(copy / max(pairs.values()))


def _passages(size: int) -> list[tuple[str, str]]:
    documents = [(d.id, body_of(d)) for d in load_corpus([ROOT / "seeds"]) if d.id[:3] != "004"]
    documents += [(text.id, text.text) for text in handwritten()]
    cut = [
        (name, text[i : i + size]) for name, text in documents for i in range(0, len(text) - size + 1, size)
    ]
    names = [name for name, _ in cut]
    return [(name, text) for name, text in cut if names.count(name) > 1]


def _found(features: Features, weights: Weights | None, size: int) -> float:
    names, texts = zip(*_passages(size), strict=True)
    cosines = _cosines(texts, features, weights)
    np.fill_diagonal(cosines, -1)
    labels = np.array(names)
    return float((labels[cosines.argmax(axis=1)] == labels).mean())


def main() -> None:
    """Print and record the figures."""
    rows = []
    for features, (name, weights) in itertools.product(Features, RARITIES.items()):
        found = {f"nearest_same_{size}": f"{_found(features, weights, size):.3f}" for size in _PASSAGES}
        ratio = f"{_ratio(features, weights):.2f}"
        rows.append({"features": features.value, "rarity": name, "seeds_ratio": ratio, **found})
    machine = describe("scikit-learn", "rjieba")
    record(Path(__file__).with_suffix(".csv"), [{**row, "machine": machine} for row in rows])


if __name__ == "__main__":
    main()
