"""Running numbers: ``3、`` before every page of a text that a sharing site cut at a fixed length.

The break and the number go, and ``共有43⏎3、50名`` reads ``共有4350名`` again. A list is numbered in the same
way; what distinguishes the two is that the items of a list end, or are short, while pages break off in
mid-sentence and are about equally long.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from itertools import islice

from pdtool.normalise.layout.page_chains import (
    CUT,
    MOST_PAIRS,
    SURELY_CUT,
    Marker,
    RuledEdit,
    Seam,
    are_equal,
    are_even,
    chains_of,
    count_pairs_elsewhere,
    distances,
    is_near,
    joined,
    may_be_cut,
    median_length,
    seam_at,
    with_short_cuts,
)
from pdtool.normalise.layout.page_styles import DIGITS

__all__ = ["running_number_edits"]

_SHORTEST_PAGE = 60
"""Characters between two running numbers: pages are longer, list items mostly shorter."""
_RUNNING = re.compile(
    r"\n(?:[0-9]{1,4}[、．.][^\n]{0,4}(?:\n[0-9]{1,4}[、．.][^\n]{0,4}(?=\n|\Z)){7,}+"
    rf"|[ \t\u3000]{{0,8}}([{DIGITS}]{{1,4}})([、．.])[ \t\u3000]{{0,2}})"
)
"""A running number; or, without a group, eight or more lines that hold little else, which are not pages. Such
a run is taken whole (``+``), as no shorter one can match: a million lines that might be given back one by one
take gigabytes to remember."""

_HEADING = re.compile(r"\n[ \t\u3000]{0,8}[一二三四五六七八九十]{1,3}、")
"""A heading of the first order."""
_FEWEST_HEADINGS = 2
"""Headings below a number that is no list item's."""


def running_number_edits(flat: str) -> list[RuledEdit]:
    r"""Find the running numbers of a text and mend what they cut.

    Args:
        flat: The text, page breaks as ``\n``.

    Returns:
        An edit for each number, with the break before it where it cuts a sentence.

    >>> text = "陆家嘴仁恒滨江园共有43\n3、50名常住居民"
    >>> running_number_edits(text)
    [((12, 15, ''), 'running_number')]
    """
    markers = _markers(flat)
    edits: list[RuledEdit] = []
    for style in {marker.style for marker in markers}:
        group = [marker for marker in markers if marker.style == style]
        numbers = {marker.number for marker in group}
        if numbers == {1} or not _may_be_paged(flat, group):
            continue
        seams = [_seam(flat, marker) for marker in group]
        for chain in chains_of(group, seams, _SHORTEST_PAGE):
            pages = _with_first(group, _without_list(group, seams, chain)) if len(chain) > 1 else chain
            chosen = [group[index] for index in pages]
            around = with_short_cuts(flat, [seams[index] for index in pages])
            if pages and _is_paged(flat, chosen, around, numbers):
                edits.extend(map(partial(_removed, flat), chosen, around))
    return edits


def _markers(flat: str) -> list[Marker]:
    """Return every number with a stop behind it at the beginning of a line."""
    at_top = _RUNNING.match("\n" + flat[:64])
    found = [Marker(0, at_top.end() - 1, int(at_top[1]), at_top[2])] if at_top and at_top[1] else []
    for match in _RUNNING.finditer(flat):
        if match[1]:
            found.append(Marker(match.start() + 1, match.end(), int(match[1]), match[2]))
    return found


def _may_be_paged(text: str, group: Sequence[Marker]) -> bool:
    """Return whether any number cuts a sentence, or the first one opens the text: few lists do either."""
    if group[0].start == 0 and group[0].number == 1:
        return True
    return any(may_be_cut(text, marker.start, marker.end) and _seam(text, marker).is_cut for marker in group)


