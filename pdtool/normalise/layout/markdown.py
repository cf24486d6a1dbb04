"""Marks of Markdown: a text is left as a reader of the finished page reads it.

The block of fields before the text, comments, images, code and addresses of links go; headings, quotations,
list items and emphasised words stay without their marks. Only texts that are Markdown beyond doubt are
touched: a lone ``*`` or ``#`` says nothing. The marks stand in ``data/markdown.toml``.

Source: CommonMark 0.31.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from pdtool.text.edits import Edits
from pdtool.text.han import NAMES
from pdtool.text.yaml_head import yaml_head

__all__ = ["markdown"]

_HEADINGS = 2
"""Headings that are evidence enough."""
_EVIDENCE = ("fence", "link", "image", "note", "lines", "around", "comment_opens")
"""Marks any of which makes one heading evidence."""
_HAN = re.compile(f"[{NAMES}]")

_Proposal = tuple[int, int, str]


@cache
def _forms() -> dict[str, tuple[re.Pattern[str], ...]]:
    """Return the patterns of ``data/markdown.toml``, compiled."""
    text = (files("pdtool") / "data" / "markdown.toml").read_text(encoding="utf-8")
    lists = {name: [one] if isinstance(one, str) else one for name, one in tomllib.loads(text).items()}
    return {name: tuple(re.compile(one, re.MULTILINE) for one in some) for name, some in lists.items()}


def _form(name: str) -> re.Pattern[str]:
    return _forms()[name][0]


def markdown(text: str) -> Edits:
    r"""Propose to take the marks of Markdown away.

    Args:
        text: The text, its line ends ``\n``.

    Returns:
        The edits; none where the text is not Markdown beyond doubt.

    >>> text = "# 河道条例\n\n坚持**绿色**发展[^1]，见[全文](https://example.cn/a)。\n"
    >>> markdown(text).applied_to(text)
    '河道条例\n\n坚持绿色发展[1]，见全文。\n'
    """
    if not _is_markdown(text):
        return Edits.of(text, [])
    blocks = list(_blocks(text))
    return Edits.of(text, _apart([*blocks, *_lines(text), *_inline(text)]))


def _is_markdown(text: str) -> bool:
    """Return whether a text is Markdown: fields before it, headings, or one heading and another mark."""
    if yaml_head(text) is not None:
        return True
    if "#" not in text:  # most texts
        return False
    headings = sum(1 for _ in _form("heading").finditer(text))
    if headings >= _HEADINGS or _form("heading").match(text):
        return True
    return headings > 0 and any(_form(name).search(text) for name in _EVIDENCE)


def _apart(proposals: Sequence[_Proposal]) -> list[_Proposal]:
    """Return proposals in order, without those that begin within another."""
    kept: list[_Proposal] = []
    for one in sorted(proposals, key=lambda one: (one[0], -one[1])):
        if one[1] > one[0] and (not kept or one[0] >= kept[-1][1]):
            kept.append(one)
    return kept


def _blocks(text: str) -> Iterator[_Proposal]:
    """Yield what goes as a whole: fields, comments, code."""
    span = yaml_head(text)
    if span:
        end = text.find("\n", span[1])
        yield 0, len(text) if end < 0 else end + 1, ""
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


def _lines(text: str) -> Iterator[_Proposal]:
    """Yield lines that are marks, and the marks of headings, quotations and items."""
    for pattern in _forms()["lines"]:
        yield from ((*match.span(), "") for match in pattern.finditer(text))
    for match in _form("heading").finditer(text):
        yield *match.span(), ""
        end = text.find("\n", match.end())
        closing = _form("heading_end").search(text, match.end(), len(text) if end < 0 else end)
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
