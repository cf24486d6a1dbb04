"""Where the heavy work runs: in this process, or in worker processes on this machine.

Tasks are small and picklable (sources, never documents), and so are results. Results come back in the
order of the tasks, so that nothing depends on how many workers there are.
"""

from __future__ import annotations

import importlib
import multiprocessing
import os
import signal
import stat
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from threading import Thread
from types import TracebackType
from typing import Self, TypeVar

from pdtool.errors import PdtoolError

__all__ = ["ALONE_BYTES", "Workers", "are_large", "batches", "in_threads", "processors"]

Task = TypeVar("Task")
Result = TypeVar("Result")

ALONE_BYTES = 3_000_000
"""A corpus up to this size is done in one process before workers would have started."""
STARTS = ("forkserver", "spawn") if sys.platform == "linux" else ("spawn",)
"""How workers are started: in the first way that works here. Never by forking this process, which copies the
locks of other threads as they happen to be. A fork server loads the libraries once for all workers; elsewhere
than on Linux system libraries do not allow it, and where the temporary folder has a long name or allows no
sockets it cannot be reached."""
AHEAD = 4
"""Tasks waiting for each worker: enough to keep it busy, few enough to bound what lies in queues."""


def processors() -> int:
    """Return how many processors this process may use, at least 1."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


def _become_worker() -> None:
    """Leave interrupts to the parent, and end when it ends in any way, killed for want of memory too."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _call(module: str, function: str) -> None:
    getattr(importlib.import_module(module), function)()


class Workers:
    """A pool of worker processes, or none.

    Args:
        jobs: Worker processes; 1 works in this process, 0 takes as many as there are processors.
    """

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs or processors()
        self._pool: ProcessPoolExecutor | None = None
        self._starting: Thread | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._wait_for_start()
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def start(self, module: str, function: str) -> None:
        """Start the workers before there is anything to do, so that they are there when there is.

        Args:
            module: Its name, so that whoever only starts workers need not import it.
            function: What each of them calls first: it loads what it will need.
        """
        if self.jobs > 1:
            # In a thread: a worker's start waits until the fork server has loaded the module.
            self._starting = Thread(target=self._start, args=(module, function))
            self._starting.start()

    def _start(self, module: str, function: str) -> None:
        if "forkserver" in STARTS:
            multiprocessing.set_forkserver_preload([module])
        with suppress(OSError, RuntimeError):  # it is tried again when there is work, and then it is said
            pool = self._new_pool()
            for _ in range(self.jobs):
                pool.submit(_call, module, function)
            self._pool = pool

    def _wait_for_start(self) -> None:
        if self._starting is not None:
            self._starting.join()
            self._starting = None

    def map(self, function: Callable[[Task], Result], tasks: Sequence[Task]) -> Iterator[Result]:
        """Yield ``function(task)`` for every task, in order.

        Raises:
            PdtoolError: If a worker process died, most often for want of memory.
        """
        if self.jobs == 1 or len(tasks) < 2:
            yield from map(function, tasks)
            return
        try:
            yield from _in_order(self._started(), function, tasks, self.jobs * AHEAD)
        except BrokenProcessPool as error:
            raise PdtoolError(
                "a worker process ended before its work was done (out of memory?)",
                "use fewer of them, such as --jobs 1",
            ) from error

    def _started(self) -> ProcessPoolExecutor:
        self._wait_for_start()
        if self._pool is None:
            self._pool = self._new_pool()
        return self._pool

    def _new_pool(self) -> ProcessPoolExecutor:
        *preferred, last = STARTS
        for method in preferred:
            with suppress(OSError):
                return self._pool_of(method)
        return self._pool_of(last)

    def _pool_of(self, method: str) -> ProcessPoolExecutor:
        """Start a pool with its first worker, so that a way that does not work here is seen at once.

        Raises:
            OSError: If it does not.
        """
        context = multiprocessing.get_context(method)
        pool = ProcessPoolExecutor(self.jobs, context, initializer=_become_worker)
        pool.submit(os.getpid)
        return pool


def in_threads(function: Callable[[Task], Result], tasks: Iterable[Task], threads: int) -> Iterator[Result]:
    """Yield ``function(task)`` for every task, in order; tasks are drawn as threads come free.

    For work on large arrays, during which the interpreter lock is released.

    Args:
        function: What is done.
        tasks: What it is done to, few at a time.
        threads: 1 works in the calling thread.
    """
    if threads == 1:
        yield from map(function, tasks)
        return
    with ThreadPoolExecutor(threads) as pool:
        yield from _in_order(pool, function, tasks, threads + 1)


def _in_order(
    pool: Executor, function: Callable[[Task], Result], tasks: Iterable[Task], ahead: int
) -> Iterator[Result]:
    """Yield ``function(task)`` for every task, in the order of the tasks.

    Args:
        pool: The workers or threads that call the function.
        function: What is done.
        tasks: What it is done to; drawn one by one, never more than ``ahead`` before their results.
        ahead: Results that are waited for at a time, at least 1.
    """
    waiting: deque[Future[Result]] = deque()
    for task in tasks:
        waiting.append(pool.submit(function, task))
        if len(waiting) >= ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def are_large(paths: Sequence[str]) -> bool:
    """Return whether the files that are named are more than one process's work, before any is read."""
    return sum(map(_size, paths)) > ALONE_BYTES


def _size(path: str) -> int:
    """Return the bytes of a file; 0 if it is not a file."""
    with suppress(OSError, ValueError):
        status = os.stat(path)  # noqa: PTH116 (a pattern or "-" is not a path yet)
        return status.st_size if stat.S_ISREG(status.st_mode) else 0
    return 0


def batches(sizes: Sequence[int], limit: int) -> list[slice]:
    """Cut a list of documents into batches of at most ``limit`` bytes, or of one larger document.

    Args:
        sizes: The bytes of each document, in the order of the list.
        limit: Bytes of a batch.

    >>> batches([5, 5, 50], 10)
    [slice(0, 2, None), slice(2, 3, None)]
    """
    result, first, held = [], 0, 0
    for index, size in enumerate(sizes):
        if index > first and held + size > limit:
            result.append(slice(first, index))
            first, held = index, 0
        held += size
    if first < len(sizes):
        result.append(slice(first, len(sizes)))
    return result
