"""The known forms of furniture: what a line looks like that is the site's wherever it is found.

``浏览量:213 | 发布时间:2024-01-12`` is a row of labels and counters, ``本站所有资源由会员上传`` is a notice
in which a site speaks of itself. The forms are data (``data/furniture.toml``); this module compiles them and
recognises one line at a time. Most lines of most texts are ruled out by one search for the words that every
form needs (:func:`may_be_furniture`); the forms are compiled when a line has come through that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from pdtool.normalise.furniture.form_table import (
    WHOLE_BAR,
    LineForm,
    PieceForm,
    choice,
    expression,
    furniture_data,
    known_forms,
)
from pdtool.text.lines import Span, ends_sentence
from pdtool.text.multi_match import groups_matcher

__all__ = [
    "LONGEST",
    "LONG_PROSE",
    "PROSE",
    "Finding",
    "Found",
    "begins_with_form",
    "has_form",
    "is_issuers_note",
    "is_prose",
    "label_weight",
    "line_at",
    "may_be_furniture",
    "name_notice",
    "read_buttons",
    "read_pieces",
    "recognise",
]

LONGEST = 400
"""Characters of the longest line of furniture looked at; longer ones are text."""
PROSE = 60
"""A line this long that ends a sentence is running text, where head and foot stop."""
LONG_PROSE = 150
"""A line this long is running text whatever its end."""
_KEPT = 4096
"""Lines of which is kept whether they have a form."""
_STATUTE = re.compile(r"第[一二三四五六七八九十百千零〇\d]{1,7}[章节条款项](?! ?[/／])")
_NUMBER = re.compile(r"\d{1,2}[、.．)）] ?")
_ISSUERS_NOTE = re.compile(
    r"(?:附注[:：] ?)?[（(]?此[件文][^，。；]{0,16}(?:公开|发布)[^，。；]{0,8}[)）]?"
    r"|[（(](?:信息)?公开(?:形式|方式|属性|类别)[:：] ?[^，。；]{2,8}[)）]"
)
"""The note below the date of an official document (GB/T 9704-2012, 7.3.9): who may be told of it."""
_SEPARATORS = re.compile(r"[\s|｜/·•,，;；\-—_>《》　]{0,40}")


@dataclass(frozen=True, slots=True)
class Finding:
    """Why a line is furniture.

    Args:
        rule: The form or the evidence that says so; edits give it as their reason.
        kept: Parts of the line that stay, as half-open offsets into the line.
        form: The form of whole lines that it has, if it has one.
    """

    rule: str
    kept: tuple[Span, ...] = ()
    form: LineForm | None = None


Found = dict[Span, Finding]
"""Furniture: where its lines stand in a text, and why each is furniture."""


@cache
def _clock() -> re.Pattern[str]:
    """Return what finds a colon with minutes, which is enough by itself too."""
    return re.compile(f"[:：]{furniture_data()['trigger']['minutes']}")


@cache
def _start() -> re.Pattern[str]:
    """Return what matches the beginning of lines that hold no word that is enough by itself."""
    return re.compile(
        expression("|".join(start["pattern"] for start in furniture_data()["trigger"]["start"]))
    )


@cache
def _any_piece() -> re.Pattern[str]:
    """Match where any piece does; the last group of a match is that of the first piece that does.

    One pattern takes less time to compile than its parts, and an empty group behind each costs a match
    nothing.
    """
    return re.compile("|".join(f"(?:{piece.expression})()" for piece in known_forms().pieces))


@cache
def _lines_held() -> Callable[[str], list[int]]:
    """Return what gives the numbers of the forms of lines of which a line holds a word."""
    return groups_matcher([form.words for form in known_forms().lines])


def _line_form(line: str, zones: Sequence[str]) -> int | None:
    """Return the number of the first form that a whole line has of those that stand in some zones.

    Only the forms of which it holds a word are compared, and compiled.
    """
    forms = known_forms().lines
    held = sorted({number for number in _lines_held()(line) if forms[number].where in zones})
    return next((number for number in held if forms[number].pattern.fullmatch(line)), None)


def line_at(text: str, span: Span) -> str:
    """Return a line of a text, cut where it is longer than any furniture."""
    return text[span[0] : min(span[1], span[0] + LONGEST + 1)]


def is_prose(line: str) -> bool:
    """Return whether a line is running text."""
    return len(line) >= LONG_PROSE or (len(line) >= PROSE and ends_sentence(line))


def may_be_furniture(line: str) -> bool:
    """Return whether a line holds what every form needs; most lines of most texts do not."""
    forms = known_forms()
    if is_prose(line):
        return len(line) <= LONGEST and forms.in_prose(line)
    rank = forms.in_short(line)
    if rank == 0 or (rank == 1 and begins_with_form(line)):
        return True
    return (":" in line or "：" in line) and _clock().search(line) is not None


def begins_with_form(line: str) -> bool:
    """Return whether a line begins as one has to whose words are not enough by themselves."""
    return _start().match(line.lstrip()) is not None


@lru_cache(maxsize=_KEPT)
def has_form(line: str) -> bool:
    """Return whether a line has a known form of any zone; kept, for several steps ask this of one line."""
    return recognise(line, "head", "foot", "edge", "any") is not None


def recognise(line: str, *zones: str, numbered: bool = False) -> Finding | None:
    """Return why a line is furniture by its form alone.

    Args:
        line: The line with its outer blanks.
        zones: Where it stands, as the forms name it: ``head`` or ``foot``, ``edge`` for both, ``any``.
        numbered: Whether the site may have numbered it.

    Returns:
        ``None`` for any other line.
    """
    if not may_be_furniture(line):
        return None
    bare = line.strip()
    if _STATUTE.match(bare) or is_issuers_note(bare):
        return None
    # A site numbers its terms of use as authors number their points.
    unnumbered = _NUMBER.sub("", bare, 1) if numbered else bare
    found = [number for said in {bare, unnumbered} if (number := _line_form(said, zones)) is not None]
    if found:
        form = known_forms().lines[min(found)]
        return Finding(form.name, form=form)
    pieces = read_pieces(line)
    if pieces is not None:
        return pieces
    if _NUMBER.match(bare) and not numbered:
        return None
    return Finding("notice") if name_notice(unnumbered) else None


def is_issuers_note(line: str) -> bool:
    """Return whether a line is what the issuer of an official document says of its readers.

    >>> is_issuers_note("（此件公开发布）"), is_issuers_note("此件公开发布后，各地应当认真学习。")
    (True, False)
    """
    return _ISSUERS_NOTE.fullmatch(line) is not None


def read_pieces(line: str) -> Finding | None:
    """Read a line as labels, counters and buttons; ``None`` if it holds anything else or too little.

    >>> read_pieces("来源：新华网 | 浏览：12次") is not None, read_pieces("来源：新华网") is not None
    (True, False)
    """
    pieces = _pieces_of(line)
    if sum(piece.weight for piece, _ in pieces) < WHOLE_BAR:
        return None
    return Finding("page_bar", tuple(span for piece, span in pieces if piece.keep))


def label_weight(line: str) -> int:
    """Return the weight of a line that is labels, counters and buttons alone; 0 for any other.

    >>> label_weight("来源：新华网"), label_weight("来源广泛")
    (1, 0)
    """
    return sum(piece.weight for piece, _ in _pieces_of(line))


def _pieces_of(line: str) -> list[tuple[PieceForm, Span]]:
    """Read a line as pieces and separators; nothing if it holds anything else."""
    found: list[tuple[PieceForm, Span]] = []
    offset = _skip(line, 0)
    while offset < len(line):
        piece = _any_piece().match(line, offset)
        if piece is None or piece.end() == offset:
            return []
        assert piece.lastindex is not None, "each part of the pattern ends in a group"
        found.append((known_forms().pieces[piece.lastindex - 1], piece.span()))
        offset = _skip(line, piece.end())
    return found


def read_buttons(line: str) -> bool:
    """Return whether a line is buttons and nothing else, even a single one, which proves nothing by itself.

    >>> read_buttons("打印"), read_buttons("打印机")
    (True, False)
    """
    offset = _skip(line, 0)
    while offset < len(line):
        read = _any_button().match(line, offset)
        if read is None or read.end() == offset:
            return False
        offset = _skip(line, read.end())
    return any(map(str.isalnum, line))


@cache
def _any_button() -> re.Pattern[str]:
    pieces = [piece for piece in known_forms().pieces if piece.name in {"page_button", "button", "sizes"}]
    return re.compile("|".join(f"(?:{piece.expression})" for piece in pieces))


def _skip(line: str, offset: int) -> int:
    separators = _SEPARATORS.match(line, offset)
    return separators.end() if separators else offset


def name_notice(line: str) -> bool:
    """Return whether a site speaks in a line: of itself and of files, rights and downloads.

    >>> name_notice("本站所有资源由会员上传，如有侵权请联系我们删除。")
    True
    """
    if not _self_words().search(line):
        return False
    if _notice_heading().match(line):
        return True
    return len(set(_self_words().findall(line))) + len(set(_notice_words().findall(line))) >= 3


@cache
def _notice_heading() -> re.Pattern[str]:
    """Return what matches the heading of a site's notice."""
    return re.compile(expression(furniture_data()["voice"]["heading"]))


@cache
def _self_words() -> re.Pattern[str]:
    """Return what finds how a site speaks of itself."""
    return choice(furniture_data()["voice"]["self"])


@cache
def _notice_words() -> re.Pattern[str]:
    """Return what finds the words that the notices of sites speak of."""
    return choice(furniture_data()["voice"]["words"])
