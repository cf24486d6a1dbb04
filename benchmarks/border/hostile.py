"""How long each of the hostile documents of the tests takes, and how much memory.

``python -m benchmarks border.hostile`` runs ``pdtool inspect`` on each of them by itself and writes
``hostile.csv`` beside this file: of every kind the documents, the slowest and the one that takes most memory,
with the seconds of the processor and the greatest memory of pdtool and its parser, and how many ended in
anything but a row or a named error. Starting pdtool is included: 0.3 s, and 1 s more where it needs a parser.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.machine import describe, record
from pdtool.output.escaping import visible
from tests.commandline import environment
from tests.corpus.hostile import build
from tests.corpus.hostile_kinds import KINDS


class _Cost(NamedTuple):
    name: str
    seconds: float
    peak_mb: float
    named: bool


def _measured(path: Path) -> _Cost:
    command = [
        sys.executable,
        "-m",
        "pdtool",
        "inspect",
        str(path),
        "--format",
        "tsv",
        "--plain",
        "--jobs",
        "1",
    ]
    output = path.parent.parent / "output"
    with output.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, env=environment())
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    said = output.read_text(encoding="utf-8", errors="replace")
    named = process.returncode in (0, 2) and visible(path.name) in said and "Traceback" not in said
    return _Cost(path.name, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, named)


def main() -> None:
    """Record the worst of each kind."""
    kinds = {name: kind for kind, makers in KINDS.items() for name in makers}
    costs: defaultdict[str, list[_Cost]] = defaultdict(list)
    with TemporaryDirectory() as name:
        folder = Path(name) / "files"
        folder.mkdir()
        for document in build(folder):
            cost = _measured(folder / document)
            costs[kinds.get(document, "bombs, loops and lies")].append(cost)
            if not cost.named or cost.seconds > 10:
                print(
                    cost,
                    (folder.parent / "output").read_text(encoding="utf-8", errors="replace")[-2000:],
                    flush=True,
                )
    conditions = describe("numpy")
    rows = []
    for kind, some in costs.items():
        slowest = max(some, key=lambda cost: cost.seconds)
        largest = max(some, key=lambda cost: cost.peak_mb)
        rows.append(
            {
                "kind": kind,
                "documents": len(some),
                "slowest": visible(slowest.name),
                "seconds": f"{slowest.seconds:.1f}",
                "largest": visible(largest.name),
                "peak_mb": f"{largest.peak_mb:.0f}",
                "not_named": sum(not cost.named for cost in some),
                "conditions": conditions,
            }
        )
    record(Path(__file__).with_suffix(".csv"), rows)
