"""A related pair → its two original texts in pieces, each with what is to be said of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from pdtool.documents.document import Document
from pdtool.report.marks import Touched, touched
from pdtool.report.model import Mark, Pane, Piece
from pdtool.reuse.differing_spans import Span
from pdtool.reuse.passage import Passage, Positions
from pdtool.text.code_points import code_points

__all__ = ["WHOLE", "Side", "panes"]

WHOLE = 24_000
"""Up to so many characters an original text is shown whole."""
AROUND = 240
"""Characters shown around passages where it is not."""
LONGEST_STRETCH = 6_000
"""Characters of a passage of such a text that are shown, from either end half."""

Ints = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]

_Stretch = tuple[int, int, Positions]
"""A passage on one side: where it begins and ends, and what is matched; all in folded characters."""

_MARKS = tuple(Mark)
"""The marks, by their number in the arrays."""


class Side:
    """A document of a pair as it is shown.

    Args:
        document: Read and repaired, with the furniture of its corpus.
    """

    def __init__(self, document: Document) -> None:
        size = len(document.text)
        spans = (document.offsets.starts, document.offsets.ends)
        starts, ends = (np.arange(size) + last if span is None else span for last, span in enumerate(spans))
        positions = document.folded.positions
        self.document = document
        self.starts: Ints = starts[positions].astype(np.int32)
        """Where each folded character begins in the original text."""
        self.ends: Ints = ends[positions].astype(np.int32)
        """Where it ends there."""
        self.codes = code_points(document.raw)

    def span(self, start: int, end: int) -> slice:
        """Return where folded characters stand in the original text."""
        return slice(int(self.starts[start]), int(self.ends[end - 1]))


@dataclass(frozen=True, slots=True, eq=False)
class _Labels:
    """What is to be said of each character of an original text: arrays of shape ``(n_raw,)``."""

    passage: Ints
    mark: Ints
    note: Ints
    difference: Ints
    numbers: dict[str, int]

    @property
    def notes(self) -> list[str]:
        """What is said, by number."""
        return list(self.numbers)

    @classmethod
    def of(cls, size: int) -> _Labels:
        passage, mark, note, difference = (np.zeros(size, dtype=np.int32) for _ in range(4))
        return cls(passage, mark, note, difference, numbers={"": 0})

    def put(self, where: slice | Ints | Flags, mark: int, note: str = "") -> None:
        """Say something of characters."""
        self.mark[where] = mark
        self.note[where] = self._number(note)

    def _number(self, note: str) -> int:
        return self.numbers.setdefault(note, len(self.numbers))


def panes(a: Side, b: Side, passages: Sequence[Passage]) -> tuple[Pane, Pane]:
    """Return both original texts in pieces.

    Args:
        a: The first document.
        b: The second.
        passages: What they share, in folded characters, numbered from 1.
    """
    left = [(p.start_a, p.end_a, p.matches_a) for p in passages]
    right = [(p.start_b, p.end_b, np.sort(p.matches_b)) for p in passages]
    forms = [_other_form(a, b, passage) for passage in passages]
    gaps = list(_gaps(passages))
    return (
        _pane(a, left, [in_a for in_a, _ in forms], [gap[:2] for gap in gaps]),
        _pane(b, right, [in_b for _, in_b in forms], [gap[2:] for gap in gaps]),
    )


def _gaps(passages: Iterable[Passage]) -> Iterator[Span]:
    """Yield where passages differ, in a and in b, in the order of a."""
    for passage in passages:
        at_a, at_b = passage.matches_a, passage.matches_b
        for index in np.flatnonzero((np.diff(at_a) > 1) | (np.diff(at_b) > 1)).tolist():
            start_b, end_b = int(at_b[index]) + 1, int(at_b[index + 1])
            yield int(at_a[index]) + 1, int(at_a[index + 1]), start_b, max(start_b, end_b)


def _other_form(a: Side, b: Side, passage: Passage) -> tuple[Ints, Ints]:
    """Return the matched characters that are equal only once normalised, in either original text."""
    at_a, at_b = a.starts[passage.matches_a], b.starts[passage.matches_b]
    differs = a.codes[at_a] != b.codes[at_b]
    return at_a[differs], at_b[differs]


def _pane(
    side: Side, passages: Sequence[_Stretch], forms: Iterable[Ints], gaps: Iterable[tuple[int, ...]]
) -> Pane:
    document = side.document
    labels = _labels(side, passages, forms)
    for number, (start, end) in enumerate(gaps, start=1):
        if start < end:
            labels.difference[side.span(start, end)] = number
    labels.difference[labels.mark != _MARKS.index(Mark.DIFFERENT)] = 0
    shown = _shown(labels.passage)
    seen = {*np.unique(labels.passage[shown]).tolist()}
    begins = {number: side.span(start, end).start for number, (start, end, _) in enumerate(passages, start=1)}
    hidden = {number: start for number, start in begins.items() if number not in seen}
    pieces = tuple(_pieces(document.raw, labels, shown, hidden))
    size = len(document.raw)
    return Pane(document.id, pieces, size, size - int(np.count_nonzero(shown)))


def _labels(side: Side, passages: Sequence[_Stretch], forms: Iterable[Ints]) -> _Labels:
    labels = _Labels.of(len(side.document.raw))
    different, matched = (np.zeros(len(side.starts), dtype=bool) for _ in range(2))
    # The first passage to claim a character shows it: later ones go first.
    for number, (start, end, matches) in reversed(list(enumerate(passages, start=1))):
        labels.passage[side.span(start, end)] = number
        different[start:end] = True
        matched[matches] = True
    for places in forms:
        labels.put(places, _MARKS.index(Mark.FORM))
    _put_repairs(labels, touched(side.document))
    for start, end in _runs(different & ~matched):
        labels.put(side.span(start, end), _MARKS.index(Mark.DIFFERENT))
    return labels


def _put_repairs(labels: _Labels, repairs: Iterable[Touched]) -> None:
    for found in repairs:
        where = slice(found.start, found.end)
        if found.after:
            labels.put(where, _MARKS.index(Mark.REPAIRED), found.after)
        else:
            labels.put(
                where, _MARKS.index(Mark.REMOVED), f"{found.kind}: {found.rule}" if found.rule else found.kind
            )


def _runs(flags: Flags) -> Iterator[tuple[int, int]]:
    bounds = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(np.int8), [0]))))
    yield from zip(bounds[0::2].tolist(), bounds[1::2].tolist(), strict=True)


def _shown(passage: Ints) -> Flags:
    """Tell which characters are shown: all of a text of usual length, else passages and what is near."""
    if len(passage) <= WHOLE:
        return np.ones(len(passage), dtype=bool)
    shown = np.zeros(len(passage), dtype=bool)
    shown[:AROUND] = True
    for start, end in _runs(passage > 0):
        shown[max(0, start - AROUND) : end + AROUND] = True
        if end - start > LONGEST_STRETCH:
            shown[start + LONGEST_STRETCH // 2 : end - LONGEST_STRETCH // 2] = False
    return shown


def _pieces(raw: str, labels: _Labels, shown: Flags, hidden: Mapping[int, int]) -> Iterator[Piece]:
    """Cut a text wherever what is to be said of it changes.

    Args:
        raw: The text.
        labels: What is to be said.
        shown: Which characters are shown.
        hidden: Passages none of whose characters is both theirs and shown, and where they begin.
    """
    if not raw:
        return
    rows = np.stack([labels.passage, labels.mark, labels.note, labels.difference, shown])
    cuts = np.flatnonzero((rows[:, 1:] != rows[:, :-1]).any(axis=0)) + 1
    bounds = [0, *cuts.tolist(), len(raw)]
    notes = labels.notes
    begun: set[int] = set()
    skipping = 0
    skipped: tuple[int, ...] = ()
    for start, end in pairwise(bounds):
        others = tuple(number for number, begins in hidden.items() if start <= begins < end)
        if not shown[start]:
            skipping, skipped = skipping + end - start, skipped + others
            continue
        if skipping:
            yield Piece("", skipped=skipping, others=skipped)
            skipping, skipped = 0, ()
        number = int(labels.passage[start])
        mark, note = _MARKS[labels.mark[start]], notes[labels.note[start]]
        first, difference = bool(number) and number not in begun, int(labels.difference[start])
        yield Piece(raw[start:end], number, first, mark, note, difference=difference, others=others)
        begun.add(number)
    if skipping:
        yield Piece("", skipped=skipping, others=skipped)
