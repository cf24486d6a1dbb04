"""Counts → vectors: TF-IDF in which rarity is that of the language and of the corpus together.

In a corpus of five documents on one subject nearly every common word stands in nearly every document: its
own inverse document frequency is flat and says nothing. So jieba's, taken over many thousands of texts, is
added to it: the logarithm of how rare a word is in the language, plus the logarithm of how rare it is here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from pdtool.segment.jieba_data import idf

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

__all__ = ["weigh"]

FloatArray = npt.NDArray[np.float64]


def weigh(counts: csr_matrix, terms: list[str]) -> Any:
    """Turn counts into vectors of length 1 whose products are cosine similarities.

    A term weighs ``(1 + ln tf) · (idf_language + ln((1 + N) / (1 + df)))``; ``idf_language`` is jieba's.
    Measured (``benchmarks/similarity/features.csv``, November 2026): on passages the sum finds the same
    document about as often as the language's part alone and more often than the corpus's or their product;
    it parts the copy in the sample corpus from the other pairs better than the language's alone.

    The same as scikit-learn's ``TfidfTransformer(sublinear_tf=True)`` with this rarity, and held against it
    by test; importing it alone would take longer than comparing a small corpus.

    Args:
        counts: Shape ``(n_documents, n_terms)``.
        terms: The term of each column.

    Returns:
        A sparse matrix of the same shape; a document without terms is a row of zeros.
    """
    documents_with = np.bincount(counts.indices, minlength=len(terms))
    language = np.fromiter(map(idf, terms), dtype=np.float64, count=len(terms))
    rarity = language + np.log((1 + counts.shape[0]) / (1 + documents_with))
    vectors = counts.astype(np.float64)
    vectors.data = (1 + np.log(vectors.data)) * rarity[vectors.indices]
    vectors.data /= np.repeat(_lengths(vectors), np.diff(vectors.indptr))
    return vectors


def _lengths(vectors: csr_matrix) -> FloatArray:
    """Return the Euclidean length of each row, shape ``(n_documents,)``."""
    lengths = np.zeros(vectors.shape[0])
    filled = np.flatnonzero(np.diff(vectors.indptr))
    # Of an empty row reduceat would return the first square of the next.
    lengths[filled] = np.sqrt(np.add.reduceat(vectors.data**2, vectors.indptr[filled]))
    return lengths
