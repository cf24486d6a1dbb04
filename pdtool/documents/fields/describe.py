"""Documents → their fields: every place that says something is read, and the surest is taken.

One place is read in many documents before the next: what reads it is then at hand, which takes two thirds of
the time that reading all places of one document after the other does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar

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
_SEVERAL = 2

Reading = tuple[Field, ...]
"""What was read in one place of one field: several values of a list."""
_Said = dict[str, list[Reading]]
"""What the places of a document say of each field, those most to be trusted first."""
Seen = TypeVar("Seen")


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
        return tuple([field.value for field in self.fields if field.name == name])

    def value(self, name: str) -> str:
        """Return the value of a field, several joined; empty if it is not known."""
        return JOINED.join(self.values(name))

    def by_name(self) -> dict[str, list[str]]:
        """Return the values of every field that is known."""
        values: dict[str, list[str]] = {}
        for field in self.fields:
            values.setdefault(field.name, []).append(field.value)
        return values


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
    sites = list(site_heads([document.raw for document in documents]))
    said: list[_Said] = [{} for _one in documents]
    _listen(said, heads, (*OFFICIAL_READERS, signed_fields, head_fields))
    _listen(said, sites, (table_fields, site_fields))
    _listen(said, documents, (_from_container, _from_name))
    chosen = [_chosen(one) for one in said]
    for known, head in zip(chosen, heads, strict=True):
        _conclude(known, head)
    doubts = [_doubts(*one) for one in zip(documents, heads, sites, said, strict=True)]
    return list(map(Description, map(_in_order, chosen), doubts))


def _listen(
    said: Sequence[_Said], seen: Sequence[Seen], readers: Iterable[Callable[[Seen], Iterable[Field]]]
) -> None:
    """Add what readers find to what is said of each document.

    Args:
        said: What places that are more to be trusted say, for each document.
        seen: What is looked at, for each document.
        readers: What reads one place each, those most to be trusted first.
    """
    for reader in readers:
        for known, fields in zip(said, map(reader, seen), strict=True):
            if fields:
                _add(known, fields)


def _add(said: _Said, fields: Iterable[Field]) -> None:
    """Add what one place says: the values of a list are one reading, of another field each is one."""
    lists: dict[str, dict[str, Field]] = {}
    for field in fields:
        if field.name in LISTS:
            lists.setdefault(field.name, {}).setdefault(field.value, field)
        else:
            said.setdefault(field.name, []).append((field,))
    for name, distinct in lists.items():
        said.setdefault(name, []).append(tuple(distinct.values()))


def _from_container(document: Document) -> Iterable[Field]:
    """Return what the container of a document says, then what its path does."""
    said = document.container
    return chain(container_fields(said, document.source), path_fields(said)) if said else ()


def _from_name(document: Document) -> Iterable[Field]:
    return name_fields(document.source)


def _in_order(said: Mapping[str, Reading]) -> Reading:
    return tuple([field for name in FIELDS if name in said for field in said[name]])


def raw_span(document: Document, field: Field) -> tuple[int, int] | None:
    """Return where a field stands in the raw text, half-open; ``None`` if it does not stand there."""
    if field.start < 0:
        return None
    return (field.start, field.end) if field.is_raw else document.offsets.to_source(field.start, field.end)


def _chosen(said: _Said) -> dict[str, Reading]:
    chosen = {name: every[0] if len(every) == 1 else _best(name, every) for name, every in said.items()}
    if "date" in chosen:
        chosen["year"] = _year_of(chosen["date"][0], chosen["year"], said["year"])
    return chosen


def _best(name: str, every: Sequence[Reading]) -> Reading:
    """Return the surest of several readings, surer where another place says the same."""
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
        return tuple([_as(one, one.name, one.value, one.start, one.end, max(one.sure, sure)) for one in best])
    return best


def _numbered(every: Sequence[Reading], best: Reading) -> Reading:
    """Return the year of a document's number instead of the day on which a site published it years later."""
    if best[0].sure > field_data()["sure"]["published"]:
        return best
    years = (one for one in every if one[0].origin is Origin.LAYOUT and len(one[0].value) == len("2021"))
    year = next(years, best)
    return year if int(best[0].value[:4]) - int(year[0].value[:4]) > 1 else best