def _seam(text: str, marker: Marker) -> Seam:
    """Return the seam of a number. Sites glue it to the page: one alone on its line heads a list item."""
    seam = seam_at(text, marker.start, marker.end)
    alone = text[marker.end : marker.end + 1] == "\n"
    return seam.without_guess() if alone else seam


def _without_list(markers: Sequence[Marker], seams: Sequence[Seam], chain: Sequence[int]) -> list[int]:
    """Drop from the end what counts on but cuts nothing, unless it stands where a page ends."""
    kept = list(chain)
    while len(kept) > 2 and seams[kept[-1]].is_whole:
        lengths = distances([markers[index] for index in kept])
        if is_near(lengths[-1], median_length(lengths[:-1])):
            break
        kept.pop()
    # A list of which one item breaks off is still a list.
    return kept if len(chain) < 2 * len(kept) + 1 else []


def _with_first(markers: Sequence[Marker], chain: Sequence[int]) -> list[int]:
    """Choose the first page's number anew: no sentence is cut there, but it stands a page before the second.

    Of several lines with the number 1 (a list on the first page has one too) the one at that distance is
    taken; with two pages only, the first of the text.
    """
    later = [index for index in chain if markers[index].number > 1]
    if not later or markers[later[0]].number != 2:
        return later
    second = markers[later[0]].start
    firsts = [index for index, marker in enumerate(markers) if marker.number == 1 and marker.start < second]
    if not firsts:
        return later
    if len(later) == 1:
        return [firsts[0], *later]
    page = median_length(distances([markers[index] for index in later]))
    best = min(firsts, key=lambda index: abs(second - markers[index].start - page))
    near = is_near(second - markers[best].start, page, times=2)
    return [best, *later] if near or best == 0 else later


def _is_paged(text: str, chain: Sequence[Marker], seams: Sequence[Seam], numbers: set[int]) -> bool:
    """Judge a chain of running numbers: whether its lines break off, and evenly or in mid-word."""
    if len(chain) == 1:
        return _is_orphan(text, chain[0], seams[0], numbers)
    inner = seams[1:] if chain[0].number == 1 else seams
    cuts = [seam for seam in inner if seam.is_cut]
    whole = sum(seam.is_whole for seam in inner)
    if whole == 0 and _stands_above_headings(text, chain):
        return True
    if 2 * whole > len(cuts) or len(inner) - whole > 2 * len(cuts):
        return False
    likely = [seam for seam in cuts if seam.strength == CUT]
    certain = len(cuts) - len(likely)
    lengths = distances(chain)
    if len(lengths) > 1 and are_even(lengths) and (certain or are_equal(lengths)):
        return True
    return certain + count_pairs_elsewhere(text, likely) >= max(1, 0.3 * min(len(cuts), MOST_PAIRS))


def _stands_above_headings(text: str, chain: Sequence[Marker]) -> bool:
    """Return whether the first number opens the text and headings of a higher order stand below it.

    Items of a list stand below ``一、`` and begin anew behind ``二、``; none holds both.
    """
    first, second = chain[:2]
    if first.start > 0 or first.number != 1:
        return False
    headings = _HEADING.finditer(text, first.end, second.start)
    return sum(1 for _ in islice(headings, _FEWEST_HEADINGS)) == _FEWEST_HEADINGS


def _is_orphan(text: str, marker: Marker, seam: Seam, numbers: set[int]) -> bool:
    """Recognise the one page break of an excerpt: a number in mid-sentence that no list leads up to."""
    if marker.number < 2 or marker.number - 1 in numbers or marker.style != "、":
        return False
    return seam.strength == SURELY_CUT or (seam.strength == CUT and count_pairs_elsewhere(text, [seam]) == 1)


def _removed(text: str, marker: Marker, seam: Seam) -> RuledEdit:
    """Delete a running number, and the break before it unless a title or paragraph ends there."""
    if seam.is_whole or marker.number == 1:
        return (marker.start, marker.end, ""), "running_number"
    return joined(text, marker.start, marker.end), "running_number"
