"""Whole runs of the installed command, as folders that anyone can read.

A case is a folder ``<command>/<name>`` (under ``help`` and ``usage``: no command, or wrong usage of any) with
``cmd`` (what is typed, one line), ``expout``, ``experr`` and ``expcode``. It runs in a copy of its ``input``
folder if it has one, otherwise where ``seeds`` is. ``PDTOOL_UPDATE_GOLDEN=1`` writes what came out; look at
the difference before keeping it.
"""

from __future__ import annotations

import os
import shlex
import shutil
from itertools import pairwise
from pathlib import Path

import pytest

from pdtool.commands import COMMANDS
from tests.commandline import ROOT, run

HERE = Path(__file__).resolve().parent
CASES = sorted(cmd.parent.relative_to(HERE).as_posix() for cmd in HERE.glob("*/*/cmd"))
QUICK = {CASES[0], *(later for one, later in pairwise(CASES) if Path(one).parent != Path(later).parent)}
"""The first case of each folder; the others are left to those who run all tests."""


def _folder(case: Path, scratch: Path) -> Path:
    if not (case / "input").is_dir():
        return ROOT
    return Path(shutil.copytree(case / "input", scratch / "input"))


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=() if name in QUICK else pytest.mark.slow) for name in CASES]
)
def test_golden(name: str, tmp_path: Path) -> None:
    """Standard output and standard error are the recorded bytes, and the exit code is the recorded one."""
    case = HERE / name
    program, *arguments = shlex.split((case / "cmd").read_text(encoding="utf-8"))
    assert program == "pdtool"
    done = run(arguments, _folder(case, tmp_path))
    came_out = {
        "expout": done.stdout,
        "experr": done.stderr,
        "expcode": f"{done.returncode}\n".encode(),
    }
    if os.environ.get("PDTOOL_UPDATE_GOLDEN"):
        for part, data in came_out.items():
            (case / part).write_bytes(data)
    assert came_out == {part: (case / part).read_bytes() for part in came_out}


def test_every_command_has_a_case() -> None:
    """Every command is recorded in a folder of its name, and a wrong path cannot make the suite empty."""
    assert {name.partition("/")[0] for name in CASES} == {*COMMANDS, "help", "usage"}
