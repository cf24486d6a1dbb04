"""Paragraphs whose line ends were lost, so that their indents stand inside one long line.

Where a page became a cell of a table, ``……如下：　　一、总体要求　　（一）……`` is what is left of its
paragraphs. Two ideographic spaces also part the fields of a form and the cells of a table; those do not end
sentences.
"""

from __future__ import annotations

import re

import numpy as np

from pdtool.text.edits import Proposals
from pdtool.text.line_table import IndexArray, LineTable
from pdtool.text.lines import ends_sentence, opens_paragraph

__all__ = ["add_lost_breaks", "lost_indents"]

_INDENT = re.compile(r"(?<=\S)[ \u00a0]?\u3000{2,4}[ \u00a0]?(?=\S)")
_WIDE_BLANK = 0x3000
"""The ideographic space, two of which make an indent."""
_SHORTEST_LINE = 100
"""Characters of a line of several paragraphs."""
_FEWEST = 2
"""Indents behind the end of a sentence that make a habit."""
_SHARE = 0.5
"""Least of the indents of a line that stand behind the end of a sentence or before a heading."""
_SHORTEST_PARAGRAPH = 20
"""Characters between two indents, on average: the fields of a form are shorter."""
_AHEAD = 80
"""Characters by which a heading is known."""


def add_lost_breaks(text: str, proposals: Proposals) -> None:
    r"""Propose a line end for every indent inside a line of several paragraphs.

    Args:
        text: Line ends are ``\n``.
        proposals: What is added to.
    """
    if "\u3000\u3000" not in text:
        return
    line: list[re.Match[str]] = []
    end = -1
    for indent in _INDENT.finditer(text):
        if indent.start() > end:
            _propose(text, line, proposals)
            end = text.find("\n", indent.end())
            end = len(text) if end < 0 else end
            line = []
        line.append(indent)
    _propose(text, line, proposals)


def lost_indents(lines: LineTable) -> IndexArray:
    """Return where texts may have lost line ends: pairs of wide blanks inside a long line, shape ``(n,)``.

    Args:
        lines: The lines of the texts.
    """
    wide = lines.codes == _WIDE_BLANK
    pairs = np.flatnonzero(wide[:-1] & wide[1:])
    at = np.searchsorted(lines.ends, pairs)
    inside = (pairs > lines.starts[at]) & (lines.lengths[at] >= _SHORTEST_LINE)
    return pairs[inside]


def _propose(text: str, indents: list[re.Match[str]], proposals: Proposals) -> None:
    """Propose line ends for the indents of one line if they are those of paragraphs."""
    if len(indents) < _FEWEST:
        return
    start = text.rfind("\n", 0, indents[0].start()) + 1
    end = text.find("\n", indents[-1].end())
    length = (len(text) if end < 0 else end) - start
    if length < max(_SHORTEST_LINE, _SHORTEST_PARAGRAPH * (len(indents) + 1)):
        return
    ended = [ends_sentence(text[max(0, indent.start() - 8) : indent.start()]) for indent in indents]
    opening = [opens_paragraph(text[indent.end() : indent.end() + _AHEAD]) for indent in indents]
    parted = sum(behind or before for behind, before in zip(ended, opening, strict=True))
    if sum(ended) >= _FEWEST and parted >= _SHARE * len(indents):
        for indent in indents:
            proposals.add(*indent.span(), "\n", "lost_break")
