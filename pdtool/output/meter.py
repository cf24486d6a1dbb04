"""A progress bar on standard error: only on a terminal, only for work that lasts."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import ExitStack
from typing import TYPE_CHECKING

from pdtool.language import _
from pdtool.output.messages import Level, Reporter
from pdtool.progress import NO_PROGRESS, Progress
from pdtool.signals import at_signal

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

__all__ = ["Meter", "meter"]

PATIENCE = 1.0
"""Seconds of work before a bar appears."""
_INTERVAL = 0.1
"""Seconds between two drawings."""
_WINDOW = 10.0
"""Seconds over which the rate is taken: what came before, such as the start of workers, tells nothing."""
_CLEAR_LINE = b"\r\x1b[2K\x1b[?25h"
"""What takes a bar away and shows the cursor again."""


def meter(reporter: Reporter) -> Progress:
    """Return a bar where someone can see it, otherwise a listener that does nothing."""
    if sys.stderr is None or not sys.stderr.isatty() or reporter.level is Level.QUIET:
        return NO_PROGRESS
    return Meter()


class Meter:
    """A bar that a thread draws at regular times, whether anything is reported or not.

    Args:
        clock: Seconds, monotonic; replaced in tests.
        ticks: Whether the thread runs; tests draw themselves.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic, ticks: bool = True) -> None:
        self._clock = clock
        self._begun = clock()
        self._seen = deque([(self._begun, 0)])
        self._name, self._total, self._count = "", 0, 0
        self._bar: Bar | None = None
        self._over = threading.Event()
        self._opened = ExitStack()
        self._opened.enter_context(at_signal(self._leave))
        self._thread = threading.Thread(target=self._tick, daemon=True)
        if ticks:
            self._thread.start()

    def stage(self, name: str, total: int) -> None:
        """Begin a stage."""
        self._name, self._total, self._count = name, total, 0
        self._seen = deque([(self._clock(), 0)])

    def advance(self, n: int = 1) -> None:
        """Count ``n`` steps as done."""
        self._count += n

    def done(self) -> None:
        """Take the bar away."""
        self._over.set()
        if self._thread.is_alive():
            self._thread.join()
        if self._bar is not None:
            self._bar.stop()
            self._bar = None
        self._opened.close()

    def draw(self) -> None:
        """Draw the bar as things stand, once the work has lasted."""
        now = self._clock()
        rate = self._rate(now)
        if now - self._begun < PATIENCE or not self._name:
            return
        name, total, count = self._name, self._total or None, self._count
        if self._bar is None:
            self._bar = _new_bar()
            self._bar.add_task(name, total=total, pace="", steps="")
            self._bar.start()
        pace = _pace(count, total or 0, rate)
        steps = f"{count:,}/{total:,}" if total else ""
        self._bar.update(
            *self._bar.task_ids[:1], description=name, total=total, completed=count, pace=pace, steps=steps
        )
        self._bar.refresh()

    def _rate(self, now: float) -> float:
        """Return the steps a second, from when the first were done and lately; 0 if there were none."""
        count = self._count
        if not count:
            self._seen = deque([(now, 0)])
            return 0.0
        self._seen.append((now, count))
        while len(self._seen) > 2 and now - self._seen[1][0] >= _WINDOW:
            self._seen.popleft()
        before, counted = self._seen[0]
        return (count - counted) / (now - before) if now > before else 0.0

    def _tick(self) -> None:
        while not self._over.wait(_INTERVAL):
            self.draw()

    def _leave(self) -> None:
        """Give the terminal back as it was, when a signal ends the process: its line and its cursor."""
        if self._bar is not None:
            os.write(2, _CLEAR_LINE)


def _pace(done: int, total: int, rate: float) -> str:
    """Say how fast a stage goes and how long it will take at that rate; nothing before it is known.

    >>> _pace(500, 2000, 50.0)
    '50/s, 0:30 left'
    >>> _pace(3, 0, 0.3), _pace(0, 2000, 0.0)
    ('0.3/s', '')
    """
    if not rate:
        return ""
    shown = f"{rate:,.0f}/s" if rate >= 10 else f"{rate:.1f}/s"
    if total <= done:
        return shown
    return _("{pace}, {time} left", pace=shown, time=_clock_time((total - done) / rate))


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
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bar

    return Bar(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.fields[steps]}", markup=False, style="progress.download"),
        TextColumn("{task.fields[pace]}", markup=False),
        console=Console(stderr=True),
        auto_refresh=False,
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
