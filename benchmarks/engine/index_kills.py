"""Whether an index survives: runs that build, add and remove are killed at random moments.

``python -m benchmarks engine.index_kills`` kills ``PDTOOL_BENCH_KILLS`` runs (default 200) and writes
``index_kills.csv``: for each kind of run how many were killed, how many of them had committed their work, and
how often the index gave neither the table of before nor that of after. Linux only.
"""

from __future__ import annotations

import os
import subprocess
from collections import defaultdict
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from benchmarks.machine import describe, record
from tests.commandline import COMMAND
from tests.engine.archives import BOTH, write_archives
from tests.engine.kills import Kill, kills

KILLS = int(os.environ.get("PDTOOL_BENCH_KILLS", "200"))
SEED = int(os.environ.get("PDTOOL_BENCH_SEED", "20261130"))
EACH = 4
"""Runs of each kind that are killed before one is let do its work."""


def _state(folder: Path, name: str) -> str:
    if not (folder / name).exists():
        return ""
    command = [str(COMMAND), "dedupe", name, "--by", "document", "--plain", "-q", "--jobs", "1"]
    return subprocess.run(command, cwd=folder, capture_output=True, check=True).stdout.decode()


def _round(chance: Random) -> list[Kill]:
    """Return what came of the kills over one index."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        write_archives(folder)
        return list(kills(folder, *BOTH, EACH, chance, lambda index: _state(folder, index)))


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
                "had_committed": sum(one.was_done for one in some),
                "damaged": sum(not one.is_whole for one in some),
                "machine": conditions,
            }
            for step, some in found.items()
        ],
    )
