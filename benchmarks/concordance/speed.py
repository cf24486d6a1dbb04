"""How fast ``pdtool kwic`` is on 10,000 documents: whole processes, and when the first row appears.

Beside it, in the same run, ``pdtool themes``, which reads and repairs the same texts and counts them.
"""

from __future__ import annotations

import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.machine import describe, record
from benchmarks.themes.corpus import write_corpus
from benchmarks.themes.speed import COMMAND, timed

__all__ = ["first_row"]

DOCUMENTS = 10_000


def first_row(arguments: Sequence[str]) -> float:
    """Return the seconds until a command has written its first row into a pipe; it is ended then."""
    begun = time.perf_counter()
    with subprocess.Popen(
        [str(COMMAND), *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        if process.stdout is not None:
            process.stdout.readline()
            process.stdout.readline()
        seconds = time.perf_counter() - begun
        process.terminate()
    return seconds


def main() -> None:
    """Measure, print and write the figures."""
    with tempfile.TemporaryDirectory() as folder:
        docs = str(Path(folder) / "docs")
        megabytes = write_corpus(Path(docs), DOCUMENTS) / 1e6
        out = str(Path(folder) / "out.csv")
        runs = {
            "kwic --term 基层治理": ["kwic", docs, "--term", "基层治理"],
            "kwic -d, the built-in dictionary": ["kwic", docs, "-d", "党建引领基层治理"],
            "kwic --regex": ["kwic", docs, "--regex", r"基层\p{Han}{2}"],
            "themes": ["themes", docs],
        }
        rows = []
        for name, arguments in runs.items():
            run = timed([*arguments, "-o", out])
            rows.append(
                {
                    "what": name,
                    "seconds": f"{run.seconds:.2f}",
                    "cpu_seconds": f"{run.processor:.2f}",
                    "mb": f"{megabytes:.1f}",
                    "mb_per_second": f"{megabytes / run.seconds:.1f}",
                    "mb_per_cpu_second": f"{megabytes / run.processor:.1f}",
                    "peak_mb": f"{run.megabytes:.0f}",
                    "first_row_seconds": f"{first_row(arguments):.2f}" if name != "themes" else "",
                    "machine": describe("pdtool"),
                }
            )
    record(Path(__file__).with_suffix(".csv"), rows)


if __name__ == "__main__":
    main()
