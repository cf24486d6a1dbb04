"""Text reuse below the threshold: passages copied from law to law, among laws that share articles anyway.

``python -m benchmarks dedupe.passages`` writes laws of three kinds; the laws of a kind repeat its standard
articles. Into some of them a stretch of another one's own articles is planted that makes up a fifth of the
copy, half of them with scanning errors. ``pdtool dedupe --by passage --threshold 0 --min-passage 100`` is to
list the planted passages and nothing else. Plain 5-gram containment at the planted share is the peer.
"""

from __future__ import annotations

import csv
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from benchmarks.dedupe.author import Author
from benchmarks.dedupe.vocabulary import vocabulary
from benchmarks.machine import describe, record
from benchmarks.runs import measured
from pdtool.normalise.pipeline import normalise
from pdtool.text.arrays import distinct
from pdtool.text.fold import fold
from pdtool.text.shingles import HashArray, shingle_hashes
from tests.damage.glyphs import ocr
from tests.damage.tracked import original
from tests.texts.grammar import subjects

__all__ = ["Law", "laws"]

HERE = Path(__file__).parent
COUNT = 400
PLANTED = 80
SHARE = 0.2
"""Share of the copy that is planted."""
SEEDS = (1, 2, 3)
FOUND = 0.8
"""A planted passage is found if so much of it is listed."""


@dataclass(slots=True)
class Law:
    """A law: its articles, and what was planted into it.

    Args:
        id: Its file name.
        articles: Its own articles, between the standard ones at its beginning and its end.
        first: The standard articles at its beginning, its title before them.
        last: Those at its end.
        planted: The id of the law a stretch was copied from, and that stretch as it stands here.
    """

    id: str
    first: list[str]
    articles: list[str]
    last: list[str]
    planted: tuple[str, str] | None = None

    @property
    def text(self) -> str:
        """The law as a file, an article a line."""
        title, *first = self.first
        numbered = (
            f"第{number}条　{text}" for number, text in enumerate([*first, *self.articles, *self.last], 1)
        )
        return "\n".join([title, *numbered])


@cache
def _kinds() -> list[dict[str, Any]]:
    kinds: list[dict[str, Any]] = tomllib.loads((HERE / "laws.toml").read_text(encoding="utf-8"))["kind"]
    return kinds


def _law(number: int, rng: Random) -> Law:
    """Write a law: half of it its own, half what all laws of its kind say."""
    kind = rng.choice(_kinds())
    author = Author(min(subjects()), rng, words=vocabulary(rng))
    first, last = ([author.write(text) for text in kind[part]] for part in ("first", "last"))
    own: list[str] = []
    while sum(map(len, own)) < rng.uniform(0.8, 2.0) * sum(map(len, first + last)):
        own.append(author.paragraph("regulation"))
    return Law(f"law{number:04}.txt", [author.write(kind["title"]), *first], own, last)


def _plant(law: Law, source: Law, rng: Random) -> None:
    """Copy a stretch of one law's own articles into another, so that it is a fifth of the result."""
    size = int(len(law.text) * SHARE / (1 - SHARE))
    own = "".join(source.articles)
    start = rng.randrange(max(1, len(own) - size))
    stretch = own[start : start + size]
    if rng.random() < 0.5:
        stretch = ocr(original(stretch, source.id), rng, 0.02).text
    place = rng.randrange(len(law.articles) + 1)
    law.articles.insert(place, stretch)
    law.planted = source.id, stretch


def laws(seed: int, count: int = COUNT, planted: int = PLANTED) -> list[Law]:
    """Write laws, some with a passage of another one; no law gives or takes twice."""
    rng = Random(f"laws {seed}")
    made = [_law(number, rng) for number in range(count)]
    chosen = rng.sample(range(count), 2 * planted)
    for taker, giver in zip(chosen[:planted], chosen[planted:], strict=True):
        _plant(made[taker], made[giver], rng)
    return made


