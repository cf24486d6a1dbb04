"""A small context-free grammar that writes policy-like Chinese about a given subject.

The grammar, the genres and the subjects' vocabularies are data; this module only expands symbols. Every
list is drawn like a shuffled deck, so that a document uses up a symbol's alternatives before it repeats one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

__all__ = ["Writer", "genres", "subjects"]

_DATA = Path(__file__).parent / "data"
_ORDINALS = "一二三四五六七八九十"
_GIVEN = "明远秀兰建华志刚雅琴向东晓燕立新文博海涛静怡国栋佳宁"
_JOINED = 0.5
"""Share of sentences that are two, joined by a semicolon; officialese runs to 45 characters a sentence."""
_PARAGRAPH_SENTENCES = (2, 5)
_SECTION_PARAGRAPHS = (1, 3)


@cache
def _load(name: str) -> dict[str, Any]:
    return tomllib.loads((_DATA / name).read_text(encoding="utf-8"))


@cache
def subjects() -> dict[str, dict[str, tuple[str, ...]]]:
    """Return each subject's word lists by symbol: ``actor``, ``thing``, ``action``, …, ``name``."""
    return {
        key: {
            symbol if symbol == "name" else symbol.removesuffix("s"): tuple(words.split())
            for symbol, words in table.items()
        }
        for key, table in _load("subjects.toml").items()
    }


@cache
def genres() -> dict[str, dict[str, Any]]:
    """Return the genres: titles, opening, closing, headings and the kinds of sentences of each."""
    genres: dict[str, dict[str, Any]] = _load("grammar.toml")["genres"]
    return genres


def _symbols() -> dict[str, list[str]]:
    grammar = _load("grammar.toml")
    symbols: dict[str, list[str]] = grammar["symbols"] | grammar["units"]
    return symbols


@cache
def _synonyms() -> dict[str, tuple[str, ...]]:
    groups = [tuple(group.split()) for group in _load("grammar.toml")["synonyms"]["groups"]]
    return {word: group for group in groups for word in group if len(word) > 1}


@cache
def _slots() -> re.Pattern[str]:
    """Return what matches a symbol in braces, or a wording that has synonyms."""
    words = sorted(_synonyms(), key=len, reverse=True)
    return re.compile(r"\{(\w+)\}|" + "|".join(map(re.escape, words)))


@dataclass(slots=True)
class Writer:
    """Writes about one subject; all its choices come from ``rng``.

    Args:
        subject: A key of :func:`subjects`.
        rng: Where the choices come from; equal states write equal texts.
    """

    subject: str
    rng: Random
    _decks: dict[str, list[str]] = field(default_factory=dict)
    _ordinal: int = 0

    def _alternatives(self, symbol: str) -> tuple[str, ...] | list[str]:
        vocabulary: Mapping[str, tuple[str, ...]] = subjects()[self.subject]
        return vocabulary.get(symbol) or _symbols()[symbol]

    def _draw(self, symbol: str) -> str:
        deck = self._decks.get(symbol)
        if not deck:
            deck = self._decks[symbol] = list(self._alternatives(symbol))
            self.rng.shuffle(deck)
        return deck.pop()

    def _measure(self) -> str:
        noun, unit, bounds = self._draw("measure").split(":")
        least, most = map(int, bounds.split("-"))
        return f"{noun}{self.rng.randint(least, most)}{unit}"

    def _drawn(self, symbol: str) -> str | None:
        """Numbers and names that no list could hold."""
        rng = self.rng
        made: dict[str, Callable[[], str]] = {
            "number": lambda: str(rng.randint(23, 987)),
            "small": lambda: rng.choice("三四五六七八九"),
            "percent": lambda: f"{rng.randint(12, 93)}.{rng.randint(1, 9)}%",
            "year": lambda: str(rng.randint(2011, 2031)),
            "month": lambda: str(rng.randint(1, 12)),
            "day": lambda: str(rng.randint(1, 28)),
            "given": lambda: "".join(rng.sample(_GIVEN, 2)),
            "ordinal": lambda: _ORDINALS[self._ordinal % len(_ORDINALS)],
            "measure": self._measure,
        }
        return made[symbol]() if symbol in made else None

    def write(self, template: str) -> str:
        """Expand every ``{symbol}`` of ``template`` and vary the wordings that have synonyms."""

        def expand(match: re.Match[str]) -> str:
            symbol = match[1]
            if symbol is None:
                return self.rng.choice(_synonyms()[match[0]])
            drawn = self._drawn(symbol)
            return self.write(self._draw(symbol)) if drawn is None else drawn

        return _slots().sub(expand, template)

    def sentence(self, genre: str) -> str:
        """Write one sentence of the kinds that ``genre`` uses."""
        kinds = genres()[genre]["sentences"]
        first, second = (self.write("{" + self.rng.choice(kinds) + "}") for _ in range(2))
        return first[:-1] + "；" + second if first[-1] == "。" and self.rng.random() < _JOINED else first

    def paragraph(self, genre: str) -> str:
        """Write a paragraph of a few sentences, without a line end."""
        return "".join(self.sentence(genre) for _ in range(self.rng.randint(*_PARAGRAPH_SENTENCES)))

    def _section(self, genre: str) -> list[str]:
        headings = genres()[genre]["headings"]
        heading = [self.write(self.rng.choice(headings))] if headings else []
        self._ordinal += 1
        paragraphs = self.rng.randint(*_SECTION_PARAGRAPHS)
        return heading + [self.paragraph(genre) for _ in range(paragraphs)]

    def document(self, genre: str, length: int) -> str:
        """Write a document.

        Args:
            genre: A key of :func:`genres`.
            length: About how many characters; the last paragraph may run over.

        Returns:
            Title, opening, sections and closing, a paragraph a line.
        """
        form = genres()[genre]
        lines = [self.write(self.rng.choice(form["title"])), *self.write(form["opening"][0]).split("\n")]
        closing = self.write(form["closing"][0]).split("\n")
        room = length - sum(map(len, closing))
        while sum(map(len, lines)) < room:
            for line in self._section(genre):
                if sum(map(len, lines)) < room:
                    lines.append(line)
        return "\n".join(lines + closing)
