"""A private copy of standard input, which can be read only once."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pdtool.errors import InputError, system_reason
from pdtool.language import N_, _
from pdtool.run_folder import temporary_file

__all__ = ["spooled_standard_input"]

_HINT = N_("pipe a text in, as in: cat FILE | pdtool dedupe - FOLDER")


@contextmanager
def spooled_standard_input() -> Iterator[Path]:
    """Copy standard input to a file that only its owner can read; the end of the block removes it.

    Raises:
        InputError: If standard input is closed, empty or cannot be read.
    """
    if sys.stdin is None:
        raise InputError(_("is closed"), _(_HINT))
    with temporary_file() as (descriptor, path):
        try:
            with os.fdopen(descriptor, "wb") as spool:
                shutil.copyfileobj(sys.stdin.buffer, spool)
            if not path.stat().st_size:
                raise InputError(_("is empty"), _(_HINT))
        except OSError as error:
            raise InputError(_("cannot be read ({reason})", reason=system_reason(error)), _(_HINT)) from error
        yield path
