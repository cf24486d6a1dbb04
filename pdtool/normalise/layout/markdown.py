"""Marks of Markdown: a text is left as a reader of the finished page reads it.

The block of fields before the text, comments, images, code and addresses of links go; headings, quotations,
list items and emphasised words stay without their marks. Unless its file's name says so, a text is touched
only where it is Markdown beyond doubt: a lone ``*`` or ``#`` says nothing, and comments of program code begin
as headings do. The marks stand in ``data/markdown.toml``.

Source: CommonMark 0.31.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pdtool.data_files import data_toml
from pdtool.text.edits import Edits
from pdtool.text.han import NAMES
from pdtool.text.yaml_head import is_own_head, yaml_head

__all__ = ["MARKDOWN", "markdown"]

MARKDOWN = "markdown"
"""The name of the step in every table."""

_HEADINGS = 2
"""Headings that are evidence enough."""
_WIDEST_GAP = 3
"""The most blanks between the marks of a heading and its words."""
_EVIDENCE = ("fence", "link", "image", "note", "lines", "around", "comment_opens")
"""Marks any of which makes one heading evidence."""
_HAN = re.compile(f"[{NAMES}]")

_Proposal = tuple[int, int, str]


@cache
def _forms() -> dict[str, tuple[re.Pattern[str], ...]]:
    """Return the patterns of ``data/markdown.toml``, compiled."""
    lists = {name: [one] if isinstance(one, str) else one for name, one in data_toml("markdown.toml").items()}
    return {name: tuple(re.compile(one, re.MULTILINE) for one in some) for name, some in lists.items()}


def _form(name: str) -> re.Pattern[str]:
    return _forms()[name][0]


def markdown(text: str, *, is_named: bool = False) -> Edits:
    r"""Propose to take the marks of Markdown away.

    Args:
        text: The text, its line ends ``\n``.
        is_named: Whether the name of its file says that it is Markdown (``.md``): then whatever begins as a
            heading does is one.

    Returns:
        The edits; none where the text is not Markdown beyond doubt.

    >>> text = "# 河道条例\n\n坚持**绿色**发展[^1]，见[全文](https://example.cn/a)。\n"
    >>> markdown(text).applied_to(text)
    '河道条例\n\n坚持绿色发展[1]，见全文。\n'
    """
    span = yaml_head(text)
    if span is not None and is_own_head(text, span):  # it makes no Markdown of what follows
        behind = _line_behind(text, span[1])
        rest = _marks(text[behind:], is_named)
        spans = zip(rest.starts.tolist(), rest.ends.tolist(), rest.after, strict=True)
        return Edits.of(text, [(0, behind, ""), *((a + behind, b + behind, new) for a, b, new in spans)])
    return _marks(text, is_named)


def _marks(text: str, is_named: bool) -> Edits:
    has_fields = yaml_head(text) is not None
    if not has_fields and "#" not in text:  # most texts
        return Edits.of(text, [])
    marked = list(_form("heading").finditer(text))
    headings = marked if is_named else _standing_apart(text, marked)
    if not has_fields and not _is_markdown(text, headings, len(marked)):
        return Edits.of(text, [])
    return Edits.of(text, _apart([*_blocks(text), *_lines(text, headings), *_inline(text)]))


def _is_markdown(text: str, headings: Sequence[re.Match[str]], marked: int) -> bool:
    """Return whether a text without fields is Markdown: headings say so, or one of them and another mark.

    Args:
        text: The text.
        headings: Its headings.
        marked: How many of its lines begin as headings do.
    """
    if 2 * len(headings) > marked and (len(headings) >= _HEADINGS or headings[0].start() == 0):
        return True
    return len(headings) > 0 and any(_form(name).search(text) for name in _EVIDENCE)


def _standing_apart(text: str, marked: Sequence[re.Match[str]]) -> list[re.Match[str]]:
    """Return the headings among lines that begin as headings do, without comments of program code.

    Before a heading stand the text's start, a blank line or a heading of higher rank.
    """
    kept: list[re.Match[str]] = []
    for match in marked:
        start = text.rfind("\n", 0, max(match.start() - 1, 0)) + 1
        is_below = bool(kept) and kept[-1].start() == start and _rank(kept[-1]) < _rank(match)
        if (is_below or not text[start : match.start()].strip()) and _reads_as_heading(text, match):
            kept.append(match)
    return kept


def _reads_as_heading(text: str, match: re.Match[str]) -> bool:
    """Return whether a line has the words of a heading, and right below it no line of code.

    What may stand below are a blank line, a heading of lower rank and a line in Chinese.
    """
    blanks = len(match[0]) - len(match[0].rstrip())
    end = _line_end(text, match.end())
    words, below = text[match.end() : end], text[end + 1 : _line_end(text, end + 1)]
    if blanks > _WIDEST_GAP or not any(map(str.isalpha, words)):
        return False
    heading = _form("heading").match(below)
    if heading:
        return _rank(match) < _rank(heading)
    return not below.strip() or _HAN.search(below) is not None


def _line_end(text: str, offset: int) -> int:
    end = text.find("\n", offset)
    return len(text) if end < 0 else end


def _rank(heading: re.Match[str]) -> int:
    return heading[0].count("#")


def _apart(proposals: Sequence[_Proposal]) -> list[_Proposal]:
    """Return proposals in order, without those that begin within another."""
    kept: list[_Proposal] = []
    for one in sorted(proposals, key=lambda one: (one[0], -one[1])):
        if one[1] > one[0] and (not kept or one[0] >= kept[-1][1]):
            kept.append(one)
    return kept


def _line_behind(text: str, offset: int) -> int:
    """Return where the line behind that of an offset begins."""
    end = text.find("\n", offset)
    return len(text) if end < 0 else end + 1


def _blocks(text: str) -> Iterator[_Proposal]:
    """Yield what goes as a whole: fields, comments, code."""
    span = yaml_head(text)
    if span:
        yield 0, _line_behind(text, span[1]), ""
    offset = 0
    while match := _form("comment_opens").search(text, offset):
        closes = _form("comment_closes").search(text, match.end())
        if closes is None:
            break
        offset = closes.end()
        yield match.start(), offset, ""
    yield from _fenced(text)


def _fenced(text: str) -> Iterator[_Proposal]:
    """Yield blocks of code; of a fenced text in Chinese only the fences."""
    opened: re.Match[str] | None = None
    for fence in _form("fence").finditer(text):
        if opened is None:
            opened = fence
        elif fence["fence"].startswith(opened["fence"]) and not fence["info"].strip():
            inner = text[opened.end() : fence.start()]
            code = opened["info"].strip() or 2 * len(_HAN.findall(inner)) < len("".join(inner.split()))
            if code:
                yield opened.start(), fence.end(), ""
            else:
                yield opened.start(), opened.end() + 1, ""
                yield fence.start(), fence.end(), ""
            opened = None


def _lines(text: str, headings: Sequence[re.Match[str]]) -> Iterator[_Proposal]:
    """Yield lines that are marks, and the marks of headings, quotations and items."""
    for pattern in _forms()["lines"]:
        yield from ((*match.span(), "") for match in pattern.finditer(text))
    for match in headings:
        yield *match.span(), ""
        closing = _form("heading_end").search(text, match.end(), _line_end(text, match.end()))
        if closing:
            yield *closing.span(), ""
    yield from ((*match.span(), "") for match in _form("before_line").finditer(text) if match[0].strip())


def _inline(text: str) -> Iterator[_Proposal]:
    """Yield the marks within lines."""
    yield from ((*match.span(), "") for match in _form("image").finditer(text))
    for match in _form("link").finditer(text):
        yield match.start(), match.start("text"), ""
        yield match.end("text"), match.end(), ""
    for match in _form("note").finditer(text):
        yield *match.span(), f"[{match['name']}]" + (" " if match["colon"] else "")
    for pattern in _forms()["around"]:
        for match in pattern.finditer(text):
            yield match.start(), match.end("open"), ""
            yield match.end() - len(match["open"]), match.end(), ""
    yield from ((*match.span(), "") for match in _form("escape").finditer(text))
