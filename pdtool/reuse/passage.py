"""An aligned stretch of two folded texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pdtool.text.arrays import ragged_ranges
from pdtool.text.edits import IntArray

__all__ = ["LEAST_SIMILARITY", "Passage", "Passages", "Positions", "matches_of", "spans_of"]

Positions = npt.NDArray[np.int64]

LEAST_SIMILARITY = 0.5
"""A passage in which fewer of the characters agree is not one."""


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """An aligned stretch of two folded texts, beginning and ending with equal characters.

    Args:
        matches_a: Ascending positions in a whose characters are matched, shape ``(n,)``, n ≥ 1.
        matches_b: The positions in b that they equal, each once, shape ``(n,)``. They ascend too, unless
            the parts of the passage stand in another order in b.
        start_a: First folded character in a.
        end_a: First folded character of a after it.
        start_b: First folded character in b.
        end_b: First folded character of b after it.
    """

    matches_a: Positions
    matches_b: Positions
    start_a: int
    end_a: int
    start_b: int
    end_b: int

    @classmethod
    def of(cls, matches_a: Positions, matches_b: Positions) -> Passage:
        """Return the passage of these matches, whose parts may stand in any order in b."""
        ends = int(matches_a[0]), int(matches_a[-1]) + 1, int(matches_b.min()), int(matches_b.max()) + 1
        return cls(matches_a, matches_b, *ends)

    @classmethod
    def in_order(cls, matches_a: Positions, matches_b: Positions) -> Passage:
        """Return the passage of these matches, which ascend in both texts."""
        ends = int(matches_a[0]), int(matches_a[-1]) + 1, int(matches_b[0]), int(matches_b[-1]) + 1
        return cls(matches_a, matches_b, *ends)

    @property
    def span(self) -> tuple[int, int, int, int, int]:
        """Start and end in a, start and end in b, equal characters."""
        return self.start_a, self.end_a, self.start_b, self.end_b, len(self.matches_a)

    @property
    def chars(self) -> int:
        """Folded characters of the shorter side."""
        return min(self.end_a - self.start_a, self.end_b - self.start_b)

    @property
    def similarity(self) -> float:
        """Equal characters ÷ the longer side, 0 to 1."""
        return len(self.matches_a) / max(self.end_a - self.start_a, self.end_b - self.start_b)

    def part(self, start: int, stop: int) -> Passage:
        """Return the passage between two of its matches, the second not included."""
        return Passage.of(self.matches_a[start:stop], self.matches_b[start:stop])

    def swapped(self) -> Passage:
        """Return the same passage with a and b exchanged."""
        order = np.argsort(self.matches_b, kind="stable")
        matches = self.matches_b[order], self.matches_a[order]
        return Passage(*matches, self.start_b, self.end_b, self.start_a, self.end_a)

    def moved(self, by_a: int, by_b: int) -> Passage:
        """Return the same passage so many characters farther on in a and in b."""
        ends = self.start_a + by_a, self.end_a + by_a, self.start_b + by_b, self.end_b + by_b
        return Passage(self.matches_a + by_a, self.matches_b + by_b, *ends)


@dataclass(frozen=True, slots=True, eq=False)
class Passages:
    """Many passages whose matches ascend in both texts: most are looked at and given up, few are kept.

    Args:
        matches_a: Matches in a, those of each passage side by side, shape ``(n_matches,)``.
        matches_b: Likewise in b.
        firsts: Where the matches of each begin there, shape ``(n,)``.
        stops: Where they end, likewise.
    """

    matches_a: Positions
    matches_b: Positions
    firsts: Positions
    stops: Positions

    @classmethod
    def joined(cls, parts: Sequence[Passages]) -> Passages:
        """Return those of one or more parts, one part's behind another's."""
        sizes = np.array([len(part.matches_a) for part in parts])
        before = np.repeat(np.cumsum(sizes) - sizes, [len(part) for part in parts])
        return cls(
            np.concatenate([part.matches_a for part in parts]),
            np.concatenate([part.matches_b for part in parts]),
            np.concatenate([part.firsts for part in parts]) + before,
            np.concatenate([part.stops for part in parts]) + before,
        )

    def __len__(self) -> int:
        return len(self.firsts)

    def __iter__(self) -> Iterator[Passage]:
        for first, stop, *span in self.rows():
            yield Passage(self.matches_a[first:stop], self.matches_b[first:stop], *span)

    def rows(self) -> Iterator[tuple[int, int, int, int, int, int]]:
        """Yield where the matches of each begin and end, and its :attr:`spans`."""
        return zip(self.firsts.tolist(), self.stops.tolist(), *self.spans.tolist(), strict=True)

    @property
    def spans(self) -> Positions:
        """Where each starts and ends in a, and starts and ends in b, shape ``(4, n)``."""
        last = self.stops - 1
        start_a, start_b = self.matches_a[self.firsts], self.matches_b[self.firsts]
        return np.stack((start_a, self.matches_a[last] + 1, start_b, self.matches_b[last] + 1))

    @property
    def lengths(self) -> Positions:
        """How much each matches, shape ``(n,)``."""
        return self.stops - self.firsts

    @property
    def matches(self) -> tuple[Positions, Positions]:
        """The matches of all of them in a and in b, those of one behind those of another."""
        at = ragged_ranges(self.firsts, self.lengths)
        return self.matches_a[at], self.matches_b[at]

    def some(self, chosen: npt.NDArray[np.bool_] | Positions | list[int]) -> Passages:
        """Return the chosen ones."""
        return Passages(self.matches_a, self.matches_b, self.firsts[chosen], self.stops[chosen])

    def between(self, bounds: Sequence[tuple[int, int]] | Positions) -> Passages:
        """Return stretches of these.

        Args:
            bounds: Where the matches of each begin and end, shape ``(n, 2)``.
        """
        firsts, stops = np.array(bounds, np.int64).reshape(-1, 2).T
        return Passages(self.matches_a, self.matches_b, firsts, stops)

    def longest_first(self) -> Passages:
        """Return them by how much they match, then by where they start."""
        start_a, _, start_b, _ = self.spans
        return self.some(np.lexsort((start_b, start_a, -self.lengths)))


def matches_of(passages: Iterable[Passage]) -> tuple[Positions, Positions]:
    """Return the matches of passages in a and in b, those of one behind those of another."""
    none, every = np.empty(0, np.int64), list(passages)
    return (
        np.concatenate([none, *(passage.matches_a for passage in every)]),
        np.concatenate([none, *(passage.matches_b for passage in every)]),
    )


def spans_of(passages: Iterable[Passage]) -> IntArray:
    """Return where passages are: start and end in a, start and end in b, equal characters.

    Returns:
        Shape ``(n_passages, 5)``.
    """
    return np.array([passage.span for passage in passages], np.int32).reshape(-1, 5)
