"""A repaired document → what it is known by, and the documents it names."""

from __future__ import annotations

from dataclasses import replace

from pdtool.citations.mention import CitingDocument, Mention, Profile
from pdtool.citations.mentions import mentions_in
from pdtool.documents.document import Document
from pdtool.documents.fields.describe import describe

__all__ = ["citing_document"]


def citing_document(document: Document) -> CitingDocument:
    """Return what a document is known by, and its mentions with their offsets in the raw text."""
    known = describe(document)
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
