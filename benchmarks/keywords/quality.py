"""How well each method finds the keywords of the labelled papers, with peers in the same run.

F1 at k is micro-averaged over exact matches. jieba's own rankers run always, YAKE where it is installed.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.keywords.papers import SPLITS, Paper, papers
from benchmarks.machine import describe, record
from pdtool.keywords.lexicon import Lexicon, Role
from pdtool.keywords.ranking import METHODS, KeywordRanker, KeywordText
from pdtool.keywords.spans import Batch, find_candidates
from pdtool.segment.segmenter import Segmenter
from pdtool.segment.stop_words import stop_words

CUTS = (3, 5, 10)

Extract = Callable[[KeywordText], Sequence[str]]


def f1(found: Sequence[Sequence[str]], labelled: Sequence[Paper], cut: int) -> float:
    """Return the F1 in per cent of the first ``cut`` keywords of each paper."""
    hits = sum(len(set(words[:cut]) & paper.keywords) for words, paper in zip(found, labelled, strict=True))
    proposed = sum(len(words[:cut]) for words in found)
    wanted = sum(len(paper.keywords) for paper in labelled)
    return 200 * hits / (proposed + wanted)


def _own(method: str) -> Extract:
    ranker = KeywordRanker(Segmenter(), stop_words(), method, top=max(CUTS))
    return lambda text: [row.keyword for row in next(ranker.rank([text]))]


def _jieba(name: str) -> Extract:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba.analyse

    jieba.setLogLevel(logging.WARNING)
    extract = getattr(jieba.analyse, name)
    return lambda text: list(extract(f"{text.title}\n{text.body}", topK=max(CUTS)))


def _yake() -> Extract:
    yake: Any = import_module("yake")

    extractor = yake.KeywordExtractor(lan="zh", n=3, top=max(CUTS), stopwords=set(stop_words()))
    segmenter = Segmenter()

    def extract(text: KeywordText) -> list[str]:
        words = " ".join(word for word, _, _ in segmenter.cut(f"{text.title}\n{text.body}"))
        return [phrase.replace(" ", "") for phrase, _ in extractor.extract_keywords(words)]

    return extract


def _plain_formula() -> Extract:
    """Return the formula that the method began with, on the same candidates: the floor."""
    segmenter, lexicon = Segmenter(), Lexicon(stop_words())
    length = np.array([0, 0, 1, 1.2, 1.9, 1.5, 1.4, 1.1, 1, 0.8, 0.8, 0.8, 0.8])

    def extract(text: KeywordText) -> list[str]:
        batch = Batch.of([(text.title, text.body)])
        found = find_candidates(batch, segmenter.cut(batch.text), lexicon)
        scores = found.count**0.6 * found.idf**0.6 * length[found.size] * np.where(found.in_title > 0, 2, 1)
        scores *= np.where(found.filled > 0, 1 + 0.3 * np.log1p(found.filled), 0.6)
        number = (found.words == 1) & (found.first_roles & Role.NUMBER != 0)
        scores[number | (found.words > 3)] = 0
        best = np.lexsort((found.starts, -scores))[: max(CUTS)].tolist()
        return [batch.text[found.starts[place] : found.ends[place]] for place in best]

    return extract


def methods() -> dict[str, Extract]:
    """Return every method there is on this machine, by name."""
    peers = {"jieba.analyse tfidf": _jieba("extract_tags"), "jieba.analyse textrank": _jieba("textrank")}
    yake = {"yake": _yake()} if find_spec("yake") else {}
    own = {f"pdtool {method}": _own(method) for method in METHODS}
    return own | {"the formula it began with": _plain_formula()} | peers | yake


def main() -> None:
    """Score every method on every set and write ``quality.csv``."""
    machine = describe("jieba", "rjieba")
    rows = []
    for name, extract in methods().items():
        for split in SPLITS:
            labelled = papers(split)
            found = [extract(paper.text) for paper in labelled]
            scores = {f"f1_at_{cut}": f"{f1(found, labelled, cut):.1f}" for cut in CUTS}
            rows.append(
                {"method": name, "split": split, "papers": len(labelled), **scores, "versions": machine}
            )
    record(Path(__file__).with_name("quality.csv"), rows)


if __name__ == "__main__":
    main()
