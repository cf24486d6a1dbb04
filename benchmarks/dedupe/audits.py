"""Audits over made pairs: quotations told, direction right, and nothing related by the words of others.

``python -m benchmarks dedupe.audits`` writes ``audits.csv``: a line for what was asked of how many pairs and
what was answered. The pairs are those of the tests with other seeds; what went wrong is printed.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from random import Random

from benchmarks.machine import describe, record
from pdtool.corpus.scan import scan
from pdtool.reuse.dedupe import By, DedupeOptions, DedupeResult, dedupe
from tests.reuse.audited_pairs import Told, apart, dated_copy, quoting, told

SEEDS = {
    "quotations": range(20_000, 20_300),
    "direction": range(30_000, 30_400),
    "apart": range(40_000, 41_000),
}
"""Far from those of the tests."""
UPSTREAM = "superior-"
"""How the names of superior documents begin."""


def _run(texts: Mapping[str, str], options: DedupeOptions, by: By = "pair") -> DedupeResult:
    with tempfile.TemporaryDirectory() as name:
        for one, text in texts.items():
            (Path(name) / one).write_text(text, encoding="utf-8")
        with scan([name]) as corpus:
            superior = frozenset(source.id for source in corpus.sources if source.id.startswith(UPSTREAM))
            return dedupe(corpus, options, by, upstream=superior)


def _quotations(from_dates: bool) -> dict[str, object]:
    found = Told(0, (), (), 0)
    options = DedupeOptions(threshold=0.0, jobs=1, from_dates=from_dates)
    for seed in SEEDS["quotations"]:
        made = quoting(Random(seed))
        found += told(made, _run({"a.txt": made.first, "b.txt": made.second}, options, "passage").passages)
    for style, text in (*found.missed, *found.wrong):
        print(f"{style}: {text}")
    return {
        "asked": "quoted passages" + (" in an audit" if from_dates else ""),
        "pairs": len(SEEDS["quotations"]),
        "right": found.right,
        "missed": len(found.missed),
        "wrong": len(found.wrong),
        "precision": f"{found.precision:.4f}",
        "recall": f"{found.recall:.4f}",
    }


def _direction() -> dict[str, object]:
    right = wrong = 0
    for seed in SEEDS["direction"]:
        made = dated_copy(Random(seed))
        source = f"{made.source_name}.txt"
        texts = {source: made.source, f"{made.copy_name}.txt": made.copy}
        rows = _run(texts, DedupeOptions(jobs=1, from_dates=True)).pairs
        told_of = rows[0].earlier if rows else ""
        right += told_of == source
        wrong += told_of not in {source, ""}
        if told_of != source:
            print(f"{seed}: {made.style}: {told_of or 'unknown'}")
    pairs = len(SEEDS["direction"])
    return {
        "asked": "direction of copies with dates",
        "pairs": pairs,
        "right": right,
        "missed": pairs - right - wrong,
        "wrong": wrong,
        "precision": f"{right / max(1, right + wrong):.4f}",
        "recall": f"{right / pairs:.4f}",
    }


def _apart() -> dict[str, object]:
    made = {seed: apart(Random(seed)) for seed in SEEDS["apart"]}
    texts = {f"{seed}a.txt": one.first for seed, one in made.items()}
    texts |= {f"{seed}b.txt": one.second for seed, one in made.items()}
    superior = {f"{UPSTREAM}{seed}.txt": one.upstream for seed, one in made.items() if one.upstream}
    rows = _run(texts | superior, DedupeOptions(jobs=1)).pairs
    related = [row for row in rows if row.doc_a[:-5] == row.doc_b[:-5]]
    for row in related:
        print(f"{row.doc_a} {row.doc_b}: {row.relation}, {made[int(row.doc_a[:-5])].style}")
    return {
        "asked": "not related by quotations, titles or superior text alone",
        "pairs": len(made),
        "right": len(made) - len(related),
        "missed": 0,
        "wrong": len(related),
        "precision": "",
        "recall": f"{1 - len(related) / len(made):.4f}",
    }


def main() -> None:
    """Ask all of it and record the answers."""
    rows = [_quotations(False), _quotations(True), _direction(), _apart()]
    for row in rows:
        print(row)
    machine = describe("pdtool", "numpy", "rapidfuzz")
    record(Path(__file__).with_suffix(".csv"), [row | {"machine": machine} for row in rows])
