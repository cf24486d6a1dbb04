"""Text files that are not documents: user dictionaries, lists of words."""

from __future__ import annotations

from pathlib import Path

from pdtool.corpus.encodings import decode
from pdtool.corpus.problems import unreadable
from pdtool.errors import InputError
from pdtool.language import _

__all__ = ["read_text_file", "unreadable_text_file"]


def read_text_file(name: str) -> str:
    """Read a text file that the user named, in any encoding that documents may have.

    Raises:
        InputError: If it cannot be read or is not text; the message begins with its name.
    """
    try:
        return decode(Path(name).read_bytes())[0]
    except OSError as error:
        raise unreadable_text_file(name, error) from error
    except InputError as error:
        raise InputError(f"{name}: {error.message}", error.hint) from error


def unreadable_text_file(name: str, error: OSError) -> InputError:
    """Return the error for such a file that the operating system does not let pdtool read."""
    if isinstance(error, FileNotFoundError):
        return InputError(
            _("{name}: no such file", name=name), _("check the spelling and the folder you are in")
        )
    reason = unreadable(error)
    return InputError(f"{name}: {reason.message}", reason.hint)
