"""What is known of a named document: its kind, who issued it, at which level."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from pdtool.citations.mention import Mention, Profile
from pdtool.citations.title_form import title_form
from pdtool.citations.wording import citation_data, form
from pdtool.documents.fields.field import field_data
from pdtool.documents.fields.issuers import issuers_in, level_of, level_of_place
from pdtool.documents.fields.kinds_of_text import genre_of_title

__all__ = ["CitedFacts", "cited_facts"]

_KNOWN = 1 << 16
"""Titles whose kind is remembered."""
_FIRST_SURE = ("法", "报刊", "文书")
"""Kinds that are told before those of official documents: 起诉意见书 is no 意见."""


@dataclass(frozen=True, slots=True)
class CitedFacts:
    """What is known of a named document.

    Args:
        genre: Its kind; empty if its title says none.
        issuers: The bodies that issued it.
        level: The level of the first, or of the place its title begins with.
        date: When it was issued.
    """

    genre: str
    issuers: tuple[str, ...]
    level: str
    date: str


def cited_facts(mention: Mention, found: Profile | None) -> CitedFacts:
    """Return what is known of what a mention names.

    Args:
        mention: The mention.
        found: The document that it means, if that is in the corpus.
    """
    genre = genre_of_cited(mention.title)
    issuers = found.issuers if found is not None and found.issuers else _issuers(mention)
    level = found.level if found is not None else ""
    if not level:
        level = next(filter(None, map(level_of, issuers)), "") or _level_of_title(mention.title)
    date = mention.date or (found.date if found is not None else "")
    return CitedFacts(genre or (found.genre if found is not None else ""), issuers, level, date)


@lru_cache(maxsize=_KNOWN)
def genre_of_cited(title: str) -> str:
    """Return the kind of a title in marks.

    >>> [genre_of_cited(one) for one in ("某县水源条例", "文汇报", "采伐许可证", "统计公报", "红楼梦")]
    ['条例', '报刊', '文书', '公报', '']
    >>> genre_of_cited("中华人民共和国民法典"), genre_of_cited("预算法")
    ('法', '法')
    """
    key = title_form(title)
    bare = (
        title
        if not key.edition and not key.date
        else re.sub(r"[（(【〔][^（()）]{1,40}[)）】〕]$", "", title)
    )
    kinds = _kinds()
    first = next((kind for kind in _FIRST_SURE if kinds[kind].search(bare)), "")
    if first:
        return first
    genre = genre_of_title(title, official=True)[0]
    return genre or next((kind for kind, pattern in kinds.items() if pattern.search(bare)), "")


@cache
def _kinds() -> dict[str, re.Pattern[str]]:
    return {kind: re.compile(pattern) for kind, pattern in citation_data()["kinds"].items()}


def _issuers(mention: Mention) -> tuple[str, ...]:
    """Return who issued a document, by the words before its title, by its title or by its number."""
    for named in (mention.issuer, title_form(mention.title).issuer if mention.title else ""):
        if named:
            spans = issuers_in(named, 0, len(named))
            return tuple(named[start:end] for start, end in spans) or (named,)
    if form("passed", "law").search(mention.title):
        return (citation_data()["passed"]["law_issuer"],)
    return _by_number(mention.number)


@lru_cache(maxsize=_KNOWN)
def _by_number(number: str) -> tuple[str, ...]:
    """Return who gives a number.

    >>> _by_number("国办发〔2021〕12号"), _by_number("财税〔2018〕32号"), _by_number("教育部令第41号")
    (('国务院办公厅',), ('财政部', '国家税务总局'), ('教育部',))
    """
    codes: dict[str, list[str]] = citation_data()["issuers"]
    code = max((one for one in codes if number.startswith(one)), key=len, default="")
    if code:
        return tuple(codes[code])
    body = re.match(r"([\u4e00-\u9fff]{2,20}?)(?:令|公告)", number)
    return (body[1],) if body and body[1] in field_data()["bodies"]["central"] else ()


@lru_cache(maxsize=_KNOWN)
def _level_of_title(title: str) -> str:
    return level_of_place(title)[0] if title else ""
