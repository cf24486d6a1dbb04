"""Paths → repaired documents, one after the other."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress

from pdtool.corpus.read import problem_of
from pdtool.corpus.read_options import DEFAULTS, ReadOptions
from pdtool.corpus.scan import Corpus, scan
from pdtool.documents.cache import DocumentCache
from pdtool.documents.document import Document
from pdtool.errors import InputError, Problem
from pdtool.language import _, joined
from pdtool.normalise.furniture.shared_blocks import FEWEST_DOCUMENTS, SharedBlocks, learn_blocks
from pdtool.normalise.options import DEFAULTS as REPAIR_DEFAULTS
from pdtool.normalise.options import NormaliseOptions

__all__ = ["PdtoolWarning", "load_corpus"]


class PdtoolWarning(UserWarning):
    """An input could not be used, or only with a warning, while the rest goes on."""


def load_corpus(
    paths: Sequence[str | os.PathLike[str]],
    *,
    options: ReadOptions = DEFAULTS,
    repair: NormaliseOptions = REPAIR_DEFAULTS,
    on_problem: Callable[[Problem], None] | None = None,
) -> Iterator[Document]:
    """Read and repair the documents that paths name, holding a few at a time.

    From three documents on they are read twice, first to learn which heads and feet are site furniture of
    this corpus (see :mod:`pdtool.normalise.furniture.shared_blocks`); documents
    that are still in the cache are not read again.

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
        cache = DocumentCache(None, repair)
        blocks = _shared_blocks(corpus, cache)
        if blocks:
            cache = DocumentCache(blocks, repair)
        for source in corpus.reading_order:
            try:
                document = cache.open(source)
            except InputError as error:
                report(problem_of(source.name, error))
            else:
                yield document


def _shared_blocks(corpus: Corpus, cache: DocumentCache) -> SharedBlocks | None:
    """Learn the site furniture of a corpus; ``None`` if there is none."""
    if len(corpus.sources) < FEWEST_DOCUMENTS:
        return None
    edge_lines = []
    for source in corpus.sources:
        with suppress(InputError):  # said when the document's turn comes
            edge_lines.append(cache.open(source).edge_lines())
    return learn_blocks(edge_lines) or None


def _warn(problem: Problem) -> None:
    said = _("{source}: {message}", source=problem.source, message=problem.message)
    hint = _("try: {hint}", hint=problem.hint) if problem.hint else ""
    warnings.warn(joined([said, hint]), PdtoolWarning, stacklevel=3)
