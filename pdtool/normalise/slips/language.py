"""A character model of Chinese that tells likely readings of a slipped text from unlikely ones.

Within a word a character follows the one before as in jieba's dictionary, weighted by the words'
frequencies; a new word starts wherever one may end. The text at hand adds its own pairs of characters,
which know its names and subjects. Both scripts are one here, and so are full-width and ASCII signs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from string import ascii_letters, digits
from typing import Any

import numpy as np
import numpy.typing as npt

from pdtool.normalise.edits import code_points
from pdtool.normalise.opencc_data import read_characters
from pdtool.normalise.slips import dictionary, running_text
from pdtool.normalise.slips.gbk import PAIRS, characters

__all__ = [
    "STRANGE",
    "Language",
    "base",
    "legible",
    "symbols",
    "symbols_of_codes",
    "symbols_of_pairs",
]

Scores = npt.NDArray[np.float64]
Symbols = npt.NDArray[np.intp]
Keys = npt.NDArray[np.signedinteger[Any]]

_SIGNS = {",": 0.045, "。": 0.022, "、": 0.012, "“": 0.008, "”": 0.008, ";": 0.004, ":": 0.004}
_RARE_SIGNS = "!?()《》‘’—…·%[]〈〉「」『』"
_RARE_SIGN, _LETTER, _DIGIT = 3e-4, 1e-4, 2e-3
"""Rough shares of running text; what the text itself has counts for more."""
_UNKNOWN = 2e-8
"""The probability of a character that the dictionary does not have."""
_OWN_WORDS, _OWN_WORDS_FULL = 0.3, 500
"""How much the text's own characters count against the dictionary's at the start of a word, and the number
of characters at which it is half of that."""
_OWN_PHRASE = 0.6
"""How much the text's own phrases count against the dictionary's words."""
_MOST_OF_A_TEXT = 1e-3
"""What a phrase of the text counts at most: in a short text two occurrences are a large share."""
_NUMBERS, _NUMBERED = "一二两三四五六七八九十双", 0.15
"""What quotations in policy texts like to begin with, and how many do: 37 of 214 in the sample corpus."""
_PARALLEL = 0.5
"""How much the ends of the phrases right before count at the end of one: parallel phrases end alike."""
_RUNNING = 0.6
"""How much running text counts against the dictionary."""
_WORDS = 0.7
"""How much words count against characters in the end."""
_STEPS_PER_E = 10
"""Probabilities of pairs are kept as logarithms in steps of a tenth."""
_SHARES = np.exp(-np.arange(256) / _STEPS_PER_E)
_SHARES[0] = 0
STRANGE, _LEGIBLE, _NEAR = -9.5, -7.5, 12
"""Text reads like language where so many characters cost no more than the second on average, each counting no
more than the first. Tuned on slipped and on clean policy texts."""
_LEAST_FINAL = 0.02
"""Any character may end a word: names and abbreviations are not in the dictionary."""


class _Shares:
    """The probabilities of pairs of symbols as a matrix, for many are asked for at once.

    They are kept to 5 %, in bytes: 98,000 pairs of 4,800 symbols take 22 MB and are found in a fifteenth of
    the time that a search takes.

    Args:
        keys: The pairs, as ``first * size + second``.
        shares: Their probabilities.
        size: How many symbols there are.
    """

    def __init__(self, keys: Keys, shares: Scores, size: int) -> None:
        firsts, seconds = np.divmod(keys, size)
        rows, self._row = self._numbered(firsts, size)
        columns, self._column = self._numbered(seconds, size)
        self._row *= columns
        self._steps = np.zeros(rows * columns, dtype=np.uint8)
        steps = np.clip(np.rint(-np.log(shares) * _STEPS_PER_E), 1, 255)
        self._steps[self._row[firsts] + self._column[seconds]] = steps

    def _numbered(self, found: Keys, size: int) -> tuple[int, Symbols]:
        """Return numbers for the symbols that occur, from 1 on; 0 stands for all others."""
        kinds = np.unique(found)
        numbers = np.zeros(size, dtype=np.intp)
        numbers[kinds] = np.arange(1, len(kinds) + 1)
        return len(kinds) + 1, numbers

    def of(self, before: Symbols | int, after: Symbols) -> Scores:
        """Return the probability of each of ``after`` behind ``before``, broadcast; 0 where unknown."""
        shares: Scores = _SHARES[self._steps.take(self._row[before] + self._column[after])]
        return shares


class _Tables:
    """The dictionary by symbol: a dense numbering of characters, 0 for those it does not have.

    Attributes:
        symbol: From code point to symbol, shape ``(0x110000,)``.
        size: How many symbols there are.
        start: The probability that a word or sign starts with each symbol, shape ``(size,)``.
        final: The probability that a word ends after it, shape ``(size,)``.
        keys: The pairs within words, as ``first * size + second``, ascending.
        shares: The probability of each pair's second behind its first.
        words: For each length the words as one number, ascending, and the share of each among all.
        is_sign: Which symbols are signs that part phrases, shape ``(size,)``.
        single: The share of each symbol as a word of its own, signs included, shape ``(size,)``.
    """

    def __init__(self) -> None:
        followers = dictionary.load()
        fixed = (
            dict.fromkeys(ascii_letters, _LETTER)
            | dict.fromkeys(digits, _DIGIT)
            | dict.fromkeys(_RARE_SIGNS, _RARE_SIGN)
            | _SIGNS
        )
        known = followers.alphabet
        others = np.setdiff1d(code_points("".join(fixed)), known)
        old, self.size = len(known), len(known) + len(others)
        # The dictionary's first character is the line feed that ends its words: it stands for the unknown.
        self.symbol = np.zeros(0x110000, dtype=np.intp)
        self.symbol[known] = np.arange(old)
        self.symbol[others] = np.arange(old, self.size)
        self._merge_variants()
        dictionary_words = np.append(followers.start, np.zeros(len(others))).astype(np.float64)
        self.start: Scores = dictionary_words * (1 - sum(fixed.values()))
        self.start[self.symbol[code_points("".join(fixed))]] = list(fixed.values())
        self.start = np.maximum(self.start, _UNKNOWN)
        self.final = np.maximum(np.append(followers.final, np.ones(len(others))), _LEAST_FINAL)
        self.final[0] = 1
        first, second = np.divmod(followers.keys.astype(np.int64), old)
        # Keys of 32 bits are found in half the time; there are fewer than 46,341 symbols.
        self.keys: Keys = (first * self.size + second).astype(np.int32)
        self.shares = followers.shares.astype(np.float64)
        self.words = [
            _sorted(_spelt(self.symbol[words], self.size), shares)
            for words, shares in zip(followers.words, followers.frequencies, strict=True)
        ]
        single = np.zeros(self.size)
        single[self.words[0][0]] = self.words[0][1]
        single[self.symbol[code_points("".join(fixed))]] = list(fixed.values())
        self.single = np.maximum(single, _UNKNOWN)
        self.is_sign = np.zeros(self.size, dtype=bool)
        self.is_sign[self.symbol[code_points("".join(_SIGNS))]] = True
        self._expect_numbers_in_quotes()
        self._add_running_text()
        self.pairs = _Shares(self.keys, self.shares, self.size)

    def _add_running_text(self) -> None:
        """Mix what follows what within words with what follows what in running text."""
        running = running_text.load()
        place = self.symbol[running.alphabet]
        counts: Scores = np.bincount(place, running.singles, self.size).astype(np.float64)
        counts[0] = 0
        self.start += _RUNNING * (counts / counts.sum() - self.start)
        keys, numbers = _renamed(running.pairs, running.pair_counts, place, self.size, 2)
        firsts = keys // self.size
        shares, left = _smoothed(firsts, numbers, counts)
        self.keys, self.shares = _mixed((self.keys, self.shares), (keys, shares), _RUNNING)
        self.final += np.where(counts > 0, _RUNNING * (left - self.final), 0.0)
        keys, numbers = _renamed(running.triples, running.triple_counts, place, self.size, 3)
        self.triples = _Triples(keys, numbers, self.size)

    def _expect_numbers_in_quotes(self) -> None:
        """Let quotations begin with numbers: 「“三会一课”」, 「“四个意识”」."""
        pairs = self.symbol[ord("“")] * self.size + self.symbol[code_points(_NUMBERS)]
        share = _NUMBERED / len(pairs)
        self.keys, self.shares = _inserted((self.keys, self.shares), pairs, share)
        self.words[1] = _inserted(self.words[1], pairs, share * _SIGNS["“"])

    def _merge_variants(self) -> None:
        variants = read_characters()
        simplified = self.symbol[code_points("".join(variants.values()))]
        self.symbol[code_points("".join(variants))] = simplified
        self.symbol[0xFF01:0xFF5F] = self.symbol[0x21:0x7F]


def _renamed(
    keys: npt.NDArray[np.int64], numbers: npt.NDArray[np.int64], names: Symbols, size: int, length: int
) -> tuple[npt.NDArray[np.int64], Scores]:
    """Return keys of places in an alphabet as keys of symbols, and their numbers; some have become equal."""
    columns = []
    for _ in range(length):
        keys, last = np.divmod(keys, len(names))
        columns.append(names[last])
    whole = np.stack(columns[::-1], axis=1)
    known = (whole > 0).all(axis=1)
    kinds, at = np.unique(_spelt(whole[known], size), return_inverse=True)
    return kinds.astype(np.int64), np.bincount(at, numbers[known]).astype(np.float64)


def _smoothed(contexts: Symbols, numbers: Scores, totals: npt.NDArray[np.float64]) -> tuple[Scores, Scores]:
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


def _mixed(one: tuple[Keys, Scores], other: tuple[Keys, Scores], weight: float) -> tuple[Keys, Scores]:
    """Return the mean of two tables, the other one weighted."""
    keys, at = np.unique(np.concatenate([one[0], other[0]]), return_inverse=True)
    shares = np.concatenate([one[1] * (1 - weight), other[1] * weight])
    return keys.astype(np.int32), np.bincount(at, shares).astype(np.float64)


class _Triples:
    """Which symbol follows two others.

    Args:
        keys: Triples of symbols as one number, ascending.
        numbers: How often each stands.
        size: How many symbols there are.
        trust: How much a context must be seen to be trusted against shorter ones.
    """

    def __init__(self, keys: Keys, numbers: Scores, size: int) -> None:
        self._size = size
        self._keys = keys
        self._contexts, at = np.unique(keys // size, return_inverse=True)
        self._shares, self._left = _smoothed(at, numbers, np.zeros(len(self._contexts)))

    def over(self, shares: Scores, rows: Symbols) -> Scores:
        """Return the shares of the third symbols of rows, given those behind the second symbols alone.

        Args:
            shares: Shape ``(n, width - 2)``.
            rows: Shape ``(n, width)``, not negative.
        """
        if not len(self._keys):
            return shares
        contexts = rows[:, :-2] * self._size + rows[:, 1:-1]
        left = 1 - _looked_up(self._contexts, 1 - self._left, contexts)
        result: Scores = left * shares + _looked_up(
            self._keys, self._shares, contexts * self._size + rows[:, 2:]
        )
        return result


def _spelt(text: Symbols, size: int) -> Keys:
    """Return each row of symbols as one number."""
    number = np.zeros(len(text), dtype=np.int64)
    for column in text.T:
        number = number * size + column
    return number


def _sorted(keys: Keys, shares: npt.NDArray[np.float32]) -> tuple[Keys, Scores]:
    order = np.argsort(keys, kind="stable")
    return keys[order], shares[order].astype(np.float64)


def _inserted(table: tuple[Keys, Scores], keys: Keys, share: float) -> tuple[Keys, Scores]:
    """Give each of ``keys``, which the table does not have, a share."""
    keys = np.sort(keys)
    places = np.searchsorted(table[0], keys)
    return np.insert(table[0], places, keys), np.insert(table[1], places, share)


@cache
def _tables() -> _Tables:
    return _Tables()


def symbols(text: str) -> Symbols:
    """Return the symbols of a text, shape ``(len(text),)``."""
    return _tables().symbol[code_points(text)]


def symbols_of_codes(codes: npt.NDArray[np.uint32]) -> Symbols:
    """Return the symbols of code points, of the same shape."""
    return _tables().symbol[codes]


@cache
def symbols_of_pairs() -> Symbols:
    """Return the symbol of every pair of bytes, -1 where GBK defines none; shape ``(PAIRS,)``."""
    table = characters()
    found = np.full(PAIRS, -1, dtype=np.intp)
    defined = [pair for pair, character in enumerate(table) if character]
    found[defined] = symbols("".join(table[pair] for pair in defined))
    return found


class Language:
    """The character model of one text.

    Args:
        pieces: Pieces of the text that are not suspected of damage.
    """

    def __init__(self, pieces: Sequence[str]) -> None:
        size = _tables().size
        text = np.concatenate(
            [np.append(symbols(piece), 0) for piece in pieces] or [np.zeros(1, dtype=np.intp)]
        )
        self._start = self._starts(np.bincount(text, minlength=size))
        keys, numbers = np.unique(text[:-1] * size + text[1:], return_counts=True)
        windows = _spelt_windows(text, 3, size)
        self._triples = _Triples(*_counted(windows), size)
        self._phrases = [_repeated(text, length, size) for length in dictionary.LENGTHS[1:]]
        firsts = keys // size
        totals = np.maximum(np.bincount(firsts, numbers, size), 1)
        kinds = np.bincount(firsts, minlength=size)
        self._weight: Scores = np.where(kinds > 0, totals / (totals + 2 * kinds + 2), 0.0)
        self._weight[0] = 0.0
        shares = numbers / totals[firsts] * self._weight[firsts]
        own = shares > 0
        self._own = _Shares(keys[own], shares[own], size)
        self._parallel: Scores = np.zeros(size)

    def stand_behind(self, text: str) -> tuple[int, ...]:
        """Expect phrases to end as those right before a place do, where several of them end alike.

        Returns:
            The symbols they end in; equal ones lead to equal probabilities.
        """
        near = symbols(text)
        ends = near[:-1][_tables().is_sign[near[1:]]]
        kinds, counts = np.unique(ends, return_counts=True)
        again = counts > 1
        self._parallel[:] = 0.0
        self._parallel[kinds[again]] = _PARALLEL * counts[again] / max(len(ends), 1)
        return tuple(ends.tolist()) if again.any() else ()

    @staticmethod
    def _starts(counts: npt.NDArray[np.intp]) -> Scores:
        start = _tables().start
        total = int(counts.sum())
        share = _OWN_WORDS * total / (total + _OWN_WORDS_FULL)
        mixed: Scores = (1 - share) * start + share * counts / max(total, 1)
        return mixed

    def scores(self, before: Symbols | int, after: Symbols) -> Scores:
        """Return the logarithm of the probability of each of ``after`` behind ``before``, broadcast."""
        tables = _tables()
        found = tables.final[before] * self._start[after] + tables.pairs.of(before, after)
        found = found * (1 - self._weight[before]) + self._own.of(before, after)
        result: Scores = np.log(np.where(after > 0, found, _UNKNOWN))
        return result

    def of(self, text: str) -> float:
        """Return the logarithm of the probability of a text, as characters and as words.

        No character counts less than :data:`STRANGE`. Words are those of the dictionary, and what the text
        says more than once.

        >>> Language([]).of("派出所") > Language([]).of("派出他")
        True
        """
        return float(self.rank(symbols(text)[None], STRANGE)[0]) if text else 0.0

    def starts(self, found: Symbols) -> Scores:
        """Return the logarithm of the probability that a word starts with each symbol."""
        result: Scores = np.log(self._start[found])
        return result

    def plain(self, text: str) -> float:
        """Return the logarithm of the probability of a text, each character behind the one before."""
        found = symbols(text)
        return float(self.scores(found[:-1], found[1:]).sum())

    def rank(self, rows: Symbols, least: float = -np.inf) -> Scores:
        """Return the logarithm of the probability of each row of symbols, as characters and as words.

        Args:
            rows: Shape ``(n, width)``, filled up in front by -1.
            least: The least that a character counts.
        """
        real = rows >= 0
        signs = _tables().is_sign[rows] & real
        parallel = np.where(real, self._parallel[rows], 0.0)
        parallel[:, :-1] *= signs[:, 1:]
        parallel[:, -1] = 0.0
        known = np.maximum(rows, 0)
        shares = np.exp(self.scores(known[:, :-1], known[:, 1:]))
        triples = _tables().triples.over(shares[:, 1:], known)
        shares[:, 1:] = self._triples.over(triples, known)
        characters = np.where(real[:, :-1], np.maximum(np.log(shares + parallel[:, 1:]), least), 0.0).sum(
            axis=1
        )
        result: Scores = (1 - _WORDS) * characters + _WORDS * self._likeliest_words(
            rows, real, parallel, least
        )
        return result

    def _likeliest_words(
        self, rows: Symbols, real: npt.NDArray[np.bool_], parallel: Scores, least: float
    ) -> Scores:
        """Return the logarithm of the probability of the likeliest words of each row."""
        tables = _tables()
        scores = [np.where(real, np.maximum(np.log(tables.single[rows] + parallel), least), 0.0)]
        for length in dictionary.LENGTHS[1:]:
            if rows.shape[1] < length:
                break
            keys = _spelt_rows(rows, length, tables.size)
            shares = (1 - _OWN_PHRASE) * _looked_up(*tables.words[length - 1], keys)
            shares += _OWN_PHRASE * _looked_up(*self._phrases[length - 2], keys)
            shares[~real[:, : keys.shape[1]]] = 0.0
            scores.append(np.log(np.maximum(shares, 1e-30)))
        best = [np.zeros(len(rows))]
        for end in range(1, rows.shape[1] + 1):
            ways = [best[end - n] + scores[n - 1][:, end - n] for n in range(1, min(end, len(scores)) + 1)]
            best.append(np.maximum.reduce(ways))
        return best[-1]


def _spelt_rows(rows: Symbols, length: int, size: int) -> Keys:
    """Return every stretch of a length in each row as one number."""
    count = rows.shape[1] - length + 1
    number = np.zeros((len(rows), count), dtype=np.int64)
    for shift in range(length):
        number = number * size + rows[:, shift : shift + count]
    return number


def legible(text: str) -> Iterator[str]:
    """Yield the pieces of a text that read like language, by the dictionary and running text alone.

    >>> list(legible("议T口服务浪喂芡乱"))
    []
    """
    found = symbols(text)
    scores = np.maximum(base().scores(found[:-1], found[1:]), STRANGE)
    sums = np.cumsum(np.pad(scores, (_NEAR + 1, _NEAR), constant_values=STRANGE))
    # Both what stands before a character and what stands behind it has to read well.
    worse = np.minimum(sums[_NEAR:-_NEAR] - sums[: -2 * _NEAR], sums[2 * _NEAR :] - sums[_NEAR:-_NEAR])
    reads = np.append(worse[1:] > _LEGIBLE * _NEAR, False)
    edges = np.flatnonzero(np.diff(reads, prepend=False)).tolist()
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        yield text[start : end + 1]


@cache
def base() -> Language:
    """Return the model of no text at all."""
    return Language([])


def _spelt_windows(text: Symbols, length: int, size: int) -> Keys:
    """Return every stretch of a length that holds no unknown symbol as one number."""
    windows = _windows(text, length)
    return _spelt(windows[(windows > 0).all(axis=1)], size)


def _counted(keys: Keys) -> tuple[Keys, Scores]:
    kinds, numbers = np.unique(keys, return_counts=True)
    return kinds, numbers.astype(np.float64)


def _windows(text: Symbols, length: int) -> Symbols:
    count = max(len(text) - length + 1, 0)
    return np.stack([text[shift : shift + count] for shift in range(length)], axis=1)


def _repeated(text: Symbols, length: int, size: int) -> tuple[Keys, Scores]:
    """Return what a text says more than once, and the share it makes of the text."""
    windows = _windows(text, length)
    keys, numbers = np.unique(_spelt(windows[(windows > 0).all(axis=1)], size), return_counts=True)
    shares: Scores = numbers[numbers > 1] * length / max(len(text), 1)
    return keys[numbers > 1], np.minimum(shares, _MOST_OF_A_TEXT)


def _looked_up(keys: Keys, shares: Scores, wanted: npt.NDArray[np.intp]) -> Scores:
    """Return the share of each wanted key, 0 for those that there are none of."""
    if not len(keys):
        return np.zeros(wanted.shape)
    wanted = wanted.astype(keys.dtype)
    places = keys.searchsorted(wanted)
    np.minimum(places, len(keys) - 1, out=places)
    result: Scores = shares[places] * (keys[places] == wanted)
    return result
