"""The table of lines: the lines of every text, where they stand, in arrays."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pdtool.text.line_table import LineTable, members
from pdtool.text.lines import ends_sentence

TEXTS = st.lists(st.text("党。”a \n\u3000", max_size=30), min_size=1, max_size=5)


def lines_in(table: LineTable) -> list[str]:
    """Return the lines of a table as strings."""
    text = "".join(map(chr, table.codes))
    return [text[start:end] for start, end in zip(table.starts, table.ends, strict=True)]


@given(TEXTS)
def test_lines_are_those_of_each_text(texts: list[str]) -> None:
    """No line is lost, cut or given to another text, empty ones and empty texts included."""
    table = LineTable.of(texts)
    expected = [(number, line) for number, text in enumerate(texts) for line in text.split("\n")]
    assert list(zip(table.texts.tolist(), lines_in(table), strict=True)) == expected
    assert table.firsts.tolist() == [[number for number, _ in expected].index(n) for n in range(len(texts))]


@given(TEXTS)
def test_counts_are_those_of_each_text(texts: list[str]) -> None:
    """What is counted and looked for over lines is told text by text."""
    table = LineTable.of(texts)
    filled = table.lengths > 0
    expected = [sum(line != "" for line in text.split("\n")) for text in texts]
    assert table.count(filled).tolist() == expected
    assert table.any(filled).tolist() == [count > 0 for count in expected]


@given(TEXTS)
def test_ended_lines_end_a_sentence(texts: list[str]) -> None:
    """Only lines that end a sentence are said to, and all whose last character is its sign."""
    table = LineTable.of(texts)
    for line, ended in zip(lines_in(table), table.ended().tolist(), strict=True):
        assert not ended or ends_sentence(line) or line == ""
        assert ended or not line.endswith("。")


@given(TEXTS)
def test_indentation_is_looked_through(texts: list[str]) -> None:
    """The place behind a line's first blanks, four at most."""
    table = LineTable.of(texts)
    text = "".join(map(chr, table.codes))
    for start, at in zip(table.starts.tolist(), table.indented(members(" \u3000")).tolist(), strict=True):
        blanks = len(text[start:]) - len(text[start:].lstrip(" \u3000"))
        assert at - start == min(4, blanks)


def test_members_are_read_only() -> None:
    """A table of characters is shared."""
    assert not members("党").flags.writeable
    assert np.flatnonzero(members("ab")).tolist() == [97, 98]
