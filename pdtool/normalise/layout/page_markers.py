r"""Page numbers that stand in the text, many of them in the middle of a sentence.

Three families. A *running number* (``3、``) was put before every page by sharing sites that cut a text at a
fixed length (:mod:`pdtool.normalise.layout.running_numbers`). A *page line* (``- 3 -``, ``第3页 共10页``, a
lone ``3``) stood at the foot of a page (:mod:`pdtool.normalise.layout.page_lines`). An *inline number* is a
page line that lost its breaks, so that it stands within a line (``推进基层- 3 -治理``).

A number alone proves nothing: lists, statutes, verses and tables are numbered too. What proves it is the
document: numbers that count up one by one at page-like distances while the lines before them break off
in mid-sentence. A list's items end, or are short. Where a marker stands between paragraphs, it goes and
the break stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pdtool.normalise.layout.page_chains import CUT, Marker, RuledEdit, Seam, chains_of, joined, seam_at
from pdtool.normalise.layout.page_lines import SHORTEST_PAGE, page_line_edits
from pdtool.normalise.layout.page_styles import (
    FEWEST_INLINE,
    INLINE_CHARACTERS,
    inline_styles,
    number_pattern,
    page_signs,
)
from pdtool.normalise.layout.running_numbers import running_number_edits
from pdtool.text.edits import Edits, Proposals
from pdtool.text.lines import is_latin

__all__ = ["page_markers"]


def page_markers(text: str) -> Edits:
    r"""Find page numbers and mend what they cut.

    Args:
        text: Line ends are ``\n``; a form feed ends a page.

    Returns:
        Edits that delete each marker, with its line break where it cuts a sentence.

    >>> text = "陆家嘴仁恒滨江园共有43\n3、50名常住居民，外籍人士比例达到50%以上。"
    >>> page_markers(text).apply(text)[0]
    '陆家嘴仁恒滨江园共有4350名常住居民，外籍人士比例达到50%以上。'
    """
    flat = text.replace("\f", "\n")
    proposals = Proposals(text)
    signs = page_signs(text)
    running = running_number_edits(flat) if signs.running else []
    on_lines = [*running, *(page_line_edits(flat) if signs.on_lines else ())]
    begun = {start for (start, _, _), _ in on_lines}
    # The number that opens the text goes with its line end.
    within = [edit for edit in _inline_edits(flat) if edit[0][0] not in begun] if signs.within_lines else []
    for (start, end, after), rule in [*on_lines, *within]:
        proposals.add(start, end, after, rule)
    if "\f" in text:
        for (start, end, after), rule in _form_feed_edits(text, flat):
            proposals.add(start, end, after, rule)
    return proposals.edits(longest=False)


# Within lines -----------------------------------------------------------------------------------------


def _inline_edits(flat: str) -> list[RuledEdit]:
    """Find page numbers within lines: only of a particular form, three or more that count up page by page."""
    edits: list[RuledEdit] = []
    for style in _likely_styles(flat):
        group = _inline_markers(flat, style)
        neutral = [Seam("", "", CUT)] * len(group)
        for chain in chains_of(group, neutral, SHORTEST_PAGE):
            if len(chain) >= FEWEST_INLINE:
                edits.extend((_removed_from_line(flat, group[index]), style) for index in chain)
    return edits


def _likely_styles(flat: str) -> Iterator[str]:
    """Yield the forms whose characters a text has, before their patterns are tried at every character."""
    # Looking for a character is several times as fast as counting it, and most texts lack most of them.
    dashes, pages = (
        sum(flat.count(character) for character in characters if character in flat) >= 2 * FEWEST_INLINE
        for characters in INLINE_CHARACTERS
    )
    for style in inline_styles():
        if dashes if style == "dashed" else pages:
            yield style


def _inline_markers(flat: str, style: str) -> list[Marker]:
    """Find one form within lines, if three numbers count up; digits beside make it part of a longer one."""
    pattern = number_pattern(style)
    numbers = {int(match[1]) for match in pattern.finditer(flat)}
    if not any({number + 1, number + 2} <= numbers for number in numbers):
        return []
    return [
        Marker(match.start(), match.end(), int(match[1]), style)
        for match in pattern.finditer(flat)
        if not (
            flat[match.start() - 1 : match.start()].isdigit() or flat[match.end() : match.end() + 1].isdigit()
        )
    ]


def _removed_from_line(text: str, marker: Marker) -> tuple[int, int, str]:
    """Delete within the line: a break before or after the marker is not its own."""
    start, end = marker.start, marker.end
    while start > 0 and text[start - 1] in " \u3000":
        start -= 1
    while end < len(text) and text[end] in " \u3000":
        end += 1
    latin = start > 0 and end < len(text) and is_latin(text[start - 1]) and is_latin(text[end])
    return start, end, " " if latin else ""


# Page breaks ------------------------------------------------------------------------------------------


def _form_feed_edits(text: str, flat: str) -> Iterator[RuledEdit]:
    """Join a sentence across a page break without a number; elsewhere make the break a line end."""
    for match in re.finditer("\f+", text):
        start, end = match.span()
        if seam_at(flat, start, end).is_cut:
            yield joined(flat, start, end), "form_feed"
        else:
            ragged = text[start - 1 : start] == "\n" or text[end : end + 1] in ("\n", "")
            yield (start, end, "" if ragged else "\n"), "form_feed"
