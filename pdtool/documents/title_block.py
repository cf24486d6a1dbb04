"""The lines above a text: its title, its authors, and remarks between them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice, takewhile
from operator import itemgetter

from pdtool.documents.front_matter_forms import (
    CLOSING_BRACKET,
    HEADING,
    LONGEST_TITLE,
    OPENING_BRACKET,
    SPACE,
    FrontMatter,
    blanks_end,
    front_matter_words,
)
from pdtool.documents.official_head import official_head
from pdtool.text.han import NAMES
from pdtool.text.remembered import Remembered

__all__ = ["has_han", "is_author", "title_block"]

_SHORTEST_TITLE = 4
"""The fewest characters of a title."""
_LONGEST_HEADLINE = 150
_MOST_PARTS = 8
"""The most characters and parts of a headline: newspapers set several titles beside each other."""
_BETWEEN_PARTS = re.compile(r"\s+|—+")
_SHORT_LAW = re.compile("[\u4e00-\u9fff]{1,2}[法律令]")
_FIRST_PART = re.compile(r"\s*(?:[^\n]{4,99}年[^\n]{2,99}\n\s*)?第 ?[一1] ?[编編章节節条條][\s:：]")
"""A title of two or three characters is known by what stands below it: ``檔案法``, maybe when it was passed,
and ``第 1 條``."""
_HEAD_LINES = 6
"""Lines that may precede the first label or the body."""
_NAMES = re.compile(f"[{NAMES}]")
_SUBTITLE = re.compile(r"\s*[—–-]")
_ENGLISH_TITLE = re.compile(r"(?=[A-Z])(?=.{10,200}$)[A-Z][\w’'-]*+ [\w’'(“\"-][^.!?]*+")
_AFTER_NAMES = re.compile(r"(?:等|著|文)?\s*$")
_HASHES = re.compile(r"#{1,6} +(?=\S)")
_NAMED = re.compile(r"《(?P<title>[^《》\n]{4,120})》[ \t]*")
"""A line that is a title between brackets, as sites repeat it."""
_INDEX_TITLE = re.compile(r"\s*+\|?\s*+标\s*+题\s*+\|?\s*+[:：]\s*+\|?\s*+(?P<title>[^|\n]{0,199}[^|\s])")
_AHEAD = 240
"""Characters below a title that tell whether a law begins there."""
_BRACKETED = re.compile(rf"{OPENING_BRACKET}.*{CLOSING_BRACKET}[;；。]?")
_ALL_IN_BRACKETS = re.compile(rf"{OPENING_BRACKET}[^)）\]】》]*{CLOSING_BRACKET}")
_NOTE_SIGN = "*＊†‡①②③ "
"""What refers from a title or an author to a footnote."""


def title_block(text: str, limit: int) -> list[FrontMatter]:
    """Return the title and authors among the lines above ``limit``, or the head of an official document."""
    whole = Remembered(_head_lines(text))
    remarks = list(takewhile(lambda line: _is_remark("lines", text[slice(*line)]), whole))
    below = (_undressed(text, line) for line in islice(whole, len(remarks), None))
    official = official_head(text, below)
    above = [("note", *line) for line in remarks]
    if not official:
        found = list(_paper_head(text, limit, _lines_above(text, limit, whole, remarks)))
        if any(kind == "title" for kind, _, _ in found):
            return [*(span for span in above if span[2] <= limit), *found]
        return sorted([*_notes_with_title(text, remarks, limit), *found], key=itemgetter(1))
    end = official[-1][2]
    behind = (line for line in whole if line[0] >= end)
    under = takewhile(lambda line: _is_remark("lines", text[slice(*line)]), behind)
    return [*above, *official, *(("note", *line) for line in under)]


def _lines_above(
    text: str, limit: int, lines: Iterable[tuple[int, int]], remarks: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Yield what stands of lines above ``limit``, but for remarks."""
    for start, end in lines:
        if start >= limit:
            return
        line = start, min(end, limit)
        if line not in remarks and not text[start : line[1]].isspace():
            yield line


def _paper_head(text: str, limit: int, lines: Iterable[tuple[int, int]]) -> Iterator[FrontMatter]:
    """Yield the title and authors of a paper."""
    titled = False
    for number, whole in enumerate(lines):
        start, end = _undressed(text, whole)
        line = text[start:end]
        if number == _HEAD_LINES:
            return
        if start > whole[0] and not titled:
            yield "label", whole[0], start
        if _is_remark("lines", line):
            yield "note", start, end
        elif not titled and _ENGLISH_TITLE.fullmatch(line.strip()) and not has_han(text[:limit]):
            titled = True
            yield "title", start, end
        elif titled and _is_remark("under_title", line):
            yield "note", start, end
        elif not titled and _names_law(line, text[end : end + _AHEAD]):
            titled = True
            yield "title", start, end
        elif is_author(line):
            yield "author", start, end
        elif not titled and _is_title(line) and blanks_end(text, end) < len(text):
            titled = True
            yield "title", start, start + len(line.rstrip(_NOTE_SIGN))
        elif titled and _SUBTITLE.match(line) and _is_title(line):
            yield "title", start, end
        else:
            return


