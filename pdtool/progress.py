"""How far long work has come: a protocol the library speaks, so that it never prints."""

from __future__ import annotations

from typing import Protocol

__all__ = ["NO_PROGRESS", "NoProgress", "Progress"]


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
