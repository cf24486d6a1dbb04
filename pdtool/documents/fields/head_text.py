"""The clean text as the readers of fields look at it: its lines, its title, its spans."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, takewhile

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
_OPENING_LINES = 14
"""Lines of a text among which letterhead and number of a document stand."""
_OPENING_CHARS = 1_200
"""Characters of those lines, about."""
_SPEAKS = 80
"""Characters of a line from which on it is running text if a sentence ends in it."""
_LINES_BELOW = re.compile(r"\s*+([^\n]*+)" * 6)
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
        opening: The beginning of the text, down to the first running text.
        lines_below: The first six lines that have text below the title, or of a text without one, each
            without the blanks before it; empty where there are fewer.
        day_lines: The lines below the title that are a day, maybe with the body that signs before it.
    """

    text: str
    spans: Sequence[FrontMatter]
    kinds: frozenset[str]
    title_spans: Sequence[tuple[int, int]]
    title: str
    opening: str
    lines_below: Sequence[str]
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
    def first_below(self) -> TextLine | None:
        """The first line that has text below the title; of a text without one, its first line."""
        return next(_lines(self.text, self.below), None)

    @cached_property
    def opening_lines(self) -> Sequence[TextLine]:
        """The first lines that have text, above the first running text."""
        first = islice(_lines(self.text, 0), _OPENING_LINES)
        return list(takewhile(lambda line: not _is_running(line.plain), first))

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
    lines = _LINES_BELOW.match(text, below)
    lines_below = ("",) if lines is None else lines.groups()
    opening = _opening(text)
    return HeadText(text, spans, kinds, title_spans, title, opening, lines_below, _day_lines(text, below))


def _opening(text: str) -> str:
    """Return the beginning of a text, down to the first running text: in most it is the third line."""
    start, limit = 0, min(len(text), _OPENING_CHARS)
    while start < limit:
        end = text.find("\n", start, limit)
        end = limit if end < 0 else end
        if end - start > _SPEAKS and _is_running(" ".join(text[start:end].split())):
            return text[:start]
        start = end + 1
    return text[:limit]


def _is_running(plain: str) -> bool:
    """Return whether what a line says is running text: a sentence ends in it."""
    return len(plain) > _SPEAKS and "。" in plain[:-1]


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


def _of_kind(text: str, spans: Sequence[FrontMatter], kinds: Sequence[str]) -> list[tuple[int, int]]:
    return [_stripped(text, start, end) for kind, start, end in spans if kind in kinds]


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the offsets of a stretch without the blanks around it."""
    cut = text[start:end]
    return end - len(cut.lstrip()), start + len(cut.rstrip())


def _day_lines(text: str, start: int) -> Sequence[re.Match[str]]:
    if _DAY_END.search(text, start) is None:
        return ()  # as in most texts
    endings = [ending.end() for ending in _DAY_END.finditer(text, start)]
    lines = [(max(start, text.rfind("\n", 0, end) + 1), end) for end in endings]
    matches = [_day_line().fullmatch(text, *line) for line in lines if line[1] - line[0] <= _LONGEST_DAY]
    return [match for match in matches if match is not None]
