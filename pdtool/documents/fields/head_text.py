"""The clean text as the readers of fields look at it: its lines, its title, its spans."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from pdtool.documents.front_matter_forms import FrontMatter
from pdtool.documents.text_parts import TextLine

__all__ = ["HeadText", "first_lines"]

_LINES = 30
"""Lines of a text that may be above its body."""
_LONGEST_HEAD = 6000
"""Characters within which they stand."""


def first_lines(text: str, start: int) -> Iterator[TextLine]:
    """Yield the first lines that have text, from an offset on."""
    limit, count = min(len(text), start + _LONGEST_HEAD), 0
    while start < limit and count < _LINES:
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        plain = " ".join(text[start:end].split())
        if plain:
            count += 1
            yield TextLine(start, end, plain)
        start = end + 1


_OCCASION = re.compile(r"[—–─-]+ ?(?:19|20)\d\d ?年 ?\d{1,2} ?月(?: ?\d{1,2} ?日)? ?[在于]")
"""——2021年1月20日在……会议上"""
_DAY_END = re.compile(r"日[ \t]*+$", re.MULTILINE)
_HAN_DAY = "[一二三四五六七八九十]"
_DAY_LINE = re.compile(
    r"[ \t]*+(?P<body>[^\n。；：:，]{2,40}?)??[ \t]*+"
    r"(?P<day>(?:19|20)\d\d ?年 ?\d{1,2} ?月 ?\d{1,2} ?日"
    rf"|[一二][〇○零oO一二三四五六七八九]{{3}} ?年 ?{_HAN_DAY}{{1,3}} ?月 ?{_HAN_DAY}{{1,4}} ?日"
    r"|(?:中华)?民国 ?[\d百一二三四五六七八九十]{1,5} ?年 ?[\d一二三四五六七八九十]{1,3} ?月"
    r" ?[\d一二三四五六七八九十]{1,3} ?日)"
    r"[ \t]*+"
)
"""A line that is a day, maybe with the body that signs before it."""


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
        """The lines of the title; a line that says when and where a report was given is none."""
        spans = self.of_kind("title")
        return [*spans[:1], *(span for span in spans[1:] if not _OCCASION.match(self.text, *span))]

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

    def lines(self) -> Iterator[TextLine]:
        """Yield the first lines that have text."""
        return first_lines(self.text, 0)

    def lines_below_title(self) -> Iterator[TextLine]:
        """Yield the first lines below the title; without a title, the first lines."""
        return first_lines(self.text, self.title_spans[-1][1] if self.title_spans else 0)

    @cached_property
    def day_lines(self) -> list[re.Match[str]]:
        """The lines below the title that are a day, maybe with the body that signs before it."""
        start = self.title_spans[-1][1] if self.title_spans else 0
        ends = (match.end() for match in _DAY_END.finditer(self.text, start))
        found = (
            _DAY_LINE.fullmatch(self.text, max(start, self.text.rfind("\n", 0, end) + 1), end) for end in ends
        )
        return [match for match in found if match is not None]
