"""Co-word analysis as its definitions say it, one unit and one pair at a time: slow, and plain to read."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations

Pair = tuple[str, str]


def pair_counts(units: Iterable[frozenset[str]]) -> tuple[Counter[str], Counter[Pair]]:
    """Count in how many units each term stands, and each two together."""
    single: Counter[str] = Counter()
    both: Counter[Pair] = Counter()
    for unit in units:
        single.update(unit)
        both.update(combinations(sorted(unit), 2))
    return single, both


def ochiai(both: int, a: int, b: int) -> float:
    """Return Ochiai's coefficient."""
    return both / math.sqrt(a * b)


def jaccard(both: int, a: int, b: int) -> float:
    """Return Jaccard's coefficient."""
    return both / (a + b - both)


def association(both: int, a: int, b: int, units: int) -> float:
    """Return how many times as often two stand together as expected."""
    return both / (a / units * b / units * units)


def npmi(both: int, a: int, b: int, units: int) -> float:
    """Return Bouma's normalised pointwise mutual information."""
    if both == units:
        return 1.0
    return math.log((both / units) / (a / units * b / units)) / -math.log(both / units)


def g2(both: int, a: int, b: int, units: int) -> float:
    """Return Dunning's statistic from the table of both, one, the other and neither, with its sign."""
    observed = [[both, a - both], [b - both, units - a - b + both]]
    total = 0.0
    for row in (0, 1):
        for column in (0, 1):
            seen = observed[row][column]
            expected = sum(observed[row]) * (observed[0][column] + observed[1][column]) / units
            total += seen * math.log(seen / expected) if seen else 0.0
    return 2 * total if both >= a * b / units else -2 * total


def false_discovery_rates(p: Sequence[float]) -> list[float]:
    """Return what Benjamini and Hochberg make of p-values: the least rate at which each is rejected."""
    ordered = sorted(p)
    return [
        min(
            min(1.0, ordered[place] * len(p) / (place + 1))
            for place in range(len(p))
            if ordered[place] >= value
        )
        for value in p
    ]


def callon(equivalence: dict[Pair, float], groups: Sequence[frozenset[str]]) -> list[tuple[float, float]]:
    """Return Callon's centrality and density of each group of terms."""
    found = []
    for group in groups:
        inside = sum(value for (a, b), value in equivalence.items() if a in group and b in group)
        across = sum(value for (a, b), value in equivalence.items() if (a in group) != (b in group))
        found.append((10 * across, 100 * inside / len(group)))
    return found
