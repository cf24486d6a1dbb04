"""What a repair did, and where every character of the result came from.

A step of the normaliser is a pure function from a text to the :class:`Edits` it proposes. Applying them
gives the new text and an :class:`OffsetMap` back to the old one; the maps of successive steps compose,
so that any span of the clean text can be cut out of the raw text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

__all__ = ["Edits", "IntArray", "OffsetMap", "code_points", "edits_between"]

IntArray = npt.NDArray[np.int32]
"""Offsets: texts longer than 2**31 - 1 characters are not supported."""


def code_points(text: str) -> npt.NDArray[np.uint32]:
    """Return the code points of ``text`` as an array of shape ``(len(text),)``.

    >>> code_points("党建").tolist()
    [20826, 24314]
    """
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


@dataclass(frozen=True, slots=True, eq=False)
class OffsetMap:
    """Where each character of a derived text stands in the text it was derived from.

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

    def after(self, earlier: OffsetMap) -> OffsetMap:
        """Return the map of this step composed with the ``earlier`` one it was applied on top of."""
        if self.starts is None or self.ends is None:
            return earlier
        if earlier.starts is None or earlier.ends is None:
            return self
        # A character made from nothing (start == end) has no last character to ask: it keeps the point, which
        # may be the text's end.
        starts = np.append(earlier.starts, np.int32(earlier.source_length))[self.starts]
        ends = np.append(earlier.ends, np.int32(0))[self.ends - 1]
        return OffsetMap(earlier.source_length, starts, np.where(self.ends > self.starts, ends, starts))


def _frozen(values: Iterable[int]) -> IntArray:
    array = np.fromiter(values, dtype=np.int32)
    array.flags.writeable = False
    return array


@cache
def _no_edits() -> Edits:
    """Return the edits of a step that found nothing, which most steps do on most texts."""
    return Edits(_frozen(()), _frozen(()), (), (), ())


@dataclass(frozen=True, slots=True, eq=False)
class Edits:
    """Replacements in one text: sorted, disjoint, in structure-of-arrays form.

    A million edits as objects cost seconds to make and to pickle; as arrays they cost little.

    Args:
        starts: Offsets at which the replaced spans begin, ascending, shape ``(n,)``.
        ends: Their half-open ends; ``ends[i] <= starts[i + 1]``.
        before: The replaced strings, so that the edits can be undone.
        after: What stands in their place.
        rules: The name of the pattern or reason behind each edit, or empty strings.
    """

    starts: IntArray
    ends: IntArray
    before: tuple[str, ...]
    after: tuple[str, ...]
    rules: tuple[str, ...]

    @classmethod
    def of(cls, text: str, spans: Sequence[tuple[int, int, str]], rules: Sequence[str] = ()) -> Edits:
        """Make the edits that replace each ``(start, end, replacement)`` of ``spans`` in ``text``.

        Args:
            text: The text the spans are offsets into.
            spans: Sorted and disjoint.
            rules: One name an edit; empty for none.

        >>> Edits.of("領(lǐng)導", [(0, 7, "領")]).apply("領(lǐng)導")[0]
        '領導'
        """
        if not spans:
            return _no_edits()
        return cls(
            starts=_frozen(span[0] for span in spans),
            ends=_frozen(span[1] for span in spans),
            before=tuple(text[start:end] for start, end, _ in spans),
            after=tuple(span[2] for span in spans),
            rules=tuple(rules) if rules else ("",) * len(spans),
        )

    def __len__(self) -> int:
        return len(self.before)

    def apply(self, text: str) -> tuple[str, OffsetMap]:
        """Return the edited text and its map back to ``text``."""
        return self.applied_to(text), self.way_back(len(text))

    def applied_to(self, text: str) -> str:
        """Return the edited text."""
        if not len(self):
            return text
        pieces: list[str] = []
        position = 0
        for start, end, after in zip(self.starts.tolist(), self.ends.tolist(), self.after, strict=True):
            pieces.append(text[position:start])
            pieces.append(after)
            position = end
        pieces.append(text[position:])
        return "".join(pieces)

    def revert(self, text: str) -> str:
        """Return the text that ``apply`` turned into ``text``.

        >>> edits = Edits.of("a  b", [(1, 3, " ")])
        >>> edits.revert(edits.apply("a  b")[0])
        'a  b'
        """
        pieces: list[str] = []
        position = shift = 0
        for start, before, after in zip(self.starts.tolist(), self.before, self.after, strict=True):
            pieces.append(text[position : start + shift])
            pieces.append(before)
            position = start + shift + len(after)
            shift += len(after) - len(before)
        pieces.append(text[position:])
        return "".join(pieces)

    def way_back(self, length: int) -> OffsetMap:
        """Return the map from the edited text back to the one of ``length`` characters that was edited.

        Characters of a replacement as long as what it replaces correspond one by one; otherwise each
        of them comes from the whole replaced span.
        """
        count = len(self)
        if not count:
            return OffsetMap(length)
        # Kept and replaced pieces are laid in turn: kept, replaced, kept, …, kept.
        source_starts = np.zeros(2 * count + 1, dtype=np.int32)
        source_ends = np.full(2 * count + 1, length, dtype=np.int32)
        source_starts[1::2], source_starts[2::2] = self.starts, self.ends
        source_ends[0:-1:2], source_ends[1::2] = self.starts, self.ends
        lengths = source_ends - source_starts
        lengths[1::2] = np.fromiter(map(len, self.after), dtype=np.int32, count=count)
        one_by_one = np.repeat(lengths == source_ends - source_starts, lengths)
        firsts = np.cumsum(lengths, dtype=np.int32) - lengths
        starts = np.repeat(source_starts, lengths)
        ends = np.repeat(source_ends, lengths)
        inner = np.arange(len(starts), dtype=np.int32) - np.repeat(firsts, lengths)
        np.add(starts, inner, out=starts, where=one_by_one)
        np.add(starts, 1, out=ends, where=one_by_one)
        return OffsetMap(length, starts, ends)


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
