"""Fields that stand above a text without a label: title, byline, abstract, the day under the title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from pdtool.documents.dates import YEAR_STARTS, DateSpan, date_pattern, dates_in
from pdtool.documents.fields.field import Field, Origin, field_data, grade_of
from pdtool.documents.fields.head_text import LONGEST_HEAD, HeadText
from pdtool.documents.fields.index_table import SiteHead
from pdtool.documents.front_matter import declared_keywords
from pdtool.documents.front_matter_forms import front_matter_words
from pdtool.documents.metadata import span_value
from pdtool.documents.text_parts import TextLine
from pdtool.documents.title_block import is_author
from pdtool.late_patterns import late_pattern

__all__ = ["head_fields", "site_fields"]

_HEAD = Origin.HEAD
_SAID_BY_SPANS = frozenset({"author", "affiliation", "abstract", "keywords", "english_keywords"})
"""Kinds of front matter that are fields."""
_names = late_pattern(r"[^\s,，、;；]+(?: [^\s,，、;；](?=[\s,，、;；]|$))?")
"""A name; one of two characters may be set wide."""
_SHORTEST_RUN, _LONGEST_RUN = 4, 12
"""Characters of names without a separator."""
_SHORT = 90
"""Characters of a line under a title at most."""
_DAY_LINES = 6
"""Lines under a title among which its day stands."""
_OFFICE_LINES = 4
"""Likewise who speaks."""
_SITE_LINES = 40
"""Lines of the head of a site at most."""
_AGAIN_CHARS = 600
"""Characters below within which a site says a title again."""
_SENT = ("日电", "日讯")
"""What every line has in which an agency says what it sends."""
_SHARED_BY = "》由会员"
"""What stands behind a title that a site says again."""
_SAID_AGAIN = 0.85
"""How sure a title is that a site says again above a text."""
_LONGEST_BAR = 200
"""Characters of the longest line in which a site says when it published a text."""
_timed_day = late_pattern(
    r"(?<!\S)(?:19|20)\d{2}(?:[-/.]\d{1,2}[-/.]\d{1,2}|年\d{1,2}月\d{1,2}日)\s{1,3}\d{1,2}[:：]\d{2}(?::\d{2})?(?!\S)"
)
"""A day and the time, set off by blanks, which no author writes so."""
_BRACKETS = " \t\u3000（）()—–─-"
_AROUND_LINE = f"{_BRACKETS}\r"
"""What may stand around a line of a site."""
_AROUND_DAY = f"{_BRACKETS}\r\x0b\x0c\xa0"
"""What may stand before a day in its line, other blanks than those of clean text among it."""
_YEAR_SIGNS = frozenset(YEAR_STARTS)


def head_fields(head: HeadText) -> list[Field]:
    """Return what stands above the clean text."""
    fields = []
    if head.title_spans:
        origin = Origin.LAYOUT if head.is_official else _HEAD
        start, end = head.title_spans[0][0], head.title_spans[-1][1]
        fields.append(Field("title", head.title, origin, grade_of("title", origin), start, end))
    if not head.kinds.isdisjoint(_SAID_BY_SPANS):
        fields += _labelled(head)
    if _may_hold_day(head):
        fields += _days(head)
    if _may_name_speaker(head):
        fields += _office(head)
    return fields


def _labelled(head: HeadText) -> Iterator[Field]:
    """Yield what spans of the front matter say beside the title."""
    text = head.text
    for kind, name in (("author", "authors"), ("affiliation", "affiliation"), ("abstract", "abstract")):
        for start, end in head.of_kind(kind):
            yield from _named(text, kind, name, start, end)
    for start, end in head.of_kind("keywords", "english_keywords")[:1]:
        for keyword in declared_keywords(text, [("keywords", start, end)]):
            at = text.find(keyword, start, end)
            yield Field("keywords", keyword, _HEAD, grade_of("keywords", _HEAD), *_cut(at, keyword))


def _named(text: str, kind: str, name: str, start: int, end: int) -> Iterator[Field]:
    """Yield the values of a span, each author by itself."""
    value = span_value(kind, text[start:end])
    pieces = [value]
    if name == "authors":
        pieces = [one for match in _names().finditer(value) for one in names_apart(match[0])]
    offset = start
    for piece in filter(None, pieces):
        at = text.find(piece, offset, end)
        sure = grade_of(name, _HEAD)
        if at >= 0:
            offset = at + len(piece)
        yield Field(
            name, piece.replace(" ", "") if name == "authors" else piece, _HEAD, sure, *_cut(at, piece)
        )


def names_apart(run: str) -> tuple[str, ...]:
    """Return the names that stand in a run without a separator, if it can be divided in one way only.

    >>> names_apart("余继军何伟"), names_apart("陈高杰王芳"), names_apart("欧阳晓华")
    (('余继军', '何伟'), ('陈高杰', '王芳'), ('欧阳晓华',))
    """
    if not _SHORTEST_RUN <= len(run) <= _LONGEST_RUN:
        return (run,)
    ways = list(islice(_divisions(run, 0), 2))
    return ways[0] if len(ways) == 1 else (run,)


def _divisions(run: str, start: int) -> Iterator[tuple[str, ...]]:
    """Yield the ways to divide a run into names: a surname and one or two characters."""
    if start == len(run):
        yield ()
        return
    people = front_matter_words()["people"]
    compound = run[start : start + 2] in people["compound_surnames"]
    if not compound and run[start] not in people["surnames"]:
        return
    first = start + (2 if compound else 1)
    for end in (first + 1, first + 2):
        if end <= len(run):
            yield from ((run[start:end], *rest) for rest in _divisions(run, end))


def _cut(at: int, value: str) -> tuple[int, int]:
    return (at, at + len(value)) if at >= 0 else (-1, -1)


@cache
def _beside_day() -> tuple[re.Pattern[str], re.Pattern[str]]:
    data = field_data()["head"]
    return re.compile(data["around"]), re.compile(data["occasion"])


def _may_hold_day(head: HeadText) -> bool:
    """Return whether one of the lines under a title begins with a year: most titles stand above text."""
    if head.lines_below[0].rstrip().endswith("。"):
        return False
    return not _YEAR_SIGNS.isdisjoint([line.lstrip(_AROUND_DAY)[:2] for line in head.lines_below])


def _days(head: HeadText) -> Iterator[Field]:
    """Yield the day that stands under a title, alone or with the occasion of a speech."""
    around, occasion = _beside_day()
    for line in islice(head.lines_below_title, _DAY_LINES):
        if not _is_short(line):
            return
        inner = line.plain.strip(_BRACKETS)
        match = date_pattern().match(inner) if inner.startswith(YEAR_STARTS) else None
        if match is None or not match["month"]:
            continue
        rest = inner[match.end() :].strip()
        if rest and not around.fullmatch(rest) and not occasion.fullmatch(rest):
            continue
        day = next(dates_in(head.text, line.start, line.end), None)
        if day is not None:
            sure = grade_of("date", _HEAD)
            yield Field("date", day.iso, _HEAD, sure, day.start, day.end)
            yield Field("year", day.iso[:4], _HEAD, sure, *day.year)
            return


def _is_short(line: TextLine) -> bool:
    """Return whether a line is short and no sentence, as those between a title and a text are."""
    return len(line.plain) <= _SHORT and not line.plain.endswith("。")


@cache
def _office_pattern() -> re.Pattern[str]:
    return re.compile(field_data()["head"]["office"])


def _may_name_speaker(head: HeadText) -> bool:
    """Return whether a short line under a title may say who speaks: most have no blank within."""
    for line in head.lines_below[:_OFFICE_LINES]:
        has_blank = len(line) <= _SHORT and len(line.split(maxsplit=1)) > 1
        if has_blank and _office_pattern().fullmatch(line.rstrip()) is not None:
            return True
    return False


def _office(head: HeadText) -> Iterator[Field]:
    """Yield who gave a report or a speech: 国务院总理 李克强."""
    if not head.title_spans or head.title.endswith(("令", "公告")):
        return  # who signs an order is not its author
    for at, raw in _lines_of_office(head.text, head.below):
        found = _office_pattern().fullmatch(raw)
        if found is not None:
            name = "".join(found["name"].split())
            start, end = (at + offset for offset in found.span("name"))
            yield Field("authors", name, _HEAD, grade_of("authors", _HEAD), start, end)
            return


def _lines_of_office(text: str, start: int) -> Iterator[tuple[int, str]]:
    """Yield the first lines from an offset on in which an office and a name may stand, which are apart."""
    limit, left = min(len(text), start + LONGEST_HEAD), _OFFICE_LINES
    while left and start < limit:
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        raw = text[start:end].strip() if end - start <= _SHORT else ""
        left -= bool(raw) or end - start > _SHORT
        if len(raw.split(maxsplit=1)) > 1:
            yield text.index(raw, start), raw
        start = end + 1


@cache
def _site_patterns() -> tuple[re.Pattern[str], ...]:
    data = field_data()["head"]
    return re.compile(data["agency"]), re.compile(data["newspaper"]), re.compile(data["shared_title"])


def site_fields(site: SiteHead) -> list[Field]:
    """Return what a site prints above a text without a label: the day, the source, the title once more."""
    fields = list(_days_of_site(site.above)) if site.may_hold_date else []
    end = len(site.above)
    said = _sent_by(site)
    if said is not None:
        at = (0 if said.string is site.above else end) + said.start("source")
        sure = grade_of("source", _HEAD)
        fields.append(Field("source", said["source"], _HEAD, sure, at, at + len(said["source"]), True))
    if site.raw.find(_SHARED_BY, 0, end + _AGAIN_CHARS) >= 0:
        again = _site_patterns()[2].search(site.raw, 0, end + _AGAIN_CHARS)
        if again is not None:
            title = again["title"].strip()
            fields.append(Field("title", title, _HEAD, _SAID_AGAIN, *again.span("title"), True))
    return fields


def _sent_by(site: SiteHead) -> re.Match[str] | None:
    """Return what says which agency sends a text."""
    for end in _SENT:
        if end in site.above or end in site.first:
            agency = _site_patterns()[0]
            return agency.search(site.above) or agency.match(site.first)
    return None


@cache
def _comes_into_force() -> re.Pattern[str]:
    return re.compile(f"起?(?:{field_data()['promulgation']['later']})")


def _days_of_site(view: str) -> Iterator[Field]:
    """Yield the days that stand in lines of their own."""
    offset = 0
    for line in view.split("\n")[:_SITE_LINES]:
        day = _day_of_site(view, line, offset)
        if day is not None:
            sure = field_data()["sure"]["published"]
            yield Field("date", day.iso, _HEAD, sure, day.start, day.end, True)
            yield Field("year", day.iso[:4], _HEAD, sure, *day.year, True)
        offset += len(line) + 1


def _day_of_site(view: str, line: str, offset: int) -> DateSpan | None:
    """Return the day that a line of a site says: it begins with it, or gives the time of day behind it."""
    if len(line) > _LONGEST_BAR:
        return None
    inner = line.strip(_AROUND_LINE)
    match = date_pattern().match(inner) if inner[:1].isdigit() and len(inner) <= _SHORT else None
    if match is None or not match["day"]:
        return _day_with_time(view, line, offset)
    clock = _beside_day()[0].match(inner, match.end())
    end = clock.end() if clock else match.end()
    remark = inner[end:].strip()
    apart = inner[end : end + 1] in {"", " ", "\t", "\u3000", "|"}
    if remark and (not (apart or is_author(remark)) or _comes_into_force().match(remark) is not None):
        return None
    return next(dates_in(view, offset, offset + len(line)), None)


def _day_with_time(view: str, line: str, offset: int) -> DateSpan | None:
    """Return a day in a line with the time of day right behind it: ``编辑：李明 2014-01-16 09:01``."""
    found = _timed_day().search(line) if ":" in line or "：" in line else None
    return next(dates_in(view, offset + found.start(), offset + found.end()), None) if found else None
