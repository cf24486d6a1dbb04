"""The labelled sentences of ``tests/cases/terms/negation.txt``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Figures", "Sentence", "figures", "sentences"]

_FILE = Path(__file__).parents[1] / "cases" / "terms" / "negation.txt"
_MARKED = re.compile(r"<(?P<negated>[^<>]+)>|\[(?P<affirmed>[^\[\]]+)\]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence without its marks.

    Args:
        text: The sentence.
        terms: ``(start, end, whether it is negated)`` of each marked term.
        traditional: Whether it stands below the heading of the Traditional ones.
    """

    text: str
    terms: tuple[tuple[int, int, bool], ...]
    traditional: bool


def _sentence(line: str, traditional: bool) -> Sentence:
    text, terms, position = "", [], 0
    for mark in _MARKED.finditer(line):
        text += line[position : mark.start()]
        term = mark["negated"] or mark["affirmed"]
        terms.append((len(text), len(text) + len(term), mark["negated"] is not None))
        text, position = text + term, mark.end()
    return Sentence(text + line[position:], tuple(terms), traditional)


def sentences() -> Iterator[Sentence]:
    """Yield the sentences in their order."""
    traditional = False
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        traditional = traditional or line == "# Traditional"
        if line and not line.startswith("#"):
            yield _sentence(line, traditional)


@dataclass(frozen=True, slots=True)
class Figures:
    """How well the terms of some sentences were told."""

    terms: int
    negated: int
    found: int
    right: int

    @property
    def precision(self) -> float:
        """Of the terms that were called negated, the share that is."""
        return self.right / self.found

    @property
    def recall(self) -> float:
        """Of the negated terms, the share that was called so."""
        return self.right / self.negated


def figures(chosen: list[Sentence]) -> Figures:
    """Ask of every marked term whether it is negated, and count."""
    from pdtool.terms.negation import Negations

    pairs = []
    for sentence in chosen:
        negations = Negations(sentence.text)
        pairs += [(negations.hold(start, end), negated) for start, end, negated in sentence.terms]
    return Figures(
        len(pairs),
        sum(negated for _, negated in pairs),
        sum(told for told, _ in pairs),
        sum(told and negated for told, negated in pairs),
    )
