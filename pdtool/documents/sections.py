"""The sections of a text: numbered headings and what stands below each.

Headings are known by their numbering: 第一编, 第一章, 第一节, 第一条 (also 第 3-1 条, 第三条之一), 一、,
(一), 1. (also 1 above 1.1), 1.1, 1.1.1, (1). One kind is always above the next in this order, and the
headings of Markdown are above all of them. A heading begins a line; 一、 and (一) may also follow the end of
a sentence, as where a copy lost its line ends, if they count on from the last one of their kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from heapq import merge
from itertools import chain
from operator import itemgetter

from pdtool.documents.decimal_numbers import DecimalNumbers
from pdtool.late_patterns import late_pattern

__all__ = ["Section", "sections"]

_HAN_DIGITS = "一二三四五六七八九十百零〇"
_HAN_NUMBER = f"[{_HAN_DIGITS}]{{1,4}}"
_LEGAL = ("编", "章", "节", "条")
_MARKDOWN_LEVELS = 6
_KINDS = ("comma", "bracket", "digit", "second", "third", "fourth", "bracket_digit")
_RANKS = {kind: rank for rank, kind in enumerate(_KINDS, len(_LEGAL))}
_PARTS = {_LEGAL.index("章"), _RANKS["comma"], _RANKS["digit"]}
"""Ranks of headings whose number the decimal numbers below them begin with."""

_line_heading = late_pattern(
    r"[ \t\u3000]{0,20}(?:"
    r"(?P<hashes>#{1,6})[ \t]+(?=\S)"
    rf"|第[ ]?(?P<legal>{_HAN_NUMBER}|\d{{1,4}}(?:[-–]\d{{1,3}})?)[ ]?(?P<unit>[编章节条])"
    rf"(?:之(?:{_HAN_NUMBER}|\d{{1,3}}))?(?=[\s:：])"
    rf"|(?P<comma>{_HAN_NUMBER})、"
    rf"|[(（](?P<bracket>{_HAN_NUMBER})[)）]"
    r"|(?P<digit>\d{1,2})[.．、](?!\d)"
    r"|(?P<decimal>\d{1,2}(?:[.．]\d{1,2}){0,3})[ \t\u3000]{1,4}(?=[A-Za-z《“\u3400-\u9fff])"
    r"|[(（](?P<bracket_digit>\d{1,2})[)）])"
)
# The line end leads, so that the search skips the lines that begin like no heading.
_line_with_heading = late_pattern(rf"\n(?=[ \t\u3000#第(（\d{_HAN_DIGITS}])")
# The end of the sentence leads the expression, so that the search skips from one to the next.
_inner_heading = late_pattern(
    rf"[。！？!?：:；;”’」』)）](?=(?P<comma>{_HAN_NUMBER})、|[(（](?P<bracket>{_HAN_NUMBER})[)）])"
)
_TITLE_END = re.compile("[。！？!?；;\n\r\v\f\x85\u2028\u2029]")
_LONGEST_HEADING = 40

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0}


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a text from one heading to the next.

    Args:
        number: Its place in the text, from 1; 0 for what stands before the first heading.
        level: How many headings it stands below, its own included; 0 before the first.
        heading: Its heading with the number, cut after the first sentence.
        start: Where it begins in the text.
        end: The first character after it: where the next heading stands, of whatever kind.
    """

    number: int
    level: int
    heading: str
    start: int
    end: int


def _value(numeral: str) -> int:
    """Return the value of a numeral below a thousand.

    >>> [_value(numeral) for numeral in ("一", "十", "十二", "二十", "一百零三", "7")]
    [1, 10, 12, 20, 103, 7]
    """
    if numeral.isdecimal():
        return int(numeral)
    total = digit = 0
    for character in numeral:
        unit = {"十": 10, "百": 100}.get(character)
        if unit is None:
            digit = _DIGITS[character]
        else:
            total, digit = total + (digit or 1) * unit, 0
    return total + digit


def _rank(match: re.Match[str]) -> tuple[int, str]:
    """Return the rank of a heading's kind, the least the highest, and its numeral."""
    kind = match.lastgroup
    if kind == "hashes":
        return len(match["hashes"]) - _MARKDOWN_LEVELS - 1, "0"
    if kind == "unit":
        # 第 3-1 条 was put in behind 第 3 条: it counts as that one does.
        return _LEGAL.index(match["unit"]), match["legal"].partition("-")[0].partition("–")[0]
    assert kind is not None, "every heading has a numeral"
    return _RANKS[kind], match[kind]


def _line_headings(text: str) -> Iterator[tuple[int, re.Match[str]]]:
    """Yield what looks like a heading at the beginning of a line."""
    for start in chain([0], (line.end() for line in _line_with_heading().finditer(text))):
        match = _line_heading().match(text, start)
        if match is not None:
            yield start, match


def _inner_headings(text: str) -> Iterator[tuple[int, re.Match[str]]]:
    """Yield what looks like a heading behind the end of a sentence."""
    for match in _inner_heading().finditer(text):
        yield match.end(), match


def _headings(text: str) -> Iterator[tuple[int, int]]:
    """Yield the offset and the rank of every heading."""
    counted: dict[int, int] = {}
    found = list(_line_headings(text))
    decimals = DecimalNumbers(match["decimal"] for _, match in found if match["decimal"])
    for start, match in merge(found, _inner_headings(text), key=itemgetter(0)):
        decimal = match.re is _line_heading() and match["decimal"]
        if decimal:
            depth = decimals.depth_of(decimal)
            if depth:
                yield start, _RANKS["digit"] + depth - 1
            continue
        rank, numeral = _rank(match)
        value = _value(numeral)
        if match.re is _inner_heading() and value != counted.get(rank, 0) + 1:
            continue
        counted = {kind: last for kind, last in counted.items() if kind < rank} | {rank: value}
        if rank in _PARTS:
            decimals.begin(value)
        yield start, rank


def _heading_of(section: str) -> str:
    """Return the heading that a section begins with."""
    found = _TITLE_END.search(section, 0, _LONGEST_HEADING)
    whole = (section[: found.start()] if found else section).lstrip().lstrip("#")
    if len(whole) > _LONGEST_HEADING:
        return f"{whole[:_LONGEST_HEADING].strip()}…"
    return whole.strip().rstrip("：:")


def sections(text: str) -> list[Section]:
    r"""Divide a text into sections.

    Args:
        text: The clean text or its body.

    Returns:
        The sections in order; together they are the whole text. The first one, number 0, is what stands
        before the first heading, and is there even if it is empty.

    >>> [(s.level, s.heading) for s in sections("前言。\n一、形势\n(一)挑战多。而且\n(二)机遇\n二、对策")]
    [(0, ''), (1, '一、形势'), (2, '(一)挑战多'), (2, '(二)机遇'), (1, '二、对策')]
    """
    headings = list(_headings(text))
    starts = [start for start, _ in headings]
    ends = [*starts, len(text)]
    result = [Section(0, 0, "", 0, ends[0])]
    above: list[int] = []
    for number, (start, rank) in enumerate(headings, 1):
        above = [*(kind for kind in above if kind < rank), rank]
        heading = _heading_of(text[start : min(ends[number], start + 2 * _LONGEST_HEADING)])
        result.append(Section(number, len(above), heading, start, ends[number]))
    return result
