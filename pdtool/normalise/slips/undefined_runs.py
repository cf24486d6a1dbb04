"""Characters in a row with nothing but undefined pairs across them.

GBK leaves one pair of bytes in seven undefined. Where a decoder out of step meets one, it writes a mark, or
nothing at all, and both bytes are lost: the last byte of one character and the first of the next. Several of
them in a row leave so little that mostly only a phrase that the text has elsewhere can be found again.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pdtool.normalise.slips.choices import Choices, completions, defined
from pdtool.normalise.slips.gbk import FULL_WIDTH_ROW, LEADS, Pairs, pairs_of, undefined_pairs
from pdtool.normalise.slips.language_model import symbols_of_pairs
from pdtool.text.arrays import distinct, ragged_ranges
from pdtool.text.code_points import code_points

__all__ = [
    "LONGEST_OWN",
    "Followers",
    "between_undefined_pairs",
    "followers_ending_in",
    "is_undefined",
    "own_runs",
    "undefined_across",
]

LONGEST_OWN = 6
"""Characters that a phrase of the text with undefined pairs across it may have."""


@cache
def between_undefined_pairs() -> Choices:
    """Return the pairs that may stand between two undefined ones, and their symbols."""
    leads, trails = undefined_pairs()
    return defined((distinct(trails)[:, None] << 8 | distinct(leads)).ravel())


def is_undefined(before: Pairs, after: Pairs) -> npt.NDArray[np.bool_]:
    """Return whether the last byte of one pair and the first of another make an undefined pair."""
    undefined: npt.NDArray[np.bool_] = _undefined().take((before & 0xFF) << 8 | after >> 8)
    return undefined


def undefined_across(befores: Pairs, afters: Pairs) -> tuple[Pairs, Pairs]:
    """Return the indices of all of some pairs, and of others, that make an undefined one between them."""
    across = _undefined().reshape(256, 256)[befores & 0xFF].take(afters >> 8, axis=1)
    at, through = np.divmod(np.flatnonzero(across), max(len(afters), 1))
    return at, through


class Followers(NamedTuple):
    """What may stand behind each byte with an undefined pair across the two.

    Args:
        pairs: What may follow the first byte, then what may follow the second one, and so on.
        symbols: Their symbols.
        starts: Where in these the followers of each byte start, shape ``(256,)``.
        counts: How many there are, shape ``(256,)``.
    """

    pairs: Pairs
    symbols: Pairs
    starts: Pairs
    counts: Pairs

    def behind(self, befores: Pairs) -> tuple[Pairs, Choices]:
        """Return what may follow some pairs, in their order: the index of the pair before each, and these."""
        trails = befores & 0xFF
        counts = self.counts.take(trails)
        through = ragged_ranges(self.starts.take(trails), counts)
        at = np.repeat(np.arange(len(befores)), counts)
        return at, (self.pairs.take(through), self.symbols.take(through))


@lru_cache(maxsize=512)
def followers_ending_in(trail: int, *, known: bool = False) -> Followers:
    """Return which pairs that ``trail`` completes may follow each byte, or only those of known symbols."""
    pairs, found = completions(trail)
    if known:
        pairs, found = pairs[found > 0], found[found > 0]
    bytes_before, through = undefined_across(np.arange(256), pairs)
    counts = np.bincount(bytes_before, minlength=256)
    return Followers(pairs[through], found[through], np.cumsum(counts) - counts, counts)


@cache
def _undefined() -> npt.NDArray[np.bool_]:
    """Return of every two bytes whether they make no character; shape ``(PAIRS,)``."""
    undefined: npt.NDArray[np.bool_] = symbols_of_pairs() < 0
    return undefined


def own_runs(pieces: Sequence[str]) -> dict[tuple[int, int], list[Pairs]]:
    """Return what a text says with nothing but undefined pairs across it, by its first and its last byte."""
    found: dict[tuple[int, int], set[tuple[int, ...]]] = {}
    # Nothing stores the sign between two pieces, so that no run goes across it.
    pairs = _stored("\0".join(pieces))
    across = is_undefined(pairs[:-1], pairs[1:]) & ((pairs[:-1] & 0xFF) >= LEADS[0]) & (pairs[1:] > 0)
    run = across.copy()
    for length in range(3, LONGEST_OWN + 1):
        run = run[:-1] & across[length - 2 :]
        for index in np.flatnonzero(run).tolist():
            row = tuple(pairs[index : index + length].tolist())
            found.setdefault((row[0] >> 8, row[-1] & 0xFF), set()).add(row)
    return {ends: [np.array(row, dtype=np.intp) for row in sorted(rows)] for ends, rows in found.items()}


def _stored(text: str) -> Pairs:
    """Return the pairs that store a text whose ASCII was full-width, 0 where none does."""
    codes = code_points(text)
    is_ascii = (codes > 0x20) & (codes < 0x7F)
    return np.where(is_ascii, FULL_WIDTH_ROW << 8 | codes.astype(np.intp) | 0x80, pairs_of(codes))
