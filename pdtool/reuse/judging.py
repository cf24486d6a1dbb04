"""The pairs of a corpus judged: which edition each document is, and what one of a pair is to the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath

import numpy as np
import numpy.typing as npt

from pdtool.corpus.source import Source
from pdtool.reuse.editions import Edition, Opening, edition_of, stated_dates
from pdtool.reuse.folds import fold_store
from pdtool.reuse.kinds import COPIED, Judgement, judge
from pdtool.reuse.verified_pair import Pair, VerifiedPair

__all__ = ["Judge"]


class Judge:
    """Judges pairs of a corpus; what was worked out once is remembered.

    Args:
        sources: Where the documents are, by number.
        facts: What is known of each, an array of :data:`~pdtool.reuse.document_table.FACTS`.
        folder: Where the folds are.
    """

    def __init__(self, sources: Sequence[Source], facts: npt.NDArray[np.void], folder: Path) -> None:
        self.editions: dict[int, Edition] = {}
        self.judgements: dict[Pair, Judgement] = {}
        self._sources = sources
        self._facts = facts
        self._folder = folder

    def edition(self, document: int) -> Edition:
        """Return which edition a document is."""
        if document not in self.editions:
            self.editions[document] = edition_of(*self._known_of(document))
        return self.editions[document]

    def stated(self, documents: Iterable[int]) -> dict[int, tuple[str, ...]]:
        """Return the dates that documents state, by their numbers."""
        return {document: stated_dates(*self._known_of(document)) for document in documents}

    def _known_of(self, document: int) -> tuple[str, Opening]:
        """Return the name of a document and what is looked at of it."""
        source = self._sources[document]
        name = "" if source.row is not None else PurePosixPath(source.id).stem
        return name, fold_store(self._folder).opening(self._facts["fold"][document])

    def of(self, pair: Pair, verified: VerifiedPair) -> Judgement:
        """Return what a related pair is.

        Args:
            pair: The numbers of its documents.
            verified: What came of their alignment, in this order.
        """
        if pair not in self.judgements:
            self.judgements[pair] = self._judged(pair, verified)
        return self.judgements[pair]

    def _judged(self, pair: Pair, verified: VerifiedPair) -> Judgement:
        if verified.relation is None or verified.differences is None:
            return COPIED
        i, j = pair
        sizes = int(self._facts["size"][i]), int(self._facts["size"][j])
        return judge(
            self.edition(i),
            self.edition(j),
            sizes,
            verified.relation,
            verified.differences,
            verified.is_adapted,
        )

    def learn(self, documents: Iterable[int]) -> None:
        """Find out the editions of documents while what is looked at of them is there."""
        for document in documents:
            self.edition(document)
