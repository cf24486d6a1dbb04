"""An index as what others are compared with: the document table of its documents and new ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from pdtool.corpus.scan import Corpus
from pdtool.corpus.source import Source
from pdtool.documents.mapping import Reading
from pdtool.engine.catalogue import load_catalogue, load_postings
from pdtool.engine.contents import StoredShelf, contents
from pdtool.engine.index_file import IndexFile, opened_index
from pdtool.engine.joining import Joined, NewFile, join, new_files
from pdtool.engine.known_documents import KnownDocuments
from pdtool.engine.learning import FurnitureLearner
from pdtool.engine.lookup import Lookup, can_look_up
from pdtool.engine.settings import check_made_alike, options_of
from pdtool.errors import InputError
from pdtool.language import _
from pdtool.progress import Progress
from pdtool.reuse.dedupe import SCALED
from pdtool.reuse.document_table import BatchFacts, DocumentTable, Profiler, TableBuilder, check_number
from pdtool.reuse.fingerprint import fingerprint
from pdtool.reuse.options import DEFAULTS, DedupeOptions
from pdtool.reuse.postings import PostingArray, pack
from pdtool.reuse.scratch import scratch_folder
from pdtool.text.arrays import distinct
from pdtool.text.shingles import shingle_hashes
from pdtool.workers import Workers

__all__ = ["IndexArchive", "opened_archive", "readable_corpus"]

Numbers = npt.NDArray[np.int64]


class IndexArchive:
    """The documents of an index and new ones.

    Args:
        index: The index.
        new: The files of the new documents; one that is in the index too is new.
        from_path: The pattern by which the paths of its files say more of its documents.
        is_known: Whether its documents are known ones, which are not compared with one another.
    """

    def __init__(
        self, index: IndexFile, new: Sequence[NewFile], from_path: str | None, *, is_known: bool
    ) -> None:
        self.is_known = is_known
        self._index = index
        self._new = new
        self._from_path = from_path
        self._beside = KnownDocuments.beside(index, new) if is_known and new else None

    @cached_property
    def _whole(self) -> tuple[Joined, int, bool]:
        """All documents; the highest number of those of the index; and whether some took others' place."""
        return _joined_with(self._index, self._new, self._from_path)

    @property
    def bytes(self) -> int:
        """How many bytes the documents of the index have."""
        return (
            int(self._whole[0].catalogue.bytes.sum()) if self._beside is None else self._beside.source_bytes
        )

    @property
    def new_sources(self) -> tuple[Source, ...]:
        """Where the new documents are, under the ids that they have beside those of the index."""
        if self._beside is None:
            return self._whole[0].new_sources
        sources = [source for file in self._new for source in file.sources]
        return tuple(sorted(sources, key=lambda source: source.id))

    def table(
        self,
        workers: Workers,
        sources: Sequence[Source],
        scaled: int,
        folder: Path,
        progress: Progress,
        options: DedupeOptions = DEFAULTS,
    ) -> DocumentTable:
        """Read the new documents; return the table of all.

        Raises:
            UsageError: If there are more documents than can be numbered.
            InputError: If the index is damaged.
            PdtoolError: If the disk is full.
        """
        if self._beside is not None and can_look_up(scaled, options):
            lookup = Lookup(self._beside, self._from_path, workers, folder, progress, options)
            if found := lookup.table(sources):
                return found
        joined, _last, dropped = self._whole
        check_number(len(joined.sources))
        builder = TableBuilder(len(joined.sources), folder)
        for batch in self._stored(scaled):
            builder.add(batch)
        numbers = dict(zip(joined.catalogue.ids(), joined.catalogue.numbers.tolist(), strict=True))
        shelf = StoredShelf(self._index, numbers, folder)
        learner = FurnitureLearner(self._index, joined, shelf, fewer=dropped)
        profiler = Profiler(folder, scaled, options)
        reading = Reading(workers, joined.sources, profiler, progress, places=joined.fresh, learn=learner)
        for batch in reading:
            builder.add(batch)
        return replace(builder.table(joined.sources, reading.blocks), shelf=shelf)

    def _stored(self, scaled: int) -> Iterator[BatchFacts]:
        """Yield what is known of the documents of the index, then their postings."""
        joined, last, _dropped = self._whole
        places = np.flatnonzero(joined.stored >= 0)
        rows = joined.stored[places]
        catalogue = joined.catalogue
        place_of = dict(zip(rows.tolist(), places.tolist(), strict=True))
        warnings = {place_of[row]: said for row, said in catalogue.warnings.items()}
        nothing = np.empty(0, np.uint64)
        facts = catalogue.facts[rows]
        yield BatchFacts(places, facts, nothing, warnings, {})
        # Numbers of the index → places; -1 for what is not there any more.
        place_of_number = np.full(last + 1, -1)
        place_of_number[catalogue.numbers[rows]] = places
        coarse = places if scaled == SCALED else places[facts["fine"]]
        for run in self._kept_postings(place_of_number, coarse):
            yield BatchFacts(places[:0], facts[:0], run, {}, {})
        if scaled != SCALED:
            fine = rows[~facts["fine"]]
            for run in self._made_postings(catalogue.numbers[fine], place_of_number, scaled):
                yield BatchFacts(places[:0], facts[:0], run, {}, {})

    def _kept_postings(
        self,
        place_of_number: Numbers,
        wanted: Numbers,
    ) -> Iterator[PostingArray]:
        """Yield the postings of the index that count, as sorted runs."""
        hashes, numbers = load_postings(self._index)
        # One more, for what is not there any more.
        is_wanted = np.zeros(len(self._whole[0].sources) + 1, bool)
        is_wanted[wanted] = True
        places = place_of_number[numbers]
        kept = is_wanted[places]
        hashes, places = hashes[kept], places[kept]
        starts = [0, *(np.flatnonzero(hashes[1:] < hashes[:-1]) + 1).tolist(), len(hashes)]
        for start, stop in pairwise(starts):
            run = (hashes[start:stop] << np.uint64(24)) | places[start:stop].astype(np.uint64)
            run.sort(kind="stable")
            yield run

    def _made_postings(
        self,
        numbers: Numbers,
        place_of_number: Numbers,
        scaled: int,
    ) -> Iterator[PostingArray]:
        """Yield the postings at a finer scale than that of the index, as sorted runs."""
        waiting: list[PostingArray] = []
        for number, _raw, fold in contents(self._index, numbers):
            hashes = fingerprint(shingle_hashes(fold.codes()), scaled)
            waiting.append(pack(hashes, int(place_of_number[number])))
            if len(waiting) == 100:
                yield distinct(np.concatenate(waiting))
                waiting = []
        if waiting:
            yield distinct(np.concatenate(waiting))


