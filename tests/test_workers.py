"""Workers: order, laziness about starting, and what happens when one dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path

import pytest

from pdtool import worker_pool
from pdtool.errors import PdtoolError
from pdtool.workers import ALONE_BYTES, Workers, are_large, batches


def square(number: int) -> tuple[int, int]:
    """Return a square and who worked it out."""
    return number * number, os.getpid()


def die(_: int) -> int:
    """End this process at once."""
    os._exit(9)


def test_results_come_in_the_order_of_the_tasks_from_other_processes() -> None:
    """Two workers do the work, and nobody can tell from the results' order."""
    with Workers(2) as workers:
        results = list(workers.map(square, range(50)))
    assert [value for value, _ in results] == [n * n for n in range(50)]
    assert os.getpid() not in {process for _, process in results}


def test_workers_that_are_not_forked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where processes cannot be forked, as on Windows and macOS, each worker is started by itself."""
    monkeypatch.setattr(worker_pool, "_FORKS", False)
    with Workers(2) as workers:
        results = list(workers.map(square, range(50)))
        with pytest.raises(PdtoolError, match="worker process"):
            list(workers.map(die, range(2)))
    assert [value for value, _ in results] == [n * n for n in range(50)]
    assert os.getpid() not in {process for _, process in results}


def test_one_job_works_in_this_process() -> None:
    """With one job no process is started."""
    with Workers(1) as workers:
        assert {process for _, process in workers.map(square, range(5))} == {os.getpid()}


def test_workers_can_be_started_before_there_is_work() -> None:
    """They load what they will need, by its name, and then do the work; one job starts nobody."""
    with Workers(2) as workers:
        workers.start("pdtool.reuse.warm_up", "warm_up")
        assert [value for value, _ in workers.map(square, range(3))] == [0, 1, 4]
    with Workers(1) as alone:
        alone.start("no.such.module", "nothing")
        assert [value for value, _ in alone.map(square, range(3))] == [0, 1, 4]


@pytest.mark.parametrize(
    "module",
    [
        "pdtool.concordance.contexts",
        "pdtool.frequencies.words",
        "pdtool.keywords.tasks",
        "pdtool.similarity.features",
        "pdtool.themes.counting",
    ],
)
def test_what_workers_load_can_be_loaded(module: str) -> None:
    """A mistake there would show in nothing but the time: workers go on without."""
    assert list(import_module(module).warm_up())


def test_only_large_files_are_worth_workers(tmp_path: Path) -> None:
    """Small files, folders, patterns and names that are no paths are not."""
    small, large = tmp_path / "small.jsonl", tmp_path / "large.jsonl"
    small.write_bytes(b"x")
    large.write_bytes(b"x" * (ALONE_BYTES + 1))
    assert are_large([str(small), str(large)])
    assert not are_large([str(small), str(tmp_path), "*.txt", "-", "a\0b"])


def test_a_worker_that_dies_is_a_clear_error() -> None:
    """A killed worker ends the run with a sentence and a remedy, not with a hang."""
    with Workers(2) as workers, pytest.raises(PdtoolError, match="ended twice") as caught:
        list(workers.map(die, range(4)))
    assert "--jobs 1" in caught.value.hint


def test_batches_cover_all_documents_once() -> None:
    """Batches are consecutive, and only a single document may exceed the limit."""
    sizes = [3, 3, 3, 99, 1, 1]
    cuts = batches(sizes, 6)
    assert [list("abcdef")[cut] for cut in cuts] == [["a", "b"], ["c"], ["d"], ["e", "f"]]


def test_workers_start_where_the_temporary_folder_has_a_long_name(tmp_path: Path) -> None:
    """A fork server's socket would have too long a path there: they are started in another way."""
    folder = tmp_path / ("long" * 30)
    folder.mkdir()
    script = (
        "import operator; from pdtool.workers import Workers\n"
        "with Workers(2) as workers: print(list(workers.map(operator.neg, range(3))))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=os.environ | {"TMPDIR": str(folder)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.strip() == "[0, -1, -2]"
    assert not done.stderr


@pytest.mark.skipif(os.name != "posix", reason="looks for processes by signals")
def test_workers_end_when_their_parent_is_killed() -> None:
    """Nothing stays behind that holds memory, whatever ended the run."""
    script = (
        "import os, time; from pdtool.workers import Workers\n"
        "with Workers(2) as workers:\n"
        "    print(*workers.map(os.getpgid, [0, 0]), flush=True)\n"
        "    time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, start_new_session=True)
    assert parent.stdout is not None
    group = int(parent.stdout.readline().split()[0])
    parent.kill()
    parent.wait()
    parent.stdout.close()
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    os.killpg(group, signal.SIGKILL)
    pytest.fail("workers are still there")
