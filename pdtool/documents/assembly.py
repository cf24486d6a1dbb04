"""A raw document and what the normaliser made of it → a document."""

from __future__ import annotations

from pdtool.corpus.source import RawDocument
from pdtool.documents.document import Document
from pdtool.language import _
from pdtool.normalise.losses import loss_warnings
from pdtool.normalise.mojibake import MISREAD, misread_warnings
from pdtool.normalise.pipeline import Clean

__all__ = ["document_of"]

_LEFT_OUT = frozenset({"running_head", "page_marker", "doubling", "furniture", "shared_block"})
"""Steps that leave out what a site or a printer added, or a file says twice."""
_MUCH = 0.2
"""Share of a document that may go without a word: what is printed around a text is seldom more."""


def document_of(raw_document: RawDocument, clean: Clean) -> Document:
    """Put together what was read and what the normaliser made of it."""
    emptiness = _emptiness(clean) or _thinness(clean)
    misread = misread_warnings(layer.edits for layer in clean.layers if layer.kind == MISREAD)
    told = any("U+FFFD" in warning for warning in raw_document.warnings)
    lost = loss_warnings(clean.text, replaced=not told)
    return Document(
        id=raw_document.source.id,
        source=raw_document.source,
        raw=clean.raw,
        text=clean.text,
        edits=clean.layers,
        container=raw_document.meta,
        warnings=(*raw_document.warnings, *misread, *lost, *([emptiness] if emptiness else [])),
        encoding=raw_document.encoding,
        reading_warnings=len(raw_document.warnings),
    )


def _emptiness(clean: Clean) -> str:
    """Return a warning about a document without text; empty if it has some."""
    if any(map(str.isalnum, clean.text)):
        return ""
    if not clean.raw:
        return _("the document is empty")
    if any(map(str.isalnum, clean.raw)):
        return _("the document holds nothing but furniture (site headers, page numbers and the like)")
    return _("the document holds no letters, digits or Chinese characters")


def _thinness(clean: Clean) -> str:
    """Return a warning about a document of which more than a fifth was left out; empty if less was."""
    gone = sum(len(layer.before) - len(layer.after) for layer in clean.layers if layer.kind in _LEFT_OUT)
    share = gone / max(1, len(clean.raw))
    if share <= _MUCH:
        return ""
    return _(
        "{share:.0%} of the document was left out: site headers, page numbers, doubled text and the like",
        share=share,
    )
