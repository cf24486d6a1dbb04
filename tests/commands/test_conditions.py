"""Machines that have little left or forbid much: a clear line, the right code, and nothing left."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.commands.conditions import CAN_BE_NOBODY, COMMANDS, CONDITIONS, attempts

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits and devices of Linux")

TRIED = (
    ("a full disk", "dedupe"),
    ("a full disk", "clean"),
    ("no room for files", "dedupe"),
    ("a folder that may only be read", "inspect"),
    ("32 open files", "dedupe"),
    ("1 GB of address space", "themes"),
    ("no HOME", "keywords"),
    ("the locale C", "compare"),
    ("a user without rights", "inspect"),
    ("no folder for temporary files", "clean"),
)
"""``python -m benchmarks border.conditions`` tries each command under each condition."""


def test_every_condition_is_tried() -> None:
    """None is forgotten."""
    assert {condition for condition, _ in TRIED} == set(CONDITIONS)


@pytest.mark.parametrize(("condition", "command"), TRIED)
def test_a_clear_line_and_the_right_code(condition: str, command: str) -> None:
    """No traceback, no file left, and the work is done where it can be."""
    if CONDITIONS[condition].nobody and not CAN_BE_NOBODY:
        pytest.skip("only root can be another user")
    with TemporaryDirectory() as name:  # the folders of pytest are closed to other users
        wanted = {condition: CONDITIONS[condition]}, {command: COMMANDS[command]}
        (outcome,) = attempts(Path(name), *wanted)
    assert outcome.faults == ()
