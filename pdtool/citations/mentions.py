"""A clean text → the documents it names: titles in 《》, numbers without a title, short forms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from pdtool.citations.brackets import brackets_behind
from pdtool.citations.cited_numbers import number_at, number_before, numbers_in
from pdtool.citations.citing_sentence import sentence_around
from pdtool.citations.mention import Mention
from pdtool.citations.relation import plain_relation, relation_of
from pdtool.citations.short_titles import ShortTitles
from pdtool.citations.title_form import is_edition
from pdtool.citations.title_marks import marked_titles
from pdtool.citations.wording import citation_data, form
from pdtool.citations.wraps import unwrapped
from pdtool.documents.dates import dates_in
from pdtool.documents.fields.field import field_data

__all__ = ["mentions_in"]

_BLANKS = re.compile(r"\s+")
_LONGEST_BRACKET = 200
_MOST_BRACKETS = 3
_NEAR_TITLES = 300
"""Whole titles that a bare one may stand for: the last so many."""
_ROW_CHARS = 16
"""Characters between two titles of one row at most."""
_IN_ROW = re.compile(r"\s*(?:[、和及与或以]|并|暨|\Z)")
_ENDS_ROW = re.compile(r"[，,。；;：:\n]")
_DATED = re.compile(r"\d{4}\s?年|[一二][〇○零九一二三四五六七八]{3}年")
_DATE_CHARS = 40
_IN_FORCE = re.compile("起?(?:施行|实施|生效|执行)")
"""What follows the day on which a document came into force, which is not that of its issue."""
_ITEM = re.compile(r"[ \t\u3000]*(?:[（(]?[\d一二三四五六七八九十]{1,4}[)）.．、]|[-*•●·○◆■□])?\s*\Z")
_LONGEST_LIST_GAP = 60


@dataclass(frozen=True, slots=True)
class _Named:
    """What stands at one title or number.

    Args:
        start: Where the name begins, without its marks.
        end: Where it ends.
        outer: Where its mark begins, or the number before it.
        after: The offset behind its mark and brackets.
        edition: What a bracket says of the edition.
        number: Its number.
        date: The date given with it.
    """

    start: int
    end: int
    outer: int
    after: int
    edition: str = ""
    number: str = ""
    date: str = ""


def mentions_in(text: str, own_number: str = "", own_title: Sequence[tuple[int, int]] = ()) -> list[Mention]:
    """Return the documents that a text names, in order.

    Args:
        text: The clean text.
        own_number: The number of the document itself, which it does not cite by bearing it.
        own_title: The half-open offsets of its own title.

    >>> text = "根据《某意见》（国发〔2013〕4号，以下简称《意见》），制定本办法。《意见》废止。"
    >>> [(one.title, one.number, one.relation, text[one.start : one.end]) for one in mentions_in(text)]
    [('某意见', '国发〔2013〕4号', '依据', '某意见'), ('某意见', '国发〔2013〕4号', '废止', '意见')]
    """
    joined = unwrapped(text)
    own = [joined.derived(*span) for span in own_title]
    found = _mentions_in(joined.text, own_number, own)
    if not joined.joints:
        return found
    spans = (joined.source(one.start, one.end) for one in found)
    return [replace(one, start=start, end=end) for one, (start, end) in zip(found, spans, strict=True)]


def _mentions_in(text: str, own_number: str, own_title: Sequence[tuple[int, int]]) -> list[Mention]:
    titles = marked_titles(text)
    named = [_described(text, span) for span in titles]
    plain = [_one_line(text[start:end]) for start, end in titles]
    short = ShortTitles(text, titles, plain)
    shown = [at for at in range(len(named)) if at not in short.definitions and not _is_own(titles[at], own_title)]
    whole = _whole_titles(shown, plain, short)
    numbers = list(_numbers_alone(text, named, own_number))
    places = [named[at] for at in shown]
    relations = _relations(text, sorted([*places, *numbers], key=lambda one: one.start))
    found = [
        replace(
            _mention(text, named[at], plain[at], relations[named[at].start]),
            title=plain[whole[at]],
            edition=named[whole[at]].edition or named[at].edition,
            number=named[at].number or named[whole[at]].number,
            issuer=_issuer_before(text, named[whole[at]]),
            date=named[at].date or named[whole[at]].date,
            is_short=whole[at] != at,
        )
        for at in shown
    ]
    found += [_mention(text, one, "", relations[one.start]) for one in numbers]
    return sorted(found, key=lambda one: one.start)


def _one_line(text: str) -> str:
    """Return a title in one line: blanks within Chinese go, those between words of Latin letters stay.

    >>> _one_line("中共中央 国务院关于\\n某事的意见"), _one_line("The  Art of War")
    ('中共中央国务院关于某事的意见', 'The Art of War')
    """
    if _BLANKS.search(text) is None:
        return text.strip()
    return _NEEDLESS.sub("", _BLANKS.sub(" ", text.strip()))


def _sentence(text: str) -> str:
    """Return a sentence in one line: wrapped lines are joined, blanks within a line stay."""
    return _BLANKS.sub(" ", _WRAPS.sub("", text)).strip()


_WRAPS = re.compile(r"(?<=[^\x00-\x7f])[ \t\u3000]*\n\s*(?=[^\x00-\x7f])")
_NEEDLESS = re.compile(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])")


def _described(text: str, span: tuple[int, int]) -> _Named:
    """Return a title with what stands in the brackets behind it, and with the number before it."""
    mark = text.rfind("《", max(0, span[0] - 4), span[0])
    outer = mark if mark >= 0 else max(0, span[0] - 1)
    closing = re.compile(r"\s*(?:[》〉»]|>>|＞＞)").match(text, span[1])
    after = closing.end() if closing else span[1]
    edition = number = date = ""
    for count, (start, end) in enumerate(brackets_behind(text, after, _LONGEST_BRACKET)):
        inside = text[start:end]
        plain = "".join(inside.partition("《")[0].split())
        found = next(numbers_in(plain, 0, len(plain)), None)
        if count >= _MOST_BRACKETS or not (found or is_edition(inside) or "称" in inside):
            break
        number = number or (found[2] if found else "")
        edition = edition or (inside if is_edition(inside) and not found else "")
        date = date or _date(inside)
        after = end + 1
    if not number:
        behind = number_at(text, after, min(len(text), after + 40))
        if behind is not None and _is_beside(text, after, behind[0]):
            number, after = behind[2], behind[1]
    sentence = max(text.rfind(sign, max(0, outer - 80), outer) for sign in "。；\n》") + 1
    before = number_before(text, sentence, outer) if not number else None
    if before is not None:
        number = before[2]
    date = date or _date_before(text, sentence, outer)
    return _Named(*span, before[0] if before else outer, after, edition, number, date)


def _is_beside(text: str, after: int, start: int) -> bool:
    return start - after <= 1 and text[after:start].strip() == ""


def _date(inside: str) -> str:
    if not any(figure in inside for figure in "0123456789〇"):
        return ""
    days = [one.iso for one in dates_in(inside) if _IN_FORCE.match(inside, one.end) is None]
    return max(days, default="")


def _date_before(text: str, start: int, end: int) -> str:
    """Return the date of a phrase like 2003年12月5日省政府公布的 before a title."""
    start = max(start, end - _DATE_CHARS)
    if text[max(0, end - 1) : end] != "的" or _DATED.search(text, start, end) is None:
        return ""
    days = [one for one in dates_in(text, start, end) if not _ENDS_ROW.search(text, one.end, end)]
    acts = "公布|发布|颁布|印发|通过|批准|修订|修正|制定|下发"
    return days[-1].iso if days and re.search(acts, text[days[-1].end : end]) else ""


def _is_own(title: tuple[int, int], own: Sequence[tuple[int, int]]) -> bool:
    """Return whether a title in marks is nothing but the document's own title."""
    return bool(own) and own[0][0] >= title[0] - 1 and own[-1][1] <= title[1] + 1


