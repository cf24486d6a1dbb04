"""Numbers of official documents: 国办发〔2021〕4号, 国务院令第675号."""

from __future__ import annotations

import re
from functools import cache

from pdtool.documents.fields.field import field_data
from pdtool.documents.fields.issuers import issuers_in
from pdtool.late_patterns import late_pattern

__all__ = ["canonical_number", "number_alone", "number_in", "year_of_number"]

_opening = late_pattern(r"[\[［(（【﹝](?=(?:19|20)?\d\d\s?年?[\]］)）】﹞〕])")
_closing = late_pattern(r"(?<=[〔\[［(（【﹝]\d\d)[\]］)）】﹞]|(?<=[〔\[［(（【﹝]\d\d\d\d)[\]］)）】﹞]")
_ends_number = late_pattern(
    r"[号號](?:(?<=[\dA-Z一二三四五六七八九十百〇零][号號])|(?<=[\dA-Z一二三四五六七八九十百〇零]\s[号號]))"
)
"""How every number ends: 编号 and 符号 end none."""
_NARROW = str.maketrans("０１２３４５６７８９", "0123456789")
_REPUBLIC = "中华人民共和国"
"""What the orders of central bodies begin with and nobody writes."""
_year = late_pattern(r"[〔\[(](?P<year>(?:19|20)\d\d)[〕\])]|公告(?P<year2>20\d\d)年")


@cache
def _forms() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """Return the forms of numbers, each behind the pattern of the characters of which it has one."""
    forms = field_data()["numbers"]["forms"]
    return tuple((re.compile(f"[{re.escape(signs)}]"), re.compile(form)) for signs, form in forms)


@cache
def _beside() -> re.Pattern[str]:
    return re.compile(rf"(?:{field_data()['numbers']['beside']})*")


def number_in(text: str, start: int = 0, end: int | None = None) -> tuple[int, int] | None:
    """Return the half-open offsets of the first number of a document; ``None`` if there is none."""
    end = len(text) if end is None else end
    if text.find("号", start, end) < 0 and text.find("號", start, end) < 0:
        return None
    if _ends_number().search(text, start, end) is None:
        return None
    found = (
        form.search(text, start, end)
        for signs, form in _forms()
        if signs.search(text, start, end) is not None
    )
    return min((match.span() for match in found if match is not None), default=None)


def number_alone(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the number that a line holds beside nothing but a date, a bracket or who signed.

    >>> number_alone("（国发〔2021〕4号）", 0, 12), number_alone("转发国发〔2021〕4号", 0, 13)
    ((1, 11), None)
    """
    found = number_in(text, start, end)
    if found is None or text[found[0] : found[1]].startswith(tuple(field_data()["numbers"]["cited"])):
        return None
    before, behind = text[start : found[0]].strip(), text[found[1] : end].strip()
    if not _beside().fullmatch(behind):
        return None
    if _beside().fullmatch(before):
        return found
    # 财政部 税务总局公告2021年第12号: all who give it are a part of it.
    joint = issuers_in(text, start, found[0]) if "公告" in text[slice(*found)] else []
    return (joint[0][0], found[1]) if joint else None


def canonical_number(number: str) -> str:
    """Return a number as the standard writes it: the year in 〔〕, figures narrow, no blanks.

    >>> canonical_number("国办发 [２０２１] 4 号"), canonical_number("中华人民共和国国务院令 第675号")
    ('国办发〔2021〕4号', '国务院令第675号')
    """
    narrow = "".join(number.split()).translate(_NARROW)
    closed = _closing().sub("〕", narrow)
    return _opening().sub("〔", closed).removeprefix(_REPUBLIC)


def year_of_number(number: str) -> str:
    """Return the year that a number names, empty if it names none.

    >>> year_of_number("国办发〔2021〕4号"), year_of_number("国务院令第675号")
    ('2021', '')
    """
    found = _year().search(number)
    return (found["year"] or found["year2"]) if found else ""
