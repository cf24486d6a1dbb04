"""Text of slides as sharing sites extract it: everything stands there twice, side by side."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from tests.damage.tracked import Tracked, dirt, join

__all__ = ["doubled"]

_SENTENCE = re.compile(r"[^。！？]+[。！？]?[”’）]?")
_SHARES = (1.0, 1.0, 0.9, 0.7)
"""How much is doubled: mostly everything."""


def _glued(text: Tracked) -> Tracked:
    return join([text, dirt(text.text)])


def _as_line(text: Tracked) -> Tracked:
    return join([text, dirt(text.text)], "\n")


def _by_sentence(text: Tracked) -> Tracked:
    ends = [match.end() for match in _SENTENCE.finditer(text.text)]
    return join(map(_glued, text.split(ends[:-1])))


_WAYS: tuple[Callable[[Tracked], Tracked], ...] = (_glued, _as_line, _by_sentence)


def doubled(text: Tracked, rng: Random) -> Tracked:
    """Double the paragraphs of a text, all in one way: glued, as lines, or sentence by sentence.

    Args:
        text: A paragraph a line.
        rng: Says which way, and which paragraphs are spared.
    """
    way, share = rng.choice(_WAYS), rng.choice(_SHARES)
    paragraphs = (way(line) if rng.random() < share else line for line in text.paragraphs())
    return join(paragraphs, "\n")
