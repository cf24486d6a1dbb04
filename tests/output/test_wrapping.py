"""Lines of a terminal: how wide, and where they break."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdtool.output.wrapping import columns_of, wrapped


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("乙有 98 % 见于甲；乙有 0.6 % 的字符误读", 24, ["乙有 98 % 见于甲；乙有", "0.6 % 的字符误读"]),
        ("保留甲：较长（6,129 字比 2,170 字）", 19, ["保留甲：较长（6,129", "字比 2,170 字）"]),
        ("98 % of b stands in a", 12, ["98 % of b", "stands in a"]),
        ("000_7f5a83bdbddc04f7.txt", 10, ["000_7f5a83", "bdbddc04f7", ".txt"]),
        ("字" * 7, 5, ["字字", "字字", "字字", "字"]),
        ("  front and back  ", 40, ["front and back"]),
        ("", 10, []),
    ],
)
def test_where_lines_break(text: str, width: int, lines: list[str]) -> None:
    """Not inside a figure or its per cent, not before a closing mark; a long word breaks anywhere."""
    assert wrapped(text, width) == lines


def test_terms_of_a_list_stay_whole() -> None:
    """A list breaks between its terms, a sentence with blanks in it anywhere; no line begins with a mark."""
    assert wrapped("城市更新; 老旧; 水管; 记在", 16, at_blanks=True) == ["城市更新; 老旧;", "水管; 记在"]
    assert wrapped("城市更新; 老旧; 水管", 18) == ["城市更新; 老旧; 水", "管"]
    assert wrapped("城市更新水管; 记在", 12) == ["城市更新水", "管; 记在"]


@given(st.text("字，。（）“”…a1, .%-", max_size=60), st.integers(8, 40), st.sampled_from(["", "  "]))
def test_no_line_is_too_wide_and_nothing_is_lost(text: str, width: int, indent: str) -> None:
    """Whatever the text: every character but blanks is shown once, in order, within the width."""
    lines = wrapped(text, width, indent)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(columns_of(line) <= width for line in lines)
    assert all(line.startswith(indent) for line in lines[1:])
