"""Titles, numbers and relations, one by one, over tables of cases; and the laws they keep on any text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdtool.citations.cited_numbers import numbers_in
from pdtool.citations.mentions import mentions_in
from pdtool.citations.relation import relation_of
from pdtool.citations.title_marks import LONGEST, marked_titles
from pdtool.citations.unmarked_names import all_titles
from pdtool.citations.wording import form, relation_words
from pdtool.citations.wraps import unwrapped

CASES = Path(__file__).parents[1] / "cases" / "citations"
PIECES = (
    "《",
    "》",
    "〈",
    "〉",
    "（",
    "）",
    "甲法",
    "意见",
    "以下简称",
    "根据",
    "国发〔2013〕4号",
    "第3条",
    "。",
    "\n",
    "、",
)
texts = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def cases(name: str) -> list[Any]:
    """Return the cases of a table, each with what it is called."""
    table = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    return [pytest.param(case, id=case.get("why", case["text"])) for case in table["cases"]]


@pytest.mark.parametrize("case", cases("titles"))
def test_titles_in_marks(case: dict[str, Any]) -> None:
    """The outermost titles are found, whatever their marks went through."""
    assert [case["text"][start:end] for start, end in marked_titles(case["text"])] == case["titles"]


@pytest.mark.parametrize("case", cases("numbers"))
def test_numbers_in_running_text(case: dict[str, Any]) -> None:
    """A number begins with the code of who gives it, and is written as the standard has it."""
    assert [number for _, _, number in numbers_in(case["text"], 0, len(case["text"]))] == case["numbers"]


@pytest.mark.parametrize("case", cases("relations"))
def test_relations(case: dict[str, Any]) -> None:
    """The words beside a title say what a document has to do with it."""
    text = case["text"]
    start = text.rindex("《")
    assert relation_of(text, 0, start, text.rindex("》") + 1) == case["relation"]


@given(texts)
def test_titles_lie_apart_and_within_the_text(text: str) -> None:
    """They are in order, none overlaps another, none is longer than a title can be."""
    last = 0
    for start, end in all_titles(text):
        assert last <= start < end <= len(text) and end - start <= LONGEST
        last = end


@given(texts)
def test_a_mention_cuts_what_is_written(text: str) -> None:
    """Its offsets cut a title or a number; line ends and blanks in it are no part of what it says."""
    for mention in mentions_in(text):
        cut = "".join(text[mention.start : mention.end].split())
        assert cut == "".join(mention.written.split()) or not mention.written
        assert mention.title or mention.number


@given(st.lists(st.text("各地要认真执行，。甲\n", max_size=30), max_size=8).map("\n".join))
def test_joined_lines_lead_back(text: str) -> None:
    """Each character of a text whose lines are joined is found again where it stood."""
    joined = unwrapped(text)
    for index, character in enumerate(joined.text):
        start, end = joined.source(index, index + 1)
        assert text[start:end] == character
    assert len(joined.text) + len(joined.joints) == len(text)


def test_words_behind_titles_are_looked_for_once() -> None:
    """Every form behind a title holds one of the words by which titles without any are passed over."""
    words = form("relation", "behind")
    forms = [said.pattern for relation in relation_words() for said in relation.behind]
    assert forms and all(words.search(said) for said in forms)
