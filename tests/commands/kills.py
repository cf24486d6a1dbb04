"""Kills and signals at random moments, over all commands and formats, and what is left afterwards."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.commandline import COMMAND, environment, heed_interrupts, run
from tests.corpus.makers import damaged_samples
from tests.texts import library

__all__ = ["CLOSED_PIPE", "SIGNALS", "Outcome", "Range"]

CLOSED_PIPE = "closed pipe"
"""Not sent: the reader of standard output goes away."""
SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGKILL", CLOSED_PIPE)
"""What ends a run from outside."""
CODES = {"SIGINT": 130, "SIGTERM": 143, "SIGHUP": 129, "SIGKILL": -9, CLOSED_PIPE: 141}
"""The exit codes that are expected; a run may also have ended before."""
OLD = b"the result of an earlier run\n"
"""What stands where a result will be."""
BYTES = 3_300_000
"""Bytes of the corpus that is worth workers."""
COPIES = 12
"""Documents of every format in the corpus that keeps parsers busy."""
_HALF_MADE = re.compile(r"\.pdtool-[0-9a-f]{12}\.tmp")
_COMMANDS: tuple[tuple[str, ...], ...] = (
    ("dedupe", "-o", "OUT.csv"),
    ("dedupe", "--by", "passage", "-o", "OUT.xlsx"),
    ("keywords", "-o", "OUT.csv"),
    ("compare", "-o", "OUT.csv"),
    ("themes", "-o", "OUT.xlsx"),
    ("inspect", "-o", "OUT.jsonl"),
    ("inspect", "--by", "edit", "-o", "OUT.csv"),
    ("clean", "-o", "OUT"),
    ("freq", "-o", "OUT.csv"),
    ("kwic", "--term", "治理", "-o", "OUT.csv"),
    ("network", "-o", "OUT.csv"),
    ("topics", "--topics", "3", "-o", "OUT.csv"),
    ("cite", "-o", "OUT.csv"),
    ("report", "-o", "OUT.html"),
)
_TABLES = ("dedupe", "keywords", "compare", "themes", "inspect", "freq", "cite")
"""The commands that write a table to standard output."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one run that was ended.

    Args:
        command: The command and its options.
        signal: What ended it.
        moment: Seconds after its start.
        seconds: Seconds from then to its end.
        code: The exit code.
        faults: What should not be: a traceback, a process or file left, a damaged output.
    """

    command: str
    signal: str
    moment: float
    seconds: float
    code: int
    faults: tuple[str, ...]

    @property
    def ended_by_it(self) -> bool:
        """Whether the run had not ended by itself before."""
        return self.code == CODES[self.signal]


class Range:
    """A place to shoot at pdtool.

    Args:
        folder: An empty folder.
        seed: Decides commands, signals and moments.
    """

    def __init__(self, folder: Path, seed: int) -> None:
        self._rng = Random(seed)
        self._temporary = folder / "temporary"
        self._work = folder / "work"
        self._temporary.mkdir()
        self._work.mkdir()
        self._corpora = [
            _all_formats(folder / "formats"),
            _large(folder / "large.jsonl"),
            _many_formats(folder / "many"),
        ]
        self._whole: dict[tuple[str, ...], dict[str, bytes]] = {}

    def shots(self, number: int, latest: float) -> Iterator[Outcome]:
        """Yield what comes of runs that are ended, one signal after the other.

        Args:
            number: How many.
            latest: Seconds after the start at which the last signal comes.
        """
        for shot in range(number):
            arguments = [*self._rng.choice(_COMMANDS), "--jobs", self._rng.choice("12")]
            corpus = self._rng.choice(self._corpora)
            moment = self._rng.uniform(0.15, latest)
            signal_name = SIGNALS[shot % len(SIGNALS)]
            if signal_name == CLOSED_PIPE:
                corpus = self._corpora[0]  # nothing is written before all is read
                arguments = [self._rng.choice(_TABLES)]
            yield self._shoot([arguments[0], str(corpus), *arguments[1:]], signal_name, moment)

    def _shoot(self, arguments: Sequence[str], signal_name: str, moment: float) -> Outcome:
        self._prepare(arguments)
        begun = time.monotonic()
        process = subprocess.Popen(
            [str(COMMAND), *arguments],
            cwd=self._work,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if signal_name == CLOSED_PIPE else subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=self._environment(),
            start_new_session=True,
            preexec_fn=heed_interrupts,
        )
        if signal_name == CLOSED_PIPE:
            assert process.stdout is not None
            process.stdout.close()
            process.stdout = None
        else:
            time.sleep(moment)
            while signal_name != "SIGKILL" and not _heeds(process.pid):
                time.sleep(0.001)  # Python itself is still starting
            begun = time.monotonic()
            os.kill(process.pid, getattr(signal, signal_name))
        if signal_name != CLOSED_PIPE:
            process.wait(timeout=300)  # it says nothing that a pipe could not hold
        seconds = time.monotonic() - begun
        _, errors = process.communicate(timeout=300)
        code = process.returncode
        faults = tuple(self._faults(arguments, signal_name, code, errors.decode()))
        return Outcome(" ".join(_shown(arguments)), signal_name, moment, seconds, code, faults)

    def _environment(self) -> dict[str, str]:
        return environment(TMPDIR=str(self._temporary))

    def _prepare(self, arguments: Sequence[str]) -> None:
        shutil.rmtree(self._work)
        self._work.mkdir()
        target = self._target(arguments)
        if target is not None and target.suffix:
            target.write_bytes(OLD)

    def _target(self, arguments: Sequence[str]) -> Path | None:
        return self._work / arguments[arguments.index("-o") + 1] if "-o" in arguments else None

    def _faults(self, arguments: Sequence[str], signal_name: str, code: int, errors: str) -> Iterator[str]:
        if code not in (CODES[signal_name], 0, 2):
            yield f"exit code {code}"
        if "Traceback" in errors or "Exception ignored" in errors:
            yield f"traceback: {errors[-300:]}"
        asked = signal_name in {"SIGINT", "SIGTERM", "SIGHUP"}
        if asked and code == CODES[signal_name] and errors.count("\n") != 1:
            yield f"not one line: {errors[-300:]}"
        yield from self._left_over(signal_name)
        yield from self._damaged(arguments)

    def _left_over(self, signal_name: str) -> Iterator[str]:
        deadline = time.monotonic() + 2
        while (left := _processes(self._temporary)) and time.monotonic() < deadline:
            time.sleep(0.02)
        yield from (f"process left: {name}" for name in left)
        if signal_name == "SIGKILL":
            run(["inspect", str(self._corpora[0] / "a.txt"), "-q"], env={"TMPDIR": str(self._temporary)})
        yield from (f"file left: {path.name}" for path in self._temporary.iterdir())
        yield from (
            f"file left: {path.name}" for path in self._work.rglob("*") if _HALF_MADE.fullmatch(path.name)
        )

    def _damaged(self, arguments: Sequence[str]) -> Iterator[str]:
        target = self._target(arguments)
        if target is None:
            return
        found = _contents(target)
        if set(found.values()) <= {OLD}:
            return
        whole = self._whole_result(arguments, target)
        for name, data in found.items():
            if data not in (OLD, whole.get(name)):
                yield f"damaged: {name or target.name}"

    def _whole_result(self, arguments: Sequence[str], target: Path) -> dict[str, bytes]:
        """Return what the command writes when it is left in peace."""
        key = tuple(arguments)
        if key not in self._whole:
            self._prepare(arguments)
            run(list(arguments), self._work, env={"TMPDIR": str(self._temporary)})
            self._whole[key] = _contents(target)
        return self._whole[key]


def _contents(target: Path) -> dict[str, bytes]:
    """Return the bytes of a file, or of all files of a folder by their paths."""
    if target.is_file():
        return {"": target.read_bytes()}
    return {str(path.relative_to(target)): path.read_bytes() for path in target.rglob("*") if path.is_file()}


def _heeds(process: int) -> bool:
    """Return whether a process has handlers for signals, or has ended."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    caught = re.search(r"^SigCgt:\s*([0-9a-f]+)", status, re.MULTILINE)
    return "Z (zombie)" in status or (
        caught is not None and bool(int(caught[1], 16) >> signal.SIGHUP - 1 & 1)
    )


