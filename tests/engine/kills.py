"""Kills at random moments while an index is built, added to and made smaller, and what is left of it."""

from __future__ import annotations

import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.commandline import COMMAND, environment

__all__ = ["KILLED", "Kill", "kills"]

KILLED = "killed.duckdb"
"""The index."""
WHOLE = "whole.duckdb"
"""A copy of it, on which each step is done undisturbed first."""

State = Callable[[str], str]
"""Returns the table of an index in the folder; empty if there is none."""


@dataclass(frozen=True, slots=True)
class Kill:
    """What came of a run that was killed.

    Args:
        step: What it did.
        moment: Seconds after its start.
        was_done: Whether its work had been committed.
        is_whole: Whether the index gives the table of before or of after.
    """

    step: str
    moment: float
    was_done: bool
    is_whole: bool


def kills(folder: Path, old: str, new: str, each: int, chance: Random, state: State) -> Iterator[Kill]:
    """Kill the runs that build an index, add to it and take away from it; then let them do their work.

    Args:
        folder: Where the documents are.
        old: The documents that it is built of, and that are taken out in the end.
        new: Those that are added.
        each: How many runs of each kind are killed.
        chance: When.
        state: Tells what an index holds.

    Yields:
        What came of each kill.

    Raises:
        AssertionError: If an index that was disturbed is not what it is undisturbed.
    """
    steps = (("build", old, "-o", KILLED), ("add", KILLED, new), ("remove", KILLED, old))
    before = state(KILLED)
    for step in steps:
        after, seconds = _undisturbed(folder, step, state)
        for _ in range(each):
            moment = chance.uniform(0.2, 0.9) * seconds
            if not _killed(folder, moment, step):
                break  # it was done before
            now = state(KILLED)
            yield Kill(step[0], moment, now == after, now in (before, after))
            if now == after:
                break
        if state(KILLED) != after:
            _run(folder, step)
        assert state(KILLED) == after, f"{step[0]} gave another index"
        before = after


def _undisturbed(folder: Path, step: Sequence[str], state: State) -> tuple[str, float]:
    """Do a step on a copy of the index; return what it holds then, and how long that took."""
    for suffix in ("", ".wal"):  # what a killed run committed, and could not write into it any more
        if (folder / f"{KILLED}{suffix}").exists():
            shutil.copy(folder / f"{KILLED}{suffix}", folder / f"{WHOLE}{suffix}")
    begun = time.monotonic()
    _run(folder, [WHOLE if part == KILLED else part for part in step])
    seconds = time.monotonic() - begun
    found = state(WHOLE)
    (folder / WHOLE).unlink()
    return found, seconds


def _command(step: Sequence[str]) -> list[str]:
    return [str(COMMAND), "index", *step, "--jobs", "1", "-q"]


def _run(folder: Path, step: Sequence[str]) -> None:
    subprocess.run(_command(step), cwd=folder, env=environment(), check=True, timeout=120)


def _killed(folder: Path, seconds: float, step: Sequence[str]) -> bool:
    """Do a step and kill it after a while; return whether it was still at work."""
    quiet = subprocess.DEVNULL
    with subprocess.Popen(
        _command(step), cwd=folder, env=environment(), stdout=quiet, stderr=quiet
    ) as process:
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
    return process.returncode == -signal.SIGKILL
