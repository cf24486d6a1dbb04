"""Where sentences and paragraphs end."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdtool.text.sentences import paragraph_ends, sentence_ends


def parts(text: str) -> list[str]:
    """Return the sentences of a text."""
    ends = sentence_ends(text).tolist()
    return [text[start:end] for start, end in zip([0, *ends], ends, strict=False)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["要抓落实。", "要见实效！", "怎么办？", "再说"],
        ["他说：“要抓落实。”", "会后落实。"],
        ["（见附件。）", "附件另发。"],
        ["真的吗？！……", "他说……真的。"],
        ["办事大厅（一楼）；窗口三个；\n", "标题"],
        ["1. 总则\n", "2．目的为 3.5 % 的增长。", "完"],
        ["We met.", " It worked.", "\n", "See www.gov.cn for more"],
        ["一行\r\n", "又一行\u2028", "再一行。", "\n\n", "末行"],
    ],
)
def test_sentences(sentences: list[str]) -> None:
    """Marks that close a sentence belong to it; semicolons, ellipses, numbers and addresses end none."""
    assert parts("".join(sentences)) == sentences


@given(st.text(alphabet="甲乙。！？；…”’）.1 a\n\r", max_size=40))
def test_ends_divide_the_text(text: str) -> None:
    """They ascend to the end of the text, and every end of a paragraph is one of a sentence."""
    ends = sentence_ends(text).tolist()
    assert ends == sorted({*ends})
    assert (ends[-1] if ends else 0) == len(text)
    assert {*paragraph_ends(text).tolist()} <= {*ends}
    assert "".join(parts(text)) == text


def naive_ends(text: str) -> list[int]:
    """Return where sentences end by the two rules as they are read, with no thought of speed."""
    line_ends = r"[\n\r\v\f\x85\u2028\u2029]+"
    plain = r"(?:[。｡！？!?]|(?<![0-9])[.．](?=\s|\Z))[。｡！？!?.．…]*[”’」』）》〉】)\]\"']*"
    ends = [match.end() for match in re.finditer(f"{plain}|{line_ends}", text)]
    return [*ends, *([len(text)] if text and (not ends or ends[-1] < len(text)) else [])]


@given(st.text(alphabet="甲。！？;…”)）.．12 a\n\r\u2028\x85", max_size=40))
def test_ends_are_those_of_the_plain_rules(text: str) -> None:
    """The quick pattern finds what the rules say, whatever stands before and behind a mark."""
    assert sentence_ends(text).tolist() == naive_ends(text)
