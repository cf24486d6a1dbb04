"""What a repair changed, and where every character of the result came from.

A step of the normaliser is a pure function from a text to the :class:`Edits` it proposes. Applying them
gives the new text and an :class:`OffsetMap` back to the old one; the maps of successive steps compose,
so that any span of the clean text can be cut out of the raw text.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from pdtool.text.arrays import ragged_ranges
from pdtool.text.code_points import code_points, decode

__all__ = ["Edits", "IndexedStrings", "IntArray", "OffsetMap", "Proposals", "edits_between"]

IntArray = npt.NDArray[np.int32]
"""Offsets: texts longer than 2**31 - 1 characters are not supported."""
_MANY = 4096
"""The number of edits from which on arrays are faster than pieces of the text."""


@dataclass(frozen=True, slots=True, eq=False)
class OffsetMap:
    """Which span of a source text each character of a derived text comes from.

    Args:
        source_length: Length of the source text, in characters.
        starts: For each derived character, the source offset at which its origin begins, shape
            ``(n_derived,)``; ``None`` when the texts correspond character by character.
        ends: Likewise the offset at which it ends (half-open), not before ``starts``.
    """

    source_length: int
    starts: IntArray | None = None
    ends: IntArray | None = None

    def __len__(self) -> int:
        return self.source_length if self.starts is None else len(self.starts)

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """Return the half-open source span of the derived span ``[start, end)``.

        The span covers the origins of its first and last character and all between; what was deleted
        just before or after it is left out. An empty span maps to an empty one.

        Raises:
            ValueError: If not ``0 <= start <= end <= len(self)``.
        """
        if not 0 <= start <= end <= len(self):
            raise ValueError(f"no span [{start}, {end}) in a text of {len(self)} characters")
        if self.starts is None or self.ends is None:
            return start, end
        if start == end:
            point = int(self.starts[start]) if start < len(self.starts) else self.source_length
            return point, point
        return int(self.starts[start]), int(self.ends[end - 1])

    def all_to_source(self, starts: IntArray, ends: IntArray) -> tuple[IntArray, IntArray]:
        """Return where the source spans of many derived spans begin and end: :meth:`to_source` of each.

        Args:
            starts: Where the derived spans begin, shape ``(n,)``.
            ends: Where they end, none before its start or beyond the derived text, shape ``(n,)``.
        """
        if self.starts is None or self.ends is None:
            return starts, ends
        first = np.append(self.starts, np.int32(self.source_length))[starts]
        last = np.append(self.ends, np.int32(0))[ends - 1]
        return first, np.where(ends > starts, last, first)

    def after(self, earlier: OffsetMap) -> OffsetMap:
        """Return the map of this step composed with the ``earlier`` one it was applied on top of."""
        if self.starts is None or self.ends is None:
            return earlier
        if earlier.starts is None or earlier.ends is None:
            return self
        # A character made from nothing (start == end) has no last character to ask: it keeps the point, which
        # may be the text's end.
        return OffsetMap(earlier.source_length, *earlier.all_to_source(self.starts, self.ends))


def _frozen(values: npt.ArrayLike) -> IntArray:
    array = np.asarray(values, dtype=np.int32)
    array.flags.writeable = False
    return array


@dataclass(frozen=True, slots=True, eq=False)
class IndexedStrings:
    """One string per edit, where few of them differ: each is an index into the distinct strings.

    Args:
        distinct: The distinct strings.
        indices: For each edit the index of its string in ``distinct``, shape ``(n,)``.
    """

    distinct: tuple[str, ...]
    indices: npt.NDArray[np.unsignedinteger]

    @classmethod
    def of(cls, strings: Iterable[str]) -> IndexedStrings:
        """Index strings.

        >>> IndexedStrings.of(["", " ", ""]).indices.tolist()
        [0, 1, 0]
        """
        known: dict[str, int] = {}
        indices = [known.setdefault(string, len(known)) for string in strings]
        return cls(tuple(known), np.array(indices, dtype=np.min_scalar_type(max(len(known) - 1, 0))))

    def __iter__(self) -> Iterator[str]:
        return map(self.distinct.__getitem__, self.indices.tolist())

    def lengths(self) -> IntArray:
        """Return the length of each string, shape ``(n,)``."""
        lengths: IntArray = np.fromiter(map(len, self.distinct), dtype=np.int32)[self.indices]
        return lengths


@dataclass(frozen=True, slots=True, eq=False)
class Edits:
    """Replacements in one text: sorted, disjoint, in structure-of-arrays form.

    A million edits as objects cost seconds to make and to pickle; as arrays they cost little.

    Args:
        text: The text that is edited; what is replaced is cut out of it when it is asked for.
        starts: Offsets at which the replaced spans begin, ascending, shape ``(n,)``.
        ends: Their half-open ends; ``ends[i] <= starts[i + 1]``.
        written: The replacements.
        reasons: The name of the pattern or reason behind each edit; empty strings where there is none.
    """

    text: str
    starts: IntArray
    ends: IntArray
    written: IndexedStrings
    reasons: IndexedStrings

    @classmethod
    def of(cls, text: str, spans: Sequence[tuple[int, int, str]], rules: Sequence[str] = ()) -> Edits:
        """Make the edits that replace each ``(start, end, replacement)`` of ``spans`` in ``text``.

        Args:
            text: The text the spans are offsets into.
            spans: Sorted and disjoint.
            rules: One name per edit; empty for none.

        >>> Edits.of("領(lǐng)導", [(0, 7, "領")]).apply("領(lǐng)導")[0]
        '領導'
        """
        if not spans:
            return _no_edits()
        return cls(
            text,
            starts=_frozen([span[0] for span in spans]),
            ends=_frozen([span[1] for span in spans]),
            written=IndexedStrings.of(span[2] for span in spans),
            reasons=IndexedStrings.of(rules or ("",) * len(spans)),
        )

    @property
    def before(self) -> tuple[str, ...]:
        """The replaced strings."""
        spans = zip(self.starts.tolist(), self.ends.tolist(), strict=True)
        return tuple(self.text[start:end] for start, end in spans)

    @property
    def after(self) -> tuple[str, ...]:
        """The replacements."""
        return tuple(self.written)

    @property
    def rules(self) -> tuple[str, ...]:
        """The reason behind each edit."""
        return tuple(self.reasons)

    def __len__(self) -> int:
        return len(self.starts)

    def apply(self, text: str) -> tuple[str, OffsetMap]:
        """Return the edited text and its map back to ``text``."""
        return self.applied_to(text), self.way_back(len(text))

    def applied_to(self, text: str) -> str:
        """Return the edited text."""
        if not len(self):
            return text
        if len(self) < _MANY:
            return "".join(self._pieces(text))
        return decode(self._edited_codes(text))

    def _pieces(self, text: str) -> Iterator[str]:
        copied = 0
        for start, end, after in zip(self.starts.tolist(), self.ends.tolist(), self.written, strict=True):
            yield text[copied:start]
            yield after
            copied = end
        yield text[copied:]

    def _edited_codes(self, text: str) -> npt.NDArray[np.uint32]:
        """Return the code points of the edited text, without an object for every piece of it."""
        edges = np.zeros(2 * len(self) + 2, dtype=np.int32)
        edges[1:-1:2], edges[2:-1:2], edges[-1] = self.starts, self.ends, len(text)
        pieces = np.diff(edges)
        unchanged = np.repeat(np.arange(len(pieces)) % 2 == 0, pieces)
        codes: npt.NDArray[np.uint32] = code_points(text)[unchanged]
        lengths = self.written.lengths()
        if not lengths.any():
            return codes
        offsets = np.cumsum(pieces[0::2])[:-1]
        written = code_points("".join(self.written))
        edited: npt.NDArray[np.uint32] = np.insert(codes, np.repeat(offsets, lengths), written)
        return edited

    def revert(self, text: str) -> str:
        """Return the text that ``apply`` turned into ``text``.

        >>> edits = Edits.of("a  b", [(1, 3, " ")])
        >>> edits.revert(edits.apply("a  b")[0])
        'a  b'
        """
        pieces: list[str] = []
        copied = shift = 0
        for start, before, after in zip(self.starts.tolist(), self.before, self.after, strict=True):
            pieces.append(text[copied : start + shift])
            pieces.append(before)
            copied = start + shift + len(after)
            shift += len(after) - len(before)
        pieces.append(text[copied:])
        return "".join(pieces)

    def way_back(self, length: int) -> OffsetMap:
        """Return the map from the edited text back to the text of ``length`` characters that was edited.

        Characters of a replacement as long as what it replaces correspond one by one; otherwise each
        of them comes from the whole replaced span.
        """
        count = len(self)
        if not count:
            return OffsetMap(length)
        # Unchanged and replaced pieces alternate: unchanged, replaced, unchanged, …, unchanged.
        source_starts = np.zeros(2 * count + 1, dtype=np.int32)
        source_ends = np.full(2 * count + 1, length, dtype=np.int32)
        source_starts[1::2], source_starts[2::2] = self.starts, self.ends
        source_ends[0:-1:2], source_ends[1::2] = self.starts, self.ends
        lengths = source_ends - source_starts
        lengths[1::2] = self.written.lengths()
        one_by_one = np.repeat(lengths == source_ends - source_starts, lengths)
        starts = np.repeat(source_starts, lengths)
        ends = np.repeat(source_ends, lengths)
        inner = ragged_ranges(np.zeros_like(lengths), lengths, np.int32)
        np.add(starts, inner, out=starts, where=one_by_one)
        np.add(starts, 1, out=ends, where=one_by_one)
        return OffsetMap(length, starts, ends)


class Proposals:
    """Edits that a step proposes one by one, gathered in arrays."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts, self._ends = array("i"), array("i")
        self._what = array("H")
        self._known: dict[tuple[str, str], int] = {}

    def add(self, start: int, end: int, after: str, rule: str) -> None:
        """Propose to replace a span of the text."""
        self._starts.append(start)
        self._ends.append(end)
        self._what.append(self._known.setdefault((after, rule), len(self._known)))

    def add_all(self, starts: IntArray, ends: IntArray, rule: str) -> None:
        """Propose to delete many spans."""
        if not len(starts):
            return
        what = self._known.setdefault(("", rule), len(self._known))
        self._starts.frombytes(starts.astype(np.int32).tobytes())
        self._ends.frombytes(ends.astype(np.int32).tobytes())
        self._what.frombytes(np.full(len(starts), what, dtype=np.uint16).tobytes())

    def edits(self, *, longest: bool = True) -> Edits:
        """Return the edits in the order of the text; of those that overlap, the first.

        Args:
            longest: Whether the longest of those that begin together goes first, then the one proposed
                first; else the shortest, then by the replacement.
        """
        if not self._starts:
            return _no_edits()
        starts, ends = np.asarray(self._starts, np.int32), np.asarray(self._ends, np.int32)
        what = np.asarray(self._what, np.uint16)
        if _overlap(starts, ends):
            keys = (-ends, starts) if longest else (self._ranks()[what], ends, starts)
            order = np.lexsort(keys).astype(np.int32)
            starts, ends, what = starts[order], ends[order], what[order]
        if _overlap(starts, ends):
            chosen = _disjoint(starts, ends)
            starts, ends, what = starts[chosen], ends[chosen], what[chosen]
        written, reasons = (
            IndexedStrings.of(after for after, _ in self._known),
            IndexedStrings.of(r for _, r in self._known),
        )
        return Edits(
            self._text,
            _frozen(starts),
            _frozen(ends),
            IndexedStrings(written.distinct, written.indices[what]),
            IndexedStrings(reasons.distinct, reasons.indices[what]),
        )

    def _ranks(self) -> npt.NDArray[np.uint16]:
        order = sorted(self._known)
        return np.array([order.index(what) for what in self._known], dtype=np.uint16)


