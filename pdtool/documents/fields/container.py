"""Fields that the file of a document says: its properties, the columns of its table, its name."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import PurePath

from pdtool.corpus.source import FROM_PATH, Source
from pdtool.documents.dates import dates_in
from pdtool.documents.fields.doc_numbers import canonical_number
from pdtool.documents.fields.field import FIELDS, JOINED, LISTS, Field, Origin, field_data, grade_of
from pdtool.text.yaml_head import OWN_FIELD

__all__ = [
    "cell_date",
    "container_fields",
    "is_stated",
    "name_fields",
    "path_fields",
    "stated_fields",
    "title_year",
]

_ORIGINS = {
    **dict.fromkeys(("csv", "tsv", "jsonl", "xlsx", "ods", "parquet"), Origin.COLUMN),
    "records": Origin.RECORD,
}
_SERIAL = re.compile(r"(?P<days>[2-6]\d{4})(?:\.\d+)?")
"""A day as Excel keeps it: days since the end of 1899."""
_FIRST_DAY = datetime.date(1899, 12, 30)
_COMPACT = re.compile(r"(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])?(?!\d)")
_MONTH = re.compile(r"(?P<year>(?:19|20)\d\d)\s*[-./]\s*(?P<month>0?[1-9]|1[0-2])(?![\d./-])")
_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d)(?:\.0)?")
"""A year alone, also as spreadsheets write whole numbers."""
_ROLES = {"authors": "author", "source": "journal"}
"""What containers call a field, where that is another name."""
_FIELDS_OF_ROLES = (
    ("title", "title"),
    ("author", "authors"),
    ("keywords", "keywords"),
    ("issuer", "issuer"),
    ("doc_number", "doc_number"),
    ("journal", "source"),
)
"""What a container calls a field → the field."""
_SPACES = re.compile(r"\s+")
_FEWEST_HAN = 4
_LONGEST_NAME = 255
"""Characters of a file's name that is read: no file system allows more, but an archive can hold any."""
_HAN = re.compile("[\u4e00-\u9fff]")


def cell_date(cell: str) -> str:
    """Return the date that a cell of a table holds, also as Excel counts days; empty if it holds none.

    >>> cell_date("44260"), cell_date("2021/3/5 0:00:00"), cell_date("20210305"), cell_date("2021-03")
    ('2021-03-05', '2021-03-05', '2021-03-05', '2021-03')
    >>> cell_date("2021-02-30"), cell_date("12345678"), cell_date("2021.0")
    ('', '', '2021')
    """
    plain = cell.strip()
    if not plain:
        return ""
    serial = _SERIAL.fullmatch(plain)
    year = _YEAR.fullmatch(plain)
    if year is not None:
        return year["year"]
    if serial is not None:
        return (_FIRST_DAY + datetime.timedelta(days=int(serial["days"]))).isoformat()
    for form in (_COMPACT, _MONTH):
        match = form.match(plain)
        if match is not None:
            told = [part for part in match.groups() if part]
            plain = "年".join([told[0], "月".join([*told[1:], ""])])
            break
    day = next(dates_in(plain), None)
    return day.iso if day is not None and day.start == 0 else ""


def container_fields(said: Mapping[str, str], source: Source) -> Iterator[Field]:
    """Yield what the container of a document says of it."""
    if not said:
        return
    origin = _ORIGINS.get(source.format, Origin.META)
    for role, name in _FIELDS_OF_ROLES:
        said_so = said.get(role)
        for value in (said_so.split(JOINED) if name != "title" else [said_so]) if said_so else ():
            if value:
                shown = canonical_number(value) if name == "doc_number" else _SPACES.sub(" ", value).strip()
                yield Field(name, shown, origin, grade_of(name, origin))
    cells = (said[role] for role in ("published", "date", "year") if role in said)
    date = next(filter(None, map(cell_date, cells)), "")
    if date:
        yield Field("date", date, origin, grade_of("date", origin))
        yield Field("year", date[:4], origin, grade_of("year", origin))


def path_fields(said: Mapping[str, str]) -> Iterator[Field]:
    """Yield what the path of a document says, where it is a field of metadata."""
    told = {name: value for name, at in _path_names() if (value := said.get(at))} if said else {}
    if not told:
        return
    told["date"] = next(filter(None, (cell_date(told.get(name, "")) for name in ("date", "year"))), "")
    told["year"] = told["date"][:4]
    for name, value in told.items():
        if value:
            shown = canonical_number(value) if name == "doc_number" else _SPACES.sub(" ", value).strip()
            yield Field(name, shown, Origin.PATH, grade_of(name, Origin.PATH))


@cache
def _path_names() -> tuple[tuple[str, str], ...]:
    """Return the fields, and what a container calls each where the path says it."""
    return tuple((name, f"{FROM_PATH}{name}") for name in FIELDS)


def is_stated(said: Mapping[str, str]) -> bool:
    """Return whether a container says all that is known: a block of fields that pdtool wrote."""
    return said.get(OWN_FIELD[0]) == OWN_FIELD[1]


def stated_fields(said: Mapping[str, str]) -> Iterator[Field]:
    """Yield what such a block says, in the order of :data:`FIELDS`."""
    sure = field_data()["sure"]["stated"]
    for name in FIELDS:
        value = said.get(_ROLES.get(name, name), "")
        for one in value.split(JOINED) if name in LISTS else [value]:
            if one:
                yield Field(name, one, Origin.META, sure)


@cache
def _forms() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    data = field_data()["name"]
    return re.compile(data["around"]), re.compile(data["date"]), re.compile(data["year"])


def name_fields(source: Source) -> Iterable[Field]:
    """Return what the name of a file says; a row of a table has none of its own."""
    return () if source.row is not None or source.format in _ORIGINS else _said_by_name(source)


def _said_by_name(source: Source) -> Iterator[Field]:
    around, date, _ = _forms()
    stem = PurePath(source.name.replace("\\", "/")).stem.strip()
    if len(stem) > _LONGEST_NAME:
        return
    found = date.search(stem)
    if found is not None:
        iso = "-".join([found["year"], *(f"{int(part):02d}" for part in found.groups()[1:] if part)])
        day = next(dates_in(iso), None)
        if day is not None:
            yield from _dated(day.iso, grade_of("date", Origin.NAME))
    title = around.sub("", date.sub("", stem)).strip(" _-()（）[]【】")
    year = title_year(title)
    if year:
        yield from _dated(year, field_data()["sure"]["year_of_title"])
    if len(_HAN.findall(title)) >= _FEWEST_HAN:
        yield Field("title", title, Origin.NAME, grade_of("title", Origin.NAME))


def _dated(iso: str, sure: float) -> Iterator[Field]:
    yield Field("date", iso, Origin.NAME, sure)
    yield Field("year", iso[:4], Origin.NAME, sure)


def title_year(title: str) -> str:
    """Return the year of issue that a title names: that of a report, never that of what a plan is for.

    >>> title_year("2021年政府工作报告"), title_year("关于制定2035年远景目标的建议")
    ('2021', '')
    """
    found = _forms()[2].match(title) if "20" in title or "19" in title else None
    return found["year"] if found else ""
