"""Kills at random moments while an index is built, added to and made smaller, and what is left of it."""

from __future__ import annotations

import multiprocessing
import shutil
import signal
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from random import Random

from tests.engine.killed_runs import run

__all__ = ["KILLED", "Kill", "kills"]

KILLED = "killed.duckdb"
"""The index."""
_BEFORE, _WHOLE = "before.duckdb", "whole.duckdb"
"""Copies of it: as it is before a step; and one on which the step is done undisturbed."""
_TABLE = "documents.csv"
_QUIETLY = ("--jobs", "1", "-q")
_LATEST = 1.3
"""The latest moment of a kill, of the time that an undisturbed run took: the last ones find it closing, or a
run that is slower."""
_PATIENCE = 120.0


@dataclass(frozen=True, slots=True)
class Kill:
    """What came of a run that was killed.

    Args:
        step: What it did.
        moment: How far it had come, of the time that an undisturbed run takes.
        was_done: Whether its work had been committed.
        is_whole: Whether the index gives the table of before or of after.
    """

    step: str
    moment: float
    was_done: bool
    is_whole: bool


def kills(folder: Path, old: str, new: str, each: int, chance: Random) -> Iterator[Kill]:
    """Kill runs that build an index, add to it and take away from it; then let each do its work.

    A run begins with what the one before it left, or with the index as it was if that had committed.

    Args:
        folder: Where the documents are.
        old: The documents that it is built of, and that are taken out in the end.
        new: Those that are added.
        each: How many runs of each kind are killed.
        chance: When.

    Yields:
        What came of each kill.

    Raises:
        AssertionError: If an index that was disturbed is not what it is undisturbed.
    """
    at = _Folder(folder)
    before = at.table(KILLED)
    for step in (("build", old, "-o", KILLED), ("add", KILLED, new), ("remove", KILLED, old)):
        at.copy(KILLED, _BEFORE)
        at.copy(KILLED, _WHOLE)
        seconds = at.done([_WHOLE if part == KILLED else part for part in step])
        after = at.table(_WHOLE)
        at.remove(_WHOLE)
        killed = 0
        while killed < each:
            moment = chance.uniform(0, _LATEST) * seconds
            was_killed = at.killed(step, moment)
            now = at.table(KILLED)
            if was_killed:
                killed += 1
                yield Kill(step[0], moment / seconds, now == after, now in (before, after))
            else:
                assert now == after, f"{step[0]} gave another index"
            if now == after:
                at.copy(_BEFORE, KILLED)
        at.done(step)
        assert at.table(KILLED) == after, f"{step[0]} gave another index"
        before = after


class _Folder:
    """A folder in which an index is worked on, by processes that are forked from one that loaded all of it.

    So a run takes a fifth of a second, in which it works on the index, not two that are mostly imports.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._context: ForkServerContext = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload([run.__module__])
        self._ended(["--version"])  # the first one waits until all is loaded

    def _begun(self, arguments: Sequence[str]) -> ForkServerProcess:
        process = self._context.Process(target=run, args=(str(self._folder), tuple(arguments)))
        process.start()
        return process

    def _ended(self, arguments: Sequence[str]) -> float:
        begun = time.perf_counter()
        process = self._begun(arguments)
        process.join(_PATIENCE)
        assert process.exitcode == 0, f"{arguments} ended with {process.exitcode}"
        return time.perf_counter() - begun

    def done(self, step: Sequence[str]) -> float:
        """Do a step; return the seconds it took."""
        return self._ended(["index", *step, *_QUIETLY])

    def killed(self, step: Sequence[str], seconds: float) -> bool:
        """Do a step and kill it after a while; return whether it was still at work."""
        begun = time.perf_counter()
        process = self._begun(["index", *step, *_QUIETLY])
        process.join(max(0.0, begun + seconds - time.perf_counter()))
        process.kill()
        process.join()
        assert process.exitcode in (0, -signal.SIGKILL), f"{step[0]} ended with {process.exitcode}"
        return process.exitcode != 0

    def table(self, name: str) -> str:
        """Return the table of the documents of an index; empty if there is none."""
        if not (self._folder / name).exists():
            return ""
        self._ended(["dedupe", name, "--by", "document", "-o", _TABLE, *_QUIETLY])
        table = self._folder / _TABLE
        found = table.read_text(encoding="utf-8")
        table.unlink()
        return found

    def remove(self, name: str) -> None:
        """Remove an index."""
        for one in self._files(name):
            one.unlink(missing_ok=True)

    def copy(self, name: str, other: str) -> None:
        """Copy an index over another; remove that where there is none."""
        for one, copied in zip(self._files(name), self._files(other), strict=True):
            copied.unlink(missing_ok=True)
            if one.exists():
                shutil.copy(one, copied)

    def _files(self, name: str) -> list[Path]:
        # The second holds what a killed run committed and could not write into the first any more.
        return [self._folder / f"{name}{suffix}" for suffix in ("", ".wal")]
