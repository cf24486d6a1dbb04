"""The private folder of a run: all temporary files are in it, and it goes when the run ends, however it ends.

The process that makes it holds a lock on a file in it. A folder whose lock is free belongs to a run that was
killed: the next run removes it, and the half-made outputs that its journals name. Workers use the folder of
the process that started them, and never remove it.
"""

from __future__ import annotations

import atexit
import os
import re
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pdtool.errors import OutputError
from pdtool.language import _
from pdtool.signals import at_signal

__all__ = [
    "adopt_run_folder",
    "half_made",
    "run_folder_kept",
    "shared_run_folder",
    "sweep",
    "temporary_file",
    "temporary_folder",
]

_NAME = re.compile(r"pdtool-run-[0-9a-f]{16}")
"""The name of a run's folder."""
_HALF_MADE = re.compile(r"\.pdtool-[0-9a-f]{12}\.tmp")
"""The name of an output that is not whole yet, beside the file that it is to replace."""
_LOCK = "lock"
"""The file that is locked as long as the run lasts."""
_JOURNAL = "outputs-"
"""How the name of a journal begins: a process's outputs that are not whole yet, each ended by NUL."""
_YOUNG = 60.0
"""Seconds after which a folder without a lock is no longer one that is just being made."""
_TRIES = 3
"""How often a folder is made anew that vanished at once."""
_PAUSES = (0.01, 0.05, 0.2)
"""Seconds between attempts to empty a folder in which a process that was just killed still writes."""


class _RunFolder:
    """A folder of this run.

    Args:
        path: Where it is.
        lock: The descriptor of the locked file; ``None`` in a worker.
    """

    def __init__(self, path: Path, lock: int | None) -> None:
        self.path = path
        self.process = os.getpid()
        self._lock = lock
        self._journal: int | None = None
        self._open_outputs = 0

    @property
    def owned(self) -> bool:
        """Whether this process made it."""
        return self._lock is not None

    def note(self, output: Path) -> None:
        """Write into the journal of this process that an output is begun."""
        if self._journal is None:
            flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
            self._journal = os.open(self.path / f"{_JOURNAL}{self.process}", flags, 0o600)
        os.write(self._journal, os.fsencode(os.path.abspath(output)) + b"\0")  # noqa: PTH100 (bytes of the name)
        self._open_outputs += 1

    def forget(self) -> None:
        """Count an output as ended; the journal is emptied when none is open."""
        self._open_outputs -= 1
        if not self._open_outputs and self._journal is not None:
            os.ftruncate(self._journal, 0)

    def remove(self) -> None:
        """Remove it with all that is in it, and half-made outputs."""
        if self._journal is not None:
            os.close(self._journal)
            self._journal = None
        _remove_half_made(self.path)
        if self._lock is not None:
            _remove(self.path, self._lock)


_guard = threading.RLock()
"""Held while the folder is made or removed; a signal may come inside."""
_current: list[_RunFolder] = []
"""The folder of this process, if it has one."""
_users = 0
"""Blocks that need it; without any it is removed."""


@contextmanager
def run_folder_kept() -> Iterator[None]:
    """Keep this process's folder, once it is made, until the end of the block: it is made once only."""
    global _users  # noqa: PLW0603 (one folder a process)
    with _guard:
        _users += 1
    try:
        with at_signal(_remove_at_signal):
            yield
    finally:
        with _guard:
            _users -= 1
            if not _users:
                _remove_current()


def shared_run_folder() -> str:
    """Return the folder's path, for the workers of this process; it is made if there is none.

    Call it inside :func:`run_folder_kept`.

    Raises:
        OSError: If it cannot be made.
    """
    return str(_run_folder().path)


