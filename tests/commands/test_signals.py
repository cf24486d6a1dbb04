"""Runs that are ended from outside: how fast, with which code, and what is left."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commandline import environment, run
from tests.commands.kills import SIGNALS, Range

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")

SHOTS = 20
FOLDER = "pdtool-run-0123456789abcdef"


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    """Make a folder for temporary files."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    return folder


@pytest.fixture
def text(tmp_path: Path) -> Path:
    """Make a document."""
    path = tmp_path / "a.txt"
    path.write_text("基层治理现代化。" * 20, encoding="utf-8")
    return path


def _sweep(text: Path, temporary: Path) -> None:
    done = run(["inspect", str(text), "-q"], env={"TMPDIR": str(temporary)})
    assert done.returncode == 0


@pytest.mark.parametrize("seed", [16, 17, 18])
def test_whatever_ends_a_run_it_ends_at_once_and_leaves_nothing(seed: int, tmp_path: Path) -> None:
    """All signals, kills and a closed pipe, over all commands and formats: the code, one line, no trace."""
    outcomes = list(Range(tmp_path, seed).shots(SHOTS, latest=1.2))
    assert [outcome for outcome in outcomes if outcome.faults] == []
    told = [outcome for outcome in outcomes if outcome.signal in {"SIGINT", "SIGTERM", "SIGHUP"}]
    assert max(outcome.seconds for outcome in told) < 2
    assert {outcome.signal for outcome in outcomes if outcome.ended_by_it} == set(SIGNALS)


def test_a_signal_that_is_ignored_stays_so(text: Path) -> None:
    """``nohup`` keeps a run alive when its terminal closes."""
    # It waits for its input, so that it is still there when the signal comes.
    script = 'trap "" HUP; { sleep 1; cat "$0"; } | "$@" & sleep 0.6; kill -HUP $!; wait $!'
    command = [sys.executable, "-m", "pdtool", "dedupe", "-", "-q"]
    done = subprocess.run(
        ["/bin/sh", "-c", script, str(text), *command], env=environment(), capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")


def _dead_folder(temporary: Path, output: Path) -> Path:
    """Make what a killed run leaves: its folder, whose lock is free, and an output that is not whole."""
    folder = temporary / FOLDER
    (folder / "deep").mkdir(parents=True)
    folder.chmod(0o700)
    (folder / "deep" / "text").write_text("私人文件", encoding="utf-8")
    (folder / "lock").touch()
    half_made = output / ".pdtool-0123456789ab.tmp"
    half_made.write_text("half", encoding="utf-8")
    (folder / "outputs-7").write_bytes(
        os.fsencode(half_made) + b"\0" + os.fsencode(output / "whole.csv") + b"\0"
    )
    return folder


def test_the_next_run_removes_what_a_killed_one_left(text: Path, temporary: Path, tmp_path: Path) -> None:
    """Its folder and the half-made output that its journal names, and nothing else that stands there."""
    (tmp_path / "whole.csv").write_text("whole", encoding="utf-8")
    _dead_folder(temporary, tmp_path)
    other = temporary / "pdtool-results"
    other.mkdir(mode=0o700)
    _sweep(text, temporary)
    assert list(temporary.iterdir()) == [other]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "temporary", "whole.csv"]


def test_a_run_that_lives_keeps_its_folder(text: Path, temporary: Path, tmp_path: Path) -> None:
    """A lock that is held, and a folder that is just being made, are left alone."""
    folder = _dead_folder(temporary, tmp_path)
    new = temporary / "pdtool-run-fedcba9876543210"
    new.mkdir(mode=0o700)
    with (folder / "lock").open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _sweep(text, temporary)
        assert (folder / "deep" / "text").exists() and (tmp_path / ".pdtool-0123456789ab.tmp").exists()
    _sweep(text, temporary)
    assert list(temporary.iterdir()) == [new]
    os.utime(new, (time.time() - 3600,) * 2)
    _sweep(text, temporary)
    assert list(temporary.iterdir()) == []


def test_links_and_folders_that_others_can_enter_are_left_alone(
    text: Path, temporary: Path, tmp_path: Path
) -> None:
    """Nobody makes pdtool remove something by putting it, or a link to it, where its folders are."""
    target = _dead_folder(tmp_path / "elsewhere", tmp_path)
    (temporary / FOLDER).symlink_to(target)
    shared = temporary / "pdtool-run-fedcba9876543210"
    shared.mkdir()
    shared.chmod(0o755)
    (shared / "lock").touch()
    _sweep(text, temporary)
    assert (target / "deep" / "text").exists()
    assert sorted(path.name for path in temporary.iterdir()) == sorted((FOLDER, shared.name))


def test_a_link_inside_a_folder_is_removed_and_not_followed(
    text: Path, temporary: Path, tmp_path: Path
) -> None:
    """What it points to stays, and so does the file that a journal names by a link."""
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "file").touch()
    folder = _dead_folder(temporary, tmp_path)
    half_made = tmp_path / ".pdtool-0123456789ab.tmp"
    half_made.unlink()
    half_made.symlink_to(tmp_path / "kept" / "file")
    (folder / "link").symlink_to(tmp_path / "kept")
    _sweep(text, temporary)
    assert list(temporary.iterdir()) == []
    assert half_made.is_symlink() and (tmp_path / "kept" / "file").exists()


@pytest.fixture
def script(tmp_path: Path) -> Iterator[Path]:
    """Make a program that uses the library without a guard, on a corpus that is worth workers."""
    texts = ("".join(chr(0x4E00 + (n * k) % 5000) for k in range(1500)) for n in range(800))
    rows = [json.dumps({"text": f"第{n}号{text}"}, ensure_ascii=False) for n, text in enumerate(texts)]
    (tmp_path / "rows.jsonl").write_text("\n".join(rows), encoding="utf-8")
    path = tmp_path / "plain.py"
    path.write_text(
        "import sys, threading\n"
        "print('began', flush=True)\n"
        "from pdtool import DedupeOptions, dedupe, scan\n"
        "def work():\n"
        "    with scan(['rows.jsonl']) as corpus:\n"
        "        print(len(dedupe(corpus, DedupeOptions(jobs=2)).documents), flush=True)\n"
        "thread = threading.Thread(target=work)\n"
        "if sys.argv[1] == 'thread':\n"
        "    thread.start(); thread.join()\n"
        "else:\n"
        "    work()\n",
        encoding="utf-8",
    )
    yield path


@pytest.mark.parametrize("way", ["plain", "thread"])
def test_the_library_works_in_a_plain_program_and_in_a_thread(
    script: Path, temporary: Path, way: str
) -> None:
    """Workers do not run the program again, and nothing is left when it ends."""
    done = subprocess.run(
        [sys.executable, str(script), way],
        cwd=script.parent,
        env=environment(TMPDIR=str(temporary)),
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"began\n800\n", b"")
    assert list(temporary.iterdir()) == []
