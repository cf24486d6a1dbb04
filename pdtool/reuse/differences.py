"""What differs between two aligned texts, by class: figures, names, misread characters, anything else.

It is judged on the folds, where the texts were aligned. A figure is replaced by a figure as a whole, however
few of its characters differ. Which of two short readings is the misread one, the language model says: it sees
each with the characters around it, which both texts have.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from pdtool.reuse.differing_spans import Span
from pdtool.reuse.likelihoods import margins
from pdtool.text.edits import IntArray

__all__ = [
    "EXAMPLES",
    "Differences",
    "differences",
    "figures",
    "is_name",
    "whole_figures",
]

EXAMPLES = 3
"""Examples of each class that are kept, those that occur first."""
LONG = 12
"""From so many characters on, a stretch without an equal is text that only one of the two has."""
SHORT = 3
"""Characters that are misread for another reading, at most."""
CONTEXT = 2
"""Characters around a reading that the language model is shown."""
MARGIN = 1.5
"""How much likelier (natural logarithm) the other reading is where one is misread. Chosen, like the next, on
the tests' texts as misread by their simulator: of the readings compared there 10 % seem likelier misread."""
MOST_MARGIN = 10.0
"""What one reading may count at most for either text."""
MOST_READINGS = 256
"""Readings of a pair that are judged, spread over the text."""

_FIGURE = re.compile("[0-9.%‰−〇零○一二三四五六七八九十百千万亿两年月日号第]+")
"""What figures, dates and numbers of documents are made of, folded."""
_NUMBER = re.compile("[0-9.%‰−]+")
"""Arabic figures."""
_ARABIC = frozenset("0123456789.%‰−")
"""Characters beside a difference in Arabic figures that belong to the same figure."""
_HAN_NUMERALS = frozenset("〇零○一二三四五六七八九十百千万亿")
"""Likewise in Han numerals."""
_HAN = re.compile("[㐀-鿿]+")
_PLACES = frozenset("省市县区州盟旗镇乡村街局厅部院校")
"""What stands behind the name of a place or a body."""
_POSTS = ("长", "书记", "主任", "同志", "记者", "主席", "经理", "教授")
"""What stands before or behind the name of a person."""
LONGEST_NAME = 8
"""Characters of a name at most."""

Example = tuple[str, str]
"""What a has, and what b has in its place."""


@dataclass(frozen=True, slots=True, eq=False)
class Readings:
    """The short differences of two texts that were judged, and all places where they differ.

    Args:
        spans: Every difference: start and end in a, start and end in b; ascending in a, shape ``(n, 4)``.
        judged: Which of them were judged, shape ``(m,)``.
        margins: How much likelier each is in a than in b (natural logarithm), shape ``(m,)``.
        examples: What a and b have, with a neighbour.
        chars: Characters of the longer side.
    """

    spans: IntArray
    judged: IntArray
    margins: npt.NDArray[np.float64]
    examples: tuple[Example, ...]
    chars: tuple[int, ...]

    def swapped(self) -> Readings:
        """Return the same with a and b exchanged; the order stays."""
        return replace(
            self, spans=self.spans[:, [2, 3, 0, 1]], margins=-self.margins, examples=_turned(self.examples)
        )


@dataclass(frozen=True, slots=True)
class Differences:
    """What differs between two texts, in folded characters of the longer side.

    Args:
        figures: In figures, dates and numbers that both have, and that differ.
        names: In names of places, bodies and people.
        others: In all else, the misread characters included.
        only_a: Characters of stretches that only a has.
        only_b: Likewise of b.
        misread_a: Characters that are misread in a.
        misread_b: Likewise in b.
        readings: How many short differences were judged.
        balance: How much likelier their readings in a are than those in b, all together (natural logarithm).
        figure_examples: Figures of a and b.
        name_examples: Likewise names.
        misread_a_examples: What is misread in a, and what b has.
        misread_b_examples: What a has, and what is misread in b.
        all_readings: The short differences one by one, for witnesses to vote on; ``None`` if there are none.
    """

    figures: int = 0
    names: int = 0
    others: int = 0
    only_a: int = 0
    only_b: int = 0
    misread_a: int = 0
    misread_b: int = 0
    readings: int = 0
    balance: float = 0.0
    figure_examples: tuple[Example, ...] = ()
    name_examples: tuple[Example, ...] = ()
    misread_a_examples: tuple[Example, ...] = ()
    misread_b_examples: tuple[Example, ...] = ()
    all_readings: Readings | None = field(default=None, compare=False)

    def swapped(self) -> Differences:
        """Return the same with a and b exchanged."""
        return replace(
            self,
            only_a=self.only_b,
            only_b=self.only_a,
            misread_a=self.misread_b,
            misread_b=self.misread_a,
            balance=-self.balance,
            figure_examples=_turned(self.figure_examples),
            name_examples=_turned(self.name_examples),
            misread_a_examples=_turned(self.misread_b_examples),
            misread_b_examples=_turned(self.misread_a_examples),
            all_readings=self.all_readings and self.all_readings.swapped(),
        )

    def with_margins(self, margins: npt.NDArray[np.float64]) -> Differences:
        """Return the same with the short differences judged otherwise.

        Args:
            margins: How much likelier each is in a than in b (natural logarithm), shape ``(m,)``.
        """
        assert self.all_readings is not None, "there is something to judge"
        readings = replace(self.all_readings, margins=margins)
        return replace(self, **_misread(readings), all_readings=readings)


