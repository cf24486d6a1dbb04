"""How sure a difference is: probabilities of G², and their correction where many were tested."""

from __future__ import annotations

from math import erfc

import numpy as np
import numpy.typing as npt

__all__ = ["FloatArray", "adjusted", "log_likelihood_cell", "p_values"]

FloatArray = npt.NDArray[np.float64]


def log_likelihood_cell(observed: FloatArray, expected: FloatArray) -> FloatArray:
    """Return ``observed * ln(observed / expected)``, one cell of G²; 0 where nothing was observed.

    Args:
        observed: Counts, none negative, shape ``(n,)``.
        expected: Expected counts, positive where something was observed, shape ``(n,)``.
    """
    seen = observed > 0
    ratio = np.divide(observed, expected, out=np.ones_like(expected), where=seen)
    logarithms: FloatArray = observed * np.log(ratio)
    return logarithms


def p_values(g2: FloatArray) -> FloatArray:
    """Return the probability of a G² at least as large by chance: chi-squared, one degree of freedom.

    Args:
        g2: The statistics, signed or not, shape ``(n,)``.

    >>> p_values(np.array([3.841458820694124, -10.827566170662733, 0.0])).round(6).tolist()
    [0.05, 0.001, 1.0]
    """
    return np.array([erfc((abs(value) / 2) ** 0.5) for value in g2.tolist()])


def adjusted(p: FloatArray) -> FloatArray:
    """Return the p-values corrected for their number (Benjamini and Hochberg 1995): false discovery rates.

    Args:
        p: Probabilities, shape ``(n,)``.

    >>> adjusted(np.array([0.01, 0.04, 0.03, 0.5])).round(4).tolist()
    [0.04, 0.0533, 0.0533, 0.5]
    """
    order = np.argsort(-p, kind="stable")
    count = len(p)
    scaled = np.minimum(p[order] * count / np.arange(count, 0, -1), 1.0)
    result = np.empty(count)
    result[order] = np.minimum.accumulate(scaled)
    return result
