"""Dates as documents write them: in figures, in Han numerals, by the years of an era."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from pdtool.data_files import data_toml
from pdtool.late_patterns import late_pattern

__all__ = ["YEAR_STARTS", "DateSpan", "date_pattern", "dates_in", "iso_date", "may_hold_date", "unreal_dates"]

_ZEROS = str.maketrans(dict.fromkeys("○零oOＯ", "〇"))
_FIGURES = "〇零一二三四五六七八九"
_NUMERAL = "[一二三四五六七八九十百〇○零]"
_era = late_pattern(
    rf"(?:中华民国|中華民國|民国|民國)\s*(?P<year>\d{{1,3}}|{_NUMERAL}{{1,5}})\s*年"
    rf"(?:\s*(?P<month>\d{{1,2}}|{_NUMERAL}{{1,3}})\s*月(?:\s*(?P<day>\d{{1,2}}|{_NUMERAL}{{1,3}})\s*日)?)?"
)
_FIRST_YEAR_OF_ERA = 1911
"""What is added to a year of the era that Taiwan counts by."""
_DATES = 10_000
"""Dates that are kept in mind as they are written: some 27 years of days."""


class DateSpan(NamedTuple):
    """A date in a text.

    Args:
        iso: ``2021``, ``2021-03`` or ``2021-03-05``.
        start: The offset at which it begins.
        end: The offset behind it.
        year: The half-open offsets of its year.
    """

    iso: str
    start: int
    end: int
    year: tuple[int, int]


YEAR_STARTS = (
    "19",
    "20",
    *(f"{first}{second}" for first in "一二" for second in "〇○零oOＯ九一二三四五六七八"),
)
"""The two characters that the year of a date begins with that is not of an era."""
_YEAR = re.compile("[12一二](?:(?:(?<=1)9|(?<=2)0)[0-9]{2}|(?<=[一二])[〇○零oOＯ九一二三四五六七八])")
"""What every date has that is not of an era; one set first: the search skips all other characters."""


def may_hold_date(text: str) -> bool:
    """Return whether a text holds the year of a date that is not of an era: most lines hold none."""
    return _YEAR.search(text) is not None


@cache
def date_pattern() -> re.Pattern[str]:
    """Return the pattern of a date, as exact as it is told: ``dates.date`` of ``data/editions.toml``."""
    return re.compile(data_toml("editions.toml")["dates"]["date"])


def dates_in(text: str, start: int = 0, end: int | None = None) -> Iterator[DateSpan]:
    """Yield the dates of a text that a calendar has, in order; a day that never was is no date.

    >>> [one.iso for one in dates_in("二〇二一年三月五日，2021年2月30日，民國110年3月5日，2020年12月")]
    ['2021-03-05', '2021-03-05', '2020-12']
    >>> [one.iso for one in dates_in("二OO九年五月六日，二O一一年5月16日")]
    ['2009-05-06', '2011-05-16']
    """
    end = len(text) if end is None else end
    found = [_span(match, 0) for match in date_pattern().finditer(text, start, end)]
    if text.find("民国", start, end) >= 0 or text.find("民國", start, end) >= 0:
        found += [_span(match, _FIRST_YEAR_OF_ERA) for match in _era().finditer(text, start, end)]
        found.sort(key=lambda one: one.start)
    yield from (one for one in found if _is_real(one.iso))


def unreal_dates(text: str) -> Iterator[str]:
    """Yield the days of a text that no calendar has, as they are written.

    >>> list(unreal_dates("2021年2月30日，2021年3月5日"))
    ['2021年2月30日']
    """
    for match in date_pattern().finditer(text):
        if not _is_real(iso_date(match)):
            yield match[0]


def _span(match: re.Match[str], first_year: int) -> DateSpan:
    told = match.group("year", "month", "day")
    return DateSpan(_iso(*told, first_year), match.start(), match.end(), match.span("year"))


def iso_date(found: re.Match[str], first_year: int = 0) -> str:
    """Return a date as ``2021``, ``2021-03`` or ``2021-03-05``.

    Args:
        found: A match with the group ``year`` and perhaps ``month`` and ``day``.
        first_year: What its year is counted from.
    """
    parts = found.groupdict()
    return _iso(parts["year"], parts.get("month"), parts.get("day"), first_year)


@lru_cache(maxsize=_DATES)
def _iso(year: str, month: str | None, day: str | None, first_year: int) -> str:
    rest = (f"{_number(part):02d}" for part in (month, day) if part)
    return "-".join([f"{_number(year) + first_year:04d}", *rest])


@lru_cache(maxsize=_DATES)
def _is_real(iso: str) -> bool:
    """Return whether the calendar has a date.

    >>> _is_real("2021-02-30"), _is_real("2020-02-29"), _is_real("2021-03"), _is_real("0000")
    (False, True, True, False)
    """
    year, month, day = ([*map(int, iso.split("-")), 1, 1])[:3]
    return year > 0 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def _number(text: str) -> int:
    """Return a number in figures, or in Han numerals as dates have them.

    >>> _number("二〇二一"), _number("二十八"), _number("十"), _number("07"), _number("一百一十")
    (2021, 28, 10, 7, 110)
    """
    if text.isascii():
        return int(text)
    text = text.translate(_ZEROS)
    hundreds, is_hundred, rest = text.rpartition("百")
    if is_hundred:
        return 100 * _number(hundreds or "一") + (_number(rest.strip("〇")) if rest.strip("〇") else 0)
    if "十" not in text:
        return int("".join(str("〇一二三四五六七八九".index(figure)) for figure in text))
    tens, _, ones = text.partition("十")
    return 10 * (_FIGURES.index(tens) - 1 if tens else 1) + (_FIGURES.index(ones) - 1 if ones else 0)
