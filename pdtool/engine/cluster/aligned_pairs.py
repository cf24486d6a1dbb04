"""Candidates aligned where their folds are: the fifth stage."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from pdtool.engine.cluster.arrow_schemas import arrow_schema
from pdtool.engine.cluster.executing import pieces, record_batch, working
from pdtool.engine.cluster.profiles import stored_fold
from pdtool.progress import NO_PROGRESS
from pdtool.reuse.common_shingles import CommonShingles
from pdtool.reuse.folds import FOLD_LOCATION, fold_store
from pdtool.reuse.options import DedupeOptions
from pdtool.reuse.verification import Verification
from pdtool.workers import Workers

__all__ = ["AlignPairs", "Common", "new_verification"]


@dataclass(frozen=True, slots=True)
class Common:
    """The common shingles of a corpus, as they are sent.

    Args:
        hashes: The bits of their hashes, ascending, as bytes.
        scaled: One shingle in so many is known there.
    """

    hashes: bytes
    scaled: int


def new_verification(
    folder: Path, folds: npt.NDArray[np.void], options: DedupeOptions, common: Common | None
) -> Verification:
    """Return what verifies pairs in this process.

    Args:
        folder: Where the folds are.
        folds: Where each document's is.
        options: What decides the result.
        common: The common shingles; ``None`` if they make no difference.
    """
    shingles = None
    if common is not None:
        hashes = np.frombuffer(common.hashes, np.uint64)
        shingles = CommonShingles.written(folder / "common", hashes, common.scaled, options.min_passage)
    threshold, least = options.threshold, options.min_passage
    return Verification(Workers(1), folder, folds, threshold, least, shingles, NO_PROGRESS)


@dataclass(frozen=True, slots=True)
class AlignPairs:
    """Aligns pairs, and passes on those that are related.

    Args:
        options: What decides the result.
        common: The common shingles; ``None`` if they make no difference.
        language: What sentences are said in.
    """

    options: DedupeOptions
    common: Common | None
    language: str

    def __call__(self, batches: Iterable[Any]) -> Iterator[Any]:
        """Yield the related pairs of record batches."""
        for piece in pieces(batches):
            with working(self.language) as folder:
                rows = self._rows(piece, folder)
            yield record_batch(rows, arrow_schema("aligned"))

    def _rows(self, piece: Sequence[Mapping[str, Any]], folder: Path) -> list[dict[str, Any]]:
        sides = {row[f"{side}"]: (row, f"_{side}") for row in piece for side in "ab"}
        ids = {key: row[f"id{suffix}"] for key, (row, suffix) in sides.items()}
        keys = sorted(sides, key=ids.__getitem__)
        places = {key: place for place, key in enumerate(keys)}
        folds = [stored_fold(*sides[key]) for key in keys]
        locations = np.zeros(len(keys), FOLD_LOCATION)
        locations[:] = fold_store(folder).write(folds)
        verification = new_verification(folder, locations, self.options, self.common)
        pairs = {(places[row["a"]], places[row["b"]]): row for row in piece}
        verification.ensure(pairs)
        return [
            {"a": pairs[pair]["a"], "b": pairs[pair]["b"], "verified": pickle.dumps(verified)}
            for pair, verified in verification.results.items()
            if verified.relation is not None
        ]
