"""The number of a document that is named: behind its title, before it, or in place of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pdtool.citations.wording import citation_data, form
from pdtool.documents.fields.doc_numbers import canonical_number, number_in
from pdtool.documents.fields.field import field_data

__all__ = ["CitedNumber", "last_number", "number_at", "number_before", "numbers_in"]

CitedNumber = tuple[int, int, str]
"""The half-open offsets of a number, and the number as the standard writes it."""
_BEFORE = 60
"""Characters before a title among which its number stands."""
_SIGNS = re.compile("[号號]|[A-Z]{2,5}")
_CODE = re.compile(r"(?P<code>[\u4e00-\u9fffA-Za-z（()）]*?)[ ]?(?:[〔［\[(（【﹝]\s?\d{2,4}|令|公告)")
_DAY = re.compile(r"\d\s?日|\d\s?年")
_DASHES = re.compile("[—–－-]+")
_BEFORE_FIGURES = re.compile(r"([A-Z])(?=\d)")
_BRACKETS = ("〔", "［", "[", "(", "（", "【", "﹝")
_LEAST_CODE = 2
_JOINT_CHARS = 60
"""Characters before an order among which those stand who give it jointly."""


def numbers_in(text: str, start: int, end: int) -> Iterator[CitedNumber]:
    """Yield the numbers of documents and of standards in a stretch of a text, in order.

    >>> [one for _, _, one in numbers_in("根据国务院令第9号和财政部第3号令、GB/T 9704-2012", 0, 36)]
    ['国务院令第9号', '财政部令第3号', 'GB/T 9704-2012']
    """
    while start < end:
        found = _first(text, start, end)
        if found is None:
            return
        yield found
        start = found[1]


def number_at(text: str, start: int, end: int) -> CitedNumber | None:
    """Return the number that a stretch begins with, behind blanks; ``None`` if it does not."""
    found = _first(text, start, end)
    return found if found is not None and not text[start : found[0]].strip() else None


def last_number(text: str, start: int, end: int) -> CitedNumber | None:
    """Return the last number of a stretch; ``None`` if it has none."""
    return max(numbers_in(text, start, end), default=None)


def number_before(text: str, start: int, title: int) -> CitedNumber | None:
    """Return the number right before a title.

    Args:
        text: The clean text.
        start: Where the sentence begins.
        title: Where the mark of the title stands.

    >>> text = "以国务院令第675号公布的《某条例》"
    >>> number_before(text, 0, text.index("《"))[2]
    '国务院令第675号'
    """
    start = max(start, title - _BEFORE)
    if _SIGNS.search(text, start, title) is None:
        return None
    last = last_number(text, start, title)
    between = form("numbers", "between")
    return last if last is not None and between.fullmatch(text, last[1], title) else None


def _first(text: str, start: int, end: int) -> CitedNumber | None:
    """Return the first number of a stretch."""
    if _SIGNS.search(text, start, end) is None:
        return None
    found = list(filter(None, (_official(text, start, end), _turned(text, start, end))))
    standard = form("numbers", "standard").search(text, start, end)
    if standard is not None:
        found.append((*standard.span(), _standard(standard[0])))
    return min(found, default=None)


def _standard(number: str) -> str:
    """Return the number of a standard in one form: ``GB/T9704—2012`` is ``GB/T 9704-2012``."""
    plain = _DASHES.sub("-", "".join(number.split()).replace("／", "/"))
    return _BEFORE_FIGURES.sub(r"\1 ", plain, count=1)


def _official(text: str, start: int, end: int) -> CitedNumber | None:
    found = number_in(text, start, end)
    if found is None:
        return None
    begin = _code_start(text, *found)
    return begin, found[1], canonical_number(text[begin : found[1]])


def _turned(text: str, start: int, end: int) -> CitedNumber | None:
    found = form("numbers", "turned").search(text, start, end)
    if found is None:
        return None
    begin = _code_start(text, found.start("body"), found.end("body"))
    body = text[begin : found.end("body")]
    return begin, found.end(), canonical_number(f"{body}令第{found['number']}号")


@cache
def _words_before() -> tuple[re.Pattern[str], ...]:
    data = citation_data()["numbers"]
    central = sorted(field_data()["bodies"]["central"], key=len, reverse=True)
    names = "|".join(central)
    bodies = f"{data['before_code_bodies']}|{names}"
    return (
        re.compile(data["before_code"]),
        re.compile(bodies),
        re.compile(rf"(?:{data['leading']})+"),
        re.compile(rf"(?:(?:{names})[、 ])+\Z"),
    )


def _code_start(text: str, start: int, end: int) -> int:
    """Return where a number begins: words that lead to it, days and the body that gave it are no part."""
    code = _CODE.match(text, start, end)
    stop = code.end("code") if code else end
    words, bodies, leading, joint = _words_before()
    if text[start] in "日年" and text[max(0, start - 2) : start].strip()[-1:].isdecimal():
        start += 1
    is_order = code is None or not text[stop:end].lstrip().startswith(
        ("〔", "［", "[", "(", "（", "【", "﹝")
    )
    for pattern in (words, _DAY) if is_order else (words, _DAY, bodies):
        for found in pattern.finditer(text, start, stop):
            if stop - found.end() >= _LEAST_CODE:
                start = found.end()
    lead = leading.match(text, start, stop)
    begin = lead.end() if lead is not None and stop - lead.end() >= _LEAST_CODE else start
    others = joint.search(text, max(0, begin - _JOINT_CHARS), begin) if is_order else None
    return others.start() if others is not None else begin
