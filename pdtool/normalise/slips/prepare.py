"""Make the language model's tables: ``python -m pdtool.normalise.slips.prepare``.

They come from jieba's dictionary (:mod:`~pdtool.normalise.slips.dictionary`), counts of running text
(:mod:`~pdtool.normalise.slips.running_text`) and OpenCC's characters, by which both scripts become one. What
follows what within words is mixed with what follows what in running text.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from string import ascii_letters, digits

import numpy as np
import numpy.typing as npt

from pdtool.normalise.slips import dictionary, running_text
from pdtool.normalise.slips.model_tables import CODE_POINTS, ONE, TABLE, UNKNOWN
from pdtool.normalise.slips.ngram_tables import Keys, Scores, Symbols, as_keys, grouped, to_steps, witten_bell
from pdtool.normalise.slips.packing import Counts, gaps, write_tables
from pdtool.text.code_points import code_points
from pdtool.text.opencc_data import read_characters

__all__ = ["prepare"]

_SIGNS = {",": 0.045, "。": 0.022, "、": 0.012, "“": 0.008, "”": 0.008, ";": 0.004, ":": 0.004}
_RARE_SIGNS = "!?()《》‘’—…·%[]〈〉「」『』"
_RARE_SIGN = 3e-4
"""The rough share of a rare sign in running text (what the text itself has counts for more)."""
_LETTER = 1e-4
"""The rough share of a letter."""
_DIGIT = 2e-3
"""The rough share of a digit."""
_NUMBERS = "一二两三四五六七八九十双"
"""What quotations in policy texts often begin with."""
_NUMBERED = 0.15
"""How many of them do: 37 of 214 in the sample corpus."""
_RUNNING = 0.6
"""How much running text counts against the dictionary."""
_LEAST_FINAL = 0.02
"""Any character may end a word: names and abbreviations are not in the dictionary."""

_FIXED = (
    dict.fromkeys(ascii_letters, _LETTER)
    | dict.fromkeys(digits, _DIGIT)
    | dict.fromkeys(_RARE_SIGNS, _RARE_SIGN)
    | _SIGNS
)


@dataclass(frozen=True, slots=True, eq=False)
class _Numbering:
    """A dense numbering of characters, 0 for those it does not have.

    Args:
        symbol: From code point to symbol, shape ``(CODE_POINTS,)``.
        size: How many symbols there are.
    """

    symbol: Symbols
    size: int

    def of(self, text: str) -> Symbols:
        """Return the symbols of a text."""
        return self.symbol[code_points(text)]


def _numbering(alphabet: npt.NDArray[np.int32]) -> _Numbering:
    """Give numbers to an alphabet and the signs; variants have the same."""
    others = sorted(set(map(ord, _FIXED)) - set(alphabet.tolist()))
    # The dictionary's first character is the line feed that ends its words: it stands for the unknown.
    symbol = np.zeros(CODE_POINTS, dtype=np.intp)
    symbol[alphabet] = np.arange(len(alphabet))
    symbol[others] = np.arange(len(alphabet), len(alphabet) + len(others))
    variants = read_characters()
    symbol[code_points("".join(variants))] = symbol[code_points("".join(variants.values()))]
    symbol[0xFF01:0xFF5F] = symbol[0x21:0x7F]
    return _Numbering(symbol, len(alphabet) + len(others))


def _renamed(keys: Counts, numbers: Counts, names: Symbols, size: int, length: int) -> tuple[Counts, Scores]:
    """Return keys of indices in an alphabet as keys of symbols, and their numbers; some have become equal."""
    columns = []
    for _ in range(length):
        keys, last = np.divmod(keys, len(names))
        columns.append(names[last])
    whole = np.stack(columns[::-1], axis=1)
    known = (whole > 0).all(axis=1)
    kinds, at = np.unique(as_keys(whole[known], size), return_inverse=True)
    return kinds.astype(np.int64), np.bincount(at, numbers[known]).astype(np.float64)


def _mixed(one: tuple[Keys, Scores], other: tuple[Keys, Scores], weight: float) -> tuple[Keys, Scores]:
    """Return the mean of two tables, the other one weighted."""
    keys, at = np.unique(np.concatenate([one[0], other[0]]), return_inverse=True)
    shares = np.concatenate([one[1] * (1 - weight), other[1] * weight])
    return keys, np.bincount(at, shares).astype(np.float64)


def _sorted(keys: Keys, values: Scores) -> tuple[Keys, Scores]:
    order = np.argsort(keys, kind="stable")
    return keys[order], values[order]


def _with_numbers_in_quotes(table: tuple[Keys, Scores], keys: Keys, share: float) -> tuple[Keys, Scores]:
    """Let quotations begin with numbers, which a table does not say: 「“三会一课”」, 「“四个意识”」."""
    return _sorted(np.append(table[0], keys), np.append(table[1], np.full(len(keys), share)))


class _Model:
    """The tables by the dictionary's numbering."""

    def __init__(self) -> None:
        followers, running = dictionary.build(), running_text.load()
        self.numbering = numbering = _numbering(followers.alphabet)
        old, size = len(followers.alphabet), numbering.size
        fixed = numbering.of("".join(_FIXED))
        start = np.append(followers.start, np.zeros(size - old)).astype(np.float64)
        start *= 1 - sum(_FIXED.values())
        start[fixed] = list(_FIXED.values())
        self.start: Scores = np.maximum(start, UNKNOWN)
        self.final: Scores = np.maximum(np.append(followers.final, np.ones(size - old)), _LEAST_FINAL)
        self.final[0] = 1
        first, second = np.divmod(followers.keys.astype(np.int64), old)
        self.pairs: tuple[Keys, Scores] = first * size + second, followers.shares.astype(np.float64)
        self.words = [
            _sorted(as_keys(numbering.symbol[words], size), shares.astype(np.float64))
            for words, shares in zip(followers.words, followers.frequencies, strict=True)
        ]
        self.single: Scores = np.zeros(size)
        self.single[self.words[0][0]] = self.words[0][1]
        self.single[fixed] = list(_FIXED.values())
        self._expect_numbers_in_quotes()
        self._add(running)

    def _expect_numbers_in_quotes(self) -> None:
        pairs = self.numbering.of("“")[0] * self.numbering.size + self.numbering.of(_NUMBERS)
        share = _NUMBERED / len(pairs)
        self.pairs = _with_numbers_in_quotes(self.pairs, pairs, share)
        self.words[1] = _with_numbers_in_quotes(self.words[1], pairs, share * _SIGNS["“"])

    def _add(self, running: running_text.RunningText) -> None:
        """Mix what follows what within words with what follows what in running text."""
        size, symbol = self.numbering.size, self.numbering.symbol[running.alphabet]
        counts: Scores = np.bincount(symbol, running.singles, size).astype(np.float64)
        counts[0] = 0
        self.start += _RUNNING * (counts / counts.sum() - self.start)
        keys, numbers = _renamed(running.pairs, running.pair_counts, symbol, size, 2)
        shares, left = witten_bell(keys // size, numbers, counts)
        self.pairs = _mixed(self.pairs, (keys, shares), _RUNNING)
        self.final += np.where(counts > 0, _RUNNING * (left - self.final), 0.0)
        self.triples = _renamed(running.triples, running.triple_counts, symbol, size, 3)


def _by_use(pairs: Keys, size: int) -> tuple[Symbols, int]:
    """Return a new number for every symbol, those in most pairs first, and how many stand in pairs.

    Pairs lie in a matrix: its busy corner is small, and the rest of it is never touched.
    """
    used = np.bincount(pairs // size, minlength=size) + np.bincount(pairs % size, minlength=size)
    used[0] = used.max() + 1
    number = np.zeros(size, dtype=np.intp)
    number[np.argsort(-used, kind="stable")] = np.arange(size)
    return number, int((used > 0).sum())


def _renumbered(keys: Keys, values: Scores, number: Symbols, length: int) -> tuple[Keys, Scores]:
    size = len(number)
    columns = []
    for _ in range(length):
        keys, last = np.divmod(keys, size)
        columns.append(number[last])
    return _sorted(as_keys(np.stack(columns[::-1], axis=1), size), values)


def prepare() -> dict[str, npt.NDArray[np.integer]]:
    """Return the arrays of the tables' file by their names."""
    model = _Model()
    size = model.numbering.size
    number, width = _by_use(model.pairs[0], size)
    at = np.argsort(number)
    symbol = np.where(model.numbering.symbol > 0, number[model.numbering.symbol], 0)
    codes = np.flatnonzero(symbol)
    keys, shares = _renumbered(*model.pairs, number, 2)
    first, second = np.divmod(keys, size)
    arrays: dict[str, npt.NDArray[np.integer]] = {
        "codes": gaps(codes),
        "symbols": symbol[codes],
        "start": to_steps(model.start[at]),
        "final": np.rint(model.final[at] * ONE).astype(np.int64),
        "single": to_steps(np.maximum(model.single[at], UNKNOWN)),
        "signs": symbol[code_points("".join(_SIGNS))],
        "width": np.array([width]),
        "pairs": gaps(first * width + second),
        "pair_steps": to_steps(shares),
    }
    arrays |= _triples(*_renumbered(*model.triples, number, 3), size)
    for length, words in enumerate(model.words, 1):
        word_keys, frequencies = _renumbered(*words, number, length)
        arrays |= {f"words{length}": gaps(word_keys), f"word_steps{length}": to_steps(frequencies)}
    return arrays


def _triples(keys: Keys, numbers: Scores, size: int) -> dict[str, npt.NDArray[np.integer]]:
    contexts, at = grouped(keys // size)
    shares, left = witten_bell(at, numbers, np.zeros(len(contexts)))
    return {
        "contexts": gaps(contexts),
        "context_sizes": np.bincount(at),
        "context_left_steps": to_steps(left),
        "thirds": keys % size,
        "third_steps": to_steps(shares),
    }


def _main(path: Path = TABLE) -> None:
    write_tables(path, prepare(), packed=False)


if __name__ == "__main__":
    _main()
