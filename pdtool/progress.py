"""How far long work has come: a protocol the library speaks, so that it never prints."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

__all__ = ["NO_PROGRESS", "NoProgress", "Progress", "report", "reporting_to"]


class Progress(Protocol):
    """What long work reports to. Stages follow one another; the last one ends with :meth:`done`."""

    def stage(self, name: str, total: int) -> None:
        """Begin a stage.

        Args:
            name: What is being done, in a word or two, such as ``"reading"``.
            total: How many steps it has; 0 where nobody knows.
        """

    def advance(self, n: int = 1) -> None:
        """Count ``n`` more steps of the stage as done."""

    def done(self) -> None:
        """End the work, whether it succeeded or not. May be called twice."""


class NoProgress:
    """A listener that does nothing."""

    def stage(self, name: str, total: int) -> None:
        """Ignore the stage."""

    def advance(self, n: int = 1) -> None:
        """Ignore the step."""

    def done(self) -> None:
        """Ignore the end."""


NO_PROGRESS: Progress = NoProgress()
"""The default of every function that takes a :class:`Progress`."""


_listeners: list[Callable[[int], None]] = []
"""Who is told of steps within a task of this process, the last one."""


def report(steps: int = 1) -> None:
    """Count steps of a task as done, wherever it runs: in a worker they are sent on.

    Args:
        steps: What the caller of :meth:`pdtool.workers.Workers.map` takes as one.
    """
    if _listeners:
        _listeners[-1](steps)


@contextmanager
def reporting_to(listener: Callable[[int], None]) -> Iterator[None]:
    """Tell ``listener`` of the steps that are reported inside the block."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.pop()
