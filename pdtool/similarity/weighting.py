"""Counts → vectors: TF-IDF in which rarity is that of the language and of the corpus together.

In a corpus of five documents on one subject nearly every common word stands in nearly every document: its
own inverse document frequency is flat and says nothing. So jieba's, taken over many thousands of texts, is
added to it: the logarithm of how rare a word is in the language, plus the logarithm of how rare it is here.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from pdtool.segment.jieba_data import idf

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

__all__ = ["CountMatrix", "weigh"]


class CountMatrix:
    """The counts of many documents, gathered one document after another.

    Attributes:
        vocabulary: Term → its column, in the order the terms were met.
    """

    def __init__(self) -> None:
        self.vocabulary: dict[str, int] = {}
        self._ends = array("q", [0])
        self._columns = array("i")
        self._counts = array("i")

    def __len__(self) -> int:
        return len(self._ends) - 1

    def add(self, terms: Sequence[str], counts: Sequence[int]) -> None:
        """Take a document as the next row: its distinct terms and how often each occurs."""
        vocabulary = self.vocabulary
        self._columns.extend(vocabulary.setdefault(term, len(vocabulary)) for term in terms)
        self._counts.extend(counts)
        self._ends.append(len(self._columns))

    def finish(self) -> tuple[Any, list[str]]:
        """Return the counts of shape ``(n_documents, n_terms)`` and the sorted terms.

        The result does not depend on the order in which terms were met.
        """
        from scipy.sparse import csr_matrix

        terms = sorted(self.vocabulary)
        place = np.empty(len(terms), dtype=np.int32)
        for column, term in enumerate(terms):
            place[self.vocabulary[term]] = column
        columns = place[np.frombuffer(self._columns, dtype=np.int32)] if self._columns else place[:0]
        matrix = csr_matrix(
            (np.array(self._counts, dtype=np.float64), columns, np.array(self._ends)),
            shape=(len(self), len(terms)),
        )
        matrix.sort_indices()
        return matrix, terms


def weigh(counts: csr_matrix, terms: list[str]) -> Any:
    """Turn counts into vectors of length 1 whose products are cosine similarities.

    A term weighs ``(1 + ln tf) · (idf_language + ln((1 + N) / (1 + df)))``; ``idf_language`` is jieba's.
    Measured (``benchmarks/similarity/features.csv``, November 2026): on passages the sum finds the same
    document about as often as the language's part alone and more often than the corpus's or their product;
    it parts the copy in the sample corpus from the other pairs better than the language's alone.

    Args:
        counts: Shape ``(n_documents, n_terms)``.
        terms: The term of each column.

    Returns:
        A sparse matrix of the same shape; a document without terms is a row of zeros.
    """
    from sklearn.feature_extraction.text import TfidfTransformer

    transformer = TfidfTransformer(sublinear_tf=True, smooth_idf=True).fit(counts)
    language = np.fromiter(map(idf, terms), dtype=np.float64, count=len(terms))
    # scikit-learn adds 1 so that a term of every document keeps a weight; here the language gives it one.
    transformer.idf_ = transformer.idf_ - 1 + language
    return transformer.transform(counts)
