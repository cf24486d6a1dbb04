"""Fields that a site prints above a text, label by label: the index tables of government portals, 来源：….

They are looked for in the raw text, since most of it is furniture; down to where running text begins.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from pdtool.documents.dates import dates_in, may_hold_date
from pdtool.documents.fields.doc_numbers import canonical_number, number_in
from pdtool.documents.fields.field import Field, Origin, field_data, grade_of
from pdtool.documents.fields.issuers import issuers_in
from pdtool.documents.fields.view import LAST_VIEWED, reading_view
from pdtool.late_patterns import late_pattern
from pdtool.normalise.script.simplified import convert_script
from pdtool.text.multi_match import any_word_matcher

__all__ = ["SiteHead", "site_heads", "table_fields"]

_HEAD = 3_000
"""Characters of the raw text within which labels are looked for."""
_FIRST = 60
"""Characters of the running text in which it says what agency sends it."""
_running = late_pattern(
    r"^(?:[^\n|]{36,}[。；]|[ \t\u3000]*第[ \u3000]?[一1][ \u3000]?[条條章编編])", re.MULTILINE
)
"""A line of running text, or the first article of a law."""
_SEPARATOR = re.compile(r"[ \t\u3000]{2,}|[|\t\n\r]")
"""What ends a value."""
_NO_LABELS = frozenset({"plain_words", "no_value", "site_ends"})
"""What the data say beside labels."""
_COLONS = ":："
_BLANKS = " \t\u3000|\r\xa0"
_BLANKS_AND_LINES = f"{_BLANKS}\n"
_LONGEST = {"issuer": 80, "title": 160, "source": 40, "genre": 12, "authors": 40}
_OPENING = r"【\[〔(（"
"""What may stand before a label."""
_FEWEST_LABELS = 3
"""Labels from which on a head has a table, so that labels without a colon count."""
_NAMED = {"date": "date", "published": "date"}
_HAN = re.compile("[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class _Label:
    """A label in the head of a site.

    Args:
        kind: What it announces, as ``index_table`` of ``data/fields.toml`` calls it.
        start: The offset at which it begins.
        end: The offset behind it, with its colon and bracket.
        strong: Whether a colon, brackets or the cell of a table set it off.
    """

    kind: str
    start: int
    end: int
    strong: bool


@cache
def _kinds() -> dict[str, str]:
    """Return what each label announces, as labels stand in a view."""
    data = field_data()["index_table"]
    kinds = {kind: labels for kind, labels in data.items() if kind not in _NO_LABELS}
    return {reading_view(label): kind for kind, labels in kinds.items() for label in labels}


@cache
def _pattern() -> re.Pattern[str]:
    forms = "|".join(map(_spaced, sorted(_kinds(), key=len, reverse=True)))
    return re.compile(
        rf"(?P<open>[{_OPENING}])?[ ]?(?P<label>{forms})[ \u3000]*+"
        r"(?P<close>[】\]〕)）])?[ \t\u3000]*+(?P<colon>[:：|])?"
    )


@cache
def _begins() -> re.Pattern[str]:
    """Return the pattern of where a label may begin: much faster than trying all of it at every character."""
    first = "".join(sorted({label[0] for label in _kinds()}))
    return re.compile(rf"[{_OPENING} {first}](?:(?<=[|\t\n\r \u3000;；].)|(?<=\A.))")


@cache
def _may_hold_label() -> Callable[[str], bool]:
    """Return a function that says whether a view without blanks holds the words of any label."""
    return any_word_matcher(_kinds())


def _spaced(label: str) -> str:
    return r"[ \u3000]{0,4}".join(map(re.escape, label))


@cache
def _site_ends() -> tuple[str, ...]:
    return tuple(field_data()["index_table"]["site_ends"])


@cache
def _plain_words() -> frozenset[str]:
    return frozenset(map(reading_view, field_data()["index_table"]["plain_words"]))


class SiteHead(NamedTuple):
    """What a site prints above a text.

    Args:
        raw: The raw text.
        above: What stands above the running text, as labels are looked for in it.
        first: What stands in the first line below, its beginning.
        may_hold_date: Whether a year stands above the running text.
    """

    raw: str
    above: str
    first: str
    may_hold_date: bool


def site_heads(raws: Sequence[str]) -> Iterator[SiteHead]:
    """Look at the heads of raw texts; labels are looked for in one view of all of them."""
    running = _running()
    found = [running.search(raw, 0, _HEAD) for raw in raws]
    ends = [one.start() if one else min(len(raw), _HEAD) for raw, one in zip(raws, found, strict=True)]
    heads = [raw[: end + _FIRST] for raw, end in zip(raws, ends, strict=True)]
    view, start = reading_view("".join(heads)), 0
    for raw, end, head in zip(raws, ends, heads, strict=True):
        above = view[start : start + end]
        yield SiteHead(raw, above, view[start + end : start + len(head)], may_hold_date(above))
        start += len(head)


def table_fields(site: SiteHead) -> Iterable[Field]:
    """Return what the labels announce that a site prints above a text."""
    plain = site.above.replace(" ", "").replace("\u3000", "")
    return _announced(site.raw, site.above) if _may_hold_label()(plain) else ()


def _announced(raw: str, view: str) -> Iterator[Field]:
    labels = _labels(view)
    for label, following in zip(labels, [*labels[1:], None], strict=False):
        limit = len(view) if following is None else following.start
        start, end = _value(view, label, limit)
        if start < end and label.kind != "nothing":
            yield from _fields(label.kind, raw, view, start, end)


def _label_matches(view: str) -> Iterator[re.Match[str]]:
    """Yield the matches of labels from left to right, none within another."""
    end = 0
    for begin in _begins().finditer(view):
        match = _pattern().match(view, begin.start()) if begin.start() >= end else None
        if match is not None:
            end = match.end()
            yield match


def _labels(view: str) -> list[_Label]:
    found = []
    for match in _label_matches(view):
        name = "".join(match["label"].split())
        before = view[view.rfind("\n", 0, match.start()) + 1 : match.start()]
        leads = not before.strip(_BLANKS)
        in_table = before.rstrip(" \u3000").endswith(("|", "\t"))
        closed = bool(match["open"] and match["close"])
        stretched = leads and name != match["label"]  # 时　间, as forms set their labels
        strong = bool(match["colon"]) or closed or stretched or view[match.end() - 1] == "\t"
        if name in _plain_words() and not (leads or in_table or closed):
            # 来源：… behind a date: a colon and a blank before it
            strong = strong and match["colon"] in {":", "："} and view[match.start() - 1] in " \u3000"
            if not strong:
                continue
        alone = leads and not view[match.end() : _line_end(view, match.end())].strip(_BLANKS)
        if strong or alone:
            found.append(_Label(_kinds()[name], match.start(), match.end(), strong))
    enough = len(found) >= _FEWEST_LABELS
    return [label for label in found if label.strong or enough]


def _line_end(text: str, offset: int) -> int:
    end = text.find("\n", offset)
    return len(text) if end < 0 else end


def _value(view: str, label: _Label, limit: int) -> tuple[int, int]:
    """Return the offsets of what a label announces: in its line, its cell, or the line below."""
    start = label.end
    while start < limit and view[start] in _BLANKS:
        start += 1
    if start < limit and view[start] == "\n":
        while start < limit and view[start] in _BLANKS_AND_LINES:
            start += 1
    stop = _SEPARATOR.search(view, start, limit)
    end = stop.start() if stop else limit
    cut = view[start:end]
    return start, start + len(cut.rstrip("【[〔(（ \u3000"))


def _simplified(value: str, viewed: str) -> str:
    """Return a value in Simplified characters; one that is viewed as it is written has no others."""
    return value if value == viewed and max(value) <= LAST_VIEWED else convert_script(value)


def _fields(kind: str, raw: str, view: str, start: int, end: int) -> Iterator[Field]:
    """Yield the field that a value is, if it is of the form the field has."""
    origin = Origin.INDEX_TABLE
    if view[start:end] in field_data()["index_table"]["no_value"] or view[end - 1] in _COLONS:
        return  # nothing, or another label
    if kind in {"date", "published"}:
        day = next(dates_in(view, start, end), None)
        if day is not None and day.start == start:
            sure = grade_of("date", origin) if kind == "date" else field_data()["sure"]["published"]
            yield Field("date", day.iso, origin, sure, day.start, day.end, True)
            yield Field("year", day.iso[:4], origin, sure, *day.year, True)
        return
    if kind in {"issuer", "authors"} and view[start:end].endswith(_site_ends()):
        return
    spans = [(start, end)]
    if kind == "doc_number":
        found = number_in(view, start, end)
        spans = [found] if found is not None else []
    elif kind == "issuer":
        spans = issuers_in(view, start, end) or spans
    elif end - start > _LONGEST[kind] or _HAN.search(view, start, end) is None:
        return
    for one in spans:
        value = " ".join(_simplified(raw[slice(*one)], view[slice(*one)]).split())
        value = canonical_number(value) if kind == "doc_number" else value
        yield Field(kind, value, origin, grade_of(kind, origin), *one, True)
