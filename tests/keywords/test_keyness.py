"""Keyness: counts against a search, statistics against their textbook formulas."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import isclose, log, log2

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdtool.errors import InputError
from pdtool.keywords.counting import OccurrenceCounter, Occurrences, Tally
from pdtool.keywords.keyness import TESTED, Reference, corpus_keyness, corpus_phrases, document_keyness
from pdtool.keywords.proposals import propose
from pdtool.keywords.ranking import KeywordRanker, KeywordText
from pdtool.keywords.rows import KeynessRow, KeywordRow
from pdtool.keywords.statistics import signed_g2
from pdtool.rows import columns
from pdtool.segment.segmenter import Segmenter
from pdtool.segment.stop_words import stop_words
from pdtool.significance import adjusted, p_values
from pdtool.text.fold import fold

TEXTS = [
    KeywordText("a", "红色物业推动小区治理。红色物业服务居民,居民议事。", "红色物业", ("小区治理",)),
    KeywordText("b", "河长制保护河流,河长巡河。河长制写入法律。", "河长制"),
]
REFERENCE = ["居民议事会讨论道路。居民出钱出力,道路修好了。", "小区治理靠居民。河流要保护。"]


def ranker() -> KeywordRanker:
    """Return a phrase ranker with the usual words."""
    return KeywordRanker(Segmenter(), stop_words())


def tally(phrases: Sequence[str], bodies: Iterable[str]) -> Tally:
    """Count phrases in bodies as the command does."""
    counter = OccurrenceCounter(phrases)
    parts = [Occurrences(*counter.found(body), len(fold(body))) for body in bodies]
    return Tally.add_up(len(phrases), parts)


def by_document(
    texts: Sequence[KeywordText], bodies: Iterable[str], top: int | None = None, nested: bool = True
) -> list[list[KeynessRow]]:
    """Return the keyness rows of each document against a reference corpus."""
    proposals = list(propose(ranker(), texts, TESTED))
    phrases = sorted({phrase for proposal in proposals for phrase in proposal.phrases})
    reference = Reference.of(phrases, tally(phrases, bodies))
    return list(document_keyness(proposals, reference, top, nested))


def by_corpus(texts: Sequence[KeywordText], bodies: Iterable[str]) -> list[KeynessRow]:
    """Return the keyness rows of all documents together."""
    proposals = list(propose(ranker(), texts, TESTED))
    phrases = corpus_phrases(proposals)
    reference = Reference.of(phrases, tally(phrases, bodies))
    here = tally(phrases, [text.body for text in texts])
    return corpus_keyness(proposals, phrases, here, reference, top=None)


def test_counts_rates_and_effect_sizes_are_those_of_a_search() -> None:
    """Every figure of every row follows from plain counting in both corpora."""
    there = sum(len(fold(body)) for body in REFERENCE)
    for text, rows in zip(TEXTS, by_document(TEXTS, REFERENCE), strict=True):
        here = len(fold(text.body))
        assert rows
        for row in rows:
            a, b = text.body.count(row.keyword), sum(body.count(row.keyword) for body in REFERENCE)
            assert (row.count, row.count_reference) == (a, b)
            assert isclose(row.per_1000_chars, 1000 * a / here)
            assert isclose(row.per_1000_chars_reference, 1000 * b / there)
            assert isclose(row.log_ratio, log2((a or 0.5) / here / ((b or 0.5) / there)), abs_tol=1e-9)
            expected = None if b == 0 else (a / here - b / there) / (b / there) * 100
            assert row.diff_percent == (None if expected is None else pytest.approx(expected))


def test_rows_fall_by_signed_g2() -> None:
    """What marks the document off comes first, what it has less of than the reference last."""
    rows = by_document(TEXTS[:1], REFERENCE)[0]
    assert rows[0].keyword == "红色物业"
    assert rows[0].score > 0 > rows[-1].score
    assert [row.score for row in rows] == sorted((row.score for row in rows), reverse=True)
    assert [row.rank for row in rows] == list(range(1, len(rows) + 1))


def test_q_corrects_for_all_tested_phrases_not_for_those_shown() -> None:
    """Showing fewer rows does not make them more significant."""
    shown = by_document(TEXTS[:1], REFERENCE, top=3)[0]
    tested = by_document(TEXTS[:1], REFERENCE)[0]
    assert shown == tested[:3]
    assert all(row.q >= row.p for row in tested)


def test_without_nested_rows_ranks_stay_whole() -> None:
    """Leaving out parts of phrases renumbers the ranks."""
    rows = by_document(TEXTS[:1], REFERENCE, top=4, nested=False)[0]
    assert [row.rank for row in rows] == [1, 2, 3, 4]
    assert not any(one is not other and one.keyword in other.keyword for one in rows for other in rows)


def test_corpus_keyness_counts_all_documents() -> None:
    """At the level of the corpus the documents are one text."""
    rows = {row.keyword: row for row in by_corpus(TEXTS, REFERENCE)}
    assert rows["河长制"].count == 2
    assert rows["河长制"].doc == ""
    assert rows["小区治理"].declared


@pytest.mark.parametrize("reference", [[], [""], ["。，\n"]])
def test_a_reference_corpus_without_text_is_an_error(reference: list[str]) -> None:
    """Comparing with nothing is refused in words."""
    with pytest.raises(InputError, match="reference corpus"):
        by_document(TEXTS, reference)
    with pytest.raises(InputError, match="reference corpus"):
        by_corpus(TEXTS, reference)


def test_a_document_without_text_has_no_rows() -> None:
    """An empty document among others gives an empty list in its place."""
    assert by_document([KeywordText("x", "")], REFERENCE) == [[]]
    assert by_corpus([KeywordText("x", "")], REFERENCE) == []


def test_a_title_without_text_has_no_rows() -> None:
    """A record of literature may be a title and nothing else: it has phrases, but no text to count in."""
    title = KeywordText("x", "", title="党建")
    assert by_document([title, KeywordText("y", "居民议事")], REFERENCE)[0] == []
    assert by_corpus([title], REFERENCE) == []


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 500), st.integers(0, 500), st.integers(501, 9000), st.integers(501, 9000))
def test_g2_equals_the_textbook_formula(a: int, b: int, size_a: int, size_b: int) -> None:
    """The arrays give 2 Σ O ln(O/E), with the sign of the difference of the rates."""
    expected_a, expected_b = (a + b) * size_a / (size_a + size_b), (a + b) * size_b / (size_a + size_b)
    g2 = 2 * ((a * log(a / expected_a) if a else 0) + (b * log(b / expected_b) if b else 0))
    found = float(signed_g2(np.array([float(a)]), np.array([float(b)]), size_a, size_b)[0])
    assert isclose(abs(found), g2, rel_tol=1e-6, abs_tol=1e-6)
    assert found >= 0 if a * size_b >= b * size_a else found <= 0


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_adjusted_p_values_equal_the_definition(values: list[float]) -> None:
    """Each is the least p·n/rank over all p at least as large, and never above 1."""
    p = np.array(values)
    ordered = sorted(values)
    count = len(values)
    for value, q in zip(values, adjusted(p).tolist(), strict=True):
        ranks = range(ordered.index(value), count)
        assert isclose(q, min(1.0, *(ordered[rank] * count / (rank + 1) for rank in ranks)), abs_tol=1e-12)


def test_p_values_know_the_usual_thresholds() -> None:
    """3.84 is the 5 % point, 6.63 the 1 % point, whichever the sign."""
    assert p_values(np.array([3.8415, -6.6349])).round(4).tolist() == [0.05, 0.01]


def test_keyness_columns_come_after_those_of_keywords() -> None:
    """The statistics stand at the end, so that readers of the common columns need not care."""
    common = [column.name for column in columns(KeywordRow)]
    names = [column.name for column in columns(KeynessRow)]
    assert names[: len(common)] == common
    assert names[len(common) :] == [
        "count_reference",
        "per_1000_chars",
        "per_1000_chars_reference",
        "p",
        "q",
        "log_ratio",
        "diff_percent",
    ]
