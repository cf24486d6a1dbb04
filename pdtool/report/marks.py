"""A repaired document → which stretches of its original text the repairs touched, and by which rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pdtool.documents.document import Document
from pdtool.normalise.pipeline import Layer
from pdtool.text.edits import OffsetMap

__all__ = ["Touched", "touched"]

_LAYOUT = "line_end"
"""Another way to end a line is no change that anyone could see."""


@dataclass(frozen=True, slots=True)
class Touched:
    """A stretch of the original text that a repair touched.

    Args:
        start: First character of the text as it was read.
        end: First character after it.
        kind: The step.
        rule: Its pattern or reason; may be empty.
        after: What the step left in its place; empty if it was taken out.
    """

    start: int
    end: int
    kind: str
    rule: str
    after: str


def touched(document: Document) -> list[Touched]:
    """List the stretches that steps took out or replaced, in the order of the steps.

    Steps that keep the length (width, script) are left out: what they change is told by comparing. What a
    step kept at the beginning of a stretch (the character before its pinyin) is no part of it.

    Args:
        document: Read and repaired.

    >>> from pdtool.documents.assembly import document_of
    >>> from pdtool.corpus.source import RawDocument, Source
    >>> from pdtool.normalise.pipeline import normalise
    >>> raw = "推動(dòng)基層黨組織領(lǐng)導(dǎo)社區(qū)發(fā)展,服務(wù)群眾"
    >>> found = touched(document_of(RawDocument(Source("a", "a", "a", "text"), raw, ""), normalise(raw)))
    >>> [(raw[t.start : t.end], t.kind, t.after) for t in found][:2]
    [('(dòng)', 'ghost', ''), ('(lǐng)', 'ghost', '')]
    """
    offsets = OffsetMap(len(document.raw))
    found: list[Touched] = []
    for layer in document.edits:
        if layer.is_one_to_one:
            continue
        if layer.kind != _LAYOUT:
            found += _of_layer(layer, offsets)
        offsets = layer.edits.way_back(len(layer.before)).after(offsets)
    return found


def _of_layer(layer: Layer, offsets: OffsetMap) -> Iterator[Touched]:
    edits = layer.edits
    for start, end, before, after, rule in zip(
        edits.starts.tolist(), edits.ends.tolist(), edits.before, edits.after, edits.rules, strict=True
    ):
        kept = len(after) if before.startswith(after) else 0
        if start + kept < end:
            source = offsets.to_source(start + kept, end)
            yield Touched(*source, layer.kind, rule, after[kept:])
