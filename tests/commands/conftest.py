"""Running the command line inside the tests' process: the same border, without the time to start."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from pdtool.__main__ import main


@dataclass(frozen=True, slots=True)
class Done:
    """What a run left behind."""

    returncode: int
    stdout: bytes
    stderr: bytes


Call = Callable[[Sequence[str | bytes], Path], Done]


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Call:
    """Return a function that runs ``pdtool`` with arguments in a folder."""
    for name in ("PDTOOL_CSV", "PDTOOL_DEBUG", "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)

    def run(arguments: Sequence[str | bytes], folder: Path) -> Done:
        monkeypatch.chdir(folder)
        capsysbinary.readouterr()
        code = main([os.fsdecode(argument) for argument in arguments])
        said = capsysbinary.readouterr()
        return Done(code, said.out, said.err)

    return run
