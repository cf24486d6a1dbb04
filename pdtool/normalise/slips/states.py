"""Partial readings of a slipped stretch, and which of them are kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

__all__ = ["UNBALANCED", "Chain", "Half", "State", "after", "balance", "pruned"]

_BEAM, _DEPTH, _ALIKE = 32, 12.0, 12
"""Partial readings kept at a place, how far below the best one they may lie (natural logarithms), and how
many of those that differ in nothing that counts for the rest."""
UNBALANCED = -4.0
"""The cost of opening a quotation in a quotation, or closing one outside."""


class Chain(NamedTuple):
    """The restored text so far, last piece first."""

    before: Chain | None
    piece: str


class State(NamedTuple):
    """A partial reading.

    Args:
        score: The logarithm of its probability.
        waiting: The byte that waits for its second half; see :data:`~pdtool.normalise.slips.choices.ANY`.
        last: The symbol of the last restored character.
        quoted: Whether a quotation is open.
        chain: The restored text.
    """

    score: float
    waiting: int
    last: int
    quoted: bool
    chain: Chain | None

    def text(self) -> str:
        """Return the restored text."""
        pieces = []
        chain = self.chain
        while chain:
            pieces.append(chain.piece)
            chain = chain.before
        return "".join(reversed(pieces))


class Half(NamedTuple):
    """What a character of output may be when it is out of step.

    Args:
        trail: The byte that completes the character before.
        waiting: The byte that waits then; 0 if the text is in step again.
        following: The symbol that follows if nothing is hidden; -1 where that is unknown.
    """

    trail: int
    waiting: int
    following: int


def balance(quoted: bool, character: str) -> float:
    """Return what a character costs where a quotation is open or not."""
    return UNBALANCED if (character == "“" and quoted) or (character == "”" and not quoted) else 0.0


def after(quoted: bool, character: str) -> bool:
    """Return whether a quotation is open behind a character."""
    return character == "“" or (quoted and character != "”")


def pruned(states: Iterable[State]) -> list[State]:
    """Keep the best states, and of those that differ in nothing that counts for the rest only a few."""
    kept: list[State] = []
    alike: dict[tuple[int, int, bool], int] = {}
    least = -np.inf
    for state in sorted(states, key=lambda state: -state.score):
        if state.score < least or len(kept) == _BEAM:
            break
        key = (state.waiting, state.last, state.quoted)
        alike[key] = alike.get(key, 0) + 1
        if alike[key] <= _ALIKE:
            kept.append(state)
            least = kept[0].score - _DEPTH
    return kept
