"""How long an index takes to build and to add to, and new documents to compare with it; bytes on disk.

``python -m benchmarks engine.index_speed`` writes ``index_speed.csv``. ``PDTOOL_BENCH_DOCUMENTS`` says how
many documents are made (default 2,000).
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.dedupe.corpus import Plan, write_corpus
from benchmarks.machine import describe, record
from benchmarks.runs import measured

DOCUMENTS = int(os.environ.get("PDTOOL_BENCH_DOCUMENTS", "2000"))
NEW = 20
"""New documents: parts of known ones."""
STEPS = (
    ("index", "build", "known.jsonl", "-o", "known.duckdb"),
    ("dedupe", "new.jsonl", "--against", "known.duckdb", "-o", "of-index.csv"),
    ("dedupe", "new.jsonl", "--against", "known.jsonl", "-o", "of-files.csv"),
    ("dedupe", "known.duckdb", "-o", "all-of-index.csv"),
    ("dedupe", "known.jsonl", "-o", "all-of-files.csv"),
    ("index", "info", "known.duckdb", "-o", "info.csv"),
    ("index", "add", "known.duckdb", "new.jsonl"),
)


def _write_new(folder: Path) -> None:
    """Write documents that begin like one known document and end like another."""
    lines = (folder / "known.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(lines[number * len(lines) // (2 * NEW)])["text"] for number in range(2 * NEW)]
    rows = [{"id": f"n{n}", "text": texts[n][100:] + texts[2 * NEW - 1 - n][:300]} for n in range(NEW)]
    made = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (folder / "new.jsonl").write_text(made, encoding="utf-8")


def main() -> None:
    """Record the times."""
    conditions = describe("duckdb", "numpy")
    rows = []
    with TemporaryDirectory() as name, contextlib.chdir(name):
        folder = Path(name)
        write_corpus(folder / "known.jsonl", Plan(DOCUMENTS, seed=6))
        _write_new(folder)
        for step in STEPS:
            run = measured([sys.executable, "-m", "pdtool", *step, "-q"])
            size = (folder / "known.duckdb").stat().st_size
            rows.append(
                {
                    "command": " ".join(step),
                    "documents": DOCUMENTS,
                    "seconds": round(run.seconds, 2),
                    "processor_seconds": round(run.processor, 2),
                    "megabytes": round(run.megabytes),
                    "bytes_per_document": round(size / DOCUMENTS),
                    "machine": conditions,
                }
            )
            print(rows[-1], flush=True)
        for one in ("", "all-"):
            same = [(folder / f"{one}of-{kind}.csv").read_bytes() for kind in ("index", "files")]
            if same[0] != same[1]:
                raise SystemExit("the tables differ")
    record(Path(__file__).with_suffix(".csv"), rows)
