"""The known forms of furniture as ``data/furniture.toml`` lists them, and what no line of any form lacks."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from pdtool.data_files import data_toml
from pdtool.text.multi_match import any_word_matcher, first_group_matcher

__all__ = [
    "WHOLE_BAR",
    "FormWords",
    "KnownForms",
    "LineForm",
    "PieceForm",
    "choice",
    "expression",
    "form_words",
    "furniture_data",
    "known_forms",
]

WHOLE_BAR = 2
"""Weight of a line of pieces that needs no furniture around it."""


@dataclass(frozen=True, slots=True)
class LineForm:
    """A form of whole lines; see the head of ``data/furniture.toml``.

    Args:
        name: Its name, which edits give as their reason.
        where: Where such lines stand: ``head``, ``foot``, ``edge`` (both) or ``any``.
        expression: What matches the whole line without its outer blanks.
        words: One of these stands in every match.
        needle: What lines that stand anywhere must hold to be found there; empty for other forms.
        takes: How many of the next lines go with it.
        titles: Whether the short lines after it, down to the end of the text, go with it.
        alone: Whether one such line is a foot by itself.
        beside: Whether authors write such lines too, so that one goes only where there is other furniture.
    """

    name: str
    where: str
    expression: str
    words: tuple[str, ...]
    needle: str = ""
    takes: int = 0
    titles: bool = False
    alone: bool = False
    beside: bool = False

    @property
    def pattern(self) -> re.Pattern[str]:
        """Its expression, compiled when it is first asked for: most forms never are."""
        return _compiled(self.expression)


@dataclass(frozen=True, slots=True)
class PieceForm:
    """A form of the parts that lines of labels, counters and buttons are made of.

    Args:
        name: Its name.
        weight: How much it says; the pieces of a line must weigh :data:`WHOLE_BAR` together.
        expression: What matches the piece where it begins.
        keep: Whether the piece is front matter, which stays where the rest of the line goes.
    """

    name: str
    weight: int
    expression: str
    keep: bool = False

    @property
    def pattern(self) -> re.Pattern[str]:
        """Its expression, compiled when it is first asked for: most forms never are."""
        return _compiled(self.expression)


@dataclass(frozen=True, slots=True)
class KnownForms:
    """Every known form of furniture, and what no line of a known form lacks.

    Args:
        lines: Forms of whole lines.
        pieces: Forms of parts of lines, tried in this order.
        in_prose: Returns whether a line holds what every line of running text that is furniture holds.
        in_short: Returns, of a shorter line, 0 if it holds a word that is enough by itself, 1 if one that is
            enough where the beginning has a certain form, and more if it holds neither.
    """

    lines: tuple[LineForm, ...]
    pieces: tuple[PieceForm, ...]
    in_prose: Callable[[str], bool]
    in_short: Callable[[str], int]

    def lines_at(self, *zones: str) -> tuple[LineForm, ...]:
        """Return the whole-line forms that may stand in these zones."""
        return tuple(line for line in self.lines if line.where in zones)


@cache
def furniture_data() -> dict[str, Any]:
    """Return ``data/furniture.toml`` as it stands."""
    return data_toml("furniture.toml")


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression)


def expression(pattern: str) -> str:
    """Return a pattern of the data with its shared parts in place of their names."""
    names: dict[str, str] = furniture_data()["names"]
    return re.sub("<([a-z]+)>", lambda name: names[name[1]], pattern)


def choice(words: Sequence[str]) -> re.Pattern[str]:
    """Return what finds any of some words, the longest first."""
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
    """Return the forms that ``data/furniture.toml`` lists."""
    data, needed = furniture_data(), form_words()
    return KnownForms(
        lines=tuple(map(_line, data["line"])),
        pieces=tuple(map(_piece, data["piece"])),
        in_prose=any_word_matcher(needed.prose),
        in_short=first_group_matcher([needed.whole, needed.start]),
    )


def _line(entry: Mapping[str, Any]) -> LineForm:
    optional = {key: entry[key] for key in ("needle", "takes", "titles", "alone", "beside") if key in entry}
    words = tuple(entry["words"]) if "words" in entry else (entry["needle"],)
    return LineForm(entry["name"], entry["where"], expression(entry["pattern"]), words, **optional)


def _piece(entry: Mapping[str, Any]) -> PieceForm:
    return PieceForm(entry["name"], entry["weight"], expression(entry["pattern"]), entry.get("keep", False))
