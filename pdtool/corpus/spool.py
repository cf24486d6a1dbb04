"""The private files of a run: a copy of standard input, which can be read only once, and a folder."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from pdtool.errors import InputError

__all__ = ["private_folder", "spool_standard_input"]

_HINT = "pipe a text in, as in: cat FILE | pdtool dedupe - FOLDER"


def private_folder() -> Path:
    """Make a folder that only its owner can look into; the caller removes it."""
    return Path(tempfile.mkdtemp(prefix="pdtool-"))


def spool_standard_input() -> Path:
    """Copy standard input, byte by byte, to a file that only its owner can read.

    Returns:
        The file; the caller removes it.

    Raises:
        InputError: If standard input is closed, empty or cannot be read.
    """
    if sys.stdin is None:
        raise InputError("is closed", _HINT)
    descriptor, name = tempfile.mkstemp(prefix="pdtool-stdin-")
    path = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as spool:
            shutil.copyfileobj(sys.stdin.buffer, spool)
        if not path.stat().st_size:
            raise InputError("is empty", _HINT)
    except OSError as error:
        path.unlink()
        raise InputError(f"cannot be read ({error.strerror or error})", _HINT) from error
    except BaseException:
        path.unlink()
        raise
    return path
