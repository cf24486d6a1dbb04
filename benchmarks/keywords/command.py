"""How fast ``pdtool keywords`` is: whole processes, on the sample corpus and on 10,000 documents.

    python -m benchmarks.keywords.command [DOCUMENTS]

Beside it, in the same run: jieba's segmentation alone, and jieba.analyse, on a part of the same texts.
"""

from __future__ import annotations

import logging
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.machine import describe, record
from benchmarks.themes.corpus import write_corpus

ROOT = Path(__file__).resolve().parents[2]
COMMAND = Path(sys.executable).with_name("pdtool")
_PEER_DOCUMENTS = 300
_ROUNDS = 5


def timed(*arguments: str) -> float:
    """Run ``pdtool keywords``; the seconds it took, start-up included."""
    begun = time.perf_counter()
    subprocess.run(
        [str(COMMAND), "keywords", *arguments, "-q"], cwd=ROOT, stdout=subprocess.DEVNULL, check=True
    )
    return time.perf_counter() - begun


def _peers() -> dict[str, Callable[[str], object]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba.analyse

    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    return {"jieba.lcut alone": jieba.lcut, "jieba.analyse tfidf": jieba.analyse.extract_tags}


def _measured(folder: Path, size: float, output: str) -> Iterator[dict[str, object]]:
    for options in ((), ("--method", "tfidf"), ("--method", "textrank"), ("--level", "corpus")):
        seconds = timed(str(folder), *options, "-o", output)
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        yield _row(" ".join(("pdtool keywords", *options)), seconds, size, memory)
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.txt"))[:_PEER_DOCUMENTS]]
    part = sum(len(text.encode()) for text in texts) / 1e6
    for name, run in _peers().items():
        begun = time.perf_counter()
        for text in texts:
            run(text)
        yield _row(f"{name} (one core, {part:.1f} MB of it)", time.perf_counter() - begun, part)


def _row(what: str, seconds: float, size: float, memory: int | None = None) -> dict[str, object]:
    return {
        "what": what,
        "seconds": f"{seconds:.2f}",
        "mb_per_second": f"{size / seconds:.2f}",
        "largest_process_mb": memory,
    }


def main(documents: int = 10_000) -> None:
    """Time everything and write ``command.csv``."""
    seeds = statistics.median(timed("seeds") for _ in range(_ROUNDS))
    rows = [{**_row("pdtool keywords seeds", seeds, 0), "mb_per_second": ""}]
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "corpus"
        size = write_corpus(folder, documents) / 1e6
        rows += _measured(folder, size, f"{scratch}/out.csv")
    about = f"{documents:,} documents, {size:.1f} MB; {describe('numpy', 'jieba', 'rjieba')}"
    record(Path(__file__).with_name("command.csv"), [{**row, "about": about} for row in rows])


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
