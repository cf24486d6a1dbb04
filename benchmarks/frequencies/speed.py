"""How fast ``pdtool freq`` is: whole processes, on the sample corpus and on 10,000 documents.

Beside it, in the same run: scikit-learn's CountVectorizer on texts that are in memory and need no repair,
with the same segmentation and with jieba's own.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks.machine import describe, record
from benchmarks.themes.corpus import write_corpus
from benchmarks.themes.speed import ROOT, best, timed
from pdtool.segment.segmenter import Segmenter
from pdtool.terms.load import load_dictionary

DOCUMENTS = 10_000
_PEER_DOCUMENTS = 1_000
"""The peers are slower, and take as long for each document whatever their number."""


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


def _words(segmenter: Segmenter, text: str) -> list[str]:
    return segmenter.cut(text).words


def _peers(texts: list[str]) -> Iterator[dict[str, object]]:
    """Yield how fast a vectoriser counts words that a segmenter cuts, in one process."""
    from sklearn.feature_extraction.text import CountVectorizer

    size = sum(len(text.encode()) for text in texts) / 1e6
    for name in ("rjieba", "jieba"):
        words = partial(_words, Segmenter(name))
        words("热身")
        begun = time.perf_counter()
        CountVectorizer(analyzer=words).fit_transform(texts)
        yield _row(f"CountVectorizer with {name}, in memory", time.perf_counter() - begun, size)


def main() -> None:
    """Print and record the figures."""
    sample = sum(path.stat().st_size for path in (ROOT / "seeds").iterdir()) / 1e6
    rows = [_row("freq seeds", best(["freq", "seeds"]), sample)]
    with tempfile.TemporaryDirectory() as scratch:
        folder, terms = Path(scratch) / "corpus", Path(scratch) / "terms.txt"
        size = write_corpus(folder, DOCUMENTS) / 1e6
        terms.write_text("\n".join(entry.term for entry in load_dictionary()[0].entries), encoding="utf-8")
        for options in ([], ["--ngrams", "2-4"], ["--terms", str(terms)], ["--trend"], ["--new"]):
            run = timed(["freq", str(folder), *options, "-o", f"{scratch}/out.csv"])
            what = " ".join(["freq", *options]).replace(str(terms), "FILE")
            row = _row(f"{what}, {DOCUMENTS:,} documents", run.seconds, size, run.processor, run.megabytes)
            rows.append(row)
        some = sorted(folder.rglob("*.txt"))[:_PEER_DOCUMENTS]
        rows += _peers([path.read_text(encoding="utf-8") for path in some])
    machine = describe("numpy", "scipy", "scikit-learn", "rjieba", "jieba")
    record(Path(__file__).with_suffix(".csv"), [{**row, "machine": machine} for row in rows])


if __name__ == "__main__":
    main()
