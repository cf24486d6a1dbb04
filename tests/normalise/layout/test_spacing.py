"""Blanks and breaks of the layout go; those that mean something stay."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdtool.normalise.layout.line_widths import display_widths
from pdtool.normalise.layout.spacing import spacing
from pdtool.normalise.layout.wrapped_lines import wrap_width
from tests.normalise.tables import Case, cases, seed


def respaced(text: str) -> str:
    """Return the text with its blanks and breaks mended."""
    return spacing(text).apply(text)[0]


@pytest.mark.parametrize("case", cases("spacing", "wild"))
def test_wild(case: Case) -> None:
    """Blanks and wraps as they are found are mended, and a second run finds nothing more."""
    assert respaced(case.before) == case.after
    assert respaced(case.after) == case.after


@pytest.mark.parametrize("case", cases("spacing", "negative"))
def test_negative(case: Case) -> None:
    """Columns, poems, code, lists and titles in two halves are left alone."""
    assert respaced(case.before) == case.before


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize("case", cases("spacing", "known_failures"))
def test_known_failures(case: Case) -> None:
    """Layout that cannot be distinguished from meaning yet."""
    assert respaced(case.before) == case.after


@pytest.mark.parametrize("name", ["000", "001", "002", "003", "004"])
def test_sample_corpus_is_not_wrapped(name: str) -> None:
    """The samples have one paragraph a line: no line is joined."""
    assert "wrapped_line" not in spacing(seed(name)).rules


def test_wrap_width() -> None:
    """The columns of full lines are found in wrapped text, and none in text that is not."""
    sentence = "议事会每季度召开一次，议题提前三天公布，结果在一周内送到每户，做不到的写明原因。"
    text = sentence * 6
    bounds = wrap_width("\n".join(text[start : start + 30] for start in range(0, len(text), 30)))
    assert bounds is not None
    assert bounds[0] <= 60 <= bounds[1]
    assert wrap_width("\n".join([sentence] * 6)) is None


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["党", "Ａ", "“", "a", "1", "\n"]), max_size=60).map("".join))
def test_display_widths(text: str) -> None:
    """Wide characters count two columns, others one, line by line."""
    expected = [sum(1 if character in "a1" else 2 for character in line) for line in text.split("\n")]
    assert display_widths(text).tolist() == expected


@settings(max_examples=60, deadline=None)
@given(st.text("党建 引领，。\n\u3000\u200bab第一条1-", max_size=300))
def test_letters_are_never_lost(text: str) -> None:
    """Only blanks, breaks and invisible characters are touched, and the edits can be undone."""
    edits = spacing(text)
    after = edits.apply(text)[0]
    assert "".join(after.split()) == "".join(text.replace("\u200b", "").split())
    assert edits.revert(after) == text


def test_blanks_before_a_letter_take_time_in_proportion() -> None:
    """A run of blanks that nothing is done to is looked at once, not from each of its blanks on."""
    assert not len(spacing(" " * 1_000_000 + "a"))


PIECES = ["第一条", "目的", "张", "三", "年", "月", "加强", "党建", "。", "，", "：", "“", "”", "1", "a"]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from([*PIECES, " ", " ", "\u3000", "  ", "\t", "\n"]), max_size=40).map("".join))
def test_lines_that_are_passed_over_hold_no_blank_to_repair(text: str) -> None:
    """Of a short text lines are chosen beforehand; looked at one and all, they give the same."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pdtool.normalise.layout.blank_spots._LONG_TEXT", 0)
        every = respaced(text)
    assert respaced(text) == every


LINES = st.lists(st.text("党建 关键词，。第一条\u3000”", min_size=1, max_size=9), min_size=1, max_size=12)


@settings(max_examples=200, deadline=None)
@given(LINES)
def test_lines_with_blanks_are_judged_alone(lines: list[str]) -> None:
    """What goes from a short line does not depend on how many others have blanks."""
    alone = [respaced(f"甲\n{line}\n乙") for line in lines]
    assert respaced("\n".join(f"甲\n{line}\n乙" for line in lines)) == "\n".join(alone)
