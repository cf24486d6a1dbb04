"""How long each step of the normaliser takes a character: on made documents, and on public ones.

A benchmark on kind texts tunes what real texts do not need. ``python -m benchmarks dedupe.hardness`` reads
the first two million characters of the plain and of the shaped corpus (:mod:`benchmarks.dedupe.corpus`) and
of each file that ``PDTOOL_BENCH_PUBLIC`` names (JSON Lines with ``text``, divided by ``:``; none of it is a
part of the project), a batch at a time as ``dedupe`` reads them. ``hardness.csv`` has, for each corpus, the
nanoseconds of a processor that each step takes a character, the least of three runs.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from unittest import mock

from benchmarks.dedupe.corpus import Plan, write_corpus
from benchmarks.machine import describe, record
from pdtool.normalise import pipeline
from pdtool.normalise.furniture.edge_lines import edge_lines_of_each
from pdtool.normalise.prefilter import prefilter
from pdtool.text.fold import fold

__all__ = ["main"]

DOCUMENTS = 2_000
CHARACTERS = 2_000_000
BATCH_CHARACTERS = 350_000
"""Characters of a batch: about a megabyte, as ``dedupe`` reads them."""
RUNS = 3
SEED = 6


class _Clock:
    """Adds up the processor time of what it calls, by name."""

    def __init__(self) -> None:
        self.spent: Counter[str] = Counter()

    def timed(self, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function that does the same and is timed."""

        def call(*args: Any, **named: Any) -> Any:
            started = time.process_time_ns()
            try:
                return work(*args, **named)
            finally:
                self.spent[name] += time.process_time_ns() - started

        return call


def _batches(texts: Sequence[str]) -> list[list[str]]:
    batches: list[list[str]] = [[]]
    for text in texts:
        if sum(map(len, batches[-1])) > BATCH_CHARACTERS:
            batches.append([])
        batches[-1].append(text)
    return batches


def _normalise(texts: Sequence[str], clock: _Clock) -> None:
    features = clock.timed("prefilter", prefilter)(texts)
    clean = [pipeline.normalise(text, features=found) for text, found in zip(texts, features, strict=True)]
    clock.timed("edge lines", edge_lines_of_each)(
        [pipeline.text_for_edge_lines(one.text, one.layers) for one in clean],
        lambda index: fold(clean[index].text),
    )


def _spent(texts: Sequence[str]) -> Counter[str]:
    """Return the nanoseconds of each step, and of all."""
    clock = _Clock()
    steps = tuple(step._replace(work=clock.timed(step.kind, step.work)) for step in pipeline.STEPS)
    script = {
        target: tuple(step._replace(work=clock.timed(step.kind, step.work)) for step in some)
        for target, some in pipeline.SCRIPT_STEPS.items()
    }
    with mock.patch.multiple(pipeline, STEPS=steps, SCRIPT_STEPS=script):
        every = clock.timed("all", _normalise)
        for batch in _batches(texts):
            every(batch, clock)
    return clock.spent


def _rows(corpus: str, path: Path) -> list[dict[str, object]]:
    texts: list[str] = []
    characters = 0
    with path.open(encoding="utf-8", errors="surrogatepass") as file:
        for line in file:
            texts.append(json.loads(line)["text"])
            characters += len(texts[-1])
            if characters >= CHARACTERS:
                break
    _spent(texts[:50])
    runs = [_spent(texts) for _ in range(RUNS)]
    machine = describe("pdtool", "numpy")
    return [
        {
            "corpus": corpus,
            "documents": len(texts),
            "characters": characters,
            "step": step,
            "ns_per_character": f"{min(run[step] for run in runs) / characters:.1f}",
            "machine": machine,
        }
        for step in sorted(runs[0], key=lambda step: -runs[0][step])
    ]


def main() -> None:
    """Record the steps of each corpus."""
    public = [Path(name) for name in os.environ.get("PDTOOL_BENCH_PUBLIC", "").split(":") if name]
    rows: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory(prefix="pdtool-bench-") as name:
        for corpus in ("plain", "shaped"):
            path = Path(name) / f"{corpus}.jsonl"
            write_corpus(path, Plan(DOCUMENTS, seed=SEED, shaped=corpus == "shaped"))
            rows += _rows(f"made, {corpus}", path)
    for path in public:
        rows += _rows(f"public, {path.stem}", path)
    record(Path(__file__).with_suffix(".csv"), rows)


if __name__ == "__main__":
    main()
