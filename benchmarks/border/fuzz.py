"""Fuzzing by coverage of everything that reads a decoded text or a dictionary.

``python -m benchmarks border.fuzz`` runs atheris, where it is installed, for ``PDTOOL_FUZZ_SECONDS``
(default 120) on ``fuzz_target.py``, and writes ``fuzz.csv`` beside this file: seconds of the processor,
inputs and finds. A find is printed and ends the run. The loader has a fuzzer of its own, ``corpus.fuzz``.
"""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.machine import describe, record

SECONDS = int(os.environ.get("PDTOOL_FUZZ_SECONDS", "120"))
SEED = int(os.environ.get("PDTOOL_FUZZ_SEED", "20261130"))
_MEMORY = "-rss_limit_mb=8000"
"""The fuzzer itself grows by a megabyte for every few inputs; without it the same inputs take none."""
_UNITS = re.compile(rb"stat::number_of_executed_units:\s*(\d+)")
_COVERED = re.compile(rb"cov: (\d+)")


def main() -> None:
    """Record how many inputs were tried."""
    if not find_spec("atheris"):
        print("atheris is not installed: pip install atheris")
        return
    options = [f"-max_total_time={SECONDS}", f"-seed={SEED}", "-print_final_stats=1", "-max_len=400", _MEMORY]
    with TemporaryDirectory() as folder:
        for number in range(24):
            (Path(folder) / f"seed{number}").write_bytes(bytes([number, number % 2, *range(60, 180, 7)]))
        command = [sys.executable, "-m", "benchmarks.border.fuzz_target", *options, "-timeout=60", folder]
        process = subprocess.run(command, capture_output=True, check=False)
    if process.returncode:
        sys.stdout.write(process.stderr.decode(errors="replace")[-6000:])
    units, covered = _UNITS.search(process.stderr), _COVERED.findall(process.stderr)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    row = {
        "how": "atheris, decoded texts and dictionaries",
        "processor_s": f"{used.ru_utime + used.ru_stime:.0f}",
        "inputs": int(units[1]) if units else 0,
        "branches_reached": int(covered[-1]) if covered else 0,
        "finds": int(process.returncode != 0),
        "conditions": describe("atheris", "numpy"),
    }
    record(Path(__file__).with_suffix(".csv"), [row])
