"""Numbers that may be those of pages: the text on both sides of each, and which of them count up together.

A *seam* is what surrounds a number: the line before it and the line after it either read on, as a sentence
that a page break cut (``共有43`` and ``50名常住居民``), or they do not, as two items of a list. A *chain* is
a sequence of numbers that count up one by one (1, 2, 3 …), each at least the length of a page behind the one
before.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from pdtool.text.han import is_han
from pdtool.text.lines import (
    TERMINALS,
    ends_sentence,
    first_line_after,
    is_latin,
    last_line_before,
    opens_paragraph,
)

__all__ = [
    "CUT",
    "MOST_PAIRS",
    "SHORTEST_PROSE",
    "SURELY_CUT",
    "Marker",
    "RuledEdit",
    "Seam",
    "are_equal",
    "are_even",
    "chains_of",
    "count_pairs_elsewhere",
    "distances",
    "is_near",
    "joined",
    "median_length",
    "seam_at",
    "seam_between",
    "with_short_cuts",
]

# The limits of this module were set on made-up pages of 60 to 3,000 characters and on the lists, poems and
# tables of tests/cases/normalise (November 2026).
SHORTEST_PROSE = 15
"""Characters: a shorter line that lacks punctuation may as well be a heading, a verse or a list item."""
MOST_PAIRS = 32
"""Seams whose characters are looked up elsewhere in the text: enough to tell, and the cost stays linear."""
SURELY_CUT = 2
"""Strength of a seam at which a sentence is certainly cut."""
CUT = 1
"""Strength of a seam at which a sentence seems to be cut."""
_UNKNOWN = 0
"""Strength of a seam that says nothing either way."""
_WHOLE = -1
"""Strength of a seam at which a sentence or paragraph ends."""
_SOME_CUT = 0.2
"""Share of the seams of a chain that are cut at long lines, from which on short ones are looked at."""
_EVEN = 0.2
"""How far the pages of a text that was cut at a fixed length differ from their median, as a share of it."""
_EQUAL = 0.03
"""Likewise in a text whose pages are equally long: items of a list are not."""
_FEWEST_EQUAL = 3
"""Pages whose equal length is no accident."""
_AROUND = 400
"""Characters on either side of a marker among which its blanks are looked for."""
_NEAR = SHORTEST_PROSE + 8
"""Characters before a marker by which the end of a line is known, and a short one."""
_LONGEST_HEADING = 40
_NEVER_FIRST = frozenset("，。、；：！？,;!?”’）)》」』】〉%％")
"""What no line begins with unless the line before it was cut."""
_NEVER_LAST = frozenset("，、,（(“‘《「『【〈")
"""What no line ends with unless it was cut."""
_CLOSED = frozenset("）)〕】》」』]")
"""What a list item without a full stop ends with as well: ``（某某投稿）``."""
_SURE_ENDS = TERMINALS | _CLOSED
"""Behind these a line is cut only if no line begins with what follows."""
_SIGNED = ("--", "—")
"""What a line begins with that names who said what stands above it."""
_SIGNATURE = re.compile("(?:--|——)[^，。；：、—-]{1,12}")
"""Who said what stands before it in the line."""

RuledEdit = tuple[tuple[int, int, str], str]
"""Start and end of what goes, what comes in its stead, and the rule that says so."""


class Marker(NamedTuple):
    """A number that may be that of a page.

    Args:
        start: Offset of its first character in the text.
        end: Offset behind its last character.
        number: What it says.
        style: The name of its form; of a running number, the mark behind it.
    """

    start: int
    end: int
    number: int
    style: str


class Seam(NamedTuple):
    """The text on both sides of a marker, and whether it reads on.

    Args:
        before: The last line before the marker.
        after: The first line after it, with its indentation.
        strength: :data:`SURELY_CUT`, :data:`CUT`, 0 (unknown) or -1 (a sentence or paragraph ends).
    """

    before: str
    after: str
    strength: int

    @property
    def is_cut(self) -> bool:
        """Whether a sentence seems to be cut, or certainly is."""
        return self.strength >= CUT

    @property
    def is_whole(self) -> bool:
        """Whether a sentence or paragraph ends."""
        return self.strength == _WHOLE

    def without_guess(self) -> Seam:
        """Return the seam as unknown if a sentence only seems to be cut."""
        return self._replace(strength=_UNKNOWN) if self.strength == CUT else self


# Seams ------------------------------------------------------------------------------------------------


def seam_at(text: str, start: int, end: int) -> Seam:
    """Return the lines around ``text[start:end]``, and how strongly they speak for a cut sentence.

    >>> seam_at("滨江园共有43|50名常住居民", 7, 8).strength == SURELY_CUT
    True
    """
    return seam_between(last_line_before(text, start), first_line_after(text, end))


def may_be_cut(text: str, start: int, end: int) -> bool:
    """Return whether a sentence may be cut at ``text[start:end]``, by what is next to it (a prefilter).

    None is behind the end of a sentence or a closing bracket, and a short line is cut only in a number.

    >>> may_be_cut("看上去如此。1、其一", 6, 8), may_be_cut("滨江园共有居民四十三|人", 10, 11)
    (False, True)
    """
    before = text[max(0, start - _NEAR) : start].rstrip()
    last, first = before[-1:], text[end : end + 1].strip()
    if "\n" in before[-SHORTEST_PROSE:] and not last.isdigit():
        return False
    return last not in _SURE_ENDS or not first or first in _NEVER_FIRST


def seam_between(before: str, after: str) -> Seam:
    """Return two lines with how strongly they speak for a sentence that is cut between them."""
    return Seam(before, after, _strength(before, after))


def _strength(before: str, after: str) -> int:
    head = after.lstrip()
    if not before or not head:
        return _WHOLE
    if head[0] in _NEVER_FIRST and len(before) >= SHORTEST_PROSE:
        return SURELY_CUT
    if ends_sentence(before) or opens_paragraph(after):
        return _WHOLE
    if before[-1] in _NEVER_LAST and len(before) >= SHORTEST_PROSE:
        return SURELY_CUT
    if _cuts_number(before, head):
        return SURELY_CUT
    return CUT if _breaks_off(before) else _UNKNOWN


def _breaks_off(line: str) -> bool:
    """Return whether a line without a full stop is prose: no heading, signature or item in brackets."""
    if len(line) < SHORTEST_PROSE or line[-1] in _CLOSED or line.lstrip().startswith(_SIGNED):
        return False
    dash = max(line.rfind("——"), line.rfind("--"))
    return not (dash >= 0 and _SIGNATURE.fullmatch(line, dash)) and not _is_heading(line)


def _cuts_number(before: str, head: str) -> bool:
    """``共有43`` and ``50名``: digits on both sides, in words rather than in a column."""
    if not (before[-1].isdigit() and head[0].isdigit()):
        return False
    return is_han(before.rstrip("0123456789.,")[-1:] or " ") and any(map(is_han, head[:8]))


def _is_heading(line: str) -> bool:
    """Return whether a line is numbered, short and without inner punctuation."""
    return (
        opens_paragraph(line)
        and len(line) <= _LONGEST_HEADING
        and not any(mark in line for mark in "，。；,;")
    )


def count_pairs_elsewhere(text: str, seams: Sequence[Seam]) -> int:
    """Count the seams whose two characters stand side by side elsewhere in the text, as parts of a word do.

    A page that ends in ``基层治`` is followed by one that begins with ``理``, and ``治理`` stands in the
    text. Only the first :data:`MOST_PAIRS` seams are looked at.
    """
    return sum(_stands_elsewhere(text, seam) for seam in seams[:MOST_PAIRS])


def _stands_elsewhere(text: str, seam: Seam) -> bool:
    pair = seam.before[-1] + seam.after.lstrip()[0]
    return is_han(pair[0]) and is_han(pair[1]) and pair in text


def with_short_cuts(text: str, seams: Sequence[Seam]) -> list[Seam]:
    """Return the seams of a chain; a short line whose last word goes on behind the number is cut as well.

    Looked for only in a chain of which some sentences are cut, and in its first :data:`MOST_PAIRS` seams.
    """
    if sum(seam.is_cut for seam in seams) < _SOME_CUT * len(seams):
        return list(seams)
    return [
        seam._replace(strength=CUT)
        if index < MOST_PAIRS and seam.strength == _UNKNOWN and _stands_elsewhere(text, seam)
        else seam
        for index, seam in enumerate(seams)
    ]


def joined(text: str, start: int, end: int) -> tuple[int, int, str]:
    """Return the edit that deletes ``text[start:end]`` and the blanks around it.

    Latin words keep a space between them.
    """
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    left = start - (len(before) - len(before.rstrip()))
    right = end + (len(after) - len(after.lstrip()))
    latin = left > 0 and right < len(text) and is_latin(text[left - 1]) and is_latin(text[right])
    return left, right, " " if latin else ""


# Chains -----------------------------------------------------------------------------------------------


def chains_of(markers: Sequence[Marker], seams: Sequence[Seam], shortest: int) -> list[list[int]]:
    """Group markers into chains that count up one by one, the one with the most evidence first.

    Every marker extends the chain of its predecessor number that cuts the most sentences so far, provided
    a page's length lies between (the last page of a text may be short); a number that several lines bear
    goes to the best chain only.

    Args:
        markers: In the order of the text.
        seams: The seam of each.
        shortest: Characters of the shortest page.

    Returns:
        Chains of indices into ``markers``, each index in one chain.
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
    for last in sorted(range(len(scores)), key=lambda index: (-scores[index], -index)):
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


