"""Numbers that stand for a document by themselves: 根据国发〔2013〕4号文件."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pdtool.citations.cited_numbers import last_number
from pdtool.citations.named_place import NamedPlace, body_at_end
from pdtool.citations.wording import citation_data, form

__all__ = ["lone_numbers"]

_SIGN = re.compile("[号號](?<=[\\d一二三四五六七八九十百〇零A-Z \u3000].)")
"""The end of a number."""
_NUMBER_CHARS = 60
_LEAD_CHARS = 24
_BEGINS = "。；，、\n \u3000（("
"""Where a number may stand to which no word leads: at the beginning of a line or clause."""
_ENDS = ("，", "。", "；", "）", ")")


def lone_numbers(text: str, named: Sequence[NamedPlace], own: str) -> Iterator[NamedPlace]:
    """Yield the numbers that stand for a document by themselves.

    Args:
        text: The clean text.
        named: The titles in it, in order; their numbers are theirs.
        own: The number of the document itself.
    """
    at = 0
    for sign in _SIGN.finditer(text):
        least = max(0, sign.start() - _NUMBER_CHARS)
        line = max(text.rfind("\n", least, sign.start()) + 1, least)
        while at < len(named) and named[at].after <= sign.start():
            at += 1
        if at < len(named) and named[at].outer <= sign.start():
            continue
        begin = max(line, named[at - 1].after if at else 0)
        last = last_number(text, begin, sign.end())
        if last is None or last[1] != sign.end() or last[2] == own:
            continue
        if _stands_alone(text, begin, last[0], last[1]):
            yield NamedPlace(last[0], last[1], last[0], last[1], number=last[2])


def _stands_alone(text: str, begin: int, start: int, end: int) -> bool:
    """Return whether a number names a document by itself: words lead to it, or say that it is one."""
    behind = form("numbers", "behind_alone").match(text, end)
    before = text[max(begin, start - _LEAD_CHARS) : start]
    body = body_at_end(before)
    before = before[: len(before) - len(body)]
    if _leads_to_number().search(before) is not None:
        return behind is not None or text[end : end + 1] in _ENDS
    is_file = behind is not None and form("numbers", "is_file").match(text, end) is not None
    return is_file and (bool(body) or not before[-1:].strip(_BEGINS))


@cache
def _leads_to_number() -> re.Pattern[str]:
    return re.compile(rf"{citation_data()['numbers']['before_alone']}\Z")
