"""A repaired document → what it is known by, and the documents it names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pdtool.citations.mention import CitingDocument, Mention, Profile
from pdtool.citations.mentions import mentions_in
from pdtool.documents.document import Document
from pdtool.documents.fields.describe import Description, describe, describe_each

__all__ = ["CitingDocuments", "citing_document"]


def citing_document(document: Document) -> CitingDocument:
    """Return what a document is known by, and its mentions with their offsets in the raw text."""
    return _citing(document, describe(document))


@dataclass(frozen=True, slots=True)
class CitingDocuments:
    """Does as :func:`citing_document` does, of many documents at a time if it is given many."""

    def __call__(self, document: Document) -> CitingDocument:
        """Return what a document is known by, and its mentions."""
        return citing_document(document)

    def each(self, documents: Sequence[Document]) -> Iterator[CitingDocument]:
        """Yield the same for each of many documents."""
        yield from map(_citing, documents, describe_each(documents))


def _citing(document: Document, known: Description) -> CitingDocument:
    profile = Profile(
        doc=document.id,
        title=known.value("title"),
        number=known.value("doc_number"),
        date=known.value("date"),
        issuers=known.values("issuer"),
        level=known.value("level"),
        genre=known.value("genre"),
    )
    title = [(span.start, span.end) for span in document.spans if span.kind == "title"]
    found = mentions_in(document.text, profile.number, title)
    return CitingDocument(profile, tuple(_in_raw(document, one) for one in found))


def _in_raw(document: Document, mention: Mention) -> Mention:
    start, end = document.offsets.to_source(mention.start, mention.end)
    return replace(mention, start=start, end=end)
