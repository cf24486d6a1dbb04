"""How fast ``pdtool compare`` is, and how much memory it takes: whole processes."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.machine import describe, record
from benchmarks.themes.corpus import write_corpus
from benchmarks.themes.speed import best, timed

DOCUMENTS = 10_000


def main() -> None:
    """Print and record the figures."""
    rows = [
        {"what": "compare seeds", "seconds": f"{best(['compare', 'seeds']):.2f}", "largest_process_mb": ""}
    ]
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "corpus"
        write_corpus(folder, DOCUMENTS)
        for features in ("words", "chars"):
            options = ["--nearest", "10", "--features", features, "-o", f"{scratch}/out.csv"]
            seconds, memory = timed(["compare", str(folder), *options])
            what = f"compare --nearest 10 --features {features}, {DOCUMENTS:,} documents"
            rows.append({"what": what, "seconds": f"{seconds:.1f}", "largest_process_mb": f"{memory:.0f}"})
    machine = describe("numpy", "scipy", "sparse-dot-topn", "rjieba")
    record(Path(__file__).with_suffix(".csv"), [{**row, "machine": machine} for row in rows])


if __name__ == "__main__":
    main()
