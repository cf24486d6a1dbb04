"""The clean text as the readers of fields look at it: its lines, its title, its spans."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

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
_FIRST_LINES = re.compile(r"(?:\s*+[^\n]++){0,6}+")
"""The lines below a title among which its day stands, or who speaks."""

_occasion = late_pattern(r"[—–─-]+ ?(?:19|20)\d\d ?年 ?\d{1,2} ?月(?: ?\d{1,2} ?日)? ?[在于]")
"""——2021年1月20日在……会议上"""
_DAY_END = re.compile(r"日[ \t]*+$", re.MULTILINE)
_HAN_DAY = "[一二三四五六七八九十]"
_day_line = late_pattern(
    r"[ \t]*+(?P<body>[^\n。；：:，]{2,40}?)??[ \t]*+"
    r"(?P<day>(?:19|20)\d\d ?年 ?\d{1,2} ?月 ?\d{1,2} ?日"
    rf"|[一二][〇○零oOＯ一二三四五六七八九]{{3}} ?年 ?(?:\d{{1,2}}|{_HAN_DAY}{{1,3}}) ?月"
    rf" ?(?:\d{{1,2}}|{_HAN_DAY}{{1,4}}) ?日"
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
        first_below: The first line that has text below the title, or of a text without one.
        some_below: That line and the next five.
        day_lines: The lines below the title that are a day, maybe with the body that signs before it.
    """

    text: str
    spans: Sequence[FrontMatter]
    kinds: frozenset[str]
    title_spans: Sequence[tuple[int, int]]
    title: str
    first_below: TextLine | None
    some_below: str
    day_lines: Sequence[re.Match[str]]

    def of_kind(self, *kinds: str) -> list[tuple[int, int]]:
        """Return the spans of some kinds, without the blanks around them."""
        return _of_kind(self.text, self.spans, kinds) if self.kinds.intersection(kinds) else []

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

    @cached_property
    def lines(self) -> Remembered[TextLine]:
        """The first lines that have text."""
        return Remembered(_lines(self.text, 0))

    @cached_property
    def lines_below_title(self) -> Remembered[TextLine]:
        """The first lines that have text below the title; without a title, the first lines."""
        return Remembered(_lines(self.text, self.below))


def head_text(text: str, spans: Sequence[FrontMatter]) -> HeadText:
    """Look at a clean text and its front matter."""
    kinds = frozenset([kind for kind, _, _ in spans])
    title_spans = _of_kind(text, spans, ("title",)) if "title" in kinds else []
    if len(title_spans) > 1:
        more = (span for span in title_spans[1:] if not _occasion().match(text, *span))
        title_spans = [title_spans[0], *more]
    title = "".join([text[start:end] for start, end in title_spans])
    below = title_spans[-1][1] if title_spans else 0
    first_below = _line_from(text, below, min(len(text), below + LONGEST_HEAD))
    lines = _FIRST_LINES.match(text, below)
    some_below = "" if lines is None else lines[0]
    return HeadText(
        *(text, spans, kinds, title_spans, title, first_below, some_below, _day_lines(text, below))
    )


def _line_from(text: str, start: int, limit: int) -> TextLine | None:
    """Return the first line that has text and begins between two offsets."""
    while start < limit:
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        plain = " ".join(text[start:end].split())
        if plain:
            return TextLine(start, end, plain)
        start = end + 1
    return None


def _lines(text: str, start: int) -> Iterator[TextLine]:
    """Yield the first lines that have text, from an offset on."""
    limit = min(len(text), start + LONGEST_HEAD)
    for _ in range(_LINES):
        line = _line_from(text, start, limit)
        if line is None:
            return
        yield line
        start = line.end + 1


def _of_kind(text: str, spans: Sequence[FrontMatter], kinds: Sequence[str]) -> list[tuple[int, int]]:
    return [_stripped(text, start, end) for kind, start, end in spans if kind in kinds]


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the offsets of a stretch without the blanks around it."""
    cut = text[start:end]
    return end - len(cut.lstrip()), start + len(cut.rstrip())


def _day_lines(text: str, start: int) -> list[re.Match[str]]:
    endings = [ending.end() for ending in _DAY_END.finditer(text, start)]
    lines = [(max(start, text.rfind("\n", 0, end) + 1), end) for end in endings]
    matches = [_day_line().fullmatch(text, *line) for line in lines if line[1] - line[0] <= _LONGEST_DAY]
    return [match for match in matches if match is not None]
