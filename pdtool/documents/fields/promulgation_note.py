"""The note under the title of a law that says when, by whom and under which number it was passed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from pdtool.documents.dates import YEAR_STARTS, date_pattern
from pdtool.documents.fields.field import field_data
from pdtool.documents.fields.head_text import HeadText
from pdtool.documents.fields.issuers import ends_as_body, issuers_in
from pdtool.documents.text_parts import TextLine

__all__ = ["PromulgationForms", "promulgation_forms", "promulgation_note"]

_LONGEST_END = 12
"""Characters by which a line of a promulgation note ends, at most: 12345 号）, 起施行。"""
_BRACKETS = ("（", "(", "[")
_YEAR_SIGNS = frozenset(YEAR_STARTS)
_NOTE_CHARS = 2_500
"""Characters of a promulgation note at most."""


@dataclass(frozen=True, slots=True)
class PromulgationForms:
    """The patterns of ``promulgation`` in ``data/fields.toml``, compiled."""

    act: re.Pattern[str]
    last: frozenset[str]
    ends: re.Pattern[str]
    body: re.Pattern[str]
    term: re.Pattern[str]
    issued: re.Pattern[str]
    first_part: re.Pattern[str]


@cache
def promulgation_forms() -> PromulgationForms:
    """Return the patterns that say what was done to a law."""
    data = field_data()["promulgation"]
    every = f"{data['acts']}|{data['later']}"
    return PromulgationForms(
        re.compile(f"(?P<later>{data['later']})|{data['acts']}"),
        frozenset(["号", *(act[-1] for act in every.split("|"))]),
        re.compile(rf"(?:{every}|\d{{1,5}} ?号)[)）\]】。]?$"),
        re.compile(data["body"] + data["body_end"]),
        re.compile(data["term"]),
        re.compile(data["issued"]),
        re.compile(data["first_part"]),
    )


def promulgation_note(head: HeadText) -> Sequence[TextLine]:
    """Return the lines of the note under a title, those that one bracket holds as one."""
    if not head.title_spans or not _may_be_of_note(head.lines_below[0]):
        return ()  # as under most titles
    first = head.first_below
    if first is None or not (_is_note(first) or issuers_in(first.plain, 0, len(first.plain))):
        return ()
    return list(_whole_notes(_note_lines(head)))


def _note_lines(head: HeadText) -> Iterator[TextLine]:
    """Yield the lines of the note under a title."""
    depth, forms = 0, promulgation_forms()
    limit = head.title_spans[-1][1] + _NOTE_CHARS
    for line in head.lines_below_title:
        plain = line.plain
        if line.start > limit or (not depth and (plain.startswith("《") or forms.first_part.match(plain))):
            return
        if depth or _is_note(line):
            yield line
        elif not issuers_in(plain, 0, len(plain)):
            return
        depth = max(0, depth + _opened(plain))


def _may_be_of_note(line: str) -> bool:
    """Return whether a line begins or ends as those of a note do, or ends as the name of a body does."""
    return (
        line.startswith(_BRACKETS)
        or line[:2] in _YEAR_SIGNS
        or not promulgation_forms().last.isdisjoint(line.rstrip()[-2:])
        or ends_as_body(line)
    )


def _is_note(line: TextLine) -> bool:
    """Return whether a line by itself may be one of a note."""
    return line.plain.startswith(_BRACKETS) or _ends_note(line.plain) or _begins_note(line)


def _ends_note(plain: str) -> bool:
    """Return whether a line ends with what was done to a law, or with the number under which it was."""
    forms = promulgation_forms()
    if plain[-1:] not in forms.last and plain[-2:-1] not in forms.last:
        return False
    return forms.ends.search(plain, max(0, len(plain) - _LONGEST_END)) is not None


def _opened(plain: str) -> int:
    """Return how many brackets a line leaves open; negative if it closes more than it opens."""
    return sum([plain.count(sign) for sign in "（(《"]) - sum([plain.count(sign) for sign in "）)》"])


def _whole_notes(lines: Iterable[TextLine]) -> Iterator[TextLine]:
    """Yield the lines of a note, those that one bracket holds as one: a page may part them anywhere."""
    held: list[TextLine] = []
    depth = 0
    for line in lines:
        held.append(line)
        depth = max(0, depth + _opened(line.plain))
        if not depth:
            yield TextLine(held[0].start, line.end, "".join(one.plain for one in held))
            held = []
    yield from held


def _begins_note(line: TextLine) -> bool:
    """Return whether a line says on which day something was done to a law, though it is not ended there."""
    day = date_pattern().match(line.plain) if line.plain.startswith(YEAR_STARTS) else None
    if day is None or not day["day"] or "。" in line.plain[:-1]:
        return False
    return (
        line.plain[day.end() :][:1] not in "，,、"
        and promulgation_forms().act.search(line.plain, day.end()) is not None
    )
