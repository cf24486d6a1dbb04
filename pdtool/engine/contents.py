"""The texts of an index: raw and folded, compressed together, for the folded one is nearly all in the raw."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from pdtool.corpus.source import Source
from pdtool.engine.index_file import IndexFile, damaged
from pdtool.language import _
from pdtool.reuse.folds import FOLD_LOCATION, Stored, fold_store
from pdtool.reuse.scratch import telling_of_full_disks

__all__ = ["CONTENT_COLUMNS", "StoredShelf", "content_row", "contents"]

CONTENT_COLUMNS = ("raw", "folded", "wide", "opening", "told", "content")
"""The columns of the table, beside the number."""
AT_ONCE = 500
"""Documents whose texts are in memory at a time."""
_LEVEL = 3
"""Of 800 made documents level 6 took 0.26 ms each instead of 0.15, and was 3 % smaller."""

ContentRow = tuple[int, int, bool, int, int, bytes]
"""A row of the table, without the number."""


def content_row(raw: bytes, fold: Stored) -> ContentRow:
    """Return what is kept of a text.

    Args:
        raw: The document as read, see :func:`pdtool.corpus.stored_texts.pack`.
        fold: Its fold, with its text and not its quotations.
    """
    assert not fold.judged, "the text of every document is kept"
    lengths = len(raw), len(fold.data), fold.wide, len(fold.opening), len(fold.told)
    return *lengths, zlib.compress(b"".join((raw, *fold.parts)), _LEVEL)


def _parts(row: Mapping[str, Any]) -> tuple[bytes, Stored]:
    """Return the document as read, and its fold."""
    data = zlib.decompress(bytes(row["content"]))
    ends = np.cumsum([row[name] for name in ("raw", "folded", "opening", "told")]).tolist()
    if ends[-1] != len(data):
        raise ValueError("a text is longer or shorter than it should be")
    raw, codes, opening, told = (data[start:end] for start, end in zip([0, *ends], ends, strict=False))
    return raw, Stored(codes, bool(row["wide"]), opening, told, judged=False)


def contents(index: IndexFile, numbers: npt.NDArray[np.int64]) -> Iterator[tuple[int, bytes, Stored]]:
    """Yield the number of each of some documents, the document as read, and its fold; in no certain order.

    Raises:
        InputError: If a text is damaged.
    """
    for start in range(0, len(numbers), AT_ONCE):
        sql = "SELECT * FROM contents SEMI JOIN given ON number = wanted"
        found = index.select(sql, numbers[start : start + AT_ONCE])
        rows = [found[name].tolist() for name in ("number", *CONTENT_COLUMNS)]
        for number, *cells in zip(*rows, strict=True):
            try:
                raw, fold = _parts(dict(zip(CONTENT_COLUMNS, cells, strict=True)))
            except (zlib.error, ValueError) as error:
                raise damaged(index.path, _("the text of document {number}", number=number)) from error
            yield number, raw, fold


class StoredShelf:
    """The folds and texts of an index, brought into files of this run where they are wanted.

    Args:
        index: The index.
        numbers: The numbers of its documents, by their ids.
        folder: A private folder that all processes of the run share.
    """

    def __init__(self, index: IndexFile, numbers: Mapping[str, int], folder: Path) -> None:
        self._index = index
        self._numbers = numbers
        self._folder = folder
        self._files = count()

    @property
    def ids(self) -> Set[str]:
        """The ids of the documents."""
        return self._numbers.keys()

    def folds(self, ids: Sequence[str]) -> npt.NDArray[np.void]:
        """Write folds to files of the run; return where each is, an array of ``FOLD_LOCATION``.

        Raises:
            InputError: If one is damaged.
            PdtoolError: If the disk is full.
        """
        numbers = [self._numbers[one] for one in ids]
        places = {number: place for place, number in enumerate(numbers)}
        locations = np.zeros(len(ids), FOLD_LOCATION)
        for number, _raw, fold in contents(self._index, np.array(numbers, np.int64)):
            locations[places[number]] = fold_store(self._folder).write([fold])[0]
        return locations

    def readable(self, sources: Sequence[Source]) -> list[Source]:
        """Return sources by which texts can be read in this run; those of other documents as they are.

        Raises:
            InputError: If one is damaged.
            PdtoolError: If the disk is full.
        """
        places = {self._numbers[one.id]: at for at, one in enumerate(sources) if one.id in self._numbers}
        found, start = list(sources), 0
        path = self._folder / f"texts-{id(self)}-{next(self._files)}"
        with telling_of_full_disks(), path.open("wb") as file:
            for number, raw, _fold in contents(self._index, np.array(sorted(places), np.int64)):
                file.write(raw)
                source = found[places[number]]
                found[places[number]] = replace(source, spool=str(path), stored=(start, len(raw)))
                start += len(raw)
        return found
