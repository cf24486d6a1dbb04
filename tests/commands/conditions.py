"""Machines that have little left or forbid much, and what pdtool says there."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.commandline import environment
from tests.corpus.makers import damaged_samples
from tests.texts import library

__all__ = ["COMMANDS", "CONDITIONS", "Condition", "Outcome", "attempts", "corpus"]

AS_NOBODY = (
    *("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"),
    *("--inh-caps", "+dac_read_search", "--ambient-caps", "+dac_read_search"),
)
"""Makes a command that of the user without rights, who can run the Python of the tests nevertheless."""
CAN_BE_NOBODY = os.name == "posix" and os.geteuid() == 0 and shutil.which("setpriv") is not None
"""Whether that can be done here."""
COMMANDS: dict[str, tuple[str, ...]] = {
    "dedupe": ("--by", "passage", "-o", "OUT.csv"),
    "keywords": ("-o", "OUT.xlsx"),
    "compare": ("-o", "OUT.csv"),
    "themes": ("-o", "OUT.csv"),
    "network": ("-o", "OUT.gexf"),
    "topics": ("--topics", "2", "-o", "OUT.csv"),
    "kwic": ("--term", "治理", "-o", "OUT.csv"),
    "inspect": ("-o", "OUT.jsonl"),
    "clean": ("-o", "OUT"),
    "report": ("-o", "OUT.html"),
}
"""Each command with an output of its own."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What is wrong with a machine.

    Args:
        limits: The most of each resource, by its number.
        lacks: Variables that the environment does not have.
        has: Variables that it has.
        nobody: Whether the user without rights runs it, who may read but write nowhere.
        closed: Whether nothing may be written to the folder of the output.
        full: Whether the output goes where no room is left.
        works: Whether pdtool does its work nevertheless.
    """

    limits: Mapping[int, int] = field(default_factory=dict)
    lacks: tuple[str, ...] = ()
    has: Mapping[str, str] = field(default_factory=dict)
    nobody: bool = False
    closed: bool = False
    full: bool = False
    works: bool = True


CONDITIONS: dict[str, Condition] = {
    "a full disk": Condition(full=True, works=False),
    "no room for files": Condition(limits={resource.RLIMIT_FSIZE: 1000}, works=False),
    "a folder that may only be read": Condition(nobody=True, closed=True, works=False),
    "32 open files": Condition(limits={resource.RLIMIT_NOFILE: 32}),
    "1 GB of address space": Condition(limits={resource.RLIMIT_AS: 1_000_000_000}),
    "no HOME": Condition(lacks=("HOME", "XDG_CACHE_HOME", "USER", "LOGNAME")),
    "the locale C": Condition(has={"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}),
    "a user without rights": Condition(nobody=True, lacks=("HOME",)),
    "no folder for temporary files": Condition(has={"TMPDIR": "/nowhere"}),
}
"""What may be wrong, by what it is called."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a command under a condition.

    Args:
        command: The command.
        condition: The condition.
        code: The exit code.
        said: What standard error said.
        faults: What should not be.
    """

    command: str
    condition: str
    code: int
    said: str
    faults: tuple[str, ...]


def corpus(folder: Path) -> Path:
    """Make a folder with documents of all formats, which anybody may read."""
    folder.mkdir()
    for suffix, data in damaged_samples(Random(1), 0).items():
        (folder / f"sound{suffix}").write_bytes(data)
    for letter, text in zip("abcdefgh", library(7), strict=False):
        (folder / f"{letter}.txt").write_text(text.text, encoding="utf-8")
    for path in (folder, *folder.parents[:2]):
        path.chmod(path.stat().st_mode | 0o055)
    return folder


def attempts(
    folder: Path,
    wanted: Mapping[str, Condition] = CONDITIONS,
    commands: Mapping[str, tuple[str, ...]] = COMMANDS,
) -> Iterator[Outcome]:
    """Yield what comes of each command under each condition.

    Args:
        folder: An empty folder that other users can enter.
        wanted: The conditions.
        commands: The commands and their options.
    """
    documents = corpus(folder / "documents")
    for condition_name, condition in wanted.items():
        if condition.nobody and not CAN_BE_NOBODY:
            continue
        for command, options in commands.items():
            yield _attempt(folder / "work", documents, condition_name, condition, command, options)


def _attempt(
    work: Path, documents: Path, name: str, condition: Condition, command: str, options: tuple[str, ...]
) -> Outcome:
    shutil.rmtree(work, ignore_errors=True)
    for place in (work, work / "temporary", work / "output"):
        place.mkdir()
        place.chmod(0o755 if condition.closed and place.name == "output" else 0o777)
    target = work / "output" / options[-1]
    if condition.full:
        target.symlink_to("/dev/full")
    arguments = [command, str(documents), *options[:-1], str(target)]
    if condition.full and command == "clean":  # its folder is not written to as one file is
        arguments = [command, str(documents / "a.txt")]
    variables = environment(**{"TMPDIR": str(work / "temporary"), **condition.has})
    user = [*AS_NOBODY] if condition.nobody else []
    with Path("/dev/full" if condition.full else os.devnull).open("wb") as out:
        done = subprocess.run(
            [*user, sys.executable, "-m", "pdtool", *arguments],
            cwd=work,
            env={key: value for key, value in variables.items() if key not in condition.lacks},
            stdout=out,
            stderr=subprocess.PIPE,
            preexec_fn=_under(condition),
            timeout=300,
            check=False,
        )
    said = done.stderr.decode("utf-8", "replace")
    return Outcome(
        command, name, done.returncode, said, tuple(_faults(condition, work, done.returncode, said))
    )


def _under(condition: Condition) -> Callable[[], None]:
    def prepare() -> None:
        if resource.RLIMIT_FSIZE in condition.limits:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        for number, most in condition.limits.items():
            resource.setrlimit(number, (most, most))

    return prepare


def _faults(condition: Condition, work: Path, code: int, said: str) -> Iterator[str]:
    expected = (0,) if condition.works else (2,)
    if code not in expected:
        yield f"exit code {code}"
    if "Traceback" in said or "internal error" in said or "Exception ignored" in said:
        yield "traceback"
    if not condition.works and "pdtool: " not in said:
        yield "no line"
    yield from (f"left: {path.name}" for path in (work / "temporary").iterdir())
