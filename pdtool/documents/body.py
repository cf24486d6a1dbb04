"""The body of a document with the way back to its raw text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from pdtool.documents.document import Document
from pdtool.documents.mapping import body_of
from pdtool.documents.text_parts import REFERENCES, note_mark_edits
from pdtool.text.edits import OffsetMap

__all__ = ["Body"]

_ABSTRACT = "abstract"
"""The one part of the front matter that stays."""
_NOTED = frozenset({"references", "notes"})
"""Parts to whose entries note marks refer."""


class Body:
    """The body of a document; where its characters stand in the raw text is found out when it is asked for.

    Args:
        document: The document.
        with_references: Whether the back matter of papers is a part of it.

    Attributes:
        text: The body, as :func:`pdtool.documents.mapping.body_of` gives it.
    """

    def __init__(self, document: Document, with_references: bool = False) -> None:
        self._document = document
        self._with_references = with_references
        self._offsets: OffsetMap | None = None
        self.text = body_of(document, with_references)

    def to_raw(self, start: int, end: int) -> tuple[int, int]:
        """Return the half-open span of the raw text that a span of the body comes from."""
        return self._document.offsets.to_source(*self._way_back.to_source(start, end))

    def all_to_raw(self, starts: Sequence[int], ends: Sequence[int]) -> tuple[list[int], list[int]]:
        """Return where the spans begin and end in the raw text that several spans of the body come from."""
        spans = np.array(starts, np.int32), np.array(ends, np.int32)
        first, last = self._document.offsets.all_to_source(*self._way_back.all_to_source(*spans))
        return first.tolist(), last.tolist()

    @property
    def _way_back(self) -> OffsetMap:
        if self._offsets is None:
            kept = {_ABSTRACT, *(REFERENCES if self._with_references else ())}
            spans = [(one.kind, one.start, one.end) for one in self._document.spans if one.kind not in kept]
            left_out = sorted((first, last) for _, first, last in spans)
            whole = _without(len(self._document.text), left_out)
            if any(kind in _NOTED for kind, _, _ in spans):
                unmarked = "".join(_pieces(self._document.text, left_out))
                whole = note_mark_edits(unmarked).way_back(len(unmarked)).after(whole)
            self._offsets = whole
        return self._offsets


def _kept(length: int, left_out: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the spans that stay of a text; a line end stands between two of them."""
    offset = 0
    for start, end in left_out:
        yield offset, max(offset, start)
        offset = max(offset, end)
    yield offset, length


def _pieces(text: str, left_out: Iterable[tuple[int, int]]) -> Iterator[str]:
    for place, (start, end) in enumerate(_kept(len(text), left_out)):
        yield "\n" * bool(place) + text[start:end]


def _without(length: int, left_out: Iterable[tuple[int, int]]) -> OffsetMap:
    """Return the way from a body to its text; a line end for what was left out comes from nothing."""
    starts: list[np.ndarray[tuple[int], np.dtype[np.int32]]] = []
    ends: list[np.ndarray[tuple[int], np.dtype[np.int32]]] = []
    for place, (start, end) in enumerate(_kept(length, left_out)):
        if place:
            gap = np.array([start], np.int32)
            starts.append(gap)
            ends.append(gap)
        characters = np.arange(start, end, dtype=np.int32)
        starts.append(characters)
        ends.append(characters + np.int32(1))
    return OffsetMap(length, np.concatenate(starts), np.concatenate(ends))