def _notes_with_title(text: str, rows: Sequence[tuple[int, int]], limit: int) -> Iterator[FrontMatter]:
    """Yield the remarks above a text without a title of its own, and the title that an index table gives."""
    titled = False
    for begin, end in rows:
        start = begin
        match = None if titled else _INDEX_TITLE.match(text, start, end)
        if match is not None:
            titled = True
            yield "note", start, match.start("title")
            yield "title", *match.span("title")
            start = match.end("title")
        if end <= limit and text[start:end].strip():
            yield "note", start, end


def _undressed(text: str, line: tuple[int, int]) -> tuple[int, int]:
    """Return a line without the signs that Markdown begins a heading with, or the brackets around a title."""
    match = _HASHES.match(text, *line) if text.startswith("#", line[0]) else None
    if match is None and text.startswith("《", line[0]):
        match = _NAMED.fullmatch(text, *line)
        return line if match is None else match.span("title")
    return (line[0] if match is None else match.end()), line[1]


def _head_lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield the first lines that have text."""
    start, size = 0, len(text)
    for _ in range(3 * _HEAD_LINES):
        end = text.find("\n", start)
        end = size if end < 0 else end
        if end > start and not text[start:end].isspace():
            yield start, end
        start = end + 1
        if start >= size:
            return


def _is_title(line: str) -> bool:
    """Return whether a line may be a Chinese title: neither heading, nor sentence, nor all in brackets."""
    plain = line.strip()
    return (
        len(plain) >= _SHORTEST_TITLE
        and has_han(plain)
        and (len(plain) <= LONGEST_TITLE or _is_headline(plain))
        and not plain.endswith((":", "：", ",", "，", ";", "；", "、", "。"))
        and not any(sign in plain for sign in "。|")
        and not HEADING.match(plain)
        and _ALL_IN_BRACKETS.fullmatch(plain) is None
    )


def _is_headline(line: str) -> bool:
    """Return whether a line is longer than a title but has parts that are not: ``… 强调 … ——…``."""
    parts = _BETWEEN_PARTS.split(line, maxsplit=_MOST_PARTS)
    return (
        len(line) <= _LONGEST_HEADLINE
        and len(parts) <= _MOST_PARTS
        and all(len(part) <= LONGEST_TITLE and has_han(part) for part in parts)
    )


def _names_law(line: str, below: str) -> bool:
    """Return whether a line is the short name of a law that begins below it."""
    return _SHORT_LAW.fullmatch(line.strip()) is not None and _FIRST_PART.match(below) is not None


def is_author(line: str) -> bool:
    """Return whether a line names the people or the body that wrote the text.

    >>> [is_author(line) for line in ("李 明1,欧阳晓华2", "中共某市委组织部", "(某大学 北京 100091)")]
    [True, True, True]
    >>> is_author("论网格化管理")
    False
    """
    plain = line.strip()
    if _are_names(plain):
        return True
    bodies = _bodies()
    return len(plain) <= 2 * LONGEST_TITLE and (
        plain.endswith(bodies)
        or (_BRACKETED.fullmatch(plain) is not None and (any(body in plain for body in bodies)))
    )


@cache
def _bodies() -> tuple[str, ...]:
    return tuple(front_matter_words()["people"]["bodies"])


def _are_names(line: str) -> bool:
    """Return whether a line holds names of people and nothing else.

    Names without separators can be divided in many ways (陈高杰王芳): the offsets at which one may end are
    followed together, each once, so that the work grows with the line and not with the ways.
    """
    one_name = _name_patterns()
    ends = {match.end() for form in one_name if (match := form.match(line)) is not None}
    while ends:
        offset = min(ends)
        ends.remove(offset)
        if _AFTER_NAMES.match(line, offset):
            return True
        ends.update(match.end() for form in one_name if (match := form.match(line, offset)) is not None)
    return False


@cache
def _name_patterns() -> tuple[re.Pattern[str], ...]:
    """Return the patterns of a name with one and with two characters behind the surname."""
    people = front_matter_words()["people"]
    compound = "|".join(people["compound_surnames"])
    surname = rf"(?>{compound}|[{people['surnames']}]{SPACE})"
    role = rf"(?:{'|'.join(people['roles'])})?+\s*+"
    signs = r"[\d*＊①-⑨¹²³,，]*+[\s、,，;；·]*+"
    return tuple(re.compile(rf"{role}{surname}[{NAMES}]{{{given}}}{signs}") for given in (1, 2))


def _is_remark(kind: str, line: str) -> bool:
    """Return whether a line is a remark of this kind from end to end, with or without brackets."""
    return _remark_pattern(kind).fullmatch(" ".join(line.split())) is not None


@cache
def _remark_pattern(kind: str) -> re.Pattern[str]:
    """Return the pattern of a remark in a line that has no two blanks in a row."""
    forms = "|".join(front_matter_words()["remarks"][kind])
    return re.compile(rf"{OPENING_BRACKET}?\s*(?:{forms})\s*{CLOSING_BRACKET}?")


def has_han(text: str) -> bool:
    """Return whether a text has a Han character of the basic block."""
    return _NAMES.search(text) is not None
