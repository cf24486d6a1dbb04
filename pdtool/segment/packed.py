"""A segmenter as a process of workers has it: its settings are short strings, and it is made once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache

from pdtool.segment.segmenter import Segmenter
from pdtool.segment.userdict import UserTerm

__all__ = ["pack_terms", "segmenter_of"]


def pack_terms(terms: Sequence[UserTerm]) -> str:
    """Return the entries of a user dictionary as one string: it is sent and compared faster than many."""
    return json.dumps([(entry.term, entry.frequency) for entry in terms])


@lru_cache(maxsize=2)
def segmenter_of(name: str, packed: str, guess: bool = True) -> Segmenter:
    """Return this process's segmenter.

    Args:
        name: One of :data:`~pdtool.segment.segmenter.SEGMENTERS`.
        packed: The user's words, as :func:`pack_terms` gives them.
        guess: Whether words that no dictionary has are guessed.
    """
    return Segmenter(name, [UserTerm(*entry) for entry in json.loads(packed)], guess)
