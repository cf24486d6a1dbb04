"""What a shared hash counts for, and how much has to be shared.

Shared hashes count by their rarity (inverse document frequency, Spärck Jones 1972): what a tenth of a corpus
says, such as the phrases of its genre, is weak evidence for a copy.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

__all__ = ["FULL", "Numbers", "needed", "weights"]

Numbers = npt.NDArray[np.int64]

FULL = 255
"""The weight of a hash that one document holds; integers, so that sums do not depend on their order."""
LEAST_WEIGHT = 0.1
"""Share of it that the most frequent hash still has."""
ELSEWHERE = 1000
"""Documents that a corpus is thought to be part of: in a small one, what three of three hold is no phrase."""
ERRORS = 1.5
"""Standard errors of the sample that are given away. On 10,000 documents two gave five times as many
candidates and found nothing more."""


def weights(document_counts: Numbers, documents: int) -> Numbers:
    """Return what a hash counts for.

    Args:
        document_counts: How many documents hold each hash, at least 1, shape ``(n,)``.
        documents: How many documents there are.

    Returns:
        Weights from 25 to 255, shape ``(n,)``.

    >>> weights(np.array([1, 2, 64, 5000]), 10_000).tolist()
    [255, 236, 141, 26]
    """
    everywhere = documents + ELSEWHERE
    rarity = np.log(everywhere / document_counts) / np.log(everywhere)
    return np.asarray(np.rint(FULL * np.clip(rarity, LEAST_WEIGHT, 1)), np.int64)


def needed(whole: npt.ArrayLike, size: npt.ArrayLike, least_share: float) -> npt.NDArray[np.float64]:
    """Return which weight a document has to share so that it may be the sample of at least ``least_share``.

    One and a half standard errors are given away, so that chance loses few true pairs; the share asked for
    allows for more damage than most copies have.

    Args:
        whole: Weight of all hashes of the document.
        size: How many these are.
        least_share: The share asked for, 0 to 1.

    >>> needed([100, 100, 1000, 0], [100, 10, 1000, 0], 0.1).round(1).tolist()
    [5.3, -5.0, 85.0, 0.0]
    """
    expected = least_share * np.asarray(size, np.float64)
    share = expected - ERRORS * np.sqrt(expected)
    return np.asarray(share * np.asarray(whole) / np.maximum(size, 1))
