"""Two hundred and more files made to break a reader: each is a row or a named error, and harms no other."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pdtool.output.escaping import visible
from tests.commandline import environment, heed_interrupts
from tests.corpus.hostile import build
from tests.corpus.makers import docx, paragraph
from tests.texts import handwritten

MEMORY = 1_000_000_000
LINUX = Path("/proc/self/task").exists()
TEXT = handwritten()[0].text


def _tree(process: int) -> Iterator[int]:
    """Yield a process and those it started."""
    yield process
    try:
        for task in Path(f"/proc/{process}/task").iterdir():
            for child in (task / "children").read_text(encoding="ascii").split():
                yield from _tree(int(child))
    except OSError:
        return  # it ended meanwhile


def _resident(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]) * 4096
    except (OSError, IndexError):
        return 0


def _start(arguments: list[str], temporary: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "pdtool", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**environment(), "TMPDIR": str(temporary)},
        preexec_fn=heed_interrupts if os.name == "posix" else None,
    )


def _run(arguments: list[str], temporary: Path) -> tuple[int, str, str, int]:
    """Return exit code, both outputs, and the most memory that the process tree held at a time."""
    process = _start(arguments, temporary)
    peak = 0

    def watch() -> None:
        nonlocal peak
        while process.poll() is None:
            peak = max(peak, sum(map(_resident, set(_tree(process.pid)))))
            time.sleep(0.05)

    watcher = threading.Thread(target=watch)
    watcher.start()
    out, errors = process.communicate(timeout=600)  # only against a hang
    watcher.join()
    return process.returncode, out.decode(), errors.decode(), peak


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """Make a folder with files that nothing is wrong with, and one for temporary files beside it."""
    (tmp_path / "temporary").mkdir()
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "good.txt").write_text(TEXT, encoding="gb18030")
    (folder / "good.docx").write_bytes(docx("".join(map(paragraph, TEXT.splitlines()))))
    (folder / "good.csv").write_text(f'id,text\n1,"{TEXT}"\n', encoding="utf-8")
    return folder


def test_hostile_files_harm_nobody(good: Path) -> None:
    """Each ends in a row or a named error; the rows of the good ones stay; memory stays bounded."""
    arguments = ["inspect", str(good), "--format", "tsv", "--plain", "--jobs", "2"]
    temporary = good.parent / "temporary"
    before = _run(arguments, temporary)[1].splitlines()
    names = build(good)
    assert len(names) >= 200
    code, out, errors, peak = _run(arguments, temporary)
    assert code == 2
    assert set(before) <= set(out.splitlines())
    shown = out + errors
    assert [name for name in names if visible(name) not in shown] == []
    assert "Traceback" not in errors
    assert "internal error" not in errors
    assert "\x1b" not in errors
    assert list(temporary.iterdir()) == []
    if LINUX:
        assert 0 < peak < MEMORY


@pytest.mark.skipif(not LINUX, reason="looks for processes in /proc")
def test_an_interrupt_ends_it_cleanly(good: Path) -> None:
    """Ctrl-C in the middle of a long parse: exit code 130, no process and no file left, no traceback."""
    (good / "slow.docx").write_bytes(docx("<w:p/>" * 2_500_000))
    temporary = good.parent / "temporary"
    process = _start(["inspect", str(good), "--jobs", "1"], temporary)
    tree: set[int] = set()
    for _ in range(600):
        tree = set(_tree(process.pid))
        if len(tree) > 1:
            break
        time.sleep(0.05)
    assert len(tree) > 1, "the parser never started"
    time.sleep(0.5)
    os.kill(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 130
    assert b"Traceback" not in errors
    time.sleep(0.5)
    assert [one for one in tree if _resident(one)] == []
    assert list(temporary.iterdir()) == []
