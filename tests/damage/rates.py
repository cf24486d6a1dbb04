"""How much of a damage is left: the character error rate against the undamaged text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

from rapidfuzz.distance import Levenshtein

from pdtool.text.fold import fold
from tests.damage.tracked import Tracked, original
from tests.texts import library

__all__ = ["Damage", "Pair", "distance", "error_rate", "pairs"]

_SHORTEST = 300

Damage = Callable[[Tracked, Random], Tracked]


@dataclass(frozen=True, slots=True)
class Pair:
    """A text before and after it was damaged."""

    clean: str
    dirty: str


def pairs(damage: Damage, seeds: Iterable[int]) -> Iterator[Pair]:
    """Damage every text of some libraries that is not very short."""
    for seed in seeds:
        rng = Random(f"repairs {seed}")
        for text in library(seed):
            if len(text.text) >= _SHORTEST:
                yield Pair(text.text, damage(original(text.text, text.id), rng).text)


def distance(clean: str, other: str) -> int:
    """Count the edits between two texts, letters, digits and Han only."""
    return Levenshtein.distance(fold(clean).codes.tolist(), fold(other).codes.tolist())


def error_rate(made: Sequence[Pair], repair: Callable[[str], str]) -> float:
    """Return the edits left after a repair per character of the undamaged texts."""
    errors = sum(distance(pair.clean, repair(pair.dirty)) for pair in made)
    return errors / sum(len(fold(pair.clean)) for pair in made)