@contextmanager
def opened_archive(path: Path, corpus: Corpus | None, *, is_known: bool) -> Iterator[IndexArchive]:
    """Open an index as what new documents are compared with.

    Args:
        path: Where it is.
        corpus: The new documents; one that is in the index too is new.
        is_known: Whether its documents are known ones, which are not compared with one another.

    Raises:
        InputError: If it is no index, holds nothing, or another version made it.
    """
    with ExitStack() as stack:
        folder = stack.enter_context(scratch_folder())
        index = stack.enter_context(opened_index(path, folder))
        from_path = _checked(path, index)
        yield IndexArchive(index, new_files(corpus) if corpus else [], from_path, is_known=is_known)


def _checked(path: Path, index: IndexFile) -> str | None:
    """Refuse an index that cannot be used; return what the paths of its files say of its documents."""
    about = index.about()
    check_made_alike(path, about)
    if not index.select("SELECT count(*) AS documents FROM documents")["documents"][0]:
        raise InputError(_("{path}: holds no documents", path=path), f"pdtool index add {path} PATHS")
    return options_of(about).from_path


def _joined_with(index: IndexFile, new: Sequence[NewFile], from_path: str | None) -> tuple[Joined, int, bool]:
    """Join an index and new documents, which take the place of those of the same files.

    Returns:
        All documents; the highest number of those of the index; and whether some took the place of others.
    """
    catalogue = load_catalogue(index, from_path)
    real = {file.found.real for file in new}
    dropped = frozenset(number for number, file in catalogue.files.items() if file.found.real in real)
    return join(catalogue.without_files(dropped), new), int(catalogue.numbers[-1]), bool(dropped)


def readable_corpus(path: Path, corpus: Corpus | None, folder: Path) -> tuple[Corpus, frozenset[str]]:
    """Return the documents of an index and new ones as a corpus whose texts can all be read.

    Args:
        path: The index.
        corpus: The new documents; one that is in the index too is new.
        folder: A private folder, which holds the texts as long as they are read.

    Returns:
        The corpus, and the ids of the documents of the index.
    """
    with opened_index(path, folder) as index:
        new = new_files(corpus) if corpus else []
        joined, _last, _dropped = _joined_with(index, new, _checked(path, index))
        catalogue = joined.catalogue
        numbers = dict(zip(catalogue.ids(), catalogue.numbers.tolist(), strict=True))
        sources = tuple(StoredShelf(index, numbers, folder).readable(joined.sources))
    order = sorted(sources, key=_reading_order)
    ids = frozenset(numbers)
    before = corpus or Corpus((), (), ())
    files = (*before.files, *(file.found for file in catalogue.files.values()))
    return replace(before, sources=sources, reading_order=tuple(order), files=files), ids


def _reading_order(source: Source) -> tuple[str, int]:
    """Return what sources are sorted by: the id of the file, then where they stand in it."""
    return source.id if source.row is None else source.id.rpartition("#")[0], source.start
