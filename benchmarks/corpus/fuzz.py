"""Fuzzing of the loader: by coverage with atheris, and by damage to sound files of every format.

``python -m benchmarks corpus.fuzz`` runs atheris (where it is installed) for ``PDTOOL_FUZZ_SECONDS`` (default
120) on what runs in pdtool's own process, then as long the whole loader, guarded parsers included, on sound
files that were damaged at a few places, and writes ``fuzz.csv`` beside this file. Any find ends the run.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from benchmarks.machine import describe, record
from pdtool.documents.load import load_corpus
from pdtool.errors import Problem
from tests.corpus.makers import damaged_samples

SECONDS = int(os.environ.get("PDTOOL_FUZZ_SECONDS", "120"))
SEED = 20261125
PACKAGES = ("pypdfium2", "trafilatura", "python-calamine", "pyarrow")
_UNITS = re.compile(rb"stat::number_of_executed_units:\s*(\d+)")


def main() -> None:
    """Record how many inputs were tried, and what they gave."""
    rows = [_by_damage()]
    if find_spec("atheris"):
        rows.insert(0, _by_coverage())
    described = [{**row, "conditions": describe(*PACKAGES)} for row in rows]
    record(Path(__file__).with_suffix(".csv"), described)


def _by_coverage() -> dict[str, object]:
    with TemporaryDirectory() as folder:
        for place, suffix in enumerate((".txt", ".csv", ".csv", ".jsonl", ".docx", ".zip")):
            data = damaged_samples(Random(SEED), 0)[suffix]
            (Path(folder) / f"seed{place}").write_bytes(bytes([place]) + data)
        options = [f"-max_total_time={SECONDS}", f"-seed={SEED}", "-print_final_stats=1", "-max_len=6000"]
        command = [sys.executable, "-m", "benchmarks.corpus.fuzz_target", *options, folder]
        process = subprocess.run(command, capture_output=True, check=False)
    sys.stdout.write(process.stderr.decode(errors="replace")[-2000:] if process.returncode else "")
    units = _UNITS.search(process.stderr)
    tried = int(units[1]) if units else 0
    return _row("atheris, in process", tried, finds=int(process.returncode != 0))


def _by_damage() -> dict[str, object]:
    rng, ends = Random(SEED), time.monotonic() + SECONDS
    inputs = documents = said = 0
    with TemporaryDirectory() as name:
        while time.monotonic() < ends:
            folder = Path(name) / str(inputs)
            folder.mkdir()
            for suffix, data in damaged_samples(rng, 1 + rng.randrange(12)).items():
                (folder / f"a{suffix}").write_bytes(data)
                inputs += 1
            problems: list[Problem] = []
            documents += sum(1 for _ in load_corpus([folder], on_problem=problems.append))
            said += len(problems)
    return _row("damaged files, whole loader", inputs, documents, said)


def _row(
    how: str, inputs: int, documents: object = "", said: object = "", finds: int = 0
) -> dict[str, object]:
    row = {"how": how, "seconds": SECONDS, "inputs": inputs, "documents": documents, "problems_said": said}
    return {**row, "finds": finds}
