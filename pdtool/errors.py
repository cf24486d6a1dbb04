"""Everything that can go wrong, as a tree, and as lines that read alike.

PdtoolError                 any error a user can mend
├── UsageError              the command was asked for something it does not do
├── InputError              an input cannot be used (missing, unreadable, not text, not a table)
└── OutputError             the result cannot be written

A :class:`Problem` is the same sentence where the work goes on: one file of many was unreadable. The
library raises or reports; only the process border prints.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from pdtool.language import N_, _

__all__ = ["InputError", "OutputError", "PdtoolError", "Problem", "Severity", "UsageError", "system_reason"]

_SYSTEM = (
    *(N_("No such file or directory"), N_("Permission denied"), N_("Is a directory"), N_("Not a directory")),
    *(N_("File exists"), N_("Operation not permitted"), N_("No space left on device"), N_("File too large")),
    *(N_("File name too long"), N_("Too many open files"), N_("Input/output error"), N_("Invalid argument")),
    *(N_("Read-only file system"), N_("Disk quota exceeded"), N_("Broken pipe"), N_("Bad file descriptor")),
    *(N_("Stale file handle"), N_("Cannot allocate memory"), N_("Too many levels of symbolic links")),
    *(N_("Device or resource busy"), N_("Directory not empty"), N_("Resource temporarily unavailable")),
)
"""What operating systems say; anything else is said as they say it."""


class PdtoolError(Exception):
    """An error with a remedy.

    Args:
        message: What is wrong, with the file it concerns and what was seen.
        hint: What to try, without the leading ``try:``; empty where nothing helps.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(PdtoolError):
    """The command was asked for something it does not do."""


class InputError(PdtoolError):
    """An input cannot be used."""


class OutputError(PdtoolError):
    """The result cannot be written."""


def system_reason(error: OSError) -> str:
    """Return what the operating system says of an error, in the language that is spoken.

    >>> system_reason(OSError(2, "No such file or directory", "a.txt"))
    'No such file or directory'
    """
    return _(error.strerror) if error.strerror else str(error)


class Severity(Enum):
    """How much a problem matters to the run."""

    ERROR = "error"
    """An input was lost: the exit code becomes 2."""
    WARNING = "warning"
    """The input was used, with a reservation: the exit code stays."""
    NOTE = "note"
    """Something to know, such as files left out by rule."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that went wrong with one input while the rest went on.

    Args:
        source: The input it concerns, as the user named it (not made safe for a terminal yet).
        message: What is wrong, and what was seen.
        hint: What to try; empty where nothing helps.
        severity: Whether the input was lost.
    """

    source: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR
