"""Text that knows where each of its characters came from, so that the truth about a copy is known."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

__all__ = ["NOWHERE", "Tracked", "dirt", "invented", "join", "original"]

NOWHERE = -1
"""The origin of a character that was taken from no text."""


@dataclass(frozen=True, slots=True, eq=False)
class Tracked:
    """A text with the origin of every character.

    Args:
        text: The text.
        origins: For each character the text and offset it was taken from, as one number, or
            :data:`NOWHERE`; shape ``(len(text),)``. A character that was misread keeps its origin.
        dirt: Whether the character belongs to no document at all: ghosts, page markers, furniture;
            shape ``(len(text),)``.
    """

    text: str
    origins: npt.NDArray[np.int64]
    dirt: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.text)

    def __getitem__(self, span: slice) -> Tracked:
        return Tracked(self.text[span], self.origins[span], self.dirt[span])

    def respelt(self, text: str) -> Tracked:
        """Return the same characters in other forms, one for one.

        Raises:
            ValueError: If ``text`` has another length.
        """
        if len(text) != len(self):
            raise ValueError("characters correspond one by one")
        return Tracked(text, self.origins, self.dirt)

    def replaced(self, changes: Iterable[tuple[int, int, Tracked]]) -> Tracked:
        """Replace spans.

        Args:
            changes: ``(start, end, replacement)``, sorted and disjoint.
        """
        pieces: list[Tracked] = []
        position = 0
        for start, end, replacement in changes:
            pieces += (self[position:start], replacement)
            position = end
        return join([*pieces, self[position:]])

    def split(self, bounds: Iterable[int]) -> list[Tracked]:
        """Cut at ascending offsets into non-empty pieces."""
        cuts = [0, *bounds, len(self)]
        return [self[a:b] for a, b in pairwise(cuts) if b > a]

    def paragraphs(self) -> list[Tracked]:
        """Return the lines that hold anything, without their ends."""
        return list(self._lines())

    def _lines(self) -> Iterator[Tracked]:
        start = 0
        for line in self.text.split("\n"):
            if line.strip():
                yield self[start : start + len(line)]
            start += len(line) + 1


def _filled(text: str, dirt: bool) -> Tracked:
    return Tracked(text, np.full(len(text), NOWHERE, dtype=np.int64), np.full(len(text), dirt))


def original(text: str, name: str) -> Tracked:
    """Return a text whose characters are their own origin.

    Args:
        text: The undamaged text.
        name: What other texts' origins must not be mistaken for.
    """
    base = (zlib.crc32(name.encode()) & 0x7FFFFFFF) << 32
    return Tracked(text, base + np.arange(len(text), dtype=np.int64), np.zeros(len(text), dtype=bool))


def invented(text: str) -> Tracked:
    """Return content that was taken from no other text."""
    return _filled(text, False)


def dirt(text: str) -> Tracked:
    """Return something that is no content: a marker, a ghost, furniture."""
    return _filled(text, True)


def join(pieces: Iterable[Tracked], between: str = "") -> Tracked:
    """Concatenate, with ``between`` in every gap.

    >>> join([original("甲", "a"), dirt("(jiǎ)")]).text
    '甲(jiǎ)'
    """
    laid: list[Tracked] = []
    for piece in pieces:
        laid += [invented(between), piece] if laid and between else [piece]
    laid = laid or [invented("")]
    return Tracked(
        "".join(piece.text for piece in laid),
        np.concatenate([piece.origins for piece in laid]),
        np.concatenate([piece.dirt for piece in laid]),
    )
