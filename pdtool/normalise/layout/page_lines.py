"""Page lines: ``- 3 -``, ``第3页 共10页`` or a lone ``3`` on a line of its own, from the foot of a page.

The plainer the form, the more has to speak for it. ``第3页 共10页`` is a page number wherever it fills a
line. A lone ``3`` may as well be a score, a cell or the number of a verse: such numbers have to count up and
to cut sentences (``推进基层⏎3⏎治理现代化``).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial

from pdtool.late_patterns import late_pattern
from pdtool.normalise.layout.page_chains import (
    MOST_PAIRS,
    SHORTEST_PROSE,
    SURELY_CUT,
    Marker,
    RuledEdit,
    Seam,
    chains_of,
    count_pairs_elsewhere,
    distances,
    joined,
    seam_at,
    with_short_cuts,
)
from pdtool.normalise.layout.page_styles import CERTAIN_STYLES, is_plain, page_line_pattern
from pdtool.text.lines import ends_sentence, opens_paragraph

__all__ = ["SHORTEST_PAGE", "page_line_edits"]

SHORTEST_PAGE = 120
"""Characters between two page numbers whose form proves nothing by itself."""
_PARAGRAPH = 40
"""Characters of a line that is a paragraph if it ends a sentence."""
_counted = late_pattern(
    "[个個名人年月日号號时時分秒天周週期项項条條款章节節次家位件种種类類批级級层層万萬亿億千百元米吨噸度岁歲届屆户戶所处處座倍成份张張本台臺辆輛]"
)
"""What a number counts: ``3`` before ``个小区`` belongs to the sentence."""


def page_line_edits(flat: str) -> Iterator[RuledEdit]:
    r"""Find page numbers on lines of their own and mend what they cut.

    Args:
        flat: The text, page breaks as ``\n``.

    Yields:
        An edit for each page line, with both its breaks where it cuts a sentence.

    >>> list(page_line_edits("第一页的正文。\n第1页 共2页\n第二页的正文。"))
    [((8, 16, ''), 'page_of')]
    """
    groups: dict[str, list[Marker]] = defaultdict(list)
    for marker in _markers(flat):
        if marker.style in CERTAIN_STYLES:
            yield _removed(flat, marker, seam_at(flat, marker.start, marker.end))
        else:
            groups[marker.style].append(marker)
    for style, group in groups.items():
        seams = [seam_at(flat, marker.start, marker.end) for marker in group]
        chains = chains_of(group, seams, SHORTEST_PAGE if is_plain(style) else 1)
        for chain in _without_scattered(chains, style):
            markers = [group[index] for index in chain]
            around = with_short_cuts(flat, [seams[index] for index in chain])
            if _are_pages(flat, style, markers, around):
                yield from map(partial(_removed, flat), markers, around)


def _markers(flat: str) -> Iterator[Marker]:
    head = "\n" + flat[:128]
    at_top = page_line_pattern().match(head) if "\n" in flat[:128] else None
    if at_top and at_top.lastgroup:
        top = _marker(at_top, 0)
        yield top._replace(end=top.end - 1)
    for match in page_line_pattern().finditer(flat):
        if match.lastgroup:
            yield _marker(match, match.start() + 1)


def _marker(match: re.Match[str], start: int) -> Marker:
    # The number's group is the first within its style's, which closes last.
    return Marker(start, match.end(), int(match[(match.lastindex or 0) + 1]), str(match.lastgroup))


def _without_scattered(chains: Sequence[list[int]], style: str) -> Sequence[list[int]]:
    """Leave out plain numbers that stand alone where many do: figures of a table, each costing a search."""
    if not is_plain(style) or sum(len(chain) == 1 for chain in chains) <= MOST_PAIRS:
        return chains
    return [chain for chain in chains if len(chain) > 1]


def _are_pages(text: str, style: str, chain: Sequence[Marker], seams: Sequence[Seam]) -> bool:
    """Judge a chain of page lines: the plainer the form, the more sentences have to be cut."""
    cuts = [seam for seam in seams if seam.is_cut]
    if not is_plain(style):
        apart = len(chain) > 2 and min(distances(chain)) >= SHORTEST_PAGE
        return bool(cuts) or apart or _are_below_pages(chain, seams)
    if len(chain) == 1:
        return _is_single(text, seams[0])
    if len(cuts) == 1:
        return len(chain) < 4 and _is_single(text, cuts[0])
    return len(cuts) > 1 and 2 * len(cuts) >= len(seams)


def _are_below_pages(chain: Sequence[Marker], seams: Sequence[Seam]) -> bool:
    """Return whether numbers stand between paragraphs, each below as much text as its pages hold at least.

    The number of a chapter stands above its text: the first one below a title, if anything.
    """
    return all(
        marker.start >= marker.number * SHORTEST_PAGE
        and ends_sentence(seam.before)
        and len(seam.before) >= _PARAGRAPH
        and (opens_paragraph(seam.after) or len(seam.after.strip()) >= SHORTEST_PROSE)
        for marker, seam in zip(chain, seams, strict=True)
    )


def _is_single(text: str, seam: Seam) -> bool:
    """Return whether one plain number in a cut sentence is a page's: not if it counts what follows.

    ``共有⏎3⏎个小区`` is a sentence with a figure.
    """
    if not seam.is_cut or _counted().match(seam.after.lstrip()):
        return False
    return seam.strength == SURELY_CUT or count_pairs_elsewhere(text, [seam]) == 1


def _removed(text: str, marker: Marker, seam: Seam) -> RuledEdit:
    """Delete a page line, and the break before it where it cuts a sentence."""
    if seam.is_cut:
        return joined(text, marker.start, marker.end), marker.style
    following = text.find("\n", marker.end)
    if following >= 0:
        return (marker.start, following + 1, ""), marker.style
    return (max(0, marker.start - 1), len(text), ""), marker.style
