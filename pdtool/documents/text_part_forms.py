"""How the parts beside a body are written: headings, labels and entries (``data/text_parts.toml``)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from pdtool.data_files import data_toml

__all__ = ["PartForms", "part_forms"]

_NUMBERING = (
    r"(?:[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[.．、]?|#{1,6})? ?"
)
"""What may stand before the heading of a part."""


@dataclass(frozen=True, slots=True)
class PartForms:
    """The patterns of ``data/text_parts.toml``, compiled."""

    headings: tuple[tuple[str, re.Pattern[str]], ...]
    labels: tuple[tuple[str, re.Pattern[str]], ...]
    sentences: tuple[tuple[str, re.Pattern[str]], ...]
    number: re.Pattern[str]
    mark: re.Pattern[str]
    source: re.Pattern[str]
    leaders: re.Pattern[str]
    page_ends: frozenset[str]
    signs: re.Pattern[str]


@cache
def part_forms() -> PartForms:
    """Return the forms that parts are known by."""
    data: dict[str, Any] = data_toml("text_parts.toml")
    headings = {kind: "|".join(forms) for kind, forms in data["headings"].items()}
    labels = {kind: "|".join(forms) for kind, forms in data["labels"].items()}
    sentences = {kind: "|".join(forms) for kind, forms in data["sentences"].items()}
    opening, closing = r"[\[【〔［(（<〈《*＊]{0,2}", r"[\]】〕］)）>〉》*＊]{0,2}"
    return PartForms(
        tuple(
            (kind, re.compile(rf"{_NUMBERING}{opening} ?(?:{forms}) ?{closing}(?P<colon> ?[:：])? ?"))
            for kind, forms in headings.items()
        ),
        tuple(
            (
                kind,
                re.compile(rf"{opening} ?(?:{forms}) ?(?:{closing} ?[:：]|[\]】〕］)）>〉》*＊]{{1,2}}) ?"),
            )
            for kind, forms in labels.items()
        ),
        tuple((kind, re.compile(forms)) for kind, forms in sentences.items()),
        re.compile(data["entries"]["number"]),
        re.compile(data["entries"]["mark"]),
        re.compile(data["entries"]["source"]),
        re.compile(rf"{data['contents']['leaders']}$"),
        frozenset(data["contents"]["page_ends"]),
        re.compile("|".join([*data["signs"], *_leader_signs(data["contents"])])),
    )


def _leader_signs(contents: dict[str, str]) -> Iterator[str]:
    """Yield the patterns of what dotted leaders have: two of their characters, or three with blanks."""
    tight, spaced = contents["leader_signs"], contents["spaced_leader_signs"]
    yield from (f"{re.escape(first)}[{tight}]" for first in tight)
    yield from (f"{re.escape(first)} [{spaced}] " for first in spaced)