def _whole_titles(shown: Sequence[int], plain: Sequence[str], short: ShortTitles) -> dict[int, int]:
    """Return for each title the one that it stands for."""
    former: dict[str, int] = {}
    whole = {}
    for at in shown:
        whole[at] = short.whole(at, list(former.values()))
        if whole[at] == at and plain[at] not in former:
            former[plain[at]] = at
            if len(former) > _NEAR_TITLES:
                del former[next(iter(former))]
    return whole


def _mention(text: str, named: _Named, written: str, relation: str) -> Mention:
    begin, stop = sentence_around(text, named.start, max(named.end, named.after - 1))
    return Mention(
        title=written,
        written=written,
        edition=named.edition,
        number=named.number,
        issuer="",
        date=named.date,
        relation=relation,
        start=named.start,
        end=named.end,
        sentence=_sentence(text[begin:stop]),
    )


# Relations --------------------------------------------------------------------------------------------


def _relations(text: str, places: Sequence[_Named]) -> dict[int, str]:
    """Return the relation of each name, by where it begins; names in one row have one relation.

    What introduces a list holds for each item of it.
    """
    found: dict[int, str] = {}
    listed, list_end = "", -1
    for row in _rows(text, places):
        first, last = row[0], row[-1]
        line = text.rfind("\n", 0, first.outer) + 1
        is_item = first.outer - line <= _LONGEST_LIST_GAP and _ITEM.match(text, line, first.outer) is not None
        sentence, _ = sentence_around(text, first.outer, first.outer)
        relation = relation_of(text, sentence, first.outer, last.after)
        if is_item and not relation:
            before = text.rfind("\n", 0, max(0, line - 1)) + 1
            if list_end < before:
                listed = _introduced(text, before, line - 1)
            relation = listed
            list_end = last.after
        for one in row:
            found[one.start] = relation or plain_relation()
    return found


