"""What every benchmark shares: naming the machine, running in turn, and taking medians."""

from __future__ import annotations

import csv
import os
import platform
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

__all__ = ["describe", "medians", "record"]


def describe(*packages: str) -> str:
    """Return the machine, the Python and the versions of packages in one line, without the host's name."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    versions = ", ".join(f"{package} {version(package)}" for package in packages)
    system = f"{platform.system()} {platform.machine()}"
    return f"{system}, {cores} cores, Python {platform.python_version()}, {versions}"


def medians(
    runs: Mapping[str, Callable[[], object]],
    rounds: int = 5,
    clock: Callable[[], float] = time.perf_counter,
) -> dict[str, float]:
    """Time callables in turn, A B A B …, so that a drift of the machine's speed hits all alike.

    Args:
        runs: What to time, by name.
        rounds: Counted rounds, after one that is not.
        clock: What tells the time; ``time.process_time`` leaves out what other processes took.

    Returns:
        The median seconds of each.
    """
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    for counted in range(-1, rounds):
        for name, call in runs.items():
            started = clock()
            call()
            if counted >= 0:
                seconds[name].append(clock() - started)
    return {name: statistics.median(times) for name, times in seconds.items()}


def record(path: Path, rows: Sequence[Mapping[str, object]]) -> None:
    """Write the figures of a run as CSV and print them."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    for row in rows:
        print(", ".join(f"{name}: {value}" for name, value in row.items()))
