"""Names of laws that stand in 「」 or in no marks at all: 依公務人員任用法第十七條.

They are read where what leads to them and what follows say that a law is meant; bare names only in a text
that has no title of a law in 《》.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pdtool.citations.title_marks import marked_titles
from pdtool.citations.wording import citation_data, form

__all__ = ["all_titles"]

_LEAD_CHARS = 8
_IN_ROW = 4
"""Characters between two names in 「」 below which one leads to the other: 「甲办法」及「乙要点」."""

Stretch = tuple[int, int]


def all_titles(text: str) -> list[Stretch]:
    """Return the titles and names of a text, in order, none overlapping another.

    >>> text = "依「某作业要点」办理，违反公务人员任用法第三条者，依本法第五条处罚。"
    >>> [text[slice(*one)] for one in all_titles(text)]
    ['某作业要点', '公务人员任用法']
    """
    marked = marked_titles(text)
    others = list(_quoted(text)) if "「" in text or "『" in text else []
    of_law = form("names", "of_law")
    if not any(of_law.search(text, start, end) for start, end in marked):
        others += _bare(text)
    return _apart(marked, others) if others else marked


def _apart(marked: Sequence[Stretch], others: Sequence[Stretch]) -> list[Stretch]:
    """Return titles in order; of two that overlap the one in 《》, else the first."""
    found = list(marked)
    last = -1
    taken = sorted(marked)
    at = 0
    for start, end in sorted(others):
        while at < len(taken) and taken[at][1] <= start:
            at += 1
        if start >= last and (at == len(taken) or taken[at][0] >= end):
            found.append((start, end))
            last = end
    return sorted(found)


def _quoted(text: str) -> Iterator[Stretch]:
    """Yield the names in 「」."""
    leads, follows = form("names", "quoted_leads"), form("names", "follows")
    last = -_IN_ROW
    for found in form("names", "quoted").finditer(text):
        before = text[max(0, found.start() - _LEAD_CHARS) : found.start()]
        is_led = leads.search(before) is not None or found.start() - last < _IN_ROW
        if is_led or follows.match(text, found.end()) is not None:
            last = found.end()
            yield found.span("name")


@cache
def _bare_name() -> re.Pattern[str]:
    data = citation_data()["names"]
    name = rf"(?P<name>(?!{data['not_first']})[\u4e00-\u9fff（）()]{{1,30}}?{data['ends']})"
    return re.compile(rf"(?:{data['leads']}){name}(?={data['follows']})")


def _bare(text: str) -> Iterator[Stretch]:
    """Yield the names without marks behind a word that leads to a law."""
    inside = form("names", "not_inside")
    for found in _bare_name().finditer(text):
        if inside.search(found["name"]) is None:
            yield from _each(text, *found.span("name"))


def _each(text: str, start: int, end: int) -> Iterator[Stretch]:
    """Yield the names that are joined in a stretch: 医疗法及医师法; not 其施行条例, which names none."""
    ending = re.compile(rf"{citation_data()['names']['ends']}\Z")
    for found in form("names", "joins").finditer(text, start, end):
        if ending.search(text[start : found.start()]) is not None:
            yield start, found.start()
            start = end if found[0].endswith("其") else found.end()
    if start < end:
        yield start, end
