"""Which edition of a text a document is: its title, its date, and how often it was amended.

Laws name their editions under the title (``（2008年9月26日通过　2021年5月28日修正）``), drafts in it,
notices sign with a date at the end. Only the head, the end and the name of a document are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from pdtool.data_files import data_toml
from pdtool.documents.dates import iso_date
from pdtool.documents.document import Document
from pdtool.text.code_points import decode
from pdtool.text.fold import fold

__all__ = ["UNKNOWN", "Edition", "Opening", "differing_dates", "edition_of", "published", "stated_dates"]

FINAL = 20
"""The rank of a text without an amendment mark; see ``data/editions.toml``."""
LONGEST_TITLE = 60
"""Characters of a title at most: a longer first line is running text."""
LONGEST_SIGNATURE = 24
"""Characters of a line that says when a document was signed."""
NOTE_CHARS = 400
"""Within so many characters the note under the title begins."""
_BRACKETS = re.compile(r"[（(【\[〔]([^（(【\[〔）)】\]〕]{2,200})[）)】\]〕]")
_NOTE = re.compile(r"[（(【\[].*[)）】\]]")
"""A line in brackets, which may hold brackets."""
_LEAST_HAN = re.compile(r"[㐀-鿿](?:[^㐀-鿿\n]*+[㐀-鿿]){2}")
_NUMBER_LINE = re.compile(r"[〔\[（(【]\s*\d{4}\s*[〕\]）)】].*号$|文件$")


@dataclass(frozen=True, slots=True)
class Opening:
    """What is looked at of a document.

    Args:
        title: What its container says is its title; empty if it says nothing.
        date: Likewise its date.
        published: What says beside the text when it was published, if that is wanted.
        head: How the clean text begins.
        tail: How it ends.
    """

    title: str = ""
    date: str = ""
    published: str = ""
    head: str = ""
    tail: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """Which edition of a text a document is.

    Args:
        heading: Its title as it is written; empty if not known.
        years: The years in the title, outside brackets.
        date: As exact as it is known: ``2021``, ``2021-03``, ``2021-03-05``; empty if not known.
        mark: The amendment mark, as it is written; empty if there is none.
        rank: How late editions with this mark are.
    """

    heading: str = ""
    years: tuple[str, ...] = ()
    date: str = ""
    mark: str = ""
    rank: int = FINAL

    @property
    def title(self) -> str:
        """The title, folded, without years, amendment marks and brackets: all editions have it."""
        return _plain_title(self.heading)

    @property
    def label(self) -> str:
        """Date and mark, for people."""
        return f"{self.date}{self.mark}"

    def is_later_than(self, other: Edition) -> bool | None:
        """Return whether this edition is the later one; ``None`` where it cannot be told."""
        if differing_dates(self.date, other.date):
            return self.date > other.date
        return self.rank > other.rank if self.rank != other.rank else None


UNKNOWN = Edition()
"""A document of which nothing is known."""


def differing_dates(one: str, other: str) -> bool:
    """Return whether two dates are known and contradict each other.

    >>> differing_dates("2021", "2021-03-05"), differing_dates("2021", "2020-03")
    (False, True)
    """
    return bool(one and other) and not (one.startswith(other) or other.startswith(one))


@dataclass(frozen=True, slots=True)
class _Forms:
    """The patterns of ``data/editions.toml``, compiled."""

    marks: tuple[tuple[int, re.Pattern[str]], ...]
    date: re.Pattern[str]
    compact: re.Pattern[str]
    year: re.Pattern[str]
    acts: re.Pattern[str]
    labelled: re.Pattern[str]
    numbered: re.Pattern[str]


@cache
def _forms() -> _Forms:
    data = data_toml("editions.toml")
    dates = data["dates"]
    return _Forms(
        tuple((group["rank"], re.compile("|".join(group["forms"]))) for group in data["marks"]),
        re.compile(dates["date"]),
        re.compile(dates["compact"]),
        re.compile(dates["year"]),
        re.compile(dates["acts"]),
        re.compile(rf"(?<![㐀-鿿])(?:{dates['labels']})\s*+(?:[:：]\s*+)?(?={dates['date']})"),
        re.compile(dates["number"]),
    )


def edition_of(name: str, opening: Opening) -> Edition:
    r"""Tell which edition a document is.

    Args:
        name: Its name without the ending; empty if it has none of its own.
        opening: What is looked at of it.

    >>> edition_of("", Opening(head="渔港条例\n（2008年9月26日通过　2021年5月28日修正）\n第一条")).label
    '2021-05-28修正'
    """
    heading = opening.title or _heading(opening.head)
    date, mark = next(_dated(name, heading, opening), ("", ""))
    rank, found = next((marked for text in (mark, heading, name) if (marked := _marked(text))), (FINAL, ""))
    return Edition(heading or name, _title_years(heading), date, found, rank)


def _heading(head: str) -> str:
    """Return the first line that may be a title."""
    lines = [line.strip() for line in head.split("\n", 12)[:12]]
    for line in filter(None, lines):
        if _LEAST_HAN.search(line) and not _NUMBER_LINE.search(line):
            return line if len(line) <= LONGEST_TITLE else ""
    return ""


def _marked(text: str) -> tuple[int, str] | None:
    """Return the rank and the amendment mark of a text."""
    for rank, pattern in _forms().marks:
        if found := pattern.search(text):
            return rank, found[0]
    return None


def stated_dates(name: str, opening: Opening) -> tuple[str, ...]:
    r"""Return the dates that a document states of itself, in order; none that its title alone names.

    A year that a title names may be what the text is about: it is no sign of when a text was written. The day
    with which the name of a file begins or ends is one if nothing else is stated.

    Args:
        name: Its name without the ending; empty if it has none of its own.
        opening: What is looked at of it.

    Returns:
        Dates as exact as they are stated; none that another one makes more exact.

    >>> head = "印发方案的通知\n甲政发〔2021〕4号\n发布日期：2021-03-09\n各乡镇："
    >>> stated_dates("2020年总结", Opening(head=head, tail="某县人民政府\n2021年3月5日"))
    ('2021-03-05', '2021-03-09')
    """
    heading = opening.title or _heading(opening.head)
    found = {date for date, _ in (*_said(name, heading, opening), *_labelled(opening.published))}
    found |= {numbered["year"] for numbered in _forms().numbered.finditer(opening.head[:NOTE_CHARS])}
    found = {date for date in found if not any(one != date and one.startswith(date) for one in found)}
    return tuple(sorted(found or _days_of_name(name)))


def _days_of_name(name: str) -> set[str]:
    """Return the day with which a name begins or ends: ``20190305通知``, ``通知_2019-03-05``."""
    forms = _forms()
    days = [day for form in (forms.compact, forms.date) for day in form.finditer(name) if day["day"]]
    return {iso_date(day) for day in days if day.start() == 0 or day.end() == len(name)}


def published(document: Document) -> str:
    """Return what says beside the text of a document when it was published: a table's cell, furniture."""
    furniture = (layer.edits.before for layer in document.edits if layer.kind == "furniture")
    said = [piece for pieces in furniture for piece in pieces if _forms().labelled.search(piece)]
    cell = document.container.get("published", "")
    return "\n".join([*said, *([f"日期：{cell}"] if cell else [])])


