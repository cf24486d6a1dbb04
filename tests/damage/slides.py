"""Text of slides as sharing sites extract it: everything stands there twice, side by side."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from random import Random

from tests.damage.tracked import Tracked, dirt, join

__all__ = ["doubled", "doubled_across_lines"]

_SENTENCE = re.compile(r"[^。！？]+[。！？]?[”’）]?")
_SHARES = (1.0, 1.0, 0.9, 0.7)
"""How much is doubled: mostly everything."""
_WIDTHS = (18, 42)
"""Characters of a line of a slide."""
_RUN = (30, 160)
"""Characters of a text frame, which begins and ends anywhere in a line."""


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


def _wrapped(text: Tracked, width: int) -> Tracked:
    """Break paragraphs after ``width`` characters."""
    lines = (join(line.split(range(width, len(line), width)), "\n") for line in text.paragraphs())
    return join(lines, "\n")


def _bounds(length: int, rng: Random) -> Iterator[int]:
    bound = rng.randint(*_RUN)
    while bound < length:
        yield bound
        bound += rng.randint(*_RUN)


def _run_by_run(text: Tracked, width: int, rng: Random) -> Tracked:
    """Wrap, then double each run of characters with the line ends inside it."""
    wrapped = _wrapped(text, width)
    return join(map(_glued, wrapped.split(_bounds(len(wrapped), rng))))


def _sentences_wrapped(text: Tracked, width: int, _: Random) -> Tracked:
    """Double each sentence, then wrap: the two copies break at different places."""
    return _wrapped(join(map(_by_sentence, text.paragraphs()), "\n"), width)


def _paragraphs_wrapped(text: Tracked, width: int, _: Random) -> Tracked:
    """Wrap each paragraph and print its lines again behind the last, without a line end between."""
    paragraphs = (_wrapped(line, width) for line in text.paragraphs())
    return join(map(_glued, paragraphs), "\n")


_ACROSS: tuple[Callable[[Tracked, int, Random], Tracked], ...] = (
    _run_by_run,
    _sentences_wrapped,
    _paragraphs_wrapped,
)


def doubled_across_lines(text: Tracked, rng: Random) -> Tracked:
    """Double runs that hold line ends, all in one way.

    Args:
        text: A paragraph a line.
        rng: Says which way, how wide the lines are and where the runs end.
    """
    return rng.choice(_ACROSS)(text, rng.randint(*_WIDTHS), rng)
