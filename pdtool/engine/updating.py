"""Documents put into an index and taken out of it: one transaction each, which leaves all or nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from pdtool.documents.mapping import Reading, bytes_of
from pdtool.engine.catalogue import Catalogue
from pdtool.engine.contents import CONTENT_COLUMNS, StoredShelf
from pdtool.engine.index_file import IndexFile, to_column
from pdtool.engine.joining import Joined, NewFile, join
from pdtool.engine.learning import FurnitureLearner
from pdtool.engine.profiling import IndexedBatch, IndexedDocument, IndexProfiler
from pdtool.engine.weighing import write_weights
from pdtool.errors import PdtoolError, Problem
from pdtool.language import _
from pdtool.normalise.furniture.packed_edge_lines import PackedEdgeLines
from pdtool.normalise.furniture.shared_blocks import SharedBlocks
from pdtool.progress import Progress
from pdtool.reuse.dedupe import SCALED
from pdtool.reuse.document_table import BatchFacts, Profiler, check_number
from pdtool.reuse.folds import close_store
from pdtool.reuse.hash_totals import hash_counts
from pdtool.reuse.options import DedupeOptions
from pdtool.reuse.postings import documents_of, hash_bits
from pdtool.workers import Workers

__all__ = ["Updated", "Working", "origin_of", "sha256_of", "update"]

KEPT = DedupeOptions(from_dates=True)
"""What of the documents is kept: all that any way of comparing them asks for."""
_OF_FOUND = ("path", "name", "real", "format")
"""What is kept of a file as it was found, beside its id."""
_OF_DOCUMENTS = ("documents", "contents", "postings")
"""The tables that are written anew for a document that is repaired again."""


@dataclass(frozen=True, slots=True)
class Working:
    """What the work is done with.

    Args:
        workers: Where to work.
        folder: A private folder for temporary files.
        progress: Told how far the work has come.
    """

    workers: Workers
    folder: Path
    progress: Progress


@dataclass(slots=True)
class Updated:
    """What became of an index.

    Attributes:
        added: Documents that are new in it.
        removed: Documents that are no longer in it.
        repaired: Documents that were repaired again.
        characters: Characters of the new ones.
        problems: What could not be read, and warnings about what could.
    """

    added: int = 0
    removed: int = 0
    repaired: int = 0
    characters: int = 0
    problems: list[Problem] = field(default_factory=list)


def origin_of(real: str) -> str:
    """Return what lies on the disk: of a file in an archive the archive."""
    path = Path(real)
    return str(next((one for one in (path, *path.parents) if one.is_file()), path))


def sha256_of(path: str) -> str:
    """Return the hash of a file; empty if it is not there.

    Raises:
        OSError: If it cannot be read.
    """
    try:
        with Path(path).open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except FileNotFoundError:
        return ""


def update(
    index: IndexFile,
    catalogue: Catalogue,
    kept: npt.NDArray[np.bool_],
    new: Sequence[NewFile],
    working: Working,
) -> Updated:
    """Take documents out of an index and put others into it, within a transaction that its caller began.

    Args:
        index: The index.
        catalogue: What is known of its documents.
        kept: Which of them stay, shape ``(n,)``.
        new: The files whose documents are new.
        working: What the work is done with.

    Raises:
        UsageError: If there are more documents than can be numbered.
        PdtoolError: If the disk is full.
    """
    gone = catalogue.numbers[~kept]
    for table in (*_OF_DOCUMENTS, "edge_lines"):
        index.delete(table, gone)
    left = frozenset(catalogue.file_of[kept].tolist())
    emptied = frozenset(catalogue.files) - left
    joined = join(catalogue.of(kept, emptied), new)
    check_number(len(joined.sources))
    writer = _Writer(
        index, joined, int(catalogue.numbers.max(initial=-1)) + 1, max(catalogue.files, default=-1) + 1
    )
    numbers = dict(zip(joined.catalogue.ids(), joined.catalogue.numbers.tolist(), strict=True))
    shelf = StoredShelf(index, numbers, working.folder)
    learner = FurnitureLearner(index, joined, shelf, fewer=bool(len(gone)), before_again=writer.forget)
    profiler = IndexProfiler(Profiler(working.folder, SCALED, KEPT), working.folder)
    reading = Reading(
        working.workers, joined.sources, profiler, working.progress, places=joined.fresh, learn=learner
    )
    try:
        for batch in reading:
            writer.take(batch)
    finally:
        close_store()
    working.progress.stage(_("writing the index"), 0)
    writer.write_rest(learner)
    return writer.updated(len(gone))


class _Writer:
    """Writes what is known of documents into an index.

    Args:
        index: The index.
        joined: Its documents and the new ones.
        first: The number of the first new document.
        first_file: The number of the first new file.
    """

    def __init__(self, index: IndexFile, joined: Joined, first: int, first_file: int) -> None:
        self._index = index
        self._joined = joined
        self._first_file = first_file
        fresh = np.array(joined.fresh, np.int64)
        self._is_new = joined.stored < 0
        self._numbers = joined.numbers.copy()
        self._numbers[fresh] = first + np.arange(len(fresh))
        self._readable = ~self._is_new
        self._again: set[int] = set()
        self._characters = 0
        self._problems: dict[int, tuple[Problem, ...]] = {}
        self._file_of = self._files_of()

    def _files_of(self) -> dict[int, tuple[int, str]]:
        """Return the file of each document, by its place, and what follows the file's id in its own."""
        catalogue, found = self._joined.catalogue, {}
        for place, row in enumerate(self._joined.stored.tolist()):
            if row >= 0:
                found[place] = int(catalogue.file_of[row]), catalogue.suffixes[row]
        where = {(source.name, source.start): place for place, source in enumerate(self._joined.sources)}
        for number, file in enumerate(self._joined.new, start=self._first_file):
            for source, suffix in zip(file.sources, file.suffixes, strict=True):
                found[where[source.name, source.start]] = number, suffix
        return found

    def take(self, batch: IndexedBatch) -> None:
        """Write what is known of a batch.

        Raises:
            PdtoolError: If a document can no longer be repaired that could be before.
        """
        facts = batch.facts
        places = facts.indexes[facts.facts["readable"]]
        lost = [
            place for place in facts.indexes.tolist() if place in self._again and place not in batch.documents
        ]
        if lost:
            name = self._joined.sources[lost[0]].name
            what = _("{name}: can no longer be repaired; the index stays as it was", name=name)
            raise PdtoolError(what, "--jobs 1")
        self._problems = {**self._problems, **facts.problems}
        self._readable[places] = True
        rows = facts.facts[facts.facts["readable"]]
        kept = [batch.documents[place] for place in places.tolist()]
        self._write_documents(places, rows, kept, facts)
        self._write_contents(places, kept)
        numbers = self._numbers[documents_of(facts.postings)]
        self._index.insert(
            "postings", {"hash": hash_bits(facts.postings), "number": numbers.astype(np.uint32)}
        )
        new = ~np.isin(places, list(self._again))
        self._characters += int(rows["characters"][new].sum())

    def _write_documents(
        self,
        places: npt.NDArray[np.int64],
        rows: npt.NDArray[np.void],
        kept: Sequence[IndexedDocument],
        batch: BatchFacts,
    ) -> None:
        sources = [self._joined.sources[place] for place in places.tolist()]
        files = [self._file_of[place] for place in places.tolist()]
        coarse, hashes = hash_counts(batch.postings, SCALED, len(self._numbers))[:, places]
        self._index.insert(
            "documents",
            {
                "number": self._numbers[places].astype(np.uint32),
                "file": np.array([number for number, _suffix in files], np.uint32),
                "suffix": [to_column(suffix) for _number, suffix in files],
                "start": np.array([source.start for source in sources], np.int64),
                "bytes": np.array([bytes_of(source) for source in sources], np.int64),
                "row": np.array([-1 if one.row is None else one.row for one in sources], np.int64),
                "encoding": [source.encoding or "" for source in sources],
                "metadata": [one.metadata for one in kept],
                "warnings": [json.dumps(list(batch.warnings.get(place, ()))) for place in places.tolist()],
                "sha256": [one.sha256 for one in kept],
                **{name: rows[name].copy() for name in ("fine", "size", "repairs", "characters")},
                "digest": [bytes(digest) for digest in rows["digest"].tolist()],
                "coarse": coarse.astype(np.uint32),
                "hashes": hashes.astype(np.uint32),
            },
        )

    def _write_contents(self, places: npt.NDArray[np.int64], kept: Sequence[IndexedDocument]) -> None:
        columns = list(zip(*(one.content for one in kept), strict=True)) or [()] * len(CONTENT_COLUMNS)
        lengths = {
            name: np.array(column, bool if name == "wide" else np.int64)
            for name, column in zip(CONTENT_COLUMNS[:-1], columns, strict=False)
        }
        numbers = self._numbers[places].astype(np.uint32)
        self._index.insert("contents", {"number": numbers, **lengths, "content": list(columns[-1])})

    def forget(self, places: Sequence[int]) -> None:
        """Remove what is written of documents that will be repaired again."""
        self._again.update(places)
        for table in _OF_DOCUMENTS:
            self._index.delete(table, self._numbers[np.array(places, np.int64)])

    def write_rest(self, learner: FurnitureLearner) -> None:
        """Write what is known once all documents were read."""
        for packed in learner.packed:
            self._write_edge_lines(packed)
        self._write_furniture(learner.blocks)
        self._index.delete("touched")
        touched = self._numbers[np.array(learner.touched, np.int64)]
        self._index.insert("touched", {"number": touched.astype(np.uint32)})
        self._write_files()
        write_weights(self._index)

    def _write_edge_lines(self, packed: PackedEdgeLines) -> None:
        rows = list(packed.to_bytes())
        columns = zip(("head", "foot", "inside", "sketch"), zip(*rows, strict=True), strict=False)
        cells: dict[str, Any] = {name: list(cells) for name, cells in columns}
        self._index.insert("edge_lines", cells | {"number": self._numbers[packed.numbers].astype(np.uint32)})

    def _write_furniture(self, blocks: SharedBlocks) -> None:
        self._index.delete("furniture")
        for kind, hashes in (("head", blocks.heads), ("foot", blocks.feet), ("inside", blocks.inner)):
            cells: dict[str, Any] = {
                "kind": [kind] * len(hashes),
                "hash": np.array(sorted(hashes), np.uint64),
            }
            self._index.insert("furniture", cells)

    def _write_files(self) -> None:
        """Write the files anew: with a new one others may have other ids."""
        read = {self._file_of[place][0] for place in np.flatnonzero(self._readable).tolist()}
        known = [
            (file.number, file.found, file.id, file.origin, file.sha256)
            for file in self._joined.catalogue.files.values()
        ]
        for number, (file, name) in enumerate(
            zip(self._joined.new, self._joined.file_ids, strict=True), start=self._first_file
        ):
            origin = origin_of(file.found.real)
            known.append((number, file.found, name, origin, sha256_of(origin) if number in read else ""))
        rows = [row for row in known if row[0] in read]
        self._index.delete("files")
        columns: dict[str, list[str]] = {
            "id": [row[2] for row in rows],
            "origin": [row[3] for row in rows],
            "sha256": [row[4] for row in rows],
            "asked": [row[1].id for row in rows],
        }
        columns |= {name: [getattr(row[1], name) for row in rows] for name in _OF_FOUND}
        numbers = np.array([row[0] for row in rows], np.uint32)
        cells: dict[str, Any] = {name: list(map(to_column, column)) for name, column in columns.items()}
        self._index.insert("files", cells | {"file": numbers})

    def updated(self, removed: int) -> Updated:
        """Return what became of the index."""
        return Updated(
            int((self._readable & self._is_new).sum()),
            removed,
            sum(not self._is_new[place] for place in self._again),
            self._characters,
            [problem for place in sorted(self._problems) for problem in self._problems[place]],
        )
