"""What the benchmarks of freq, kwic, network and topics share: one corpus, and races of whole processes.

``PDTOOL_BENCH_CORPUS`` names a corpus that ``python -m benchmarks.dedupe.corpus`` made before;
``PDTOOL_BENCH_ROUNDS`` says how often everything is run (three times).
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.dedupe.corpus import Plan, write_corpus
from benchmarks.machine import describe, record
from benchmarks.runs import Run, measured

__all__ = ["PDTOOL", "bench", "corpus", "in_turn", "peer"]

ROOT = Path(__file__).resolve().parents[1]
PDTOOL = (sys.executable, "-m", "pdtool")
DOCUMENTS = 10_000
SEED = 5


@contextmanager
def corpus() -> Iterator[tuple[Path, Path]]:
    """Lend 10,000 documents, 8 % of them damaged copies, and a folder for what is written."""
    with tempfile.TemporaryDirectory() as scratch:
        made = os.environ.get("PDTOOL_BENCH_CORPUS")
        path = Path(made) if made else Path(scratch) / "corpus.jsonl"
        if not made:
            write_corpus(path, Plan(DOCUMENTS, seed=SEED))
        yield path, Path(scratch)


def peer(module: str, *arguments: str) -> tuple[str, ...]:
    """Return the command that runs a peer."""
    return (sys.executable, "-m", module, *arguments)


def in_turn(commands: Mapping[str, Sequence[str]], rounds: int) -> dict[str, Run]:
    """Run commands in turn, A B A B …, and return the medians of what each took."""
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            runs[name].append(measured(command, ROOT))
    return {name: _median(found) for name, found in runs.items()}


def _median(runs: Sequence[Run]) -> Run:
    return Run(
        statistics.median(run.seconds for run in runs),
        statistics.median(run.processor for run in runs),
        statistics.median(run.megabytes for run in runs),
        runs[-1].output,
    )


def bench(
    path: Path,
    commands: Mapping[str, Sequence[str]],
    megabytes: Mapping[str, float],
    packages: Sequence[str],
    more: Mapping[str, Mapping[str, object]] | None = None,
) -> None:
    """Run commands in turn and record what they took.

    ``mb_per_two_cpus`` is what two processors that nobody else uses do in a second, reckoned from the
    processor seconds; ``mb_per_second`` is by the clock, whatever else the machine had to do. ``load`` says
    how many processes wanted a processor when the runs began: above 0 the clock tells too little.

    Args:
        path: The CSV file.
        commands: What is run, by name.
        megabytes: The size of what each reads.
        packages: What the machine's description names.
        more: Further cells of some rows.
    """
    rounds = int(os.environ.get("PDTOOL_BENCH_ROUNDS", "3"))
    machine, load = describe(*packages), os.getloadavg()[0]
    rows = []
    for name, run in in_turn(commands, rounds).items():
        size = megabytes[name]
        rows.append(
            {
                "what": name,
                "rounds": rounds,
                "seconds": f"{run.seconds:.2f}",
                "cpu_seconds": f"{run.processor:.2f}",
                "mb": f"{size:.1f}",
                "mb_per_second": f"{size / run.seconds:.1f}",
                "mb_per_two_cpus": f"{2 * size / run.processor:.1f}",
                "peak_mb": f"{run.megabytes:.0f}",
                **(more or {}).get(name, {}),
                "load": f"{load:.1f}",
                "machine": machine,
            }
        )
    record(path, rows)
