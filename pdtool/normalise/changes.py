"""All that was done to a text as one list of changes of the raw text.

The steps of normalising work one after another, so that a character may be changed twice: ``領(lǐng)`` first
loses its ghost and then becomes ``领``. The two edits are composed into one change, ``領(lǐng)`` → ``领``.
Changes therefore never overlap: replacing each of them in the raw text gives the clean text, and replacing
them back gives the raw text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np

from pdtool.data_files import data_toml
from pdtool.normalise.pipeline import Layer
from pdtool.text.code_points import code_points

__all__ = ["Change", "apply_changes", "changes_of", "confidence_of", "revert_changes"]


@dataclass(frozen=True, slots=True)
class Change:
    """A span of the raw text and what the clean text has instead.

    Args:
        kinds: The steps that had a part in it, in their order.
        start: First character in the raw text.
        end: First character after it.
        before: ``raw[start:end]``.
        after: What the clean text has there.
        confidence: The least confidence of its edits, 0 to 1; see :func:`confidence_of`.
    """

    kinds: tuple[str, ...]
    start: int
    end: int
    before: str
    after: str
    confidence: float


@cache
def _confidences() -> dict[str, dict[str, float]]:
    """Return the grade of each rule of each step."""
    return data_toml("edit_confidence.toml")


def confidence_of(kind: str, rule: str = "") -> float:
    """Return how sure a step can be of what a rule of it did.

    A grade, not a measured probability: ``data/edit_confidence.toml`` says what the grades mean.

    Args:
        kind: The step.
        rule: The rule behind the edit; a rule without a grade of its own has the step's.

    >>> confidence_of("width"), confidence_of("ghost", "habit") < confidence_of("ghost", "reading")
    (1.0, True)
    """
    grades = _confidences().get(kind, {})
    return grades.get(rule, grades.get("default", 0.5))


class _Hunk(NamedTuple):
    """A span of one text, and the span of a later one that stands for it.

    Args:
        start: Offset of its first character in the earlier text.
        end: Offset after its last one there.
        new_start: Offset of the first character in the later text.
        new_end: Offset after the last one there.
        kinds: The steps that had a part in it, in their order.
        confidence: The least confidence of its edits.
    """

    start: int
    end: int
    new_start: int
    new_end: int
    kinds: tuple[str, ...]
    confidence: float


def _recorded(layer: Layer) -> Iterator[_Hunk]:
    """Yield the edits of a step as they stand."""
    edits, shift = layer.edits, 0
    for start, end, after, rule in zip(
        edits.starts.tolist(), edits.ends.tolist(), edits.after, edits.rules, strict=True
    ):
        new_end = start + shift + len(after)
        yield _Hunk(start, end, start + shift, new_end, (layer.kind,), confidence_of(layer.kind, rule))
        shift = new_end - end


def _derived(layer: Layer, earlier: Sequence[_Hunk]) -> Iterator[_Hunk]:
    """Yield the runs that a step changed one to one, cut where earlier changes begin and end."""
    before = code_points(layer.before)
    changed = np.concatenate(([False], before != code_points(layer.after), [False]))
    cuts = np.zeros(len(changed), dtype=np.bool_)
    cuts[[offset for hunk in earlier for offset in (hunk.new_start, hunk.new_end)]] = True
    starts = np.flatnonzero(changed[1:] & (~changed[:-1] | cuts[: len(changed) - 1]))
    ends = np.flatnonzero(changed[:-1] & (~changed[1:] | cuts[: len(changed) - 1]))
    confidence = confidence_of(layer.kind)
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        yield _Hunk(start, end, start, end, (layer.kind,), confidence)


class _Composition:
    """Two lists of hunks, the later over the text that the earlier made, becoming one.

    A group is what overlaps: its span in the middle text widens with every hunk it takes in. Outside
    hunks the texts are equal, so that offsets differ by what the hunks so far have added.
    """

    def __init__(self, earlier: Sequence[_Hunk], later: Sequence[_Hunk]) -> None:
        self._earlier, self._later = earlier, later
        self._i = self._j = 0
        self._removed = self._added = 0
        """The middle text's offset minus the raw one's, and the new text's minus the middle one's."""

    def _next(self) -> tuple[int, int, bool] | None:
        """Return the span of the next hunk in the middle text, and whether it is one of the later list."""
        a = self._earlier[self._i] if self._i < len(self._earlier) else None
        b = self._later[self._j] if self._j < len(self._later) else None
        if a is None:
            return None if b is None else (b.start, b.end, True)
        if b is None or (a.new_start, a.new_end) <= (b.start, b.end):
            return a.new_start, a.new_end, False
        return b.start, b.end, True

    def _take(self, from_later: bool) -> _Hunk:
        """Return the next hunk of a list and go past it."""
        if from_later:
            hunk = self._later[self._j]
            self._j += 1
            self._added = hunk.new_end - hunk.end
        else:
            hunk = self._earlier[self._i]
            self._i += 1
            self._removed = hunk.new_end - hunk.end
        return hunk

    def __iter__(self) -> Iterator[_Hunk]:
        """Yield the composed hunks, from the earliest text to the last."""
        upcoming = self._next()
        while upcoming is not None:
            low, high, from_later = upcoming
            start, new_start = low - self._removed, low + self._added
            kinds, confidence = self._merge(self._take(from_later), (), 1.0)
            empty_side = from_later if low == high else None
            upcoming = self._next()
            while upcoming is not None and self._joins(upcoming, low, high, empty_side):
                kinds, confidence = self._merge(self._take(upcoming[2]), kinds, confidence)
                high = max(high, upcoming[1])
                upcoming = self._next()
            yield _Hunk(start, high - self._removed, new_start, high + self._added, kinds, confidence)

    @staticmethod
    def _joins(upcoming: tuple[int, int, bool], low: int, high: int, empty_side: bool | None) -> bool:
        """Return whether a hunk overlaps the group, or both lists put something at the same point."""
        start, end, from_later = upcoming
        at_one_point = low == high == start == end and empty_side is not None and from_later != empty_side
        return start < high or at_one_point

    @staticmethod
    def _merge(hunk: _Hunk, kinds: tuple[str, ...], confidence: float) -> tuple[tuple[str, ...], float]:
        """Return the steps and the confidence of a group that takes in a hunk."""
        new = tuple(kind for kind in hunk.kinds if kind not in kinds)
        return (*kinds, *new), min(confidence, hunk.confidence)


def changes_of(raw: str, layers: Iterable[Layer]) -> list[Change]:
    """Compose what the steps did into changes of the raw text.

    Args:
        raw: The text that was normalised.
        layers: What each step did, in order.

    Returns:
        Changes in order, none overlapping another; what a later step took back is left out.

    >>> from pdtool.normalise.pipeline import normalise
    >>> clean = normalise("推動(dòng)基層黨組織領(lǐng)導(dǎo)社區(qū)發(fā)展,服務(wù)群眾")
    >>> [(change.before, change.after) for change in changes_of(clean.raw, clean.layers)][:2]
    [('動(dòng)', '动'), ('層黨組織', '层党组织')]
    """
    text, order = raw, ["line_end"]
    hunks: list[_Hunk] = []
    for layer in layers:
        order.append(layer.kind)
        later = list(_derived(layer, hunks) if layer.is_one_to_one else _recorded(layer))
        hunks = list(_Composition(hunks, later))
        text = layer.after
    return [
        Change(
            tuple(sorted(kinds, key=order.index)),
            start,
            end,
            raw[start:end],
            text[new_start:new_end],
            confidence,
        )
        for start, end, new_start, new_end, kinds, confidence in hunks
        if raw[start:end] != text[new_start:new_end]
    ]


def apply_changes(raw: str, changes: Iterable[Change]) -> str:
    """Return the text that the changes make of the raw text."""
    pieces, position = [], 0
    for change in changes:
        pieces += [raw[position : change.start], change.after]
        position = change.end
    return "".join([*pieces, raw[position:]])


def revert_changes(text: str, changes: Iterable[Change]) -> str:
    """Return the raw text that the changes made the text of."""
    pieces, position, shift = [], 0, 0
    for change in changes:
        start = change.start + shift
        pieces += [text[position:start], change.before]
        position = start + len(change.after)
        shift += len(change.after) - len(change.before)
    return "".join([*pieces, text[position:]])
