"""What is left behind when runs are ended at random moments, and how long they take to end.

``python -m benchmarks border.kills`` ends ``PDTOOL_BENCH_KILLS`` runs (default 200) of all commands, over a
folder of all formats and a table that is worth workers, by Ctrl-C, ``SIGTERM``, ``SIGHUP``, ``SIGKILL`` or a
closed pipe. It writes ``kills.csv``: for each command and signal the runs that it ended and the slowest end,
and what was left after the next run or damaged. Linux only.
"""

from __future__ import annotations

import os
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.machine import describe, record
from tests.commands.kills import CLOSED_PIPE, Outcome, Range

KILLS = int(os.environ.get("PDTOOL_BENCH_KILLS", "200"))
SEED = int(os.environ.get("PDTOOL_BENCH_SEED", "20261129"))
RANGES = 2
"""Runs that are shot at side by side."""
LATEST = 2.0
"""Seconds after the start at which the last signal comes."""


def _slowest(outcomes: list[Outcome]) -> float:
    """Return the seconds of the slowest end; a closed pipe has none, as it is noticed on writing only."""
    return max((one.seconds for one in outcomes if one.ended_by_it), default=0.0)


def _shots(number: int) -> list[Outcome]:
    """Return what came of a share of the runs, in a folder of their own."""
    found = []
    with TemporaryDirectory() as folder:
        for outcome in Range(Path(folder), SEED + number).shots(KILLS // RANGES, LATEST):
            found.append(outcome)
            if outcome.faults or (outcome.seconds > 2 and outcome.signal.startswith("SIG")):
                print(outcome, flush=True)
            if not len(found) % 20:
                print(len(found), "of", KILLS // RANGES, flush=True)
    return found


def main() -> None:
    """Record how runs ended."""
    outcomes: defaultdict[tuple[str, str], list[Outcome]] = defaultdict(list)
    with ThreadPoolExecutor(RANGES) as pool:
        for outcome in chain.from_iterable(pool.map(_shots, range(RANGES))):
            outcomes[outcome.command.split()[0], outcome.signal].append(outcome)
    conditions = describe()
    record(
        Path(__file__).with_suffix(".csv"),
        [
            {
                "command": command,
                "signal": signal,
                "runs": len(some),
                "ended_by_it": sum(one.ended_by_it for one in some),
                "slowest_end_s": "" if signal == CLOSED_PIPE else f"{_slowest(some):.2f}",
                "faults": sum(len(one.faults) for one in some),
                "conditions": conditions,
            }
            for (command, signal), some in sorted(outcomes.items())
        ],
    )
