"""Documents that were read and repaired, held in memory up to a bound; beyond it they are read again.

Workers are sent sources, never documents; each process has a cache of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from pdtool.bounded_cache import BoundedCache
from pdtool.corpus.read import read
from pdtool.corpus.source import RawDocument, Source
from pdtool.documents.assembly import document_of
from pdtool.documents.document import Document
from pdtool.errors import InputError
from pdtool.normalise.furniture.shared_blocks import SharedBlocks
from pdtool.normalise.options import DEFAULTS, NormaliseOptions
from pdtool.normalise.pipeline import Clean, normalise_each
from pdtool.normalise.prefilter import prefilter
from pdtool.progress import report

__all__ = ["DocumentCache", "clear_document_cache", "document_cache", "documents_kept"]

CAPACITY = 4_000_000
"""Characters of documents that a process holds (some 40 bytes each, with the offsets in the raw text)."""

_MARKDOWN = ".md"
"""How the name of a Markdown file ends."""


class DocumentCache:
    """The documents opened last, up to a bounded size.

    Args:
        blocks: The site furniture of this corpus, as far as it is known.
        options: How texts are repaired.
        capacity: The most characters to hold.
    """

    def __init__(
        self,
        blocks: SharedBlocks | None,
        options: NormaliseOptions = DEFAULTS,
        capacity: int = CAPACITY,
    ) -> None:
        self.blocks = blocks
        self.options = options
        self._documents = BoundedCache[Source, Document](capacity)

    def open(self, source: Source) -> Document:
        """Return a document, from the cache or read again.

        Raises:
            InputError: If it cannot be read.
        """
        return self._documents.get(source) or self._repaired(source, read(source))

    def open_all(self, sources: Sequence[Source]) -> list[Document | InputError]:
        """Return documents, or why they cannot be read; those not in the cache are repaired together.

        Each is reported as a step of a task (:func:`pdtool.progress.report`).
        """
        raws = {source: _read(source) for source in sources if source not in self._documents}
        read = {source: raw for source, raw in raws.items() if isinstance(raw, RawDocument)}
        texts = [raw.raw for raw in read.values()]
        self._documents.make_room(sum(map(len, texts)))
        cleans = normalise_each(
            texts, prefilter(texts), [*map(_is_markdown, read)], self.blocks, self.options
        )
        opened = list[Document | InputError]()
        for source in sources:
            raw = raws.pop(source, None)
            if isinstance(raw, RawDocument):
                opened.append(self._kept(source, raw, next(cleans)))
            else:
                opened.append(self.open(source) if raw is None else raw)
            report()
        return opened

    def _repaired(self, source: Source, raw: RawDocument) -> Document:
        self._documents.make_room(len(raw.raw))
        (clean,) = normalise_each([raw.raw], [None], [_is_markdown(source)], self.blocks, self.options)
        return self._kept(source, raw, clean)

    def _kept(self, source: Source, raw: RawDocument, clean: Clean) -> Document:
        document = document_of(raw, clean)
        self._documents.put(source, document, len(document.raw))
        return document


def _is_markdown(source: Source) -> bool:
    return source.name.casefold().endswith(_MARKDOWN)


def _read(source: Source) -> RawDocument | InputError:
    try:
        return read(source)
    except InputError as error:
        return error


_caches: list[DocumentCache] = []
"""The cache of this process, for one setting of the blocks and options at a time."""


def document_cache(blocks: SharedBlocks | None, options: NormaliseOptions = DEFAULTS) -> DocumentCache:
    """Return this process's cache for a corpus with these blocks."""
    if not _caches or (_caches[0].blocks, _caches[0].options) != (blocks, options):
        _caches[:] = [DocumentCache(blocks, options)]
    return _caches[0]


_keepers: list[object] = []
"""Whoever still needs the documents of this process's cache."""


def clear_document_cache() -> None:
    """Forget all documents of this process's cache, unless they are kept (:func:`documents_kept`)."""
    if not _keepers:
        _caches.clear()


@contextmanager
def documents_kept() -> Iterator[None]:
    """Keep the documents of this process's cache, though several pieces of work end before the block does.

    For a report of a small corpus, which has the documents read, compared and shown: without it each of these
    would repair them again. Not for a large corpus, whose workers have caches of their own.
    """
    keeper = object()
    _keepers.append(keeper)
    try:
        yield
    finally:
        _keepers.remove(keeper)
        clear_document_cache()
