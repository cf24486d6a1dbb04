"""How fast ``pdtool kwic`` is on 10,000 documents: whole processes in turn with ``re.finditer``, medians.

And when its first row appears in a pipe: once more for each search, ended then.
"""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.workbench import PDTOOL, bench, corpus, peer
from pdtool.terms.load import load_dictionary

__all__ = ["first_row"]

_ROUNDS = 5
_COMMON, _PATTERN = "的", r"基层\p{Han}{2}"


def first_row(command: Sequence[str]) -> float:
    """Return the seconds until a command has written its first row into a pipe; it is ended then."""
    begun = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        if process.stdout is not None:
            process.stdout.readline()
            process.stdout.readline()
        seconds = time.perf_counter() - begun
        process.terminate()
    return seconds


def main() -> None:
    """Measure, print and write the figures."""
    terms = "|".join(re.escape(entry.term) for entry in load_dictionary()[0].entries)
    searches = {
        f"kwic --term {_COMMON}": ("--term", _COMMON),
        "kwic -d, the built-in dictionary": ("-d", "党建引领基层治理"),
        f"kwic --regex {_PATTERN}": ("--regex", _PATTERN),
    }
    peers = {
        f"re.finditer {_COMMON}": _COMMON,
        "re.finditer, the terms of the dictionary": terms,
        "re.finditer 基层[一-龥]{2}": "基层[一-龥]{2}",
    }
    with corpus() as (path, folder):
        size, out = path.stat().st_size / 1e6, str(folder / "out.csv")
        shown = {name: (*PDTOOL, "kwic", str(path), "-q", *search) for name, search in searches.items()}
        commands = {
            **{name: (*command, "-o", out) for name, command in shown.items()},
            **{
                name: peer("benchmarks.concordance.peers", one, str(path), out) for name, one in peers.items()
            },
        }
        rounds = int(os.environ.get("PDTOOL_BENCH_ROUNDS", _ROUNDS))
        first = {
            name: statistics.median(first_row(command) for _ in range(rounds))
            for name, command in shown.items()
        }
        more = {
            name: {"first_row_seconds": f"{first[name]:.2f}" if name in first else ""} for name in commands
        }
        bench(Path(__file__).with_suffix(".csv"), commands, dict.fromkeys(commands, size), ["pdtool"], more)


if __name__ == "__main__":
    main()
