"""Components → rows: the last stage. No related pair leads out of one, so each is concluded by itself.

A component is what one process works on, never a cluster: clusters are found inside it, around keepers.
"""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np

from pdtool.corpus.source import Source
from pdtool.engine.cluster.aligned_pairs import Common, new_verification
from pdtool.engine.cluster.arrow_schemas import arrow_schema
from pdtool.engine.cluster.executing import working
from pdtool.engine.cluster.profiles import stored_fold, stored_sources
from pdtool.normalise.furniture.shared_blocks import SharedBlocks
from pdtool.reuse.conclusion import conclude, keeping_order
from pdtool.reuse.document_table import FACTS, DocumentTable
from pdtool.reuse.findings import Findings
from pdtool.reuse.folds import fold_store
from pdtool.reuse.options import DedupeOptions
from pdtool.reuse.passage_cutting import cut, cut_tasks
from pdtool.reuse.postings import Postings
from pdtool.reuse.result_rows import document_rows, pair_rows
from pdtool.reuse.rows import DocumentRow, PairRow, PassageRow
from pdtool.reuse.sides import Sides

__all__ = ["ConcludeShards"]

DOCUMENTS = 500
"""Documents of components that are concluded together, about: most components are one document."""
PAIR = 1
"""The role of a row that holds a pair."""


@dataclass(frozen=True, slots=True)
class ConcludeShards:
    """Makes the rows of components, several at a time.

    Args:
        name: The table as the user named it.
        options: What decides the result.
        common: The common shingles; ``None`` if they make no difference.
        language: What sentences are said in.
        by: ``"passage"`` also cuts the passages out of the raw texts.
        blocks: The site furniture of the corpus.
    """

    name: str
    options: DedupeOptions
    common: Common | None
    language: str
    by: Literal["pair", "passage", "document"]
    blocks: SharedBlocks | None

    def __call__(self, components: Any) -> Any:
        """Return the rows of components.

        Args:
            components: A table of Arrow: all their documents and related pairs.
        """
        import pyarrow as pa

        rows = components.to_pylist()
        documents = sorted((row for row in rows if row["role"] != PAIR), key=lambda row: row["id"])
        with working(self.language) as folder:
            found = list(self._rows(documents, [row for row in rows if row["role"] == PAIR], folder))
        return pa.Table.from_pylist(found, arrow_schema("found"))

    def _rows(
        self, documents: Sequence[Mapping[str, Any]], related: Sequence[Mapping[str, Any]], folder: Path
    ) -> Iterator[dict[str, Any]]:
        table, representatives = self._table(documents, folder)
        places = {row["key"]: place for place, row in enumerate(documents)}
        verification = new_verification(folder, table.facts["fold"], self.options, self.common)
        known = {(places[row["a"]], places[row["b"]]): row["verified"] for row in related}
        verification.results.update({pair: pickle.loads(known[pair]) for pair in sorted(known)})  # noqa: S301 (a stage of this run)
        sides = Sides.of([source.id for source in table.sources], None, representatives)
        findings = conclude(
            table,
            self.options,
            keeping_order(table, self.options.keep),
            representatives,
            verification,
            folder,
            sides,
        )
        pairs = pair_rows(findings, self.options.all_pairs)
        yield from map(_of_pair, pairs)
        yield from map(_of_document, document_rows(findings))
        yield from _of_clusters(findings)
        if self.by == "passage":
            for task in cut_tasks(findings, pairs, self.blocks):
                yield from map(_of_passage, cut(task))

    def _table(self, documents: Sequence[Mapping[str, Any]], folder: Path) -> tuple[DocumentTable, list[int]]:
        """Return the documents, by their ids, and for each the one that was compared for it."""
        places = {row["key"]: place for place, row in enumerate(documents)}
        facts = np.zeros(len(documents), FACTS)
        facts["readable"] = True
        for name in ("size", "repairs", "characters"):
            facts[name] = [row[name] for row in documents]
        facts["digest"] = np.frombuffer(b"".join(row["digest"] for row in documents), FACTS["digest"])
        facts["fold"] = fold_store(folder).write([stored_fold(row) for row in documents])
        said = {places[row["key"]]: row["warnings"] for row in documents if row["warnings"]}
        table = DocumentTable(
            self._sources(documents, folder),
            facts,
            {place: tuple(json.loads(warnings)) for place, warnings in said.items()},
            Postings(folder),
            np.empty(0, np.int64),
            self.blocks,
            [],
            0,
        )
        return table, [places[row["rep"]] for row in documents]

    def _sources(self, documents: Sequence[Mapping[str, Any]], folder: Path) -> list[Source]:
        raws = [row["raw"] or b"" for row in documents]
        return stored_sources(self.name, [row["id"] for row in documents], raws, folder)


def _as_bytes(name: str) -> bytes:
    return name.encode("utf-8", "surrogatepass")


def _of_pair(row: PairRow) -> dict[str, Any]:
    return {
        "kind": "pair",
        "doc_a": _as_bytes(row.doc_a),
        "doc_b": _as_bytes(row.doc_b),
        "place": 0,
        "keeper": None if row.cluster is None else _as_bytes(row.keep),
        "cells": json.dumps(asdict(row), ensure_ascii=True),
    }


def _of_passage(row: PassageRow) -> dict[str, Any]:
    return {
        "kind": "passage",
        "doc_a": _as_bytes(row.doc_a),
        "doc_b": _as_bytes(row.doc_b),
        "place": row.passage,
        "keeper": None,
        "cells": json.dumps(asdict(row), ensure_ascii=True),
    }


def _of_document(row: DocumentRow) -> dict[str, Any]:
    """Return the row of a document; its place is 1 if it is kept."""
    return {
        "kind": "document",
        "doc_a": _as_bytes(row.doc),
        "doc_b": None,
        "place": int(row.role != "drop"),
        "keeper": None if row.cluster is None else _as_bytes(row.keep),
        "cells": json.dumps(asdict(row), ensure_ascii=True),
    }


def _of_clusters(findings: Findings) -> Iterator[dict[str, Any]]:
    for keeper, members in findings.clusters.items():
        doc = _as_bytes(findings.sources[keeper].id)
        cells = {"kind": "cluster", "doc_a": doc, "doc_b": None, "place": len(members)}
        yield {**cells, "keeper": doc, "cells": ""}
