"""How long an index takes to build and to add to, and new documents to compare with it; bytes on disk.

``python -m benchmarks engine.index_speed`` writes ``index_speed.csv``: of each command the median of as many
runs as it says, the target where there is one, and whether it is met. ``PDTOOL_BENCH_CORPUS`` names a corpus
made before; else ``PDTOOL_BENCH_DOCUMENTS`` are made (default 100,000).
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.dedupe.corpus import Plan, write_corpus
from benchmarks.machine import describe, record
from benchmarks.runs import Run, measured

DOCUMENTS = int(os.environ.get("PDTOOL_BENCH_DOCUMENTS", "100000"))
NEW = 100
"""New documents: parts of known ones."""
QUICK = 5
"""Runs of what takes seconds."""
TARGETS = {"build": 90.0, "look up": 2.0, "info": 1.0}
"""Seconds, for as many documents as :data:`FULL_SIZE`."""
FULL_SIZE = 100_000
STEPS = (
    ("build", 1, "index build known.jsonl -o known.duckdb"),
    ("look up", QUICK, "dedupe new.jsonl --against known.duckdb -o of-index.csv"),
    ("info", QUICK, "index info known.duckdb -o info.csv"),
    ("new against files", 1, "dedupe new.jsonl --against known.jsonl -o of-files.csv"),
    ("all of the index", 1, "dedupe known.duckdb -o all-of-index.csv"),
    ("all of the files", 1, "dedupe known.jsonl -o all-of-files.csv"),
    ("add", 1, "index add known.duckdb new.jsonl"),
)
"""What each step is called, how often it is run, and the command."""


def _chosen(path: Path, documents: int) -> Iterator[str]:
    """Yield the texts of some documents, evenly spread."""
    wanted = {number * documents // (2 * NEW) for number in range(2 * NEW)}
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file):
            if number in wanted:
                yield json.loads(line)["text"]


def _write_new(known: Path, new: Path, documents: int) -> None:
    """Write documents that begin like one known document and end like another."""
    texts = list(_chosen(known, documents))
    rows = [{"id": f"n{n}", "text": texts[n][100:] + texts[len(texts) - 1 - n][:300]} for n in range(NEW)]
    made = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    new.write_text(made, encoding="utf-8")


def _prepared(folder: Path) -> int:
    """Write the known documents and the new ones; return how many the known ones are."""
    known, made = folder / "known.jsonl", os.environ.get("PDTOOL_BENCH_CORPUS")
    if made:
        shutil.copy(made, known)
    else:
        write_corpus(known, Plan(DOCUMENTS, seed=6))
    with known.open("rb") as file:
        documents = sum(1 for _ in file)
    _write_new(known, folder / "new.jsonl", documents)
    return documents


def _median(runs: list[Run]) -> Run:
    return Run(
        statistics.median(run.seconds for run in runs),
        statistics.median(run.processor for run in runs),
        max(run.megabytes for run in runs),
        runs[-1].output,
    )


def _check(folder: Path) -> None:
    for one in ("", "all-"):
        same = [(folder / f"{one}of-{kind}.csv").read_bytes() for kind in ("index", "files")]
        if same[0] != same[1]:
            raise SystemExit("the tables differ")


def main() -> None:
    """Record the times."""
    conditions = describe("duckdb", "numpy")
    rows = []
    with TemporaryDirectory() as name, contextlib.chdir(name):
        folder = Path(name)
        documents = _prepared(folder)
        for step, times, command in STEPS:
            load = os.getloadavg()[0]
            run = _median(
                [measured([sys.executable, "-m", "pdtool", *command.split(), "-q"]) for _ in range(times)]
            )
            target = TARGETS.get(step) if documents >= FULL_SIZE else None
            size = (folder / "known.duckdb").stat().st_size
            rows.append(
                {
                    "step": step,
                    "command": command,
                    "documents": documents,
                    "new": NEW,
                    "runs": times,
                    "seconds": round(run.seconds, 2),
                    "target_seconds": target or "",
                    "is_met": "" if target is None else run.seconds < target,
                    "processor_seconds": round(run.processor, 2),
                    "megabytes": round(run.megabytes),
                    "bytes_per_document": round(size / documents),
                    "load_before": round(load, 1),
                    "machine": conditions,
                }
            )
            print(rows[-1], flush=True)
        _check(folder)
    record(Path(__file__).with_suffix(".csv"), rows)
