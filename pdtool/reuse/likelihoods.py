"""Which of two readings is likelier, by the language model of clean text."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

__all__ = ["margins"]

CHARACTER = 6.0
"""What a character costs on average (natural logarithm): readings may differ in length."""
_LEAST = -14.0
"""What a character counts at least, however strange it is."""


def margins(pairs: Sequence[tuple[str, str]]) -> list[float]:
    """Return how much likelier the first of two texts is than the second (natural logarithm).

    Args:
        pairs: Texts that differ a little; they may differ in length.
    """
    if not pairs:
        return []
    texts = [text for pair in pairs for text in pair]
    # Each is more likely than its characters are on average by so much.
    scores = _likelihoods(texts) + CHARACTER * np.array([len(text) for text in texts])
    found: list[float] = (scores[0::2] - scores[1::2]).tolist()
    return found


def _likelihoods(texts: Sequence[str]) -> npt.NDArray[np.float64]:
    """Return the logarithm of the probability of each text, every character behind the one before."""
    # Loaded where it is needed: most pairs differ in nothing that it must judge.
    from pdtool.normalise.slips.language_model import base_model, symbols

    row = symbols("\n".join(["", *texts, ""]))
    scores = np.maximum(base_model().scores(row[:-1], row[1:]), _LEAST)
    sizes = np.array([len(text) + 1 for text in texts])
    starts = np.cumsum(sizes) - sizes
    # From a zero on, as each alone is summed: to the last bit the same.
    return np.add.reduceat(np.insert(scores, starts, 0.0), starts + np.arange(len(starts)))
