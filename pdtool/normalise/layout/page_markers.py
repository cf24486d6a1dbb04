"""Page numbers that stand in the text, many of them in the middle of a sentence.

Two families. A *running number* (``3、``) was put before every page by sharing sites that cut a text at a
fixed length: the break and the number go, and ``共有43⏎3、50名`` reads ``共有4350名`` again. A *page line*
(``- 3 -``, ``第3页 共10页``, a lone ``3``) stood at the foot of a page.

A number alone proves nothing: lists, statutes, verses and tables are numbered too. What proves it is the
document: numbers that count up one by one at page-like distances while the lines before them break off
in mid-sentence. A list's items end, or are short. Where a marker stands between paragraphs, it goes and
the break stays.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from statistics import median
from typing import NamedTuple

import numpy as np

from pdtool.text.edits import Edits, Proposals
from pdtool.text.han import is_han
from pdtool.text.line_table import LineTable, Mask, members
from pdtool.text.lines import (
    ends_sentence,
    first_line_after,
    is_latin,
    last_line_before,
    opens_paragraph,
)

__all__ = [
    "DIGITS",
    "PageStyle",
    "may_hold_pages",
    "page_line_characters",
    "page_markers",
    "page_styles",
]

# The limits below were set on made-up pages of 60 to 3,000 characters and on the lists, poems and tables of
# tests/cases/normalise (November 2026).
_SHORTEST_PAGE = 60
"""Characters between two running numbers: pages are longer, list items mostly shorter."""
_PLAIN_PAGE = 120
"""Characters between two page lines whose form proves nothing by itself."""
_PROSE = 15
"""A line of fewer characters that lacks punctuation may as well be a heading, a verse or a list item."""
_PARAGRAPH = 40
"""A line of as many characters that ends a sentence is a paragraph."""
_EVEN = 0.2
"""How far the pages of a text cut at a fixed length may differ from their median."""
_PROBES = 32
"""Seams whose words are looked up elsewhere in the text: enough to tell, and the cost stays linear."""

_NEVER_FIRST = frozenset("，。、；：！？,;!?”’）)》」』】〉%％")
_NEVER_LAST = frozenset("，、,（(“‘《「『【〈")
_COUNTED = re.compile(
    "[个個名人年月日号號时時分秒天周週期项項条條款章节節次家位件种種类類批级級层層万萬亿億千百元米吨噸度岁歲届屆户戶所处處座倍成份张張本台臺辆輛]"
)
DIGITS = "0123456789０１２３４５６７８９"
"""What every page number is written with."""
_RUNNING = re.compile(
    r"\n(?:[0-9]{1,4}[、．.][^\n]{0,4}(?:\n[0-9]{1,4}[、．.][^\n]{0,4}(?=\n|\Z)){7,}+"
    rf"|[ \t\u3000]{{0,8}}([{DIGITS}]{{1,4}})([、．.])[ \t\u3000]{{0,2}})"
)
"""A running number; or, without a group, a run of lines that hold little else, which no page is."""
_CELL = rf"[^\w\n]{{0,4}}[{DIGITS}]{{1,4}}[^\w\n]{{0,4}}"
_COLUMN = rf"{_CELL}(?=\n)(?:\n{_CELL}(?=\n|\Z)){{4,}}+"
"""Numbers line by line: a column of a table. Here and above the run is taken whole (``+``), as no shorter one
can match: a million lines that might be given back one by one take gigabytes to remember."""
_DASHES = "-—－–―~～"
_INLINE_SIGNS = (_DASHES, "页")
"""What page numbers within lines have two of each: dashes, or the word."""
_CERTAIN = frozenset({"page_of", "of_page"})
"""Forms that are page numbers wherever they fill a line."""
_FEWEST_INLINE = 3
"""Page numbers within lines that make a habit."""
_STOPS = "、．."
_BLANKS = " \t\u3000"


@dataclass(frozen=True, slots=True)
class PageStyle:
    """A form that page numbers take on a line of their own (or, if ``inline``, within one)."""

    name: str
    pattern: str
    source: str
    examples: tuple[str, ...]
    plain: bool = False
    inline: bool = False


class _Marker(NamedTuple):
    start: int
    end: int
    number: int
    style: str


class _Seam(NamedTuple):
    """The text on both sides of a marker, and whether it reads on.

    ``strength``: 2 the sentence is certainly cut, 1 it seems so, 0 unknown, -1 there is a break.
    """

    before: str
    after: str
    strength: int


@cache
def page_styles() -> tuple[PageStyle, ...]:
    """Return the forms of page lines, as ``data/page_markers.toml`` lists them."""
    data = tomllib.loads(files("pdtool").joinpath("data/page_markers.toml").read_text(encoding="utf-8"))
    return tuple(PageStyle(**{**entry, "examples": tuple(entry["examples"])}) for entry in data["marker"])


@cache
def _page_line() -> re.Pattern[str]:
    forms = "|".join(
        f"(?P<{style.name}>{style.pattern.replace('<n>', f'([{DIGITS}]{{1,4}})')})" for style in page_styles()
    )
    blanks = f"[{_BLANKS}]{{0,40}}"
    line = rf"{blanks}(?=[^\w\s]|[{DIGITS}第共总Pp])(?:{forms}){blanks}(?=\n|\Z)"
    return re.compile(rf"\n(?:{_COLUMN}|{line})")


@cache
def _inline() -> tuple[str, ...]:
    return tuple(style.name for style in page_styles() if style.inline)


@cache
def _plain() -> frozenset[str]:
    return frozenset(style.name for style in page_styles() if style.plain)


@cache
def _number_in(name: str) -> re.Pattern[str]:
    pattern = next(style.pattern for style in page_styles() if style.name == name)
    return re.compile(pattern.replace("<n>", f"([{DIGITS}]{{1,4}})"))


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
    for edits in (_running_edits(flat), _line_edits(flat), _inline_edits(flat)):
        for (start, end, after), rule in edits:
            proposals.add(start, end, after, rule)
    if "\f" in text:
        for (start, end, after), rule in _form_feed_edits(text, flat):
            proposals.add(start, end, after, rule)
    return proposals.edits(longest=False)


_Ruled = tuple[tuple[int, int, str], str]


# At a glance ------------------------------------------------------------------------------------------


def page_line_characters() -> str:
    """Return every character that a page line may hold, its blanks included, and some more."""
    digits = re.findall(r"\d", "".join(map(chr, range(0x10000))))
    return "".join([*digits, _BLANKS, *(style.pattern for style in page_styles())])


def may_hold_pages(lines: LineTable, numbered: Mask, page_lines: Mask) -> Mask:
    """Tell which of some texts may hold a page number, page breaks apart.

    Args:
        lines: Their lines.
        numbered: Which lines hold a digit.
        page_lines: Which of them hold :func:`page_line_characters` alone.
    """
    kinds = _members()
    at = lines.indented(kinds[_BLANKS])
    stopped = np.logical_or.reduce([lines.are(at + behind, kinds[_STOPS]) for behind in range(1, 5)])
    running = (lines.are(at, kinds[DIGITS]) & stopped) | (numbered & lines.are(at, kinds[_BLANKS]))
    return lines.any(running | page_lines) | _may_be_inline(lines)


@cache
def _members() -> Mapping[str, Mask]:
    return {of: members(of) for of in (_BLANKS, _STOPS, DIGITS, *_INLINE_SIGNS)}


def _may_be_inline(lines: LineTable) -> Mask:
    """Tell which texts have enough of the signs of page numbers within lines."""
    enough = np.zeros(len(lines.firsts), dtype=np.bool_)
    bounds = np.append(lines.starts[lines.firsts], len(lines.codes))
    for signs in _INLINE_SIGNS:
        found = np.flatnonzero(_members()[signs].take(lines.codes, mode="clip"))
        enough |= np.diff(np.searchsorted(found, bounds)) >= 2 * _FEWEST_INLINE
    return enough


# Seams ------------------------------------------------------------------------------------------------


def _seam(text: str, marker: _Marker) -> _Seam:
    before, after = last_line_before(text, marker.start), first_line_after(text, marker.end)
    return _Seam(before, after, _strength(before, after))


def _strength(before: str, after: str) -> int:
    head = after.lstrip()
    if not before or not head:
        return -1
    if head[0] in _NEVER_FIRST and len(before) >= _PROSE:
        return 2
    if ends_sentence(before) or opens_paragraph(after):
        return -1
    if before[-1] in _NEVER_LAST and len(before) >= _PROSE:
        return 2
    if _cuts_number(before, head):
        return 2
    return 1 if len(before) >= _PROSE and not _is_heading(before) else 0


def _cuts_number(before: str, head: str) -> bool:
    """``共有43`` and ``50名``: digits on both sides, in words rather than in a column."""
    if not (before[-1].isdigit() and head[0].isdigit()):
        return False
    return is_han(before.rstrip("0123456789.")[-1:] or " ") and any(map(is_han, head[:8]))


def _is_heading(line: str) -> bool:
    """Tell whether a line is numbered, short and without inner punctuation."""
    return opens_paragraph(line) and len(line) <= 40 and not any(mark in line for mark in "，。；,;")


def _reads_on(text: str, seams: Sequence[_Seam]) -> int:
    """Count seams whose two characters stand side by side elsewhere in the text, as parts of a word do."""
    pairs = [seam.before[-1] + seam.after.lstrip()[0] for seam in seams[:_PROBES]]
    return sum(is_han(pair[0]) and is_han(pair[1]) and pair in text for pair in pairs)


def _joined(text: str, start: int, end: int) -> tuple[int, int, str]:
    """Delete ``[start, end)`` with the blanks around it; Latin words keep a space between them."""
    left = start - (len(text[max(0, start - 400) : start]) - len(text[max(0, start - 400) : start].rstrip()))
    right = end + (len(text[end : end + 400]) - len(text[end : end + 400].lstrip()))
    latin = left > 0 and right < len(text) and is_latin(text[left - 1]) and is_latin(text[right])
    return left, right, " " if latin else ""


# Chains -----------------------------------------------------------------------------------------------


def _chains(markers: Sequence[_Marker], seams: Sequence[_Seam], shortest: int) -> list[list[int]]:
    """Group markers into chains that count up one by one, best evidence first.

    Every marker extends the chain of its predecessor number that cuts the most sentences so far, provided
    a page's length lies between (the last page of a text may be short); a number that several lines bear
    goes to the best chain only.
    """
    scores: list[int] = []
    parents: list[int] = []
    best: dict[int, int] = {}
    for index, marker in enumerate(markers):
        parent = best.get(marker.number - 1, -1)
        near = parent >= 0 and marker.start - markers[parent].start < shortest
        if near and seams[index].after:
            parent = -1
        scores.append(seams[index].strength + (scores[parent] if parent >= 0 else 0))
        parents.append(parent)
        rival = best.get(marker.number)
        if rival is None or scores[index] >= scores[rival]:
            best[marker.number] = index
    return _trace(scores, parents)


def _trace(scores: Sequence[int], parents: Sequence[int]) -> list[list[int]]:
    """Read the chains off, best first; each goes on past its last cut as long as the numbers do."""
    children = {parent: index for index, parent in enumerate(parents)}
    taken: set[int] = set()
    chains: list[list[int]] = []
    for last in sorted(range(len(scores)), key=lambda i: (-scores[i], -i)):
        chain: list[int] = []
        index = last
        while index >= 0 and index not in taken:
            taken.add(index)
            chain.append(index)
            index = parents[index]
        if chain:
            chains.append(chain[::-1] + _onward(children, chain[0], taken))
    return chains


def _onward(children: Mapping[int, int], index: int, taken: set[int]) -> list[int]:
    onward: list[int] = []
    while (index := children.get(index, -1)) >= 0 and index not in taken:
        taken.add(index)
        onward.append(index)
    return onward


def _even(gaps: Sequence[int]) -> bool:
    """Tell whether a text was cut at a fixed length: nearly all pages are about as long as the median."""
    middle = median(gaps)
    return sum(abs(gap - middle) <= _EVEN * middle for gap in gaps) >= 0.8 * len(gaps)


# Running numbers: 3、----------------------------------------------------------------------------------


def _running(flat: str) -> list[_Marker]:
    at_top = _RUNNING.match("\n" + flat[:64])
    found = [_Marker(0, at_top.end() - 1, int(at_top[1]), at_top[2])] if at_top and at_top[1] else []
    for match in _RUNNING.finditer(flat):
        if match[1]:
            found.append(_Marker(match.start() + 1, match.end(), int(match[1]), match[2]))
    return found


def _running_edits(flat: str) -> list[_Ruled]:
    markers = _running(flat)
    edits: list[_Ruled] = []
    for sign in {marker.style for marker in markers}:
        group = [marker for marker in markers if marker.style == sign]
        numbers = {marker.number for marker in group}
        if numbers == {1}:
            continue
        seams = [_seam(flat, marker) for marker in group]
        for chain in _chains(group, seams, _SHORTEST_PAGE):
            pages = _with_first(group, _without_list(group, seams, chain)) if len(chain) > 1 else chain
            if pages and _is_paged(flat, group, seams, pages, numbers):
                edits.extend(_without(flat, group[i], seams[i], "running_number") for i in pages)
    return edits


def _without_list(markers: Sequence[_Marker], seams: Sequence[_Seam], chain: Sequence[int]) -> list[int]:
    """Drop from the end what counts on but cuts nothing, unless it stands where a page ends."""
    kept = list(chain)
    while len(kept) > 2 and seams[kept[-1]].strength < 0:
        gaps = [markers[b].start - markers[a].start for a, b in pairwise(kept)]
        middle = median(gaps[:-1])
        if abs(gaps[-1] - middle) <= _EVEN * middle:
            break
        kept.pop()
    return kept


def _with_first(markers: Sequence[_Marker], chain: Sequence[int]) -> list[int]:
    """Choose the first page's number anew: no sentence is cut there, but it stands a page before the second.

    Of several lines with the number 1 (a list on the first page has one too) the one at that distance is
    taken; with two pages only, the first of the text.
    """
    later = [i for i in chain if markers[i].number > 1]
    if not later or markers[later[0]].number != 2:
        return later
    second = markers[later[0]].start
    firsts = [i for i, marker in enumerate(markers) if marker.number == 1 and marker.start < second]
    if not firsts:
        return later
    if len(later) == 1:
        return [firsts[0], *later]
    page = median(markers[b].start - markers[a].start for a, b in pairwise(later))
    best = min(firsts, key=lambda i: abs(second - markers[i].start - page))
    near = abs(second - markers[best].start - page) <= 2 * _EVEN * page
    return [best, *later] if near or best == 0 else later


def _is_paged(
    text: str, markers: Sequence[_Marker], seams: Sequence[_Seam], chain: Sequence[int], numbers: set[int]
) -> bool:
    """Judge a chain of running numbers: whether its lines break off, and evenly or in mid-word."""
    first = markers[chain[0]]
    if len(chain) == 1:
        return _is_orphan(text, first, seams[chain[0]], numbers)
    inner = [seams[i] for i in (chain[1:] if first.number == 1 else chain)]
    cuts = [seam for seam in inner if seam.strength > 0]
    whole = sum(seam.strength < 0 for seam in inner)
    if not cuts or 2 * whole > len(cuts):
        return False
    gaps = [markers[b].start - markers[a].start for a, b in pairwise(chain)]
    if len(gaps) > 1 and _even(gaps):
        return True
    likely = [seam for seam in cuts if seam.strength == 1]
    certain = len(cuts) - len(likely)
    return certain + _reads_on(text, likely) >= max(1, 0.3 * min(len(cuts), _PROBES))


def _is_orphan(text: str, marker: _Marker, seam: _Seam, numbers: set[int]) -> bool:
    """Recognise the one page break of an excerpt: a number in mid-sentence that no list leads up to."""
    if marker.number < 2 or marker.number - 1 in numbers or marker.style != "、":
        return False
    return seam.strength == 2 or (seam.strength == 1 and _reads_on(text, [seam]) == 1)


def _without(text: str, marker: _Marker, seam: _Seam, rule: str) -> _Ruled:
    """Delete a running number, and the break before it unless a title or paragraph ends there."""
    if seam.strength < 0 or marker.number == 1:
        return (marker.start, marker.end, ""), rule
    return _joined(text, marker.start, marker.end), rule


# Page lines: - 3 - ------------------------------------------------------------------------------------


def _marker(match: re.Match[str], start: int) -> _Marker:
    # The number's group is the first within its style's, which closes last.
    return _Marker(start, match.end(), int(match[(match.lastindex or 0) + 1]), str(match.lastgroup))


def _page_lines(flat: str) -> Iterator[_Marker]:
    head = "\n" + flat[:128]
    at_top = _page_line().match(head) if "\n" in flat[:128] else None
    if at_top and at_top.lastgroup:
        top = _marker(at_top, 0)
        yield top._replace(end=top.end - 1)
    for match in _page_line().finditer(flat):
        if match.lastgroup:
            yield _marker(match, match.start() + 1)


def _line_edits(flat: str) -> Iterator[_Ruled]:
    groups: dict[str, list[_Marker]] = defaultdict(list)
    for marker in _page_lines(flat):
        if marker.style in _CERTAIN:
            yield _line_removed(flat, marker, _seam(flat, marker))
        else:
            groups[marker.style].append(marker)
    for style, group in groups.items():
        seams = [_seam(flat, marker) for marker in group]
        shortest = _PLAIN_PAGE if style in _plain() else 1
        chains = _chains(group, seams, shortest)
        for chain in _without_scattered(chains, style):
            if _are_pages(flat, style, [group[i] for i in chain], [seams[i] for i in chain]):
                yield from (_line_removed(flat, group[i], seams[i]) for i in chain)


def _without_scattered(chains: Sequence[list[int]], style: str) -> Sequence[list[int]]:
    """Leave out plain numbers that stand alone where many do: figures of a table, each costing a search."""
    if style not in _plain() or sum(len(chain) == 1 for chain in chains) <= _PROBES:
        return chains
    return [chain for chain in chains if len(chain) > 1]


def _are_pages(text: str, style: str, chain: Sequence[_Marker], seams: Sequence[_Seam]) -> bool:
    """Judge a chain of page lines: the plainer the form, the more sentences have to be cut."""
    cuts = [seam for seam in seams if seam.strength > 0]
    if style not in _plain():
        return bool(cuts) or (len(chain) > 2 and _page_apart(chain)) or _below_pages(chain, seams)
    if len(chain) == 1:
        return _is_single(text, seams[0])
    if len(cuts) == 1:
        return len(chain) < 4 and _is_single(text, cuts[0])
    return len(cuts) > 1 and 2 * len(cuts) >= len(seams)


def _below_pages(chain: Sequence[_Marker], seams: Sequence[_Seam]) -> bool:
    """Tell whether numbers stand between paragraphs, each below as much text as its pages hold at least.

    The number of a chapter stands above its text: the first one below a title, if anything.
    """
    return all(
        marker.start >= marker.number * _PLAIN_PAGE
        and ends_sentence(seam.before)
        and len(seam.before) >= _PARAGRAPH
        and (opens_paragraph(seam.after) or len(seam.after.strip()) >= _PROSE)
        for marker, seam in zip(chain, seams, strict=True)
    )


def _page_apart(chain: Sequence[_Marker]) -> bool:
    return min(b.start - a.start for a, b in pairwise(chain)) >= _PLAIN_PAGE


def _is_single(text: str, seam: _Seam) -> bool:
    """One plain number in a cut sentence: a page, unless it counts what follows (``共有⏎3⏎个小区``)."""
    if seam.strength < 1 or _COUNTED.match(seam.after.lstrip()):
        return False
    return seam.strength == 2 or _reads_on(text, [seam]) == 1


def _line_removed(text: str, marker: _Marker, seam: _Seam) -> _Ruled:
    if seam.strength > 0:
        return _joined(text, marker.start, marker.end), marker.style
    following = text.find("\n", marker.end)
    if following >= 0:
        return (marker.start, following + 1, ""), marker.style
    return (max(0, marker.start - 1), len(text), ""), marker.style


# Glued into a line, and form feeds ---------------------------------------------------------------------


def _inline_edits(flat: str) -> list[_Ruled]:
    """Page numbers within lines: only of a particular form, three or more that count up page by page."""
    edits: list[_Ruled] = []
    for style in _inline_styles(flat):
        group = _glued(flat, style)
        neutral = [_Seam("", "", 1)] * len(group)
        for chain in _chains(group, neutral, _PLAIN_PAGE):
            if len(chain) >= _FEWEST_INLINE:
                edits.extend((_joined_inline(flat, group[i]), style) for i in chain)
    return edits


def _inline_styles(flat: str) -> Iterator[str]:
    """Yield the forms whose signs a text has, before their patterns are tried at every character."""
    # Looking for a character is several times as fast as counting it, and most texts lack most of them.
    dashes, pages = (
        sum(flat.count(sign) for sign in signs if sign in flat) >= 2 * _FEWEST_INLINE
        for signs in _INLINE_SIGNS
    )
    for style in _inline():
        if dashes if style == "dashed" else pages:
            yield style


def _glued(flat: str, style: str) -> list[_Marker]:
    """Find one form within lines, if three numbers count up; digits beside make it part of a longer one."""
    pattern = _number_in(style)
    numbers = {int(match[1]) for match in pattern.finditer(flat)}
    if not any({number + 1, number + 2} <= numbers for number in numbers):
        return []
    return [
        _Marker(match.start(), match.end(), int(match[1]), style)
        for match in pattern.finditer(flat)
        if not (
            flat[match.start() - 1 : match.start()].isdigit() or flat[match.end() : match.end() + 1].isdigit()
        )
    ]


def _joined_inline(text: str, marker: _Marker) -> tuple[int, int, str]:
    """Delete within the line: a break before or after the marker is not its own."""
    start, end = marker.start, marker.end
    while start > 0 and text[start - 1] in " \u3000":
        start -= 1
    while end < len(text) and text[end] in " \u3000":
        end += 1
    latin = start > 0 and end < len(text) and is_latin(text[start - 1]) and is_latin(text[end])
    return start, end, " " if latin else ""


def _form_feed_edits(text: str, flat: str) -> Iterator[_Ruled]:
    """Join a sentence across a page break without a number; elsewhere make the break a line end."""
    for match in re.finditer("\f+", text):
        start, end = match.span()
        if _seam(flat, _Marker(start, end, 0, "")).strength > 0:
            yield _joined(flat, start, end), "form_feed"
        else:
            ragged = text[start - 1 : start] == "\n" or text[end : end + 1] in ("\n", "")
            yield (start, end, "" if ragged else "\n"), "form_feed"
