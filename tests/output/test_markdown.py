"""Markdown tables."""

from __future__ import annotations

import io
import re

from hypothesis import given
from hypothesis import strategies as st

from pdtool.output.markdown import write_markdown
from pdtool.rows import columns
from tests.output.sample import Sample, samples


def written(rows: list[Sample]) -> list[str]:
    """Write rows; return the lines."""
    out = io.BytesIO()
    write_markdown(rows, columns(Sample), out)
    return out.getvalue().decode().splitlines()


def test_a_table_has_header_and_alignment() -> None:
    """Numbers are set to the right; a table of nothing is its header."""
    assert written([]) == ["| name | count | share | flag | terms |", "| --- | ---: | ---: | --- | --- |"]


@given(st.lists(st.text(max_size=20), max_size=3))
def test_text_never_makes_another_cell_or_row(texts: list[str]) -> None:
    """A row is one line with five cells, whatever the text."""
    lines = written([Sample(text, 1, 0.5, True, ()) for text in texts])
    assert len(lines) == len(texts) + 2
    for line in lines[2:]:
        # Markdown: a pipe is data only behind an odd number of backslashes.
        assert len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) == 6


def test_text_stays_text() -> None:
    """Markup, HTML and links in text are escaped; names with underscores stay readable."""
    line = written([Sample("*a* `b` <i>[x](y) a_b.txt", 1, 1.0, True, ())])[2]
    assert line.startswith(r"| \*a\* \`b\` \<i\>\[x\](y) a_b.txt |")


def test_line_breaks_and_controls_are_shown() -> None:
    """A line break becomes ``<br>``, other controls their escapes."""
    line = written([Sample("a\r\nb\rc\n\x1b[0m", 1, 1.0, True, ())])[2]
    assert line.startswith(r"| a<br>b<br>c<br>\\x1b\[0m |")


def test_hostile_text_never_stops_the_writer() -> None:
    """Every hostile row is one line."""
    assert len(written(samples())) == len(samples()) + 2
