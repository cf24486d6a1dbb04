"""What a shared hash counts for, and which pairs share enough: the figures of the join, on record batches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from pdtool.reuse.hash_totals import CandidateOptions, HashTotals
from pdtool.reuse.hash_weights import needed, weights

__all__ = ["EnoughPairs", "NeededWeights", "WeightedHashes"]


def _column(batch: Any, name: str) -> npt.NDArray[Any]:
    return np.asarray(batch.column(name).to_numpy(zero_copy_only=False))


def _in_order(batch: Any) -> npt.NDArray[np.bool_]:
    """Return which pairs name the document with the lesser id first."""
    ids = zip(batch.column("id_a").to_pylist(), batch.column("id_b").to_pylist(), strict=True)
    return np.array([a < b for a, b in ids], bool)


@dataclass(frozen=True, slots=True)
class WeightedHashes:
    """Says what each hash counts for.

    Args:
        documents: How many documents there are.
    """

    documents: int

    def __call__(self, batches: Iterable[Any]) -> Iterator[Any]:
        """Yield hashes with their weights."""
        import pyarrow as pa

        for batch in batches:
            found = weights(_column(batch, "documents").astype(np.int64), self.documents)
            columns = [batch.column("hash"), batch.column("documents"), pa.array(found, pa.int64())]
            yield pa.RecordBatch.from_arrays(columns, ["hash", "documents", "weight"])


@dataclass(frozen=True, slots=True)
class NeededWeights:
    """Says which weight a document has to share at least, at the scale at which that is less.

    Args:
        least_share: The share asked for, 0 to 1.
    """

    least_share: float

    def __call__(self, batches: Iterable[Any]) -> Iterator[Any]:
        """Yield the totals of documents, each with that weight."""
        import pyarrow as pa

        for batch in batches:
            both = [
                needed(_column(batch, f"{scale}_weight"), _column(batch, scale), self.least_share)
                for scale in ("coarse", "whole")
            ]
            enough = pa.array(np.minimum(*both), pa.float64())
            yield pa.RecordBatch.from_arrays([*batch.columns, enough], [*batch.schema.names, "enough"])


@dataclass(frozen=True, slots=True)
class EnoughPairs:
    """Passes the pairs on that share enough to be aligned, the one with the lesser id first.

    Args:
        scaled: The scale of the fingerprints.
        least_share: Least weighted share of the smaller document's hashes that the other holds, 0 to 1.
        least_shared: Least number of shared hashes.
        least_uncommon: Number of shared hashes that are not common which is enough whatever their share;
            ``None``: no number is.
    """

    scaled: int
    least_share: float
    least_shared: int
    least_uncommon: int | None

    def __call__(self, batches: Iterable[Any]) -> Iterator[Any]:
        """Yield the keys of the pairs."""
        import pyarrow as pa

        for batch in batches:
            if not batch.num_rows:
                continue
            in_order = _in_order(batch)
            chosen = self._chosen(batch, in_order)
            a, b = _column(batch, "a"), _column(batch, "b")
            first, second = np.where(in_order, a, b)[chosen], np.where(in_order, b, a)[chosen]
            arrays = [pa.array(first, pa.int64()), pa.array(second, pa.int64())]
            yield pa.RecordBatch.from_arrays(arrays, ["a", "b"])

    def _chosen(self, batch: Any, in_order: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        """Return which pairs share enough, as the join on one machine does."""
        rows = batch.num_rows
        fine = np.concatenate([_column(batch, f"fine_{side}") for side in "ab"]).astype(bool)
        options = CandidateOptions(2 * rows, fine, self.scaled, self.least_share, self.least_shared)
        totals = HashTotals(options)
        totals.counts, totals.weight = (
            np.stack(
                [np.concatenate([_column(batch, f"{name}_{side}") for side in "ab"]) for name in names]
            ).astype(np.int64)
            for names in (("coarse", "whole"), ("coarse_weight", "whole_weight"))
        )
        here, there = np.arange(rows), np.arange(rows) + rows
        first, second = np.where(in_order, here, there), np.where(in_order, there, here)
        shared = _column(batch, "weight").astype(np.int64)
        enough = totals.share_enough(first, second, shared, self.least_share)
        enough &= _column(batch, "shared") >= self.least_shared
        if self.least_uncommon is not None:
            enough |= _column(batch, "uncommon") >= self.least_uncommon
        return np.asarray(enough)
