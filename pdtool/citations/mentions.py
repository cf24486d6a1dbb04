"""A clean text → the documents it names: titles in 《》, numbers without a title, short forms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pdtool.citations.citing_sentence import Sentences
from pdtool.citations.lone_numbers import lone_numbers
from pdtool.citations.mention import Mention
from pdtool.citations.named_place import NamedPlace, issuer_before, named_place
from pdtool.citations.relation_rows import relations
from pdtool.citations.short_titles import ShortTitles
from pdtool.citations.unmarked_names import all_titles
from pdtool.citations.wraps import unwrapped

__all__ = ["mentions_in"]

_BLANKS = re.compile(r"\s+")
_WRAPS = re.compile(r"(?<=[^\x00-\x7f])[ \t\u3000]*\n\s*(?=[^\x00-\x7f])")
_NEEDLESS = re.compile(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])")
"""Blanks beside a character that is not Latin: a line end stood there."""
_NEAR_TITLES = 300
"""Whole titles that a bare one may stand for: the last so many."""


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
    titles = all_titles(text)
    sentences = Sentences(text)
    named = [named_place(text, span) for span in titles]
    plain = [_one_line(text[start:end]) for start, end in titles]
    short = ShortTitles(text, titles, plain)
    shown = [
        at for at in range(len(named)) if at not in short.definitions and not _is_own(titles[at], own_title)
    ]
    whole = _whole_titles(shown, plain, short)
    numbers = list(lone_numbers(text, named, own_number))
    places = [named[at] for at in shown]
    said = relations(text, sentences, sorted([*places, *numbers], key=lambda one: one.start))
    found = [
        replace(
            _mention(text, sentences, named[at], plain[at], said[named[at].start]),
            title=plain[whole[at]],
            edition=named[whole[at]].edition or named[at].edition,
            number=named[at].number or named[whole[at]].number,
            issuer=issuer_before(text, named[whole[at]]),
            date=named[at].date or named[whole[at]].date,
            is_short=whole[at] != at,
        )
        for at in shown
    ]
    found += [_mention(text, sentences, one, "", said[one.start]) for one in numbers]
    return sorted(found, key=lambda one: one.start)


def _one_line(text: str) -> str:
    r"""Return a title in one line: blanks within Chinese go, those between words of Latin letters stay.

    >>> _one_line("中共中央 国务院关于\n某事的意见"), _one_line("The  Art of War")
    ('中共中央国务院关于某事的意见', 'The Art of War')
    """
    if _BLANKS.search(text) is None:
        return text.strip()
    return _NEEDLESS.sub("", _BLANKS.sub(" ", text.strip()))


def _sentence(text: str) -> str:
    """Return a sentence in one line: wrapped lines are joined, blanks within a line stay."""
    return _BLANKS.sub(" ", _WRAPS.sub("", text)).strip()


def _is_own(title: tuple[int, int], own: Sequence[tuple[int, int]]) -> bool:
    """Return whether a title in marks is nothing but the document's own title."""
    return bool(own) and own[0][0] >= title[0] - 1 and own[-1][1] <= title[1] + 1


def _whole_titles(shown: Sequence[int], plain: Sequence[str], short: ShortTitles) -> dict[int, int]:
    """Return for each title the one that it stands for."""
    former: dict[str, int] = {}
    whole = {}
    for at in shown:
        whole[at] = short.whole(at, tuple(former.values()))
        if whole[at] == at and plain[at] not in former:
            former[plain[at]] = at
            if len(former) > _NEAR_TITLES:
                del former[next(iter(former))]
    return whole


def _mention(text: str, sentences: Sentences, named: NamedPlace, written: str, relation: str) -> Mention:
    begin, stop = sentences.around(named.start, max(named.end, named.after))
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
