"""What runs in a worker process, and in the nursery that workers are forked from.

Both speak in frames: eight bytes of length, then a pickle. A worker is sent calls and sends back what came of
them; between, it says how much of a call is done. It ends when the other end of its stream closes.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import pickle
import queue
import signal
import struct
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, BinaryIO

from pdtool.progress import reporting_to
from pdtool.run_folder import adopt_run_folder

__all__ = ["Ended", "Failed", "Progressed", "command", "main", "pickled", "read_frame", "write_frame"]

_HEADER = struct.Struct("<Q")
_INTERVAL = 0.1
"""Least seconds between two words on how much of a call is done."""


class Ended:
    """What a call returned.

    Args:
        result: The value.
    """

    def __init__(self, result: object) -> None:
        self.result = result


class Failed:
    """That a call raised an error.

    Args:
        error: The error.
    """

    def __init__(self, error: BaseException) -> None:
        self.error = error


class Progressed:
    """How much more of a call is done.

    Args:
        steps: As many as :func:`pdtool.progress.report` counted since the last word.
    """

    def __init__(self, steps: int) -> None:
        self.steps = steps


def pickled(message: object) -> bytes:
    """Return a message as :func:`write_frame` sends it.

    Raises:
        Exception: Whatever pickle raises for what cannot be sent.
    """
    return pickle.dumps(message, pickle.HIGHEST_PROTOCOL)


def write_frame(stream: BinaryIO, payload: bytes) -> None:
    """Send a message.

    Args:
        stream: Where to.
        payload: The message, from :func:`pickled`.

    Raises:
        OSError: If nobody is at the other end.
    """
    stream.write(_HEADER.pack(len(payload)))
    stream.write(payload)
    stream.flush()


def read_frame(stream: BinaryIO) -> bytes:
    """Return the pickle of the next message.

    Raises:
        EOFError: If the other end closed.
    """
    return _read(stream, _HEADER.unpack(_read(stream, _HEADER.size))[0])


def _read(stream: BinaryIO, size: int) -> bytes:
    try:
        data = stream.read(size)
    except OSError:  # the other end was killed
        data = b""
    if len(data) < size:
        raise EOFError
    return data


def _nursery(control: int, folder: str, modules: list[str], ready: str) -> None:
    """Fork a worker for each socket that is sent; end, and all workers and parsers too, when it closes.

    What workers need is loaded here once, before the first is forked: what all of them need, and of the rest
    as much as there is time for until one is wanted.

    Args:
        control: The descriptor of the socket.
        folder: The private folder of the run.
        modules: What to import.
        ready: A function of the first module that loads more, piece by piece; empty for none.
    """
    import select
    import socket

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for workers: the system forgets them
    with socket.socket(fileno=control) as requests:
        for _ in _loaded(modules, ready):
            if select.select([requests], [], [], 0)[0]:
                break
        gc.collect()
        gc.freeze()  # so that no worker copies what it shares
        while True:
            byte, sockets, _, _ = socket.recv_fds(requests, 1, 1)
            if not byte:
                os.killpg(0, signal.SIGKILL)
            if os.fork() == 0:
                requests.close()
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                with socket.socket(fileno=sockets[0]) as one:
                    _serve(one.makefile("rb"), one.makefile("wb"), folder)
            for one_socket in sockets:
                os.close(one_socket)


def _single(folder: str, modules: list[str], ready: str) -> None:
    """Work as a process of its own, which reads calls from standard input and answers on standard output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(1), "wb")
    calls = os.fdopen(os.dup(0), "rb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)  # what a library prints is not an answer
    next(_loaded(modules, ready), None)
    _serve(calls, answers, folder)


def _loaded(modules: list[str], ready: str) -> Iterator[None]:
    """Load modules, and then what a function of the first one loads; yield after each piece of that."""
    with suppress(Exception):  # whatever is wrong shows again in the first call, and is said then
        loaded = [importlib.import_module(module) for module in modules]
        if ready and hasattr(loaded[0], ready):
            yield from getattr(loaded[0], ready)()


def _serve(calls: BinaryIO, answers: BinaryIO, folder: str) -> None:
    """Do calls, one after the other, until the other end closes."""
    adopt_run_folder(folder)
    try:
        write_frame(answers, pickled(os.getpid()))
    except OSError:
        os._exit(0)  # the process that asked for it has ended meanwhile
    waiting: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(calls, waiting), daemon=True).start()
    while True:
        with suppress(OSError):  # nobody listens any more, and this process is about to end
            _answer(answers, waiting.get())


def _listen(calls: BinaryIO, waiting: queue.SimpleQueue[bytes]) -> None:
    """Take calls while others are done; end the process when there can be no more."""
    with suppress(EOFError):
        while True:
            waiting.put(read_frame(calls))
    os._exit(0)


def _answer(answers: BinaryIO, call: bytes) -> None:
    try:
        function, task = pickle.loads(call)  # noqa: S301 (it comes from the process that started this one)
        with reporting_to(_Reporter(answers)):
            result = function(task)
        answer: Ended | Failed = Ended(result)
    except Exception as error:
        answer = Failed(_with_trace(error))
    try:
        payload = pickled(answer)
    except Exception as error:
        payload = pickled(Failed(TypeError(f"a worker's answer cannot be sent: {error}")))
    write_frame(answers, payload)


def _with_trace(error: Exception) -> Exception:
    """Return an error that can be sent, with where it happened as a note."""
    error.add_note(f"in a worker process:\n{traceback.format_exc()}")
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 (this very process made it)
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


class _Reporter:
    """Sends how much of a call is done, now and then."""

    def __init__(self, answers: BinaryIO) -> None:
        self._answers = answers
        self._steps = 0
        self._said = time.monotonic()

    def __call__(self, steps: int) -> None:
        self._steps += steps
        now = time.monotonic()
        if now - self._said >= _INTERVAL:
            write_frame(self._answers, pickled(Progressed(self._steps)))
            self._steps, self._said = 0, now


_ENTRIES: dict[str, Callable[..., None]] = {"nursery": _nursery, "worker": _single}


def main() -> None:
    """Begin as the arguments say: ``sys.path``, which of the two, and its arguments, all as JSON."""
    path, entry, arguments = json.loads(sys.argv[1])
    sys.path[:] = path
    _ENTRIES[entry](*arguments)


def command(entry: str, arguments: list[Any]) -> list[str]:
    """Return the command that starts a process: this Python, nothing of the program that uses pdtool.

    Args:
        entry: ``nursery`` or ``worker``.
        arguments: What its function is called with.
    """
    start = (
        "import sys, json; sys.path[:] = json.loads(sys.argv[1])[0]; "
        "from pdtool.worker_process import main; main()"
    )
    return [sys.executable, "-c", start, json.dumps([sys.path, entry, arguments])]
