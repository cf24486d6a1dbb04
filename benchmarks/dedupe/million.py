"""How far one machine goes: time, memory of all processes together, recall and false pairs up to a million.

``python -m benchmarks dedupe.million`` compares the corpora that ``PDTOOL_BENCH_LARGE`` names, separated as
in ``PATH``, each made before with ``python -m benchmarks.dedupe.corpus 1000000 FILE.jsonl``: a million
documents (8 GB) take an hour to make; ``benchmarks.dedupe.sample`` takes smaller corpora out of them. Without
any, 10,000 documents are made. It writes ``million.csv`` after each of them. Temporary files take some 12 KB
a document (``TMPDIR``).
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.dedupe.corpus import Plan, write_corpus
from benchmarks.dedupe.scale import measure
from benchmarks.machine import describe, record

__all__ = ["main"]

DOCUMENTS = 10_000
EVERY = 1.0
"""Seconds between two looks at the memory: of some gigabytes a look takes a twentieth of one."""


@contextmanager
def _corpora(folder: Path) -> Iterator[list[Path]]:
    """Lend the corpora that are named, or make one."""
    named = [Path(one) for one in os.environ.get("PDTOOL_BENCH_LARGE", "").split(os.pathsep) if one]
    if not named:
        named = [folder / "corpus.jsonl"]
        write_corpus(named[0], Plan(DOCUMENTS))
    yield named


def main() -> None:
    """Measure the corpora, one after the other, and record the figures."""
    machine = describe("pdtool", "numpy", "rapidfuzz")
    with tempfile.TemporaryDirectory(prefix="pdtool-bench-") as name, _corpora(Path(name)) as corpora:
        rows: list[dict[str, object]] = []
        for corpus in corpora:
            load = os.getloadavg()[0]
            found = measure("plain", corpus, Path(name), EVERY)
            del found["viral_in_one_cluster"]
            rows.append(found | {"load_before": f"{load:.1f}", "machine": machine})
            record(Path(__file__).with_suffix(".csv"), rows)
