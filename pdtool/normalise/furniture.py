"""Furniture: what sites print around a text, recognised line by line.

What the lines look like is data (``data/furniture.toml``). Where they may stand matters as much: a line
``责任编辑：张三`` under the last paragraph is the site's, the same words in the middle are the author's.
The head ends, and the foot begins, where running text stands; only forms that cannot be anything else are
looked for in between.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import Any

from pdtool.normalise.edits import Edits
from pdtool.normalise.lines import Span, ends_sentence, first_lines, last_lines

__all__ = ["Catalogue", "Line", "Piece", "catalogue", "furniture", "name_notice", "read_pieces"]

_HEAD_LINES = 15
"""Non-blank lines from the top that may hold furniture: menus, title, source and counters."""
_FOOT_LINES = 40
"""Likewise from the bottom: notices and lists of links run longer."""
_LONGEST = 400
"""Characters of the longest line of furniture looked at; longer ones are text."""
_PROSE = 60
"""A line this long that ends a sentence is running text, where head and foot stop."""
_LONG_PROSE = 150
"""So is a line of this length whatever its end."""
_STRAYS = 4
"""Unknown short lines in a row that the foot may hold."""
_TITLE = 60
"""The longest line of a list of links."""

_SEPARATORS = re.compile(r"[\s|｜/·•,，;；\-—_>《》　]{0,40}")


@dataclass(frozen=True, slots=True)
class Line:
    """A form of whole lines; see the head of ``data/furniture.toml``."""

    name: str
    where: str
    pattern: re.Pattern[str]
    needle: str = ""
    takes: int = 0
    titles: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A form of the parts that lines of labels, counters and buttons are made of."""

    name: str
    weight: int
    pattern: re.Pattern[str]
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every form of furniture.

    Args:
        lines: Forms of whole lines.
        pieces: Forms of parts of lines, tried in this order.
        heading: What heads a site's notice.
        self_words: How a site speaks of itself.
        words: What its notices speak of.
    """

    lines: tuple[Line, ...]
    pieces: tuple[Piece, ...]
    heading: re.Pattern[str]
    self_words: re.Pattern[str]
    words: re.Pattern[str]

    def lines_at(self, *places: str) -> tuple[Line, ...]:
        """Return the whole-line forms that may stand at these places."""
        return tuple(line for line in self.lines if line.where in places)


def _compiled(pattern: str, names: Mapping[str, str]) -> re.Pattern[str]:
    return re.compile(re.sub("<([a-z]+)>", lambda name: names[name[1]], pattern))


def _choice(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))


@cache
def catalogue() -> Catalogue:
    """Return the forms that ``data/furniture.toml`` lists, compiled."""
    data = tomllib.loads(files("pdtool").joinpath("data/furniture.toml").read_text(encoding="utf-8"))
    names: dict[str, str] = data["names"]
    return Catalogue(
        lines=tuple(_line(entry, names) for entry in data["line"]),
        pieces=tuple(_piece(entry, names) for entry in data["piece"]),
        heading=_compiled(data["voice"]["heading"], names),
        self_words=_choice(data["voice"]["self"]),
        words=_choice(data["voice"]["words"]),
    )


def _line(entry: Mapping[str, Any], names: Mapping[str, str]) -> Line:
    optional = {key: entry[key] for key in ("needle", "takes", "titles") if key in entry}
    return Line(entry["name"], entry["where"], _compiled(entry["pattern"], names), **optional)


def _piece(entry: Mapping[str, Any], names: Mapping[str, str]) -> Piece:
    pattern = _compiled(entry["pattern"], names)
    return Piece(entry["name"], entry["weight"], pattern, entry.get("keep", False))


def furniture(text: str) -> Edits:
    r"""Find the furniture of a text.

    Args:
        text: Line ends are ``\n``, page markers are gone.

    Returns:
        Edits that delete each line with its break. A text that is furniture alone becomes empty.

    >>> text = "浏览量:213 | 发布时间:2024-01-12\n党建引领基层治理。\n点赞:\n收藏:"
    >>> furniture(text).apply(text)[0]
    '党建引领基层治理。\n'
    """
    found: dict[Span, _Verdict] = {}
    found.update(_anywhere(text))
    found.update(_head(text))
    found.update(_foot(text))
    spans, rules = [], []
    for span, verdict in sorted(found.items(), key=lambda item: item[0]):
        for start, end in _cuts(text, span, verdict):
            spans.append((start, end, ""))
            rules.append(verdict.rule)
    return Edits.of(text, spans, rules)


@dataclass(frozen=True, slots=True)
class _Verdict:
    """Why a line is furniture, and which parts of it stay (offsets into the line)."""

    rule: str
    kept: tuple[Span, ...] = ()
    line: Line | None = None


def _cuts(text: str, span: Span, verdict: _Verdict) -> Iterator[Span]:
    """Yield what to delete: the line and its break, or, if parts of it stay, what lies around them."""
    start, end = span
    if not verdict.kept:
        yield start, min(end + 1, len(text))
        return
    position = start
    for first, last in verdict.kept:
        if start + first > position:
            yield position, start + first
        position = start + last
    if position < end:
        yield position, end


# One line ---------------------------------------------------------------------------------------------


def _judge(line: str, forms: Sequence[Line]) -> _Verdict | None:
    """Say why a line at the head or foot is furniture, or return ``None``."""
    if len(line) > _LONGEST:
        return None
    bare = line.strip()
    for form in forms:
        if form.pattern.fullmatch(bare):
            return _Verdict(form.name, line=form)
    pieces = read_pieces(line)
    if pieces is not None:
        return pieces
    return _Verdict("notice") if name_notice(bare) else None


def read_pieces(line: str) -> _Verdict | None:
    """Read a line as labels, counters and buttons; ``None`` if it holds anything else or too little.

    >>> read_pieces("来源：新华网 | 浏览：12次") is not None, read_pieces("来源：新华网") is not None
    (True, False)
    """
    weight, position, kept = 0, _skip(line, 0), []
    while position < len(line):
        read = next(((p, m) for p in catalogue().pieces if (m := p.pattern.match(line, position))), None)
        if read is None or read[1].end() == position:
            return None
        piece, match = read
        weight += piece.weight
        if piece.keep:
            kept.append(match.span())
        position = _skip(line, match.end())
    return _Verdict("page_bar", tuple(kept)) if weight >= 2 else None


def _skip(line: str, position: int) -> int:
    separators = _SEPARATORS.match(line, position)
    return separators.end() if separators else position


def name_notice(line: str) -> bool:
    """Tell whether a site speaks in a line: of itself and of files, rights and downloads.

    >>> name_notice("本站所有资源由会员上传，如有侵权请联系我们删除。")
    True
    """
    forms = catalogue()
    if not forms.self_words.search(line):
        return False
    if forms.heading.match(line):
        return True
    return len(set(forms.self_words.findall(line))) + len(set(forms.words.findall(line))) >= 3


# Where lines stand ------------------------------------------------------------------------------------


def _is_prose(line: str) -> bool:
    return len(line) >= _LONG_PROSE or (len(line) >= _PROSE and ends_sentence(line))


def _head(text: str) -> dict[Span, _Verdict]:
    forms = catalogue().lines_at("head", "edge", "any")
    found: dict[Span, _Verdict] = {}
    for start, end in islice(first_lines(text), _HEAD_LINES):
        if end - start > _LONGEST:
            break
        verdict = _judge(text[start:end], forms)
        if verdict is not None:
            found[start, end] = verdict
        elif _is_prose(text[start:end]):
            break
    return found


def _foot(text: str) -> dict[Span, _Verdict]:
    """Judge the last lines top down (a label takes the next ones), then keep what text does not follow."""
    spans = list(islice(last_lines(text), _FOOT_LINES))[::-1]
    lines = [text[start : min(end, start + _LONGEST + 1)] for start, end in spans]
    verdicts = _judge_foot(lines)
    found: dict[Span, _Verdict] = {}
    strays = 0
    for span, line, verdict in zip(reversed(spans), reversed(lines), reversed(verdicts), strict=True):
        if verdict is not None:
            found[span] = verdict
            strays = 0
            continue
        strays += 1
        if _is_prose(line) or strays > _STRAYS:
            break
    return found


def _judge_foot(lines: Sequence[str]) -> list[_Verdict | None]:
    forms = catalogue().lines_at("foot", "edge", "any")
    verdicts: list[_Verdict | None] = [None] * len(lines)
    for index, line in enumerate(lines):
        if verdicts[index] is not None:
            continue
        verdict = verdicts[index] = _judge(line, forms)
        if verdict is None or verdict.line is None:
            continue
        for taken in range(index + 1, index + 1 + _taken(verdict.line, lines[index + 1 :])):
            verdicts[taken] = _Verdict(verdict.rule)
    return verdicts


def _taken(form: Line, following: Sequence[str]) -> int:
    """Count the lines after a furniture line that go with it."""
    if form.titles:
        links = all(len(line) <= _TITLE and not ends_sentence(line) for line in following)
        return len(following) if links else 0
    return min(form.takes, len(following))


def _anywhere(text: str) -> dict[Span, _Verdict]:
    """Look for the unmistakable forms, each by its needle: text without it costs one search."""
    found: dict[Span, _Verdict] = {}
    for form in catalogue().lines_at("any"):
        position = text.find(form.needle)
        while position >= 0:
            start, end = _line_around(text, position)
            if end - start <= _LONGEST and form.pattern.fullmatch(text[start:end].strip()):
                found[start, end] = _Verdict(form.name, line=form)
            position = text.find(form.needle, end)
    return found


def _line_around(text: str, position: int) -> Span:
    end = text.find("\n", position)
    return text.rfind("\n", 0, position) + 1, len(text) if end < 0 else end
