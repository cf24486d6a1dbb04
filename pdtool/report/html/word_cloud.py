"""A cloud of words as inline SVG: text is text, the larger the more often; the same words, the same cloud."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import cos, sin, sqrt

import numpy as np
import numpy.typing as npt

from pdtool.output.escaping import visible
from pdtool.output.width import clip_middle, display_width
from pdtool.report.frequency_model import WordView
from pdtool.report.html.safe import html

__all__ = ["word_cloud"]

_SMALLEST, _LARGEST = 15.0, 58.0
"""Pixels of the rarest and of the most frequent word."""
_LONGEST = 24
"""Columns of a word at most."""
_FLAT = 0.62
"""How much lower than wide the cloud is."""
_STEP = 0.13
"""Radians from a place of the spiral that is tried to the next."""
_PLACES = 1024
"""Places of the spiral that are looked at together."""
_APART = 1.6
"""Pixels that the spiral goes out in a radian."""
_COLOURS = 4

_Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""


def word_cloud(words: Sequence[WordView], label: str) -> str:
    """Draw a cloud; each word leads to its lines.

    Every word is put on the first place of a spiral from the middle where it touches no other, the most
    frequent first (as Wordle does: Feinberg 2010). Its height grows with the square root of its count, so
    that its area grows with the count.

    Args:
        words: High to low; at least one.
        label: What the picture is, for those who cannot see it.
    """
    placed: list[_Box] = []
    body = []
    for number, word in enumerate(words):
        size, name = _size(word.count, words), clip_middle(visible(word.term), _LONGEST)
        wide = size * max(1, display_width(name)) / 2
        left, top, right, bottom = box = _place(wide, size, placed)
        placed.append(box)
        title = html(f"{name}: {word.count:,}")
        body.append(
            f'<a href="#word-{number}" aria-label="{title}"><title>{title}</title>'
            f'<text class="middle w{number % _COLOURS}" x="{(left + right) / 2:.1f}" '
            f'y="{bottom - 0.14 * (bottom - top):.1f}" font-size="{size:g}">{html(name)}</text></a>'
        )
    left, top = min(box[0] for box in placed) - 4, min(box[1] for box in placed) - 4
    right, bottom = max(box[2] for box in placed) + 4, max(box[3] for box in placed) + 4
    width, height = right - left, bottom - top
    size_of_all = (
        f'width="{width:.0f}" height="{height:.0f}" viewBox="{left:.1f} {top:.1f} {width:.1f} {height:.1f}"'
    )
    return f'<svg class="cloud" {size_of_all} role="group" aria-label="{html(label)}">{"".join(body)}</svg>'


def _size(count: int, words: Sequence[WordView]) -> float:
    low, high = sqrt(words[-1].count), sqrt(words[0].count)
    share = (sqrt(count) - low) / (high - low) if high > low else 0.5
    return round(_SMALLEST + (_LARGEST - _SMALLEST) * share, 1)


def _place(wide: float, high: float, placed: Sequence[_Box]) -> _Box:
    """Return the first free box of the spiral; there always is one, as the spiral goes on."""
    others = np.array(placed, dtype=np.float64).reshape(-1, 4)
    part = 0
    while True:
        x, y = _spiral(part)
        left, top, right, bottom = x - wide / 2, y - high / 2, x + wide / 2, y + high / 2
        beside = (left >= others[:, 2] + 6) | (others[:, 0] >= right + 6)
        free = (beside | (top >= others[:, 3] + 1) | (others[:, 1] >= bottom + 1)).all(axis=1)
        if free.any():
            first = int(free.argmax())
            return left.item(first), top.item(first), right.item(first), bottom.item(first)
        part += 1


@cache
def _spiral(part: int) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return some places of the spiral: how far to the right and down, each of shape ``(_PLACES, 1)``."""
    turns = [_STEP * number for number in range(part * _PLACES, (part + 1) * _PLACES)]
    right = [_APART * turn * cos(turn) for turn in turns]
    down = [_FLAT * _APART * turn * sin(turn) for turn in turns]
    return np.array(right)[:, np.newaxis], np.array(down)[:, np.newaxis]
