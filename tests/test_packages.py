"""Wheel and sdist are built from the checkout, and what is installed of them reads documents."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import zipfile
from importlib.util import find_spec
from pathlib import Path
from random import Random

import pytest

from tests.commandline import ROOT, environment
from tests.corpus.makers import damaged_samples

pytestmark = pytest.mark.skipif(find_spec("hatchling") is None, reason="hatchling builds the packages")
KINDS = (".docx", ".html", ".pdf", ".xlsx")


def _run(arguments: list[str], cwd: Path, **more: str) -> str:
    env = {**environment(**more), "PYTHONWARNDEFAULTENCODING": "0"}
    done = subprocess.run(
        [sys.executable, *arguments], cwd=cwd, env=env, capture_output=True, check=False, timeout=600
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build both; the wheel is that of the unpacked sdist, so that the sdist is whole."""
    place = tmp_path_factory.mktemp("packages")
    _run(["-m", "hatchling", "build", "-t", "sdist", "-d", str(place)], ROOT)
    (archive,) = place.glob("*.tar.gz")
    with tarfile.open(archive) as packed:
        packed.extractall(place, filter="data")
    (folder,) = (path for path in place.iterdir() if path.is_dir())
    _run(["-m", "hatchling", "build", "-t", "wheel", "-d", str(place)], folder)
    return place


def test_the_sdist_makes_the_same_wheel_as_the_checkout(built: Path, tmp_path: Path) -> None:
    """File by file; nothing that a developer has lying about is in it."""
    _run(["-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)], ROOT)
    names = []
    for folder in (built, tmp_path):
        (wheel,) = folder.glob("*.whl")
        with zipfile.ZipFile(wheel) as packed:
            names.append(sorted(packed.namelist()))
    assert names[0] == names[1]
    assert all(name.startswith(("pdtool/", "pdtool-")) and "__pycache__" not in name for name in names[0])


def test_the_installed_wheel_reads_documents_of_all_kinds(built: Path, tmp_path: Path) -> None:
    """Unpacked as pip unpacks it, with nothing of the checkout on the path."""
    (wheel,) = built.glob("*.whl")
    place = tmp_path / "site"
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(place)  # noqa: S202 (built above)
    texts = tmp_path / "texts"
    texts.mkdir()
    samples = damaged_samples(Random(0), times=0)
    for kind in KINDS:
        (texts / f"a{kind}").write_bytes(samples[kind])
    where = _run(["-c", "import pdtool; print(pdtool.__file__)"], tmp_path, PYTHONPATH=str(place))
    assert Path(where.strip()) == place / "pdtool" / "__init__.py"
    arguments = ["-m", "pdtool", "inspect", "texts", "-f", "jsonl", "-q"]
    shown = _run(arguments, tmp_path, PYTHONPATH=os.fspath(place))
    rows = [json.loads(line) for line in shown.splitlines()]
    assert {row["doc"].partition("#")[0] for row in rows} == {f"a{kind}" for kind in KINDS}
    assert all(row["chars"] for row in rows)
