"""What is said on standard error: one sentence per line, always in the same voice."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from pdtool.errors import PdtoolError, Problem, Severity
from pdtool.language import N_, _
from pdtool.output.escaping import visible

__all__ = ["Level", "Reporter", "error_lines", "problem_lines", "say"]

_SAID = {
    Severity.ERROR: N_("pdtool: {text}"),
    Severity.WARNING: N_("pdtool: warning: {text}"),
    Severity.NOTE: N_("pdtool: note: {text}"),
}


class Level(IntEnum):
    """How much is said."""

    QUIET = 0
    """Errors only."""
    NORMAL = 1
    """Warnings, notes and a summary too."""
    VERBOSE = 2
    """Details too."""


def _lines(severity: Severity, text: str, hint: str) -> list[str]:
    said = _(_SAID[severity], text=visible(text))
    return [said, *([_("try: {hint}", hint=visible(hint))] if hint else [])]


def error_lines(error: PdtoolError) -> list[str]:
    r"""Return the lines that report an error; control characters in it are made visible.

    >>> error_lines(PdtoolError("a\nb: is a folder", "name a file"))
    ['pdtool: a\\nb: is a folder', 'try: name a file']
    """
    return _lines(Severity.ERROR, error.message, error.hint)


def problem_lines(problem: Problem) -> list[str]:
    """Return the lines that report a problem.

    >>> problem_lines(Problem("a.txt", "is empty", severity=Severity.WARNING))
    ['pdtool: warning: a.txt: is empty']
    """
    text = (
        _("{source}: {message}", source=problem.source, message=problem.message)
        if problem.source
        else problem.message
    )
    return _lines(problem.severity, text, problem.hint)


def say(lines: Iterable[str], dim: bool = False) -> None:
    """Write lines to standard error; nowhere if it is closed. On a terminal they wrap at words.

    Args:
        lines: The lines.
        dim: Whether a terminal shows them dim.
    """
    if sys.stderr is None:
        return
    try:
        shown = _for_terminal(lines, dim) if sys.stderr.isatty() else lines
        sys.stderr.write("".join(f"{line}\n" for line in shown))
        sys.stderr.flush()
    except (OSError, ValueError):
        return  # standard error cannot be written to, and there is no other place for messages


def _for_terminal(lines: Iterable[str], dim: bool) -> Iterator[str]:
    """Yield lines as wide as the terminal at most."""
    from pdtool.output.styling import DIM, shows_styles
    from pdtool.output.wrapping import wrapped

    width = max(20, shutil.get_terminal_size().columns - 1)
    begin, end = DIM if dim and shows_styles() else ("", "")
    for line in lines:
        for part in [line] if line.startswith(" ") or not line else wrapped(line, width, indent="  "):
            yield f"{begin}{part}{end}"


@dataclass(frozen=True, slots=True)
class Reporter:
    """Says what the chosen level lets through, on standard error.

    Args:
        level: How much.
    """

    level: Level = Level.NORMAL

    def problem(self, problem: Problem) -> None:
        """Report a problem; only errors when quiet."""
        if problem.severity is Severity.ERROR or self.level >= Level.NORMAL:
            say(problem_lines(problem), dim=problem.severity is Severity.NOTE)

    def warn(self, sentence: str) -> None:
        """Give a warning that concerns no single input."""
        self.problem(Problem("", sentence, severity=Severity.WARNING))

    def note(self, sentence: str) -> None:
        """Say something worth knowing."""
        self.problem(Problem("", sentence, severity=Severity.NOTE))

    def summary(self, sentence: str) -> None:
        """Say what the result was, in one sentence."""
        if self.level >= Level.NORMAL:
            say([visible(sentence)])

    def detail(self, sentence: str) -> None:
        """Say what is of interest only with ``--verbose``."""
        if self.level >= Level.VERBOSE:
            say([visible(sentence)])
