"""Worker processes, seen from the process that starts, feeds, replaces and ends them.

One thread for each worker sends it calls and takes its answers. On Linux workers are forked from a nursery,
a child process that loads the libraries once for all of them; elsewhere system libraries do not allow that,
and each is a process of its own. Neither way runs anything of the program that uses pdtool again. The
nursery, its workers and their parsers are one process group, apart from the terminal's: Ctrl-C reaches this
process alone, and one signal ends them all. They end by themselves when this process is killed.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from typing import Any, BinaryIO, cast

from pdtool.errors import PdtoolError
from pdtool.language import _, environment
from pdtool.run_folder import run_folder_kept, shared_run_folder
from pdtool.signals import at_signal
from pdtool.worker_process import Ended, Failed, Progressed, command, read_frame, write_frame

__all__ = ["Call", "Lost", "Pool"]

_FORKS = sys.platform == "linux"
"""Whether workers are forked from a nursery."""
_AT_ONCE = 2
"""Calls that a worker is sent at a time where there are many: the second waits there for the first."""


@dataclass(slots=True)
class Lost:
    """That workers died over a call as often as they may."""


Answer = Ended | Failed | Progressed | Lost
"""What is heard of a call."""


@dataclass(slots=True)
class Call:
    """Something that a worker is to do.

    Args:
        payload: A function and what it is called with, pickled.
        tell: Called, in another thread, with whatever is heard of it; the last word is not ``Progressed``.
        lives: How many workers may die over it.
    """

    payload: bytes
    tell: Callable[[Answer], None]
    lives: int = 2


class Pool:
    """Worker processes. What they will need is loaded from the beginning, in the nursery if there is one.

    Args:
        jobs: How many, at least 1.
        modules: What they will need, by name.
        ready: A function of the first module that loads more, piece by piece; empty for none.

    Raises:
        OSError: If there is no place for temporary files.
    """

    def __init__(self, jobs: int, modules: list[str], ready: str = "") -> None:
        self._jobs = jobs
        self._opened = ExitStack()
        self._opened.enter_context(run_folder_kept())
        self._opened.enter_context(at_signal(self._kill, ends_process=True))
        self._origin = _Origin([shared_run_folder(), modules, ready])
        self._waiting: deque[Call] = deque()
        self._changed = threading.Condition()
        self._closed = False
        self._open: dict[int, Call] = {}
        self._workers: list[_Worker] = []
        with suppress(OSError):  # it is tried again when a worker is wanted, and then it is said
            self._origin.begin()
        self._threads = [threading.Thread(target=self._attend, daemon=True) for _ in range(jobs)]
        for thread in self._threads:
            thread.start()

    def submit(self, call: Call) -> None:
        """Have something done, after what was submitted before.

        Raises:
            RuntimeError: If the pool is closed.
        """
        with self._changed:
            if self._closed:
                raise RuntimeError(_("the workers have ended"))
            self._open[id(call)] = call
            self._waiting.append(call)
            self._changed.notify()

    def _tell(self, call: Call, answer: Answer) -> None:
        if not isinstance(answer, Progressed):
            self._open.pop(id(call), None)
        call.tell(answer)

    def cancel(self, calls: list[Call]) -> None:
        """Forget calls that no worker was sent yet."""
        unwanted = set(map(id, calls))
        with self._changed:
            self._waiting = deque(call for call in self._waiting if id(call) not in unwanted)
        for number in unwanted:
            self._open.pop(number, None)

    def close(self) -> None:
        """End all workers, whatever they are doing."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._kill()
        for thread in self._threads:
            thread.join()
        self._origin.close()
        self._opened.close()

    def _kill(self) -> None:
        self._closed = True
        self._origin.kill()
        for worker in self._workers[:]:
            worker.kill()

    def _next(self, busy: bool) -> Call | None:
        """Return what is to be done next; ``None`` at the end, or for a busy worker that has enough to do."""
        with self._changed:
            while not self._closed:
                if busy and len(self._waiting) < self._jobs:
                    return None
                if self._waiting:
                    return self._waiting.popleft()
                self._changed.wait()
        return None

    def _attend(self) -> None:
        try:
            self._feed_workers()
        except Exception as error:  # a defect, or no memory left: better an error than a hang
            self._closed = True
            for call in list(self._open.values()):
                self._tell(call, Failed(error))

    def _feed_workers(self) -> None:
        """Feed one worker after another until the end; those that are forked come only when there is work."""
        first = self._next(busy=False) if _FORKS else None
        while not self._closed:
            try:
                worker = self._origin.worker()
            except (OSError, EOFError) as error:
                self._refuse(first or self._next(busy=False), error)
                first = None
                continue
            self._workers.append(worker)
            first = self._feed(worker, first)
            self._workers.remove(worker)
            worker.close()

    def _feed(self, worker: _Worker, first: Call | None) -> Call | None:
        """Feed a worker until it dies; return what it died over if that may be tried again."""
        sent: deque[Call] = deque()
        upcoming = first
        try:
            while True:
                while len(sent) < _AT_ONCE:
                    call = upcoming or self._next(busy=bool(sent))
                    upcoming = None
                    if call is None:
                        break
                    sent.append(call)
                    worker.send(call)
                if not sent:
                    return None
                answer = worker.receive()
                self._tell(sent[0], answer)
                if not isinstance(answer, Progressed):
                    sent.popleft()
        except (OSError, EOFError):
            return self._bury(sent)

    def _bury(self, sent: deque[Call]) -> Call | None:
        """Take back what a dead worker was sent; it was at the first of it."""
        if self._closed or not sent:
            return None
        call = sent.popleft()
        with self._changed:
            self._waiting.extendleft(reversed(sent))
            self._changed.notify_all()
        call.lives -= 1
        if call.lives > 0:
            return call
        self._tell(call, Lost())
        return None

    def _refuse(self, call: Call | None, error: Exception) -> None:
        if call is not None and not self._closed:
            reason = getattr(error, "strerror", None) or _("it ended at once")
            said = PdtoolError(
                _("a worker process cannot be started ({reason})", reason=reason), _("work alone: --jobs 1")
            )
            self._tell(call, Failed(said))


