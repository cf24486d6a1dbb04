"""Lists of keywords: their pieces, and where a list ends that the body may follow in the same line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pdtool.documents.front_matter_forms import HEADING, Label, label_matches, line_end, number_pattern
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
_STRONG_SEPARATOR = re.compile(r"(?<!\s)\s*+[;；]\s*+")
_SEPARATOR = re.compile(r"(?<!\s)\s*+(?:[;；,，、|｜·•／]|(?<=\s)/(?=\s))\s*+")
_BLANK = re.compile(r"[ \t\u3000]+")
_LEADING_HAN = re.compile(rf"[{NAMES}]{{2,12}}")


def list_pieces(value: str) -> Iterator[tuple[str, int]]:
    """Yield the pieces of a list with their ends, by the strongest separator it uses."""
    separator = _STRONG_SEPARATOR if _STRONG_SEPARATOR.search(value, 0, 60) else _SEPARATOR
    if not separator.search(value):
        separator = _BLANK
    start = 0
    for match in separator.finditer(value):
        yield value[start : match.start()], match.start()
        start = match.end()
    yield value[start:], len(value)


def is_keyword(piece: str, longest: int) -> bool:
    """Return whether a piece of a list may be a keyword: not a sentence, at most ``longest`` long."""
    return 0 < len(piece) <= longest and not re.search(r"[。！？，：:!?]", piece)


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
    limit = _next_label(text, label.end, min(line_end(text, label.end), label.end + 2 * _LONGEST_LIST))
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
