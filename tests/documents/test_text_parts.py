"""References, notes, funding, notes on authors and contents: marked where they are, no part of the body."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdtool.corpus.source import Source
from pdtool.documents.document import Document
from pdtool.documents.mapping import body_of
from pdtool.documents.text_parts import find_parts, has_note_marks, without_note_marks

CASES = json.loads(
    (Path(__file__).parents[1] / "cases" / "keywords" / "text_parts.json").read_text(encoding="utf-8")
)


def _document(text: str) -> Document:
    return Document("one", Source("one", "one.txt", "one.txt", "text"), text, text, ())


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


@pytest.mark.parametrize("case", CASES["wild"], ids=lambda case: case["name"])
def test_parts_are_marked_and_not_in_the_body(case: dict[str, Any]) -> None:
    """Each part begins and ends where it does in the text; what stands around it stays."""
    text = case["text"]
    parts = find_parts(text)
    assert [kind for kind, _, _ in parts] == [kind for kind, _, _ in case["parts"]]
    for (_, start, end), (_, first, last) in zip(parts, case["parts"], strict=True):
        assert text[start:end].startswith(first)
        assert text[start:end].endswith(last)
    body = _lines(body_of(_document(text)))
    expected = _lines(case["body"])
    assert [line for line in body if line in expected] == body
    assert set(expected) - set(body) <= {expected[0]}  # the first line may be the title


@pytest.mark.parametrize("case", CASES["negative"], ids=lambda case: case["name"])
def test_words_alone_make_no_part(case: dict[str, Any]) -> None:
    """A text that speaks of references, notes or a catalogue loses nothing to them."""
    assert find_parts(case["text"]) == []


def test_references_are_counted_when_asked_for() -> None:
    """With references, the body has them and the notes on authors, but no table of contents."""
    text = CASES["wild"][0]["text"]
    with_references = body_of(_document(text), with_references=True)
    assert "渡口志" in with_references
    assert "基金项目" in with_references
    contents = next(case["text"] for case in CASES["wild"] if case["name"] == "contents with leaders")
    assert "……" not in body_of(_document(contents), with_references=True)


def test_a_number_in_the_references_is_not_the_papers() -> None:
    """The DOI of what is cited is not taken for that of the paper."""
    text = "论桥\n张河生\n正文讲桥。\n参考文献\n[1] 李木清. 渡口志[J]. 水乡研究, 2011(3). DOI:10.1234/abc\n"
    assert "doi" not in _document(text).meta
    assert [span.kind for span in _document(text).spans][-1] == "references"


PIECES = st.sampled_from(
    [
        "参考文献",
        "：",
        "[1]",
        "[J]",
        "2011",
        "目录",
        "……3",
        "第一章 总则",
        "基金项目：",
        "\n",
        "注释",
        "①",
        "作者系",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES | st.text(max_size=6), max_size=40).map("".join))
def test_any_text(text: str) -> None:
    """Parts lie in the text one after another, and spans never overlap."""
    parts = find_parts(text)
    assert all(0 <= start < end <= len(text) for _, start, end in parts)
    assert all(a[2] <= b[1] for a, b in pairwise(parts))
    spans = _document(text).spans
    assert all(a.end <= b.start for a, b in pairwise(spans))


@given(st.text(alphabet="利益。第条款[]［］①⑳12,-", max_size=20))
def test_marks_are_there_where_some_go(text: str) -> None:
    """What is told at a look is what leaving them out shows."""
    assert has_note_marks(text) == (without_note_marks(text) != text)
