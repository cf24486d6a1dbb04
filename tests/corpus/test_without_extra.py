"""Without the parsers: everything else works, one line says what is missing, and nothing of it is loaded."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commandline import environment
from tests.corpus.makers import docx, package, paragraph
from tests.test_startup import loaded

LIBRARIES = ("pypdfium2", "trafilatura", "lxml", "python_calamine", "pyarrow")
INSTALL = "python -m pip install "
NEEDED = {"f.pdf": "pypdfium2", "g.html": "trafilatura", "h.xlsx": "python-calamine", "i.parquet": "pyarrow"}

BLOCKED = f"""
import importlib.abc, sys
class Missing(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {LIBRARIES!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
sys.meta_path.insert(0, Missing())
"""


@pytest.fixture
def blocked(tmp_path: Path) -> dict[str, str]:
    """Return the environment of a Python that has none of the libraries, in processes it starts too."""
    place = tmp_path / "site"
    place.mkdir()
    (place / "sitecustomize.py").write_text(BLOCKED, encoding="utf-8")
    return environment(PYTHONPATH=os.pathsep.join([str(place), str(Path(__file__).parents[2])]))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a folder with what needs no library and with what does."""
    place = tmp_path / "folder"
    place.mkdir()
    (place / "a.txt").write_text("城市管理条例", encoding="gb18030")
    (place / "b.docx").write_bytes(docx(paragraph("乡村振兴意见")))
    (place / "c.zip").write_bytes(package({"d.txt": "工作要点", "e.pdf": "%PDF"}))
    for name in NEEDED:
        (place / name).write_bytes(b"x")
    return place


def _run(arguments: list[str], env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pdtool", *arguments]
    return subprocess.run(command, capture_output=True, env=env, encoding="utf-8", timeout=120, check=False)


def test_the_rest_is_read_and_one_line_says_what_is_missing(folder: Path, blocked: dict[str, str]) -> None:
    """Text, Word and archives work; the others in the folder are one note, and no error."""
    result = _run(["inspect", str(folder), "--format", "tsv", "--plain"], blocked)
    assert result.returncode == 0, result.stderr
    ids = [line.partition("\t")[0] for line in result.stdout.splitlines()[1:]]
    assert ids == ["a.txt", "b.docx", "c.zip/d.txt"]
    assert "4 files of types that take a parser which is not installed left out" in result.stderr
    assert INSTALL + " ".join(sorted(NEEDED.values())) in result.stderr


@pytest.mark.parametrize("name", NEEDED)
def test_a_file_that_is_named_is_an_error_with_the_way_out(
    folder: Path, blocked: dict[str, str], name: str
) -> None:
    """Exit code 2 and what to install."""
    result = _run(["inspect", str(folder / name)], blocked)
    assert result.returncode == 2
    assert INSTALL + NEEDED[name] in result.stderr
    assert "Traceback" not in result.stderr


def test_no_library_is_loaded_into_the_command_line(folder: Path) -> None:
    """Neither for help nor for reading: they are loaded in the parser's own process."""
    (folder / "f.pdf").unlink()
    text = folder / "a.txt"
    for arguments in (["--help"], ["inspect", "-h"], ["inspect", str(text), str(folder / "b.docx"), "-q"]):
        assert not loaded(*arguments) & set(LIBRARIES)
