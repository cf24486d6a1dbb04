"""How front matter is written: labels, numbers and brackets as patterns (``data/front_matter.toml``)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from pdtool.data_files import data_toml

__all__ = [
    "CLOSING_BRACKET",
    "HEADING",
    "LONGEST_TITLE",
    "OPENING_BRACKET",
    "SPACE",
    "FrontMatter",
    "Label",
    "blanks_end",
    "front_matter_words",
    "label_matches",
    "label_opening",
    "label_pattern",
    "line_end",
    "line_start",
    "may_hold_number",
    "number_pattern",
]

FrontMatter = tuple[str, int, int]
"""``(kind, start, end)``, half-open. Kinds: ``title``, ``author``, ``label`` (the word 摘要 itself),
``abstract``, ``keywords``, ``english_abstract``, ``english_keywords``, ``number``, ``note``; of official
documents ``letterhead``, ``doc_number``, ``addressees``, ``signature``, ``imprint``."""

LONGEST_TITLE = 60
"""The most characters of a title."""
OPENING_BRACKET = r"[\[【〔［(（<〈《]"
"""What may stand before a label, as a pattern."""
CLOSING_BRACKET = r"[\]】〕］)）>〉》]"
"""What may stand behind a label, as a pattern."""
_BOLD = r"(?:\*\*|__)"
"""What Markdown sets a label in bold with, as a pattern."""
_BLANKS = " \t"
"""Blanks of clean text, in which every kind of space is U+0020."""
SPACE = rf"[{_BLANKS}]*+"
"""Blanks or none, as a pattern; it gives none back, so that a long run of them is read once."""
_BLANKS_AND_LINES = re.compile(r"\s*+")
_LATIN_START = 3
"""Letters by which a Latin label is looked for; one alone would stop the search at every other word."""
HEADING = re.compile(
    r"\s*(?:[一二三四五六七八九十]+[、.．]|[(（][一二三四五六七八九十\d]+[)）]|第.{1,3}[章节条]|\d+[、.．\s])"
)
"""How a numbered heading begins."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label in a text, or a whole number with its label.

    Args:
        kind: What it announces.
        start: The offset at which it begins.
        end: The offset at which what it announces begins.
        strong: Whether brackets or a colon set it off.
        leads: Whether a line begins with it.
    """

    kind: str
    start: int
    end: int
    strong: bool
    leads: bool


@cache
def front_matter_words() -> dict[str, Any]:
    """Return the words that front matter is known by, as ``data/front_matter.toml`` has them."""
    return data_toml("front_matter.toml")


def _spaced(label: str) -> str:
    return SPACE.join(re.escape(character) for character in label.replace(" ", ""))


@cache
def label_pattern() -> re.Pattern[str]:
    """Return the pattern of a label with its brackets or colon; the kind it announces is a group's name."""
    kinds = (
        f"(?P<{kind}>{'|'.join(map(_spaced, sorted(labels, key=len, reverse=True)))})"
        for kind, labels in front_matter_words()["labels"].items()
    )
    return re.compile(
        rf"(?P<open>{OPENING_BRACKET}|{_BOLD})?+{SPACE}(?:{'|'.join(kinds)}){SPACE}"
        rf"(?P<close>{CLOSING_BRACKET}|{_BOLD})?+{SPACE}(?P<colon>[:：])?+(?P<bold>{_BOLD})?+{SPACE}",
        re.IGNORECASE,
    )


@cache
def _label_starts() -> re.Pattern[str]:
    """Return the pattern of where a label may begin: much faster than trying all of it at every character."""
    labels = [label for labels in front_matter_words()["labels"].values() for label in labels]
    latin = {start for label in labels if label.isascii() for start in _latin_starts(label)}
    han = (_spaced(label) for label in labels if not label.isascii())
    # One literal first in each branch: the search then skips all other characters.
    return re.compile("|".join([*han, *sorted(latin)]))


def _latin_starts(label: str) -> tuple[str, str]:
    """Return the patterns of how a Latin label begins, with a small letter and with a capital."""
    rest = "".join(f"{SPACE}[{letter.lower()}{letter.upper()}]" for letter in label[1:_LATIN_START])
    return label[0].lower() + rest, label[0].upper() + rest


@cache
def number_pattern() -> re.Pattern[str]:
    """Return the pattern of a number with its label, such as that of a classification."""
    forms = (
        rf"{_spaced(label)}{SPACE}{CLOSING_BRACKET}?+{SPACE}[:：]?+{SPACE}(?:{value})"
        for label, value in front_matter_words()["numbers"].items()
    )
    return re.compile("|".join(forms))


@cache
def _number_ends() -> tuple[tuple[str, frozenset[str]], ...]:
    """Return the last characters of the labels of numbers, and for each the characters before it."""
    before: dict[str, set[str]] = {}
    for label in front_matter_words()["numbers"]:
        before.setdefault(label[-1], set()).add(label[-2])
    return tuple((last, frozenset(several)) for last, several in before.items())


def may_hold_number(head: str) -> bool:
    """Return whether the head of a text holds the end of a label of a number: most hold none.

    >>> may_hold_number("分 类 号"), may_hold_number("某政发〔2021〕4号")
    (True, False)
    """
    for last, before in _number_ends():
        at = head.find(last)
        while at >= 0:
            place = at - 1
            while place > 0 and head[place] in _BLANKS:
                place -= 1
            if place >= 0 and head[place] in before:
                return True
            at = head.find(last, at + 1)
    return False


def label_opening(text: str, offset: int) -> int:
    """Return the offset at which the blanks and the opening bracket before a label begin."""
    start = offset
    while start and text[start - 1] in _BLANKS:
        start -= 1
    if re.fullmatch(_BOLD, text[max(0, start - 2) : start]):
        return start - 2
    return start - 1 if re.match(OPENING_BRACKET, text[max(0, start - 1) : start]) else start


def label_matches(head: str) -> Iterator[re.Match[str]]:
    """Yield the matches of :func:`label_pattern` in the head of a text, in order and without overlaps."""
    end = 0
    for begin in _label_starts().finditer(head):
        if begin.start() < end:
            continue
        match = label_pattern().match(head, label_opening(head, begin.start()))
        if match is not None:
            end = match.end()
            yield match


def blanks_end(text: str, offset: int) -> int:
    """Return the offset of the first character from an offset on that is no blank and no line end."""
    match = _BLANKS_AND_LINES.match(text, offset)
    return match.end() if match is not None else offset


def line_start(text: str, offset: int) -> int:
    """Return the offset at which the line around an offset begins."""
    return text.rfind("\n", 0, offset) + 1


def line_end(text: str, offset: int) -> int:
    """Return the offset at which the line around an offset ends."""
    end = text.find("\n", offset)
    return len(text) if end < 0 else end
