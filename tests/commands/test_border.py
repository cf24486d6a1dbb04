"""The process border: help, versions, signals, broken streams, and errors nobody foresaw."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from pdtool import __version__
from pdtool.__main__ import ExitCode, main
from pdtool.cli import command_line
from pdtool.commands import COMMANDS
from tests.commandline import COMMAND, environment, heed_interrupts, run
from tests.commands.conftest import Call

posix = pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals and devices")


def options_of(name: str) -> list[Any]:
    """Return the options of a command."""
    command: Any = command_line().get_command(None, name)  # type: ignore[arg-type]
    return [parameter for parameter in command.params if parameter.param_type_name == "option"]


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_opens_with_examples_and_names_every_option(
    call: Call, tmp_path: Path, name: str
) -> None:
    """Nothing a command can do is missing from its help, which fits 80 columns."""
    shown = call([name, "-h"], tmp_path).stdout.decode()
    assert 0 < shown.index("Examples:") < shown.index("Most used:")
    for option in options_of(name):
        assert all(opt in shown for opt in option.opts)
        assert option.help
    assert max(map(len, shown.splitlines())) < 80


def test_the_help_names_every_command(call: Call, tmp_path: Path) -> None:
    """``-h`` and ``--help`` are one page on standard output, with every command."""
    done = call(["-h"], tmp_path)
    assert done == call(["--help"], tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert all(name in done.stdout.decode() for name in COMMANDS)


def test_no_command_shows_the_help_as_an_error(call: Call, tmp_path: Path) -> None:
    """A script that lost its command must not look successful."""
    done = call([], tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == call(["-h"], tmp_path).stdout


def test_an_unknown_command_names_the_nearest(call: Call, tmp_path: Path) -> None:
    """A slip of the finger is told what was probably meant."""
    done = call(["dedup"], tmp_path)
    assert done.returncode == 2
    assert done.stderr == b"pdtool: there is no command 'dedup'\ntry: pdtool dedupe\n"


def test_the_version(call: Call, tmp_path: Path) -> None:
    """One line, for scripts."""
    assert call(["--version"], tmp_path).stdout.decode() == f"pdtool {__version__}\n"


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (
            ValueError("odd\x1b"),
            ExitCode.DEFECT,
            [b"defect of pdtool", b"ValueError: odd\\x1b", b"PDTOOL_DEBUG"],
        ),
        (MemoryError(), ExitCode.ERROR, [b"not enough memory", b"try: "]),
        (PermissionError(13, "Permission denied", "a\nb"), ExitCode.ERROR, [b"a\\nb: Permission denied"]),
        (OSError("no number"), ExitCode.ERROR, [b"pdtool: no number"]),
        (KeyboardInterrupt(), ExitCode.INTERRUPTED, []),
    ],
)
def test_any_error_is_a_sentence_and_a_code(
    monkeypatch: pytest.MonkeyPatch,
    call: Call,
    tmp_path: Path,
    error: BaseException,
    code: int,
    words: list[bytes],
) -> None:
    """Whatever is raised, no traceback is shown; interrupted work ends without a word."""

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr("pdtool.corpus.scan.scan", fail)
    done = call(["dedupe", "x"], tmp_path)
    assert done.returncode == code and b"Traceback" not in done.stderr
    assert all(word in done.stderr for word in words) and (words or not done.stderr)


def test_the_traceback_can_be_asked_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """``PDTOOL_DEBUG=1`` shows where."""
    monkeypatch.setenv("PDTOOL_DEBUG", "1")
    assert main(["nothing"]) == ExitCode.ERROR
    assert "Traceback" in capsys.readouterr().err


@posix
@pytest.mark.parametrize("arguments", [["--help"], ["dedupe", "a.txt"], ["dedupe", "--kept", "a.txt"]])
def test_a_closed_pipe_ends_quietly(tmp_path: Path, arguments: list[str]) -> None:
    """The reader went away (``| head -1``): no message, not even from Python's own end."""
    (tmp_path / "a.txt").write_text("基层治理现代化。" * 20, encoding="utf-8")
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(
            [str(COMMAND), *arguments],
            cwd=tmp_path,
            stdout=writer,
            stderr=subprocess.PIPE,
            env=environment(),
            check=False,
            timeout=120,
        )
    finally:
        os.close(writer)
    assert done.stderr == b""
    assert done.returncode == 128 + signal.SIGPIPE


