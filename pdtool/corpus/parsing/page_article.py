"""Which blocks of a page belong to its article, by the text that an extractor made of the article.

The extractor may join lines, move them or lose their order; what it says of a block is only whether it is
in the article. Blanks, bars of tables and list marks are not compared.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import compress

from pdtool.corpus.parsing.page_blocks import Block

__all__ = ["kept_blocks"]

_PIECE = re.compile("[^，。；：！？、,.;:!?]+")
_RULE = re.compile(r"[\s|-]*")
"""What an extractor puts below the header of a table."""
_TELLING = 8
"""The fewest characters of a block that is found wherever the extractor put it."""
_MOST_OF = 0.5
"""The share of a block's text that must be in the article, where the extractor cut the block."""


def kept_blocks(blocks: Sequence[Block], article: str) -> list[Block]:
    """Return the blocks of a page that are in its article, in the order of the page.

    A heading stays with what it stands above.

    Args:
        blocks: All that the page shows.
        article: The text of the article, as an extractor made it.
    """
    finder = _Finder(article)
    kept = [finder.holds(block) for block in blocks]
    for index in range(len(blocks) - 2, -1, -1):
        kept[index] = kept[index] or (blocks[index].is_heading and kept[index + 1])
    return list(compress(blocks, kept))


def _squeezed(text: str) -> str:
    return "".join(text.replace("|", "").split())


def _parts(line: str) -> list[str]:
    """Return a line without the mark of a list, or the cells of a table's row."""
    return line.split("|") if line.startswith("|") else [line.strip().removeprefix("- ")]


class _Finder:
    """Looks up one block after the other; short ones only where the last one ended, or as whole lines."""

    def __init__(self, article: str) -> None:
        lines = [line for line in article.split("\n") if not _RULE.fullmatch(line)]
        self._article = _squeezed("\n".join(lines))
        self._lines = Counter(_squeezed(part) for line in lines for part in _parts(line))
        self._pieces = {piece for line in lines for piece in _PIECE.findall(_squeezed(line))}
        self._at = 0

    def holds(self, block: Block) -> bool:
        """Return whether the article holds a block."""
        sizes = [(len(cell), self._holds(_squeezed(cell))) for cell in block.cells]
        return sum(size for size, found in sizes if found) >= _MOST_OF * sum(size for size, _ in sizes)

    def _holds(self, text: str) -> bool:
        if not text:
            return True
        at = self._at + (self._article.startswith("-", self._at) and text[0] != "-")
        if self._article.startswith(text, at):
            self._at = at + len(text)
            return True
        if self._lines[text] > 0:
            self._lines[text] -= 1
            self._move(text)
            return True
        return len(text) >= _TELLING and (self._move(text) or self._is_mostly_in(text))

    def _move(self, text: str) -> bool:
        """Go on behind a text, wherever it is in the article, and return whether it is."""
        at = self._article.find(text, self._at)
        if at < 0:
            at = self._article.find(text)
        if at >= 0:
            self._at = at + len(text)
        return at >= 0

    def _is_mostly_in(self, text: str) -> bool:
        pieces = _PIECE.findall(text)
        known = sum(len(piece) for piece in pieces if piece in self._pieces)
        return known > _MOST_OF * sum(map(len, pieces))
