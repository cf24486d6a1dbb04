"""How much of the damage by byte slips is left, and how fast they are read back.

``python -m benchmarks normalise.slips`` damages texts of the tests' library with seeds that nothing was set
on, at least 25 documents of each kind, and writes ``slips.csv`` beside this file: the character error rate
before and after :func:`pdtool.normalise.pipeline.normalise`, where ``before`` has lost its ghosts, and the
speed of :func:`pdtool.normalise.slips.byte_slips.find_byte_slips` alone. Byte losses are told in each script,
and of both scripts as one kind. The last lines are speeds on the samples (19 places in 55 KB) and on the same
samples without their slips.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

from benchmarks.machine import describe, medians, record
from pdtool.normalise.ghosts import find_ghosts
from pdtool.normalise.pipeline import normalise
from pdtool.normalise.slips.byte_slips import find_byte_slips
from tests.damage.rates import Pair, error_rate
from tests.damage.slips import SLIPS
from tests.texts import library

ROOT = Path(__file__).parents[2]
SEEDS = (9501,)
DOCUMENTS = 40
TOGETHER = {"byte losses": ("byte losses, Traditional", "byte losses, Simplified")}
"""Kinds that are told as one too: bytes lost of the same texts in either script."""


def _pairs(kind: str) -> list[Pair]:
    texts = [(seed, text) for seed in SEEDS for text in library(seed) if len(text.text) >= 300]
    return [
        Pair(text.text, SLIPS[kind](text.text, Random(f"{kind} {seed} {text.id}")))
        for seed, text in texts[:DOCUMENTS]
    ]


def _without_ghosts(text: str) -> str:
    return find_ghosts(text).apply(text)[0]


def _row(kind: str, documents: int, before: str, after: str, speed: float) -> dict[str, object]:
    return {
        "kind": kind,
        "documents": documents,
        "before": before,
        "after": after,
        "mb_per_s": f"{speed:.3g}",
        "conditions": describe("numpy", "jieba"),
    }


def _damaged(kind: str) -> dict[str, object]:
    made = [pair for one in TOGETHER.get(kind, (kind,)) for pair in _pairs(one)]
    size = sum(len(pair.dirty.encode()) for pair in made) / 1e6
    started = time.perf_counter()
    for pair in made:
        find_byte_slips(pair.dirty)
    speed = size / (time.perf_counter() - started)
    before = error_rate(made, _without_ghosts)
    after = error_rate(made, lambda raw: normalise(raw).text)
    return _row(kind, len(made), f"{before:.5f}", f"{after:.5f}", speed)


def _samples() -> Iterator[dict[str, object]]:
    paths = sorted((ROOT / "seeds").glob("00[012]_*.txt"))
    texts = [path.read_text(encoding="utf-8") for path in paths]
    mended = [find_byte_slips(text).apply(text)[0] for text in texts]
    for name, some in (("samples", texts), ("samples, slips mended", mended)):
        seconds = medians({name: lambda some=some: [find_byte_slips(text) for text in some]})[name]  # type: ignore[misc]
        yield _row(name, len(some), "", "", sum(len(text.encode()) for text in some) / 1e6 / seconds)


def main() -> None:
    """Record the error rates and speeds."""
    record(Path(__file__).with_suffix(".csv"), [*map(_damaged, (*SLIPS, *TOGETHER)), *_samples()])


if __name__ == "__main__":
    main()