@posix
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["dedupe", "a.txt"]])
def test_a_full_standard_output_is_an_error(tmp_path: Path, arguments: list[str]) -> None:
    """What could not be written is said, once, with exit code 2."""
    (tmp_path / "a.txt").write_text("基层治理现代化。" * 20, encoding="utf-8")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [str(COMMAND), *arguments],
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment(),
            check=False,
            timeout=120,
        )
    assert done.returncode == 2
    assert done.stderr.lower().count(b"no space") == 1 and b"Exception ignored" not in done.stderr


@posix
def test_interrupted_work_ends_with_130_and_one_line(tmp_path: Path) -> None:
    """Ctrl-C during work: exit code 130, one line, no file left."""
    process = subprocess.Popen(
        [str(COMMAND), "dedupe", "-", "-o", "x.csv"],
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
        start_new_session=True,
        preexec_fn=heed_interrupts,
    )
    assert process.stdin is not None
    try:
        _fill(process.stdin.fileno())
        os.killpg(process.pid, signal.SIGINT)
        stdout, stderr = process.communicate(timeout=60)
    finally:
        process.kill()
        process.wait()
    assert (process.returncode, stdout, stderr) == (130, b"", b"pdtool: interrupted\n")
    assert not list(tmp_path.iterdir())


@posix
def test_interrupted_workers_leave_nothing_behind(tmp_path: Path) -> None:
    """Ctrl-C while workers read: exit code 130, one line, no temporary file, no process."""
    texts, temporary = tmp_path / "texts.jsonl", tmp_path / "temporary"
    temporary.mkdir()
    # Every document different, and in all more than is done before anybody can stop it.
    texts_of = ("".join(chr(0x4E00 + (n * k) % 5000) for k in range(1500)) for n in range(4000))
    rows = ({"text": f"第{n}号{text}"} for n, text in enumerate(texts_of))
    texts.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    process = subprocess.Popen(
        [str(COMMAND), "dedupe", str(texts), "--jobs", "2", "-o", str(tmp_path / "x.csv")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(TMPDIR=str(temporary)),
        start_new_session=True,
        preexec_fn=heed_interrupts,
    )
    try:
        while not list(temporary.glob("pdtool-*/*/folds-*")) and process.poll() is None:
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGINT)
        stdout, stderr = process.communicate(timeout=60)
    finally:
        process.kill()
        process.wait()
    assert (process.returncode, stdout, stderr) == (130, b"", b"pdtool: interrupted\n")
    assert list(temporary.iterdir()) == [] and not (tmp_path / "x.csv").exists()


def _fill(pipe: int) -> None:
    """Write more than a pipe holds: when it has been taken, pdtool is at work reading."""
    left = b"x" * (1 << 18)
    deadline = time.monotonic() + 60
    os.set_blocking(pipe, False)
    while left and time.monotonic() < deadline:
        try:
            left = left[os.write(pipe, left) :]
        except BlockingIOError:
            time.sleep(0.01)
    os.set_blocking(pipe, True)


def test_no_file_is_opened_without_an_encoding(tmp_path: Path) -> None:
    """The classic defect of a tool for Chinese text: Python reports each such ``open`` in the tests."""
    (tmp_path / "a.txt").write_text("基层治理现代化。" * 20, encoding="utf-8")
    (tmp_path / "pdtool.toml").write_text("[dedupe]\n", encoding="utf-8")
    for name in ("x.csv", "x.xlsx", "x.md"):
        done = run(
            ["dedupe", "a.txt", "-q", "--config", "pdtool.toml", "--manifest", "m.json", "-o", name], tmp_path
        )
        assert (done.returncode, done.stderr) == (0, b"")
