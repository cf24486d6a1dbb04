"""A repaired document → rows that say what was wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pdtool.documents.document import Document
from pdtool.documents.fields.describe import Description, describe, describe_each, raw_span
from pdtool.documents.fields.field import JOINED, Field
from pdtool.inspection.rows import EditRow, FieldRow, InspectRow
from pdtool.normalise.changes import changes_of
from pdtool.normalise.pipeline import Layer
from pdtool.normalise.splices.detection import SpliceRow
from pdtool.normalise.splices.detection import splice_rows as splices_of
from pdtool.text.paragraphs import script_of

__all__ = ["DocumentRows", "FieldRows", "edit_rows", "inspect_document", "splice_rows"]

_FURNITURE = frozenset({"furniture", "running_head", "shared_block"})
_REPAIRS = frozenset({"misread", "ghost", "byte_slip", "doubling", "page_marker", "spacing"})


def inspect_document(document: Document) -> InspectRow:
    """Say how a document was read and what its text needed."""
    return _row(document, describe(document))


def _row(document: Document, known: Description) -> InspectRow:
    layers, values = document.edits, known.by_name()

    def listed(name: str) -> tuple[str, ...]:
        return tuple(values.get(name, ()))

    def joined(name: str) -> str:
        return JOINED.join(values.get(name, ()))

    return InspectRow(
        doc=document.id,
        format=document.source.format,
        encoding=document.encoding,
        chars=len(document.raw),
        script=script_of(_as_written(document)).value,
        ghosts=_count(layers, "ghost"),
        byte_slips=_count(layers, "byte_slip"),
        page_markers=_count(layers, "page_marker"),
        furniture_chars=_characters(layers, _FURNITURE),
        repaired_chars=_characters(layers, _REPAIRS),
        title=joined("title"),
        warnings=(*document.warnings, *known.doubts),
        issuer=listed("issuer"),
        doc_number=joined("doc_number"),
        date=joined("date"),
        year=joined("year"),
        keywords=listed("keywords"),
        level=joined("level"),
        genre=joined("genre"),
        authors=listed("authors"),
        affiliation=listed("affiliation"),
        source=joined("source"),
        abstract=joined("abstract"),
    )


@dataclass(frozen=True, slots=True)
class FieldRows:
    """Lists what is known about a document, field by field, with where it stands in the raw text."""

    def __call__(self, document: Document) -> list[FieldRow]:
        """Return the rows of a document."""
        return next(self.each([document]))

    def each(self, documents: Sequence[Document]) -> Iterator[list[FieldRow]]:
        """Yield the rows of each of many documents."""
        for document, known in zip(documents, describe_each(documents), strict=True):
            yield [_field_row(document, field) for field in known.fields]


def _field_row(document: Document, field: Field) -> FieldRow:
    start, end = raw_span(document, field) or (None, None)
    text = "" if start is None else document.raw[start:end]
    return FieldRow(document.id, field.name, field.value, field.origin.value, field.sure, start, end, text)


@dataclass(frozen=True, slots=True)
class DocumentRows:
    """Makes the one row of a document: every table is made of lists of rows."""

    def __call__(self, document: Document) -> list[InspectRow]:
        """Return the row of a document."""
        return next(self.each([document]))

    def each(self, documents: Sequence[Document]) -> Iterator[list[InspectRow]]:
        """Yield the row of each of many documents."""
        for document, known in zip(documents, describe_each(documents), strict=True):
            yield [_row(document, known)]


def edit_rows(document: Document) -> list[EditRow]:
    """List everything that was changed in a document, as changes of its raw text."""
    return [
        EditRow(
            document.id,
            change.kinds,
            change.start,
            change.end,
            change.before,
            change.after,
            change.confidence,
        )
        for change in changes_of(document.raw, document.edits)
    ]


def splice_rows(document: Document) -> list[SpliceRow]:
    """List the passages of a document that seem to come from another text."""
    return list(splices_of(document.id, document.raw, document.text, document.offsets))


def _as_written(document: Document) -> str:
    """Return the repaired text in the words and the script in which it was found."""
    converted = (layer.before for layer in document.edits if layer.kind in {"vocabulary", "script"})
    return next(converted, document.text)


def _count(layers: Sequence[Layer], kind: str) -> int:
    return sum(len(layer.edits) for layer in layers if layer.kind == kind)


def _characters(layers: Sequence[Layer], kinds: frozenset[str]) -> int:
    """Count the characters that edits of these kinds took out or replaced; a ghost's host is none of them."""
    return sum(
        len(before) - (len(after) if before.startswith(after) else 0)
        for layer in layers
        if layer.kind in kinds
        for before, after in zip(layer.edits.before, layer.edits.after, strict=True)
    )
