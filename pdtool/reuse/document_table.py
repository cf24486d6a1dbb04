"""What is known of every document of a corpus without its text: a few numbers each, in arrays.

Workers read the documents; what they send back of a batch is a handful of arrays. The folds go to files
(:mod:`pdtool.reuse.folds`), the fingerprints to the entries of the join (:mod:`pdtool.reuse.postings`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from pdtool.corpus.source import Source
from pdtool.documents.document import Document
from pdtool.documents.mapping import Opened, Reading, warnings_of
from pdtool.errors import Problem, UsageError
from pdtool.normalise.furniture.shared_blocks import SharedBlocks
from pdtool.normalise.pipeline import count_repairs, normalise
from pdtool.progress import Progress
from pdtool.reuse.fingerprint import FINE_BELOW, fingerprint
from pdtool.reuse.folds import PLACE, Stored, fold_store
from pdtool.reuse.postings import MOST_DOCUMENTS, Entries, EntryArray, pack
from pdtool.text.fold import fold
from pdtool.text.shingles import distinct
from pdtool.workers import Workers

__all__ = ["FACTS", "Catalogue", "catalogue", "get_ready"]

FACTS = np.dtype(
    [
        ("readable", "?"),
        ("fine", "?"),
        ("size", "<i4"),
        ("repairs", "<i4"),
        ("characters", "<i8"),
        ("digest", "V16"),
        ("fold", PLACE),
    ]
)
"""What is known of a document: whether it could be read, whether its fingerprint holds all hashes, its folded
characters, the repairs its text needed, the characters of its raw text, what is equal for equal folds, and
where its fold is."""


def get_ready() -> None:
    """Load what reading a document takes; for workers that wait for the first ones."""
    fold(normalise("准备").text)


@dataclass(frozen=True, slots=True, eq=False)
class _Sheet:
    """What a worker sends back of a batch."""

    places: npt.NDArray[np.int64]
    facts: npt.NDArray[np.void]
    entries: EntryArray
    warnings: dict[int, tuple[str, ...]]
    problems: dict[int, tuple[Problem, ...]]


@dataclass(frozen=True, slots=True)
class _Profiler:
    """Reduces a batch of documents to a sheet."""

    folder: Path
    scaled: int

    def __call__(self, places: Sequence[int], opened: Sequence[Opened]) -> _Sheet:
        read = {place: one for place, one in zip(places, opened, strict=True) if isinstance(one, Document)}
        facts = np.zeros(len(places), FACTS)
        facts[np.isin(places, list(read))] = self._facts(list(read.values()))
        return _Sheet(
            np.array(places, np.int64),
            facts,
            self._entries(read),
            {place: document.warnings for place, document in read.items() if document.warnings},
            {
                place: problems
                for place, one in zip(places, opened, strict=True)
                if (problems := warnings_of(one) if isinstance(one, Document) else (one,))
            },
        )

    def _facts(self, documents: Sequence[Document]) -> npt.NDArray[np.void]:
        facts = np.zeros(len(documents), FACTS)
        folds = [Stored.of(document.folded.codes) for document in documents]
        facts["readable"] = True
        facts["fine"] = [len(document.folded.shingles) < FINE_BELOW for document in documents]
        facts["size"] = [len(document.folded) for document in documents]
        facts["repairs"] = [count_repairs(document.edits) for document in documents]
        facts["characters"] = [len(document.raw) for document in documents]
        facts["digest"] = np.frombuffer(b"".join(fold.digest() for fold in folds), FACTS["digest"])
        facts["fold"] = fold_store(self.folder).write(folds)
        return facts

    def _entries(self, documents: Mapping[int, Document]) -> EntryArray:
        """Return the fingerprints of some documents, sorted: the join then merges sorted runs."""
        packed = [
            pack(fingerprint(document.folded.shingles, self.scaled), place)
            for place, document in documents.items()
        ]
        return distinct(np.concatenate([np.empty(0, np.uint64), *packed]))


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """The documents that could be read, numbered in the order of their ids.

    Args:
        sources: Where they are.
        facts: What is known of each, an array of :data:`FACTS`.
        warnings: Reservations about reading or repairing them, by number.
        entries: Their fingerprints.
        numbers: For each holder that the entries name, the document's number; -1 where the document was read
            again and its first entries do not count.
        blocks: The site furniture of the corpus.
        problems: What could not be read, and warnings about what could, in the order of the ids.
        characters: Characters read, over all documents.
    """

    sources: Sequence[Source]
    facts: npt.NDArray[np.void]
    warnings: Mapping[int, tuple[str, ...]]
    entries: Entries
    numbers: npt.NDArray[np.int64]
    blocks: SharedBlocks | None
    problems: Sequence[Problem]
    characters: int

    @property
    def sizes(self) -> npt.NDArray[np.int64]:
        """Folded characters of each document."""
        return self.facts["size"].astype(np.int64)


def catalogue(
    workers: Workers, sources: Sequence[Source], scaled: int, folder: Path, progress: Progress
) -> Catalogue:
    """Read all documents of a corpus.

    Args:
        workers: Where to work.
        sources: Where the documents are, sorted by id.
        scaled: The scale of the fingerprints.
        folder: A private folder for the folds, and for entries that do not fit into memory.
        progress: Told how far the work has come.

    Raises:
        UsageError: If there are more documents than can be told apart.
        PdtoolError: If the disk is full.
    """
    if 2 * len(sources) > MOST_DOCUMENTS:
        most = MOST_DOCUMENTS // 2
        raise UsageError(f"{len(sources):,} documents are too many at once (at most {most:,})", "divide them")
    desk = _Desk(len(sources), folder)
    reading = Reading(workers, sources, _Profiler(folder, scaled), progress)
    for sheet in reading:
        desk.take(sheet)
    return desk.catalogue(sources, reading.blocks)


class _Desk:
    """Where the sheets come in."""

    def __init__(self, documents: int, folder: Path) -> None:
        self._entries = Entries(folder)
        self._facts = np.zeros(documents, FACTS)
        self._read = np.zeros(documents, np.int8)
        self._warnings: dict[int, tuple[str, ...]] = {}
        self._problems: dict[int, tuple[Problem, ...]] = {}

    def take(self, sheet: _Sheet) -> None:
        """Take a sheet; one about documents that were read before replaces what is known of them."""
        again = bool(self._read[sheet.places].any())
        self._read[sheet.places] += 1
        self._facts[sheet.places] = sheet.facts
        for place in sheet.places.tolist() if again else ():
            self._warnings.pop(place, None)
            self._problems.pop(place, None)
        self._warnings |= sheet.warnings
        self._problems |= sheet.problems
        self._entries.add(sheet.entries + np.uint64(again * len(self._read)))

    def catalogue(self, sources: Sequence[Source], blocks: SharedBlocks | None) -> Catalogue:
        """Return what is known once all sheets are in."""
        readable = self._facts["readable"]
        numbers = np.where(readable, np.cumsum(readable) - 1, -1)
        first = np.where(self._read > 1, -1, numbers)
        return Catalogue(
            [source for source, read in zip(sources, readable.tolist(), strict=True) if read],
            self._facts[readable],
            {int(numbers[place]): warnings for place, warnings in self._warnings.items()},
            self._entries,
            np.concatenate((first, numbers)),
            blocks,
            [problem for place in sorted(self._problems) for problem in self._problems[place]],
            int(self._facts["characters"].sum()),
        )