def distances(markers: Sequence[Marker]) -> list[int]:
    """Return the characters from each marker to the next: the lengths of the pages between them."""
    return [following.start - marker.start for marker, following in pairwise(markers)]


def is_near(length: float, page: float, times: int = 1) -> bool:
    """Return whether a length is about that of a page of a text cut at a fixed length.

    Args:
        length: The length, in characters.
        page: The usual length of its pages, in characters.
        times: How many times the usual difference is allowed.

    >>> is_near(1100, 1000), is_near(1300, 1000), is_near(1300, 1000, times=2)
    (True, False, True)
    """
    return abs(length - page) <= times * _EVEN * page


def median_length(lengths: Sequence[int]) -> float:
    """Return the median of some lengths."""
    # Not by ``statistics``, which loads fractions and decimal.
    ordered, half = sorted(lengths), len(lengths) // 2
    return (ordered[half] + ordered[-half - 1]) / 2


def are_even(lengths: Sequence[int]) -> bool:
    """Return whether a text was cut at a fixed length: nearly all pages are about as long as the median."""
    middle = median_length(lengths)
    return sum(is_near(length, middle) for length in lengths) >= 0.8 * len(lengths)


def are_equal(lengths: Sequence[int]) -> bool:
    """Return whether all pages are equally long, a few characters apart, which the items of a list are not.

    >>> are_equal([70, 71, 70]), are_equal([70, 78, 70])
    (True, False)
    """
    middle = median_length(lengths)
    return len(lengths) >= _FEWEST_EQUAL and all(
        abs(length - middle) <= _EQUAL * middle for length in lengths
    )
