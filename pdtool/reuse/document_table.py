"""What is known of every document of a corpus without its text: a few numbers each, in arrays.

Workers read the documents; what they send back of a batch is a handful of arrays. The folds go to files
(:mod:`pdtool.reuse.folds`), the fingerprints to the postings of the join (:mod:`pdtool.reuse.postings`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from pdtool.corpus.source import Source
from pdtool.documents.document import Document
from pdtool.documents.mapping import Opened, Reading, warnings_of
from pdtool.errors import Problem, UsageError
from pdtool.language import _
from pdtool.normalise.furniture.shared_blocks import SharedBlocks
from pdtool.normalise.pipeline import count_repairs
from pdtool.progress import Progress
from pdtool.reuse.candidates import Candidates
from pdtool.reuse.editions import published
from pdtool.reuse.exclusions import excluded_kinds, shingles_left, words_of
from pdtool.reuse.fingerprint import FINE_BELOW, fingerprints
from pdtool.reuse.folds import FOLD_LOCATION, Stored, fold_store
from pdtool.reuse.options import DEFAULTS, DedupeOptions
from pdtool.reuse.postings import MOST_DOCUMENTS, PostingArray, Postings, hash_bits, pack_bits
from pdtool.text.arrays import distinct
from pdtool.text.edits import IntArray
from pdtool.text.shingles import HashArray
from pdtool.workers import Workers

__all__ = [
    "ELSEWHERE",
    "FACTS",
    "Archive",
    "BatchFacts",
    "DocumentTable",
    "Profiler",
    "Shelf",
    "TableBuilder",
    "check_number",
    "document_table",
]

FACTS = np.dtype(
    [
        ("readable", "?"),
        ("fine", "?"),
        ("size", "<i4"),
        ("repairs", "<i4"),
        ("characters", "<i8"),
        ("digest", "V16"),
        ("fold", FOLD_LOCATION),
    ]
)
"""What is known of a document: whether it could be read, whether its fingerprint holds all hashes, how many
folded characters it has, how many repairs its text needed, how many characters its raw text has, a digest
that is equal for equal folds, and where its fold is."""


ELSEWHERE = -1
"""The file of a fold that is not in a file of the run yet: a shelf has it."""


class Shelf(Protocol):
    """Where what is known of documents that were read before is kept."""

    @property
    def ids(self) -> Set[str]:
        """The ids of these documents."""
        ...

    def folds(self, ids: Sequence[str]) -> npt.NDArray[np.void]:
        """Write folds to files of the run; return where each is, an array of ``FOLD_LOCATION``."""
        ...

    def readable(self, sources: Sequence[Source]) -> list[Source]:
        """Return sources by which texts can be read in this run; those of other documents as they are."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class BatchFacts:
    """What a worker sends back of a batch of documents.

    Args:
        indexes: Their indexes among all documents, shape ``(n,)``.
        facts: What is known of each, an array of :data:`FACTS`.
        postings: Their fingerprints, sorted.
        warnings: Warnings about reading or repairing them, by index.
        problems: What is to be reported about them, by index.
    """

    indexes: npt.NDArray[np.int64]
    facts: npt.NDArray[np.void]
    postings: PostingArray
    warnings: dict[int, tuple[str, ...]]
    problems: dict[int, tuple[Problem, ...]]


