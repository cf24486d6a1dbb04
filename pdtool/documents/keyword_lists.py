"""Lists of keywords: their pieces, and where a list ends that the body may follow in the same line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pdtool.documents.front_matter_forms import (
    HEADING,
    Label,
    label_matches,
    line_end,
    line_start,
    number_pattern,
)
from pdtool.text.han import NAMES

__all__ = [
    "LONGEST_ENGLISH_KEYWORD",
    "LONGEST_KEYWORD",
    "is_keyword",
    "is_list_line",
    "list_end",
    "list_pieces",
]

LONGEST_KEYWORD = 20
"""The most characters of a Chinese keyword."""
LONGEST_ENGLISH_KEYWORD = 60
"""The most characters of an English keyword."""
_LONGEST_LIST = 200
"""The most characters of a list of keywords."""

# Blanks before a separator are looked at from the first of them alone: a long run of them is read once.
_STRONG_SEPARATOR = re.compile(r"(?<!\s)\s*+[;；][;；\s]*+")
_SEPARATOR = re.compile(r"(?<!\s)\s*+(?:[;；,，、|｜·•／]|(?<=\s)/(?=\s))\s*+")
_SLASH = re.compile(r"/")
_BLANK = re.compile(r"[ \t\u3000]+")
_LINE = re.compile(r"(?:(?<![^\S\n])[^\S\n]++)?\n\s*+")
_NUMBERED = re.compile(r"(?:^|(?<![\s;；,，])[\s;；,，]++)[（(]?\d{1,2}[.．、)）](?!\d)\s*+")
"""Where a numbered keyword begins: 1.基层治理 2.网格化管理."""
_ENDS_OPEN = re.compile(r"[;；,，、/]\s*+$")
_SENTENCE_SIGN = re.compile("[。！？，：:!?]")
_MOST_LINES = 10
"""The most lines of a list that goes on from line to line."""
_LEADING_HAN = re.compile(rf"[{NAMES}]{{2,12}}")


def list_pieces(value: str) -> Iterator[tuple[str, int]]:
    """Yield the pieces of a list with their ends, by the strongest separator it uses."""
    separator = _separator_of(value)
    first = separator.match(value) if separator is _NUMBERED else None
    start = 0 if first is None else first.end()
    for match in separator.finditer(value, start):
        yield value[start : match.start()], match.start()
        start = match.end()
    if start < len(value):
        yield value[start:], len(value)


def _separator_of(value: str) -> re.Pattern[str]:
    """Return the pattern of what parts the pieces of a list."""
    if _NUMBERED.match(value) and len(_NUMBERED.findall(value[: 2 * _LONGEST_LIST])) > 1:
        return _NUMBERED
    if _STRONG_SEPARATOR.search(value, 0, 60):
        return _STRONG_SEPARATOR
    if _SEPARATOR.search(value):
        return _SEPARATOR
    if _LINE.search(value.strip()):
        return _LINE
    has_han = _LEADING_HAN.match(value) is not None
    return _SLASH if has_han and "/" in value else _BLANK


def is_keyword(piece: str, longest: int) -> bool:
    """Return whether a piece of a list may be a keyword: not a sentence, at most ``longest`` long."""
    return 0 < len(piece) <= longest and _SENTENCE_SIGN.search(piece) is None


def is_list_line(text: str, start: int) -> bool:
    """Return whether the line under a label that stands alone is a list from end to end."""
    line = text[start : line_end(text, start)].strip()
    pieces = [piece.strip("。. ") for piece, _ in list_pieces(line)]
    several = len(pieces) > 1 and not HEADING.match(line)
    return several and all(is_keyword(piece, LONGEST_ENGLISH_KEYWORD) for piece in pieces)


def list_end(text: str, label: Label) -> int:
    """Return the offset at which the list of keywords behind a label ends; ``label.end`` if none follows.

    The body may follow the last keyword in the same line: then a keyword ends where the text repeats it
    elsewhere, or where Han characters give way to digits.
    """
    lines_end = _lines_end(text, label)
    limit = _next_label(text, label.end, min(lines_end, label.end + 2 * _LONGEST_LIST))
    value = text[label.end : limit]
    pieces = list(list_pieces(value))
    good = [is_keyword(piece.strip("。. "), LONGEST_KEYWORD) for piece, _ in pieces]
    complete = [*good, False].index(False)
    if complete < (1 if label.strong else 2) or not _is_list(label, value):
        return label.end
    if complete == len(pieces):
        return label.end + len(value.rstrip())
    end = label.end + pieces[complete - 1][1]
    tail_start = label.end + pieces[complete][1] - len(pieces[complete][0])
    glued = _glued_keyword(text, tail_start)
    return tail_start + glued if glued else end


def _lines_end(text: str, label: Label) -> int:
    """Return the offset at which the last line of a list ends that goes on in the lines below its label.

    It does behind a separator; where both lines use semicolons, since a printer broke the line; and where the
    label stands alone and each line is one keyword, down to a blank line.
    """
    end = line_end(text, label.end)
    alone = "\n" in text[label.start : label.end].rstrip(" ") and _one_a_line(text, label.end)
    if alone:
        return alone
    for _ in range(_MOST_LINES):
        line = text[line_start(text, end) : end]
        below = text[end + 1 : line_end(text, end + 1)]
        if not _goes_on(line[-_LONGEST_LIST:], below.strip()):
            break
        end += 1 + len(below)
    return end


def _goes_on(line: str, below: str) -> bool:
    """Return whether a list of keywords goes on in the line below."""
    if not below or len(below) > _LONGEST_LIST or HEADING.match(below) or next(label_matches(below), None):
        return False
    both = _STRONG_SEPARATOR.search(line) and _STRONG_SEPARATOR.search(below)
    if not _ENDS_OPEN.search(line) and (not both or below.endswith("。")):
        return False
    pieces = (piece.strip("。. ") for piece, _ in list_pieces(below))
    return all(is_keyword(piece, LONGEST_KEYWORD) for piece in pieces)


def _one_a_line(text: str, start: int) -> int:
    """Return the offset at which a list ends that has a keyword in each line; 0 if this is none."""
    end = start - 1
    for count in range(_MOST_LINES + 1):
        line = text[end + 1 : line_end(text, end + 1)].strip()
        if not line or next(label_matches(line), None) is not None:
            return end if count > 1 else 0
        if not is_keyword(line.rstrip("；;"), LONGEST_KEYWORD) or HEADING.match(line) or "。" in line:
            return 0
        end = line_end(text, end + 1)
    return 0


def _next_label(text: str, start: int, limit: int) -> int:
    """Return the offset at which the next label of the same line begins; ``limit`` if there is none."""
    value = text[start:limit]
    numbers = (match.start() for match in number_pattern().finditer(value))
    labels = (match.start() for match in label_matches(value) if match["colon"] or match["close"])
    return start + min((offset for offset in (*numbers, *labels) if offset), default=limit - start)


def _is_list(label: Label, value: str) -> bool:
    """Return whether an unmarked label is followed by what only a list has."""
    return label.strong or bool(_STRONG_SEPARATOR.search(value, 0, 60)) or (label.leads and " " in value[:60])


def _glued_keyword(text: str, start: int) -> int:
    """Return the length of the keyword that the body runs on from, 0 if it cannot be told."""
    match = _LEADING_HAN.match(text, start)
    if match is None:
        return 0
    run = match[0]
    for length in range(len(run), 1, -1):
        if text.count(run[:length]) > 2:
            return length
    following = text[match.end() : match.end() + 1]
    return len(run) if following.isascii() and following.isalnum() else 0
