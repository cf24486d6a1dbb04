"""New documents beside an index as a document table: they, and the known ones they may be related to.

Nothing else of the index is loaded. The table stands for that of all documents: the pairs to align are chosen
already, documents with one fold are there together, and what is not there is related to no new document.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from pdtool.corpus.source import Source
from pdtool.documents.mapping import Reading
from pdtool.engine.catalogue import Catalogue, load_catalogue
from pdtool.engine.contents import StoredShelf
from pdtool.engine.furniture_lookup import FurnitureLookup, KnownTextsChangeError
from pdtool.engine.known_candidates import Everyone, MostAreMetError, look_up
from pdtool.engine.known_documents import KnownDocuments
from pdtool.language import _
from pdtool.progress import Progress
from pdtool.reuse.candidate_options import candidate_options
from pdtool.reuse.candidates import Candidates
from pdtool.reuse.dedupe import SCALED
from pdtool.reuse.document_table import FACTS, DocumentTable, Profiler, TableBuilder, check_number
from pdtool.reuse.options import DedupeOptions, Within
from pdtool.reuse.postings import PostingArray, Postings, renumbered
from pdtool.reuse.sides import Sides
from pdtool.text.arrays import distinct
from pdtool.workers import Workers

__all__ = ["Lookup", "can_look_up"]

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Lookup:
    """A run of ``dedupe`` that compares new documents with an index.

    Args:
        known: The documents of the index.
        from_path: The pattern by which the paths of its files say more of its documents.
        workers: Where to work.
        folder: A private folder for temporary files.
        progress: Told how far the work has come.
        options: What decides the result.
    """

    known: KnownDocuments
    from_path: str | None
    workers: Workers
    folder: Path
    progress: Progress
    options: DedupeOptions

    def table(self, sources: Sequence[Source]) -> DocumentTable | None:
        """Read new documents; return the table of these and of what they may be related to.

        Args:
            sources: The new documents, by their ids.

        Returns:
            ``None`` if all of the index has to be loaded: texts of it change, or most of it is met.

        Raises:
            UsageError: If there are more documents than can be numbered.
            InputError: If the index is damaged.
            PdtoolError: If the disk is full.
        """
        check_number(len(self.known) + len(sources))
        builder = TableBuilder(len(sources), self.folder)
        profiler = Profiler(self.folder, SCALED, self.options)
        learn = FurnitureLookup(self.known.index)
        reading = Reading(self.workers, sources, profiler, self.progress, learn=learn)
        try:
            for batch in reading:
                builder.add(batch)
            return self._joined(builder.table(sources, reading.blocks))
        except (KnownTextsChangeError, MostAreMetError):
            return None

    def _joined(self, new: DocumentTable) -> DocumentTable:
        """Return the table of new documents and those of the index that they may be related to."""
        self.progress.stage(_("matching"), 0)
        known, options = self.known, self.options
        everyone = Everyone.of(known, [one.id for one in new.sources], new.facts, options.keep)
        compared = everyone.distinct(options.min_passage)
        is_known = np.arange(len(everyone.place)) < len(known)
        sides = Sides.between(is_known, everyone.representative, new_too=options.within is None)
        found = look_up(
            known,
            everyone,
            compared,
            _postings_of(new, len(known)),
            candidate_options(everyone.fine[compared], SCALED, options, sides.crossing(compared)),
        )
        pairs = compared[found.pairs]
        is_new = np.flatnonzero(~is_known)
        listed = everyone.with_twins(np.concatenate((pairs.ravel(), everyone.representative[is_new], is_new)))
        number = np.full(len(everyone.place), -1)
        number[listed] = np.arange(len(listed))
        stored = listed[listed < len(known)]
        catalogue = load_catalogue(known.index, self.from_path, np.sort(known.numbers[stored]))
        numbers = dict(zip(catalogue.ids(), catalogue.numbers.tolist(), strict=True))
        rows = np.searchsorted(catalogue.numbers, known.numbers[stored])
        facts = np.zeros(len(listed), FACTS)
        is_stored = listed < len(known)
        facts[is_stored] = catalogue.facts[rows]
        facts[~is_stored] = new.facts[listed[~is_stored] - len(known)]
        sources = _sources(new, catalogue, listed, rows, len(known))
        at = dict(zip(rows.tolist(), number[stored].tolist(), strict=True))
        warnings = {int(number[len(known) + one]): said for one, said in new.warnings.items()}
        warnings |= {at[row]: said for row, said in catalogue.warnings.items()}
        return replace(
            new,
            sources=sources,
            facts=facts,
            warnings=warnings,
            postings=Postings(self.folder),
            numbers=np.empty(0, np.int64),
            characters=new.characters + known.characters,
            shelf=StoredShelf(known.index, numbers, self.folder),
            joined=Candidates(np.sort(number[pairs], axis=1), found.common),
        )


def _sources(
    new: DocumentTable, catalogue: Catalogue, listed: Numbers, rows: Numbers, known: int
) -> list[Source]:
    """Return where the documents of the table are."""
    stored = iter(rows.tolist())
    return [
        catalogue.sources[next(stored)] if one < known else new.sources[one - known]
        for one in listed.tolist()
    ]


def _postings_of(new: DocumentTable, first: int) -> PostingArray:
    """Return the postings of new documents, numbered from ``first`` on."""
    numbers = np.where(new.numbers < 0, -1, new.numbers + first)
    pieces = [piece for part in new.postings.parts() for piece in renumbered(part, numbers)]
    return distinct(np.concatenate([np.empty(0, np.uint64), *pieces]))


def can_look_up(scaled: int, options: DedupeOptions) -> bool:
    """Return whether the fingerprints of an index are those asked for, and groups decide nothing."""
    return scaled == SCALED and options.within in {None, Within.NONE}
