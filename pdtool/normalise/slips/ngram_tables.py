"""Tables of n-gram probabilities that answer many look-ups at once.

Pairs of symbols stand in a matrix. Triples, and words of up to four characters, are spelt as one number each,
a *key*: the symbols are its digits in a system with as many digits as there are symbols.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = [
    "STEPS_PER_E",
    "Keys",
    "PairTable",
    "Scores",
    "Symbols",
    "TripleTable",
    "WordTable",
    "as_keys",
    "grouped",
    "look_up",
    "witten_bell",
    "word_keys",
]

Scores = npt.NDArray[np.float64]
Symbols = npt.NDArray[np.intp]
Keys = npt.NDArray[np.signedinteger[Any]]
Steps = npt.NDArray[np.integer[Any]]

STEPS_PER_E = 10
"""Probabilities of pairs are kept as logarithms in steps of a tenth: 5 % of the value is more than they are
worth."""
_SHARES = np.exp(-np.arange(256) / STEPS_PER_E)
_SHARES[0] = 0
_LENGTH = 1 << 53
"""How many times this a word's key holds beyond its symbols tells its length: four symbols make less."""
_LENGTHS = np.array([[4], [3], [2]]) * _LENGTH
"""The same for words of four, three and two symbols."""
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
"""The golden section of all numbers of 64 bits: numbers times it lie scattered."""


class PairTable:
    """The probability that one symbol follows another, as a matrix.

    Each probability is one byte, which is exact to 5 %: 380,000 pairs of 5,300 symbols take 28 MB, most of
    which is never touched. A look-up takes a tenth of the time that a search in sorted keys takes.

    Args:
        steps: The matrix row by row: what is known of each pair, as :func:`to_steps` gives it.
        row: Where the row of each symbol starts, shape ``(size,)``; row 0 is that of all others.
        column: The column of each symbol.
    """

    def __init__(self, steps: npt.NDArray[np.uint8], row: Symbols, column: Symbols) -> None:
        self._steps, self._row, self._column = steps, row, column

    @classmethod
    def of_pairs(cls, keys: Keys, shares: Scores, size: int) -> PairTable:
        """Make the table of pairs ``first * size + second``, ascending, among ``size`` symbols."""
        firsts, seconds = np.divmod(keys, size)
        rows, row = _numbered(firsts, size)
        columns, column = _numbered(seconds, size)
        row *= columns
        steps = np.zeros(rows * columns, dtype=np.uint8)
        steps[row[firsts] + column[seconds]] = to_steps(shares)
        return cls(steps, row, column)

    @classmethod
    def of_cells(cls, cells: Keys, steps: Steps, width: int, size: int) -> PairTable:
        """Make the table of pairs of the first ``width`` symbols, cell ``first * width + second``."""
        matrix = np.zeros(width * width, dtype=np.uint8)
        matrix[cells] = steps
        number = np.arange(size)
        number[width:] = 0
        return cls(matrix, number * width, number)

    def probabilities(self, before: Symbols | int, after: Symbols) -> Scores:
        """Return the probability of each of ``after`` behind ``before``, broadcast; 0 where unknown."""
        cells = self._row.take(before) + self._column.take(after)
        shares: Scores = _SHARES.take(self._steps.take(cells))
        return shares


def to_steps(shares: Scores) -> npt.NDArray[np.uint8]:
    """Return probabilities as steps of their logarithms (:data:`STEPS_PER_E`), 1 to 255."""
    steps: npt.NDArray[np.uint8] = np.clip(np.rint(-np.log(shares) * STEPS_PER_E), 1, 255).astype(np.uint8)
    return steps


def from_steps(steps: Steps) -> Scores:
    """Return the probabilities that steps stand for; step 0 stands for the probability 0."""
    shares: Scores = _SHARES[steps]
    return shares


def _numbered(found: Keys, size: int) -> tuple[int, Symbols]:
    """Return numbers for the symbols that occur, from 1 on; 0 stands for all others."""
    occurs = np.bincount(found, minlength=size) > 0
    return int(occurs.sum()) + 1, np.where(occurs, np.cumsum(occurs), 0)


def witten_bell(contexts: Symbols, numbers: Scores, totals: Scores) -> tuple[Scores, Scores]:
    """Return the share of each continuation of its context, and what each context leaves to others.

    Source: Witten and Bell 1991, method C: a context leaves as much as it has kinds of continuations.
    """
    size = len(totals)
    kinds = np.bincount(contexts, minlength=size)
    seen = np.maximum(totals, np.bincount(contexts, numbers, size))
    whole = np.maximum(seen + kinds, 1)
    shares: Scores = numbers / whole[contexts]
    left: Scores = 1.0 - np.bincount(contexts, shares, size).astype(np.float64)
    return shares, left


