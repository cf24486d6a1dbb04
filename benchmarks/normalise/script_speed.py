"""The speed of the script conversion beside opencc-python-reimplemented's.

Both convert the same texts in turn, and the medians are compared: the Traditional seeds without their
ghosts, repeated to a size that takes the package about half a second, and the Simplified seeds. Run it as
``python -m benchmarks.normalise.script_speed``; the figures go to ``script_speed.csv`` beside this file.
"""

from __future__ import annotations

import csv
import os
import platform
import statistics
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import opencc

from pdtool.normalise.ghosts import find_ghosts
from pdtool.normalise.script.simplified import convert_script

ROOT = Path(__file__).parents[2]
ROUNDS = 7
REPEATS = 15


def texts() -> dict[str, str]:
    """Return the texts to convert: one of each script."""
    seeds = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
    clean = [find_ghosts(seed).apply(seed)[0] for seed in seeds]
    return {"traditional": "\n".join(clean[:3]) * REPEATS, "simplified": "\n".join(clean[3:]) * REPEATS}


def seconds(convert: Callable[[str], str], text: str) -> float:
    """Time one conversion."""
    start = time.perf_counter()
    convert(text)
    return time.perf_counter() - start


def machine() -> str:
    """Name the machine and the versions the figures belong to."""
    names = ("numpy", "opencc-python-reimplemented")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    return f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {versions}"


def measure() -> list[dict[str, Any]]:
    """Convert each text by both, turn about; return a row for each text."""
    package = opencc.OpenCC("tw2s")
    rows = []
    for script, text in texts().items():
        convert_script(text)
        turns = [(seconds(package.convert, text), seconds(convert_script, text)) for _ in range(ROUNDS)]
        theirs, ours = (statistics.median(column) for column in zip(*turns, strict=True))
        megabytes = len(text.encode()) / 1e6
        rows.append(
            {
                "script": script,
                "megabytes": round(megabytes, 2),
                "opencc_mb_per_s": round(megabytes / theirs, 2),
                "pdtool_mb_per_s": round(megabytes / ours, 1),
                "ratio": round(theirs / ours, 1),
                "machine": machine(),
            }
        )
    return rows


def main() -> None:
    """Print the figures and keep them."""
    rows = measure()
    with Path(__file__).with_suffix(".csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    for row in rows:
        print(
            f"{row['script']}: {row['pdtool_mb_per_s']} MB/s, the package {row['opencc_mb_per_s']} MB/s,"
            f" {row['ratio']} times as fast"
        )


if __name__ == "__main__":
    main()
