"""The numbers that Word writes before paragraphs by itself: 第一章, 一、, （一）, 1.

They stand in no text of the document: a paragraph, or its style, names a list and a level, and the list says
how the levels are written. They are counted here as Word counts them.

Source: ECMA-376, part 1, 17.9 (numbering) and 17.18.59 (formats of numbers).
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field

from pdtool.corpus.parsing.number_forms import written
from pdtool.corpus.parsing.word_xml import ignore, parse_part

__all__ = ["Numbering", "read_numbering"]

_LEVELS = 9
_NUMBERING = "word/numbering.xml"
_STYLES = "word/styles.xml"
_PLACE = re.compile(r"%([1-9])")
_CLOSES = frozenset("、．）】〕。：，")
"""Behind these no blank stands before the paragraph's text."""
_DEEPEST_STYLE = 20
"""The most styles that are based on each other."""


@dataclass(slots=True)
class _Level:
    """How the numbers of a level are written: its format, its text (``第%1章``), its first number."""

    form: str = "decimal"
    text: str = ""
    start: int = 1
    legal: bool = False
    style: str = ""


@dataclass(slots=True)
class _Style:
    """What a style says about numbers."""

    based_on: str = ""
    number: str = ""
    level: str = ""


@dataclass(slots=True)
class _Lists:
    """The definitions of a document: levels by abstract list, abstract list by list, starts set anew."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    abstract: dict[str, str] = field(default_factory=dict)
    overrides: dict[str, dict[int, int]] = field(default_factory=dict)
    styles: dict[str, _Style] = field(default_factory=dict)
    usual: str = ""


class Numbering:
    """Counts the numbered paragraphs of a document, in its order.

    Args:
        lists: How its lists are written.
    """

    def __init__(self, lists: _Lists | None = None) -> None:
        self._lists = lists or _Lists()
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[str] = set()

    def next(self, style: str, number: str, level: str) -> str:
        """Return what Word writes before the next paragraph; empty if it writes nothing.

        Args:
            style: The id of the paragraph's style; empty for the usual one.
            number: The id of the list that the paragraph itself names, or empty.
            level: Likewise the level, from 0.
        """
        number, level = self._inherited(style, number, level)
        abstract = self._lists.abstract.get(number)
        levels = self._lists.levels.get(abstract or "", {})
        at = int(level) if level.isdecimal() and int(level) < _LEVELS else _level_of(levels, style)
        if abstract is None or at not in levels:
            return ""
        counts = self._counted(abstract, number, levels, at)
        return _shown(levels, counts, at)

    def _inherited(self, style: str, number: str, level: str) -> tuple[str, str]:
        """Return list and level, from the style where the paragraph does not name them."""
        current = style or self._lists.usual
        for _ in range(_DEEPEST_STYLE):
            said = self._lists.styles.get(current)
            if said is None:
                break
            if not number:
                number, level = said.number, level or said.level
            current = said.based_on
        return number, level

    def _counted(self, abstract: str, number: str, levels: Mapping[int, _Level], at: int) -> list[int]:
        counts = self._counts.setdefault(abstract, [None] * _LEVELS)
        if number not in self._begun:
            self._begun.add(number)
            for level, start in self._lists.overrides.get(number, {}).items():
                counts[level] = start - 1
        before = counts[at]
        counts[at] = levels[at].start if before is None else before + 1
        counts[at + 1 :] = [None] * (_LEVELS - at - 1)
        return [
            levels[level].start if count is None and level in levels else count or 0
            for level, count in enumerate(counts)
        ]


def _first(levels: Mapping[int, _Level], at: int) -> int:
    """Return the number that a level has before any paragraph of it."""
    return levels[at].start if at in levels else 0


def _level_of(levels: Mapping[int, _Level], style: str) -> int:
    """Return the level that is tied to a style; the first one if none is."""
    return next((at for at, level in levels.items() if level.style and level.style == style), 0)


def _shown(levels: Mapping[int, _Level], counts: list[int], at: int) -> str:
    def one(match: re.Match[str]) -> str:
        level = int(match[1]) - 1
        form = levels[level].form if level in levels else "decimal"
        return written(counts[level], "decimal" if levels[at].legal and level != at else form)

    if levels[at].form in ("bullet", "none"):
        return ""
    text = _PLACE.sub(one, levels[at].text).strip()
    return text if not text or text[-1] in _CLOSES else f"{text} "


def read_numbering(package: zipfile.ZipFile, names: set[str]) -> Numbering:
    """Return the numbering of a document.

    Args:
        package: The document.
        names: The names of its parts.

    Raises:
        InputError: If one of its parts is damaged.
    """
    if _NUMBERING not in names:
        return Numbering()
    lists = _Lists()
    parse_part(package, _NUMBERING, _ListReader(lists).start, ignore, ignore)
    if _STYLES in names:
        parse_part(package, _STYLES, _StyleReader(lists).start, ignore, ignore)
    return Numbering(lists)


class _ListReader:
    """Collects the definitions of lists."""

    def __init__(self, lists: _Lists) -> None:
        self._lists = lists
        self._levels: dict[int, _Level] = {}
        self._level = _Level()
        self._number = ""
        self._override = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take the beginning of an element."""
        value = attributes.get("val", "")
        if name == "abstractNum":
            self._levels = self._lists.levels.setdefault(attributes.get("abstractNumId", ""), {})
            self._number = ""
        elif name == "lvl":
            self._level = _Level()
            if not self._number:
                self._levels[_index(attributes.get("ilvl", ""))] = self._level
        elif name == "num":
            self._number = attributes.get("numId", "")
        elif name == "abstractNumId":
            self._lists.abstract[self._number] = value
        elif name == "lvlOverride":
            self._override = _index(attributes.get("ilvl", ""))
        elif name == "startOverride":
            self._lists.overrides.setdefault(self._number, {})[self._override] = _number(value)
        else:
            self._detail(name, value)

    def _detail(self, name: str, value: str) -> None:
        if name == "numFmt":
            self._level.form = value
        elif name == "lvlText":
            self._level.text = value
        elif name == "start":
            self._level.start = _number(value)
        elif name == "isLgl":
            self._level.legal = value not in ("0", "false", "off")
        elif name == "pStyle":
            self._level.style = value


class _StyleReader:
    """Collects what the styles of paragraphs say about numbers."""

    def __init__(self, lists: _Lists) -> None:
        self._lists = lists
        self._style = _Style()

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take the beginning of an element."""
        value = attributes.get("val", "")
        if name == "style":
            self._style = _Style()
            if attributes.get("type") == "paragraph":
                self._lists.styles[attributes.get("styleId", "")] = self._style
                if attributes.get("default") in ("1", "true", "on"):
                    self._lists.usual = attributes.get("styleId", "")
        elif name == "basedOn":
            self._style.based_on = value
        elif name == "numId":
            self._style.number = value
        elif name == "ilvl":
            self._style.level = value


def _index(value: str) -> int:
    return min(int(value), _LEVELS - 1) if value.isdecimal() else 0


def _number(value: str) -> int:
    return int(value[:6]) if value.isdecimal() else 1
