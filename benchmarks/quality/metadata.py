"""How well the metadata of documents is read, over layouts filled by seeds that no test uses.

``python -m benchmarks quality.metadata`` writes ``metadata.csv``, a line a field, and prints each fault.
"""

from __future__ import annotations

from pathlib import Path

from benchmarks.machine import describe, record
from tests.quality.described import described, scores

SEEDS = range(1000, 1012)
PACKAGES = ("pdtool", "numpy", "opencc-python-reimplemented")


def main() -> None:
    """Judge every field of the documents and record the figures."""
    several = list(described(SEEDS))
    found, faults = scores(several)
    print("\n".join(faults))
    rows = [
        {
            "field": field,
            "documents": len(several),
            "right": score.right,
            "wrong": score.wrong,
            "missed": score.missed,
            "f1": f"{score.f1:.4f}",
        }
        for field, score in found.items()
    ]
    machine = f"{describe(*PACKAGES)}, seeds {SEEDS[0]} to {SEEDS[-1]}"
    record(Path(__file__).with_suffix(".csv"), [row | {"machine": machine} for row in rows])
