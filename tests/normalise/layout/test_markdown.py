"""Marks of Markdown go where a text is Markdown, and the text stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdtool import load_corpus
from pdtool.normalise.layout.markdown import markdown
from pdtool.normalise.pipeline import normalise, replay, revert
from tests.normalise.tables import Case, cases

MARKS = ["# 题\n", "---\n", "title: 甲\n", "**", "`", "```\n", "[甲](/b)", "[^1]", "- ", "> ", "正文。\n"]


@pytest.mark.parametrize("case", cases("markdown", "wild"))
def test_marks_go(case: Case) -> None:
    """Headings, links, emphasis, items and notes read as on the finished page."""
    assert markdown(case.before).applied_to(case.before) == case.after


@pytest.mark.parametrize("case", cases("markdown", "negative"))
def test_what_is_no_markdown_stays(case: Case) -> None:
    """Signs alone are no Markdown."""
    assert len(markdown(case.before)) == 0


@pytest.mark.xfail(strict=True, reason="left for safety")
@pytest.mark.parametrize("case", cases("markdown", "known_failures"))
def test_known_failures(case: Case) -> None:
    """What would be right and is not done."""
    assert markdown(case.before).applied_to(case.before) == case.after


def test_the_name_of_a_file_says_that_it_is_markdown(tmp_path: Path) -> None:
    """The same text keeps its marks where nothing but they says so: they may be comments."""
    text = "安装如下。\n## 准备\nmake\n## 运行\nmake run\n"
    for name in ("a.md", "b.txt"):
        (tmp_path / name).write_text(text, encoding="utf-8")
    named, plain = (document.text for document in load_corpus([tmp_path]))
    assert named == "安装如下。\n准备\nmake\n运行\nmake run\n"
    assert plain == text


@pytest.mark.parametrize(
    "unit",
    ["#", "# ", "# 甲\n", "\n# 甲\n", "[", "[^", "](", "![", "`", "**", "_ ", "- ", "> ", "<!--", "|-", "\\"],
)
def test_hostile_repetition(unit: str) -> None:
    """Long runs of one mark take no time to speak of, and lead back."""
    raw = "# 题\n\n" + unit * 20_000
    clean = normalise(raw)
    assert revert(clean.text, clean.layers) == raw


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["# 题\n", "---\n", "title: 甲\n", "**", "`", "```\n", "[甲](/b)", "[^1]", "- ", "> ", "正文。\n"]
        )
    )
)
def test_the_way_back(parts: list[str]) -> None:
    """Whatever marks come together, replay gives the clean text and revert the raw one."""
    raw = "".join(parts)
    clean = normalise(raw)
    assert replay(raw, clean.layers) == clean.text
    assert revert(clean.text, clean.layers) == raw
