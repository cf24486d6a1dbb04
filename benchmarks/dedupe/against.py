"""New documents against known ones, and the whole join of both: how long each takes.

``python -m benchmarks dedupe.against`` writes ``against.csv``. One document in a hundred of a made corpus is
new. ``PDTOOL_BENCH_LARGE`` names larger corpora, made with ``benchmarks.dedupe.corpus`` and separated as in
``PATH``, that are divided and measured too. Reading and repairing is the same work in both.
"""

from __future__ import annotations

import csv
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.dedupe.corpus import Plan, write_corpus
from benchmarks.machine import describe, record
from benchmarks.runs import measured

__all__ = ["main"]

DOCUMENTS = 10_000
NEW = 100
"""One document in so many is new."""


def _divided(corpus: Path, folder: Path) -> tuple[Path, Path, int]:
    """Divide a corpus into new and known documents; return both files and how many documents there are."""
    new, known = folder / "new.jsonl", folder / "known.jsonl"
    count = 0
    with corpus.open("rb") as lines, new.open("wb") as some, known.open("wb") as others:
        for count, line in enumerate(lines, start=1):
            (others if count % NEW else some).write(line)
    return new, known, count


def _rows(corpus: Path, folder: Path) -> Iterator[dict[str, object]]:
    new, known, documents = _divided(corpus, folder)
    asked = {"against": [str(new), "--against", str(known)], "whole": [str(new), str(known)]}
    for name, paths in asked.items():
        out = folder / f"{name}.csv"
        run = measured([sys.executable, "-m", "pdtool", "dedupe", *paths, "--plain", "-q", "-o", str(out)])
        with out.open(encoding="utf-8", newline="") as table:
            pairs = sum(1 for _ in csv.reader(table)) - 1
        yield {
            "documents": documents,
            "new": documents // NEW,
            "join": name,
            "pairs": pairs,
            "seconds": f"{run.seconds:.1f}",
            "processor_seconds": f"{run.processor:.1f}",
            "megabytes": f"{run.megabytes:.0f}",
        }


def main() -> None:
    """Measure the corpora and record the figures."""
    rows = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = folder / "made.jsonl"
        write_corpus(made, Plan(DOCUMENTS))
        large = [Path(one) for one in os.environ.get("PDTOOL_BENCH_LARGE", "").split(os.pathsep) if one]
        for corpus in (made, *large):
            rows += list(_rows(corpus, folder))
    for row in rows:
        print(row)
    machine = describe("pdtool", "numpy", "rapidfuzz")
    record(Path(__file__).with_suffix(".csv"), [row | {"machine": machine} for row in rows])
