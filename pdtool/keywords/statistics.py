"""The statistics of keyness: whether a word is commoner here than there, how surely, and by how much.

All take occurrences and sizes; the size is in folded characters, since the sum of either unit cancels out
of every formula here.
"""

from __future__ import annotations

import numpy as np

from pdtool.significance import FloatArray, log_likelihood_cell

__all__ = ["diff_percent", "log_ratio", "signed_g2"]

_UNSEEN = 0.5
"""What a count of 0 is taken as in a ratio (Hardie 2014)."""


def signed_g2(here: FloatArray, there: FloatArray, size_here: int, size_there: int) -> FloatArray:
    """Return the log-likelihood statistic of each word, negative where it is rarer here than there.

    G² = 2 (a ln(a/E₁) + b ln(b/E₂)) with the expected counts E of a corpus without a difference (Dunning
    1993, in the two-cell form of Rayson and Garside 2000).

    Args:
        here: Occurrences in the text, shape ``(n,)``.
        there: Occurrences in the reference corpus.
        size_here: Size of the text, at least 1.
        size_there: Size of the reference corpus, at least 1.

    The worked example of Rayson's calculator, 3 against 1 in a hundred each:

    >>> signed_g2(np.array([3.0]), np.array([1.0]), 100, 100).round(4).tolist()
    [1.0465]
    """
    share = size_here / (size_here + size_there)
    total = here + there
    g2 = 2 * (log_likelihood_cell(here, total * share) + log_likelihood_cell(there, total * (1 - share)))
    commoner = here * size_there >= there * size_here
    return np.where(commoner, 1.0, -1.0) * np.maximum(g2, 0.0)


def log_ratio(here: FloatArray, there: FloatArray, size_here: int, size_there: int) -> FloatArray:
    """Return the binary logarithm of the ratio of both rates (Hardie 2014): 1 is twice as common.

    >>> log_ratio(np.array([8.0, 1.0]), np.array([2.0, 0.0]), 100, 100).tolist()
    [2.0, 1.0]
    """
    ratio = (np.maximum(here, _UNSEEN) / size_here) / (np.maximum(there, _UNSEEN) / size_there)
    logarithms: FloatArray = np.log2(ratio)
    return logarithms


def diff_percent(here: int, there: int, size_here: int, size_there: int) -> float | None:
    """Return the difference of both rates in per cent of the reference's (%DIFF, Gabrielatos 2018).

    ``None`` where the reference has no occurrence: any number put there would be an invention.

    >>> diff_percent(3, 1, 100, 100), diff_percent(3, 0, 100, 100)
    (200.0, None)
    """
    return (here * size_there / (there * size_here) - 1) * 100 if there else None