class _Sieve:
    """Tells of most keys that are not among some that they are not, without a search.

    Most of what is looked up is no word: readings that are tried are mostly wrong.

    Args:
        keys: Not negative.
    """

    def __init__(self, keys: Keys) -> None:
        # Of eight places or more for each key at most one in eight is taken.
        bits = len(keys).bit_length() + 3
        self._shift = np.uint64(64 - bits)
        self._taken = np.zeros(1 << bits, dtype=bool)
        self._taken[self._places(keys)] = True

    def _places(self, keys: Keys) -> Symbols:
        # Source of the factor: Knuth, The Art of Computer Programming 6.4, multiplicative hashing.
        places: Symbols = ((keys.view(np.uint64) * _GOLDEN) >> self._shift).view(np.int64)
        return places

    def passing(self, keys: Keys) -> Symbols:
        """Return the indices of the keys that may be among them; shape ``(n,)`` of both."""
        return self._taken.take(self._places(keys)).nonzero()[0]


class TripleTable:
    """The probability that a symbol follows two others.

    Args:
        keys: Triples of symbols as one number, ascending.
        shares: The share of each third symbol behind the two others.
        contexts: The first two symbols of all triples as one number each, ascending.
        left: What each context leaves to symbols that are not known behind it.
        size: How many symbols there are.
    """

    def __init__(self, keys: Keys, shares: Scores, contexts: Keys, left: Scores, size: int) -> None:
        self._size = size
        self._keys, self._shares, self._contexts, self._left = keys, shares, contexts, left
        self._sieve = _Sieve(contexts)

    @classmethod
    def of_counts(cls, keys: Keys, numbers: Scores, size: int) -> TripleTable:
        """Make the table of how often triples occur."""
        contexts, at = grouped(keys // size)
        shares, left = witten_bell(at, numbers, np.zeros(len(contexts)))
        return cls(keys, shares, contexts, left, size)

    def interpolated(self, shares: Scores, contexts: Keys, thirds: Symbols) -> Scores:
        """Interpolate the shares of third symbols with those that they have behind the second ones alone.

        Args:
            shares: Shape ``(n, width)``.
            contexts: The two symbols before each as one number, of the same shape.
            thirds: The symbols, not negative, of the same shape.
        """
        at = self._sieve.passing(contexts.ravel())
        if not len(at):
            return shares
        passed = contexts.take(at)
        indices = self._contexts.searchsorted(passed)
        known = (self._contexts.take(indices, mode="clip") == passed).nonzero()[0]
        at = at.take(known)
        wanted = passed.take(known) * self._size + thirds.take(at)
        left = self._left.take(indices.take(known)) * shares.take(at)
        result = shares.flatten()
        result[at] = left + look_up(self._keys, self._shares, wanted)
        return result.reshape(shares.shape)


class WordTable:
    """The share of each word of two to four symbols, those of all lengths in one table.

    Args:
        by_length: The words of two symbols, of three and of four: their keys, ascending, and their shares.
    """

    def __init__(self, by_length: Sequence[tuple[Keys, Scores]]) -> None:
        # Words of different lengths never have the same key, and longer ones have larger keys.
        self._keys = np.concatenate(
            [keys + length * _LENGTH for length, (keys, _) in enumerate(by_length, 2)]
        )
        self._shares = np.concatenate([shares for _, shares in by_length])
        self._sieve = _Sieve(self._keys)

    def shares(self, keys: Keys) -> Scores:
        """Return the share of each of some words, 0 where it is not known; see :func:`word_keys`."""
        flat = keys.ravel()
        found = np.zeros(len(flat))
        at = self._sieve.passing(flat)
        if len(at):
            found[at] = look_up(self._keys, self._shares, flat.take(at))
        return found.reshape(keys.shape)


def word_keys(columns: Symbols, size: int) -> Keys:
    """Return the keys of all words of four, three and two symbols in some rows, by where they end.

    Args:
        columns: The first symbols of rows, the second ones and so on, shape ``(width, n)``; none negative.
        size: How many symbols there are.

    Returns:
        Shape ``(width, 3, n)``; where a row does not reach back so far, a key that no word has.
    """
    keys = np.zeros((len(columns), 3, columns.shape[1]), dtype=np.int64)
    keys[1:, 2] = columns[:-1] * size + columns[1:]
    keys[2:, 1] = keys[1:-1, 2] * size + columns[2:]
    keys[3:, 0] = keys[2:-1, 1] * size + columns[3:]
    keys += _LENGTHS
    return keys


def grouped(numbers: Keys) -> tuple[Keys, Symbols]:
    """Return the number of each run of equal ones, and which run each is of; ascending ones are distinct."""
    new = np.ones(len(numbers), dtype=bool)
    np.not_equal(numbers[1:], numbers[:-1], out=new[1:])
    return numbers[new], np.cumsum(new) - 1


def as_keys(text: Symbols, size: int) -> Keys:
    """Return each row of symbols as one key."""
    number = np.zeros(len(text), dtype=np.int64)
    for column in text.T:
        number = number * size + column
    return number


def look_up(keys: Keys, shares: Scores, wanted: npt.NDArray[np.intp]) -> Scores:
    """Return the share of each wanted key, 0 for keys that the table does not have."""
    if not len(keys):
        return np.zeros(wanted.shape)
    wanted = wanted.astype(keys.dtype, copy=False)
    indices = keys.searchsorted(wanted)
    result: Scores = shares.take(indices, mode="clip") * (keys.take(indices, mode="clip") == wanted)
    return result
