"""Fuzzing of everything that reads a file, a text or a dictionary, by coverage and by properties.

``python -m benchmarks border.fuzz`` tries for ``PDTOOL_FUZZ_SECONDS`` of the processor (default 120):
atheris, where it is installed, on texts and dictionaries (``fuzz_target.py``) and on bytes
(``corpus/fuzz_target.py``), hypothesis on texts, corpora with their report, and damaged files
(``fuzz_properties.py``). A round is a process of its own: the comparisons that atheris records never let go
of what they compared, about 130 kB of each input; without that tracing the same inputs leave nothing. What
atheris found worth keeping goes on from round to round, in the folder ``PDTOOL_FUZZ_CORPUS`` if that is
named. ``fuzz.csv`` beside this file has the seconds of the processor, the inputs and the finds after each
round; a find is printed.
"""

from __future__ import annotations

import os
import re
import resource
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from benchmarks.machine import describe, record
from tests.corpus.makers import damaged_samples

SECONDS = int(os.environ.get("PDTOOL_FUZZ_SECONDS", "120"))
SEED = int(os.environ.get("PDTOOL_FUZZ_SEED", "20261130"))
_LIMITS = ("-rss_limit_mb=6000", "-timeout=3600", "-print_final_stats=1")
"""Time is judged by the processor's, in ``fuzz_checks.py``: a stopped machine is no find."""
_STOPPED = (signal.SIGINT, signal.SIGTERM, signal.SIGKILL)
"""What ends a round from outside, which is no find."""
_TRIED = re.compile(rb"(?:stat::number_of_executed_units|examples):\s*(\d+)")
_COVERED = re.compile(rb"cov: (\d+)")


@dataclass
class Kind:
    """A way of fuzzing, and what it came to.

    Args:
        how: What tries what.
        module: What a round runs.
        seconds: How long a round goes on.
        longest: The longest input in bytes, for atheris.
    """

    how: str
    module: str
    seconds: int
    longest: int = 0
    used: float = 0.0
    inputs: int = 0
    branches: int = 0
    finds: int = 0

    @property
    def is_atheris(self) -> bool:
        """Whether it goes by coverage."""
        return self.longest > 0

    def options(self, folder: Path, start: int, seconds: float) -> Sequence[str]:
        """Return the command line of a round."""
        if not self.is_atheris:
            return [f"{seconds:.0f}", str(start)]
        ends = [f"-max_total_time={seconds:.0f}", f"-seed={start}", f"-max_len={self.longest}"]
        return [*ends, *_LIMITS, f"-artifact_prefix={folder}/find-", str(folder / "kept")]

    def run(self, folder: Path, start: int, seconds: float) -> None:
        """Run a round and add it up."""
        before = _used()
        command = [sys.executable, "-m", self.module, *self.options(folder, start, seconds)]
        process = subprocess.run(command, capture_output=True, check=False)
        self.used += _used() - before
        said = process.stdout + process.stderr
        self.inputs += int((_TRIED.findall(said) or [0])[-1])
        self.branches = max([self.branches, *map(int, _COVERED.findall(said))])
        if process.returncode and -process.returncode not in _STOPPED:
            self.finds += 1
            sys.stdout.write(f"{self.how}, from {start}\n{said.decode(errors='replace')[-6000:]}\n")

    def row(self) -> dict[str, object]:
        """Return what it came to."""
        return {
            "how": self.how,
            "processor_s": f"{self.used:.0f}",
            "inputs": self.inputs,
            "branches_reached": self.branches or "",
            "finds": self.finds,
        }


KINDS = (
    Kind("atheris, decoded texts and dictionaries", "benchmarks.border.fuzz_target", 90, longest=400),
    Kind("hypothesis, texts, reports and damaged files", "benchmarks.border.fuzz_properties", 60),
    Kind("atheris, bytes of files", "benchmarks.corpus.fuzz_target", 40, longest=6000),
)


def _used() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _sow(folder: Path, kind: Kind) -> Path:
    """Return the folder of what a kind keeps, with something to begin with."""
    own = folder / kind.module.rsplit(".", 2)[-2]
    if own.exists():
        return own
    (own / "kept").mkdir(parents=True)
    files = [bytes([number, number % 2, *range(60, 180, 7)]) for number in range(24)]
    if kind.module.startswith("benchmarks.corpus"):
        sound = damaged_samples(Random(SEED), 0)
        formats = (".txt", ".csv", ".csv", ".jsonl", ".docx", ".zip")
        files = [bytes([place]) + sound[suffix] for place, suffix in enumerate(formats)]
    for number, data in enumerate(files):
        (own / "kept" / f"seed{number}").write_bytes(data)
    return own


def main() -> None:
    """Go round the ways of fuzzing until the seconds are used; record after each round."""
    kinds = [kind for kind in KINDS if find_spec("atheris") or not kind.is_atheris]
    if len(kinds) < len(KINDS):
        print("atheris is not installed: pip install atheris")
    packages = ("atheris", "hypothesis", "numpy") if find_spec("atheris") else ("hypothesis", "numpy")
    with TemporaryDirectory() as name:
        folder = Path(os.environ.get("PDTOOL_FUZZ_CORPUS", name))
        start = SEED
        while (left := SECONDS - sum(kind.used for kind in kinds)) > 0:
            for kind in kinds:
                kind.run(_sow(folder, kind), start, min(kind.seconds, max(left, 10)))
                start += 1000
            conditions = describe(*packages)
            rows = [{**kind.row(), "conditions": conditions} for kind in kinds]
            record(Path(__file__).with_suffix(".csv"), rows)


if __name__ == "__main__":
    main()
