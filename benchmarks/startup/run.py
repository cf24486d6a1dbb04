"""How long each command takes on the sample corpus, start-up included, beside an older state of the code.

Whole processes, in turn with a bare Python that imports typer, which is the floor of any such command. Their
processor time is what they cost; the time on the clock is what a person waits, on a quiet machine.

``PDTOOL_BEFORE=FOLDER python -m benchmarks startup`` times the checkout in FOLDER (``git worktree add``) in
the same run. Byte code is read from its cache, as users have it; no parsed file is.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.machine import describe, record

HERE = Path(__file__).parent
ROOT = HERE.parent.parent

FLOOR = {"python -c pass": "pass", "python -c 'import typer'": "import typer"}
START = "import sys; from pdtool.__main__ import main; sys.exit(main())"
COMMANDS = {
    "--help": 0.06,
    "--help --lang zh": 0.06,
    "dedupe seeds": 0.5,
    "keywords seeds": 0.5,
    "compare seeds": 0.7,
    "themes seeds": 0.7,
    "inspect seeds": 0.5,
    "freq seeds": 0.5,
    "cite seeds": 0.5,
    "kwic seeds --term 治理": 0.5,
    "network seeds": 0.5,
    "report seeds": 2.0,
    "dedupe seeds --lang zh": 0.5,
    "report seeds --lang zh": 2.0,
}
"""What follows ``pdtool``, and the seconds that it may take."""


class _Cost(NamedTuple):
    """What a process took: processor time, its children's included, and the time on the clock, in seconds."""

    processor: float
    clock: float


def _cost(arguments: list[str], package: Path | None, folder: str) -> _Cost:
    environment = {**os.environ, "PDTOOL_NO_CACHE": "1", "SOURCE_DATE_EPOCH": "1"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    if package is not None:
        environment["PYTHONPATH"] = str(package)
    before, started = os.times(), time.perf_counter()
    subprocess.run(arguments, cwd=folder, env=environment, capture_output=True, check=True)
    after = os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return _Cost(spent, time.perf_counter() - started)


def _arguments(command: str) -> list[str]:
    """Return the words of a process: ``-P`` keeps the working folder out of the path of modules."""
    words = [str(ROOT / "seeds") if word == "seeds" else word for word in command.split()]
    target = [] if "--help" in words else ["-q", "-o", "x.html" if words[0] == "report" else "x.csv"]
    return [sys.executable, "-P", "-c", START, *words, *target]


def main(rounds: int = 7) -> None:
    """Time the commands and write ``startup.csv``."""
    older = os.environ.get("PDTOOL_BEFORE")
    runs: dict[tuple[str, str], tuple[list[str], Path | None]] = {
        (name, "now"): ([sys.executable, "-c", code], None) for name, code in FLOOR.items()
    }
    for command in COMMANDS:
        runs[f"pdtool {command}", "now"] = (_arguments(command), ROOT)
        if older:
            runs[f"pdtool {command}", "before"] = (_arguments(command), Path(older).resolve())
    costs: dict[tuple[str, str], list[_Cost]] = {run: [] for run in runs}
    with TemporaryDirectory() as folder:
        for counted in range(-1, rounds):
            for run, (arguments, package) in runs.items():
                cost = _cost(arguments, package, folder)
                if counted >= 0:
                    costs[run].append(cost)
    machine = describe("typer", "numpy")
    targets = {f"pdtool {command}": target for command, target in COMMANDS.items()}
    record(
        HERE / "startup.csv",
        [
            {
                "command": name,
                "processor_seconds": _shown(costs[name, "now"], 0),
                "processor_before": _shown(costs.get((name, "before"), []), 0),
                "least_seconds": _shown(costs[name, "now"], 1),
                "least_before": _shown(costs.get((name, "before"), []), 1),
                "target": targets.get(name, ""),
                "runs": rounds,
                "machine": machine,
            }
            for name in [*FLOOR, *targets]
        ],
    )


def _shown(costs: list[_Cost], which: int) -> str:
    """Return the median of processor times, or the least time on the clock, which others disturb."""
    if not costs:
        return ""
    figures = [cost[which] for cost in costs]
    return f"{median(figures) if which == 0 else min(figures):.3f}"


if __name__ == "__main__":
    main()
