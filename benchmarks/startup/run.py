"""How long the command takes to answer, start-up included.

Whole processes, in turn with a bare Python that imports typer, which is the floor of any such command.
"""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from pathlib import Path

from benchmarks.machine import describe, medians, record

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
COMMAND = str(Path(sys.executable).with_name("pdtool"))

COMMANDS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "python -c 'import typer'": [sys.executable, "-c", "import typer"],
    "pdtool --help": [COMMAND, "--help"],
    "pdtool dedupe seeds": [COMMAND, "dedupe", "seeds"],
    "pdtool keywords seeds": [COMMAND, "keywords", "seeds"],
    "pdtool themes seeds": [COMMAND, "themes", "seeds"],
}
TARGETS = {
    "pdtool --help": 0.1,
    "pdtool dedupe seeds": 1.5,
    "pdtool keywords seeds": 1.0,
    "pdtool themes seeds": 0.7,
}
"""Seconds, from the design."""


def _call(arguments: list[str]) -> None:
    subprocess.run(arguments, cwd=ROOT, capture_output=True, check=True)


def main(rounds: int = 15) -> None:
    """Time the commands and write ``startup.csv``."""
    figures = medians({name: partial(_call, arguments) for name, arguments in COMMANDS.items()}, rounds)
    machine = describe("typer", "numpy")
    record(
        HERE / "startup.csv",
        [
            {
                "command": name,
                "median_seconds": f"{seconds:.3f}",
                "target": TARGETS.get(name, ""),
                "runs": rounds,
                "machine": machine,
            }
            for name, seconds in figures.items()
        ],
    )


if __name__ == "__main__":
    main()
