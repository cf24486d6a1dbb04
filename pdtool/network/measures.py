"""How closely two terms stand together: the measures of co-word analysis.

All take whole arrays: how many units hold both terms, how many hold each, and how many units there are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pdtool.significance import FloatArray, adjusted, log_likelihood_cell, p_values

__all__ = ["Measures", "association", "g2", "jaccard", "measure", "npmi", "ochiai"]

Numbers = npt.NDArray[np.int64]


def ochiai(together: Numbers, count_a: Numbers, count_b: Numbers) -> FloatArray:
    """Return ``together / √(count_a · count_b)``, 0 to 1 (Ochiai 1957; Salton's cosine).

    >>> ochiai(np.array([6]), np.array([8]), np.array([7])).round(4).tolist()
    [0.8018]
    """
    product = count_a.astype(np.float64) * count_b
    result: FloatArray = together / np.sqrt(product)
    return result


def jaccard(together: Numbers, count_a: Numbers, count_b: Numbers) -> FloatArray:
    """Return ``together / (count_a + count_b − together)``, 0 to 1 (Jaccard 1912; as KH Coder links words).

    >>> jaccard(np.array([6]), np.array([8]), np.array([7])).round(4).tolist()
    [0.6667]
    """
    result: FloatArray = together / (count_a + count_b - together)
    return result


def association(together: Numbers, count_a: Numbers, count_b: Numbers, units: int) -> FloatArray:
    """Return how many times as often two terms stand together as they would by chance.

    The association strength of van Eck and Waltman (2009), formula 6, ``together / (count_a · count_b)``,
    times the number of units, so that 1 is what independence would give.

    >>> association(np.array([6]), np.array([8]), np.array([7]), 14).tolist()
    [1.5]
    """
    result: FloatArray = together * float(units) / (count_a.astype(np.float64) * count_b)
    return result


def npmi(together: Numbers, count_a: Numbers, count_b: Numbers, units: int) -> FloatArray:
    """Return the normalised pointwise mutual information, −1 to 1 (Bouma 2009).

    ``ln(p(a, b) / (p(a) · p(b))) / −ln p(a, b)``; 0 is independence, 1 never apart. Two terms that stand in
    every unit are never apart: 1, the limit.

    >>> npmi(np.array([6, 2]), np.array([8, 2]), np.array([7, 2]), 14).round(4).tolist()
    [0.4785, 1.0]
    """
    logarithm = np.log(together / units)
    expected = np.log(count_a / units) + np.log(count_b / units)
    result = np.ones(len(together))
    np.divide(logarithm - expected, -logarithm, out=result, where=together < units)
    return result


def g2(together: Numbers, count_a: Numbers, count_b: Numbers, units: int) -> FloatArray:
    """Return the log-likelihood statistic of each pair, negative where it is rarer than by chance.

    G² = 2 Σ O ln(O/E) over the four cells of both, one, the other and neither (Dunning 1993).

    Args:
        together: Units that hold both, shape ``(n,)``.
        count_a: Units that hold the one.
        count_b: Units that hold the other.
        units: All units.

    The example of Manning and Schütze (1999), table 5.12, "most powerful":

    >>> g2(np.array([150]), np.array([12593]), np.array([932]), 14307668).round(2).tolist()
    [1291.32]
    """
    a, b, both = (values.astype(np.float64) for values in (count_a, count_b, together))
    shares = (a / units, 1 - a / units)
    total = np.zeros(len(both))
    for column, cells in ((b, (both, b - both)), (units - b, (a - both, units - a - b + both))):
        for share, observed in zip(shares, cells, strict=True):
            total += log_likelihood_cell(observed, column * share)
    return np.where(both * units >= a * b, 2.0, -2.0) * np.maximum(total, 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class Measures:
    """All measures of some pairs of terms, each of shape ``(n_pairs,)``; see the functions of these names.

    ``g2`` and ``q`` are ``None`` where units overlap, so that they are no independent observations. ``q``
    is the p-value of G² corrected for all the pairs (Benjamini and Hochberg 1995).
    """

    ochiai: FloatArray
    jaccard: FloatArray
    association: FloatArray
    npmi: FloatArray
    g2: FloatArray | None
    q: FloatArray | None

    def take(self, which: Numbers) -> Measures:
        """Return those of some of the pairs."""
        return Measures(
            self.ochiai[which],
            self.jaccard[which],
            self.association[which],
            self.npmi[which],
            None if self.g2 is None else self.g2[which],
            None if self.q is None else self.q[which],
        )


def measure(together: Numbers, count_a: Numbers, count_b: Numbers, units: int, apart: bool) -> Measures:
    """Return all measures of pairs.

    Args:
        together: Units that hold both, shape ``(n,)``.
        count_a: Units that hold the one.
        count_b: Units that hold the other.
        units: All units.
        apart: Whether no two units overlap.
    """
    statistic = g2(together, count_a, count_b, units) if apart else None
    return Measures(
        ochiai(together, count_a, count_b),
        jaccard(together, count_a, count_b),
        association(together, count_a, count_b, units),
        npmi(together, count_a, count_b, units),
        statistic,
        None if statistic is None else adjusted(p_values(statistic)),
    )
