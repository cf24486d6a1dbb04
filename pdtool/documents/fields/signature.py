"""Who signed a text and when: the day below it, with the bodies or the office above the day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from pdtool.documents.dates import DateSpan, dates_in
from pdtool.documents.fields.field import Field, Origin, field_data, grade_of
from pdtool.documents.fields.head_text import HeadText
from pdtool.documents.fields.issuers import issuers_in
from pdtool.documents.fields.official import date_fields, field_at, joined, letterheads, title_issuers
from pdtool.text.lines import first_line_after

__all__ = ["signed_fields"]

_SIGNATURE = Origin.SIGNATURE
_ABOVE_CHARS = 200
"""Characters above a day within which the line above it ends."""
_MOST_SIGNERS = 12
_SHORTEST_NAMED = 6
"""Characters of the shortest title of what a notice issues."""
_TOLD = 40
"""Characters of a sentence that is no remark of an office below a document."""
_FOOT_CHARS = 400
"""Within so many characters before the end a day signs a text though no body stands above it."""


def signed_fields(head: HeadText) -> Iterable[Field]:
    """Return who signed a text and when: bodies in lines of their own above a day, or before it."""
    signed = _signature(head) if head.day_lines else None
    return () if signed is None else _signed(head, *signed)


def _signed(head: HeadText, day: DateSpan, bodies: Sequence[tuple[int, int]]) -> Iterator[Field]:
    sure = grade_of("date", _SIGNATURE)
    yield from date_fields(day, _SIGNATURE, sure)
    for start, end in bodies:
        yield field_at(head.text, "issuer", start, end, _SIGNATURE)


def _signature(head: HeadText) -> tuple[DateSpan, list[tuple[int, int]]] | None:
    """Return the day that signs a text and the bodies that stand above it; ``None`` if there is none."""
    text, above, last = head.text, head.below, None
    signed: list[tuple[DateSpan, list[tuple[int, int]]]] = []
    for match in head.day_lines:
        day = next(dates_in(text, *match.span("day")), None)
        if day is None:
            continue
        body = match["body"]
        bodies = issuers_in(text, *match.span("body")) if body else _bodies_above(text, match.start(), above)
        if bodies or (body is None and (_signer_above(text, match.start()) or _encloses(head, match.end()))):
            signed.append((day, bodies))
        elif body is None and match.start() > len(text) // 3 and _is_foot(text, match.end()):
            last = day, bodies
    if signed:
        named = [*title_issuers(head), *letterheads(head)] if len(signed) > 1 else []
        issuers = {field.value for field in named}
        return next((one for one in signed if _names_any(text, one[1], issuers)), signed[0])
    return last


def _is_foot(text: str, start: int) -> bool:
    """Return whether little and no running text stands below an offset; a day above some is its heading."""
    below = text[start : start + _FOOT_CHARS + 1]
    return len(below) <= _FOOT_CHARS and not any(_is_told(line.strip()) for line in below.split("\n"))


def _is_told(line: str) -> bool:
    return len(line) >= _TOLD and line.endswith("。")


def _encloses(head: HeadText, end: int) -> bool:
    """Return whether the line below an offset is what a notice issues: its own title names it."""
    below = first_line_after(head.text, end).strip()
    return len(below) >= _SHORTEST_NAMED and below in head.title


def _names_any(text: str, bodies: Sequence[tuple[int, int]], issuers: set[str]) -> bool:
    """Return whether any of some bodies is one that a title begins with."""
    return any(joined(text[slice(*body)]) in issuers for body in bodies)


@cache
def _signer() -> re.Pattern[str]:
    return re.compile(field_data()["head"]["office"])


def _signer_above(text: str, end: int) -> bool:
    """Return whether the line above an offset is an office and the name of who holds it: 总理　李某."""
    stop = _text_end(text, max(0, end - _ABOVE_CHARS), end)
    return _signer().fullmatch(text[text.rfind("\n", 0, stop) + 1 : stop].strip()) is not None


def _text_end(text: str, start: int, end: int) -> int:
    """Return the offset behind the last character of a stretch that is no blank."""
    return start + len(text[start:end].rstrip())


def _bodies_above(text: str, end: int, limit: int) -> list[tuple[int, int]]:
    """Return the bodies in the lines above an offset, from the top down; a blank line parts nothing."""
    found: list[tuple[int, int]] = []
    for _ in range(_MOST_SIGNERS):
        stop = _text_end(text, max(limit, end - _ABOVE_CHARS), end)
        start = max(text.rfind("\n", limit, stop) + 1, limit)
        bodies = issuers_in(text, start, stop) if stop > start else []
        if not bodies:
            break
        found[:0], end = bodies, start
    return found
