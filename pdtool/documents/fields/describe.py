"""Documents → their fields: every place that says something is read, and the surest is taken.

One place is read in many documents before the next: what reads it is then at hand, which takes two thirds of
the time that reading all places of one document after the other does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, groupby
from operator import attrgetter
from typing import Any, NamedTuple

from pdtool.documents.dates import unreal_dates
from pdtool.documents.document import Document
from pdtool.documents.fields.above_text import head_fields, site_fields
from pdtool.documents.fields.container import (
    container_fields,
    is_stated,
    name_fields,
    path_fields,
    stated_fields,
    title_year,
)
from pdtool.documents.fields.field import FIELDS, JOINED, LISTS, Field, Origin, field_data, grade_of
from pdtool.documents.fields.head_text import HeadText, head_text
from pdtool.documents.fields.index_table import SiteHead, site_heads, table_fields
from pdtool.documents.fields.issuers import is_placed, level_of, level_of_place
from pdtool.documents.fields.kinds_of_text import genre_of_title, is_law
from pdtool.documents.fields.official import OFFICIAL_READERS
from pdtool.documents.fields.signature import signed_fields
from pdtool.language import _, listed

__all__ = ["Description", "describe", "describe_each", "raw_span"]

_AGREEING = frozenset({"title", "issuer", "doc_number", "date", "year"})
"""Fields that are surer where a second place says the same."""

_OF_PAPERS = frozenset({"keywords", "classification", "article_number", "doi"})
"""Kinds of spans that papers have beside an abstract."""
_PLACES = {name: place for place, name in enumerate(FIELDS)}
_SEVERAL = 2

Reading = tuple[Field, ...]
"""What was read in one place of one field: several values of a list."""


@dataclass(frozen=True)
class Description:
    """What is known about a document.

    Args:
        fields: Its fields in the order of :data:`FIELDS`; the values of a list one after the other.
        doubts: Sentences about what contradicts itself.
    """

    fields: tuple[Field, ...]
    doubts: tuple[str, ...] = ()

    def values(self, name: str) -> tuple[str, ...]:
        """Return the values of a field."""
        return self._values.get(name, ())

    def value(self, name: str) -> str:
        """Return the value of a field, several joined; empty if it is not known."""
        return JOINED.join(self.values(name))

    @cached_property
    def _values(self) -> dict[str, tuple[str, ...]]:
        values: dict[str, tuple[str, ...]] = {}
        for field in self.fields:
            values[field.name] = (*values.get(field.name, ()), field.value)
        return values


class _Read(NamedTuple):
    """What is read of a document.

    Args:
        document: The document.
        head: Its clean text, as readers look at it.
        site: What a site prints above it.
    """

    document: Document
    head: HeadText
    site: SiteHead


def describe(document: Document) -> Description:
    """Read every field of a document; where pdtool wrote them above the text, nothing else is read."""
    return describe_each([document])[0]


def describe_each(documents: Sequence[Document]) -> list[Description]:
    """Read every field of many documents, as :func:`describe` does of one."""
    stated = {
        place: Description(tuple(stated_fields(document.container)))
        for place, document in enumerate(documents)
        if is_stated(document.container)
    }
    read = iter(_read([document for place, document in enumerate(documents) if place not in stated]))
    return [stated[place] if place in stated else next(read) for place in range(len(documents))]


def _read(documents: Sequence[Document]) -> list[Description]:
    Document.read_fronts(documents)
    heads = [head_text(document.text, document.named_spans) for document in documents]
    sites = site_heads([document.raw for document in documents])
    every = [_Read(*one) for one in zip(documents, heads, sites, strict=True)]
    readings: list[list[Reading]] = [[] for _one in every]
    for part, readers in _READERS:
        seen = list(map(part, every))
        for reader in readers:
            for one, said in zip(seen, readings, strict=True):
                fields = reader(one)
                if fields:
                    said.extend(_by_name(list(fields)))
    chosen = [_chosen(said) for said in readings]
    derived = [_derived(head, known) for head, known in zip(heads, chosen, strict=True)]
    doubts = [_doubts(*one) for one in zip(every, readings, chosen, strict=True)]
    return [
        Description(_in_order(one | another), doubted)
        for one, another, doubted in zip(chosen, derived, doubts, strict=True)
    ]


def _from_container(document: Document) -> Iterable[Field]:
    """Return what the container of a document says, then what its path does."""
    said = document.container
    return chain(container_fields(said, document.source), path_fields(said)) if said else ()


_READERS: tuple[tuple[Callable[[_Read], Any], tuple[Callable[[Any], Iterable[Field]], ...]], ...] = (
    (attrgetter("head"), (*OFFICIAL_READERS, signed_fields, head_fields)),
    (attrgetter("site"), (table_fields, site_fields)),
    (attrgetter("document"), (_from_container, lambda document: name_fields(document.source))),
)
"""What reads each place, those most to be trusted first, and the part of a document that it reads."""


def _in_order(said: Mapping[str, Reading]) -> Reading:
    return tuple([field for name in FIELDS if name in said for field in said[name]])


def raw_span(document: Document, field: Field) -> tuple[int, int] | None:
    """Return where a field stands in the raw text, half-open; ``None`` if it does not stand there."""
    if field.start < 0:
        return None
    return (field.start, field.end) if field.is_raw else document.offsets.to_source(field.start, field.end)


def _by_name(fields: list[Field]) -> list[Reading]:
    """Put together the values of a list that one place gives; of another field each is a reading."""
    readings: list[Reading] = []
    if len(fields) < _SEVERAL:
        return [(field,) for field in fields]
    several = sorted(fields, key=lambda field: _PLACES[field.name])
    if len({field.name for field in several}) == len(several):  # a date and its year
        return [(field,) for field in several]
    for name, same in groupby(several, key=lambda field: field.name):
        if name in LISTS:
            distinct: dict[str, Field] = {}
            for field in same:
                distinct.setdefault(field.value, field)
            readings.append(tuple(distinct.values()))
        else:
            readings += [(field,) for field in same]
    return readings


def _chosen(readings: Sequence[Reading]) -> dict[str, Reading]:
    said: dict[str, list[Reading]] = {}
    for reading in readings:
        said.setdefault(reading[0].name, []).append(reading)
    chosen = {name: _best(name, every) for name, every in said.items()}
    if "date" in chosen:
        chosen["year"] = _year_of(chosen["date"][0], chosen["year"], readings)
    return chosen


def _best(name: str, every: Sequence[Reading]) -> Reading:
    """Return the surest reading, surer where another place says the same."""
    if len(every) == 1:
        return every[0]
    best = max(every, key=lambda reading: reading[0].sure)
    if name == "issuer" and not any(is_placed(field.value) for field in best):
        # 市政府办公室关于…: whose it is stands in the letterhead or under the text.
        best = next((one for one in every if len(one) == len(best) and is_placed(one[0].value)), best)
    if name == "date":
        best = _numbered(every, best)
        exact = [one for one in every if one[0].value.startswith(best[0].value)]
        best = max(exact, key=lambda one: (len(one[0].value), one[0].sure))
    if name not in _AGREEING:
        return best
    values = {field.value for field in best}
    others = (one for one in every if one[0].origin is not best[0].origin)
    if any({field.value for field in one} == values for one in others):
        sure = field_data()["sure"]["agreed"]
        return tuple(field._replace(sure=max(field.sure, sure)) for field in best)
    return best


def _numbered(every: Sequence[Reading], best: Reading) -> Reading:
    """Return the year of a document's number instead of the day on which a site published it years later."""
    if best[0].sure > field_data()["sure"]["published"]:
        return best
    years = (one for one in every if one[0].origin is Origin.LAYOUT and len(one[0].value) == len("2021"))
    year = next(years, best)
    return year if int(best[0].value[:4]) - int(year[0].value[:4]) > 1 else best


