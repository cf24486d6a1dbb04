"""How near one another the words of a topic stand in texts: the coherence measure C_NPMI."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from math import log
from statistics import fmean

import numpy as np

from pdtool.cooccurrence.bins import TermBins, window_bins
from pdtool.cooccurrence.totals import add_up
from pdtool.topics.document_words import CorpusWords

__all__ = ["coherence"]

_WINDOW = 10
"""Words of a window, as Röder et al. use for NPMI."""
_EPSILON = 1e-12
"""What is added to the probability of both words, so that it has a logarithm; theirs."""


def coherence(corpus: CorpusWords, topics: Sequence[Sequence[str]]) -> float:
    """Return the mean NPMI of the pairs of words of each topic, and of this the mean over topics, −1 to 1.

    For words *a* and *b*, ``ln((p(a, b) + ε) / (p(a) · p(b))) / −ln(p(a, b) + ε)`` with ε = 10⁻¹²; a
    probability is the share of the windows of 10 content words, slid over each document a word at a time,
    that hold the word or both.

    Source: Röder, Both and Hinneburg (2015), after Aletras and Stevenson (2013).

    Args:
        corpus: The texts; a shorter one than a window is one window.
        topics: The most important words of each topic, two or more, each a word of the corpus.
    """
    words = sorted({word for topic in topics for word in topic})
    found = add_up(words, _bins(corpus, words))
    single = dict(zip(found.terms, (found.counts / found.units).tolist(), strict=True))
    edges = found.edges
    ends = zip(edges.first.tolist(), edges.second.tolist(), strict=True)
    pairs = [(found.terms[first], found.terms[second]) for first, second in ends]
    both = dict(zip(pairs, (edges.together / found.units).tolist(), strict=True))
    return fmean(
        fmean(_npmi(single, both, a, b) for a, b in combinations(sorted(topic), 2)) for topic in topics
    )


def _bins(corpus: CorpusWords, words: Sequence[str]) -> Iterator[TermBins]:
    """Yield for each document which of some words stand together in its windows."""
    place = {word: number for number, word in enumerate(words)}
    numbers = np.array([place.get(word, -1) for word in corpus.words], dtype=np.int64)
    start = 0
    for end in corpus.ends.tolist():
        terms = numbers[corpus.sequence[start:end]]
        places = np.flatnonzero(terms >= 0)
        yield window_bins(end - start, places, places + 1, terms[places], _WINDOW)
        start = end


def _npmi(single: Mapping[str, float], both: Mapping[tuple[str, str], float], a: str, b: str) -> float:
    """Return the NPMI of two words by their probabilities, ``a < b``."""
    together = both.get((a, b), 0.0) + _EPSILON
    return log(together / (single[a] * single[b])) / -log(together)