def adopt_run_folder(path: str) -> None:
    """Use the folder of the process that started this one."""
    _current[:] = [_RunFolder(Path(path), None)]


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Make a folder that only its owner can enter, and remove it with all it holds, whatever happens.

    Raises:
        OSError: If it cannot be made.
    """
    with run_folder_kept():
        folder = Path(tempfile.mkdtemp(dir=_run_folder().path))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def temporary_file() -> Iterator[tuple[int, Path]]:
    """Make a file that only its owner can read, open for writing; it is removed, the caller closes it.

    Raises:
        OSError: If it cannot be made.
    """
    with run_folder_kept():
        descriptor, name = tempfile.mkstemp(dir=_run_folder().path)
        try:
            yield descriptor, Path(name)
        finally:
            Path(name).unlink(missing_ok=True)


@contextmanager
def half_made(folder: Path) -> Iterator[Path]:
    """Give a name for an output that is being made; if this process is killed meanwhile, it is removed.

    Nobody but the block removes it otherwise. Where there can be no temporary files it is not noted.

    Args:
        folder: Where the output will be.
    """
    path = folder / f".pdtool-{os.urandom(6).hex()}.tmp"
    with run_folder_kept():
        noted: _RunFolder | None = None
        with suppress(OSError):
            noted = _run_folder()
            noted.note(path)
        try:
            yield path
        finally:
            if noted is not None:
                noted.forget()


def _run_folder() -> _RunFolder:
    with _guard:
        if _current and _current[0].process != os.getpid():  # a fork's copy belongs to the parent
            _current.clear()
        if not _current:
            parent = _temporary_place()
            sweep()
            _current.append(_new_folder(parent))
            atexit.register(_remove_current)
        return _current[0]


def _temporary_place() -> Path:
    """Return the folder for temporary files that the system, or ``TMPDIR``, names.

    Raises:
        OutputError: If none of them can be written to.
    """
    try:
        return Path(tempfile.gettempdir())
    except FileNotFoundError as error:
        raise OutputError(
            _("no folder for temporary files can be written to"),
            _("make room, or name a folder with room: TMPDIR=FOLDER pdtool …"),
        ) from error


def _new_folder(parent: Path) -> _RunFolder:
    """Make a folder and lock it; anew where another run took it for a dead one's in between."""
    for _try in range(_TRIES):
        path = parent / f"pdtool-run-{os.urandom(8).hex()}"
        path.mkdir(mode=0o700)
        with suppress(FileNotFoundError):
            lock = os.open(path / _LOCK, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
            # Not every file system has locks. Then none is ever found free, and nothing is swept.
            _try_lock(lock)
            if (path / _LOCK).exists():
                return _RunFolder(path, lock)
            os.close(lock)
    raise FileNotFoundError(f"{parent}: folders vanish as soon as they are made")


def _remove_current() -> None:
    with _guard:
        if _current and _current[0].owned and _current[0].process == os.getpid():
            _current.pop().remove()
            atexit.unregister(_remove_current)


def _remove_at_signal() -> None:
    """Remove the folder of a process that ends, without waiting for whoever is at it."""
    for folder in _current[:]:
        if folder.owned and folder.process == os.getpid():
            folder.remove()


# What others left behind ------------------------------------------------------------------------------


def sweep() -> None:
    """Remove the folders of this user's runs that were killed, and what they left half made elsewhere."""
    found: list[os.DirEntry[str]] = []
    with suppress(OSError), os.scandir(tempfile.gettempdir()) as entries:
        found = [entry for entry in entries if _NAME.fullmatch(entry.name)]
    for entry in found:
        with suppress(OSError):
            if _is_private(entry):
                _sweep_folder(Path(entry.path))


def _is_private(entry: os.DirEntry[str]) -> bool:
    """Return whether it is a folder, not a link to one, that this user alone can enter."""
    status = entry.stat(follow_symlinks=False)
    own = os.name == "nt" or (status.st_uid == os.geteuid() and not status.st_mode & 0o077)
    return entry.is_dir(follow_symlinks=False) and own


def _sweep_folder(path: Path) -> None:
    try:
        lock = os.open(path / _LOCK, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    except FileNotFoundError:
        if time.time() - path.stat().st_mtime > _YOUNG:
            shutil.rmtree(path)
        return
    if _try_lock(lock):
        _remove_half_made(path)
        _remove(path, lock)
    else:
        os.close(lock)


def _remove_half_made(folder: Path) -> None:
    """Remove the outputs that the journals of a folder name, if they are what they should be."""
    for journal in folder.glob(f"{_JOURNAL}*"):
        with suppress(OSError):
            for name in journal.read_bytes().split(b"\0"):
                path = Path(os.fsdecode(name))
                if _HALF_MADE.fullmatch(path.name):
                    _remove_file(path)
                    _remove_file(path.with_name(f"{path.name}.wal"))  # that of a database


def _remove_file(path: Path) -> None:
    if path.is_file() and not path.is_symlink():
        path.unlink()


def _remove(path: Path, lock: int) -> None:
    """Remove a folder, its lock last: what cannot be removed now is found by the next run."""
    for pause in _PAUSES:
        with suppress(OSError):
            _empty(path)
        with suppress(OSError):
            if os.listdir(path) == [_LOCK]:  # noqa: PTH208 (names are enough)
                break
        time.sleep(pause)
    else:
        os.close(lock)
        return
    if os.name == "nt":
        os.close(lock)  # no file that is open can be removed there
    with suppress(OSError):
        (path / _LOCK).unlink()
        path.rmdir()
    if os.name != "nt":
        os.close(lock)


def _empty(path: Path) -> None:
    for entry in list(os.scandir(path)):
        if entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path, ignore_errors=True)
        elif entry.name != _LOCK:
            Path(entry.path).unlink(missing_ok=True)


def _try_lock(descriptor: int) -> bool:
    """Lock a file until its descriptor is closed; return whether nobody else holds it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
