"""Kinds, keepers and names over made pairs: what a pair is to a reader, which one is kept, what tells.

``python -m benchmarks dedupe.kinds`` writes ``kinds.csv``: a line for each kind of pair and one for the names
of county plans. The pairs are those of the tests with other seeds; what went wrong is printed.
"""

from __future__ import annotations

import tempfile
from itertools import count
from pathlib import Path
from random import Random

from benchmarks.machine import describe, record
from tests.reuse.county_plans import NameCounts, adapted_plan
from tests.reuse.related_pairs import KINDS
from tests.reuse.test_kinds import is_kept, judged
from tests.reuse.test_name_swaps import compared

PAIRS = 200
"""Pairs of each kind that are judged; of those that are made, some differ too much to be copies."""
PLANS = 100
"""County plans."""
SEED = "second benchmark of 30 November 2026"
"""No test has it."""


def _kind(kind: str) -> dict[str, object]:
    asked = right = kept = 0
    made_pairs = count()
    with tempfile.TemporaryDirectory() as name:
        while asked < PAIRS:
            number = next(made_pairs)
            rng = Random(f"{SEED} {kind} {number}")
            made = KINDS[kind](rng)
            row = judged(Path(name), made.turned() if rng.random() < 0.5 else made)
            if row is None:  # too much was amended or filled in for a copy
                continue
            asked += 1
            right += row.kind == kind
            keeps = is_kept(Path(name), row, made)
            kept += keeps
            if row.kind != kind or not keeps:
                print(f"{kind} {number}: told {row.kind}, keep {row.keep or 'all'}: {row.reason}")
    return {
        "asked": kind,
        "made": next(made_pairs),
        "of": asked,
        "right": right,
        "share": f"{right / asked:.4f}",
    } | {
        "kept_right": kept,
        "share_kept": f"{kept / asked:.4f}",
    }


def _names() -> list[dict[str, object]]:
    counts = NameCounts()
    for number in range(PLANS):
        made = adapted_plan(Random(f"{SEED} {number}"))
        counts.add(made, compared(made.source, made.copy))
    return [
        {"asked": asked, "of": of, "right": right, "share": f"{right / of:.4f}"}
        for asked, of, right in (
            ("swapped names", counts.swaps, counts.swaps - counts.swaps_missing),
            ("forgotten names", counts.forgotten, counts.forgotten - counts.forgotten_missing),
            ("local figures", counts.figures, counts.figures - counts.figures_missing),
            ("what is listed", counts.listed, counts.listed - counts.wrong),
        )
    ]


def main() -> None:
    """Ask all of it and record the answers."""
    rows = [*map(_kind, sorted(KINDS)), *_names()]
    machine = describe("pdtool", "numpy", "rapidfuzz")
    columns = ("asked", "made", "of", "right", "share", "kept_right", "share_kept")
    filled = [{column: row.get(column, "") for column in columns} for row in rows]
    record(Path(__file__).with_suffix(".csv"), [row | {"machine": machine} for row in filled])
