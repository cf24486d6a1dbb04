"""Paths → documents, repaired, one after the other."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterator, Sequence

from pdtool.corpus.document import Document, RawDocument, Span
from pdtool.corpus.options import DEFAULTS, ReadOptions
from pdtool.corpus.read import problem_of, read
from pdtool.corpus.scan import scan
from pdtool.errors import InputError, Problem
from pdtool.normalise.metadata import metadata_of
from pdtool.normalise.options import DEFAULTS as REPAIR_DEFAULTS
from pdtool.normalise.options import NormaliseOptions
from pdtool.normalise.pipeline import Clean, normalise

__all__ = ["PdtoolWarning", "document_of", "load_corpus"]


class PdtoolWarning(UserWarning):
    """An input could not be used, or only with a reservation, while the rest goes on."""


def load_corpus(
    paths: Sequence[str | os.PathLike[str]],
    *,
    options: ReadOptions = DEFAULTS,
    repair: NormaliseOptions = REPAIR_DEFAULTS,
    on_problem: Callable[[Problem], None] | None = None,
) -> Iterator[Document]:
    """Read and repair the documents that paths name, holding one at a time.

    Args:
        paths: Files, folders, patterns, and ``-`` for standard input.
        options: How to read them.
        repair: How to repair them.
        on_problem: Called with everything that could not be used; by default each becomes a
            :class:`PdtoolWarning`.

    Yields:
        The documents: files by id, the rows of a table as they stand.

    Raises:
        UsageError: If no path is given, or Python does not know the encoding.
    """
    report = on_problem or _warn
    with scan(paths, options) as corpus:
        for problem in corpus.problems:
            report(problem)
        for source in corpus.reading_order:
            try:
                raw_document = read(source)
            except InputError as error:
                report(problem_of(source.name, error))
            else:
                yield document_of(raw_document, normalise(raw_document.raw, options=repair))


def document_of(raw_document: RawDocument, clean: Clean) -> Document:
    """Put together what was read and what the normaliser made of it."""
    reservation = _emptiness(clean)
    described = metadata_of(clean.text, _furniture(clean))
    return Document(
        id=raw_document.source.id,
        source=raw_document.source,
        raw=clean.raw,
        text=clean.text,
        spans=tuple(Span(*span) for span in described.spans),
        edits=clean.layers,
        offsets=clean.offsets,
        meta={**described.values, **raw_document.meta},
        warnings=(*raw_document.warnings, *([reservation] if reservation else [])),
        encoding=raw_document.encoding,
    )


def _furniture(clean: Clean) -> list[str]:
    return [piece for layer in clean.layers if layer.kind == "furniture" for piece in layer.edits.before]


def _emptiness(clean: Clean) -> str:
    if any(map(str.isalnum, clean.text)):
        return ""
    if not clean.raw:
        return "the document is empty"
    if any(map(str.isalnum, clean.raw)):
        return "the document holds nothing but furniture (site headers, page numbers and the like)"
    return "the document holds no letters, digits or Chinese characters"


def _warn(problem: Problem) -> None:
    hint = f"; try: {problem.hint}" if problem.hint else ""
    warnings.warn(f"{problem.source}: {problem.message}{hint}", PdtoolWarning, stacklevel=3)
