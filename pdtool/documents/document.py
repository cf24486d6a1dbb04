"""A document, raw and clean, with the offsets that lead from the clean text back to the raw one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pdtool.corpus.source import Source
from pdtool.documents.front_matter import FrontMatter
from pdtool.documents.metadata import Metadata, metadata_of, metadata_of_each
from pdtool.normalise.furniture.edge_lines import EdgeLines, edge_lines_of
from pdtool.normalise.pipeline import Layer, offsets_of, text_for_edge_lines
from pdtool.text.edits import OffsetMap
from pdtool.text.fold import Folded, fold, fold_each

__all__ = ["Document", "Span"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the clean text with a name, such as the title or the abstract.

    Args:
        kind: The field's term.
        start: First character in ``Document.text``.
        end: First character after it.
    """

    kind: str
    start: int
    end: int


@dataclass(frozen=True, eq=False)
class Document:
    """A repaired document. What is derived from it is computed when it is first asked for.

    Args:
        id: Its id in every table.
        source: Where it came from.
        raw: The decoded text; all offsets in output tables are into this.
        text: The clean text: everything but furniture.
        edits: What each step of the normaliser did, in order.
        container: What its table or file says about it (``title``, …).
        warnings: Warnings about reading or repairing it, as sentences.
        encoding: The encoding it was decoded with.
        reading_warnings: How many of the warnings, the first ones, are about reading it.
    """

    id: str
    source: Source
    raw: str
    text: str
    edits: tuple[Layer, ...]
    container: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    encoding: str = ""
    reading_warnings: int = 0

    @cached_property
    def offsets(self) -> OffsetMap:
        """The map from offsets in ``text`` to offsets in ``raw``."""
        return offsets_of(self.raw, self.edits)

    @cached_property
    def _described(self) -> Metadata:
        return metadata_of(self.text, self._furniture())

    def _furniture(self) -> list[str]:
        layers = (layer.edits for layer in self.edits if layer.kind == "furniture")
        return [piece for edits in layers for piece in edits.before]

    @staticmethod
    def read_fronts(documents: Sequence[Document]) -> None:
        """Find the front matter of many documents at a time: faster than when each is asked for it."""
        new = [document for document in documents if "_described" not in vars(document)]
        found = metadata_of_each(
            [document.text for document in new], [document._furniture() for document in new]
        )
        for document, described in zip(new, found, strict=True):
            vars(document)["_described"] = described

    @property
    def front(self) -> tuple[FrontMatter, ...]:
        """The front matter of ``text``; see :mod:`pdtool.documents.front_matter`."""
        return self._described.front

    @property
    def spans(self) -> tuple[Span, ...]:
        """Named stretches of ``text``: the front matter, its kinds told more finely, and the parts."""
        return tuple(Span(*span) for span in self._described.spans)

    @property
    def named_spans(self) -> tuple[FrontMatter, ...]:
        """The same as ``(kind, start, end)``."""
        return self._described.spans

    @property
    def meta(self) -> Mapping[str, str]:
        """What is known about the document: what its container says, then what its front matter does."""
        return {**self._described.values, **self.container}

    @cached_property
    def folded(self) -> Folded:
        """The clean text as it is compared."""
        return fold(self.text)

    @staticmethod
    def fold_each(documents: Sequence[Document]) -> None:
        """Fold many documents at a time: faster than when each is asked for its fold."""
        new = [document for document in documents if "folded" not in vars(document)]
        for document, folded in zip(new, fold_each([document.text for document in new]), strict=True):
            vars(document)["folded"] = folded

    def drop_fold(self) -> None:
        """Make room of its fold, which takes as much as all the rest; it is made anew if it is asked for."""
        vars(self).pop("folded", None)

    @property
    def text_for_edge_lines(self) -> str:
        """The text whose edge lines are taken; see :func:`text_for_edge_lines`."""
        return text_for_edge_lines(self.text, self.edits)

    def fold_for_edge_lines(self) -> Folded:
        """Return the fold of that text."""
        before = self.text_for_edge_lines
        if before is self.text:
            return self.folded
        # Most of what is done behind the furniture changes blanks and widths, which no fold has.
        return fold(before).with_shingles_of(self.folded)

    def edge_lines(self) -> EdgeLines:
        """Return what is remembered of it to learn the site furniture of its corpus."""
        return edge_lines_of(self.text_for_edge_lines, self.fold_for_edge_lines())
