"""Front matter: found where papers have it, left alone where a body only speaks of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdtool.documents.front_matter import body_text, declared_keywords, find_front_matter, title_of

CASES = json.loads(
    (Path(__file__).parents[1] / "cases" / "keywords" / "front_matter.json").read_text(encoding="utf-8")
)


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


@pytest.mark.parametrize("case", CASES["wild"], ids=lambda case: case["name"])
def test_front_matter_is_recognised(case: dict[str, Any]) -> None:
    """Title, declared keywords and body are told apart in the layouts that journals and sites use."""
    text = case["text"]
    front = find_front_matter(text)
    assert title_of(text, front) == case["title"]
    assert list(declared_keywords(text, front)) == case["declared"]
    assert _lines(body_text(text, front)) == _lines(case["body"])


@pytest.mark.parametrize("case", CASES["negative"], ids=lambda case: case["name"])
def test_a_body_keeps_its_sentences(case: dict[str, Any]) -> None:
    """Nothing is taken out of a text that has no front matter, though it may use its words."""
    assert find_front_matter(case["text"]) == []


LABELS = st.sampled_from(
    ["摘要", "[关键词]", "关键词:", "[摘要]", "中图分类号:D63", "王建国", "Abstract:", "\n", ";", "。"]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(LABELS | st.text(max_size=12), max_size=30).map("".join))
def test_spans_are_ordered_and_disjoint(text: str) -> None:
    """Whatever the text, the spans lie in it one after another, and the body is a part of it."""
    front = find_front_matter(text)
    edges = [edge for _, start, end in front for edge in (start, end)]
    assert edges == sorted(edges)
    assert not edges or (edges[0] >= 0 and edges[-1] <= len(text))
    assert all(line in text for line in body_text(text, front).split("\n"))
    assert all(keyword in text for keyword in declared_keywords(text, front))
