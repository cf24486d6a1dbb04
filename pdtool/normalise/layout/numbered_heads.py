r"""Running heads of a text without page breaks: a line that recurs beside a number that counts up.

Where the form feeds of a record were lost, its pages begin with ``立法会 ─ 2013年2月6日`` and, on the next
line, ``4467``, ``4468`` …. The same line again and again, a page apart, beside numbers that count up one by
one: nobody writes that but a printer.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

from pdtool.normalise.layout.page_chains import joined, seam_at
from pdtool.text.lines import Span, ends_sentence

__all__ = ["numbered_heads"]

_FEWEST = 3
"""Pages that bear a running head."""
_SHORTEST_PAGE = 120
"""Characters from one head to the next."""
_SHARE = 0.8
"""Least of the numbers that count up, and of the pages that are long enough."""
_LONGEST = 80
"""Characters of the longest head."""
_AROUND = 200
"""Characters on either side of a number among which its head is looked for."""
_FIRST_LINE = re.compile(
    r"[ \t\u3000]{0,40}+(?:[-－—–·•] ?)?([0-9]{1,5})(?: ?[-－—–·•])?[ \t\u3000]{0,40}+(?=\n|\Z)"
)
_LATER_LINE = re.compile(rf"\n{_FIRST_LINE.pattern}")
"""A pattern of its own, for one that begins with a certain character is found several times as fast."""
_DIGITS = re.compile(r"\d+")
_LETTER = re.compile(r"[^\W\d_]")

HeadEdit = tuple[int, int, str]
"""Start and end of what goes, and what comes in its stead."""


class _Head(NamedTuple):
    """A line beside a number that fills a line.

    Args:
        key: What it says apart from digits and blanks.
        below: Whether it stands below the number.
        number: The number.
        span: From the first character of the two lines to the last.
    """

    key: str
    below: bool
    number: int
    span: Span


def numbered_heads(text: str) -> list[HeadEdit]:
    r"""Find the running heads of a text without page breaks.

    Args:
        text: Any text with ``\n`` as its line ends.

    Returns:
        Edits that delete them with their numbers, and join the sentence that a page cut.
    """
    groups: dict[tuple[str, bool], list[_Head]] = defaultdict(list)
    for head in _heads(text):
        groups[head.key, head.below].append(head)
    spans = sorted(head.span for group in groups.values() if _are_pages(group) for head in group)
    return [_removed(text, start, end) for start, end in _merged(spans)]


def _heads(text: str) -> Iterator[_Head]:
    """Yield the lines above and below each number that fills a line."""
    at_top = _FIRST_LINE.match(text)
    for match in chain([at_top] if at_top else [], _LATER_LINE.finditer(text)):
        start = match.start() + (match[0][0] == "\n")
        number = int(match[1])
        above, below = _line_above(text, start), _line_below(text, match.end())
        for is_below, (first, last) in ((False, above), (True, below)):
            line = text[first:last]
            if len(line) <= _LONGEST and len(_LETTER.findall(line)) > 1 and not ends_sentence(line):
                key = _DIGITS.sub("0", "".join(line.split()))
                yield _Head(key, is_below, number, (min(first, start), max(last, match.end())))


def _line_above(text: str, end: int) -> Span:
    """Return the span of the last line before an offset that is not blank; longer lines are cut."""
    first = max(0, end - _AROUND)
    last = first + len(text[first:end].rstrip())
    return text.rfind("\n", first, last) + 1 or first, last


def _line_below(text: str, start: int) -> Span:
    """Return the span of the first line behind an offset that is not blank; longer lines are cut."""
    behind = text[start : start + _AROUND]
    first = start + len(behind) - len(behind.lstrip())
    last = text.find("\n", first, start + _AROUND)
    return first, last if last >= 0 else min(len(text), start + _AROUND)


def _are_pages(heads: Sequence[_Head]) -> bool:
    """Return whether the numbers count up and the heads stand a page apart."""
    if len(heads) < _FEWEST:
        return False
    pairs = list(pairwise(heads))
    counting = sum(0 < after.number - before.number <= 2 for before, after in pairs)
    apart = sum(after.span[0] - before.span[1] >= _SHORTEST_PAGE for before, after in pairs)
    return min(counting, apart) >= _SHARE * len(pairs)


def _merged(spans: Sequence[Span]) -> Iterator[Span]:
    """Yield spans that overlap as one."""
    current: Span | None = None
    for start, end in spans:
        if current is not None and start <= current[1]:
            current = current[0], max(current[1], end)
            continue
        if current is not None:
            yield current
        current = start, end
    if current is not None:
        yield current


def _removed(text: str, start: int, end: int) -> HeadEdit:
    """Delete a head with its number, and the breaks around it where it cuts a sentence."""
    if seam_at(text, start, end).is_cut:
        return joined(text, start, end)
    following = end + len(text[end : end + _AROUND]) - len(text[end : end + _AROUND].lstrip())
    break_at = text.rfind("\n", end, following) + 1
    return start, break_at or end, ""
