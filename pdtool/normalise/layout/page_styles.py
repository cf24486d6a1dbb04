"""The forms that page numbers take, and the prefilter: which texts may hold any.

The forms of page lines are data (``data/page_markers.toml``); this module compiles them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np

from pdtool.bounded_cache import BoundedCache
from pdtool.data_files import data_toml
from pdtool.text.code_points import basic_plane
from pdtool.text.line_table import IndexArray, LineTable, Mask, members

__all__ = [
    "BLANKS",
    "CERTAIN_STYLES",
    "DIGITS",
    "FEWEST_INLINE",
    "INLINE_CHARACTERS",
    "PageSigns",
    "PageStyle",
    "inline_styles",
    "is_plain",
    "may_hold_pages",
    "number_pattern",
    "page_line_characters",
    "page_line_pattern",
    "page_signs",
    "page_styles",
]

DIGITS = "0123456789０１２３４５６７８９"
"""What every page number is written with."""
BLANKS = " \t\u3000"
"""The blanks that indent a page number."""
CERTAIN_STYLES = frozenset({"page_of", "of_page"})
"""Styles that are page numbers wherever they fill a line."""
INLINE_CHARACTERS = ("-—－–―~～", "页")
"""Of one of these groups, a page number within a line holds two characters: dashes, or the word for page."""
FEWEST_INLINE = 3
"""Page numbers within lines that make a habit."""
_LONGEST_INLINE = 12
"""Characters from one of the two to the other at most: ``页（共 1234 页``."""
_SPACE = ord(" ")
_REMEMBERED = 2_000_000
"""Characters of texts of which is kept what they may hold: some batches of documents."""
_STOPS = "、．."
"""What stands behind a running number."""
_CELL = rf"[^\w\n]{{0,4}}[{DIGITS}]{{1,4}}[^\w\n]{{0,4}}"
_COLUMN = rf"{_CELL}(?=\n)(?:\n{_CELL}(?=\n|\Z)){{4,}}+"
"""Five or more lines of numbers alone: a column of a table, never page numbers. The run is taken whole
(``+``), as no shorter one can match: a million lines that might be given back one by one take gigabytes to
remember."""


@dataclass(frozen=True, slots=True)
class PageStyle:
    """A form that page numbers take on a line of their own; see the head of ``data/page_markers.toml``.

    Args:
        name: Shown as the reason of an edit.
        pattern: Matches the line without its blanks; ``<n>`` stands for the number of the page.
        source: Where it was seen.
        examples: Lines of this form.
        plain: Whether such lines are often content (a score, a column, a verse number), so that one of them
            proves nothing.
        inline: Whether it is so particular that it is recognised within a line too.
    """

    name: str
    pattern: str
    source: str
    examples: tuple[str, ...]
    plain: bool = False
    inline: bool = False


@cache
def page_styles() -> tuple[PageStyle, ...]:
    """Return the forms of page lines, as ``data/page_markers.toml`` lists them."""
    data = data_toml("page_markers.toml")
    return tuple(PageStyle(**{**entry, "examples": tuple(entry["examples"])}) for entry in data["marker"])


@cache
def inline_styles() -> tuple[str, ...]:
    """Return the names of the styles that are recognised within lines."""
    return tuple(style.name for style in page_styles() if style.inline)


@cache
def _plain_styles() -> frozenset[str]:
    return frozenset(style.name for style in page_styles() if style.plain)


def is_plain(name: str) -> bool:
    """Return whether lines of a style are often content.

    >>> is_plain("number"), is_plain("dashed")
    (True, False)
    """
    return name in _plain_styles()


@cache
def page_line_pattern() -> re.Pattern[str]:
    """Match a line break and the page line after it; without a group, a column of numbers.

    The last group that matched is named after the style; the next one holds the number of the page.
    """
    styles = "|".join(f"(?P<{style.name}>{_with_number(style.pattern)})" for style in page_styles())
    blanks = f"[{BLANKS}]{{0,40}}"
    line = rf"{blanks}(?=[^\w\s]|[{DIGITS}第共总Pp])(?:{styles}){blanks}(?=\n|\Z)"
    return re.compile(rf"\n(?:{_COLUMN}|{line})")


@cache
def number_pattern(name: str) -> re.Pattern[str]:
    """Match a page number of one style wherever it stands; its first group is the number."""
    return re.compile(next(_with_number(style.pattern) for style in page_styles() if style.name == name))


def _with_number(pattern: str) -> str:
    return pattern.replace("<n>", f"([{DIGITS}]{{1,5}})")


# Prefilter --------------------------------------------------------------------------------------------


def page_line_characters() -> str:
    """Return every character that a page line may hold, its blanks included, and some more."""
    return "".join([*_digits(), BLANKS, *(style.pattern for style in page_styles())])


class PageSigns(NamedTuple):
    """What kinds of page numbers a text may hold.

    Args:
        running: Numbers with a stop behind them, at the beginning of lines.
        on_lines: Lines of their own.
        within_lines: Numbers within lines.
    """

    running: bool = True
    on_lines: bool = True
    within_lines: bool = True


_found = BoundedCache[str, PageSigns](_REMEMBERED)
"""What the texts may hold that were prefiltered last and may hold any."""


def page_signs(text: str) -> PageSigns:
    """Return what kinds of page numbers a text may hold.

    All kinds, unless it was prefiltered as it stands; nor are lines known that a page break ends.
    """
    known = None if "\f" in text else _found.get(text)
    return PageSigns() if known is None else known


def may_hold_pages(
    texts: Sequence[str], lines: LineTable, numbered: Mask, page_lines: Mask, in_line: IndexArray
) -> Mask:
    """Return which texts may hold a page number; page breaks are not looked at.

    Args:
        texts: The texts.
        lines: Their lines.
        numbered: Which lines hold a digit, shape ``(n_lines,)``.
        page_lines: Which of them hold :func:`page_line_characters` alone, shape ``(n_lines,)``.
        in_line: The offsets of all :data:`INLINE_CHARACTERS`.

    Returns:
        One value per text, shape ``(n_texts,)``.
    """
    found = _members()
    offsets = lines.indented(found[BLANKS])
    stopped = np.logical_or.reduce([lines.are(offsets + behind, found[_STOPS]) for behind in range(1, 5)])
    indented = numbered & lines.are(offsets, found[BLANKS])  # deeply: what stands there is not looked at
    running = lines.any((lines.are(offsets, found[DIGITS]) & stopped) | indented)
    on_lines, within_lines = lines.any(page_lines), _may_be_inline(lines, in_line)
    may_hold = running | on_lines | within_lines
    for text in np.flatnonzero(may_hold).tolist():
        if texts[text] not in _found:
            signs = PageSigns(bool(running[text]), bool(on_lines[text]), bool(within_lines[text]))
            _found.put(texts[text], signs, len(texts[text]))
    return may_hold


@cache
def _members() -> Mapping[str, Mask]:
    return {characters: members(characters) for characters in (BLANKS, _STOPS, DIGITS, *INLINE_CHARACTERS)}


def _may_be_inline(lines: LineTable, at: IndexArray) -> Mask:
    """Return which texts have enough page numbers within lines, by their characters.

    Each has two that are near one another in a line, the second of them with a digit before it.
    """
    found = np.zeros(len(lines.firsts), dtype=np.bool_)
    bounds = np.append(lines.starts[lines.firsts], len(lines.codes))
    for characters in INLINE_CHARACTERS:
        own = at[lines.are(at, _members()[characters])]
        near = np.flatnonzero(np.diff(own) <= _LONGEST_INLINE)
        first, second = own[near], own[near + 1]
        second = second[np.searchsorted(lines.ends, first) == np.searchsorted(lines.ends, second)]
        before = second - 1 - (lines.codes.take(second - 1, mode="clip") == _SPACE)
        second = second[lines.are(before, _any_digits())]
        found |= np.diff(np.searchsorted(second, bounds)) >= FEWEST_INLINE
    return found


@cache
def _any_digits() -> Mask:
    """Return which characters are digits, or beyond plane 0, where there are digits too."""
    return members("".join([*_digits(), "\uffff"]))


def _digits() -> list[str]:
    return re.findall(r"\d", basic_plane())
