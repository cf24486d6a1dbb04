"""How well citations are found, over the documents that are labelled by hand, as found and damaged.

``python -m benchmarks citations.quality`` writes ``quality.csv``, a line for each damage and each thing that
is judged, and prints each fault.
"""

from __future__ import annotations

from pathlib import Path

from benchmarks.machine import describe, record
from tests.quality.cited import DAMAGES, cited_documents, damaged, scores

SEED = 7
"""Another damage than that of the tests."""
PACKAGES = ("pdtool", "numpy", "opencc-python-reimplemented")


def main() -> None:
    """Judge every mention and record the figures."""
    documents = cited_documents()
    mentions = sum(len(document.labels) for document in documents)
    rows = []
    for damage in DAMAGES:
        found, faults = scores([damaged(document, damage, SEED) for document in documents])
        print("\n".join(f"{damage}: {fault}" for fault in faults))
        rows += [
            {
                "damage": damage,
                "judged": name,
                "documents": len(documents),
                "mentions": mentions,
                "right": score.right,
                "wrong": score.wrong,
                "missed": score.missed,
                "precision": f"{score.precision:.4f}",
                "recall": f"{score.recall:.4f}",
            }
            for name, score in found.items()
        ]
    machine = f"{describe(*PACKAGES)}, seed {SEED}"
    record(Path(__file__).with_suffix(".csv"), [row | {"machine": machine} for row in rows])
