"""The folded texts of a corpus in files: written once by whoever read them, looked up when two are compared.

Reading and repairing a text again takes a hundred times as long as taking its fold from here. Every process
appends to a file of its own; an item of :data:`FOLD_LOCATION` says where a fold is.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from pdtool.bounded_cache import BoundedCache
from pdtool.documents.quotations import foreign_words_in_fold
from pdtool.reuse.anchors import Index
from pdtool.reuse.editions import Opening
from pdtool.reuse.scratch import telling_of_full_disks
from pdtool.text.edits import IntArray
from pdtool.text.fold import Folded, is_wide

__all__ = ["FOLD_LOCATION", "FoldStore", "Stored", "close_store", "digest_of", "fold_store"]

FOLD_LOCATION = np.dtype(
    [
        ("file", "<i8"),
        ("start", "<i8"),
        ("size", "<i8"),
        ("wide", "?"),
        ("opening", "<i4"),
        ("told", "<i4"),
        ("judged", "?"),
    ]
)
"""Where a fold is: the process that wrote it, its first byte in that process's file, how many characters it
has, whether they take four bytes each, how many bytes of the document's opening and of its quotations follow
it, and whether these are told: else its text is there, and they are looked for when they are asked for."""
HEAD_CHARS = 600
"""Characters that are kept of how a text begins."""
TAIL_CHARS = 160
"""Characters that are kept of how it ends."""
_PART = "\x1f"
"""What parts the strings of an opening in a file."""
_TEXT = "utf-16-le"
"""How texts stand in a file: of Han it is the shortest and the quickest to write."""
NOTHING: Mapping[str, str] = MappingProxyType({})
"""What a container says that says nothing."""
CAPACITY = 500_000
"""Characters of indexed folds that a process keeps at hand (some 24 bytes each)."""
QUOTATIONS = 10_000
"""Quotations that a process keeps at hand."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A fold as it stands in a file.

    Args:
        data: Its code points.
        wide: Whether they take four bytes each, not two.
        opening: What tells its edition, see :class:`~pdtool.reuse.editions.Opening`.
        told: Its quotations, see :func:`~pdtool.documents.quotations.foreign_words_of`, or the text in which
            they are looked for if they are asked for: most documents share text with no other one.
        judged: Whether it is the quotations.
    """

    data: bytes
    wide: bool
    opening: bytes = b""
    told: bytes = b""
    judged: bool = True

    @classmethod
    def of(
        cls,
        folded: Folded,
        text: str = "",
        container: Mapping[str, str] = NOTHING,
        words: IntArray | None = None,
    ) -> Stored:
        """Make a fold ready to be written.

        Args:
            folded: The fold.
            text: The clean text.
            container: What the document's container says about it.
            words: Its quotations and what else is told of its parts; ``None`` to look for quotations and
                titles when they are asked for.
        """
        codes = folded.codes
        wide = is_wide(codes)
        ends = text[:HEAD_CHARS], text[-TAIL_CHARS:]
        said = (container.get(one, "") for one in ("title", "date", "published"))
        parts = *said, *ends
        opening = _PART.join(parts).encode("utf-8", "surrogatepass") if text else b""
        told = text.encode(_TEXT, "surrogatepass") if words is None else words.astype("<i4").tobytes()
        data = codes.astype("<u4" if wide else "<u2").tobytes()
        return cls(data, wide, opening, told, words is not None)

    def __len__(self) -> int:
        return len(self.data) // (4 if self.wide else 2)

    def codes(self) -> npt.NDArray[np.uint32]:
        """Return its code points."""
        return np.frombuffer(self.data, "<u4" if self.wide else "<u2").astype(np.uint32)

    @property
    def parts(self) -> tuple[bytes, bytes, bytes]:
        """What is written of it, one behind the other."""
        return self.data, self.opening, self.told

    def digest(self) -> bytes:
        """Return 16 bytes that are equal for equal folds."""
        return _digest(self.data, self.wide)


def _digest(data: bytes, wide: bool) -> bytes:
    known = sha256(data)  # twice as fast as others where the processor knows it
    if wide:
        known.update(b"\1")  # no fold of the other kind has an odd number of bytes
    return known.digest()[:16]


def digest_of(codes: npt.NDArray[np.uint32]) -> bytes:
    """Return the digest of the fold that has these code points, as :meth:`Stored.digest` does."""
    wide = is_wide(codes)
    return _digest(codes.astype("<u4" if wide else "<u2").tobytes(), wide)


class FoldStore:
    """The folds in one folder, as one process sees them.

    Args:
        folder: A private folder that all processes of a run share.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._own: BinaryIO | None = None
        self._end = 0
        self._files: dict[int, BinaryIO] = {}
        self._indexed = BoundedCache[tuple[int, int], Index](CAPACITY, fewest=2)
        self._words = BoundedCache[tuple[int, int], IntArray](QUOTATIONS, fewest=2)

    def write(self, folds: Sequence[Stored]) -> npt.NDArray[np.void]:
        """Append folds and return where each is, an array of :data:`FOLD_LOCATION`.

        Raises:
            PdtoolError: If the disk is full.
        """
        locations = np.zeros(len(folds), FOLD_LOCATION)
        lengths = np.array([sum(map(len, fold.parts)) for fold in folds], np.int64)
        locations["file"] = os.getpid()
        locations["start"] = self._end + np.cumsum(lengths) - lengths
        locations["size"] = [len(fold) for fold in folds]
        locations["wide"] = [fold.wide for fold in folds]
        locations["opening"] = [len(fold.opening) for fold in folds]
        locations["told"] = [len(fold.told) for fold in folds]
        locations["judged"] = [fold.judged for fold in folds]
        self._end += int(lengths.sum())
        with telling_of_full_disks():
            if self._own is None:
                self._own = self._path(os.getpid()).open("ab", buffering=0)
            self._write_whole(b"".join(part for fold in folds for part in fold.parts))
        return locations

    def _write_whole(self, data: bytes) -> None:
        assert self._own is not None, "opened before"
        left = memoryview(data)
        while left:
            left = left[self._own.write(left) :]

    def index(self, location: np.void) -> Index:
        """Return a fold, indexed; those used last are at hand."""
        key = int(location["file"]), int(location["start"])
        index = self._indexed.get(key)
        if index is None:
            index = Index.of(self.read(location))
            self._indexed.put(key, index, len(index.codes))
        return index

    def read(self, location: np.void) -> npt.NDArray[np.uint32]:
        """Return a fold."""
        kind = "<u4" if location["wide"] else "<u2"
        data = self._bytes(location, 0, int(location["size"]) * int(kind[2]))
        return np.frombuffer(data, kind).astype(np.uint32)

    def stored(self, location: np.void) -> Stored:
        """Return a fold as it stands in its file."""
        size = int(location["size"]) * (4 if location["wide"] else 2)
        opening, told = int(location["opening"]), int(location["told"])
        data = self._bytes(location, 0, size + opening + told)
        return Stored(
            data[:size],
            bool(location["wide"]),
            data[size : size + opening],
            data[size + opening :],
            bool(location["judged"]),
        )

    def opening(self, location: np.void) -> Opening:
        """Return what tells the edition of the document."""
        start = int(location["size"]) * (4 if location["wide"] else 2)
        data = self._bytes(location, start, int(location["opening"]))
        return Opening(*data.decode("utf-8", "surrogatepass").split(_PART, 4)) if data else Opening()

    def words(self, location: np.void) -> IntArray:
        """Return the quotations of the document; those asked for last are at hand."""
        key = int(location["file"]), int(location["start"])
        words = self._words.get(key)
        if words is None:
            words = self._words_of(location)
            self._words.put(key, words, 1 + len(words))
        return words

    def _words_of(self, location: np.void) -> IntArray:
        start = int(location["size"]) * (4 if location["wide"] else 2) + int(location["opening"])
        data = self._bytes(location, start, int(location["told"]))
        if location["judged"]:
            return np.frombuffer(data, "<i4").reshape(-1, 3)
        return foreign_words_in_fold(data.decode(_TEXT, "surrogatepass"))

    def _bytes(self, location: np.void, start: int, length: int) -> bytes:
        """Return bytes from ``start`` on behind where a fold begins."""
        number = int(location["file"])
        if number not in self._files:
            self._files[number] = self._path(number).open("rb", buffering=0)
        file = self._files[number]
        file.seek(int(location["start"]) + start)
        return file.read(length)

    def close(self) -> None:
        """Close all files."""
        for file in (*self._files.values(), *([self._own] if self._own else [])):
            file.close()
        self._files.clear()
        self._own = None
        self._indexed.clear()
        self._words.clear()

    def _path(self, number: int) -> Path:
        return self.folder / f"folds-{number}"


_stores: list[FoldStore] = []
"""The store of this process, for one run at a time."""


def fold_store(folder: Path) -> FoldStore:
    """Return this process's store in a folder."""
    if not _stores or _stores[0].folder != folder:
        close_store()
        _stores.append(FoldStore(folder))
    return _stores[0]


def close_store() -> None:
    """Forget the store of this process, so that its files can be removed."""
    while _stores:
        _stores.pop().close()
