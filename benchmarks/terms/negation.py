"""How well negated terms are told: precision and recall on the labelled sentences, whole and by part."""

from __future__ import annotations

import time
from pathlib import Path

from benchmarks.machine import describe, record
from tests.terms.negation_cases import Sentence, figures, sentences


def _row(name: str, chosen: list[Sentence]) -> dict[str, object]:
    found = figures(chosen)
    return {
        "sentences": name,
        "count": len(chosen),
        "terms": found.terms,
        "negated": found.negated,
        "precision": f"{found.precision:.3f}",
        "recall": f"{found.recall:.3f}",
    }


def main() -> None:
    """Count and time, and write the figures."""
    every = list(sentences())
    figures(every)
    started = time.perf_counter()
    figures(every)
    micros = 1e6 * (time.perf_counter() - started) / len(every)
    parts = {
        "all": every,
        "odd (looked at while the rules were made)": every[::2],
        "even (only counted)": every[1::2],
        "Simplified": [one for one in every if not one.traditional],
        "Traditional": [one for one in every if one.traditional],
    }
    shared = {"microseconds_per_sentence": f"{micros:.0f}", "machine": describe("pdtool")}
    record(
        Path(__file__).with_suffix(".csv"), [{**_row(name, some), **shared} for name, some in parts.items()]
    )


if __name__ == "__main__":
    main()
