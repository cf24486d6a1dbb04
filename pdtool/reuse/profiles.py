"""What a worker finds out about a document, and how its folded text is had again when it is needed.

A profile is small: a fingerprint and a few numbers. Texts are not kept; verification reads the few
documents it needs again, through a cache of bounded size.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b

import numpy as np

from pdtool.corpus.document import Document, Source
from pdtool.corpus.load import document_of
from pdtool.corpus.read import read
from pdtool.errors import InputError, Problem
from pdtool.normalise.fold import Folded, fold
from pdtool.normalise.pipeline import normalise
from pdtool.normalise.shared_blocks import SharedBlocks, Survey
from pdtool.normalise.shingles import HashArray, shingle_hashes
from pdtool.reuse.alignment import Index
from pdtool.reuse.fingerprint import FINE_BELOW, fingerprint

__all__ = [
    "Library",
    "Opened",
    "Profile",
    "ProfileTask",
    "batches",
    "close_library",
    "library",
    "open_document",
    "profile",
]

CACHE_CHARS = 4_000_000
"""Folded characters whose index a process keeps at hand (some 30 bytes each)."""


@dataclass(frozen=True, slots=True)
class ProfileTask:
    """A batch of documents to profile.

    Args:
        sources: Where they are.
        scaled: The scale of their fingerprints.
        blocks: What is known to be site furniture of this corpus; ``None`` on the first reading.
    """

    sources: tuple[Source, ...]
    scaled: int
    blocks: SharedBlocks | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """What is known of a document without its text.

    Args:
        characters: Characters of the raw text.
        size: Folded characters.
        repairs: How many repairs its text needed.
        digest: Equal for equal folds.
        hashes: Its fingerprint.
        fine: Whether the fingerprint holds all hashes.
        survey: What the corpus-wide search for furniture needs.
        warnings: Reservations about reading or repairing it.
        problem: Why it could not be read; then all else is empty.
    """

    characters: int = 0
    size: int = 0
    repairs: int = 0
    digest: bytes = b""
    hashes: HashArray = field(default_factory=lambda: shingle_hashes(np.empty(0, np.uint32)))
    fine: bool = True
    survey: Survey | None = None
    warnings: tuple[str, ...] = ()
    problem: Problem | None = None


class Opened:
    """A document at hand: read, repaired, folded, and indexed once it is to be aligned."""

    def __init__(
        self, document: Document, folded: Folded, repairs: int, survey: Callable[[], Survey]
    ) -> None:
        self.document = document
        self.folded = folded
        self.repairs = repairs
        self.survey = survey

    @cached_property
    def index(self) -> Index:
        """The folded text with its shingles sorted."""
        return Index.of(self.folded.codes)

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets in the raw text of the folded characters ``[start, end)``, ``start < end``."""
        positions = self.folded.positions
        return self.document.offsets.to_source(int(positions[start]), int(positions[end - 1]) + 1)


class Library:
    """Documents opened so far, the latest ones up to a bounded size.

    Args:
        blocks: What is known to be site furniture of this corpus.
        capacity: Folded characters to keep at hand.
    """

    def __init__(self, blocks: SharedBlocks | None, capacity: int = CACHE_CHARS) -> None:
        self.blocks = blocks
        self._capacity = capacity
        self._held = 0
        self._opened: OrderedDict[Source, Opened] = OrderedDict()

    def open(self, source: Source) -> Opened:
        """Return a document, from the cache or read again.

        Raises:
            InputError: If it cannot be read.
        """
        if source in self._opened:
            self._opened.move_to_end(source)
            return self._opened[source]
        opened = open_document(source, self.blocks)
        self._opened[source] = opened
        self._held += len(opened.folded)
        while self._held > self._capacity and len(self._opened) > 1:
            _, dropped = self._opened.popitem(last=False)
            self._held -= len(dropped.folded)
        return opened


_libraries: list[Library] = []
"""The library of this process, for one setting of the blocks at a time."""


def library(blocks: SharedBlocks | None) -> Library:
    """Return this process's library for a corpus with these blocks."""
    if not _libraries or _libraries[0].blocks != blocks:
        _libraries[:] = [Library(blocks)]
    return _libraries[0]


def close_library() -> None:
    """Forget all documents at hand."""
    _libraries.clear()


def open_document(source: Source, blocks: SharedBlocks | None) -> Opened:
    """Read, repair and fold one document.

    Raises:
        InputError: If it cannot be read.
    """
    raw = read(source)
    clean = normalise(raw.raw, blocks)
    return Opened(document_of(raw, clean), fold(clean.text), clean.repairs, clean.survey)


def profile(task: ProfileTask) -> list[Profile]:
    """Profile a batch of documents; one that cannot be read is told, not raised."""
    return [_profile(source, task) for source in task.sources]


def _profile(source: Source, task: ProfileTask) -> Profile:
    try:
        opened = library(task.blocks).open(source)
    except InputError as error:
        return Profile(problem=Problem(source.name, error.message, error.hint))
    codes = opened.folded.codes
    hashes = shingle_hashes(codes)
    return Profile(
        characters=len(opened.document.raw),
        size=len(codes),
        repairs=opened.repairs,
        digest=blake2b(codes.tobytes(), digest_size=16).digest(),
        hashes=fingerprint(hashes, task.scaled),
        fine=len(hashes) < FINE_BELOW,
        survey=opened.survey() if task.blocks is None else None,
        warnings=opened.document.warnings,
    )


def batches(sizes: Sequence[int], limit: int) -> list[slice]:
    """Cut a list of documents into batches of at most ``limit`` bytes, or of one larger document.

    Args:
        sizes: The bytes of each document, in the order of the list.
        limit: Bytes of a batch.

    >>> batches([5, 5, 50], 10)
    [slice(0, 2, None), slice(2, 3, None)]
    """
    result, first, held = [], 0, 0
    for place, size in enumerate(sizes):
        if place > first and held + size > limit:
            result.append(slice(first, place))
            first, held = place, 0
        held += size
    if first < len(sizes):
        result.append(slice(first, len(sizes)))
    return result
