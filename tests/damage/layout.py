"""Damage to the page: wraps, spaces, page markers, site furniture."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from tests.damage.tracked import Tracked, dirt, invented, join

__all__ = ["crlf", "furnish", "hard_wraps", "page_markers", "sites", "spaced"]

_DATA = Path(__file__).parent / "data"
_PAGE_CHARACTERS = (380, 900)
_NUMBER = re.compile(r"\d{2,}")
_STYLES: tuple[Callable[[int, int], str], ...] = (
    lambda page, _: f"\n{page}、",
    lambda page, _: f"\n- {page} -\n",
    lambda page, pages: f"\n第 {page} 页 共 {pages} 页\n",
    lambda page, _: f"\n— {page} —\n\f",
    lambda page, _: f"\n\n·{page}·\n\n",
    lambda page, pages: f"\n{page}/{pages}\n",
    lambda page, _: f"\n{page}\n",
    lambda page, _: f"\n第{page}页\n",
)


def hard_wraps(text: Tracked, width: int, indent: str = "", end: str = "\n") -> Tracked:
    """Break every paragraph after ``width`` characters.

    Args:
        text: A paragraph a line.
        width: Characters a line.
        indent: What the first line of each paragraph begins with.
        end: The line end.
    """
    return join(
        (
            join([invented(indent), join(paragraph.split(range(width, len(paragraph), width)), end)])
            for paragraph in text.paragraphs()
        ),
        end,
    )


def crlf(text: Tracked) -> Tracked:
    """Write line ends as Windows does."""
    return text.replaced(
        (place, place + 1, invented("\r\n")) for place, char in enumerate(text.text) if char == "\n"
    )


def spaced(text: Tracked, rng: Random, rate: float, space: str = " ") -> Tracked:
    """Put ``space`` behind a share of ``rate`` of the characters, line ends excepted."""
    return text.replaced(
        (place, place, invented(space))
        for place in range(1, len(text))
        if not (text.text[place - 1] + text.text[place]).isspace() and rng.random() < rate
    )


def _page_ends(text: str, rng: Random) -> Iterator[int]:
    """Yield where pages end: anywhere, and inside a number when one is near."""
    place = rng.randint(*_PAGE_CHARACTERS)
    while place < len(text) - 1:
        number = _NUMBER.search(text, place, place + 40)
        yield number.start() + 1 if number else place
        place += rng.randint(*_PAGE_CHARACTERS)


def page_markers(text: Tracked, rng: Random) -> Tracked:
    """Print page numbers in one style, wherever a page happens to end."""
    style = rng.choice(_STYLES)
    ends = list(_page_ends(text.text, rng))
    first = rng.choice((1, 1, 2, 75))
    pages = first + len(ends)
    return text.replaced((end, end, dirt(style(page, pages))) for page, end in enumerate(ends, start=first))


@cache
def sites() -> tuple[dict[str, Any], ...]:
    """Return the invented sites with what each prints around a document."""
    furniture = tomllib.loads((_DATA / "furniture.toml").read_text(encoding="utf-8"))
    return tuple(furniture["site"])


def _details(title: str, rng: Random) -> dict[str, str | int]:
    return {
        "title": title,
        "views": rng.randint(3, 9999),
        "date": f"{rng.randint(2012, 2025)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}",
        "user": rng.choice(["wenmi_2008", "青青草", "管理员", "李编辑", "u83127", "落花生"]),
        "code": rng.randint(10_000_000, 99_999_999),
        "page": rng.randint(2, 60),
    }


def furnish(text: Tracked, rng: Random, site: dict[str, Any]) -> Tracked:
    """Print a site's head, foot and interjected lines around and into a document.

    Args:
        text: A paragraph a line; the first is the title.
        rng: Where dates, counts and places come from.
        site: One of :func:`sites`.
    """
    paragraphs = text.paragraphs()
    details = _details(paragraphs[0].text if paragraphs else "无题", rng)

    def block(kind: str) -> list[Tracked]:
        return [dirt(line.format_map(details)) for line in site[kind]]

    body: list[Tracked] = []
    for paragraph in paragraphs:
        body.append(paragraph)
        if site["inside"] and rng.random() < 0.15:
            body.append(dirt(rng.choice(site["inside"]).format_map(details)))
    return join([*block("head"), *body, *block("foot")], "\n")
