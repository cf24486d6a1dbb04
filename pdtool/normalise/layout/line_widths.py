r"""How wide the lines of texts are, and whether as many are about equally wide as in what a printer wrapped.

Most lines of a wrapped text reach nearly as far as the longest one, or half of those of some length have one
width. Both are read from a table of how many lines have each width, of one text or of many at a time: hardly
any text is like that which was not wrapped.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pdtool.text.code_points import Codes, code_points
from pdtool.text.edits import IntArray
from pdtool.text.line_table import IndexArray, LineTable, Mask

__all__ = [
    "EXACT",
    "FEWEST",
    "FULL_SHARE",
    "NARROWEST",
    "LineWidths",
    "WidthCounts",
    "display_widths",
]

# Set on texts wrapped at 30 to 100 columns and on the poems, lists and tables of tests/cases/normalise
# (November 2026).
NARROWEST = 28
"""Columns: narrower lines may be verses or cells."""
_WIDEST = 200
"""Columns of the widest full line."""
FEWEST = 3
"""Full lines that make a habit."""
FULL_SHARE = 0.4
"""Share of the lines that are full in wrapped text: paragraphs of two lines give a half."""
EXACT = 3
"""Columns by which the full lines of a block differ: no more than a mark that may not begin a line."""
_EXACT_SHARE = 0.5
"""Share of the long lines that have this one width."""
_WIDER_SHARE = 0.1
"""Most of the long lines that are wider: two lines each, where a sentence was joined across a page."""
_KEEP_WITHIN = 0.98
"""Share of the lines that are no wider than the full lines of most texts."""
_FIRST_WIDE = 0x2010
"""The first code point of those that take two columns."""
_BREAK, _SPACE = 0x0A, 0x20


class LineWidths(NamedTuple):
    """How long lines are.

    Args:
        characters: The characters of each line, shape ``(n_lines,)``.
        columns: Its width in columns of a terminal.
        spaces: The spaces in it.
    """

    characters: IntArray
    columns: IntArray
    spaces: IntArray

    @classmethod
    def of(cls, text: str) -> LineWidths:
        """Measure the lines of a text."""
        codes = code_points(f"{text}\n")  # no line is empty: what is summed up has no gaps
        ends = np.flatnonzero(codes == _BREAK).astype(np.int32)
        starts = np.concatenate((np.zeros(1, np.int32), ends[:-1] + np.int32(1)))
        return cls._of(codes, starts, ends - starts)

    @classmethod
    def of_table(cls, lines: LineTable) -> LineWidths:
        """Measure the lines of many texts."""
        return cls._of(lines.codes, lines.starts, lines.lengths.astype(np.int32))

    @classmethod
    def _of(cls, codes: Codes, starts: IntArray | IndexArray, characters: IntArray) -> LineWidths:
        wide, spaces = (
            np.add.reduceat(some.view(np.uint8), starts, dtype=np.int32)
            for some in (codes >= _FIRST_WIDE, codes == _SPACE)
        )
        return cls(characters, characters + wide, spaces)


def display_widths(text: str) -> IntArray:
    r"""Return the width of every line in columns of a terminal, shape ``(n_lines,)``.

    Han, full-width forms and Chinese punctuation take two columns, other characters one.

    >>> display_widths("党建 work\n“”").tolist()
    [9, 4]
    """
    return LineWidths.of(text).columns


@dataclass(frozen=True, slots=True, eq=False)
class WidthCounts:
    """How many lines of some texts have each width.

    Args:
        within: How many lines of each text are no wider than each width, shape ``(n_texts, 202)``; the last
            column counts all lines.
    """

    within: npt.NDArray[np.int64]

    @classmethod
    def of(cls, widths: IntArray, texts: IndexArray | None = None, n_texts: int = 1) -> WidthCounts:
        """Count lines.

        Args:
            widths: The width of each, shape ``(n_lines,)``.
            texts: The index of the text that each belongs to; ``None`` if there is but one.
            n_texts: How many texts there are.
        """
        columns = _WIDEST + 2
        cells = np.minimum(widths, _WIDEST + 1)
        if texts is not None:
            cells = cells + texts * columns
        counts = np.bincount(cells, minlength=n_texts * columns)
        return cls(np.cumsum(counts.reshape(n_texts, columns), axis=1))

    def reach_nearly_as_far(self) -> tuple[IndexArray, Mask]:
        """Return how wide a full line of each text is at least, and whether many of its lines are full.

        No full line is much narrower than nearly all lines are at most.

        Returns:
            Both of shape ``(n_texts,)``.
        """
        lines = self.within[:, -1]
        others = (_KEEP_WITHIN * (lines - 1)).astype(np.int64)
        widest = np.count_nonzero(self.within <= others[:, None], axis=1)
        narrowest = widest - np.maximum(4, widest // 10)
        full = lines - self._up_to(np.maximum(narrowest - 1, 0))
        many = (lines > FEWEST) & (full >= np.maximum(FEWEST, FULL_SHARE * lines))
        return narrowest, many & (widest >= NARROWEST) & (widest <= _WIDEST)

    def have_one_width(self, slack: int, every: WidthCounts) -> tuple[IndexArray, Mask]:
        """Return the width that most lines of each text have, and whether half of them do and few are wider.

        Args:
            slack: By how much lines of one width may be narrower.
            every: The counts of all lines; this one's are those of the long ones.

        Returns:
            Both of shape ``(n_texts,)``.
        """
        of_long = self.within[:, : _WIDEST + 1]
        near = of_long.copy()
        near[:, slack + 1 :] -= of_long[:, : -slack - 1]
        widest = near.argmax(axis=1)
        most = _WIDER_SHARE * of_long[:, -1]
        many = near.max(axis=1) >= np.maximum(FEWEST, _EXACT_SHARE * of_long[:, -1])
        return widest, many & (every.within[:, -1] - every._up_to(widest) <= most)

    def _up_to(self, width: IndexArray) -> IndexArray:
        """Return how many lines of each text are no wider than a width."""
        return np.take_along_axis(self.within, width[:, None], axis=1)[:, 0]
