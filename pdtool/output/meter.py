"""A progress bar on standard error: only on a terminal, only for work that lasts."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from pdtool.output.messages import Level, Reporter
from pdtool.progress import NO_PROGRESS, Progress

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

__all__ = ["Meter", "meter"]

PATIENCE = 1.0
"""Seconds of work before a bar appears."""
_INTERVAL = 0.1
"""Least seconds between two drawings."""


def meter(reporter: Reporter) -> Progress:
    """Return a bar where someone can see it, otherwise a listener that does nothing."""
    if sys.stderr is None or not sys.stderr.isatty() or reporter.level is Level.QUIET:
        return NO_PROGRESS
    return Meter()


class Meter:
    """A bar drawn by whoever reports progress: no thread of its own, so that workers may be forked.

    Args:
        clock: Seconds, monotonic; replaced in tests.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._begun = self._drawn = self._stage_begun = clock()
        self._name, self._total, self._count = "", 0, 0
        self._bar: Bar | None = None

    def stage(self, name: str, total: int) -> None:
        """Begin a stage."""
        self._name, self._total, self._count = name, total, 0
        self._stage_begun = self._clock()
        if self._bar is not None:
            self._bar.reset(self._bar.task_ids[0], description=name, total=total or None, pace="")
        self._draw()

    def advance(self, n: int = 1) -> None:
        """Count ``n`` steps as done."""
        self._count += n
        self._draw()

    def done(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def _draw(self) -> None:
        now = self._clock()
        if now - self._begun < PATIENCE or now - self._drawn < _INTERVAL:
            return
        self._drawn = now
        if self._bar is None:
            self._bar = _new_bar()
            self._bar.add_task(self._name, total=self._total or None, pace="")
            self._bar.start()
        pace = _pace(self._count, self._total, now - self._stage_begun)
        self._bar.update(self._bar.task_ids[0], completed=self._count, pace=pace)
        self._bar.refresh()


def _pace(done: int, total: int, seconds: float) -> str:
    """Say how fast a stage goes and how long it will take at that rate; nothing before it is known.

    >>> _pace(500, 2000, 10.0)
    '50/s, 0:30 left'
    >>> _pace(3, 0, 10.0), _pace(0, 2000, 10.0)
    ('0.3/s', '')
    """
    if not done or seconds <= 0:
        return ""
    rate = done / seconds
    shown = f"{rate:,.0f}/s" if rate >= 10 else f"{rate:.1f}/s"
    return f"{shown}, {_clock_time((total - done) / rate)} left" if total > done else shown


def _clock_time(seconds: float) -> str:
    """Return a time as a clock shows it.

    >>> _clock_time(30.2), _clock_time(3725)
    ('0:30', '1:02:05')
    """
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _new_bar() -> Bar:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bar

    return Bar(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[pace]}", markup=False),
        console=Console(stderr=True),
        auto_refresh=False,
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
