"""Words and phrases against a count that is written out."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdtool.frequencies.words import KeyedPhrases, WordCounter, WordSettings, wanted_keys
from pdtool.segment.packed import pack_terms
from pdtool.segment.segmenter import Segmenter
from pdtool.segment.userdict import UserTerm
from pdtool.text.string_keys import string_keys

STOP = "的\n和\nthe"
PIECES = st.sampled_from(
    [
        *"的和，。\n",
        "基层",
        "治理",
        "党建引领",
        "AI",
        " ",
        "5G",
        "50%",
        "The",
        "平台",
        "社区",
        "machine learning",
        "İ",
    ]
)
TEXTS = st.lists(PIECES, max_size=30).map("".join)


def naive(text: str, lowest: int, highest: int, shortest: int = 2) -> Counter[str]:
    """Count words and phrases one by one, by their definition."""
    lowered = text.replace("İ", "i").lower()
    tokens = list(Segmenter().cut(lowered))
    stop = STOP.split("\n")
    found: Counter[str] = Counter()
    for first in range(len(tokens)):
        for length in range(lowest, highest + 1):
            run = tokens[first : first + length]
            ties = [
                gap == "" or (gap == " " and (lowered[a[2] - 1].isascii() or lowered[b[1]].isascii()))
                for a, b in pairwise(run)
                for gap in [lowered[a[2] : b[1]]]
            ]
            edges = [run[0][0], run[-1][0]]
            good = all(word not in stop and any(map(str.isalpha, word)) for word in edges)
            if len(run) == length and all(ties) and good and (length > 1 or len(run[0][0]) >= shortest):
                found[lowered[run[0][1] : run[-1][2]]] += 1
    return found


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_words_are_counted_one_by_one(text: str) -> None:
    """Stop words, figures and single characters are none; case makes no difference."""
    assert WordCounter(WordSettings(stop_words=STOP)).count(text) == naive(text, 1, 1)


@settings(max_examples=100, deadline=None)
@given(TEXTS, st.sampled_from([(1, 2), (2, 3), (2, 4), (3, 3)]))
def test_phrases_are_runs_of_words(text: str, lengths: tuple[int, int]) -> None:
    """Counted as numbers first, then by name: the same as one by one."""
    settings = WordSettings("rjieba", "[]", STOP, 2, *lengths)
    wanted = naive(text, *lengths)
    keys = np.unique(_keys_of(list(wanted))) if wanted else np.empty(0, np.uint64)
    assert WordCounter(settings, wanted=keys.tobytes()).count(text) == wanted


def _keys_of(strings: list[str]) -> np.ndarray:
    """Return the number of each string."""
    return np.array([string_keys(one, np.array([0]), np.array([len(one)]))[0] for one in strings])


def test_only_wanted_phrases_are_counted() -> None:
    """Of all phrases of a text those whose number is among the wanted."""
    keys = np.sort(_keys_of(["基层治理", "没有的词"]))
    counter = WordCounter(WordSettings(lowest=2, highest=3), wanted=keys.tobytes())
    assert counter.count("加强基层治理，基层治理平台") == {"基层治理": 2}
    assert WordCounter(WordSettings(lowest=2, highest=2), wanted=b"").count("基层治理") == {}


def _keyed(group: str, *counts: tuple[int, int]) -> KeyedPhrases:
    keys = np.array([key for key, _ in counts], dtype=np.uint64)
    return KeyedPhrases((group,), keys, np.array([count for _, count in counts], dtype=np.int32))


@pytest.mark.parametrize(
    ("top", "least", "wanted"),
    [(0, 1, [1, 2, 3, 4]), (1, 1, [1, 4]), (2, 1, [1, 2, 3, 4]), (0, 3, [1, 4]), (1, 9, [])],
)
def test_the_frequent_phrases_of_each_group(top: int, least: int, wanted: list[int]) -> None:
    """The commonest of either group, all that share the last place, none below the least."""
    counted = [_keyed("a", (1, 3), (2, 1)), _keyed("a", (1, 2), (3, 1)), _keyed("b", (4, 7))]
    assert np.frombuffer(wanted_keys(counted, top, least), np.uint64).tolist() == wanted


def test_no_documents_no_phrases() -> None:
    """Nothing is asked for where nothing was found."""
    assert wanted_keys([_keyed("a")], 10, 1) == b""


def test_the_users_words_stay_whole() -> None:
    """A user dictionary decides what a word is."""
    text = "推进楼组自治建设"
    assert "楼组自治" not in WordCounter(WordSettings()).count(text)
    settings = WordSettings(dictionary=pack_terms([UserTerm("楼组自治")]))
    assert WordCounter(settings).count(text)["楼组自治"] == 1


def test_phrase_keys_are_the_same_in_every_document() -> None:
    """A phrase has one number wherever it stands, so that counts of documents add up."""
    inside = string_keys("甲基层治理", np.array([1]), np.array([5]))
    assert inside.tolist() == _keys_of(["基层治理"]).tolist()
