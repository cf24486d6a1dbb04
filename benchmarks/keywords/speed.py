"""How fast words are cut and keywords ranked, per core, with jieba.analyse in the same run."""

from __future__ import annotations

import logging
import random
import subprocess
import sys
import warnings
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks.keywords.papers import papers
from benchmarks.machine import describe, medians, record
from pdtool.keywords.ranking import METHODS, KeywordRanker, KeywordText
from pdtool.segment.segmenter import Segmenter
from pdtool.segment.stop_words import stop_words

DOCUMENTS = 200
SENTENCES = 60
"""A document of as many sentences has some 2,500 characters."""


def corpus(seed: int = 1) -> list[KeywordText]:
    """Return documents of sentences drawn from the labelled papers."""
    rng = random.Random(seed)
    bodies = [paper.text.body for split in ("dev", "held") for paper in papers(split)]
    sentences = [sentence for body in bodies for sentence in body.split("。") if sentence]
    return [
        KeywordText(str(number), "。".join(rng.sample(sentences, SENTENCES)), "基层治理的路径")
        for number in range(DOCUMENTS)
    ]


def _rank(ranker: KeywordRanker, texts: list[KeywordText]) -> None:
    for _ in ranker.rank(texts):
        pass


def _jieba_tfidf() -> Callable[[str], object]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba.analyse

    jieba.setLogLevel(logging.WARNING)
    extract: Callable[[str], object] = jieba.analyse.extract_tags
    return extract


def _start() -> None:
    """Rank one small document in a new process: what start-up and the idf table cost."""
    code = (
        "from pdtool.keywords.ranking import KeywordRanker, KeywordText\n"
        "from pdtool.segment.segmenter import Segmenter\n"
        "from pdtool.segment.stop_words import stop_words\n"
        "list(KeywordRanker(Segmenter(), stop_words()).rank([KeywordText('a', '基层治理')]))"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])


def main() -> None:
    """Time everything in turn and write ``speed.csv``."""
    texts = corpus()
    megabytes = sum(len(text.body.encode()) for text in texts) / 1e6
    segmenter = Segmenter()
    rankers = {method: KeywordRanker(segmenter, stop_words(), method) for method in METHODS}
    peer = _jieba_tfidf()
    tenth = texts[: DOCUMENTS // 10]
    runs: dict[str, Callable[[], object]] = {
        "pdtool cut": lambda: [segmenter.cut(text.body) for text in texts],
        **{f"pdtool {name}": partial(_rank, ranker, texts) for name, ranker in rankers.items()},
        "jieba.analyse tfidf (a tenth of the corpus)": lambda: [peer(text.body) for text in tenth],
        "start": _start,
    }
    machine = describe("numpy", "jieba", "rjieba")
    rows = []
    for name, seconds in medians(runs).items():
        read = megabytes / 10 if "tenth" in name else megabytes
        rate = "" if name == "start" else f"{read / seconds:.2f}"
        rows.append(
            {"what": name, "median_seconds": f"{seconds:.3f}", "mb_per_second": rate, "machine": machine}
        )
    record(Path(__file__).with_name("speed.csv"), rows)


if __name__ == "__main__":
    main()