@dataclass(frozen=True, slots=True)
class Profiler:
    """Reduces a batch of documents to what is known of them.

    Args:
        folder: A private folder for the folds.
        scaled: The scale of the fingerprints.
        options: What of the documents counts, and whether their dates are wanted.
    """

    folder: Path
    scaled: int
    options: DedupeOptions

    def __call__(self, indexes: Sequence[int], opened: Sequence[Opened]) -> BatchFacts:
        """Return what is known of the documents of a batch."""
        read = {index: one for index, one in zip(indexes, opened, strict=True) if isinstance(one, Document)}
        facts = np.zeros(len(indexes), FACTS)
        Document.fold_each([*read.values()])
        words = [self._words(document) for document in read.values()]
        shingles = list(map(self._shingles, read.values(), words))
        facts[[index in read for index in indexes]] = self._facts(list(read.values()), words, shingles)
        return BatchFacts(
            np.array(indexes, np.int64),
            facts,
            self._postings(read, shingles),
            {index: document.warnings for index, document in read.items() if document.warnings},
            {
                index: problems
                for index, one in zip(indexes, opened, strict=True)
                if (problems := warnings_of(one) if isinstance(one, Document) else (one,))
            },
        )

    def _facts(
        self,
        documents: Sequence[Document],
        words: Sequence[IntArray | None],
        shingles: Sequence[HashArray],
    ) -> npt.NDArray[np.void]:
        facts = np.zeros(len(documents), FACTS)
        folds = [
            Stored.of(document.folded, document.text, self._container(document), found)
            for document, found in zip(documents, words, strict=True)
        ]
        facts["readable"] = True
        facts["fine"] = [len(hashes) < FINE_BELOW for hashes in shingles]
        facts["size"] = [len(document.folded) for document in documents]
        facts["repairs"] = [count_repairs(document.edits) for document in documents]
        facts["characters"] = [len(document.raw) for document in documents]
        facts["digest"] = np.frombuffer(b"".join(fold.digest() for fold in folds), FACTS["digest"])
        facts["fold"] = fold_store(self.folder).write(folds)
        return facts

    def _postings(self, indexes: Iterable[int], shingles: Sequence[HashArray]) -> PostingArray:
        """Return the fingerprints of some documents, sorted, so that the join merges sorted runs."""
        hashes, documents = fingerprints(shingles, self.scaled)
        return distinct(pack_bits(hash_bits(hashes), np.array([*indexes], np.int64)[documents]))

    def _container(self, document: Document) -> Mapping[str, str]:
        """Return what the container says of a document, and what went with the furniture, if it is wanted."""
        if not self.options.from_dates:
            return document.container
        return {**document.container, "published": published(document)}

    def _words(self, document: Document) -> IntArray | None:
        return words_of(document, self.options.exclude) if self.options.exclude else None

    def _shingles(self, document: Document, words: IntArray | None) -> HashArray:
        """Return the shingles of what counts of a document."""
        whole = document.folded.shingles
        if words is None:
            return whole
        return shingles_left(whole, words, len(document.folded), excluded_kinds(self.options.exclude))


@dataclass(frozen=True, slots=True, eq=False)
class DocumentTable:
    """The documents that could be read, numbered in the order of their ids.

    Args:
        sources: Where they are.
        facts: What is known of each, an array of :data:`FACTS`.
        warnings: Warnings about reading or repairing them, by number.
        postings: Their fingerprints.
        numbers: For each number that the postings hold, the document's number; -1 where the document was read
            again and its first postings do not count.
        blocks: The site furniture of the corpus.
        problems: What could not be read, and warnings about what could, in the order of the ids.
        characters: Characters read, over all documents.
        shelf: What has the folds and texts of those that were read before; ``None``: all were read now.
        joined: The pairs to align, by numbers, and the common hashes; ``None``: they are still to be found.
    """

    sources: Sequence[Source]
    facts: npt.NDArray[np.void]
    warnings: Mapping[int, tuple[str, ...]]
    postings: Postings
    numbers: npt.NDArray[np.int64]
    blocks: SharedBlocks | None
    problems: Sequence[Problem]
    characters: int
    shelf: Shelf | None = None
    joined: Candidates | None = None

    def without(self, left_out: npt.NDArray[np.bool_]) -> DocumentTable:
        """Return the table without some documents; what could not be read of them is still told.

        Args:
            left_out: Which, shape ``(n_documents,)``.
        """
        kept = np.flatnonzero(~left_out)
        renumbered = np.full(len(left_out) + 1, -1)
        renumbered[kept] = np.arange(len(kept))
        return replace(
            self,
            sources=[self.sources[number] for number in kept.tolist()],
            facts=self.facts[kept],
            warnings={
                int(renumbered[number]): said
                for number, said in self.warnings.items()
                if renumbered[number] >= 0
            },
            numbers=renumbered[self.numbers],
            characters=int(self.facts["characters"][kept].sum()),
        )

    def bring_folds(self, numbers: Iterable[int]) -> None:
        """Have the folds of some documents in files of the run.

        Args:
            numbers: The documents.
        """
        if self.shelf is None:
            return
        wanted = distinct(np.fromiter(numbers, np.int64))
        wanted = wanted[self.facts["fold"]["file"][wanted] == ELSEWHERE]
        if len(wanted):
            self.facts["fold"][wanted] = self.shelf.folds([self.sources[one].id for one in wanted.tolist()])

    def representatives(self, order: Sequence[int]) -> list[int]:
        """Return, for each document, the best keeper of those with its fold; itself when it has no text.

        Args:
            order: The documents as they are kept where nothing else decides.
        """
        digests, sizes = self.facts["digest"].tolist(), self.facts["size"].tolist()
        best: dict[bytes, int] = {}
        for i in order:
            if sizes[i]:
                best.setdefault(digests[i], i)
        pairs = enumerate(zip(digests, sizes, strict=True))
        return [best[digest] if size else i for i, (digest, size) in pairs]

    def readable(self, ids: Set[str]) -> list[Source]:
        """Return the sources, those of some documents such that their texts can be read.

        Args:
            ids: Which documents.
        """
        found = list(self.sources)
        wanted = [number for number, source in enumerate(found) if self.shelf and source.id in ids]
        if self.shelf is not None:
            given = self.shelf.readable([found[number] for number in wanted])
            for number, source in zip(wanted, given, strict=True):
                found[number] = source
        return found

    @property
    def sizes(self) -> npt.NDArray[np.int64]:
        """Folded characters of each document."""
        return self.facts["size"].astype(np.int64)