def _introduced(text: str, start: int, end: int) -> str:
    """Return the relation that the line above a list says of its items; empty if it introduces none."""
    line = text[start:end].rstrip()
    if not line.endswith(("：", ":")):
        return ""
    names = (
        (line.rfind(word), relation["name"])
        for relation in citation_data()["relations"]
        for word in relation["before"]
        if "(" not in word
    )
    at, name = max(names, default=(-1, ""))
    return name if at >= 0 else ""


def _rows(text: str, places: Sequence[_Named]) -> Iterator[list[_Named]]:
    """Yield the names that stand in one row: 《甲》、《乙》和省政府《丙》."""
    row: list[_Named] = []
    for one in places:
        if row and not _goes_on(text, row[-1].after, one.outer):
            yield row
            row = []
        row.append(one)
    if row:
        yield row


def _goes_on(text: str, after: int, outer: int) -> bool:
    if not 0 <= outer - after <= _ROW_CHARS:
        return outer < after
    between = text[after:outer]
    return _IN_ROW.match(between) is not None and _ENDS_ROW.search(between) is None


# Who and which ----------------------------------------------------------------------------------------


@cache
def _issuer_form() -> re.Pattern[str]:
    """Return the pattern of bodies that stand before a title, read backwards from it."""
    names = "|".join(sorted(field_data()["bodies"]["central"], key=len, reverse=True))
    place = "[\u4e00-\u9fff]{2,9}?[省市县区州盟旗]"
    local = rf"{place}(?:委办公[厅室]|人民政府办公[厅室]|人民政府|政府办公[厅室]|政府|委|人大常委会|[\u4e00-\u9fff]{{1,10}}?[局厅委])"
    body = rf"(?:{names}|{local})"
    acts = "(?:联合|共同)?(?:重新)?(?:公布|发布|颁布|印发|下发|制定|出台|转发|批转)?(?:的)?"
    return re.compile(rf"(?P<bodies>{body}(?:[、和及 ]?{body}){{0,5}}){acts}\Z")


_ISSUER_CHARS = 40


def _issuer_before(text: str, named: _Named) -> str:
    """Return the bodies that stand right before a title; empty if none does."""
    start = max(0, named.outer - _ISSUER_CHARS)
    if not "\u4e00" <= text[max(0, named.outer - 1) : named.outer] <= "\u9fff":
        return ""
    for found in _ENDS_ROW.finditer(text, start, named.outer):
        start = found.end()
    found = _issuer_form().search(text[start : named.outer])
    return "".join(found["bodies"].split()) if found is not None else ""


# Numbers alone ----------------------------------------------------------------------------------------


def _numbers_alone(text: str, named: Sequence[_Named], own: str) -> Iterator[_Named]:
    """Yield the numbers that stand for a document by themselves."""
    at = 0
    for sign in re.finditer("[号號]", text):
        line = max(text.rfind("\n", 0, sign.start()) + 1, sign.start() - 60)
        while at < len(named) and named[at].after <= sign.start():
            at += 1
        if at < len(named) and named[at].outer <= sign.start():
            continue
        begin = max(line, named[at - 1].after if at else 0)
        last = None
        for last in numbers_in(text, begin, sign.end()):
            pass
        if last is None or last[1] != sign.end() or last[2] == own:
            continue
        if _stands_alone(text, begin, last[0], last[1]):
            yield _Named(last[0], last[1], last[0], last[1], number=last[2])


def _stands_alone(text: str, begin: int, start: int, end: int) -> bool:
    """Return whether a number names a document by itself: words lead to it, or say that it is one."""
    behind = form("numbers", "behind_alone").match(text, end)
    before = text[max(begin, start - 24) : start]
    if _leads_to_number().search(before) is not None:
        return behind is not None or text[end : end + 1] in ("，", "。", "；", "）", ")")
    return behind is not None and form("numbers", "is_file").match(text, end) is not None and not before[-1:].strip(
        "。；，、\n \u3000（("
    )


@cache
def _leads_to_number() -> re.Pattern[str]:
    return re.compile(rf"{citation_data()['numbers']['before_alone']}\Z")
