"""Running heads and feet: what stands at the top or foot of page after page, where pages are marked.

A form feed ends a page (PDFs, Word documents, printed plain text). A line that stands first or last on many
of them, apart from its digits, was printed on the page: ``政策研究 2023年第4期`` above every page of an
offprint. Bare page numbers are left to :mod:`pdtool.normalise.layout.page_markers`, which looks for them in
any text. Heads of a text without form feeds are known by the numbers beside them
(:mod:`pdtool.normalise.layout.numbered_heads`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pdtool.normalise.layout.numbered_heads import numbered_heads
from pdtool.normalise.layout.page_styles import page_signs
from pdtool.text.edits import Edits
from pdtool.text.lines import ends_sentence

__all__ = ["running_heads"]

_DEEP = 3
"""Lines from the top or foot that may be a head: journal, issue, article."""
_LONGEST = 80
"""Characters of the longest head, apart from its blanks."""
_MOST_PAGES = 10_000
"""Pages of the longest book."""
_SHORTEST_PAGE = 16
"""Characters that a page has at least on average where there are more: what is shorter is not a page."""
_FEWEST = 2
"""Pages that bear a running head."""
_FEW = 3
"""Pages that bear one: fewer must be most of all pages."""
_SHARE_OF_FEW = 0.6
"""Share of all pages that bear a head, where few do."""
_SHARE = 0.25
"""Share of a book's pages that bear a head: those on the left, on the right, or of one chapter."""
_NUMBER = re.compile(r"[\W\d_第页頁共Page]*", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_PAGE = re.compile("[^\f]+")


class _Line(NamedTuple):
    """A line at the edge of a page.

    Args:
        start: Offset of its first character in the text.
        end: Offset behind its last character.
        key: What it says apart from digits and blanks.
    """

    start: int
    end: int
    key: str


def running_heads(text: str) -> Edits:
    r"""Find the heads and feet of a text with pages.

    Args:
        text: Any text with ``\n`` as its line ends.

    Returns:
        Edits that delete them, with their line ends.

    >>> page = "政策研究 2023年第{}期\n第{}段正文，写到这里。\n"
    >>> text = "\f".join(page.format(4, number) for number in "一二三")
    >>> running_heads(text).apply(text)[0]
    '第一段正文，写到这里。\n\x0c第二段正文，写到这里。\n\x0c第三段正文，写到这里。\n'
    """
    breaks = text.count("\f")
    if not breaks:
        return Edits.of(text, numbered_heads(text) if page_signs(text).on_lines else [])
    if breaks > _MOST_PAGES and len(text) < _SHORTEST_PAGE * breaks:
        return Edits.of(text, [])
    pages = [match.span() for match in _PAGE.finditer(text) if not match[0].isspace()]
    spans = set[tuple[int, int]]()
    for edges in ([_top(text, *page) for page in pages], [_foot(text, *page) for page in pages]):
        spans.update(_recurring(edges))
    edits: list[tuple[int, int, str]] = []
    for span in sorted(spans):
        start, end = _with_end(text, *span)
        edits.append((max(start, edits[-1][1]) if edits else start, end, ""))
    return Edits.of(text, edits)


def _top(text: str, start: int, end: int) -> list[_Line]:
    """Return the first lines of a page that are more than a page number."""
    found: list[_Line] = []
    while start < end and len(found) < _DEEP:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        if not _NUMBER.fullmatch(text[start : min(stop, start + _LONGEST)]):
            found.append(_Line(start, stop, _key(text[start : min(stop, start + 2 * _LONGEST)])))
        start = stop + 1
    return found


def _foot(text: str, start: int, end: int) -> list[_Line]:
    """Return the last lines of a page that are more than a page number, the last first."""
    found: list[_Line] = []
    while end > start and len(found) < _DEEP:
        begin = text.rfind("\n", start, end) + 1 or start
        if not _NUMBER.fullmatch(text[begin : min(end, begin + _LONGEST)]):
            found.append(_Line(begin, end, _key(text[begin : min(end, begin + 2 * _LONGEST)])))
        end = begin - 1
    return found


def _key(line: str) -> str:
    return _DIGITS.sub("0", "".join(line.split()))


def _recurring(edges: Sequence[list[_Line]]) -> Iterator[tuple[int, int]]:
    """Yield the lines that recur at their depth; one deeper in the page only behind one that does."""
    live = list(edges)
    for depth in range(_DEEP):
        at_depth = [lines[depth] for lines in live if len(lines) > depth]
        counts = Counter(line.key for line in at_depth)
        heads = {key for key, count in counts.items() if _is_head(key, count, len(edges))}
        live = [lines for lines in live if len(lines) > depth and lines[depth].key in heads]
        yield from ((lines[depth].start, lines[depth].end) for lines in live)


def _is_head(key: str, count: int, pages: int) -> bool:
    often = count >= _SHARE_OF_FEW * pages if count < _FEW else count >= _SHARE * pages
    return count >= _FEWEST and often and len(key) <= _LONGEST and not ends_sentence(key)


def _with_end(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a line with the line end behind it or, at a page's foot, before it."""
    if end < len(text) and text[end] == "\n":
        return start, end + 1
    return (start - 1, end) if start and text[start - 1] == "\n" else (start, end)
