"""What is left behind when runs are ended at random moments, and how long they take to end.

``python -m benchmarks border.kills`` ends ``PDTOOL_BENCH_KILLS`` runs (default 200) of all commands, over a
folder of all formats and a table that is worth workers, by Ctrl-C, ``SIGTERM``, ``SIGHUP``, ``SIGKILL`` or a
closed pipe. It writes ``kills.csv``: for each command and signal the runs that it ended and the slowest end,
and what was left after the next run or damaged. Linux only.
"""

from __future__ import annotations

import os
from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.machine import describe, record
from tests.commands.kills import CLOSED_PIPE, Outcome, Range

KILLS = int(os.environ.get("PDTOOL_BENCH_KILLS", "200"))
SEED = int(os.environ.get("PDTOOL_BENCH_SEED", "20261129"))
LATEST = 3.0
"""Seconds after the start at which the last signal comes."""


def _slowest(outcomes: list[Outcome]) -> float:
    """Return the seconds of the slowest end; a closed pipe has none, as it is noticed on writing only."""
    return max((one.seconds for one in outcomes if one.ended_by_it), default=0.0)


def main() -> None:
    """Record how runs ended."""
    outcomes: defaultdict[tuple[str, str], list[Outcome]] = defaultdict(list)
    with TemporaryDirectory() as folder:
        for number, outcome in enumerate(Range(Path(folder), SEED).shots(KILLS, LATEST), 1):
            outcomes[outcome.command.split()[0], outcome.signal].append(outcome)
            if outcome.faults or (outcome.seconds > 2 and outcome.signal.startswith("SIG")):
                print(number, outcome, flush=True)
            if not number % 20:
                print(number, "of", KILLS, flush=True)
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
