"""The classic rankers of single words, for comparison with the literature: TF-IDF and TextRank."""

from __future__ import annotations

import numpy as np

from pdtool.keywords.lexicon import Lexicon, Role
from pdtool.keywords.spans import Batch, BoolArray, Candidates, FloatArray, IntArray
from pdtool.segment.segmenter import WordPlaces

__all__ = ["textrank_scores", "tfidf_scores"]

_WINDOW = 5
"""Words that are at most four apart vote for each other (jieba's window)."""
_DAMPING = 0.85
_ROUNDS = 30


def _admitted(candidates: Candidates) -> FloatArray:
    """Return 1 for each candidate that is a word with a letter, else 0."""
    word: BoolArray = (candidates.words == 1) & (candidates.first_roles & Role.NUMBER == 0)
    return word.astype(np.float64)


def tfidf_scores(candidates: Candidates) -> FloatArray:
    """Score each word by its count times jieba's inverse document frequency; phrases get 0."""
    scores: FloatArray = _admitted(candidates) * candidates.count * candidates.idf
    return scores


def _votes(ids: IntArray, admitted: BoolArray, documents: IntArray) -> tuple[IntArray, IntArray, FloatArray]:
    """Count how often two words stand within the window; each pair once in either direction."""
    pairs = []
    for distance in range(1, _WINDOW):
        left, right = ids[:-distance], ids[distance:]
        both = admitted[:-distance] & admitted[distance:] & (left != right)
        both &= documents[:-distance] == documents[distance:]
        pairs += [np.stack((left[both], right[both])), np.stack((right[both], left[both]))]
    joined = np.concatenate(pairs, axis=1).astype(np.int64)
    keys, weights = np.unique((joined[0] << 32) | joined[1], return_counts=True)
    return keys >> 32, keys & 0xFFFFFFFF, weights.astype(np.float64)


def _page_rank(sources: IntArray, targets: IntArray, weights: FloatArray, count: int) -> FloatArray:
    """Return the weighted PageRank of ``count`` nodes (Mihalcea and Tarau 2004, formula 2)."""
    shares = weights / np.bincount(sources, weights=weights, minlength=count)[sources]
    scores: FloatArray = np.ones(count, dtype=np.float64)
    for _ in range(_ROUNDS):
        received = np.bincount(targets, weights=shares * scores[sources], minlength=count).astype(np.float64)
        scores = 1 - _DAMPING + _DAMPING * received
    return scores


def _numbered(keys: IntArray) -> tuple[IntArray, int]:
    """Give equal keys equal numbers, in order of appearance, and tell how many there are.

    The order makes sums over the nodes of a document independent of whatever else was read.
    """
    distinct, index, inverse = np.unique(keys, return_index=True, return_inverse=True)
    numbers = np.empty(len(distinct), dtype=np.int64)
    numbers[np.argsort(index)] = np.arange(len(distinct))
    return numbers[inverse], len(distinct)


def textrank_scores(batch: Batch, candidates: Candidates, words: WordPlaces, lexicon: Lexicon) -> FloatArray:
    """Score each word by TextRank over the words of its document; phrases get 0.

    Args:
        batch: The documents.
        candidates: Of the batch.
        words: Its words; those that are no candidates neither vote nor are voted for, but keep their place.
        lexicon: The one the candidates were found with.

    Returns:
        Scores of shape ``(n_candidates,)``.
    """
    documents = batch.document_of(words.starts).astype(np.int64)
    ids = lexicon.ids(batch.text, words.starts, words.ends)
    which, nodes = _numbered((documents << 32) | ids)
    open_roles = Role.STOP | Role.NUMBER
    admitted = (lexicon.roles[ids] & open_roles == 0) & (lexicon.size[ids] > 1)
    sources, targets, weights = _votes(which, admitted, documents)
    ranks = _page_rank(sources, targets, weights, nodes)
    # A candidate's first occurrence begins with its first word, so that word's rank is found by its offset.
    places = np.searchsorted(words.starts, candidates.starts)
    scores: FloatArray = _admitted(candidates) * ranks[which[places]]
    return scores
