"""A document as it is compared: folded, with the way back to its raw text."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from pdtool.corpus.document import Document
from pdtool.normalise.fold import Folded

__all__ = ["ComparedText", "text_of"]


class ComparedText:
    """The folded text of a document, with its way back to the raw text.

    Args:
        document: Read and repaired.
    """

    def __init__(self, document: Document) -> None:
        self.raw = document.raw
        self.folded: Folded = document.folded
        self._offsets = document.offsets

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
