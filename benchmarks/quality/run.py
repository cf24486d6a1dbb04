"""Quality of dedupe over many labelled corpora, with plain 5-gram containment as the peer.

``python -m benchmarks quality`` takes a few minutes and writes ``quality.csv``: a line a kind of damage or
look-alike, then all pairs, then the peer at the threshold that suits it best. What was missed, listed
wrongly or named wrongly is printed, a pair a line.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from benchmarks.machine import describe, record
from tests.quality.corpora import corpus
from tests.quality.evaluate import Judged, by_kind, figures, peer_figures, run
from tests.quality.floors import digest

SEEDS = range(1000, 1060)
"""Far from the corpora that the tests pin and the code was seen to work on."""
PACKAGES = ("pdtool", "numpy", "rapidfuzz", "opencc-python-reimplemented", "pypinyin")


def _row(kind: str, judged: Sequence[Judged]) -> dict[str, object]:
    found = figures(judged)
    return {
        "kind": kind,
        "pairs": len(judged),
        "related": found.related,
        "missed": found.missed,
        "false": found.false,
        "misnamed": found.misnamed,
        "f1": f"{found.f1:.4f}",
        "containment_error": f"{found.error:.4f}",
        "worst_error": f"{found.worst:.4f}",
    }


def _peer_row(everything: dict[str, object]) -> dict[str, object]:
    f1, threshold = peer_figures(corpus(seed) for seed in SEEDS)
    known = {
        "kind": f"peer at {threshold:.2f}",
        "pairs": everything["pairs"],
        "related": everything["related"],
    }
    return dict.fromkeys(everything, "") | known | {"f1": f"{f1:.4f}"}


def _print_faults(judged: Sequence[Judged]) -> None:
    for pair in judged:
        for fault in ("missed", "false", "misnamed"):
            if getattr(pair, fault):
                print(f"{fault}: {pair}")


def main() -> None:
    """Judge every pair of the corpora and record the figures."""
    judged = [pair for seed in SEEDS for pair in run(corpus(seed))]
    everything = _row("all", judged)
    rows = [_row(kind, pairs) for kind, pairs in by_kind(judged).items()]
    machine = f"{describe(*PACKAGES)}, seeds {SEEDS[0]} to {SEEDS[-1]}, data {digest()[:12]}"
    record(
        Path(__file__).with_name("quality.csv"),
        [row | {"machine": machine} for row in (*rows, everything, _peer_row(everything))],
    )
    _print_faults(judged)
