"""Random texts to align: what agrees by chance, what is damaged, what repeats itself."""

from __future__ import annotations

import random

import numpy as np
import numpy.typing as npt

HAN = 3000
"""Distinct characters of the random texts: about what real Chinese prose uses."""


def codes(text: str) -> npt.NDArray[np.uint32]:
    """Return the code points of a text."""
    return np.array([ord(character) for character in text], dtype=np.uint32)


def random_text(rng: random.Random, length: int) -> str:
    """Return characters that agree with others by chance alone."""
    return "".join(chr(0x4E00 + rng.randrange(HAN)) for _ in range(length))


def with_noise(rng: random.Random, text: str, share: float) -> str:
    """Replace, drop or double a share of the characters."""
    result = []
    for character in text:
        if rng.random() >= share:
            result.append(character)
        elif (kind := rng.random()) < 0.8:
            result.append(random_text(rng, 1))
        elif kind < 0.9:
            result.append(character * 2)
    return "".join(result)


def mutated(rng: random.Random) -> tuple[str, str]:
    """Return a text that repeats itself, and another one made of its parts: alignments compete."""
    parts = [random_text(rng, rng.randrange(5, 60)) for _ in range(rng.randrange(3, 9))]
    one = "".join(rng.choice(parts) for _ in range(rng.randrange(4, 25)))
    other = "".join(
        rng.choice(parts) if rng.random() < 0.8 else random_text(rng, rng.randrange(40))
        for _ in range(rng.randrange(4, 25))
    )
    return one, with_noise(rng, other, rng.choice((0.0, 0.02, 0.1, 0.2)))
