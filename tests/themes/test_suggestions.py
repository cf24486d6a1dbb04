"""Suggested terms: what stands where a theme's terms stand, weighed by SO-PMI."""

from __future__ import annotations

from collections import Counter
from math import log2
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdtool.terms.dictionary import Dictionary, Entry
from pdtool.themes.counting import ThemeCounter
from pdtool.themes.suggestions import Neighbours, Suggester, add_up, so_pmi, suggestions


def _dictionary(*pairs: tuple[str, str]) -> Dictionary:
    entries = [Entry(theme, term, 1.0, "", "") for theme, term in pairs]
    return Dictionary.of("test", list(enumerate(entries, 1)))[0]


def _corpus(seed: int = 1) -> str:
    """Sentences in which 上线 goes with 数字政府, 护林 with 河长, and 会议 with either."""
    rng = Random(seed)
    sentences = [
        *(["数字政府平台上线运行，会议听取汇报。"] * 6),
        *(["河长带队护林巡查，会议听取汇报。"] * 6),
        *(["春耕备耕有序开展。"] * 6),
    ]
    rng.shuffle(sentences)
    return "".join(sentences)


def test_what_goes_with_one_theme_is_suggested_for_it() -> None:
    """Words of its sentences, not those that both themes share, nor the dictionary's own."""
    dictionary = _dictionary(("数字", "数字政府"), ("生态", "河长"))
    found = Suggester(ThemeCounter.of(dictionary)).of_text(_corpus())
    rows = list(suggestions(found, dictionary, 10))
    words = {theme: {row.term for row in rows if row.theme == theme} for theme in dictionary.themes}
    assert any("上线" in word for word in words["数字"])
    assert any("巡查" in word for word in words["生态"])
    assert not any("会议" in word or "春耕" in word for some in words.values() for word in some)
    assert not any("数字" in word or "河长" in word for some in words.values() for word in some)
    assert [row.rank for row in rows if row.theme == "数字"] == list(range(1, 1 + len(words["数字"])))


def test_characters_in_common_raise_the_score() -> None:
    """Of two candidates with equal counts the one like a term comes first, and says which."""
    dictionary = _dictionary(("数字", "数字政府"), ("生态", "河长"))
    text = "数字政府靠政务热线与停车管理。" * 5 + "河长巡河。" * 5
    found = Suggester(ThemeCounter.of(dictionary)).of_text(text)
    rows = {row.term: row for row in suggestions(found, dictionary, 20)}
    like = [row for row in rows.values() if row.like]
    assert like and all(row.shared_chars > 0 and row.score > row.so_pmi for row in like)
    assert all(row.score == row.so_pmi for row in rows.values() if not row.like)


def test_a_dictionary_with_one_theme_is_held_against_the_other_sentences() -> None:
    """There is no other theme to be against."""
    dictionary = _dictionary(("数字", "数字政府"))
    found = Suggester(ThemeCounter.of(dictionary)).of_text(_corpus())
    words = [row.term for row in suggestions(found, dictionary, 20)]
    assert any("上线" in word for word in words) and not any("春耕" in word for word in words)


_SENTENCES = st.lists(
    st.tuples(st.sets(st.sampled_from(["甲词", "乙词", "丙词"])), st.sets(st.integers(0, 2))), max_size=25
)


@settings(max_examples=80)
@given(_SENTENCES, st.integers(1, 24))
def test_counts_are_those_of_sentences(sentences: list[tuple[set[str], set[int]]], cut: int) -> None:
    """Of two documents added up as of one, each count as its definition says."""
    parts = [Neighbours(), Neighbours()]
    for place, (words, themes) in enumerate(sentences):
        parts[place >= cut].add(words, themes)
    found = add_up(parts)
    assert found.sentences == len(sentences)
    assert found.marked == sum(bool(themes) for _, themes in sentences)
    for theme in range(3):
        assert found.themes[theme] == sum(theme in themes for _, themes in sentences)
        assert found.only[theme] == sum(themes == {theme} for _, themes in sentences)
    for word in ("甲词", "乙词", "丙词"):
        assert found.words[word] == sum(word in words for words, _ in sentences)
        assert found.with_any[word] == sum(word in words and bool(themes) for words, themes in sentences)
        for theme in range(3):
            both = [(words, themes) for words, themes in sentences if word in words and theme in themes]
            assert found.together[word, theme] == len(both)
            assert found.together_only[word, theme] == sum(len(themes) == 1 for _, themes in both)


@given(*[st.integers(1, 500)] * 4, st.integers(1000, 5000), st.integers(1, 800))
def test_so_pmi_is_a_difference_of_mutual_information(
    together: int, other: int, of_theme: int, of_others: int, sentences: int, word: int
) -> None:
    """PMI with the one side less PMI with the other, as Turney and Littman define it; nearly, smoothed."""
    first = log2(together * sentences / (word * of_theme))
    second = log2(other * sentences / (word * of_others))
    assert so_pmi(together, other, of_theme, of_others) == pytest.approx(first - second, abs=0.1)


def test_nothing_is_suggested_of_nothing() -> None:
    """An empty text, and one without terms."""
    dictionary = _dictionary(("数字", "数字政府"))
    for text in ("", "春耕备耕。" * 5):
        found = Suggester(ThemeCounter.of(dictionary)).of_text(text)
        assert list(suggestions(found, dictionary, 5)) == []
        assert found.together == Counter()