def _dated(name: str, heading: str, opening: Opening) -> Iterator[tuple[str, str]]:
    """Yield dates, and what is said beside them, those that are most to be trusted first."""
    yield from _said(name, heading, opening)
    forms = _forms()
    for pattern in (forms.compact, forms.date, forms.year):
        yield from ((iso_date(found), "") for text in (name, heading) for found in pattern.finditer(text))


def _said(name: str, heading: str, opening: Opening) -> Iterator[tuple[str, str]]:
    """Yield the dates that a document states of itself, and what is said beside them, likewise."""
    forms = _forms()
    yield from _in_brackets(heading)
    yield from _notes(opening.head[:NOTE_CHARS])
    for found in forms.date.finditer(opening.date):
        yield iso_date(found), ""
    for text in (opening.head, opening.tail):
        yield from _labelled(text)
    yield from _signatures(opening)
    yield from _in_brackets(name)


def _labelled(text: str) -> Iterator[tuple[str, str]]:
    """Yield the dates that stand behind a label: ``发布日期：2021-03-05``."""
    for label in _forms().labelled.finditer(text):
        dated = _forms().date.match(text, label.end())
        if dated:
            yield iso_date(dated), ""


def _in_brackets(text: str) -> Iterator[tuple[str, str]]:
    """Yield the edition that a title or a name has in brackets: ``(2021修正)``."""
    for bracket in _BRACKETS.finditer(text):
        found = _edition_in(bracket[1])
        if found:
            yield iso_date(found), bracket[1]