def _overlap(starts: IntArray, ends: IntArray) -> bool:
    """Return whether spans are out of order or overlap."""
    return bool(np.any(starts[1:] < ends[:-1]))


def _disjoint(starts: IntArray, ends: IntArray) -> IntArray:
    """Return the indices of the spans that begin behind all that were chosen before them."""
    chosen, done = array("i"), 0
    for index, (start, end) in enumerate(zip(starts.tolist(), ends.tolist(), strict=True)):
        if start >= done:
            chosen.append(index)
            done = end
    return np.asarray(chosen, np.int32)


@cache
def _no_edits() -> Edits:
    """Return the edits of a step that found nothing, which most steps do on most texts."""
    return Edits("", _frozen(()), _frozen(()), IndexedStrings.of(()), IndexedStrings.of(()))


def edits_between(before: str, after: str) -> Edits:
    """Derive the edits of a length-preserving step: maximal runs of characters that differ.

    Raises:
        ValueError: If the lengths differ.

    >>> edits_between("堅持黨建", "坚持党建").before
    ('堅', '黨')
    """
    if len(before) != len(after):
        raise ValueError("a length-preserving step changed the length")
    changed = np.concatenate(([0], code_points(before) != code_points(after), [0]))
    bounds = np.flatnonzero(np.diff(changed.astype(np.int8)))
    spans = zip(bounds[0::2].tolist(), bounds[1::2].tolist(), strict=True)
    return Edits.of(before, [(start, end, after[start:end]) for start, end in spans])
