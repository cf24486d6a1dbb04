"""Where bytes go: standard output, or a file that is whole or not there."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from pdtool.errors import OutputError, system_reason
from pdtool.language import N_, _
from pdtool.output.escaping import visible
from pdtool.run_folder import half_made

__all__ = [
    "cannot_write",
    "check_writable",
    "is_special",
    "open_file",
    "open_output",
    "open_standard_output",
]

_REASONS = {
    errno.ENOSPC: N_("no space is left on the disk"),
    errno.EDQUOT: N_("the disk quota is used up"),
    errno.EACCES: N_("permission denied"),
    errno.EPERM: N_("permission denied"),
    errno.EROFS: N_("the disk is read-only"),
    errno.ENOENT: N_("there is no such folder"),
    errno.ENOTDIR: N_("there is no such folder"),
    errno.EISDIR: N_("it is a folder"),
    errno.ENAMETOOLONG: N_("the name is too long"),
    errno.EFBIG: N_("the file would be larger than allowed"),
}
_CLOSED_PIPE = 0 if os.name == "nt" else 141
"""The exit code when the reader of standard output went away."""


def cannot_write(name: str, error: OSError) -> OutputError:
    """Return an error of the operating system on writing as a sentence and what to try."""
    reason = _(_REASONS[error.errno]) if error.errno in _REASONS else system_reason(error)
    hint = ""
    if os.name == "nt" and isinstance(error, PermissionError):
        hint = _("close the file if it is open in another program, or choose another name with -o")
    elif error.errno in {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT}:
        hint = _("write to another folder with -o")
    return OutputError(_("{name}: cannot be written ({reason})", name=name, reason=reason), hint)


def check_writable(path: Path) -> None:
    """Find out before the work, not after it, that ``path`` cannot be written.

    Raises:
        OutputError: If it is a folder, its folder does not exist, or nothing may be made there.
    """
    if path.is_dir():
        raise OutputError(
            _("{path}: is a folder", path=path), _("name a file in it, such as -o {n}", n=path / "pairs.csv")
        )
    folder = Path(os.path.realpath(path)).parent
    if not folder.is_dir():
        raise OutputError(
            _("{path}: cannot be written (there is no folder {folder})", path=path, folder=folder),
            _("mkdir -p {folder}", folder=folder),
        )
    if not is_special(path) and not os.access(folder, os.W_OK | os.X_OK):
        raise cannot_write(str(path), PermissionError(errno.EACCES, "permission denied"))


def is_special(path: Path) -> bool:
    """Return whether ``path`` is a device or a pipe, which cannot be replaced."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def _new_file(path: Path) -> BinaryIO:
    """Make a new file, with the permission bits the system gives any new file."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    return os.fdopen(os.open(path, flags, 0o666), "wb")


@contextlib.contextmanager
def _replacing(path: Path, durable: bool) -> Iterator[BinaryIO]:
    # A link keeps pointing where it points: what it names is replaced, not the link.
    final = Path(os.path.realpath(path))
    with half_made(final.parent) as neighbour:
        stream = _new_file(neighbour)
        try:
            with stream:
                yield stream
                stream.flush()
                if durable:
                    os.fsync(stream.fileno())
            neighbour.replace(final)
        except BaseException:
            with contextlib.suppress(OSError):
                neighbour.unlink()
            raise


@contextlib.contextmanager
def open_file(path: Path, durable: bool = True) -> Iterator[BinaryIO]:
    """Open ``path`` for writing; it is replaced in one step when the block ends without an error.

    Until then, and whenever the block fails, what stood there stays as it is and nothing is left behind.
    Devices and pipes are written to as they are.

    Args:
        path: The file.
        durable: Wait until the disk has it, so that it survives a power cut; slow for very many files.

    Raises:
        OutputError: If it cannot be written.
    """
    try:
        with path.open("wb") if is_special(path) else _replacing(path, durable) as stream:
            yield stream
    except OSError as error:
        raise cannot_write(visible(str(path)), error) from error


def _forget_standard_output() -> None:
    """Let what is still buffered go nowhere: a second failure while Python ends would be reported oddly."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


@contextlib.contextmanager
def open_standard_output() -> Iterator[BinaryIO]:
    """Lend the bytes side of standard output and flush it at the end.

    Raises:
        OutputError: If it is closed, or what it leads to is full.
        SystemExit: If its reader went away: everything is put away, and the process ends without a word, with
            the code that shells give a command that ``SIGPIPE`` ended.
    """
    if sys.stdout is None:
        raise OutputError(_("standard output is closed"), _("write to a file with -o FILE"))
    try:
        sys.stdout.flush()
        yield sys.stdout.buffer
        sys.stdout.flush()
    except OSError as error:
        _forget_standard_output()
        if error.errno == errno.EPIPE or (os.name == "nt" and error.errno == errno.EINVAL):
            raise SystemExit(_CLOSED_PIPE) from error
        raise cannot_write(_("standard output"), error) from error


def open_output(path: Path | None) -> contextlib.AbstractContextManager[BinaryIO]:
    """Open ``path`` (:func:`open_file`), or standard output for ``None``."""
    return open_standard_output() if path is None else open_file(path)
