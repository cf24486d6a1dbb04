"""The part of a document that is counted: neither its front matter nor what it says of itself."""

from __future__ import annotations

from pdtool.corpus.document import Document
from pdtool.normalise.front_matter import FrontMatter, body_text

__all__ = ["body_of", "front_matter_of"]


def front_matter_of(document: Document) -> list[FrontMatter]:
    """Return the front matter of a document as :func:`~pdtool.normalise.front_matter.find_front_matter` does.

    It was looked for when the document was put together, and is not looked for again.
    """
    return [(span.kind, span.start, span.end) for span in document.spans]


def body_of(document: Document) -> str:
    """Return the body of a document: the clean text without front matter, but with the abstract."""
    return body_text(document.text, front_matter_of(document))
