"""Coherence, against probabilities counted window by window."""

from __future__ import annotations

from itertools import combinations
from math import log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdtool.topics.coherence import coherence
from pdtool.topics.document_words import CorpusWords, DocumentWords

WORDS = ["治理", "党建", "社区", "数据", "平台"]


def slow(texts: list[list[str]], topics: list[list[str]]) -> float:
    """Return C_NPMI by listing all windows of ten words."""
    windows = [
        set(text[first : first + 10]) for text in texts if text for first in range(max(1, len(text) - 9))
    ]

    def probability(*words: str) -> float:
        return sum(all(word in window for word in words) for window in windows) / len(windows)

    means = []
    for topic in topics:
        values = []
        for a, b in combinations(topic, 2):
            both = probability(a, b) + 1e-12
            values.append(log(both / (probability(a) * probability(b))) / -log(both))
        means.append(sum(values) / len(values))
    return sum(means) / len(means)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(st.sampled_from([*WORDS, "其他"]), max_size=40), min_size=1, max_size=4))
def test_coherence_is_its_definition(texts: list[list[str]]) -> None:
    """Of whatever words occur, in two topics that share a word."""
    there = sorted({word for text in texts for word in text} & {*WORDS})
    if len(there) < 3:
        return
    topics = [there[:2], there[1:]]
    corpus = CorpusWords.of([DocumentWords.of(text) for text in texts])
    assert coherence(corpus, topics) == pytest.approx(slow(texts, topics), abs=1e-9)


def test_coherence_worked_by_hand() -> None:
    """Two documents shorter than a window: a and b in one of two, each in that one alone: NPMI is 1.

    a and c never stand together: ln(10⁻¹² ÷ ¼) ÷ −ln(10⁻¹²) = −0.9498.
    """
    corpus = CorpusWords.of([DocumentWords.of(["甲甲", "乙乙"]), DocumentWords.of(["丙丙"])])
    assert coherence(corpus, [["甲甲", "乙乙"]]) == pytest.approx(1.0)
    assert coherence(corpus, [["甲甲", "丙丙"]]) == pytest.approx(-0.9498, abs=5e-5)
    assert coherence(corpus, [["甲甲", "乙乙"], ["甲甲", "丙丙"]]) == pytest.approx(0.0251, abs=5e-5)