# Judging ----------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Judged:
    """How well planted passages were found.

    Args:
        planted: How many there are.
        found: How many of them were listed, nearly whole.
        listed: Passages listed.
        right: Those of them that lie, for the greater part, in what was planted.
    """

    planted: int = 0
    found: int = 0
    listed: int = 0
    right: int = 0
    wrong: list[str] = field(default_factory=list)


def _listed(folder: Path) -> Iterator[dict[str, str]]:
    out = folder / "passages.csv"
    command = [sys.executable, "-m", "pdtool", "dedupe", str(folder), "--by", "passage", "--plain"]
    measured([*command, "--threshold", "0", "--min-passage", "100", "-o", str(out)])
    with out.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def judge(made: Sequence[Law], rows: Sequence[dict[str, str]]) -> Judged:
    """Compare what was listed with what was planted."""
    truth = {tuple(sorted((law.id, law.planted[0]))): law for law in made if law.planted}
    covered = dict.fromkeys(truth, 0)
    judged = Judged(planted=len(truth), listed=len(rows))
    for row in rows:
        pair = row["doc_a"], row["doc_b"]
        shared = _in_planted(truth.get(pair), row)
        covered[pair] = covered.get(pair, 0) + shared
        side = "a" if pair in truth and truth[pair].id == pair[0] else "b"
        if shared >= 0.5 * (int(row[f"end_{side}"]) - int(row[f"start_{side}"])):
            judged.right += 1
        else:
            judged.wrong.append(f"{pair}: {row['text_a'][:80]}")
    judged.found = sum(
        covered[pair] >= FOUND * len(law.planted[1]) for pair, law in truth.items() if law.planted
    )
    return judged


def _in_planted(law: Law | None, row: dict[str, str]) -> int:
    """Return how many characters of a listed passage lie in what was planted into the law."""
    if law is None or law.planted is None:
        return 0
    side = "a" if law.id == row["doc_a"] else "b"
    start = law.text.index(law.planted[1])
    end = start + len(law.planted[1])
    return max(0, min(end, int(row[f"end_{side}"])) - max(start, int(row[f"start_{side}"])))


def _peer(made: Sequence[Law]) -> tuple[float, float]:
    """Return recall and precision, over pairs, of plain 5-gram containment at the share that was planted."""
    grams: dict[str, HashArray] = {
        law.id: distinct(shingle_hashes(fold(normalise(law.text).text).codes)) for law in made
    }
    truth = {frozenset((law.id, law.planted[0])) for law in made if law.planted}
    found = {
        frozenset((a, b))
        for a, b in combinations(grams, 2)
        if len(np.intersect1d(grams[a], grams[b], assume_unique=True))
        >= SHARE * min(len(grams[a]), len(grams[b]))
    }
    return len(truth & found) / len(truth), len(truth & found) / max(1, len(found))


def _run(seed: int) -> dict[str, object]:
    made = laws(seed)
    with tempfile.TemporaryDirectory(prefix="pdtool-laws-") as name:
        folder = Path(name)
        for law in made:
            (folder / law.id).write_text(law.text, encoding="utf-8")
        judged = judge(made, list(_listed(folder)))
    for wrong in judged.wrong[:5]:
        print(f"wrong: {wrong}")
    recall, precision = _peer(made)
    return {
        "seed": seed,
        "laws": len(made),
        "planted": judged.planted,
        "listed": judged.listed,
        "recall": f"{judged.found / judged.planted:.3f}",
        "precision": f"{judged.right / max(1, judged.listed):.3f}",
        "containment_recall": f"{recall:.3f}",
        "containment_precision": f"{precision:.3f}",
    }


def main() -> None:
    """Judge the passages of some corpora and record the figures."""
    machine = describe("pdtool", "numpy", "rapidfuzz")
    record(HERE / "passages.csv", [_run(seed) | {"machine": machine} for seed in SEEDS])
