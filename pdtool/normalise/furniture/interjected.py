"""Furniture between paragraphs: forms that cannot be anything else, and lines that speak to a page's reader.

Most of what a site prints stands above or below the text. Some stands in between: ``点击阅读全文``, the
site's name after every paragraph, an advertisement. A single such line may be the author's; it goes where the
text is known to come from a page, or where the line recurs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from pdtool.normalise.furniture.form_table import known_forms
from pdtool.normalise.furniture.forms import LONGEST, Finding, Found
from pdtool.normalise.furniture.site_language import Evidence, is_call, weigh
from pdtool.normalise.furniture.site_tokens import has_call
from pdtool.text.lines import Span, lines_of

__all__ = ["LONGEST_INSIDE", "interjected_lines", "may_be_interjected", "unmistakable_lines"]

LONGEST_INSIDE = 60
"""Characters of the longest line that sites print between paragraphs."""

_NEEDED = 2
"""Evidence that a line needs between paragraphs, where furniture was found elsewhere in the text."""
_NEEDED_ALONE = 3
"""Evidence that a line needs between paragraphs, where none was found."""
_HABIT = 3
"""How often a line recurs that is nobody's sentence."""
_STOPS = ("。", "；")
_ATTRIBUTION = re.compile(r"['\"”’]?\s*(?:--|—{1,2}|–)\s*[^-—–\s][^-—–]{0,40}")
"""Where a quotation is from, as authors say below it: ``—— example.org``."""
_LABEL_ENDS = (":", "：")
"""A label introduces what stands below it: ``回复：`` says who speaks."""


def unmistakable_lines(text: str, tables: frozenset[Span] = frozenset()) -> Found:
    """Return the lines anywhere in a text whose form cannot be anything but furniture.

    Each form is found by its needle: a text without it costs one search.

    Args:
        text: A Simplified text.
        tables: The rows of its tables, which are content.
    """
    found: Found = {}
    for form in known_forms().lines_at("any"):
        offset = text.find(form.needle)
        while offset >= 0:
            start, end = _line_around(text, offset)
            if end - start <= LONGEST and form.pattern.fullmatch(text[start:end].strip()):
                found[start, end] = Finding(form.name, form=form)
            offset = text.find(form.needle, end)
    return {span: finding for span, finding in found.items() if span not in tables}


def _line_around(text: str, offset: int) -> Span:
    end = text.find("\n", offset)
    return text.rfind("\n", 0, offset) + 1, len(text) if end < 0 else end


def interjected_lines(
    text: str, found: Found, names: frozenset[str], tables: frozenset[Span] = frozenset()
) -> Found:
    """Return lines that speak to the reader of a page, in a text that comes from one or where they recur.

    Args:
        text: The text.
        found: The furniture found so far.
        names: What the site is known to call itself.
        tables: The rows of its tables, which are content.
    """
    if not found and not _any_recurs(text):
        return {}
    times = Counter(_short_lines(text))
    wanted = {line for line, count in times.items() if _is_interjected(line, count, bool(found), names)}
    if wanted:
        wanted -= _structure(text, wanted, times, names)
    if not wanted:
        return {}
    return {
        span: Finding("interjected")
        for span in _short_spans(text)
        if not (span in found or span in tables) and text[slice(*span)] in wanted
    }


def may_be_interjected(line: str) -> bool:
    """Return whether a line that recurs in a text may be the site's, where nothing else was found."""
    return _is_interjected(line, _HABIT, found=False, names=frozenset())


def _structure(text: str, wanted: set[str], times: Counter[str], names: frozenset[str]) -> set[str]:
    """Return those lines that recur with the lines next to them, as the heads of columns and of sections do.

    A line that speaks to a page's reader is the site's even so.
    """
    silent = {line for line in wanted if times[line] > 1 and not weigh(line.strip(), names).spoken}
    if not silent:
        return silent
    together: Counter[str] = Counter()
    lines = [line for line in lines_of(text) if line and not line.isspace()]
    for above, line, below in zip(lines, lines[1:], lines[2:], strict=False):
        if line in silent:
            together[line] += any(times[other] > 1 and other not in wanted for other in (above, below))
    return {line for line, count in together.items() if 2 * count >= times[line]}


def _short_lines(text: str) -> list[str]:
    return [line for line in lines_of(text) if 0 < len(line) <= LONGEST_INSIDE]


def _any_recurs(text: str) -> bool:
    """Return whether any short line stands in a text more than once."""
    lines = _short_lines(text)
    return len(set(lines)) < len(lines)


def _is_interjected(line: str, times: int, found: bool, names: frozenset[str]) -> bool:
    if not (found or times > 1) or line.rstrip().endswith(_LABEL_ENDS):
        return False
    if times == 1:
        bare = line.strip()
        if bare in names or is_call(bare):
            return False  # a title that the site names in its own lines, or a heading such as 延伸阅读
        if not (has_call(bare) or any(name in bare for name in names)):
            return False  # most lines: it would not be of the page below
    evidence = weigh(line.strip(), names)
    if not evidence.spoken and _ATTRIBUTION.fullmatch(line.strip()):
        return False
    if not found and is_call(line.strip()):
        return False
    if times == 1 and line.rstrip().endswith(_STOPS) and not any(name in line for name in names):
        return False  # a sentence about pages
    word = evidence.plain or _may_head_sections(line, evidence)
    habit = times >= _HABIT and evidence.tokens > 0 and not word
    called = evidence.of_page or (times > 1 and evidence.called) or habit
    return called and evidence.score + (times > 1) >= (_NEEDED if found else _NEEDED_ALONE)


def _may_head_sections(line: str, evidence: Evidence) -> bool:
    """Return whether a line is one Chinese word of sites, as a section of every chapter may be headed.

    >>> [_may_head_sections(line, weigh(line)) for line in ("常见问题", "馆藏编号 40239501", "Advertisement")]
    [True, False, False]
    """
    word = line.strip()
    return evidence.tokens == 1 and word.isalpha() and not word.isascii()


def _short_spans(text: str) -> Iterator[Span]:
    """Yield where the short lines stand that are not blank."""
    start = 0
    for line in lines_of(text):
        end = start + len(line)
        if line and len(line) <= LONGEST_INSIDE and not line.isspace():
            yield start, end
        start = end + 1
