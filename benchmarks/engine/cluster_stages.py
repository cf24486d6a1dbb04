"""What each stage of a cluster takes and leaves: seconds, bytes a document, against one machine's whole run.

``python -m benchmarks engine.cluster_stages`` writes ``cluster_stages.csv``: it works on Sail.
``PDTOOL_BENCH_DOCUMENTS`` says how many documents are made (default 3,000).
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil

from benchmarks.dedupe.corpus import Plan, write_corpus
from benchmarks.machine import describe, record
from benchmarks.runs import measured
from pdtool.corpus.read_options import ReadOptions
from pdtool.engine.cluster.comparison import compare_on_cluster
from pdtool.engine.cluster.connection import connected
from pdtool.engine.cluster.stage_folder import Places
from pdtool.engine.cluster.stage_store import Stages
from pdtool.reuse.options import DedupeOptions
from tests.engine.servers import sail

DOCUMENTS = int(os.environ.get("PDTOOL_BENCH_DOCUMENTS", "3000"))


def _bytes_in(folder: str) -> int:
    return sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())


def _processor_seconds() -> float:
    """Return what the servers took; this process only waits."""
    times = [process.cpu_times() for process in psutil.Process().children(recursive=True)]
    return float(sum(one.user + one.system for one in times))


class _Timed(Stages):
    """Stages that say what each of them took."""

    rows: list[dict[str, Any]]

    def write(self, stage: str, frame: Any, part: str = "") -> None:
        """Write a stage, and note what it took."""
        begun, before = time.perf_counter(), _processor_seconds()
        super().write(stage, frame, part)
        self.rows.append(
            {
                "stage": f"{stage}{part}",
                "seconds": round(time.perf_counter() - begun, 2),
                "processor_seconds": round(_processor_seconds() - before, 2),
                "bytes_per_document": round(_bytes_in(self._path(stage, part)) / DOCUMENTS, 1),
            }
        )


def main() -> None:
    """Record what the stages take."""
    from pdtool.engine.cluster import comparison

    conditions = describe("pyspark-client", "pysail", "numpy")
    rows: list[dict[str, Any]] = []
    _Timed.rows = rows
    setattr(comparison, "Stages", _Timed)  # noqa: B010 (the type checker knows no other way)
    with TemporaryDirectory() as name:
        path = Path(name) / "laws.jsonl"
        write_corpus(path, Plan(DOCUMENTS, seed=6))
        size = path.stat().st_size
        out = ["-o", str(Path(name) / "local.csv"), "-q"]
        run = measured([sys.executable, "-m", "pdtool", "dedupe", str(path), *out])
        begun = time.perf_counter()
        with sail() as remote, connected(remote) as spark:
            places = Places(str(path), str(path), f"{name}/stages")
            found = compare_on_cluster(spark, places, ReadOptions(), DedupeOptions(), "pair")
            pairs = sum(1 for _ in found.rows())
        rows += [
            {"stage": "all on Sail", "seconds": round(time.perf_counter() - begun, 2)},
            {
                "stage": "pdtool dedupe on this machine",
                "seconds": round(run.seconds, 2),
                "processor_seconds": round(run.processor, 2),
                "bytes_per_document": round(size / DOCUMENTS, 1),
            },
        ]
    for row in rows:
        row |= {"documents": DOCUMENTS, "pairs": pairs, "machine": conditions}
        print(row, flush=True)
    took = "seconds", "processor_seconds", "bytes_per_document"
    columns = ("stage", *took, "documents", "pairs", "machine")
    record(
        Path(__file__).with_suffix(".csv"), [{name: row.get(name, "") for name in columns} for row in rows]
    )


if __name__ == "__main__":
    main()
