"""The clean text as the readers of fields look at it: its lines, its title, its spans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from pdtool.documents.front_matter_forms import FrontMatter
from pdtool.documents.text_parts import TextLine

__all__ = ["HeadText", "first_lines"]

_LINES = 30
"""Lines of a text that may be above its body."""
_LONGEST_HEAD = 6000
"""Characters within which they stand."""


def first_lines(text: str, start: int, most: int = _LINES) -> list[TextLine]:
    """Return the first lines that have text, from an offset on."""
    found: list[TextLine] = []
    limit = min(len(text), start + _LONGEST_HEAD)
    while start < limit and len(found) < most:
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        plain = " ".join(text[start:end].split())
        if plain:
            found.append(TextLine(start, end, plain))
        start = end + 1
    return found


@dataclass(frozen=True)
class HeadText:
    """What the readers of fields look at.

    Args:
        text: The clean text.
        spans: Its front matter and parts, in order.
    """

    text: str
    spans: Sequence[FrontMatter]

    def of_kind(self, *kinds: str) -> list[tuple[int, int]]:
        """Return the spans of some kinds, without the blanks around them."""
        return [self._stripped(start, end) for kind, start, end in self.spans if kind in kinds]

    def _stripped(self, start: int, end: int) -> tuple[int, int]:
        cut = self.text[start:end]
        return start + len(cut) - len(cut.lstrip()), end - len(cut) + len(cut.rstrip())

    @cached_property
    def title_spans(self) -> list[tuple[int, int]]:
        """The lines of the title."""
        return self.of_kind("title")

    @cached_property
    def title(self) -> str:
        """The title in one line."""
        return "".join(self.text[start:end] for start, end in self.title_spans)

    @cached_property
    def is_official(self) -> bool:
        """Whether the text has the head of an official document."""
        kinds = {kind for kind, _, _ in self.spans}
        return bool(kinds & {"letterhead", "doc_number", "addressees"})

    def title_offset(self, index: int) -> int:
        """Return the offset in the text of a character of the title; that behind its end too."""
        for start, end in self.title_spans:
            if index <= end - start:
                return start + index
            index -= end - start
        return self.title_spans[-1][1]

    @cached_property
    def lines(self) -> list[TextLine]:
        """The first lines that have text."""
        return first_lines(self.text, 0)

    @cached_property
    def lines_below_title(self) -> list[TextLine]:
        """The first lines below the title; without a title, the first lines."""
        return first_lines(self.text, self.title_spans[-1][1] if self.title_spans else 0)
