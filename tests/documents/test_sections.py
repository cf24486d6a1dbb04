"""Sections by numbered headings."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdtool.documents.sections import sections


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("一、甲\n二、乙", ["1 一、甲", "1 二、乙"]),
        ("一、甲\n(一)子。正文\n（二）丑\n二、乙", ["1 一、甲", "2 (一)子", "2 （二）丑", "1 二、乙"]),
        ("1.甲\n(1)子\n2.乙", ["1 1.甲", "2 (1)子", "1 2.乙"]),
        ("第一章 总则\n第一条 为了甲。\n第二章 乙", ["1 第一章 总则", "2 第一条 为了甲", "1 第二章 乙"]),
        ("　　一、缩进的标题\n正文", ["1 一、缩进的标题"]),
        ("策略。一、形势:(一)甲多。(二)乙少。二、策", ["1 一、形势", "2 (一)甲多", "2 (二)乙少", "1 二、策"]),
        (
            "第 1 条 甲\n第 3 条 乙：\n一、丙\n第 3-1 条 丁",
            ["1 第 1 条 甲", "1 第 3 条 乙", "2 一、丙", "1 第 3-1 条 丁"],
        ),
        ("第三条之一 甲\n第1条 乙", ["1 第三条之一 甲", "1 第1条 乙"]),
        ("## 第一章 甲\n第一条 乙\n## 丙\n### 丁", ["1 第一章 甲", "2 第一条 乙", "1 丙", "2 丁"]),
        (
            "1 总则\n1.1 范围\n2 规定\n2.1 选址\n2.1.1 选址应当安全。\n2.1.2 材料合格。\n3 附则",
            [
                "1 1 总则",
                "2 1.1 范围",
                "1 2 规定",
                "2 2.1 选址",
                "3 2.1.1 选址应当安全",
                "3 2.1.2 材料合格",
                "1 3 附则",
            ],
        ),
        ("1. 概述\n1.1 背景\n2. 方案\n2.1 目标", ["1 1. 概述", "2 1.1 背景", "1 2. 方案", "2 2.1 目标"]),
        ("第1章 绪论\n1.1 背景\n1.1.1 村", ["1 第1章 绪论", "2 1.1 背景", "3 1.1.1 村"]),
        ("1 总则\n1.0.1 为了甲。\n1.0.2 适用于乙。", ["1 1 总则", "2 1.0.1 为了甲", "2 1.0.2 适用于乙"]),
        ("一、" + "长" * 50, ["1 一、" + "长" * 38 + "…"]),
    ],
)
def test_headings(text: str, headings: list[str]) -> None:
    """The kinds of numbering, and what stands below what."""
    assert [f"{section.level} {section.heading}" for section in sections(text)[1:]] == headings


@pytest.mark.parametrize(
    "text",
    [
        "2019年底爆发。3月为例",
        "增长1.5亿元\n3.14是圆周率",
        "有三条,第一条最重要",
        "一是传达中央声音。二是消除恐慌",
        "原则有二(一)和(二)",
        "共有43\n50名居民",
        "依照\n第 3 条规定办理",
        "#标签 与 #话题",
        "增长如下\n3.5 万人\n12.5 亿元",
        "1 北京 3.1\n2 上海 4.2\n3 广州 5.3",
    ],
)
def test_what_is_no_heading(text: str) -> None:
    """Numbers, ordinals inside a sentence and enumerations that do not count on."""
    assert len(sections(text)) == 1


@settings(max_examples=100, deadline=None)
@given(st.text("一二三、(一)1.第章条 \n。甲", max_size=60))
def test_sections_are_the_whole_text(text: str) -> None:
    """They follow one another without gap or overlap, numbered from 0."""
    divided = sections(text)
    assert "".join(text[section.start : section.end] for section in divided) == text
    assert [section.number for section in divided] == list(range(len(divided)))
    assert all(section.level >= 1 for section in divided[1:])
