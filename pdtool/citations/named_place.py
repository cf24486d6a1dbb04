"""What stands at the name of a document: marks, brackets behind it, its number and date, who issued it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pdtool.citations.brackets import brackets_behind
from pdtool.citations.cited_numbers import number_at, number_before, numbers_in
from pdtool.citations.title_form import is_edition
from pdtool.citations.wording import citation_data, form
from pdtool.documents.dates import dates_in
from pdtool.documents.fields.field import field_data

__all__ = ["NamedPlace", "body_at_end", "issuer_before", "named_place"]

_OPENING = re.compile(r"(?:[《〈«「『]|<<|＜＜)\s*\Z")
_CLOSING = re.compile(r"\s*(?:[》〉»」』]|>>|＞＞)")
_MARK_CHARS = 6
"""Characters before a title among which its mark stands."""
_LONGEST_BRACKET = 200
_MOST_BRACKETS = 3
_NUMBER_CHARS = 40
_SENTENCE_CHARS = 80
_DATED = re.compile(r"\d{4}\s?年|[一二][〇○零九一二三四五六七八]{3}年")
_DATE_CHARS = 40
_ISSUER_CHARS = 40
_MOST_BODIES = 6
"""Bodies that issue a document jointly, at most."""
_CLAUSE_END = re.compile(r"[，,。；;：:\n]")


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """What stands at one title or number.

    Args:
        start: Where the name begins, without its marks.
        end: Where it ends.
        outer: Where its mark begins, or the number before it.
        after: The offset behind its mark and brackets.
        edition: What a bracket says of the edition.
        number: Its number.
        date: The date given with it.
    """

    start: int
    end: int
    outer: int
    after: int
    edition: str = ""
    number: str = ""
    date: str = ""


def named_place(text: str, span: tuple[int, int]) -> NamedPlace:
    """Return a title with what stands in the brackets behind it, and with the number before it."""
    opening = _OPENING.search(text, max(0, span[0] - _MARK_CHARS), span[0])
    outer = opening.start() if opening else span[0]
    closing = _CLOSING.match(text, span[1])
    after = closing.end() if closing else span[1]
    after, edition, number, date = _brackets(text, after)
    if not number:
        behind = number_at(text, after, min(len(text), after + _NUMBER_CHARS))
        if behind is not None and _is_beside(text, after, behind[0]):
            number, after = behind[2], behind[1]
    sentence = max(text.rfind(sign, max(0, outer - _SENTENCE_CHARS), outer) for sign in "。；\n》") + 1
    before = number_before(text, sentence, outer) if not number else None
    if before is not None:
        number = before[2]
    date = date or _date_before(text, sentence, outer)
    return NamedPlace(*span, before[0] if before else outer, after, edition, number, date)


def _brackets(text: str, after: int) -> tuple[int, str, str, str]:
    """Return the offset behind the brackets of a title, and the edition, number and date in them."""
    edition = number = date = ""
    for count, (start, end) in enumerate(brackets_behind(text, after, _LONGEST_BRACKET)):
        inside = text[start:end]
        plain = "".join(inside.partition("《")[0].split())
        found = next(numbers_in(plain, 0, len(plain)), None)
        if count >= _MOST_BRACKETS or not (found or is_edition(inside) or "称" in inside):
            break
        number = number or (found[2] if found else "")
        edition = edition or (inside if is_edition(inside) and not found else "")
        date = date or _date(inside)
        after = end + 1
    return after, edition, number, date


def _is_beside(text: str, after: int, start: int) -> bool:
    return start - after <= 1 and text[after:start].strip() == ""


def _date(inside: str) -> str:
    if not any(figure in inside for figure in "0123456789〇"):
        return ""
    days = [one.iso for one in dates_in(inside) if form("dates", "in_force").match(inside, one.end) is None]
    return max(days, default="")


def _date_before(text: str, start: int, end: int) -> str:
    """Return the date of a phrase like 2003年12月5日省政府公布的 before a title."""
    start = max(start, end - _DATE_CHARS)
    if text[max(0, end - 1) : end] != "的" or _DATED.search(text, start, end) is None:
        return ""
    days = [one for one in dates_in(text, start, end) if not _CLAUSE_END.search(text, one.end, end)]
    return days[-1].iso if days and form("dates", "acts").search(text, days[-1].end, end) else ""


@cache
def _body_forms() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what stands between bodies and a title, and the body at the end of a text."""
    data = citation_data()["bodies"]
    names = "|".join(sorted(field_data()["bodies"]["central"], key=len, reverse=True))
    return re.compile(rf"{data['acts']}\Z"), re.compile(rf"(?:{names}|{data['local']})\Z")


def body_at_end(text: str) -> str:
    """Return the body that a text ends with; empty if it ends with none.

    >>> body_at_end("根据国务院"), body_at_end("根据")
    ('国务院', '')
    """
    found = _body_forms()[1].search(text)
    return found[0] if found is not None else ""


def issuer_before(text: str, named: NamedPlace) -> str:
    """Return the bodies that stand right before a title; empty if none does."""
    start = max(0, named.outer - _ISSUER_CHARS)
    if not "\u4e00" <= text[max(0, named.outer - 1) : named.outer] <= "\u9fff":
        return ""
    for ending in _CLAUSE_END.finditer(text, start, named.outer):
        start = ending.end()
    acts, body = _body_forms()
    before = text[start : named.outer]
    act = acts.search(before)
    rest = before[: act.start()] if act is not None else before
    bodies: list[str] = []
    while len(bodies) < _MOST_BODIES and (found := body.search(rest)) is not None:
        bodies.insert(0, found[0])
        rest = rest[: found.start()].rstrip("、和及 ")
    return "".join("".join(bodies).split())
