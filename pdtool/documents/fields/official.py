"""Fields that the layout of an official document has: letterhead, number, title, promulgation."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise

from pdtool.documents.dates import DateSpan, dates_in
from pdtool.documents.fields.doc_numbers import canonical_number, number_alone, number_in, year_of_number
from pdtool.documents.fields.field import Field, Origin, field_data, grade_of
from pdtool.documents.fields.head_text import HeadText
from pdtool.documents.fields.issuers import ends_as_body, is_body, issuers_in
from pdtool.documents.fields.promulgation_note import promulgation_forms, promulgation_note
from pdtool.documents.text_parts import TextLine
from pdtool.late_patterns import late_pattern

__all__ = ["OFFICIAL_READERS", "date_fields", "field_at", "joined", "letterheads", "title_issuers"]

_LAYOUT = Origin.LAYOUT
_ISSUING = re.compile("关于|印发|转发|批转|发布|公布|颁布|《")
"""What stands in a title behind the bodies that issue it."""
_order = late_pattern(
    r"[ \t]*+(?P<body>[\u4e00-\u9fff、 ]{2,40}?)(?: ?(?:令|公告)| 书?函)[ \t]*+"
    r"(?:[（(]?第[^\n]{1,12}[号號][)）]?[ \t]*+)?"
)
"""The line of an order: 国务院令, or with its number: 国务院令第5号."""
_ORDER_ENDS = tuple("令告函号號)）")
"""The last characters of such a line."""
_SIGNS = re.compile("签署|签发|发布|颁布|公布")
"""What a report says of an order, and an order not of itself."""
_LONGEST_LETTERHEAD = 60
_order_number = late_pattern(
    r"[（(]?(?:(?:19|20)\d\d ?年 ?)?第 ?(?:\d{1,4}|[一二三四五六七八九十百〇零]{1,6}) ?[号號][)）]?"
)
_REPUBLIC = "中华人民共和国"
_HEAD_CHARS = 1_200
"""Characters of a head within which its number stands, about."""
_LETTERHEAD_ENDS = ("文件", "文 件", "令", "公告", "函", "号", "號", "号)", "号）", "號)", "號）")
"""How the line ends that names a body as a letterhead does."""
_LETTERHEAD_LINE = re.compile(r"[件令告函号號][)）]*+[^\S\n]*+$", re.MULTILINE)
"""The last characters of such a line."""
_SAID_BY_ORDER = 0.96
"""How sure a title is that an order says: surer than the word 令 in the place of one."""
_PASSED_CHARS = 80
"""Characters behind the title in an order within which it says who passed the law."""


def date_fields(day: DateSpan, origin: Origin, sure: float, *, is_raw: bool = False) -> Iterator[Field]:
    """Yield a date and its year."""
    yield Field("date", day.iso, origin, sure, day.start, day.end, is_raw)
    yield Field("year", day.iso[:4], origin, sure, *day.year, is_raw)


def field_at(text: str, name: str, start: int, end: int, origin: Origin) -> Field:
    """Return the field that a stretch of the clean text says."""
    if name == "issuer" and text.startswith(_REPUBLIC, start) and end - start > len(_REPUBLIC) + 1:
        start += len(_REPUBLIC)  # the centre's bodies are known without it
    value = joined(text[start:end])
    if name == "issuer":
        value = promulgation_forms().term.sub("", value)
    return Field(name, value, origin, grade_of(name, origin), start, end)


def joined(value: str) -> str:
    """Return a name in one line; letters set wide are closed up."""
    pieces = value.split()
    return "".join(pieces) if all(len(piece) == 1 for piece in pieces) else " ".join(pieces)


@cache
def _order_title() -> re.Pattern[str]:
    return re.compile(field_data()["head"]["order_title"])


def _order_titles(head: HeadText) -> Iterable[Field]:
    """Return the title of what an order puts into force, where the order itself has none."""
    order = _order().fullmatch(head.title) if head.title.endswith(_ORDER_ENDS) else None
    if order is None or _SIGNS.search(order["body"]) is not None:
        return ()
    return _ordered(head)


def _ordered(head: HeadText) -> Iterator[Field]:
    found = _order_title().search(head.text, 0, _HEAD_CHARS)
    if found is not None:
        yield Field("title", found["title"], _LAYOUT, _SAID_BY_ORDER, *found.span("title"))
        body = promulgation_forms().body.search(head.text, found.end(), found.end() + _PASSED_CHARS)
        if body is not None and body["whole"]:
            yield _passing_body(body)  # the president puts into force what the Congress passed


def _numbers(head: HeadText) -> Iterable[Field]:
    may_stand_alone = _may_be_numbered(head)
    return _numbered(head, may_stand_alone) if may_stand_alone or "doc_number" in head.kinds else ()


def _may_be_numbered(head: HeadText) -> bool:
    """Return whether a line above the running text names a number: in most texts none does."""
    return "号" in head.opening or "號" in head.opening


def _numbered(head: HeadText, may_stand_alone: bool) -> Iterator[Field]:
    text = head.text
    for start, end in _number_spans(head, may_stand_alone):
        number = canonical_number(text[start:end])
        yield Field("doc_number", number, _LAYOUT, grade_of("doc_number", _LAYOUT), start, end)
        year = year_of_number(number)
        if year:
            at = text.find(year, start, end)
            found = (at, at + 4) if at >= 0 else (-1, -1)
            sure = field_data()["sure"]["year_of_number"]
            yield Field("date", year, _LAYOUT, sure, *found)
            yield Field("year", year, _LAYOUT, sure, *found)


def _number_spans(head: HeadText, may_stand_alone: bool) -> Iterator[tuple[int, int]]:
    """Yield where the numbers of the document stand in its head, above the first running text.

    Args:
        head: The head of the document.
        may_stand_alone: Whether lines that are no known part of the head may hold one.
    """
    text, above = head.text, TextLine(0, 0, "")
    for start, end in head.of_kind("doc_number")[:1]:
        found = number_in(text, start, end)
        if found is not None:
            yield found
    for line in head.opening_lines if may_stand_alone else ():
        if "号" in line.plain or "號" in line.plain:
            yield from _number_in_line(text, line, above)
        above = line


def _number_in_line(text: str, line: TextLine, above: TextLine) -> Iterator[tuple[int, int]]:
    """Yield the number that a line is, alone or with the line of an order above it."""
    if _order_number().fullmatch(line.plain) and _order().fullmatch(above.plain):
        yield above.start, line.end
        return
    start = line.end - len(text[line.start : line.end].lstrip())
    found = number_alone(text, start, line.end) or _behind_title(text, line)
    if found is not None:
        yield found


def _behind_title(text: str, line: TextLine) -> tuple[int, int] | None:
    """Return the number that a line has in brackets behind a title, or behind the body that issues it."""
    found = number_in(text, line.start, line.end)
    if found is None or text[found[1] : line.end].strip() not in {"", "）", ")", "】"}:
        return None
    before = text[line.start : found[0]].strip()
    if before.endswith(("（", "(", "【")):
        return found if "关于" in before else None
    return found if is_body(before) else None


def title_issuers(head: HeadText) -> Iterable[Field]:
    """Return the bodies that a title begins with: 某县人民政府关于……的通知."""
    verb = _ISSUING.search(head.title)
    return () if verb is None else _issuers_before(head, verb.start())


def _issuers_before(head: HeadText, left: int) -> Iterator[Field]:
    """Yield the bodies that so many characters of a title name, and nothing else."""
    # Each line is looked at by itself: joint issuers stand one below the other.
    spans = []
    for start, end in head.title_spans:
        taken = min(left, end - start)
        if taken:
            spans.append((start, start + taken))
        left -= taken
    found = [issuers_in(head.text, *span) for span in spans]
    if all(found):
        for span in (one for several in found for one in several):
            yield field_at(head.text, "issuer", *span, _LAYOUT)


def letterheads(head: HeadText) -> Iterable[Field]:
    """Return the bodies that a head names as 某县人民政府文件 does, or 国务院令."""
    return _headed(head) if _may_hold_letterhead(head) else ()


def _may_hold_letterhead(head: HeadText) -> bool:
    """Return whether a line above the running text ends as such a line does."""
    return _LETTERHEAD_LINE.search(head.opening) is not None


def _headed(head: HeadText) -> Iterator[Field]:
    text = head.text
    for line in head.opening_lines:
        end = _letterhead_end(text, line) if line.plain.endswith(_LETTERHEAD_ENDS) else 0
        for span in issuers_in(text, line.start, end) if end else ():
            yield field_at(text, "issuer", *span, _LAYOUT)


def _letterhead_end(text: str, line: TextLine) -> int:
    """Return the offset behind the bodies that a line names as 某县人民政府文件 does, or 国务院令; else 0."""
    closed = line.plain.replace(" ", "")
    if closed.endswith("文件") and 4 < len(closed) <= _LONGEST_LETTERHEAD:
        return text.rindex("文", line.start, line.end)
    order = _order().fullmatch(text, line.start, line.end)
    return order.end("body") if order is not None else 0


def _promulgation(head: HeadText) -> Iterable[Field]:
    """Return when, by whom and under which number a law was passed, from the lines under its title."""
    lines = promulgation_note(head)
    days = [day for line in lines for day in _acts_in(head.text, line)] if lines else []
    return _promulgated(head, lines, days) if days else ()


def _promulgated(head: HeadText, lines: Sequence[TextLine], days: Sequence[DateSpan]) -> Iterator[Field]:
    latest = max(days, key=lambda day: (day.iso, -day.start))
    yield from date_fields(latest, _LAYOUT, grade_of("date", _LAYOUT))
    yield from _passing_bodies(head.text, lines)
    for line in lines:
        found = number_in(head.text, line.start, line.end)
        if found is not None and line.start <= latest.start < line.end:
            plain = _without_day(head.text, line, found)
            number = canonical_number(head.text[slice(*plain)])
            yield Field("doc_number", number, _LAYOUT, grade_of("doc_number", _LAYOUT), *plain)


def _without_day(text: str, line: TextLine, span: tuple[int, int]) -> tuple[int, int]:
    """Return a number without the day that stands right before it."""
    days = dates_in(text, line.start, span[1])
    start = max([span[0], *(day.end for day in days if day.start < span[1] and day.end <= span[0] + 1)])
    while text[start : start + 1].isspace():
        start += 1
    return start, span[1]


def _acts_in(text: str, line: TextLine) -> Iterator[DateSpan]:
    """Yield the days of a line on which a law was passed or amended; that it came into force is none."""
    days = list(dates_in(text, line.start, line.end))
    ends = [*(day.start for day in days[1:]), line.end]
    for day, end in zip(days, ends, strict=False):
        if any(act["later"] is None for act in promulgation_forms().act.finditer(text, day.end, end)):
            yield day


def _passing_bodies(text: str, lines: Sequence[TextLine]) -> Iterator[Field]:
    """Yield the body that passed a law first; one that only approved it is not it where another issued it."""
    found = [
        body for line in lines for body in promulgation_forms().body.finditer(text, line.start, line.end)
    ]
    issued = (
        one for line in lines for one in promulgation_forms().issued.finditer(text, line.start, line.end)
    )
    issuing = next(issued, None)
    if issuing is not None and found and text.startswith("批准", found[0].end()):
        yield field_at(text, "issuer", *issuing.span("body"), _LAYOUT)
    elif found:
        yield _passing_body(found[0])
        for before, body in pairwise(found):
            if text[before.end() : body.start()] != "、":
                break
            yield _passing_body(body)  # 国务院、中央军事委员会令第22号


def _passing_body(found: re.Match[str]) -> Field:
    """Return the body that passed a law, without the number of its term."""
    parts = found.groupdict()
    value = parts["whole"] or parts["plain"] or f"{parts['place']}{parts['congress']}"
    return Field("issuer", value, _LAYOUT, grade_of("issuer", _LAYOUT), *found.span())


def _bodies_below_title(head: HeadText) -> list[Field]:
    """Return the bodies that a line right below the title names and nothing else, as databases of laws do.

    Elsewhere such a line may say where the author of a paper works.
    """
    if not head.title or "abstract" in head.kinds or not ends_as_body(head.lines_below[0]):
        return []
    line = head.first_below
    if line is None:
        return []
    sure = grade_of("issuer", Origin.HEAD)
    return [
        Field("issuer", joined(head.text[start:end]), Origin.HEAD, sure, start, end)
        for start, end in issuers_in(head.text, line.start, line.end)
    ]


OFFICIAL_READERS: tuple[Callable[[HeadText], Iterable[Field]], ...] = (
    *(_order_titles, _numbers, title_issuers, letterheads, _promulgation, _bodies_below_title),
)
"""What reads each part of the layout of an official document, the most to be trusted first."""
