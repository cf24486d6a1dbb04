"""How a run ends when it is told to from outside: Ctrl-C, ``SIGTERM``, a closed terminal.

Nothing unwinds. Whatever registered itself is ended or removed, one line is said, and the process ends with
the code that shells give the signal. Unwinding would take as long as what happens to be running, and an
exception that arrives anywhere can be lost anywhere. Only the command line does so
(:func:`heed_signals`): a program that uses the library decides about signals itself.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType

from pdtool.language import _

__all__ = ["EXIT_CODES", "at_signal", "heed_signals"]

EXIT_CODES = {
    getattr(signal, name): code
    for name, code in {"SIGINT": 130, "SIGTERM": 143, "SIGHUP": 129, "SIGBREAK": 129}.items()
    if hasattr(signal, name)
}
"""The signals that end a run, and the exit codes. Windows sends SIGBREAK when a console closes."""
_GRACE = 0.4
"""Seconds that the main thread has to heed a signal before another thread does it: it may be in a long call
of a library, during which Python handles no signal."""
_LONGEST = 1.4
"""Seconds after a signal at which the process ends whether everything is removed or not."""

_processes: list[Callable[[], None]] = []
"""What ends the processes of the run. It comes before what removes the files they may be writing."""
_others: list[Callable[[], None]] = []
"""What else is to be done at the end."""
_ending = threading.Lock()
"""Held, once and for all, by the thread that ends the process."""
_ender: list[int] = []
"""The number of that thread."""


@contextmanager
def at_signal(action: Callable[[], None], ends_process: bool = False) -> Iterator[None]:
    """Have something done if a signal ends the process inside the block.

    Args:
        action: It is called in any thread, waits for nothing and takes no lock. What is registered several
            times is done once.
        ends_process: Whether it ends another process. Those come first.
    """
    actions = _processes if ends_process else _others
    actions.append(action)
    try:
        yield
    finally:
        actions.remove(action)


def heed_signals() -> None:
    """End the process from now on when it is told to; signals that are ignored stay so, as ``nohup`` wants.

    Call it in the main thread.
    """
    heeded = [number for number in EXIT_CODES if signal.getsignal(number) is not signal.SIG_IGN]
    reader, writer = os.pipe()
    if hasattr(os, "set_blocking"):  # Windows has it since Python 3.12, and does not ask for it
        os.set_blocking(writer, False)
    signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    threading.Thread(target=_watch, args=(reader, frozenset(heeded)), daemon=True).start()
    for number in heeded:
        signal.signal(number, _on_signal)


def _on_signal(number: int, _: FrameType | None) -> None:
    _end(number)


def _watch(reader: int, heeded: frozenset[int]) -> None:
    """Wait for a signal; end the process if the main thread does not, or not in time."""
    while (number := os.read(reader, 1)[0]) not in heeded:
        pass
    threading.Thread(target=_end_if_late, args=(number,), daemon=True).start()
    time.sleep(_LONGEST)
    os._exit(EXIT_CODES[signal.Signals(number)])


def _end_if_late(number: int) -> None:
    time.sleep(_GRACE)
    _end(number)


def _end(number: int) -> None:
    """End the process; a thread that comes second stops here, so that it changes nothing any more."""
    if not _ending.acquire(blocking=False):
        while threading.get_ident() not in _ender:
            time.sleep(1)
        return  # a second signal, while this thread does what the first one asked for
    _ender.append(threading.get_ident())
    for action in dict.fromkeys((*_processes, *_others)):
        with suppress(BaseException):
            action()
    name = signal.Signals(number).name
    # The catalogue was loaded when the command began: see pdtool.language.ready.
    line = _("pdtool: interrupted") if number == signal.SIGINT else _("pdtool: stopped ({name})", name=name)
    with suppress(OSError):
        os.write(2, f"{line}\n".encode(_encoding_of_terminal(), "replace"))
    os._exit(EXIT_CODES[signal.Signals(number)])


def _encoding_of_terminal() -> str:
    """Return the encoding of what is written to standard error without Python's streams.

    A console of Windows reads such bytes in its code page (cp936), a terminal elsewhere in UTF-8.
    """
    return (os.device_encoding(2) if os.name == "nt" else None) or "utf-8"
