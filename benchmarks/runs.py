"""Whole processes, measured: seconds, processor seconds and the memory of the whole process tree."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

__all__ = ["EVERY", "Run", "measured", "seconds_of"]

EVERY = 0.25
"""Seconds between two looks at the memory: a look takes some ten milliseconds of a processor."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one run took.

    Args:
        seconds: From its start to its end.
        processor: Processor seconds of all its processes.
        megabytes: Greatest resident memory of all its processes together, shared pages counted once where
            the system tells (proportional set size), else as often as they are mapped.
        output: What it said on standard error.
    """

    seconds: float
    processor: float
    megabytes: float
    output: str


def _bytes(process: psutil.Process) -> int:
    try:
        found = process.memory_full_info()
        return int(getattr(found, "pss", 0) or found.rss)
    except (psutil.NoSuchProcess, psutil.ZombieProcess):
        return 0


def _seconds(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
        return float(times.user + times.system)
    except (psutil.NoSuchProcess, psutil.ZombieProcess):
        return 0.0


def _seconds_of_ended() -> float:
    """Return the processor seconds of all processes that this one has waited for, and of theirs."""
    times = os.times()
    return times.children_user + times.children_system


def measured(command: Sequence[str], folder: Path | None = None, every: float = EVERY) -> Run:
    """Run a command to its end.

    Args:
        command: The whole command.
        folder: Where it runs; ``None``: here.
        every: Seconds between two looks at the memory: the more of it, the longer a look takes.

    Raises:
        subprocess.CalledProcessError: If it fails.
    """
    begun, ended = time.perf_counter(), _seconds_of_ended()
    peak = 0
    spent: dict[int, float] = {}
    # What is said goes to a file: a pipe that nobody reads would fill and stop the process.
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as said,
        subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said, cwd=folder) as process,
    ):
        root = psutil.Process(process.pid)
        while process.poll() is None:
            try:
                tree = [root, *root.children(recursive=True)]
            except psutil.NoSuchProcess:
                break
            peak = max(peak, sum(map(_bytes, tree)))
            spent |= {one.pid: _seconds(one) or spent.get(one.pid, 0.0) for one in tree}
            with suppress(subprocess.TimeoutExpired):
                process.wait(every)
        seconds = time.perf_counter() - begun
        said.seek(0)
        output = said.read()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, stderr=output)
    # What ended between two looks is known of those that were waited for.
    processor = max(sum(spent.values()), _seconds_of_ended() - ended)
    return Run(seconds, processor, peak / 1e6, output)


def seconds_of(command: Sequence[str], folder: Path | None = None) -> float:
    """Return the seconds a command takes: undisturbed, as for one that takes less than a second.

    Args:
        command: The whole command.
        folder: Where it runs; ``None``: here.

    Raises:
        subprocess.CalledProcessError: If it fails.
    """
    silent = subprocess.DEVNULL
    begun = time.perf_counter()
    subprocess.run(command, cwd=folder, stdout=silent, stderr=silent, check=True)
    return time.perf_counter() - begun
