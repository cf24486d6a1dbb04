"""The documents of an index as a few arrays: enough to tell which of them others may be related to.

Of a hundred thousand documents nearly all have nothing to do with a hundred new ones. Their ids, sizes and
numbers of hashes are loaded, and of those alone that matter everything else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pdtool.engine.index_file import IndexFile, to_column
from pdtool.engine.joining import NewFile
from pdtool.reuse.postings import PostingArray
from pdtool.text.arrays import distinct

__all__ = ["KnownDocuments", "Links", "Met"]

Numbers = npt.NDArray[np.int64]

CELLS = 1 << 24
"""Pairs of documents that are counted at a time (8 bytes each)."""


@dataclass(frozen=True, slots=True, eq=False)
class KnownDocuments:
    """What is known of all documents of an index, in the order of their numbers.

    Args:
        index: The index.
        numbers: Their numbers, ascending, shape ``(n,)``.
        ids: Their ids.
        fine: Whether their fingerprints hold all hashes, shape ``(n,)``.
        size: Folded characters, likewise.
        repairs: How many repairs they needed, likewise.
        hashes: How many hashes they have: at the coarse scale, then all; shape ``(2, n)``.
        source_bytes: How many bytes they have together.
        characters: Characters of their raw texts together.
    """

    index: IndexFile
    numbers: Numbers
    ids: list[str]
    fine: npt.NDArray[np.bool_]
    size: Numbers
    repairs: Numbers
    hashes: Numbers
    source_bytes: int
    characters: int

    @classmethod
    def beside(cls, index: IndexFile, new: Sequence[NewFile]) -> KnownDocuments | None:
        """Load the documents of an index if new ones beside them change neither them nor their ids.

        Args:
            index: The index.
            new: The files of the new documents.

        Returns:
            ``None`` if a new file is in the index too, or ids become longer where all are read at once.
        """
        if not _are_others(index, new):
            return None
        known = cls._of(index)
        if known is None or not set(known.ids).isdisjoint(one.id for file in new for one in file.sources):
            return None
        return known

    @classmethod
    def _of(cls, index: IndexFile) -> KnownDocuments | None:
        found = index.select(
            "SELECT number, fine, size, repairs, bytes, characters, coarse, hashes, "
            "files.id || documents.suffix AS id, "
            "starts_with(files.id, 'json:') OR starts_with(documents.suffix, 'json:') AS escaped "
            "FROM documents JOIN files USING (file) ORDER BY number"
        )
        if found["escaped"].any():
            return None  # ids that DuckDB cannot hold
        return cls(
            index,
            found["number"].astype(np.int64),
            found["id"].tolist(),
            found["fine"].astype(bool),
            found["size"].astype(np.int64),
            found["repairs"].astype(np.int64),
            np.stack((found["coarse"], found["hashes"])).astype(np.int64),
            int(found["bytes"].sum()),
            int(found["characters"].sum()),
        )

    def __len__(self) -> int:
        return len(self.numbers)

    def twins(self, digests: Iterable[bytes]) -> dict[bytes, list[int]]:
        """Return the documents whose fold another one has, by the digest of the fold.

        Args:
            digests: The folds of new documents; documents with one of these are among them.

        Returns:
            Places of documents.
        """
        found = self.index.select(
            "SELECT number, digest FROM documents SEMI JOIN ("
            "SELECT digest FROM (SELECT digest FROM documents WHERE size > 0 "
            "UNION ALL SELECT wanted AS digest FROM given) GROUP BY digest HAVING count(*) > 1"
            ") USING (digest) WHERE size > 0 ORDER BY number",
            np.array([*map(bytes, digests), None], object)[:-1],
        )
        twins: dict[bytes, list[int]] = {}
        places = np.searchsorted(self.numbers, found["number"].astype(np.int64)).tolist()
        for place, digest in zip(places, map(bytes, found["digest"].tolist()), strict=True):
            twins.setdefault(digest, []).append(place)
        return twins

    def meet(self, hashes: PostingArray, places: Numbers) -> Met:
        """Look up which documents hold hashes.

        Args:
            hashes: Bits of hashes, each once.
            places: For each document of the index, its place among those that are compared; -1: none.
        """
        index = self.index
        index.keep("met", "SELECT hash, number FROM postings SEMI JOIN given ON hash = wanted", hashes)
        index.keep(
            "places",
            "SELECT wanted AS number, place FROM given",
            self.numbers,
            place=places.astype(np.int32),
        )
        found = index.select(
            "SELECT hash, count(*) AS every, count(*) FILTER (WHERE place >= 0) AS compared, "
            "coalesce(min(place) FILTER (WHERE place >= 0), -1) AS first "
            "FROM met JOIN places USING (number) GROUP BY hash ORDER BY hash"
        )
        columns = (found[name].astype(np.int64) for name in ("every", "compared", "first"))
        return Met(index, found["hash"].astype(np.uint64), *columns)

    def hashes_of(self, places: Numbers) -> tuple[PostingArray, Numbers]:
        """Return the postings of some documents: the bits of the hash of each, and the place of its document.

        Args:
            places: The documents, ascending.
        """
        sql = "SELECT hash, number FROM postings SEMI JOIN given ON number = wanted"
        found = self.index.select(sql, self.numbers[places])
        return found["hash"], np.searchsorted(self.numbers, found["number"].astype(np.int64))

    def weights(self) -> Numbers:
        """Return what the hashes of each document weigh at least, see :mod:`pdtool.engine.weighing`."""
        found = self.index.select("SELECT coarse, hashes FROM weights ORDER BY number")
        return np.stack((found["coarse"], found["hashes"])).astype(np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Met:
    """Hashes that documents of an index hold.

    Args:
        index: The index.
        bits: Their bits, ascending, shape ``(n,)``.
        every: How many documents hold each, likewise.
        compared: How many of these are compared, likewise.
        first: The first of these by its place; -1 if there is none.
    """

    index: IndexFile
    bits: PostingArray
    every: Numbers
    compared: Numbers
    first: Numbers

    def postings(self, which: npt.NDArray[np.bool_]) -> tuple[PostingArray, Numbers]:
        """Return the postings of some hashes: the bits of each, and the place of its document.

        Args:
            which: Of which hashes, shape ``(n,)``.
        """
        found = self.index.select(
            "SELECT hash, place FROM met SEMI JOIN given ON hash = wanted JOIN places USING (number) "
            "WHERE place >= 0",
            self.bits[which],
        )
        return found["hash"], found["place"].astype(np.int64)

    def linked(self, links: Links, needed: npt.NDArray[np.float64]) -> Numbers:
        """Return the places of documents that share enough frequent hashes with the first of their documents.

        Args:
            links: The hashes of which a new document is the first.
            needed: What each document that is compared has to share at least if it is the smaller one.
        """
        sql = "SELECT wanted AS hash, owner, weight FROM given"
        self.index.keep("links", sql, links.bits, owner=links.owner, weight=links.weight)
        found = self.index.select(
            "SELECT owner, place, weight FROM met JOIN links USING (hash) JOIN places USING (number) "
            "WHERE place >= 0"
        )
        owner, place, weight = (found[name] for name in ("owner", "place", "weight"))
        linked = [np.empty(0, np.int64)]
        step = max(1, CELLS // len(needed))
        for start in range(0, len(links.needed), step):
            asked = links.needed[start : start + step]
            here = (owner >= start) & (owner < start + step) if step < len(links.needed) else slice(None)
            cells = (owner[here] - start) * np.int64(len(needed)) + place[here]
            shared = np.bincount(cells, weight[here], len(asked) * len(needed)).reshape(len(asked), -1)
            is_linked = (shared > 0) & (shared >= np.minimum(asked[:, None], needed))
            linked.append(np.flatnonzero(is_linked.any(axis=0)))
        return distinct(np.concatenate(linked))


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """Frequent hashes of which a new document is the first one that holds them: each links it to the others.

    Args:
        bits: The bits of the hashes, shape ``(n,)``.
        owner: Which of the new documents is the first of each, likewise.
        weight: What each weighs, likewise.
        needed: What each of these documents has to share at least if it is the smaller one, shape
            ``(n_owners,)``.
    """

    bits: PostingArray
    owner: Numbers
    weight: Numbers
    needed: npt.NDArray[np.float64]


def _are_others(index: IndexFile, new: Sequence[NewFile]) -> bool:
    """Return whether new files are none of the index, and all have ids that no other file has."""
    try:
        real = [to_column(file.found.real) for file in new]
    except UnicodeError:
        return False
    wanted = np.array([*real, None], object)[:-1]
    known = index.select("SELECT count(*) AS met FROM files SEMI JOIN given ON files.real = wanted", wanted)
    if known["met"][0]:
        return False
    asked = index.select("SELECT asked FROM files")["asked"].tolist()
    ids = [*asked, *(to_column(file.found.id) for file in new)]
    return len(set(ids)) == len(ids)
