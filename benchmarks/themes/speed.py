"""How fast ``pdtool themes`` is: whole processes, on the sample corpus and on 10,000 documents.

Beside it, in the same run: jieba's segmentation alone, which counting tokens would need first, and a search
for each term by itself.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.machine import describe, record
from benchmarks.runs import Run, measured, seconds_of
from benchmarks.themes.corpus import write_corpus
from pdtool.segment.segmenter import Segmenter
from pdtool.terms.load import load_dictionary

__all__ = ["COMMAND", "best", "timed"]

ROOT = Path(__file__).resolve().parents[2]
COMMAND = Path(sys.executable).with_name("pdtool")
DOCUMENTS = 10_000
_PEER_DOCUMENTS = 200


def timed(arguments: Sequence[str]) -> Run:
    """Run pdtool, start-up included."""
    return measured([str(COMMAND), *arguments], ROOT)


def best(arguments: Sequence[str], runs: int = 5) -> float:
    """Return the least seconds of some runs."""
    return min(seconds_of([str(COMMAND), *arguments], ROOT) for _ in range(runs))


def _peers(text: str) -> list[dict[str, object]]:
    size = len(text.encode()) / 1e6
    segmenter = Segmenter("jieba")
    begun = time.perf_counter()
    segmenter.cut(text)
    cut = time.perf_counter()
    for entry in load_dictionary()[0].entries:
        text.count(entry.term)
    done = time.perf_counter()
    return [
        _row("jieba, segmentation alone, in memory", cut - begun, size),
        _row("str.count of each term, in memory", done - cut, size),
    ]


def _row(
    what: str, seconds: float, size: float, cpu: float | None = None, memory: float | None = None
) -> dict[str, object]:
    return {
        "what": what,
        "seconds": f"{seconds:.2f}",
        "cpu_seconds": "" if cpu is None else f"{cpu:.2f}",
        "mb": f"{size:.1f}",
        "mb_per_second": f"{size / seconds:.1f}",
        "peak_mb": "" if memory is None else f"{memory:.0f}",
    }


def main() -> None:
    """Print and record the figures."""
    sample = sum(path.stat().st_size for path in (ROOT / "seeds").iterdir()) / 1e6
    rows = [_row("themes seeds", best(["themes", "seeds"]), sample)]
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "corpus"
        size = write_corpus(folder, DOCUMENTS) / 1e6
        for by in ("theme", "section", "term"):
            run = timed(["themes", str(folder), "--by", by, "-o", f"{scratch}/out.csv"])
            what = f"themes --by {by}, {DOCUMENTS:,} documents"
            rows.append(_row(what, run.seconds, size, run.processor, run.megabytes))
        some = sorted(folder.rglob("*.txt"))[:_PEER_DOCUMENTS]
        rows += _peers("\n".join(path.read_text(encoding="utf-8") for path in some))
    machine = describe("ahocorasick_rs", "jieba")
    record(Path(__file__).with_suffix(".csv"), [{**row, "machine": machine} for row in rows])


if __name__ == "__main__":
    main()
