"""What every command does alike: the manifest names all inputs, and is written after problems are said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commandline import run

ARGUMENTS = {
    "dedupe": [],
    "keywords": [],
    "compare": [],
    "inspect": [],
    "themes": [],
    "clean": ["-o", "clean"],
    "report": ["-o", "report.html"],
}
"""Command → what it needs beside the paths."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a document and a file that cannot be read."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.txt").write_text("城市更新要把群众最关心的老旧小区放在前面。", encoding="utf-8")
    (tmp_path / "docs" / "b.txt").write_bytes(b"PK\x03\x04" + bytes(range(256)) * 4)
    return tmp_path


@pytest.mark.parametrize("command", ARGUMENTS)
def test_the_manifest_names_inputs_that_cannot_be_read(folder: Path, command: str) -> None:
    """Every command lists every input that was found, readable or not."""
    arguments = [command, "docs", *ARGUMENTS[command], "--manifest", "m.json"]
    assert run(arguments, folder).returncode == 2
    described = json.loads((folder / "m.json").read_text(encoding="utf-8"))
    assert [Path(entry["name"]).name for entry in described["inputs"]] == ["a.txt", "b.txt"]
    assert [Path(problem["input"]).name for problem in described["problems"]] == ["b.txt"]
