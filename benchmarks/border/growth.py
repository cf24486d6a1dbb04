"""How the time of every step grows with texts that are made for growth.

``python -m benchmarks border.growth`` tries each step on each atom in each context of the tests' grid, of
which the tests try every twelfth; with ``PDTOOL_GROWTH_SHARE=4`` each atom in every fourth context. Writes
``growth.csv`` beside this file: for each step the combinations, those that took longer than a step that is
quick, the slowest, and the one whose time grew most. A text of 6,000 characters is compared with a quarter
of it: a linear step takes four times as long, a quadratic one sixteen times.
"""

from __future__ import annotations

import os
from collections import defaultdict
from pathlib import Path

from benchmarks.machine import describe, record
from tests.growth.grid import Growth, growths
from tests.growth.steps import STEPS_OF_ALL
from tests.growth.texts import pairs

SHARE = int(os.environ.get("PDTOOL_GROWTH_SHARE", "1"))


def main() -> None:
    """Record how each step grows."""
    list(growths("sentence", "start"))  # loads what the steps need
    slow: defaultdict[str, list[Growth]] = defaultdict(list)
    combinations = list(pairs(SHARE))
    for pair in combinations:
        for found in growths(*pair):
            slow[found.step].append(found)
            if not found.is_linear:
                print(found, flush=True)
    conditions = describe("numpy")
    rows = []
    for step in STEPS_OF_ALL:
        slowest = max(slow[step], key=lambda found: found.seconds, default=None)
        steepest = max(slow[step], key=lambda found: found.ratio, default=None)
        rows.append(
            {
                "step": step,
                "combinations": len(combinations),
                "not_quick": len(slow[step]),
                "slowest_s": f"{slowest.seconds:.2f}" if slowest else "",
                "slowest_text": f"{slowest.atom}, {slowest.context}" if slowest else "",
                "most_growth": f"{steepest.ratio:.1f}" if steepest else "",
                "steepest_text": f"{steepest.atom}, {steepest.context}" if steepest else "",
                "faults": sum(not found.is_linear for found in slow[step]),
                "conditions": conditions,
            }
        )
    record(Path(__file__).with_suffix(".csv"), rows)
