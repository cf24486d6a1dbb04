"""Writes templates whose words are as rare and as many as in texts of others: names, terms, Latin, figures.

The templates and the words are data (``tests/texts/data/kinds``); what no list could hold is put together
here: personal names of any surname and rare characters, transliterated names, names of programs, figures.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

__all__ = ["Pen", "chinese_number", "forms"]

_DATA = Path(__file__).parents[1] / "data" / "kinds"
_SLOT = re.compile(r"\{(\w+)\}")
_JOINED = 0.35
"""Share of the sentences that go on after a semicolon: real prose has a full stop in 40 to 60 characters."""
_DIGITS = "零一二三四五六七八九"


@cache
def _load(name: str) -> dict[str, Any]:
    return tomllib.loads((_DATA / name).read_text(encoding="utf-8"))


@cache
def _words() -> dict[str, tuple[str, ...]]:
    lists = {symbol: tuple(words.split()) for symbol, words in _load("words.toml").items()}
    sentences = {symbol: tuple(templates) for symbol, templates in _load("sentences.toml").items()}
    return lists | sentences


def forms(kind: str) -> dict[str, list[str]]:
    """Return the titles, openings, headings and closings of a kind of document."""
    form: dict[str, list[str]] = _load("forms.toml")[kind]
    return form


def chinese_number(number: int) -> str:
    """Write 1 to 199 in Chinese.

    >>> [chinese_number(number) for number in (7, 10, 15, 40, 83, 101, 110)]
    ['七', '十', '十五', '四十', '八十三', '一百零一', '一百一十']
    """
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if hundreds and rest and not tens:
        words += "零"
    if tens:
        words += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    return words + (_DIGITS[ones] if ones else "")


@dataclass(slots=True)
class Pen:
    """Expands templates; all its choices come from ``rng``.

    Args:
        rng: Where the choices come from; equal states write equal texts.
        local: Symbols of one document or kind, which come before the common ones.
    """

    rng: Random
    local: dict[str, Sequence[str]] = field(default_factory=dict)

    def pick(self, symbol: str) -> str:
        """Draw one alternative of a symbol, its own slots still open."""
        return self.rng.choice(self.local.get(symbol) or _words()[symbol])

    def person(self) -> str:
        """Make a Chinese name of two or three characters, or four with a double surname."""
        return self.pick("surname") + "".join(self.pick("given") for _ in range(self.rng.choice((1, 2, 2))))

    def foreign(self) -> str:
        """Make a transliterated name of two to five syllables."""
        return "".join(self.pick("syllable") for _ in range(self.rng.choice((2, 2, 3, 3, 4, 5))))

    def word(self) -> str:
        """Make a word of small Latin letters."""
        return "".join(self.pick("latinsyllable") for _ in range(self.rng.randint(2, 3)))

    def latin(self) -> str:
        """Make the name of a program or a foreign person in Latin letters."""
        tail = self.pick("latintail") if self.rng.random() < 0.4 else ""
        return self.word().capitalize() + tail

    def write(self, template: str) -> str:
        """Expand every ``{symbol}`` of a template."""

        def expand(match: re.Match[str]) -> str:
            if match[1] in self.local:
                return self.write(self.pick(match[1]))
            made = _MADE.get(match[1])
            return self.write(self.pick(match[1])) if made is None else made(self)

        return _SLOT.sub(expand, template)

    def one(self, templates: Sequence[str]) -> str:
        """Write one of some templates."""
        return self.write(self.rng.choice(templates))

    def some(self, templates: Sequence[str], least: int, most: int) -> list[str]:
        """Write several different ones of some templates, in their order."""
        count = min(len(templates), self.rng.randint(least, most))
        return [self.write(templates[at]) for at in sorted(self.rng.sample(range(len(templates)), count))]

    def paragraph(self, registers: Sequence[str], least: int = 2, most: int = 5) -> str:
        """Write some sentences, each of one of the registers, some joined by a semicolon."""
        count = self.rng.randint(least, most)
        sentences = [self.write(self.pick(self.rng.choice(registers))) for _ in range(count)]
        joined = (
            sentence[:-1] + "；" if sentence[-1] == "。" and self.rng.random() < _JOINED else sentence
            for sentence in sentences[:-1]
        )
        return "".join((*joined, sentences[-1]))


_MADE: Mapping[str, Callable[[Pen], str]] = {
    "person": Pen.person,
    "foreign": Pen.foreign,
    "word": Pen.word,
    "latin": Pen.latin,
    "handle": lambda pen: pen.word() + pen.rng.choice(("", "", str(pen.rng.randint(2, 99)))),
    "number": lambda pen: str(pen.rng.randint(11, 999)),
    "digit": lambda pen: str(pen.rng.randint(1, 9)),
    "small": lambda pen: pen.rng.choice("三四五六七八九"),
    "small2": lambda pen: str(pen.rng.randint(10, 60)),
    "percent": lambda pen: f"{pen.rng.randint(1, 97)}.{pen.rng.randint(1, 9)}%",
    "year": lambda pen: str(pen.rng.randint(1979, 2025)),
    "month": lambda pen: str(pen.rng.randint(1, 12)),
    "day": lambda pen: str(pen.rng.randint(1, 28)),
    "month2": lambda pen: f"{pen.rng.randint(1, 12):02}",
    "day2": lambda pen: f"{pen.rng.randint(1, 28):02}",
    "placeone": lambda pen: pen.pick("placename")[0],
}
"""What is put together rather than drawn, by symbol."""
