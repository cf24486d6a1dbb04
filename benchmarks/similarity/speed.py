"""How fast ``pdtool compare`` is, and how much memory it takes: whole processes."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.machine import describe, record
from benchmarks.themes.corpus import write_corpus
from benchmarks.themes.speed import best, timed

DOCUMENTS = 10_000


def _row(what: str, seconds: str, cpu_seconds: str = "", memory: str = "") -> dict[str, str]:
    return {"what": what, "seconds": seconds, "cpu_seconds": cpu_seconds, "peak_mb": memory}


def main() -> None:
    """Print and record the figures."""
    rows = [_row("compare seeds", f"{best(['compare', 'seeds']):.2f}")]
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "corpus"
        write_corpus(folder, DOCUMENTS)
        for features in ("words", "chars"):
            options = ["--nearest", "10", "--features", features, "-o", f"{scratch}/out.csv"]
            run = timed(["compare", str(folder), *options])
            what = f"compare --nearest 10 --features {features}, {DOCUMENTS:,} documents"
            rows.append(_row(what, f"{run.seconds:.1f}", f"{run.processor:.1f}", f"{run.megabytes:.0f}"))
    machine = describe("numpy", "scipy", "rjieba")
    record(Path(__file__).with_suffix(".csv"), [{**row, "machine": machine} for row in rows])


if __name__ == "__main__":
    main()
