"""The features of documents as numbers: a short one is its own number, so that no dictionary is asked.

Most features are one to three characters long (基层, 治理, 党支部). Three code points of 21 bits fit into 64,
and their order is that of the strings. Only the longer ones are kept as strings.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pdtool.text.arrays import distinct, is_member, ranks, runs
from pdtool.text.code_points import code_points
from pdtool.text.edits import IntArray
from pdtool.text.sparse_rows import SparseRows

__all__ = [
    "PACKED",
    "Bag",
    "CountMatrix",
    "KeyArray",
    "pair_keys",
    "span_keys",
    "term_keys",
    "unigram_keys",
]

KeyArray = npt.NDArray[np.uint64]

_BITS = np.uint64(21)
_MASK = np.uint64((1 << 21) - 1)
PACKED = 3
"""Characters of a term that fits into a number."""
_NONE: KeyArray = np.empty(0, dtype=np.uint64)
_TOGETHER = 1_000_000
"""Occurrences sorted at a time: the fastest, and what bounds the memory that sorting takes."""


def unigram_keys(codes: npt.NDArray[np.uint32]) -> KeyArray:
    """Return the numbers of single characters."""
    return codes.astype(np.uint64) << (_BITS + _BITS)


def pair_keys(first: npt.NDArray[np.uint32], second: npt.NDArray[np.uint32]) -> KeyArray:
    """Return the numbers of pairs of characters."""
    return unigram_keys(first) | (second.astype(np.uint64) << _BITS)


def span_keys(codes: npt.NDArray[np.uint32], starts: IntArray, lengths: IntArray) -> KeyArray:
    """Return the numbers of stretches of a text, of one to three characters each.

    Args:
        codes: The code points of the text.
        starts: Where the stretches begin, shape ``(n,)``.
        lengths: How many characters each has, shape ``(n,)``.

    >>> span_keys(code_points("党支部"), np.array([0, 1]), np.array([1, 2])).tolist() == term_keys(
    ...     ["党", "支部"]
    ... ).tolist()
    True
    """
    padded = np.concatenate((codes, np.zeros(PACKED - 1, dtype=np.uint32)))
    keys = unigram_keys(padded[starts])
    for place in range(1, PACKED):
        character = np.where(lengths > place, padded[starts + place], np.uint32(0)).astype(np.uint64)
        keys |= character << _BITS * np.uint64(PACKED - 1 - place)
    return keys


def term_keys(terms: Iterable[str]) -> KeyArray:
    """Return the numbers of terms of one to three characters.

    >>> term_keys(["党", "党建"]).tolist() == sorted(term_keys(["党", "党建"]).tolist())
    True
    """
    padded = "".join(term.ljust(PACKED, "\0") for term in terms)
    codes = code_points(padded).astype(np.uint64).reshape(-1, PACKED)
    return (codes[:, 0] << (_BITS + _BITS)) | (codes[:, 1] << _BITS) | codes[:, 2]


def _terms(keys: KeyArray) -> list[str]:
    """Return the terms that the numbers stand for."""
    columns = (keys >> (_BITS + _BITS), (keys >> _BITS) & _MASK, keys & _MASK, np.full_like(keys, ord("\n")))
    codes = np.stack(columns, axis=1).astype(np.uint32).ravel()
    # NUL only pads: no feature holds it.
    joined: str = codes[codes != 0].tobytes().decode("utf-32-le")
    return joined.split("\n")[:-1]


@dataclass(frozen=True, slots=True)
class Bag:
    """The features of a document, packed: ten thousand dictionaries of words would fill the memory.

    Args:
        keys: The numbers of the distinct features of one to three characters.
        counts: How often each of them occurs, as 32-bit integers.
        longer: The distinct longer features, one per line.
        longer_counts: How often each of them occurs.
    """

    keys: bytes
    counts: bytes
    longer: str
    longer_counts: bytes

    @classmethod
    def of(cls, counts: Mapping[str, int], keys: KeyArray = _NONE, left_out: KeyArray = _NONE) -> Bag:
        """Pack counts of features; none is empty or holds a NUL or a line end.

        Args:
            counts: How often each feature occurs.
            keys: The numbers of further occurrences, of features that ``counts`` does not have.
            left_out: The numbers of features that do not count among those, ascending.
        """
        short = {term: count for term, count in counts.items() if len(term) <= PACKED}
        longer = {term: count for term, count in counts.items() if len(term) > PACKED}
        ordered = np.sort(keys)
        starts, occurrences = runs(ordered)
        kinds = ordered[starts]
        if len(left_out):
            counted = ~is_member(kinds, left_out)
            kinds, occurrences = kinds[counted], occurrences[counted]
        return cls(
            term_keys(short).tobytes() + kinds.tobytes(),
            _packed(short.values()) + occurrences.astype(np.int32).tobytes(),
            "\n".join(longer),
            _packed(longer.values()),
        )

    @classmethod
    def merged(cls, bags: Iterable[Bag]) -> Bag:
        """Return the features of several documents together.

        >>> Bag.merged([Bag.of({"治理": 1}), Bag.of({"治理": 2, "党组织": 1})]).as_dict()
        {'治理': 3, '党组织': 1}
        """
        total: Counter[str] = Counter()
        for bag in bags:
            total.update(bag.as_dict())
        return cls.of(total)

    def __len__(self) -> int:
        return (len(self.counts) + len(self.longer_counts)) // 4

    def as_dict(self) -> dict[str, int]:
        """Return how often each feature occurs."""
        terms = [*_terms(np.frombuffer(self.keys, dtype=np.uint64)), *_lines(self.longer)]
        return dict(zip(terms, array("i", self.counts + self.longer_counts), strict=True))


def _lines(text: str) -> list[str]:
    return text.split("\n") if text else []


def _packed(counts: Iterable[int]) -> bytes:
    return array("i", counts).tobytes()


class CountMatrix:
    """The counts of many documents, gathered one document after another."""

    def __init__(self) -> None:
        self._waiting: list[Bag] = []
        self._held = 0
        self._numbered: list[tuple[KeyArray, IntArray]] = []
        self._lengths, self._counts = array("i"), array("i")
        self._longer: dict[str, int] = {}
        self._longer_rows, self._longer_columns, self._longer_counts = array("i"), array("i"), array("i")

    def __len__(self) -> int:
        return len(self._lengths)

    def add(self, bag: Bag) -> None:
        """Take a document as the next row."""
        known = self._longer
        longer = [known.setdefault(term, len(known)) for term in _lines(bag.longer)]
        self._longer_rows.extend([len(self)] * len(longer))
        self._longer_columns.extend(longer)
        self._longer_counts.frombytes(bag.longer_counts)
        self._counts.frombytes(bag.counts)
        self._lengths.append(len(bag.counts) // 4)
        self._waiting.append(bag)
        self._held += self._lengths[-1]
        if self._held > _TOGETHER:
            self._number()

    def _number(self) -> None:
        """Sort the numbers of the documents that wait, so that each is kept once."""
        keys = np.frombuffer(b"".join(bag.keys for bag in self._waiting), dtype=np.uint64)
        # Those of each document are in order: a search among the distinct ones is faster than numpy.unique,
        # which sorts the places of all of them.
        kinds = distinct(keys)
        self._numbered.append((kinds, np.searchsorted(kinds, keys).astype(np.int32)))
        self._waiting, self._held = [], 0

    def finish(self) -> tuple[SparseRows, list[str]]:
        """Return the counts of shape ``(n_documents, n_terms)`` and the sorted terms.

        The result does not depend on the order in which terms were met.
        """
        self._number()
        known = distinct(np.concatenate([keys for keys, _ in self._numbered]))
        terms = [*_terms(known), *self._longer]
        columns = [np.searchsorted(known, kinds)[numbers] for kinds, numbers in self._numbered]
        columns.append(np.array(self._longer_columns) + len(known))
        rows = np.repeat(np.arange(len(self), dtype=np.int32), self._lengths)
        counts = np.array(self._counts + self._longer_counts, dtype=np.float64)
        column_of = ranks(terms)[np.concatenate(columns)]
        row_of = np.concatenate((rows, self._longer_rows))
        matrix = SparseRows.of_cells(counts, row_of, column_of, (len(self), len(terms)))
        return matrix, sorted(terms)
