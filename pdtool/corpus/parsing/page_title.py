"""The title of a web page without the names of the column and the site behind it.

What a page calls itself is often ``TITLE-column-site``. Which part is the title is told by the page's own
first lines; where these say nothing, names of sites and columns at the end are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from pdtool.corpus.parsing.page_blocks import Block
from pdtool.data_files import data_toml

__all__ = ["page_titles", "title_among"]

# Blanks before a separator are looked at from the first of them alone: a long run of them is read once.
_SEPARATOR = re.compile(r"(?:(?<!\s)\s++)?(?:[_|｜»›丨]++|[-–—]++)\s*+")
_PLAIN = re.compile(r"[\s\u3000]+")
_WITNESSES = 40
"""Blocks from the top of the page that are compared with the title."""
_SHORTEST = 4
"""The fewest characters of a part of the title that a line of the page confirms."""


def page_titles(tree: Any) -> tuple[str, ...]:
    """Return what a page calls itself: the title of its article by its own word, and its title.

    Args:
        tree: The page, before it is prepared.
    """
    named = [
        meta.get("content", "") for meta in tree.iter("meta") if meta.get("name", "").casefold() in _metas()
    ]
    titles = ["".join(title.itertext()) for title in tree.iter("title")]
    return tuple(text for text in (" ".join(said.split()) for said in (*named[:1], *titles[:1])) if text)


def title_among(titles: Sequence[str | None], shown: Sequence[Block]) -> str | None:
    """Return the title of a page.

    Args:
        titles: What the page calls itself; see :func:`page_titles`. The last is what an extractor takes for
            its title.
        shown: What it shows.

    >>> page = [Block("关于植树的通知", ("关于植树的通知",)), Block("各区：", ("各区：",))]
    >>> title_among(("关于植树的通知_通知公告_某市人民政府",), page)
    '关于植树的通知'
    >>> title_among(("关于修路的意见-2021年版-某某网",), page)
    '关于修路的意见-2021年版'
    """
    said = [title for title in titles if title]
    known = {_plain(line) for block in shown[:_WITNESSES] for line in block.text.split("\n")}
    confirmed = (
        part
        for title in said
        for part in _runs(title)
        if _plain(part) in known and not _names().fullmatch(part)
    )
    return next(confirmed, None) or (_without_site(said[-1]) if said else None)


def _plain(text: str) -> str:
    return _PLAIN.sub("", text)


def _cuts(title: str) -> list[tuple[int, int]]:
    """Return the stretches between the separators of a title."""
    ends = [(match.start(), match.end()) for match in _SEPARATOR.finditer(title)]
    starts = [0, *(end for _, end in ends)]
    return list(zip(starts, [*(start for start, _ in ends), len(title)], strict=True))


def _runs(title: str) -> Iterator[str]:
    """Yield the parts of a title that begin and end at its separators, longer ones first."""
    cuts = _cuts(title)[:8]
    spans = {(start, end) for start, _ in cuts for _, end in cuts if end - start >= _SHORTEST}
    for start, end in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
        yield title[start:end]


def _without_site(title: str) -> str:
    """Return a title without the names of a site and its columns at the end."""
    cuts = _cuts(title)
    while len(cuts) > 1 and _names().fullmatch(title[slice(*cuts[-1])].strip()):
        cuts.pop()
    return title[: cuts[-1][1]]


@cache
def _forms() -> Mapping[str, Sequence[str]]:
    return data_toml("page_titles.toml")


@cache
def _metas() -> frozenset[str]:
    return frozenset(_forms()["metas"])


@cache
def _names() -> re.Pattern[str]:
    columns = "|".join(map(re.escape, _forms()["columns"]))
    return re.compile(rf".{{0,30}}(?:{'|'.join(_forms()['site_ends'])})|{columns}", re.IGNORECASE)
