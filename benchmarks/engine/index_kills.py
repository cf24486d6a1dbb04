"""Whether an index survives: runs that build, add and remove are killed at random moments.

``python -m benchmarks engine.index_kills`` kills ``PDTOOL_BENCH_KILLS`` runs (default 200) and writes
``index_kills.csv``: for each kind of run how many were killed, in which tenth of the time that an undisturbed
run took (the last counts all later ones), how many of them had committed their work, and how often the index
gave neither the table of before nor that of after. A last run of each step is let do its work; its table must
be that of an index that nobody disturbed. Linux only.
"""

from __future__ import annotations

import os
from collections import defaultdict
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from benchmarks.machine import describe, record
from tests.engine.archives import BOTH, write_archives
from tests.engine.kills import Kill, kills

KILLS = int(os.environ.get("PDTOOL_BENCH_KILLS", "200"))
SEED = int(os.environ.get("PDTOOL_BENCH_SEED", "20261130"))
EACH = 8
"""Runs of each kind that are killed before one is let do its work."""
TENTHS = 11


def _round(chance: Random) -> list[Kill]:
    """Return what came of the kills over one index."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        write_archives(folder)
        return list(kills(folder, *BOTH, EACH, chance))


def _in_tenths(some: list[Kill]) -> str:
    """Count kills by the tenth of the run in which they came."""
    tenths = [min(int(10 * one.moment), TENTHS - 1) for one in some]
    return " ".join(str(tenths.count(tenth)) for tenth in range(TENTHS))


def main() -> None:
    """Record what kills left."""
    chance = Random(SEED)
    found: defaultdict[str, list[Kill]] = defaultdict(list)
    while sum(map(len, found.values())) < KILLS:
        for one in _round(chance):
            found[one.step].append(one)
        print({step: len(some) for step, some in found.items()}, flush=True)
    conditions = describe("duckdb")
    record(
        Path(__file__).with_suffix(".csv"),
        [
            {
                "step": step,
                "killed": len(some),
                "in_tenths": _in_tenths(some),
                "had_committed": sum(one.was_done for one in some),
                "damaged": sum(not one.is_whole for one in some),
                "machine": conditions,
            }
            for step, some in found.items()
        ],
    )