def _year_of(date: Field, year: Reading, readings: Sequence[Reading]) -> Reading:
    """Return the year of a date, where that date stands."""
    same = (
        reading
        for reading in readings
        if reading[0].name == "year"
        and (reading[0].origin, reading[0].value) == (date.origin, date.value[:4])
    )
    found = next(
        (one for one in same if date.start <= one[0].start < max(date.end, 0) or date.start < 0), year
    )
    return (_as(found[0], "year", found[0].value, found[0].start, found[0].end, date.sure),)


def _derived(head: HeadText, chosen: dict[str, Reading]) -> dict[str, Reading]:
    """Return what other fields say: the genre at the end of a title, the level of an issuer."""
    title = chosen["title"][0] if "title" in chosen else None
    law = is_law(head.text)
    official = law or head.is_official or "issuer" in chosen or "doc_number" in chosen
    found = _level(chosen, title, official=official)
    if title is not None:
        found |= _genre(title, head, official=official)
        if "date" not in chosen and (year := title_year(title.value)):
            at = title.start + title.value.find(year) if title.value == head.title else -1
            sure = field_data()["sure"]["year_of_title"]
            end = at + 4 if at >= 0 else -1
            found |= {name: (_as(title, name, year, at, end, sure),) for name in ("date", "year")}
    if _is_paper(head) and "issuer" not in chosen and not law:
        sure = grade_of("genre", Origin.HEAD)
        found["genre"] = (Field("genre", field_data()["kinds"]["paper"], Origin.HEAD, sure),)
    elif "genre" not in chosen and "genre" not in found and _is_news(head, chosen):
        source = chosen["source"][0]
        found["genre"] = (_as(source, "genre", field_data()["kinds"]["news"], source.start, source.end),)
    return found