def _turned(examples: tuple[Example, ...]) -> tuple[Example, ...]:
    return tuple((b, a) for a, b in examples)


def differences(a: str, b: str, spans: Iterable[Span]) -> Differences:
    """Compare two aligned texts.

    Args:
        a: One text, folded.
        b: The other.
        spans: Where they differ, see :func:`~pdtool.reuse.differing_spans.differing_spans`.
    """
    return _Comparison(a, b).of(whole_figures(spans, a, b))


def whole_figures(spans: Iterable[Span], a: str, b: str) -> list[Span]:
    """Widen spans that touch a figure to the whole figure, and join those that meet; drop empty ones.

    Args:
        spans: Where two texts differ, in the order of a.
        a: One text, folded.
        b: The other.
    """
    found: list[Span] = []
    for span in spans:
        if span[0] == span[1] and span[2] == span[3]:
            continue
        wide = _whole_figure(span, a, b)
        if found and wide[0] < found[-1][1] and wide[2] < found[-1][3]:
            last = found.pop()
            wide = last[0], max(last[1], wide[1]), last[2], max(last[3], wide[3])
        found.append(wide)
    return found


def _whole_figure(span: Span, a: str, b: str) -> Span:
    start_a, end_a, start_b, end_b = span
    differing = a[start_a:end_a] + b[start_b:end_b]
    if not _FIGURE.fullmatch(differing):
        return span
    if (start_a == end_a or start_b == end_b) and not set(differing) <= _ARABIC | _HAN_NUMERALS:
        return span  # a date that only one of the two has
    same = _ARABIC if differing[0] in _ARABIC else _HAN_NUMERALS
    while start_a and start_b and a[start_a - 1] == b[start_b - 1] and a[start_a - 1] in same:
        start_a, start_b = start_a - 1, start_b - 1
    while end_a < len(a) and end_b < len(b) and a[end_a] == b[end_b] and a[end_a] in same:
        end_a, end_b = end_a + 1, end_b + 1
    return start_a, end_a, start_b, end_b


class _Reading(NamedTuple):
    """A short difference, with what both texts have around it.

    Args:
        before: What stands before it.
        in_a: What a has.
        in_b: What b has.
        behind: What stands behind it.
        is_name: Whether it may be the name of a place or a person.
        number: Which of the differences it is.
    """

    before: str
    in_a: str
    in_b: str
    behind: str
    is_name: bool
    number: int

    @property
    def chars(self) -> int:
        """Characters of the longer side."""
        return max(len(self.in_a), len(self.in_b))

    @property
    def is_short(self) -> bool:
        """Whether one side may be the other one misread."""
        return self.chars <= SHORT

    @property
    def texts(self) -> Example:
        """What a and b have, with what stands around it."""
        return f"{self.before}{self.in_a}{self.behind}", f"{self.before}{self.in_b}{self.behind}"

    @property
    def example(self) -> Example:
        """What a and b have, with a neighbour where that tells more."""
        near = self.before[-1:]
        return near + self.in_a, near + self.in_b