class Archive(Protocol):
    """Documents that were read before, with which others are joined."""

    is_known: bool
    """Whether they are known ones, which are not compared with one another."""

    @property
    def bytes(self) -> int:
        """How many bytes they have."""
        ...

    def table(
        self,
        workers: Workers,
        sources: Sequence[Source],
        scaled: int,
        folder: Path,
        progress: Progress,
        options: DedupeOptions = DEFAULTS,
    ) -> DocumentTable:
        """Read documents as :func:`document_table` does; return the table of these and of its own."""
        ...


def check_number(documents: int) -> None:
    """Refuse more documents than can be numbered.

    Raises:
        UsageError: If there are.
    """
    if 2 * documents > MOST_DOCUMENTS:
        most = MOST_DOCUMENTS // 2
        raise UsageError(
            _("{n:,} documents are too many at once (at most {most:,})", n=documents, most=most),
            _("divide them"),
        )


def document_table(
    workers: Workers,
    sources: Sequence[Source],
    scaled: int,
    folder: Path,
    progress: Progress,
    options: DedupeOptions = DEFAULTS,
) -> DocumentTable:
    """Read all documents of a corpus.

    Args:
        workers: Where to work.
        sources: Where the documents are, sorted by id.
        scaled: The scale of the fingerprints.
        folder: A private folder for the folds, and for postings that do not fit into memory.
        progress: Told how far the work has come.
        options: What of the documents counts, and whether their dates are wanted.

    Raises:
        UsageError: If there are more documents than can be numbered.
        PdtoolError: If the disk is full.
    """
    check_number(len(sources))
    builder = TableBuilder(len(sources), folder)
    reading = Reading(workers, sources, Profiler(folder, scaled, options), progress)
    for batch in reading:
        builder.add(batch)
    return builder.table(sources, reading.blocks)


class TableBuilder:
    """Gathers what is known of the batches.

    Args:
        documents: How many documents there are.
        folder: Where postings are written that do not fit into memory.
    """

    def __init__(self, documents: int, folder: Path) -> None:
        self._postings = Postings(folder)
        self._facts = np.zeros(documents, FACTS)
        self._read = np.zeros(documents, np.int8)
        self._warnings: dict[int, tuple[str, ...]] = {}
        self._problems: dict[int, tuple[Problem, ...]] = {}

    def add(self, batch: BatchFacts) -> None:
        """Take a batch; one of documents that were read before replaces what is known of them."""
        again = bool(self._read[batch.indexes].any())
        self._read[batch.indexes] += 1
        self._facts[batch.indexes] = batch.facts
        for index in batch.indexes.tolist() if again else ():
            self._warnings.pop(index, None)
            self._problems.pop(index, None)
        self._warnings |= batch.warnings
        self._problems |= batch.problems
        self._postings.add(batch.postings + np.uint64(again * len(self._read)))

    def table(self, sources: Sequence[Source], blocks: SharedBlocks | None) -> DocumentTable:
        """Return what is known once all batches are in."""
        readable = self._facts["readable"]
        numbers = np.where(readable, np.cumsum(readable) - 1, -1)
        first = np.where(self._read > 1, -1, numbers)
        return DocumentTable(
            [source for source, read in zip(sources, readable.tolist(), strict=True) if read],
            self._facts[readable],
            {int(numbers[index]): warnings for index, warnings in self._warnings.items()},
            self._postings,
            np.concatenate((first, numbers)),
            blocks,
            [problem for index in sorted(self._problems) for problem in self._problems[index]],
            int(self._facts["characters"].sum()),
        )
