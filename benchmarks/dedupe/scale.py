"""How ``pdtool dedupe`` grows: with the corpus, with boilerplate, with viral copies; and where the time goes.

``python -m benchmarks dedupe.scale`` writes ``scale.csv``; :mod:`benchmarks.dedupe.million` measures larger
corpora.
"""

from __future__ import annotations

import csv
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.dedupe.corpus import Plan, write_corpus
from benchmarks.dedupe.labels import listed, read_labels, score
from benchmarks.machine import describe, record
from benchmarks.runs import EVERY, Run, measured

__all__ = ["main", "measure"]

HERE = Path(__file__).parent
PLANS = {
    "plain": Plan(10_000),
    "no boilerplate": Plan(5_000),
    "boilerplate 30 %": Plan(5_000, boilerplate=0.3),
    "boilerplate 50 %": Plan(5_000, boilerplate=0.5),
    "viral 300": Plan(2_000, viral=(300,)),
    "viral 1,000": Plan(2_000, viral=(1_000,)),
    "viral 2,000": Plan(2_000, viral=(2_000,)),
}


def _run(corpus: Path, by: str, out: Path, every: float = EVERY) -> Run:
    command = [sys.executable, "-m", "pdtool", "dedupe", str(corpus), "--by", by, "--plain", "-q"]
    return measured([*command, "-o", str(out)], every=every)


def _clusters(corpus: Path, table: Path) -> str:
    """Say how many viral copies are in the largest cluster, its keeper among them."""
    viral = {one for pair, label in read_labels(corpus).items() if label.is_viral for one in pair}
    with table.open(encoding="utf-8", newline="") as file:
        keepers = [row["keep"] for row in csv.DictReader(file) if row["doc"].rpartition("#")[2] in viral]
    largest = max(map(keepers.count, set(keepers)), default=0)
    return f"{largest} of {len(viral)}" if viral else ""


def measure(name: str, corpus: Path, folder: Path, every: float = EVERY) -> dict[str, object]:
    """Compare the documents of a corpus; return what it took, and how much was found.

    Args:
        name: What the corpus is called; one with viral copies says so.
        corpus: The corpus, beside which its labels are.
        folder: A folder for tables.
        every: Seconds between two looks at the memory.
    """
    run = _run(corpus, "pair", folder / "pairs.csv", every)
    found = score(read_labels(corpus), listed(folder / "pairs.csv"))
    viral = ""
    if "viral" in name:
        _run(corpus, "document", folder / "documents.csv")
        viral = _clusters(corpus, folder / "documents.csv")
    with corpus.open("rb") as file:
        documents = sum(1 for _ in file)
    return {
        "corpus": name,
        "documents": documents,
        "megabytes": f"{corpus.stat().st_size / 1e6:.0f}",
        "seconds": f"{run.seconds:.2f}",
        "processor_seconds": f"{run.processor:.2f}",
        "ms_per_document": f"{1000 * run.processor / documents:.3f}",
        "peak_mb": f"{run.megabytes:.0f}",
        "kb_per_document": f"{1000 * run.megabytes / documents:.1f}",
        "recall": f"{found.recall:.4f}",
        "false_pairs": found.false,
        "viral_in_one_cluster": viral,
    }


def _rows() -> Iterator[dict[str, object]]:
    with tempfile.TemporaryDirectory(prefix="pdtool-bench-") as folder:
        for name, plan in PLANS.items():
            corpus = Path(folder) / "corpus.jsonl"
            write_corpus(corpus, plan)
            yield measure(name, corpus, Path(folder))


def main() -> None:
    """Measure the corpora and record the figures."""
    machine = describe("pdtool", "numpy", "rapidfuzz")
    record(HERE / "scale.csv", [row | {"machine": machine} for row in _rows()])
