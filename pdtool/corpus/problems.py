"""Errors of the operating system and of single inputs, as sentences."""

from __future__ import annotations

from pdtool.errors import InputError, Problem, system_reason
from pdtool.language import _

__all__ = ["LARGEST_DOCUMENT", "problem_of", "too_long", "unreadable"]

LARGEST_DOCUMENT = 10_000_000
"""Characters of a document: repairing takes some forty bytes for each, and the longest books have a third."""


def too_long() -> InputError:
    """Return the error for a document of more characters than one may have."""
    return InputError(
        _(
            "holds more than {LARGEST_DOCUMENT:,} characters, too many for one document",
            LARGEST_DOCUMENT=LARGEST_DOCUMENT,
        ),
        _("divide it, or make it a table with one document per row (.csv, .jsonl)"),
    )


def unreadable(error: OSError) -> InputError:
    """Return the error for an input that the operating system does not let pdtool read."""
    if isinstance(error, FileNotFoundError):
        return InputError(_("is gone (it was there when the inputs were listed)"))
    if isinstance(error, PermissionError):
        return InputError(
            _("cannot be read (permission denied)"), _("ask for the right to read it, or leave it out")
        )
    if isinstance(error, IsADirectoryError):
        return InputError(_("is a folder now (it was a file when the inputs were listed)"))
    return InputError(_("cannot be read ({reason})", reason=system_reason(error)))


def problem_of(name: str, error: InputError | OSError) -> Problem:
    """Return an error about one input as a :class:`~pdtool.errors.Problem`, so that the rest can go on.

    Args:
        name: The input as the user named it.
        error: What was raised on reading it.
    """
    known = error if isinstance(error, InputError) else unreadable(error)
    return Problem(name, known.message, known.hint)