class _Worker:
    """A running worker."""

    def __init__(self, calls: BinaryIO, answers: BinaryIO, child: subprocess.Popen[bytes] | None) -> None:
        self._calls = calls
        self._answers = answers
        self._child = child
        self.process: int = pickle.loads(read_frame(answers))  # noqa: S301 (pdtool's own process)

    def send(self, call: Call) -> None:
        """Send a call.

        Raises:
            OSError: If the worker is dead.
        """
        write_frame(self._calls, call.payload)

    def receive(self) -> Answer:
        """Return what the worker says next.

        Raises:
            EOFError: If it is dead.
        """
        payload = read_frame(self._answers)
        try:
            answer: Answer = pickle.loads(payload)  # noqa: S301 (pdtool's own process)
        except Exception as error:
            answer = Failed(error)
        return answer

    def kill(self) -> None:
        """End it, with its parser; one that was forked ends with its nursery."""
        if self._child is not None:
            _kill_group(self._child)

    def close(self) -> None:
        """Forget it; it is dead, or ends when it sees that."""
        for stream in (self._calls, self._answers):
            with suppress(OSError):
                stream.close()
        if self._child is not None:
            _kill_group(self._child)
            self._child.wait()


@dataclass(slots=True)
class _Origin:
    """Where workers come from.

    Args:
        arguments: What a worker or a nursery is started with.
    """

    arguments: list[Any]
    _nursery: subprocess.Popen[bytes] | None = None
    _control: Any = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self) -> None:
        """Start the nursery, if workers are forked from one.

        Raises:
            OSError: If it cannot be started.
        """
        if _FORKS:
            with self._lock:
                self._nursery_socket()

    def worker(self) -> _Worker:
        """Start a worker, and wait until it is there.

        Raises:
            OSError: If none can be started.
            EOFError: If it ended at once.
        """
        return self._forked() if _FORKS else self._spawned()

    def _forked(self) -> _Worker:
        import socket

        own, theirs = socket.socketpair()
        with own, theirs:
            with self._lock:
                try:
                    socket.send_fds(self._nursery_socket(), [b"w"], [theirs.fileno()])
                except OSError:  # it was killed; once more with another
                    self._end_nursery()
                    socket.send_fds(self._nursery_socket(), [b"w"], [theirs.fileno()])
            theirs.close()
            return _Worker(own.makefile("wb"), own.makefile("rb"), None)

    def _nursery_socket(self) -> Any:
        import socket

        if self._nursery is None:
            self._control, theirs = socket.socketpair()
            with theirs:
                self._nursery = subprocess.Popen(  # noqa: S603 (this Python, nothing of a document)
                    command("nursery", [theirs.fileno(), *self.arguments]),
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    env=environment(),
                    pass_fds=[theirs.fileno()],
                    process_group=0,
                )
        return self._control

    def _spawned(self) -> _Worker:
        apart: dict[str, Any] = {"process_group": 0}
        if sys.platform == "win32":
            apart = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
        child = subprocess.Popen(  # noqa: S603 (this Python, nothing of a document)
            command("worker", self.arguments),
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            **apart,
        )
        return _Worker(cast(BinaryIO, child.stdin), cast(BinaryIO, child.stdout), child)

    def kill(self) -> None:
        """End the nursery and all workers forked from it."""
        if self._nursery is not None:
            _kill_group(self._nursery)

    def _end_nursery(self) -> None:
        if self._nursery is not None:
            _kill_group(self._nursery)
            self._nursery.wait()
            self._nursery = None
            self._control.close()

    def close(self) -> None:
        """End the nursery, and wait until it ended."""
        with self._lock:
            self._end_nursery()


def _kill_group(leader: subprocess.Popen[bytes]) -> None:
    """Kill a process that was not waited for yet, and its children."""
    with suppress(OSError):
        if os.name == "nt":
            leader.kill()
        elif leader.returncode is None:
            os.killpg(leader.pid, signal.SIGKILL)
