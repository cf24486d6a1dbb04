"""How alike documents are: from counted features to the table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from pdtool.errors import UsageError
from pdtool.language import _
from pdtool.rows import Column, Kind
from pdtool.similarity.pairs import Pairs, every_pair, first_of_each, nearest_pairs
from pdtool.similarity.rows import SimilarityRow
from pdtool.similarity.shared_terms import SharedTerms
from pdtool.similarity.weighting import weigh
from pdtool.text.arrays import ranks
from pdtool.text.bags import Bag, CountMatrix

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["DEFAULT_NEAREST", "EVERY_PAIR_UP_TO", "CompareOptions", "Side", "Similarities", "matrix_table"]

EVERY_PAIR_UP_TO = 200
"""Documents whose pairs are all listed: 19,900 rows, about what a person can still sort and filter."""
DEFAULT_NEAREST = 10
"""Neighbours of each document that are listed beyond that."""
_LARGEST_MATRIX = 5_000
"""Documents of a square table: 25 million cells are 200 MB here, and more than spreadsheets bear."""

_DECIMALS = 4


@dataclass(frozen=True, slots=True)
class CompareOptions:
    """What decides the table.

    Args:
        nearest: List this many neighbours of each document; ``None``: every pair up to 200 documents, the
            10 nearest of each beyond.
        min_similarity: List no pair below this, 0 to 1.
        top_terms: How many shared terms to name; 0 names none.
        jobs: Threads; changes nothing but the time.

    Raises:
        UsageError: If a value is out of its range.
    """

    nearest: int | None = None
    min_similarity: float = 0.0
    top_terms: int = 10
    jobs: int = 1

    def __post_init__(self) -> None:
        if self.nearest is not None and self.nearest < 1:
            raise UsageError(
                _("cannot list the {nearest} nearest documents", nearest=self.nearest), _("use --nearest 10")
            )
        if not 0 <= self.min_similarity <= 1:
            raise UsageError(
                _(
                    "a similarity is a number from 0 to 1, not {min_similarity}",
                    min_similarity=self.min_similarity,
                ),
                _("use --min-similarity 0.3"),
            )
        if self.top_terms < 0:
            raise UsageError(
                _("cannot name {top_terms} terms", top_terms=self.top_terms), _("use --top-terms 10")
            )


@dataclass(frozen=True, slots=True)
class Side:
    """Documents to compare.

    Args:
        docs: Their ids.
        counts: The features of each.
        keys: What tells a document from every other, also on the other side.
    """

    docs: Sequence[str]
    counts: Sequence[Bag]
    keys: Sequence[object] = ()


class Similarities:
    """The documents of one side compared with one another, or with those of another side.

    Args:
        side: The documents.
        against: The ones to compare them with; ``None``: one another, in the order of their ids.
    """

    def __init__(self, side: Side, against: Side | None = None) -> None:
        gathered = CountMatrix()
        for bag in (*side.counts, *(against.counts if against is not None else ())):
            gathered.add(bag)
        counts, self._terms = gathered.finish()
        vectors = weigh(counts, self._terms) if self._terms else counts
        self._docs = list(side.docs)
        self._vectors = vectors if against is None else vectors.take(range(len(side.docs)))
        self._against = None if against is None else vectors.take(range(len(side.docs), len(vectors)))
        self._other_docs = self._docs if against is None else list(against.docs)
        self._same = _same_documents(side, against)

    def listed_nearest(self, options: CompareOptions) -> int | None:
        """Return how many neighbours of each document are listed; ``None`` for every pair."""
        size = max(len(self._docs), len(self._other_docs))
        return options.nearest or (DEFAULT_NEAREST if size > EVERY_PAIR_UP_TO else None)

    def rows(self, options: CompareOptions) -> Iterator[SimilarityRow]:
        """Yield the pairs, the most similar first, then by their ids."""
        pairs = self._sorted(self._pairs(options))
        named = self._shared_terms(pairs, options) if options.top_terms else repeat((), len(pairs))
        for first, second, similarity, terms in zip(
            pairs.first.tolist(), pairs.second.tolist(), pairs.similarity.tolist(), named, strict=True
        ):
            yield SimilarityRow(self._docs[first], self._other_docs[second], similarity, terms)

    def matrix(self) -> pd.DataFrame:
        """Return the similarities as a table: documents by documents.

        Raises:
            UsageError: If it would be too large.
        """
        import pandas as pd

        # Not pandas's own strings: they cannot hold the lone surrogates of undecodable file names.
        index, columns = (pd.Index(docs, dtype=object) for docs in (self._docs, self._other_docs))
        return pd.DataFrame(self.cells(), index=index, columns=columns)

    def cells(self) -> npt.NDArray[np.float64]:
        """Return the similarities, shape ``(n_documents, n_others)``.

        Raises:
            UsageError: If there would be too many.
        """
        size = max(len(self._docs), len(self._other_docs))
        if size > _LARGEST_MATRIX:
            raise UsageError(
                _(
                    "a matrix of {size:,} documents is too large (at most {LARGEST_MATRIX:,})",
                    size=size,
                    LARGEST_MATRIX=_LARGEST_MATRIX,
                ),
                _("--nearest 10 lists the closest of each"),
            )
        others = self._vectors if self._against is None else self._against
        few = size <= EVERY_PAIR_UP_TO
        product = (
            self._vectors.products(others) if few else (self._vectors.scipy() @ others.scipy().T).toarray()
        )
        return np.asarray(np.clip(product, 0.0, 1.0))

    def _pairs(self, options: CompareOptions) -> Pairs:
        nearest = self.listed_nearest(options)
        if nearest is None:
            return self._without_same(every_pair(self._vectors, self._against, options.min_similarity))
        # One more where a document may find itself on the other side.
        wanted = nearest + bool(self._same)
        pairs = nearest_pairs(self._vectors, self._against, wanted, options.min_similarity, options.jobs)
        return first_of_each(self._without_same(pairs), nearest) if self._same else pairs

    def _without_same(self, pairs: Pairs) -> Pairs:
        """Leave out documents paired with themselves."""
        found = zip(pairs.first.tolist(), pairs.second.tolist(), strict=True)
        return pairs.take(np.array([pair not in self._same for pair in found], dtype=bool))

    def _shared_terms(self, pairs: Pairs, options: CompareOptions) -> list[tuple[str, ...]]:
        """Return the shared terms of each pair."""
        others = self._vectors if self._against is None else self._against
        shared = SharedTerms(self._vectors, others, self._terms, options.top_terms)
        # Grouped by the first document each vector is laid out once; the rows keep their order.
        order = np.argsort(pairs.first, kind="stable")
        found = list(shared.of_pairs(pairs.take(order), options.jobs))
        return list(map(found.__getitem__, np.argsort(order).tolist()))

    def _sorted(self, pairs: Pairs) -> Pairs:
        """Sort by what is shown of the similarity, so that the last bits of a sum never decide."""
        shown = np.round(pairs.similarity, _DECIMALS)
        first, second = (ranks(docs) for docs in (self._docs, self._other_docs))
        return pairs.take(np.lexsort((second[pairs.second], first[pairs.first], -shown)))


def _same_documents(side: Side, against: Side | None) -> set[tuple[int, int]]:
    """Return the pairs of one and the same document, read on both sides."""
    if against is None:
        return set()
    indexes = {key: index for index, key in enumerate(against.keys)}
    return {(number, indexes[key]) for number, key in enumerate(side.keys) if key in indexes}


def matrix_table(frame: pd.DataFrame) -> tuple[tuple[Column, ...], Iterator[tuple[Any, ...]]]:
    """Return a matrix as columns and rows that can be written."""
    header = (
        Column("doc", Kind.TEXT, "Id of the document.", "doc"),
        *(Column(str(doc), Kind.SHARE, "Similarity with this document.") for doc in frame.columns),
    )
    return header, ((doc, *cells) for doc, cells in zip(frame.index, frame.to_numpy().tolist(), strict=True))
