"""Where the time of ``pdtool dedupe`` goes: processor seconds a stage, in one process.

``python -m benchmarks dedupe.stages`` reads 10,000 documents and writes ``stages.csv``;
``PDTOOL_BENCH_CORPUS`` names a file made before.
"""

from __future__ import annotations

import os
import tempfile
import time
from itertools import pairwise
from pathlib import Path

from benchmarks.dedupe.corpus import Plan, write_corpus
from benchmarks.machine import describe, record
from pdtool.corpus.scan import scan
from pdtool.progress import NoProgress
from pdtool.reuse.dedupe import dedupe
from pdtool.reuse.options import DedupeOptions

__all__ = ["main"]


class _Watch(NoProgress):
    """Notes when each stage begins."""

    def __init__(self) -> None:
        self.begun = [("finding the rows", 0, time.process_time())]

    def stage(self, name: str, total: int) -> None:
        """Note the stage."""
        self.begun.append((name, total, time.process_time()))


def _stages(corpus: Path) -> list[dict[str, object]]:
    watch = _Watch()
    with scan([str(corpus)]) as scanned:
        dedupe(scanned, DedupeOptions(jobs=1), progress=watch)
    watch.stage("end", 0)
    return [
        {"stage": name, "steps": total, "processor_seconds": f"{later - begun:.2f}"}
        for (name, total, begun), (_, _, later) in pairwise(watch.begun)
    ]


def main() -> None:
    """Record the stages."""
    made = os.environ.get("PDTOOL_BENCH_CORPUS")
    with tempfile.TemporaryDirectory(prefix="pdtool-bench-") as name:
        corpus = Path(made) if made else Path(name) / "corpus.jsonl"
        if not made:
            write_corpus(corpus, Plan(10_000))
        rows = _stages(corpus)
    machine = describe("pdtool", "numpy", "rapidfuzz")
    record(Path(__file__).with_name("stages.csv"), [row | {"machine": machine} for row in rows])
