"""A title as it is looked up: its name folded, apart from the edition and from who issued it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pdtool.citations.wording import form
from pdtool.documents.dates import dates_in
from pdtool.documents.official_head import issuer_of_title
from pdtool.text.code_points import decode
from pdtool.text.fold import fold

__all__ = ["TitleForm", "folded", "title_form"]

_KNOWN = 1 << 16
"""Titles whose forms are remembered."""
_REPUBLIC = "中华人民共和国"
_BRACKET_END = re.compile(r"\s*[（(【〔\[](?P<inside>[^（()）【】〔〕\[\]]{1,40})[)）】〕\]]$")
_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d)")
_RANGE = re.compile(r"(?:19|20)\d\d\s*年?\s*(?:[-—–－~～]+|至|到)\s*(?:19|20)\d\d")
"""2020—2035年 is what a plan is for, and a part of its name."""


@dataclass(frozen=True, slots=True)
class TitleForm:
    """What a title is known by.

    Args:
        key: Its folded characters without the edition and without 中华人民共和国 before it.
        topic: The same without the body that it begins with; equal to ``key`` if it begins with none.
        issuer: That body; empty if there is none.
        edition: ``trial``, ``draft``, ``amended`` or nothing.
        date: The date that the edition names, ``2019`` or ``2019-04-23``; empty if none.
    """

    key: str
    topic: str
    issuer: str
    edition: str
    date: str


def folded(text: str) -> str:
    """Return the folded characters of a short text.

    >>> folded("《關於 發佈〈甲〉的通知》")
    '关于发布甲的通知'
    """
    return decode(fold(text).codes)


@lru_cache(maxsize=_KNOWN)
def title_form(title: str, behind: str = "") -> TitleForm:
    """Return what a title is known by.

    Args:
        title: The title in one line.
        behind: What a bracket behind it says of the edition.

    >>> title_form("中华人民共和国某法（2019年修正）")
    TitleForm(key='某法', topic='某法', issuer='', edition='amended', date='2019')
    >>> found = title_form("某县人民政府关于水源的意见", "试行")
    >>> found.topic, found.issuer, found.edition
    ('关于水源的意见', '某县人民政府', 'trial')
    """
    base, said = title.strip(), [behind] if behind else []
    while (found := _BRACKET_END.search(base)) is not None and found.start():
        if not is_edition(found["inside"]):
            break
        said.append(found["inside"])
        base = base[: found.start()]
    issuer = issuer_of_title(base)
    key = _without_republic(folded(base))
    topic = folded(base[len(issuer) :]) if issuer else key
    return TitleForm(key, topic, "".join(issuer.split()), *_edition(said))


def is_edition(inside: str) -> bool:
    """Return whether a bracket says which edition is meant.

    >>> [is_edition(one) for one in ("试行", "2019年修订", "2020-05-14", "2020-2035年", "国发〔2013〕4号")]
    [True, True, True, False, False]
    """
    if "号" in inside or "称" in inside or _RANGE.search(inside) is not None:
        return False
    return form("editions", "mark").search(inside) is not None or _YEAR.match(inside) is not None


def _without_republic(key: str) -> str:
    return key[len(_REPUBLIC) :] if key.startswith(_REPUBLIC) and len(key) > len(_REPUBLIC) + 1 else key


def _edition(said: list[str]) -> tuple[str, str]:
    words = " ".join(said)
    day = next(dates_in(words), None)
    year = _YEAR.search(words)
    mark = ""
    if form("editions", "draft").search(words):
        mark = "draft"
    elif form("editions", "trial").search(words):
        mark = "trial"
    elif form("editions", "mark").search(words):
        mark = "amended"
    return mark, day.iso if day is not None else year["year"] if year else ""
