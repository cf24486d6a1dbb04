"""Documents → what is known of each: the second stage, which is reading on this machine, in pieces."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from pdtool.corpus.source import Source
from pdtool.documents.mapping import Reading
from pdtool.engine.cluster.arrow_schemas import arrow_schema
from pdtool.engine.cluster.executing import pieces, record_batch, working
from pdtool.errors import Problem
from pdtool.normalise.furniture.packed_edge_lines import PackedEdgeLines
from pdtool.normalise.furniture.shared_blocks import SharedBlocks
from pdtool.reuse.document_table import BatchFacts, Profiler
from pdtool.reuse.fingerprint import limit
from pdtool.reuse.folds import Stored, fold_store
from pdtool.reuse.options import DedupeOptions
from pdtool.reuse.postings import documents_of, hash_bits
from pdtool.workers import Workers

__all__ = ["ProfileDocuments", "stored_fold", "stored_sources", "table_of"]

_NOTHING: Mapping[str, Any] = {
    **dict.fromkeys(("wide", "judged"), False),
    **dict.fromkeys(("fold", "opening", "told"), b""),
    **dict.fromkeys(("head", "foot", "anywhere", "sketch")),
    "hashes": [],
    "warnings": None,
}


def table_of(name: str) -> str:
    """Return what stands before the ids of the rows of a table: the last part of its address.

    >>> table_of("hdfs://name/corpora/laws.parquet/")
    'laws.parquet'
    """
    return name.rstrip("/").rpartition("/")[2]


def stored_sources(name: str, ids: Sequence[bytes], raws: Sequence[bytes], folder: Path) -> list[Source]:
    """Write documents to a file; return sources by which they are read.

    Args:
        name: The table as the user named it.
        ids: Their ids.
        raws: What was read of each, packed.
        folder: A private folder.
    """
    path = folder / "texts"
    path.write_bytes(b"".join(raws))
    ends = np.cumsum([len(raw) for raw in raws], dtype=np.int64).tolist()
    kind = table_of(name).rpartition(".")[2]
    return [
        Source(
            one.decode("utf-8", "surrogatepass"),
            name,
            name,
            kind,
            "utf-8",
            end - len(raw),
            end,
            row=1,
            spool=str(path),
            stored=(end - len(raw), len(raw)),
        )
        for one, raw, end in zip(ids, raws, ends, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class ProfileDocuments:
    """Repairs, folds and fingerprints documents.

    Args:
        name: The table as the user named it.
        scaled: The scale of the fingerprints.
        options: What decides the result.
        language: What sentences are said in.
        blocks: The site furniture of the corpus; ``None`` until it is known.
    """

    name: str
    scaled: int
    options: DedupeOptions
    language: str
    blocks: SharedBlocks | None = None

    def __call__(self, batches: Iterable[Any]) -> Iterator[Any]:
        """Yield what is known of the documents of record batches."""
        schema = arrow_schema("profiled")
        for piece in pieces(batches):
            with working(self.language) as folder:
                rows = self._rows(piece, folder)
            yield record_batch(rows, schema)

    def _rows(self, piece: Sequence[Mapping[str, Any]], folder: Path) -> list[dict[str, Any]]:
        sources = stored_sources(
            self.name, [row["id"] for row in piece], [row["raw"] for row in piece], folder
        )
        packed: list[PackedEdgeLines] = []

        def learn(parts: Sequence[PackedEdgeLines]) -> tuple[SharedBlocks, Sequence[int]]:
            packed.extend(parts)
            # With furniture that is known, nothing was read yet, and all is read now.
            return self.blocks or SharedBlocks(), range(len(sources) if self.blocks else 0)

        reading = Reading(
            Workers(1),
            sources,
            Profiler(folder, self.scaled, self.options),
            places=() if self.blocks else None,
            learn=learn,
        )
        found = [{**_NOTHING, "key": row["key"], "id": row["id"], "problems": None} for row in piece]
        for facts in reading:
            _take(found, facts, fold_store(folder), int(hash_bits(np.asarray(limit(self.scaled)))))
        for part in packed:
            for number, lines in zip(part.numbers.tolist(), part.to_bytes(), strict=True):
                found[number] |= dict(zip(("head", "foot", "anywhere", "sketch"), lines, strict=True))
        return found


def _take(found: Sequence[dict[str, Any]], batch: BatchFacts, store: Any, coarsest: int) -> None:
    """Write what is known of a batch into the rows of its documents."""
    owners, bits = documents_of(batch.postings), hash_bits(batch.postings).astype(np.int64)
    for place, facts in zip(batch.indexes.tolist(), batch.facts, strict=True):
        row = found[place]
        hashes = bits[owners == place]
        row |= {"readable": bool(facts["readable"]), "fine": bool(facts["fine"])}
        row |= {name: int(facts[name]) for name in ("size", "repairs", "characters")}
        row |= {"digest": facts["digest"].tobytes(), "hashes": hashes.tolist(), "whole": len(hashes)}
        row["coarse"] = int(np.count_nonzero(hashes <= coarsest))
        if facts["readable"]:
            row |= _of_fold(store.stored(facts["fold"]))
        row["warnings"] = _as_json(list(batch.warnings.get(place, ())))
        row["problems"] = _as_json([_told(problem) for problem in batch.problems.get(place, ())])


def _of_fold(fold: Stored) -> dict[str, Any]:
    data, opening, told = fold.parts
    return {"wide": fold.wide, "judged": fold.judged, "fold": data, "opening": opening, "told": told}


def _told(problem: Problem) -> list[str]:
    return [problem.message, problem.hint, problem.severity.value]


def _as_json(said: Sequence[Any]) -> str | None:
    return json.dumps(said, ensure_ascii=True) if said else None


def stored_fold(row: Mapping[str, Any], suffix: str = "") -> Stored:
    """Return the fold that a row holds.

    Args:
        row: A row of a stage.
        suffix: What stands behind the names of its columns.
    """
    data, opening, told = (row[f"{name}{suffix}"] or b"" for name in ("fold", "opening", "told"))
    return Stored(data, bool(row[f"wide{suffix}"]), opening, told, bool(row[f"judged{suffix}"]))