def _processes(temporary: Path) -> list[str]:
    """Return the processes whose temporary files are in a folder."""
    mark = b"TMPDIR=" + os.fsencode(temporary) + b"\0"
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (process / "environ").read_bytes() and (process / "cmdline").read_bytes():
                found.append(process.name)
        except OSError:
            continue
    return found


def _shown(arguments: Sequence[str]) -> Iterator[str]:
    yield from (Path(word).name if word.startswith("/") else word for word in arguments)


def _all_formats(folder: Path) -> Path:
    """Make a folder with a sound document of every format, and texts."""
    folder.mkdir()
    for suffix, data in damaged_samples(Random(1), 0).items():
        (folder / f"sound{suffix}").write_bytes(data)
    for letter, text in zip("abcdefgh", library(7), strict=False):
        (folder / f"{letter}.txt").write_text(text.text, encoding="utf-8")
    return folder


def _many_formats(folder: Path) -> Path:
    """Make a folder of so many documents of every format that some are always being parsed."""
    folder.mkdir()
    texts = library(5)
    for number, text in zip(range(COPIES), texts, strict=False):
        for suffix, data in damaged_samples(Random(number), 0, text.text).items():
            (folder / f"{number}{suffix}").write_bytes(data)
    return folder


def _large(path: Path) -> Path:
    """Make a table of texts that is worth workers; no two begin or end alike, to teach no furniture."""
    texts = [text.text.splitlines() for text in library(61)]
    rng, held = Random(3), 0
    with path.open("w", encoding="utf-8") as file:
        while held < BYTES:
            lines = [f"第{held}号材料", *rng.choices(rng.choice(texts), k=30), f"以上为第{held}号材料"]
            row = json.dumps({"text": "\n".join(lines)}, ensure_ascii=False)
            held += 3 * file.write(row + "\n")
    return path
