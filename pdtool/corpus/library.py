"""Documents at hand: read and repaired once, kept while there is room, read again when there was not.

Workers are sent sources, never documents; each process has a library of its own.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

from pdtool.corpus.assembly import document_of
from pdtool.corpus.document import Document, RawDocument, Source
from pdtool.corpus.read import read
from pdtool.errors import InputError
from pdtool.normalise.options import DEFAULTS, NormaliseOptions
from pdtool.normalise.pipeline import normalise
from pdtool.normalise.shared_blocks import SharedBlocks
from pdtool.normalise.signs import look_over

__all__ = ["Library", "close_library", "library"]

CAPACITY = 4_000_000
"""Characters of documents that a process keeps at hand (some 40 bytes each, with their way back)."""


class Library:
    """Documents opened so far, the latest ones up to a bounded size.

    Args:
        blocks: What is known to be site furniture of this corpus.
        options: How texts are repaired.
        capacity: Characters to keep at hand.
    """

    def __init__(
        self,
        blocks: SharedBlocks | None,
        options: NormaliseOptions = DEFAULTS,
        capacity: int = CAPACITY,
    ) -> None:
        self.blocks = blocks
        self.options = options
        self._capacity = capacity
        self._held = 0
        self._documents: OrderedDict[Source, Document] = OrderedDict()

    def open(self, source: Source) -> Document:
        """Return a document, from the shelf or read again.

        Raises:
            InputError: If it cannot be read.
        """
        if source in self._documents:
            self._documents.move_to_end(source)
            return self._documents[source]
        return self._repaired(source, read(source))

    def open_all(self, sources: Sequence[Source]) -> list[Document | InputError]:
        """Return documents, or why they cannot be read; those not on the shelf are looked over together."""
        raws = {source: _read(source) for source in sources if source not in self._documents}
        look_over([raw.raw for raw in raws.values() if isinstance(raw, RawDocument)])
        return [self._opened(source, raws.get(source)) for source in sources]

    def _opened(self, source: Source, raw: RawDocument | InputError | None) -> Document | InputError:
        if isinstance(raw, InputError):
            return raw
        return self.open(source) if raw is None else self._repaired(source, raw)

    def _repaired(self, source: Source, raw: RawDocument) -> Document:
        document = document_of(raw, normalise(raw.raw, self.blocks, self.options))
        self._documents[source] = document
        self._held += len(document.raw)
        while self._held > self._capacity and len(self._documents) > 1:
            _, dropped = self._documents.popitem(last=False)
            self._held -= len(dropped.raw)
        return document


def _read(source: Source) -> RawDocument | InputError:
    try:
        return read(source)
    except InputError as error:
        return error


_libraries: list[Library] = []
"""The library of this process, for one setting of the blocks and options at a time."""


def library(blocks: SharedBlocks | None, options: NormaliseOptions = DEFAULTS) -> Library:
    """Return this process's library for a corpus with these blocks."""
    if not _libraries or (_libraries[0].blocks, _libraries[0].options) != (blocks, options):
        _libraries[:] = [Library(blocks, options)]
    return _libraries[0]


def close_library() -> None:
    """Forget all documents at hand."""
    _libraries.clear()
