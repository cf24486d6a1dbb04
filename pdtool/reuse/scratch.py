"""A private folder for what does not stay in memory: made when needed, always removed."""

from __future__ import annotations

import errno
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from pdtool.errors import PdtoolError, system_reason
from pdtool.language import _
from pdtool.run_folder import temporary_folder

__all__ = ["scratch_folder", "telling_of_full_disks"]


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Make a folder that only its owner can enter, and remove it with all it holds, whatever happens.

    Raises:
        PdtoolError: If there is no room for it.
    """
    with ExitStack() as stack:
        with telling_of_full_disks():
            folder = stack.enter_context(temporary_folder())
        yield folder


@contextmanager
def telling_of_full_disks() -> Iterator[None]:
    """Turn the errors of a full disk, or of a folder that takes no files, into a sentence and a remedy."""
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        what = _("is full") if full else _("cannot be used ({reason})", reason=system_reason(error))
        raise PdtoolError(
            _(
                "the folder for temporary files {what}: {gettempdir}",
                what=what,
                gettempdir=tempfile.gettempdir(),
            ),
            _("make room there, or name a folder with room: TMPDIR=FOLDER pdtool …"),
        ) from error