class _Comparison:
    """Sorts the differences of two texts by class.

    Args:
        a: One text, folded.
        b: The other.
    """

    def __init__(self, a: str, b: str) -> None:
        self._a = a
        self._b = b

    def of(self, spans: Sequence[Span]) -> Differences:
        """Return what differs at these spans."""
        filled_in: list[Example] = []
        readings: list[_Reading] = []
        only_a = only_b = 0
        for number, (start_a, end_a, start_b, end_b) in enumerate(spans):
            in_a, in_b = self._a[start_a:end_a], self._b[start_b:end_b]
            if in_a and in_b and (filled := figures(in_a, in_b)):
                filled_in += filled
            elif max(len(in_a), len(in_b)) >= LONG:
                only_a, only_b = only_a + len(in_a), only_b + len(in_b)
            else:
                before = self._a[max(0, start_a - CONTEXT) : start_a]
                behind = self._a[end_a : end_a + CONTEXT]
                may_be_name = is_name(before, in_a, in_b, behind)
                readings.append(_Reading(before, in_a, in_b, behind, may_be_name, number))
        return _sorted(spans, filled_in, readings, only_a, only_b)


def figures(in_a: str, in_b: str) -> list[Example]:
    """Return the figures that differ, if both sides are figures, or the same words around figures.

    Args:
        in_a: What a has, folded, at least one character.
        in_b: What b has in its place.
    """
    if _FIGURE.fullmatch(in_a) and _FIGURE.fullmatch(in_b):
        return [(in_a, in_b)]
    if not _NUMBER.search(in_a) or _NUMBER.sub("0", in_a) != _NUMBER.sub("0", in_b):
        return []
    return list(zip(_NUMBER.findall(in_a), _NUMBER.findall(in_b), strict=True))


def is_name(before: str, in_a: str, in_b: str, behind: str) -> bool:
    """Return whether both sides may be names: of two characters or more, beside what names stand beside.

    Args:
        before: What stands before both.
        in_a: What a has.
        in_b: What b has.
        behind: What stands behind both.
    """
    if len(in_a) < 2 or len(in_b) < 2 or max(len(in_a), len(in_b)) > LONGEST_NAME:
        return False
    if not (_HAN.fullmatch(in_a) and _HAN.fullmatch(in_b)):
        return False
    ends = {side[-1] for side in (in_a, in_b)} | {behind[:1]}
    return bool(ends & _PLACES) or before.endswith(_POSTS) or behind.startswith(_POSTS)


def _sorted(
    spans: Sequence[Span], filled: list[Example], readings: list[_Reading], only_a: int, only_b: int
) -> Differences:
    short = [reading for reading in readings if reading.is_short and not reading.is_name]
    if len(short) > MOST_READINGS:
        chosen = np.linspace(0, len(short) - 1, MOST_READINGS).astype(int).tolist()
        short = [short[index] for index in chosen]
    names = [reading for reading in readings if reading.is_name]
    judged = Readings(
        np.array(spans, np.int32).reshape(-1, 4),
        np.array([reading.number for reading in short], np.int32),
        np.array(margins([reading.texts for reading in short])),
        tuple(reading.example for reading in short),
        tuple(reading.chars for reading in short),
    )
    return Differences(
        figures=sum(max(map(len, pair)) for pair in filled),
        names=sum(reading.chars for reading in names),
        others=sum(reading.chars for reading in readings if not reading.is_name),
        only_a=only_a,
        only_b=only_b,
        figure_examples=_first(filled),
        name_examples=_first((reading.in_a, reading.in_b) for reading in names),
        all_readings=judged if short else None,
        **(_misread(judged) if short else {}),
    )


def _misread(readings: Readings) -> dict[str, Any]:
    """Return what is misread on either side, by how likely the readings are."""
    every = list(zip(readings.examples, readings.chars, readings.margins.tolist(), strict=True))
    in_a = [(example, chars) for example, chars, margin in every if margin < -MARGIN]
    in_b = [(example, chars) for example, chars, margin in every if margin > MARGIN]
    return {
        "misread_a": sum(chars for _, chars in in_a),
        "misread_b": sum(chars for _, chars in in_b),
        "readings": len(every),
        "balance": sum(min(max(margin, -MOST_MARGIN), MOST_MARGIN) for _, _, margin in every),
        "misread_a_examples": _first(example for example, _ in in_a),
        "misread_b_examples": _first(example for example, _ in in_b),
    }


def _first(examples: Iterator[Example] | Sequence[Example]) -> tuple[Example, ...]:
    return tuple(dict.fromkeys(examples))[:EXAMPLES]
