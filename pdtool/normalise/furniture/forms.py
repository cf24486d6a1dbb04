"""The known forms of furniture: what a line looks like that is the site's wherever it is found.

``浏览量:213 | 发布时间:2024-01-12`` is a row of labels and counters, ``本站所有资源由会员上传`` is a notice
in which a site speaks of itself. The forms are data (``data/furniture.toml``); this module compiles them and
recognises one line at a time. Most lines of most texts are ruled out by one search for the words that every
form needs (:func:`may_be_furniture`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from pdtool.data_files import data_toml
from pdtool.text.lines import Span, ends_sentence
from pdtool.text.multi_match import any_word_matcher, first_group_matcher

__all__ = [
    "LONGEST",
    "LONG_PROSE",
    "PROSE",
    "Finding",
    "FormWords",
    "Found",
    "KnownForms",
    "LineForm",
    "PieceForm",
    "form_words",
    "furniture_data",
    "has_form",
    "is_issuers_note",
    "is_prose",
    "known_forms",
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
_WHOLE_BAR = 2
"""Weight of a line of pieces that needs no furniture around it."""

_STATUTE = re.compile(r"第[一二三四五六七八九十百千零〇\d]{1,7}[章节条款项](?! ?[/／])")
_NUMBER = re.compile(r"\d{1,2}[、.．)）] ?")
_ISSUERS_NOTE = re.compile(
    r"(?:附注[:：] ?)?[（(]?此[件文][^，。；]{0,16}(?:公开|发布)[^，。；]{0,8}[)）]?"
    r"|[（(](?:信息)?公开(?:形式|方式|属性|类别)[:：] ?[^，。；]{2,8}[)）]"
)
"""The note below the date of an official document (GB/T 9704-2012, 7.3.9): who may be told of it."""
_SEPARATORS = re.compile(r"[\s|｜/·•,，;；\-—_>《》　]{0,40}")


@dataclass(frozen=True, slots=True)
class LineForm:
    """A form of whole lines; see the head of ``data/furniture.toml``.

    Args:
        name: Its name, which edits give as their reason.
        where: Where such lines stand: ``head``, ``foot``, ``edge`` (both) or ``any``.
        pattern: Matches the whole line without its outer blanks.
        needle: A literal part of every match, by which lines that stand anywhere are found.
        takes: How many of the next lines go with it.
        titles: Whether the short lines after it, down to the end of the text, go with it.
        alone: Whether one such line is a foot by itself.
        beside: Whether authors write such lines too, so that one goes only where there is other furniture.
    """

    name: str
    where: str
    pattern: re.Pattern[str]
    needle: str = ""
    takes: int = 0
    titles: bool = False
    alone: bool = False
    beside: bool = False


@dataclass(frozen=True, slots=True)
class PieceForm:
    """A form of the parts that lines of labels, counters and buttons are made of.

    Args:
        name: Its name.
        weight: How much it says; the pieces of a line must weigh :data:`_WHOLE_BAR` together.
        pattern: Matches the piece where it begins.
        keep: Whether the piece is front matter, which stays where the rest of the line goes.
    """

    name: str
    weight: int
    pattern: re.Pattern[str]
    keep: bool = False


@dataclass(frozen=True, slots=True)
class KnownForms:
    """Every known form of furniture, compiled.

    Args:
        lines: Forms of whole lines.
        pieces: Forms of parts of lines, tried in this order.
        heading: What heads a site's notice.
        self_words: How a site speaks of itself.
        words: What its notices speak of.
        in_prose: Returns whether a line holds what every line of running text that is furniture holds.
        in_short: Returns, of a shorter line, 0 if it holds a word that is enough by itself, 1 if one that is
            enough at the beginning, where ``at_start`` matches, and more if it holds neither.
        clock: A colon with minutes, which is enough by itself too.
        at_start: Matches the beginning of lines that hold no word that is enough by itself.
    """

    lines: tuple[LineForm, ...]
    pieces: tuple[PieceForm, ...]
    heading: re.Pattern[str]
    self_words: re.Pattern[str]
    words: re.Pattern[str]
    in_prose: Callable[[str], bool]
    in_short: Callable[[str], int]
    clock: re.Pattern[str]
    at_start: re.Pattern[str]

    def lines_at(self, *zones: str) -> tuple[LineForm, ...]:
        """Return the whole-line forms that may stand in these zones."""
        return tuple(line for line in self.lines if line.where in zones)


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
def furniture_data() -> dict[str, Any]:
    """Return ``data/furniture.toml`` as it stands."""
    return data_toml("furniture.toml")


def _compiled(pattern: str, names: Mapping[str, str]) -> re.Pattern[str]:
    return re.compile(re.sub("<([a-z]+)>", lambda name: names[name[1]], pattern))


def _choice(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))


def _with_signs(labels: Sequence[str]) -> list[str]:
    """Return labels as they stand before their values: a colon or a bar, maybe after a blank."""
    return [f"{label}{blank}{sign}" for label in labels for blank in ("", " ") for sign in ":：|｜丨"]


@dataclass(frozen=True, slots=True)
class FormWords:
    """The words that lines of a known form hold.

    Args:
        whole: Words that are enough by themselves in a line that is no running text.
        start: Words that are enough where the beginning of such a line has a certain form.
        prose: One of these is in every line of running text that has a known form.
    """

    whole: tuple[str, ...]
    start: tuple[str, ...]
    prose: tuple[str, ...]


@cache
def form_words() -> FormWords:
    """Return the words without which no line has a known form."""
    data = furniture_data()
    voice, trigger = data["voice"], data["trigger"]
    prose = (*trigger["prose"], *voice["self"])
    start = tuple(word for start in trigger["start"] for word in start["words"])
    return FormWords((*trigger["short"], *prose, *_with_signs(trigger["labels"])), start, prose)


@cache
def known_forms() -> KnownForms:
    """Return the forms that ``data/furniture.toml`` lists, compiled."""
    data, needed = furniture_data(), form_words()
    voice, trigger = data["voice"], data["trigger"]
    names: dict[str, str] = data["names"]
    return KnownForms(
        lines=tuple(_line(entry, names) for entry in data["line"]),
        pieces=tuple(_piece(entry, names) for entry in data["piece"]),
        heading=_compiled(voice["heading"], names),
        self_words=_choice(voice["self"]),
        words=_choice(voice["words"]),
        in_prose=any_word_matcher(needed.prose),
        in_short=first_group_matcher([needed.whole, needed.start]),
        clock=re.compile(f"[:：]{trigger['minutes']}"),
        at_start=_compiled("|".join(start["pattern"] for start in trigger["start"]), names),
    )


def _line(entry: Mapping[str, Any], names: Mapping[str, str]) -> LineForm:
    optional = {key: entry[key] for key in ("needle", "takes", "titles", "alone", "beside") if key in entry}
    return LineForm(entry["name"], entry["where"], _compiled(entry["pattern"], names), **optional)


def _piece(entry: Mapping[str, Any], names: Mapping[str, str]) -> PieceForm:
    pattern = _compiled(entry["pattern"], names)
    return PieceForm(entry["name"], entry["weight"], pattern, entry.get("keep", False))


@cache
def _forms_at(*zones: str) -> tuple[LineForm, ...]:
    return known_forms().lines_at(*zones)


@cache
def _any_form_at(*zones: str) -> re.Pattern[str]:
    """Match every line of a form that may stand in these zones; few lines need be asked for its name."""
    return _any_of(form.pattern for form in _forms_at(*zones))


def _any_of(patterns: Iterable[re.Pattern[str]]) -> re.Pattern[str]:
    """Return a pattern that matches where any of some patterns does."""
    return re.compile("|".join(f"(?:{pattern.pattern})" for pattern in patterns))


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
    if rank == 0 or (rank == 1 and forms.at_start.match(line.lstrip()) is not None):
        return True
    return (":" in line or "：" in line) and forms.clock.search(line) is not None


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
    any_form = _any_form_at(*zones)
    has_one = any_form.fullmatch(bare) or (unnumbered != bare and any_form.fullmatch(unnumbered))
    for form in _forms_at(*zones) if has_one else ():
        if form.pattern.fullmatch(bare) or (unnumbered != bare and form.pattern.fullmatch(unnumbered)):
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
    if sum(piece.weight for piece, _ in pieces) < _WHOLE_BAR:
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
        if _any_piece().match(line, offset) is None:  # most lines: one look in place of one for each piece
            return []
        read = next((p, m) for p in known_forms().pieces if (m := p.pattern.match(line, offset)))
        if read[1].end() == offset:
            return []
        found.append((read[0], read[1].span()))
        offset = _skip(line, read[1].end())
    return found


def read_buttons(line: str) -> bool:
    """Return whether a line is buttons and nothing else, even a single one, which proves nothing by itself.

    >>> read_buttons("打印"), read_buttons("打印机")
    (True, False)
    """
    offset = _skip(line, 0)
    while offset < len(line):
        read = next((m for p in _buttons() if (m := p.match(line, offset)) and m.end() > offset), None)
        if read is None:
            return False
        offset = _skip(line, read.end())
    return any(map(str.isalnum, line))


@cache
def _any_piece() -> re.Pattern[str]:
    return _any_of(form.pattern for form in known_forms().pieces)


@cache
def _buttons() -> tuple[re.Pattern[str], ...]:
    return tuple(p.pattern for p in known_forms().pieces if p.name in {"page_button", "button", "sizes"})


def _skip(line: str, offset: int) -> int:
    separators = _SEPARATORS.match(line, offset)
    return separators.end() if separators else offset


def name_notice(line: str) -> bool:
    """Return whether a site speaks in a line: of itself and of files, rights and downloads.

    >>> name_notice("本站所有资源由会员上传，如有侵权请联系我们删除。")
    True
    """
    forms = known_forms()
    if not forms.self_words.search(line):
        return False
    if forms.heading.match(line):
        return True
    return len(set(forms.self_words.findall(line))) + len(set(forms.words.findall(line))) >= 3
