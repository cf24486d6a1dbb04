"""What each command says on machines that have little left or forbid much.

``python -m benchmarks border.conditions`` runs every command under every condition of the tests, and writes
``conditions.csv`` beside this file: exit code, first line of standard error, and what should not be. Linux
only; what needs another user is left out where it is not run by root.
"""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.machine import describe, record
from tests.commands.conditions import attempts


def main() -> None:
    """Record every outcome."""
    conditions = describe()
    rows = []
    with TemporaryDirectory() as name:
        for outcome in attempts(Path(name)):
            said = re.sub(r"\S*/(work|documents)/", "", outcome.said.strip().split("\n")[0])
            rows.append(
                {
                    "condition": outcome.condition,
                    "command": outcome.command,
                    "exit_code": outcome.code,
                    "first_line": said,
                    "faults": "; ".join(outcome.faults),
                    "conditions": conditions,
                }
            )
            print(outcome.condition, outcome.command, outcome.code, outcome.faults, flush=True)
    record(Path(__file__).with_suffix(".csv"), rows)
