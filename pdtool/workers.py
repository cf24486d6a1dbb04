"""Where the heavy work runs: in this process, or in worker processes on this machine.

Tasks are small and picklable (sources, never documents), and so are results. Results come back in the
order of the tasks, so that nothing depends on how many workers there are.
"""

from __future__ import annotations

import os
import queue
import stat
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from pdtool.errors import PdtoolError
from pdtool.language import _
from pdtool.progress import reporting_to

if TYPE_CHECKING:
    from concurrent.futures import Future

    from pdtool.worker_pool import Answer, Call, Pool

__all__ = ["ALONE_BYTES", "Workers", "are_large", "batches", "in_threads", "processors", "started_early"]

Task = TypeVar("Task")
Result = TypeVar("Result")

ALONE_BYTES = 3_000_000
"""A corpus up to this size is done in one process before workers would have started."""
AHEAD = 4
"""Tasks waiting for each worker: enough to keep it busy, few enough to bound what lies in queues."""


def processors() -> int:
    """Return how many processors this process may use, at least 1."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


def _ignore(_: int) -> None:
    """Hear of progress, and do nothing about it."""


class Workers:
    """A pool of worker processes, or none.

    Args:
        jobs: Worker processes; 1 works in this process, 0 takes as many as there are processors.
    """

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs or processors()
        self._pool: Pool | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.close()

    def start(self, module: str, function: str) -> None:
        """Have what the workers need loaded before there is anything to do.

        Args:
            module: Its name, so that whoever only starts workers need not import it.
            function: What is called before there is work: it loads what they will need, and yields after each
                piece of it.
        """
        if self.jobs > 1:
            with suppress(OSError):  # it is tried again when there is work, and then it is said
                self._pool = self._new_pool(module, function)

    def map(
        self,
        function: Callable[[Task], Result],
        tasks: Sequence[Task],
        advance: Callable[[int], None] = _ignore,
        instead: Callable[[Task], Result] | None = None,
        lives: int = 2,
    ) -> Iterator[Result]:
        """Yield ``function(task)`` for every task, in order.

        Args:
            function: What is done; what it counts by :func:`pdtool.progress.report` is passed on.
            tasks: What it is done to.
            advance: Called with the steps that were counted, as they come.
            instead: What is done, in this process, where workers died over a task as often as they may.
            lives: How many that is. A single task is done in this process, unless it is 1 or workers are
                there already, which have loaded what it takes.

        Raises:
            PdtoolError: If workers died over a task, most often for want of memory, and nothing is done
                instead.
        """
        if self.jobs == 1 or not tasks or (len(tasks) == 1 and lives > 1 and self._pool is None):
            yield from _in_this_process(function, tasks, advance)
            return
        for task, answer in zip(tasks, self._answers(function, tasks, advance, lives), strict=True):
            yield _result_of(task, answer, instead)

    def _answers(
        self,
        function: Callable[[Task], Result],
        tasks: Sequence[Task],
        advance: Callable[[int], None],
        lives: int,
    ) -> Iterator[Answer]:
        from pdtool.worker_pool import Call
        from pdtool.worker_process import Progressed, pickled

        pool = self._started(function.__module__)
        heard: queue.SimpleQueue[tuple[int, Answer]] = queue.SimpleQueue()
        ended: dict[int, Answer] = {}
        calls: list[Call] = []
        try:
            for wanted in range(len(tasks)):
                for task in tasks[len(calls) : wanted + self.jobs * AHEAD]:
                    calls.append(Call(pickled((function, task)), partial(_put, heard, len(calls)), lives))
                    pool.submit(calls[-1])
                while wanted not in ended:
                    number, answer = heard.get()
                    if isinstance(answer, Progressed):
                        advance(answer.steps)
                    else:
                        ended[number] = answer
                yield ended.pop(wanted)
        finally:
            pool.cancel(calls)

    def _started(self, module: str) -> Pool:
        if self._pool is None:
            self._pool = self._new_pool(module, "")
        return self._pool

    def _new_pool(self, module: str, function: str) -> Pool:
        from pdtool.worker_pool import Pool

        return Pool(self.jobs, [module], function)


def _put(heard: queue.SimpleQueue[tuple[int, Answer]], number: int, answer: Answer) -> None:
    heard.put((number, answer))


def _in_this_process(
    function: Callable[[Task], Result], tasks: Sequence[Task], advance: Callable[[int], None]
) -> Iterator[Result]:
    for task in tasks:
        with reporting_to(advance):
            result = function(task)
        yield result


def _result_of(task: Task, answer: Answer, instead: Callable[[Task], Result] | None) -> Any:
    """Return what a call returned, or raise what it raised."""
    from pdtool.worker_process import Ended, Failed

    if isinstance(answer, Ended):
        return answer.result
    if isinstance(answer, Failed):
        raise answer.error
    if instead is not None:
        return instead(task)
    raise PdtoolError(
        _("worker processes ended twice over the same work (out of memory?)"),
        _("use fewer of them, such as --jobs 1"),
    )


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
    from concurrent.futures import ThreadPoolExecutor  # takes 4 ms to import

    with ThreadPoolExecutor(threads) as pool:
        waiting: deque[Future[Result]] = deque()
        for task in tasks:
            waiting.append(pool.submit(function, task))
            if len(waiting) > threads:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def are_large(paths: Sequence[str]) -> bool:
    """Return whether the files that are named are more than one process's work, before any is read."""
    return sum(map(_size, paths)) > ALONE_BYTES


@contextmanager
def started_early(jobs: int, paths: Sequence[str], module: str) -> Iterator[Workers | None]:
    """Start workers where there is much to read; ``None`` where there is little.

    They load their libraries while this process loads its own and divides tables into rows.

    Args:
        jobs: How many, as of :class:`Workers`.
        paths: What is read.
        module: The name of the module whose function ``warm_up`` loads what they will need.
    """
    if not are_large(paths):
        yield None
        return
    with Workers(jobs) as workers:
        workers.start(module, "warm_up")
        yield workers


def _size(path: str) -> int:
    """Return the bytes of a file; 0 if it is not a file."""
    with suppress(OSError, ValueError):
        status = os.stat(path)  # noqa: PTH116 (a pattern or "-" is not a path yet)
        return status.st_size if stat.S_ISREG(status.st_mode) else 0
    return 0


def batches(sizes: Sequence[int], limit: int, smallest: int | None = None) -> list[slice]:
    """Cut a list of documents into batches of at most ``limit`` bytes, or of one larger document.

    Args:
        sizes: The bytes of each document, in the order of the list.
        limit: Bytes of a batch.
        smallest: Bytes of the first batch, from which on each may have twice as many as the one before;
            ``None``: all may have ``limit``.

    >>> batches([5, 5, 50], 10)
    [slice(0, 2, None), slice(2, 3, None)]
    >>> batches([5, 5, 5, 5], 10, 5)
    [slice(0, 1, None), slice(1, 3, None), slice(3, 4, None)]
    """
    result, first, held = [], 0, 0
    most = limit if smallest is None else min(smallest, limit)
    for index, size in enumerate(sizes):
        if index > first and held + size > most:
            result.append(slice(first, index))
            first, held, most = index, 0, min(limit, 2 * most)
        held += size
    if first < len(sizes):
        result.append(slice(first, len(sizes)))
    return result
