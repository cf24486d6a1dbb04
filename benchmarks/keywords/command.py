"""How fast ``pdtool keywords`` is: whole processes, on the sample corpus and on 10,000 documents.

    python -m benchmarks.keywords.command [DOCUMENTS]

Beside it, in the same run: jieba's segmentation alone, and jieba.analyse, on a part of the same texts.
"""

from __future__ import annotations

import logging
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.machine import describe, record
from benchmarks.runs import Run, seconds_of
from benchmarks.themes.corpus import write_corpus
from benchmarks.themes.speed import COMMAND, timed

_PEER_DOCUMENTS = 300
_ROUNDS = 5


def _peers() -> dict[str, Callable[[str], object]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba.analyse

    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    return {"jieba.lcut alone": jieba.lcut, "jieba.analyse tfidf": jieba.analyse.extract_tags}


def _measured(folder: Path, size: float, output: str) -> Iterator[dict[str, object]]:
    for options in ((), ("--method", "tfidf"), ("--method", "textrank"), ("--level", "corpus")):
        run = timed(["keywords", str(folder), *options, "-q", "-o", output])
        yield _row(" ".join(("pdtool keywords", *options)), run.seconds, size, run)
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.txt"))[:_PEER_DOCUMENTS]]
    part = sum(len(text.encode()) for text in texts) / 1e6
    for name, peer in _peers().items():
        begun = time.perf_counter()
        for text in texts:
            peer(text)
        yield _row(f"{name} (one core, {part:.1f} MB of it)", time.perf_counter() - begun, part)


def _row(what: str, seconds: float, size: float, run: Run | None = None) -> dict[str, object]:
    return {
        "what": what,
        "seconds": f"{seconds:.2f}",
        "cpu_seconds": "" if run is None else f"{run.processor:.2f}",
        "mb_per_second": f"{size / seconds:.2f}",
        "peak_mb": "" if run is None else f"{run.megabytes:.0f}",
    }


def main(documents: int = 10_000) -> None:
    """Time everything and write ``command.csv``."""
    seeds = statistics.median(seconds_of([str(COMMAND), "keywords", "seeds", "-q"]) for _ in range(_ROUNDS))
    rows = [{**_row("pdtool keywords seeds", seeds, 0), "mb_per_second": ""}]
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "corpus"
        size = write_corpus(folder, documents) / 1e6
        rows += _measured(folder, size, f"{scratch}/out.csv")
    about = f"{documents:,} documents, {size:.1f} MB; {describe('numpy', 'jieba', 'rjieba')}"
    record(Path(__file__).with_name("command.csv"), [{**row, "about": about} for row in rows])


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
