"""Whether a series rises or falls: the test of Mann and Kendall, and Sen's slope."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import erfc, sqrt

__all__ = ["Trend", "mann_kendall"]

_EXACT_UP_TO = 50
"""Values up to which the probability is counted out. Beyond, unless nearly all values are equal, the normal
approximation differs by less than 0.002."""


@dataclass(frozen=True, slots=True)
class Trend:
    """What the test says of a series.

    Args:
        s: Kendall's S: rising pairs minus falling ones.
        tau: Kendall's τ_b, from −1 (always falling) to 1 (always rising); ``None`` if all values are equal.
        p: The probability that values in random order have an S at least as far from 0.
        slope: Sen's slope, what the series rises by from one time to the next in the median of all pairs;
            ``None`` for fewer than two values.
    """

    s: int
    tau: float | None
    p: float
    slope: float | None


def mann_kendall(values: Sequence[float], times: Sequence[float]) -> Trend:
    """Test a series for a trend.

    S = Σ_{i<j} sgn(x_j − x_i) (Mann 1945; Kendall 1975). τ_b = S ÷ √(N (N − T)), where N is the number of
    pairs and T that of tied ones. For up to 50 values p is exact, with ties too: how many orders of the
    values have an S are the coefficients of the q-multinomial [n]! ÷ Π [t]!, t being the sizes of the groups
    of equal values (MacMahon 1913 on the inversions of a multiset; S = untied pairs − 2 inversions). Beyond
    that, p is the normal approximation with the corrections for ties and continuity (Kendall 1975, ch. 4):
    Var S = (n (n−1)(2n+5) − Σ t (t−1)(2t+5)) ÷ 18. The slope is the median of all (x_j − x_i) ÷ (t_j − t_i)
    (Sen 1968).

    Args:
        values: The series.
        times: When each value was taken, ascending, none twice.

    The example of Gilbert 1987 (Statistical Methods for Environmental Pollution Monitoring, 16.4): the table
    gives 0.167 for S ≥ 4, one side.

    >>> found = mann_kendall([10, 15, 14, 20], [1, 2, 3, 4])
    >>> found.s, round(found.p / 2, 3)
    (4, 0.167)
    """
    pairs = list(combinations(range(len(values)), 2))
    s = sum((values[j] > values[i]) - (values[j] < values[i]) for i, j in pairs)
    ties = tuple(sorted(Counter(values).values()))
    untied = len(pairs) - sum(size * (size - 1) // 2 for size in ties)
    tau = s / sqrt(len(pairs) * untied) if untied else None
    p = _exact(abs(s), ties) if len(values) <= _EXACT_UP_TO else _approximate(s, ties)
    slopes = [(values[j] - values[i]) / (times[j] - times[i]) for i, j in pairs]
    from statistics import median  # with fractions and decimal, which no table without a trend needs

    return Trend(s, tau, p, median(slopes) if slopes else None)


@lru_cache(maxsize=4096)
def _orders(ties: tuple[int, ...]) -> tuple[int, ...]:
    """Return how many orders of values have 0, 1, 2 … inversions.

    Args:
        ties: How many of the values are equal, for each distinct one.

    >>> _orders((1, 1, 1)), _orders((1, 2))
    ((1, 2, 2, 1), (1, 1, 1))
    """
    n = sum(ties)
    most = (n * (n - 1) - sum(size * (size - 1) for size in ties)) // 2
    counts = [1] + [0] * most
    for power in range(1, n + 1):
        for k in range(most, power - 1, -1):
            counts[k] -= counts[k - power]
    for power in (power for size in ties for power in range(1, size + 1)):
        for k in range(power, most + 1):
            counts[k] += counts[k - power]
    return tuple(counts)


@lru_cache(maxsize=1 << 16)
def _exact(distance: int, ties: tuple[int, ...]) -> float:
    """Return the share of orders whose S is at least so far from 0."""
    counts = _orders(ties)
    most = len(counts) - 1
    far = sum(count for k, count in enumerate(counts) if abs(most - 2 * k) >= distance)
    return far / sum(counts)


def _approximate(s: int, ties: tuple[int, ...]) -> float:
    n = sum(ties)
    variance = (n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5) for t in ties)) / 18
    if not variance:
        return 1.0
    return min(1.0, erfc(max(0, abs(s) - 1) / sqrt(2 * variance)))
