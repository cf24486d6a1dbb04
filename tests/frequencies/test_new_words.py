"""Words that the dictionary lacks: mutual information and entropy as they are defined."""

from __future__ import annotations

from collections import Counter
from math import log2

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdtool.frequencies.new_words import (
    ContextCounter,
    NewWordOptions,
    ProposalCounter,
    candidate_words,
    counted_strings,
    new_word_rows,
)
from pdtool.segment.userdict import UserTerm
from pdtool.text.han import is_han

ALL = NewWordOptions(1, -100.0, 0.0)
TEXTS = ["街上楼组多，楼组好。", "办楼组长，楼组", "看楼组吗？网格化，网格化"]


def _rows(
    candidates: list[str], texts: list[str], options: NewWordOptions = ALL
) -> dict[str, tuple[float, ...]]:
    strings = counted_strings(candidates)
    counter = ContextCounter("\n".join(strings), len(candidates))
    rows = new_word_rows(candidates, strings, [counter.count(text) for text in texts], options)
    return {
        row.term: (row.count, row.documents, row.mutual_information, row.left_entropy, row.right_entropy)
        for row in rows
    }


def _entropy(counts: list[int]) -> float:
    total = sum(counts)
    return -sum(count / total * log2(count / total) for count in counts)


def test_a_worked_example() -> None:
    """楼组 five times, with other characters or ends on either side; an end is a side of its own."""
    found = _rows(["楼 组"], TEXTS)["楼组"]
    size = sum(sum(map(is_han, text)) for text in TEXTS)
    assert found[:2] == (5, 3)
    assert found[2] == pytest.approx(log2(5 * size / (5 * 5)))
    assert found[3] == pytest.approx(_entropy([1, 1, 1, 1, 1]))
    assert found[4] == pytest.approx(_entropy([1, 1, 1, 1, 1]))


def naive(parts: str, texts: list[str]) -> tuple[float, ...]:
    """Return what is told of a candidate, by the definitions."""
    words = parts.split(" ")
    word = "".join(words)
    count = sum(text.count(word) for text in texts)
    size = sum(sum(map(is_han, text)) for text in texts)
    joints = [("".join(words[:at]), "".join(words[at:])) for at in range(1, len(words))]
    pairs = [(sum(t.count(a) for t in texts), sum(t.count(b) for t in texts)) for a, b in joints]
    information = min(log2(count * size / (a * b)) for a, b in pairs)
    sides: list[Counter[str]] = [Counter(), Counter()]
    for number, text in enumerate(texts):
        at = text.find(word)
        while at >= 0:
            before, behind = text[at - 1 : at] if at else "", text[at + len(word) : at + len(word) + 1]
            for side, character in zip(sides, (before, behind), strict=True):
                side[character if character and is_han(character) else f"end {number} {at}"] += 1
            at = text.find(word, at + len(word))
    having = sum(word in text for text in texts)
    return (count, having, information, *(_entropy(list(side.values())) for side in sides))


@settings(max_examples=120, deadline=None)
@given(st.lists(st.text("楼组人人，a", max_size=20), min_size=1, max_size=4))
def test_any_text_by_the_definitions(texts: list[str]) -> None:
    """Counts as str.count has them, where a word may overlap itself too."""
    candidates = ["人 人", "楼 组", "组 人 楼"]
    there = [one for one in candidates if any(one.replace(" ", "") in text for text in texts)]
    found = _rows(candidates, texts)
    assert {*found} == {one.replace(" ", "") for one in there}
    for one in there:
        assert found[one.replace(" ", "")] == pytest.approx(naive(one, texts))


def test_what_documents_propose() -> None:
    """What the dictionary cuts, said twice or in a short text; no function word or figure within."""
    proposals = ProposalCounter().proposals("健康码的街道，健康\n码3")
    assert proposals == ["健康 码"]
    long = "健康码。" + "治理，" * 300 + "楼组长，楼组长"
    assert "健康 码" not in ProposalCounter().proposals(long)
    assert "楼 组长" in ProposalCounter().proposals(long) or "楼组 长" in ProposalCounter().proposals(long)


def test_articles_are_cited_in_no_word() -> None:
    """What laws cite their articles with is neither the first nor the last part."""
    assert ProposalCounter().proposals("本法第，款规定，健康码") == ["健康 码"]


def test_candidates_are_no_known_words() -> None:
    """Neither words of the dictionary nor the user's; of several cuts of a string the commonest."""
    proposed = ["健康 码\n社会 主义", "健康 码", "健 康码", "楼 组"]
    assert candidate_words(proposed, [UserTerm("楼组")]) == ["健康 码"]


def test_options_decide() -> None:
    """Too rare, too loose or bound on one side: no word."""
    texts = ["在楼组里", "到楼组外", "看楼组了", "去楼组吧"]
    assert "楼组" in _rows(["楼 组"], texts, NewWordOptions(4, 1.0, 2.0))
    for options in (NewWordOptions(5, 1.0, 2.0), NewWordOptions(4, 9.0, 2.0), NewWordOptions(4, 1.0, 2.1)):
        assert not _rows(["楼 组"], texts, options)
    assert not _rows(["楼 组"], [f"{text[0]}楼组长" for text in texts], NewWordOptions(4, 1.0, 0.5))


def test_no_text() -> None:
    """Documents without text say nothing."""
    told = ContextCounter("楼组\n楼\n组", 1).count("")
    assert (told.size, len(told.found), told.sides.shape) == (0, 0, (0, 3))
    assert new_word_rows(["楼 组"], ["楼组", "楼", "组"], [told], ALL) == []
    assert np.array_equal(told.counts, [])
