"""What a line looks like: whether it ends a sentence, opens a paragraph, bears a list number.

The layout repairs (page markers, furniture, spacing) share these questions. Every one looks at a few
characters of a line only, so that a line of thirty million characters costs no more than a short one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pdtool.text.edits import Edits

__all__ = [
    "CLOSERS",
    "OTHER_BREAKS",
    "TERMINALS",
    "Span",
    "ends_sentence",
    "first_line_after",
    "first_lines",
    "is_latin",
    "is_protected",
    "last_line_before",
    "last_lines",
    "line_end_edits",
    "line_ends",
    "lines_of",
    "opens_paragraph",
]

Span = tuple[int, int]

TERMINALS = frozenset("。！？；：…!?;:.")
"""What ends a sentence."""
CLOSERS = "”’」』）)】》〉〗]\"'"
"""What may stand behind the end of a sentence."""
_COLONS = frozenset(":：")
_BLANKS = " \t\u3000\u00a0"
_BEHIND = frozenset(f"{CLOSERS}{_BLANKS}")
_HAN_NUMBER = "一二三四五六七八九十百零〇两兩"

OTHER_BREAKS = "\r\v\x1c\x1d\x1e\x85\u2028\u2029"
r"""Characters that end a line like ``\n`` does; a form feed is not among them, for it ends a page."""
_BREAK = re.compile(f"\r\n|[{OTHER_BREAKS}]")
r"""What is turned into ``\n``."""

_NON_BLANK = re.compile(r"\S")
_STRETCH = 512
"""Characters whose trailing blanks are looked for at a time."""

_BATCH = 1 << 16
"""Characters split into lines at a time."""

_OPENING = re.compile(
    rf"[{_BLANKS}]{{0,40}}(?:第[{_HAN_NUMBER}\d]{{1,7}}[编編篇章节節条條款部讲講回]|[{_HAN_NUMBER}]{{1,4}}[、．.]"
    rf"|[（(][{_HAN_NUMBER}\d]{{1,4}}[)）]|\d{{1,3}}(?:[、．)）]|\.(?!\d))|[A-Ha-h][、．.)）]|[①-⒛㈠-㈩]|[-*+•·●■◆○□]\s|#|\||>)"
)
_PROTECTED = re.compile(
    rf"[{_BLANKS}]{{0,40}}(?:第[{_HAN_NUMBER}\d]{{1,7}}[编編篇章节節条條款部讲講回]|[{_HAN_NUMBER}]{{1,4}}[、．.]"
    rf"|[（(](?:[{_HAN_NUMBER}\d]{{1,4}}[)）]|[^()（）]{{4,60}}[,， ]\s?\d{{6}}[)）])|\d{{1,3}}[、．.)）]"
    r"|[\[［]\d{1,3}[\]］]"
    r"|[\[【〔(（]?(?:摘\s?要|[关關]\s?[键鍵]\s?[词詞]|作\s?者|[单單]位"
    r"|中[图圖]分[类類][号號]|文[献獻][标標][识識][码碼]|文章[编編][号號]|基金[项項]目|收稿日期|DOI"
    r"|abstract|key\s?words))",
    re.IGNORECASE,
)
_NUMBERED = re.compile(rf"[{_BLANKS}]{{0,40}}.{{1,30}}[〔［\[]\d{{4}}[〕］\]]\s?\d{{1,4}}\s?[号號]")
_SALUTATION = re.compile(rf"[{_BLANKS}]{{0,40}}.{{1,80}}[:：]")


def line_ends(text: str) -> str:
    r"""Make every line end ``\n``; form feeds stay, for the page markers to judge.

    >>> line_ends("标题\r\n正文\u2028")
    '标题\n正文\n'
    """
    text = text.replace("\r\n", "\n")
    for character in OTHER_BREAKS:
        text = text.replace(character, "\n")
    return text


def line_end_edits(before: str, _after: str, /) -> Edits:
    """Return the edits by which :func:`line_ends` turns ``before`` into its result."""
    return Edits.of(before, [(*match.span(), "\n") for match in _BREAK.finditer(before)])


def lines_of(text: str) -> Iterable[str]:
    r"""Return what ``text.split("\n")`` returns, without holding all lines of a long text.

    >>> list(lines_of("标题\n\n正文\n"))
    ['标题', '', '正文', '']
    """
    return text.split("\n") if len(text) <= _BATCH else _lines_of_long(text)


def _lines_of_long(text: str) -> Iterator[str]:
    start = 0
    while (end := text.rfind("\n", start, start + _BATCH) + 1 or text.find("\n", start + _BATCH) + 1) > 0:
        yield from text[start : end - 1].split("\n")
        start = end
    yield from text[start:].split("\n")


def is_latin(character: str) -> bool:
    """Return whether a character is an ASCII letter."""
    return character.isascii() and character.isalpha()


def ends_sentence(line: str) -> bool:
    """Return whether a line ends in sentence punctuation, looking through closing quotes and brackets.

    >>> ends_sentence("他说：“好。”"), ends_sentence("常住居民有43")
    (True, False)
    """
    last = line[-1:]
    if last not in _BEHIND:  # most lines
        return last in TERMINALS
    tail = line[-8:].rstrip(_BLANKS).rstrip(CLOSERS)
    return bool(tail) and tail[-1] in TERMINALS


def opens_paragraph(line: str) -> bool:
    """Return whether a line begins like a heading, a list item, a table row or an indented paragraph.

    >>> opens_paragraph("（一）总体要求"), opens_paragraph("　　近年来"), opens_paragraph("名常住居民")
    (True, True, False)
    """
    return line.startswith(("\u3000", "  ", "\t")) or _OPENING.match(line) is not None


def is_protected(line: str) -> bool:
    """Return whether a line is a heading, salutation or statute, or front matter, which many documents share.

    >>> is_protected("各省、自治区、直辖市人民政府："), is_protected("某某文库 海量文档")
    (True, False)
    """
    head = line[:200]
    if _PROTECTED.match(head) is not None:
        return True
    if head[-1:] in _COLONS and _SALUTATION.fullmatch(head) is not None:
        return True
    return ("号" in head or "號" in head) and _NUMBERED.match(head) is not None


def last_line_before(text: str, end: int, limit: int = 400) -> str:
    """Return the last non-blank line of ``text[:end]``, no more than ``limit`` of its last characters."""
    before = text[max(0, end - limit) : end].rstrip()
    return before[before.rfind("\n") + 1 :]


def first_line_after(text: str, start: int, limit: int = 200) -> str:
    """Return the first non-blank line of ``text[start:]``, indentation and all, cut at ``limit``."""
    after = text[start : start + limit]
    blank = len(after) - len(after.lstrip())
    first = after.rfind("\n", 0, blank) + 1
    stop = after.find("\n", blank)
    return after[first : stop if stop >= 0 else limit]


def first_lines(text: str) -> Iterator[Span]:
    """Yield the spans of the non-blank lines from the top, each found when it is asked for."""
    end = -1
    while (sign := _NON_BLANK.search(text, end + 1)) is not None:
        start = text.rfind("\n", max(0, end), sign.start()) + 1 or end + 1
        end = text.find("\n", sign.start())
        end = len(text) if end < 0 else end
        yield start, end


def last_lines(text: str) -> Iterator[Span]:
    """Yield the spans of the non-blank lines from the bottom, each found when it is asked for."""
    end = _non_blank_end(text, len(text))
    while end > 0:
        start = text.rfind("\n", 0, end) + 1
        following = text.find("\n", end)
        yield start, len(text) if following < 0 else following
        end = _non_blank_end(text, start)


def _non_blank_end(text: str, end: int) -> int:
    """Return the length of ``text[:end]`` without its last blanks, looking at a part of it at a time."""
    while end > 0:
        start = max(0, end - _STRETCH)
        length = len(text[start:end].rstrip())
        if length:
            return start + length
        end = start
    return 0