def _year_of(date: Field, year: Reading, years: Iterable[Reading]) -> Reading:
    """Return the year of a date, where that date stands.

    Args:
        date: The date that is chosen.
        year: The year that is chosen without looking at the date.
        years: All that is read.
    """
    same = (one for one in years if (one[0].origin, one[0].value) == (date.origin, date.value[:4]))
    found = next(
        (one for one in same if date.start <= one[0].start < max(date.end, 0) or date.start < 0), year
    )
    return (_as(found[0], "year", found[0].value, found[0].start, found[0].end, date.sure),)


def _conclude(known: dict[str, Reading], head: HeadText) -> None:
    """Add what other fields say: the genre at the end of a title, the level of an issuer."""
    title = known["title"][0] if "title" in known else None
    law = is_law(head.text)
    official = law or head.is_official or "issuer" in known or "doc_number" in known
    found = [_level(known, title, official=official)]
    if title is not None:
        found.append(_genre_of_title(title, head, official=official))
        if "date" not in known:
            found += _year_of_title(title, head)
    if _is_paper(head) and "issuer" not in known and not law:
        sure = grade_of("genre", Origin.HEAD)
        found.append(Field("genre", field_data()["kinds"]["paper"], Origin.HEAD, sure))
    for field in found:
        if field is not None:
            known[field.name] = (field,)
    if "genre" not in known and _is_news(head, known):
        source = known["source"][0]
        genre = field_data()["kinds"]["news"]
        known["genre"] = (_as(source, "genre", genre, source.start, source.end),)


def _genre_of_title(title: Field, head: HeadText, *, official: bool) -> Field | None:
    genre, start, end = genre_of_title(title.value, official=official)
    if not genre:
        return None
    span = (-1, -1)
    if title.is_raw or title.start < 0:
        pass
    elif title.value == head.title:
        span = head.title_offset(start), head.title_offset(end - 1) + 1
    elif head.text[title.start : title.end] == title.value:
        span = title.start + start, title.start + end
    return _as(title, "genre", genre, *span)


def _year_of_title(title: Field, head: HeadText) -> list[Field]:
    """Return the year that a title names, as a date too."""
    year = title_year(title.value)
    if not year:
        return []
    at = title.start + title.value.find(year) if title.value == head.title else -1
    sure = field_data()["sure"]["year_of_title"]
    return [_as(title, name, year, at, at + 4 if at >= 0 else -1, sure) for name in ("date", "year")]


def _is_paper(head: HeadText) -> bool:
    return "abstract" in head.kinds and not head.kinds.isdisjoint(_OF_PAPERS)


def _is_news(head: HeadText, known: Mapping[str, Reading]) -> bool:
    return "source" in known and known["source"][0].origin is Origin.HEAD and not head.is_official


def _level(known: Mapping[str, Reading], title: Field | None, *, official: bool) -> Field | None:
    """Return the level of the first issuer that has one, else of the place in a title."""
    for field in known.get("issuer", ()):
        level = level_of(field.value)
        if level:
            return _as(field, "level", level, field.start, field.end)
    level, length = level_of_place(title.value) if title is not None and official else ("", 0)
    if title is None or not level:
        return None
    end = title.start + length if title.start >= 0 else -1
    return _as(title, "level", level, title.start, end, grade_of("level", Origin.NAME))


def _as(read: Field, name: str, value: str, start: int, end: int, sure: float | None = None) -> Field:
    """Return what a field says of another one, as sure as it is itself unless that is given."""
    return Field(name, value, read.origin, read.sure if sure is None else sure, start, end, read.is_raw)


def _doubts(document: Document, head: HeadText, site: SiteHead, said: _Said) -> tuple[str, ...]:
    """Return sentences about dates that no calendar has and about two numbers in one head."""
    lines, read = _dated_lines(document, head, site), said.get("doc_number", ())
    if not lines and len(read) < _SEVERAL:
        return ()  # as of most documents
    days = dict.fromkeys([day for line in lines for day in unreal_dates(line)])
    numbers = [reading[0] for reading in read]
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


def _dated_lines(document: Document, head: HeadText, site: SiteHead) -> list[str]:
    """Return the lines of a document that say when it was issued."""
    said = [match["day"] for match in head.day_lines] if head.day_lines else []
    if site.may_hold_date:
        said.append(site.above)
    if "published" in document.container:
        said.append(document.container["published"])
    return said
