"""Which of two readings is likelier, by the language model of clean text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

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
    scores = np.array(_likelihoods(texts)) + CHARACTER * np.array([len(text) for text in texts])
    return [float(margin) for margin in scores[0::2] - scores[1::2]]


def _likelihoods(texts: Sequence[str]) -> list[float]:
    """Return the logarithm of the probability of each text, every character behind the one before."""
    # Loaded where it is needed: most pairs differ in nothing that it must judge.
    from pdtool.normalise.slips.language_model import base_model, symbols

    row = symbols("\n".join(["", *texts, ""]))
    scores = np.maximum(base_model().scores(row[:-1], row[1:]), _LEAST)
    ends = np.cumsum([0, *(len(text) + 1 for text in texts)])
    return [float(scores[start:end].sum()) for start, end in pairwise(ends.tolist())]
