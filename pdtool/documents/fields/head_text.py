"""The clean text as the readers of fields look at it: its lines, its title, its spans."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pdtool.documents.front_matter_forms import FrontMatter
from pdtool.documents.text_parts import TextLine
from pdtool.late_patterns import late_pattern
from pdtool.text.remembered import Remembered

__all__ = ["LONGEST_HEAD", "HeadText", "head_text"]

_LINES = 30
"""Lines of a text that may be above its body."""
_OFFICIAL = frozenset({"letterhead", "doc_number", "addressees"})
"""Kinds of spans that only official documents have."""
_LONGEST_DAY = 80
"""Characters of a line that signs."""
LONGEST_HEAD = 6000
"""Characters within which they stand."""


_occasion = late_pattern(r"[—–─-]+ ?(?:19|20)\d\d ?年 ?\d{1,2} ?月(?: ?\d{1,2} ?日)? ?[在于]")
"""——2021年1月20日在……会议上"""
_DAY_END = re.compile(r"日[ \t]*+$", re.MULTILINE)
_HAN_DAY = "[一二三四五六七八九十]"
_day_line = late_pattern(
    r"[ \t]*+(?P<body>[^\n。；：:，]{2,40}?)??[ \t]*+"
    r"(?P<day>(?:19|20)\d\d ?年 ?\d{1,2} ?月 ?\d{1,2} ?日"
    rf"|[一二][〇○零oO一二三四五六七八九]{{3}} ?年 ?{_HAN_DAY}{{1,3}} ?月 ?{_HAN_DAY}{{1,4}} ?日"
    r"|(?:中华)?民国 ?[\d百一二三四五六七八九十]{1,5} ?年 ?[\d一二三四五六七八九十]{1,3} ?月"
    r" ?[\d一二三四五六七八九十]{1,3} ?日)"
    r"[ \t]*+"
)
"""A line that is a day, maybe with the body that signs before it."""


@dataclass(eq=False)
class HeadText:
    """What the readers of fields look at.

    Args:
        text: The clean text.
        spans: Its front matter and parts, in order.
        kinds: Their kinds.
        title_spans: The lines of the title; a line that says when and where a report was given is none.
        title: The title in one line.
        day_lines: The lines below the title that are a day, maybe with the body that signs before it.
    """

    text: str
    spans: Sequence[FrontMatter]
    kinds: frozenset[str]
    title_spans: Sequence[tuple[int, int]]
    title: str
    day_lines: Sequence[re.Match[str]]

    def of_kind(self, *kinds: str) -> list[tuple[int, int]]:
        """Return the spans of some kinds, without the blanks around them."""
        return list(_of_kind(self.text, self.spans, kinds)) if self.kinds.intersection(kinds) else []

    @property
    def is_official(self) -> bool:
        """Whether the text has the head of an official document."""
        return not self.kinds.isdisjoint(_OFFICIAL)

    def title_offset(self, index: int) -> int:
        """Return the offset in the text of a character of the title; that behind its end too."""
        for start, end in self.title_spans:
            if index <= end - start:
                return start + index
            index -= end - start
        return self.title_spans[-1][1]

    @property
    def below(self) -> int:
        """The offset behind the title; 0 where there is none."""
        return self.title_spans[-1][1] if self.title_spans else 0

    def __post_init__(self) -> None:
        self.lines = Remembered(_lines(self.text, 0))
        """The first lines that have text."""
        below = self.below
        self.lines_below_title = Remembered(_lines(self.text, below)) if below else self.lines
        """The first lines below the title; without a title, the first lines."""


def head_text(text: str, spans: Sequence[FrontMatter]) -> HeadText:
    """Look at a clean text and its front matter."""
    title_spans = list(_of_kind(text, spans, ("title",)))
    if len(title_spans) > 1:
        more = (span for span in title_spans[1:] if not _occasion().match(text, *span))
        title_spans = [title_spans[0], *more]
    title = "".join([text[start:end] for start, end in title_spans])
    below = title_spans[-1][1] if title_spans else 0
    kinds = frozenset([kind for kind, _, _ in spans])
    return HeadText(text, spans, kinds, title_spans, title, list(_day_lines(text, below)))


def _lines(text: str, start: int) -> Iterator[TextLine]:
    """Yield the first lines that have text, from an offset on."""
    limit, left = min(len(text), start + LONGEST_HEAD), _LINES
    while left and start < limit:
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        plain = " ".join(text[start:end].split())
        if plain:
            yield TextLine(start, end, plain)
            left -= 1
        start = end + 1


def _of_kind(text: str, spans: Sequence[FrontMatter], kinds: Sequence[str]) -> Iterator[tuple[int, int]]:
    for kind, start, end in spans:
        if kind in kinds:
            cut = text[start:end]
            yield start + len(cut) - len(cut.lstrip()), end - len(cut) + len(cut.rstrip())


def _day_lines(text: str, start: int) -> Iterator[re.Match[str]]:
    for ending in _DAY_END.finditer(text, start):
        line = max(start, text.rfind("\n", 0, ending.end()) + 1)
        match = (
            _day_line().fullmatch(text, line, ending.end()) if ending.end() - line <= _LONGEST_DAY else None
        )
        if match is not None:
            yield match