def _edition_in(bracket: str) -> re.Match[str] | None:
    """Return the date in a bracket that says nothing but when a text was made or amended.

    >>> bool(_edition_in("2021修正")), bool(_edition_in("2021年第3期"))
    (True, False)
    """
    forms = _forms()
    found = forms.date.search(bracket) or forms.year.search(bracket)
    if found is None:
        return None
    rest = bracket[: found.start()] + bracket[found.end() :]
    for said in (*(mark for _, mark in forms.marks), forms.acts):
        rest = said.sub("", rest)
    return found if rest.strip(" 年版本") in {"", "于"} else None


def _notes(head: str) -> Iterator[tuple[str, str]]:
    """Yield the latest date of a note in brackets that says what was done to a text, and what that was."""
    whole = [line.strip()[1:-1] for line in head.split("\n") if _NOTE.fullmatch(line.strip())]
    for note in (*whole, *(bracket[1] for bracket in _BRACKETS.finditer(head))):
        dates = list(_forms().date.finditer(note)) if _forms().acts.search(note) else []
        if dates:
            ends = [*(found.start() for found in dates[1:]), len(note)]
            yield max(
                (iso_date(found), note[found.end() : end]) for found, end in zip(dates, ends, strict=True)
            )


def _signatures(opening: Opening) -> Iterator[tuple[str, str]]:
    """Yield dates on a short line of their own, at the end or under the title."""
    for text in (opening.tail, opening.head[:NOTE_CHARS]):
        for line in reversed([line.strip(" \t\u3000（()）") for line in text.split("\n")]):
            found = _forms().date.search(line) if len(line) <= LONGEST_SIGNATURE else None
            if found and found["month"] and found.end() == len(line) and not _is_of_else(line, found):
                yield iso_date(found), ""


def _is_of_else(line: str, found: re.Match[str]) -> bool:
    """Return whether a label says that a day is that of something else: ``截止日期：2021-03-05``."""
    before = line[: found.start()].rstrip()
    return before.endswith(("：", ":")) and not _forms().labelled.search(line)


def _title_years(heading: str) -> tuple[str, ...]:
    """Return the years that a title names, but for those of its edition."""
    bare = _BRACKETS.sub(lambda bracket: "" if _edition_in(bracket[1]) else bracket[0], heading)
    return tuple(found["year"] for found in _forms().year.finditer(bare))


@lru_cache(maxsize=1024)
def _plain_title(heading: str) -> str:
    """Return what the titles of all editions of a text have in common."""
    bare = _BRACKETS.sub("", heading)
    for _, mark in _forms().marks:
        bare = mark.sub("", bare)
    bare = _forms().compact.sub("", _forms().date.sub("", bare))
    return re.sub(r"[\d.%‰−]", "", decode(fold(_forms().year.sub("", bare)).codes))
