"""What the language model knows before it sees a text, as it lies in ``pdtool/data/slip_language.npz``.

:mod:`pdtool.normalise.slips.prepare` makes the file and tells where it comes from. It is read at every start,
so nothing is left to be counted or sorted.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from pdtool.normalise.slips.ngram_tables import (
    Keys,
    PairTable,
    Scores,
    Symbols,
    TripleTable,
    WordTable,
    from_steps,
)
from pdtool.normalise.slips.packing import Numbers, read_tables

__all__ = ["CODE_POINTS", "LENGTHS", "ONE", "TABLE", "UNKNOWN", "Tables", "tables"]

TABLE = Path(__file__).parents[2] / "data" / "slip_language.npz"
CODE_POINTS = 0x110000
LENGTHS = (1, 2, 3, 4)
"""The lengths of the words that are kept as such."""
UNKNOWN = 2e-8
"""The probability of a character that the tables do not have."""
ONE = 0xFFFF
"""How probabilities of ends of words are kept: as parts of so many."""


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """The dictionary and running text by symbol: a dense numbering of characters, 0 for unknown ones.

    Both scripts are one here, and so are full-width and ASCII signs.

    Args:
        symbol: From code point to symbol, shape ``(CODE_POINTS,)``.
        size: How many symbols there are.
        start: The probability that a word or sign starts with each symbol, shape ``(size,)``.
        final: The probability that a word ends after it, shape ``(size,)``.
        single: The share of each symbol as a word of its own, signs included, shape ``(size,)``.
        is_sign: Which symbols are signs that part phrases, shape ``(size,)``.
        pairs: What follows what.
        triples: What follows two others.
        words: For each length the words as one number, ascending, and the share of each among all.
        longer: The words of more than one symbol in one table.
    """

    symbol: Symbols
    size: int
    start: Scores
    final: Scores
    single: Scores
    is_sign: npt.NDArray[np.bool_]
    pairs: PairTable
    triples: TripleTable
    words: tuple[tuple[Keys, Scores], ...]
    longer: WordTable


@cache
def tables(path: Path = TABLE) -> Tables:
    """Read the tables; the probabilities are within 5 % of those that were counted."""
    found = read_tables(path)
    size = len(found["start"])
    symbol = np.zeros(CODE_POINTS, dtype=np.intp)
    symbol[_ascending(found["codes"])] = found["symbols"]
    is_sign = np.zeros(size, dtype=bool)
    is_sign[found["signs"]] = True
    width = int(found["width"][0])
    words = tuple(
        (_ascending(found[f"words{length}"]), from_steps(found[f"word_steps{length}"])) for length in LENGTHS
    )
    return Tables(
        symbol,
        size,
        from_steps(found["start"]),
        found["final"] / ONE,
        np.maximum(from_steps(found["single"]), UNKNOWN),
        is_sign,
        PairTable.of_cells(_ascending(found["pairs"]), found["pair_steps"], width, size),
        _triples(found, size),
        words,
        WordTable(words[1:]),
    )


def _ascending(gaps: Numbers) -> Keys:
    """Return the numbers between which there are these gaps."""
    return np.cumsum(gaps, dtype=np.int64)


def _triples(found: dict[str, Numbers], size: int) -> TripleTable:
    contexts, numbers = _ascending(found["contexts"]), found["context_sizes"]
    keys = np.repeat(contexts * size, numbers) + found["thirds"]
    return TripleTable(
        keys, from_steps(found["third_steps"]), contexts, from_steps(found["context_left_steps"]), size
    )
