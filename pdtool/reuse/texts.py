"""A document as it is compared: folded, and indexed once it is to be aligned."""

from __future__ import annotations

from functools import cached_property
from weakref import WeakKeyDictionary

from pdtool.corpus.document import Document
from pdtool.normalise.edits import OffsetMap
from pdtool.normalise.fold import Folded
from pdtool.normalise.pipeline import offsets_of
from pdtool.reuse.alignment import Index

__all__ = ["ComparedText", "text_of"]


class ComparedText:
    """The folded text of a document, with its way back to the raw text.

    Args:
        document: Read and repaired.
    """

    def __init__(self, document: Document) -> None:
        self.raw = document.raw
        self.folded: Folded = document.folded
        self._edits = document.edits

    @cached_property
    def _offsets(self) -> OffsetMap:
        # Of the document itself nothing is kept: it would never be forgotten.
        return offsets_of(self.raw, self._edits)

    @cached_property
    def index(self) -> Index:
        """The folded text with its shingles sorted."""
        return Index.of(self.folded.codes)

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets in the raw text of the folded characters ``[start, end)``, ``start < end``."""
        positions = self.folded.positions
        return self._offsets.to_source(int(positions[start]), int(positions[end - 1]) + 1)


_texts: WeakKeyDictionary[Document, ComparedText] = WeakKeyDictionary()
"""Kept for as long as the document itself is at hand."""


def text_of(document: Document) -> ComparedText:
    """Return a document's text as it is compared, folded once."""
    found = _texts.get(document)
    if found is None:
        found = _texts[document] = ComparedText(document)
    return found