def _genre(title: Field, head: HeadText, *, official: bool) -> dict[str, Reading]:
    genre, start, end = genre_of_title(title.value, official=official)
    if not genre:
        return {}
    span = (-1, -1)
    if title.is_raw or title.start < 0:
        pass
    elif title.value == head.title:
        span = head.title_offset(start), head.title_offset(end - 1) + 1
    elif head.text[title.start : title.end] == title.value:
        span = title.start + start, title.start + end
    return {"genre": (_as(title, "genre", genre, *span),)}


def _is_paper(head: HeadText) -> bool:
    return "abstract" in head.kinds and not head.kinds.isdisjoint(_OF_PAPERS)


def _is_news(head: HeadText, chosen: dict[str, Reading]) -> bool:
    return "source" in chosen and chosen["source"][0].origin is Origin.HEAD and not head.is_official


def _level(chosen: dict[str, Reading], title: Field | None, *, official: bool) -> dict[str, Reading]:
    """Return the level of the first issuer that has one, else of the place in a title."""
    for field in chosen.get("issuer", ()):
        level = level_of(field.value)
        if level:
            return {"level": (_as(field, "level", level, field.start, field.end),)}
    level, length = level_of_place(title.value) if title is not None and official else ("", 0)
    if title is None or not level:
        return {}
    in_text = title.start >= 0
    sure = grade_of("level", Origin.NAME)
    end = title.start + length if in_text else -1
    return {"level": (_as(title, "level", level, title.start, end, sure),)}


def _as(read: Field, name: str, value: str, start: int, end: int, sure: float | None = None) -> Field:
    """Return what a field says of another one, as sure as it is itself unless that is given."""
    return Field(name, value, read.origin, read.sure if sure is None else sure, start, end, read.is_raw)


def _doubts(one: _Read, readings: Sequence[Reading], chosen: Mapping[str, Reading]) -> tuple[str, ...]:
    """Return sentences about dates that no calendar has and about two numbers in one head."""
    lines = _dated_lines(one)
    if not lines and "doc_number" not in chosen:
        return ()
    numbers = [reading[0] for reading in readings if reading[0].name == "doc_number"]
    days = dict.fromkeys([day for line in lines if line for day in unreal_dates(line)])
    if not days and len(numbers) < _SEVERAL:
        return ()
    sentences = [_("{day} is no day of the calendar; it is not taken for its date", day=day) for day in days]
    first, *others = dict.fromkeys(one.value for one in numbers if one.origin is Origin.LAYOUT) or [""]
    if others:
        sentences.append(
            _(
                "its head has {n} document numbers ({first}, {shown}); the first is taken",
                n=1 + len(others),
                first=first,
                shown=listed(others),
            )
        )
    return tuple(sentences)


def _dated_lines(one: _Read) -> list[str]:
    """Return the lines of a document that say when it was issued."""
    published = one.document.container.get("published")
    if not (one.head.day_lines or one.site.may_hold_date or published):
        return []  # as most have none
    said = [match["day"] for match in one.head.day_lines]
    said += [one.site.above] if one.site.may_hold_date else []
    return said + ([published] if published else [])
