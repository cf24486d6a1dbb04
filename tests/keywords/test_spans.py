"""Candidates and their evidence, against a slow reference."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pdtool.keywords import lexicon as lexicon_module
from pdtool.keywords import spans
from pdtool.keywords.counting import OccurrenceCounter
from pdtool.keywords.lexicon import Lexicon
from pdtool.keywords.spans import Batch, find_candidates
from pdtool.segment.segmenter import Segmenter
from pdtool.segment.stop_words import stop_words
from tests.keywords import slow

WORDS = st.sampled_from(
    [
        "党建",
        "引领",
        "基层",
        "治理",
        "的",
        "在",
        "加强",
        "社区",
        "居民",
        "12345",
        "热线",
        "O2O",
        "，",
        "。",
        "\n",
        "人",
        "碳",
        "散中",
        "学及",
    ]
)
TEXTS = st.lists(WORDS, max_size=40).map("".join)


@cache
def tools() -> tuple[Segmenter, Lexicon]:
    """One segmenter and lexicon for the module."""
    return Segmenter(), Lexicon(stop_words())


@settings(max_examples=60, deadline=None)
@example([("的碳人", "碳人")])
@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=4))
def test_candidates_equal_those_of_a_slow_reference(parts: list[tuple[str, str]]) -> None:
    """Strings, counts, filled stretches and title hits are what one finds word by word, in every document."""
    segmenter, lexicon = tools()
    batch = Batch.of(parts)
    found = find_candidates(batch, segmenter.cut(batch.text), lexicon)
    for number, (title, body) in enumerate(parts):
        expected = slow.candidates(title, body, segmenter, lexicon)
        own = [index for index in range(len(found)) if found.documents[index] == number]
        offset = int(batch.starts[number])
        seen = {
            batch.text[found.starts[index] : found.ends[index]]: (
                int(found.count[index]),
                int(found.filled[index]),
                bool(found.free_left[index]),
                bool(found.free_right[index]),
                int(found.in_title[index]),
                int(found.starts[index]) - offset,
            )
            for index in own
        }
        assert len(seen) == len(own)
        assert seen == {
            phrase: (
                entry.count,
                entry.filled,
                entry.free_left,
                entry.free_right,
                entry.in_title,
                entry.starts[0],
            )
            for phrase, entry in expected.items()
        }


@settings(max_examples=40, deadline=None)
@given(TEXTS, TEXTS)
def test_of_very_many_candidates_those_that_occur_once_are_left_out(title: str, body: str) -> None:
    """Nothing else changes: the repeated ones keep all their figures."""
    segmenter, lexicon = tools()
    batch = Batch.of([(title, body)])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spans, "MANY", 0)
        found = find_candidates(batch, segmenter.cut(batch.text), lexicon)
    seen = {
        batch.text[start:end]: (int(count), int(filled))
        for start, end, count, filled in zip(found.starts, found.ends, found.count, found.filled, strict=True)
    }
    expected = slow.candidates(title, body, segmenter, lexicon)
    assert seen == {
        phrase: (entry.count, entry.filled) for phrase, entry in expected.items() if entry.count > 1
    }


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.lists(TEXTS.filter(bool), min_size=1, max_size=90))
def test_counts_are_what_a_search_finds(text: str, terms: list[str]) -> None:
    """Few strings or many, overlapping or repeating themselves: each count is that of ``str.count``."""
    wanted = [text.count(term) for term in terms]
    assert OccurrenceCounter(terms).count(text).tolist() == wanted
    many = terms + [f"甲{number}" for number in range(70)]
    assert OccurrenceCounter(many).count(text).tolist()[: len(terms)] == wanted


def test_strings_that_overlap_themselves() -> None:
    """人人人 holds 人人 once, by one search and by many at once."""
    padding = [f"甲{number}" for number in range(70)]
    assert OccurrenceCounter(["人人", *padding]).count("人人人，人人人人")[0] == 3


def numbers_of(lexicon: Lexicon, words: Sequence[str]) -> list[int]:
    """Return the numbers of words that stand side by side in a text."""
    edges = np.cumsum([0, *map(len, words)])
    numbers: list[int] = lexicon.ids("".join(words), edges[:-1], edges[1:]).tolist()
    return numbers


def test_words_that_are_remembered_keep_their_properties_when_the_lexicon_grows() -> None:
    """Doubling the arrays changes nothing of the words already known."""
    lexicon = Lexicon(frozenset({"的"}))
    first = numbers_of(lexicon, ["治理", "的", "O2O"])
    before = [(lexicon.idf[i], lexicon.size[i], lexicon.roles[i]) for i in first]
    numbers_of(lexicon, [f"w{number}" for number in range(10_000)])
    assert [(lexicon.idf[i], lexicon.size[i], lexicon.roles[i]) for i in first] == before
    assert numbers_of(lexicon, ["治理", "的", "O2O"]) == first


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.one_of(WORDS, st.text(min_size=1, max_size=5)), min_size=1)))
def test_words_are_numbered_alike_in_every_text(texts: list[list[str]]) -> None:
    """Equal words have equal numbers and different ones different numbers, told together or one by one."""
    lexicon = Lexicon(frozenset({"的"}))
    together = [number for words in texts for number in numbers_of(lexicon, words)]
    alone = [lexicon[word] for words in texts for word in words]
    assert together == alone
    assert len(set(alone)) == len({word for words in texts for word in words})


def test_a_lexicon_of_too_many_words_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words are known again after all were forgotten, with the same properties."""
    monkeypatch.setattr(lexicon_module, "_MOST_WORDS", 3)
    lexicon = Lexicon(frozenset({"的"}))
    roles = lexicon.roles[numbers_of(lexicon, ["治理", "的", "散中", "O2O"])].tolist()
    lexicon.forget()
    assert not len(lexicon)
    assert lexicon.roles[numbers_of(lexicon, ["治理", "的", "散中", "O2O"])].tolist() == roles


@pytest.mark.parametrize(
    ("text", "whole", "torn"),
    [
        ("测定酸枣仁散中甘草苷的含量", "酸枣仁散", "散中"),
        ("比较水样的药动学及分布", "药动学", "学及"),
        ("从清洗液中回收", "清洗液", "液中"),
    ],
)
def test_a_word_cut_one_character_too_late_is_cut_again(text: str, whole: str, torn: str) -> None:
    """The segmenter guesses words that the dictionary lacks, and takes the 中 behind a name for its end."""
    segmenter, lexicon = tools()
    batch = Batch.of([("", text)])
    found = find_candidates(batch, segmenter.cut(batch.text), lexicon)
    phrases = {batch.text[start:end] for start, end in zip(found.starts, found.ends, strict=True)}
    assert whole in phrases and torn not in phrases


def test_words_of_the_dictionary_and_of_the_user_stay_as_they_are() -> None:
    """高中 is a word, and so is 散中 for the user who says so."""
    lexicon = Lexicon(frozenset({"中"}), frozenset({"散中"}))
    ids = np.array([lexicon[word] for word in ("高中", "散中", "液中")])
    assert (lexicon.whole[ids] == ids).tolist() == [True, True, False]
    assert lexicon.whole[ids[2]] == lexicon["液"]
