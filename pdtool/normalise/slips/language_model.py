"""A character n-gram model of Chinese that tells likely readings of a slipped text from unlikely ones.

Within a word a character follows the one before as in jieba's dictionary, weighted by the words'
frequencies; a new word starts wherever one may end. The text at hand adds its own pairs of characters,
which know its names and subjects. Both scripts are one here, and so are full-width and ASCII signs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from pdtool.normalise.slips.gbk import codes_of_pairs
from pdtool.normalise.slips.model_tables import LENGTHS, UNKNOWN, tables
from pdtool.normalise.slips.ngram_tables import (
    Keys,
    PairTable,
    Scores,
    Symbols,
    TripleTable,
    WordTable,
    as_keys,
    look_up,
    word_keys,
)
from pdtool.text.code_points import code_points

__all__ = [
    "BEGUN",
    "STRANGE",
    "UNHEARD",
    "LanguageModel",
    "base_model",
    "legible",
    "symbols",
    "symbols_of_codes",
    "symbols_of_pairs",
]

_OWN_WORDS = 0.3
"""How much the text's own characters count against the dictionary's at the start of a word."""
_OWN_WORDS_HALF = 500
"""Characters of a text at which they count half as much."""
_OWN_PHRASE = 0.75
"""How much the text's own phrases count against the dictionary's words."""
_MOST_OF_A_TEXT = 2e-3
"""What a phrase of the text counts at most: in a short text two occurrences are a large share."""
_PARALLEL = 0.5
"""How much the ends of the phrases right before count at the end of one: parallel phrases end alike."""
_WORDS = 0.6
"""How much words count against characters in the end."""
_BEHIND = 3
"""Symbols before a new one that a word may hold as well."""
BEGUN = (-np.inf, -np.inf, -np.inf, 0.0)
"""What the likeliest words of no text at all cost; see :meth:`LanguageModel.advance`."""
STRANGE = -9.5
"""The least that a character counts (natural logarithm), however strange it is. Tuned, like the next two, on
slipped and on clean policy texts."""
UNHEARD = float(np.log(UNKNOWN))
"""What a character counts that the tables do not have (natural logarithm), whatever stands before it."""
_LEGIBLE = -7.5
"""What characters count at least, on average, where a text reads like language."""
_NEAR = 12
"""Characters of which that average is taken."""


def symbols(text: str) -> Symbols:
    """Return the symbols of a text, shape ``(len(text),)``."""
    return tables().symbol[code_points(text)]


def symbols_of_codes(codes: npt.NDArray[np.uint32]) -> Symbols:
    """Return the symbols of code points, of the same shape."""
    return tables().symbol[codes]


@cache
def symbols_of_pairs() -> Symbols:
    """Return the symbol of every pair of bytes, -1 where GBK defines none; shape ``(PAIRS,)``."""
    codes = codes_of_pairs()
    return np.where(codes > 0, tables().symbol[codes], -1)


class LanguageModel:
    """The language model of one text.

    Args:
        pieces: Pieces of the text that are not suspected of damage.
    """

    def __init__(self, pieces: Sequence[str]) -> None:
        size = tables().size
        # What stands between two pieces is an unknown symbol.
        text = symbols("".join(f"{piece}\0" for piece in pieces) or "\0")
        self._start = self._starts(np.bincount(text, minlength=size))
        keys, numbers = np.unique(text[:-1] * size + text[1:], return_counts=True)
        firsts, seconds = np.divmod(keys, size)
        whole = (firsts > 0) & (seconds > 0)
        counted = [(keys[whole], numbers[whole]), *(_counted(text, length, size) for length in LENGTHS[2:])]
        self._triples = TripleTable.of_counts(*counted[1], size)
        phrases = [_repeated(*some, length, len(text)) for length, some in enumerate(counted, 2)]
        self._pairs_said, self._phrases = phrases[0], WordTable(phrases)
        totals = np.maximum(np.bincount(firsts, numbers, size), 1)
        kinds = np.bincount(firsts, minlength=size)
        self._weight: Scores = np.where(kinds > 0, totals / (totals + 2 * kinds + 2), 0.0)
        self._weight[0] = 0.0
        self._rest = 1 - self._weight
        shares = numbers / totals[firsts] * self._weight[firsts]
        own = shares > 0
        self._own = PairTable.of_pairs(keys[own], shares[own], size)
        self._parallel: Scores = np.zeros(size)

    def stand_behind(self, text: str) -> tuple[int, ...]:
        """Expect phrases to end as those right before an offset do, where several of them end alike.

        Returns:
            The symbols they end in; equal ones lead to equal probabilities.
        """
        near = symbols(text)
        ends = near[:-1][tables().is_sign[near[1:]]].tolist()
        again = {end: count for end, count in Counter(ends).items() if count > 1}
        self._parallel[:] = 0.0
        for end, count in again.items():
            self._parallel[end] = _PARALLEL * count / len(ends)
        return tuple(ends) if again else ()

    @staticmethod
    def _starts(counts: npt.NDArray[np.intp]) -> Scores:
        start = tables().start
        total = int(counts.sum())
        share = _OWN_WORDS * total / (total + _OWN_WORDS_HALF)
        mixed: Scores = (1 - share) * start + share * counts / max(total, 1)
        return mixed

    def scores(self, before: Symbols | int, after: Symbols) -> Scores:
        """Return the logarithm of the probability of each of ``after`` behind ``before``, broadcast."""
        known = tables()
        found = known.final.take(before) * self._start.take(after)
        found += known.pairs.probabilities(before, after)
        found *= self._rest.take(before)
        found += self._own.probabilities(before, after)
        np.copyto(found, UNKNOWN, where=after <= 0)
        result: Scores = np.log(found, out=found)
        return result

    def of(self, text: str) -> float:
        """Return the logarithm of the probability of a text, as characters and as words.

        No character counts less than :data:`STRANGE`. Words are those of the dictionary, and what the text
        says more than once.

        >>> LanguageModel([]).of("派出所") > LanguageModel([]).of("派出他")
        True
        """
        return self.of_each([text])[0]

    def of_each(self, texts: Sequence[str]) -> list[float]:
        """Return the logarithm of the probability of each of some texts; see :meth:`of`."""
        width = max(map(len, texts), default=0)
        if not width:
            return [0.0] * len(texts)
        rows = np.full((len(texts), width), -1, dtype=np.intp)
        for row, text in zip(rows, texts, strict=True):
            row[width - len(text) :] = symbols(text)
        found: list[float] = self.rank(rows, STRANGE).tolist()
        return found

    def starts(self, found: Symbols) -> Scores:
        """Return the logarithm of the probability that a word starts with each symbol."""
        result: Scores = np.log(self._start[found])
        return result

    def plain(self, text: str) -> float:
        """Return the logarithm of the probability of a text, each character behind the one before."""
        found = symbols(text)
        return float(self.scores(found[:-1], found[1:]).sum())

    def links(self, rows: Symbols) -> Scores:
        """Return the logarithm of the probability of each symbol of some rows behind the one before it.

        Args:
            rows: Shape ``(n, width)``, filled up in front by -1.

        Returns:
            Shape ``(n, width - 1)``; what stands behind a -1 counts as behind an unknown symbol.
        """
        known = np.maximum(rows, 0)
        return self.scores(known[:, :-1], known[:, 1:])

    def rank(self, rows: Symbols, least: float = -np.inf, links: Scores | None = None) -> Scores:
        """Return the logarithm of the probability of each row of symbols, as characters and as words.

        Args:
            rows: Shape ``(n, width)``, filled up in front by -1.
            least: The least that a character counts.
            links: What :meth:`links` says of them, if it is known.
        """
        real = rows >= 0
        known = np.maximum(rows, 0)
        parallel = self._parallel_ends(rows, real)
        shares = np.exp(self.links(rows) if links is None else links)
        shares[:, 1:] = self._behind_two(shares[:, 1:], known)
        shares += parallel[:, 1:]
        # Summed up column by column, a row has the same sum whatever it is filled up with.
        characters = np.where(real[:, :-1], np.maximum(np.log(shares), least), 0.0).T.copy().sum(axis=0)
        singles = np.maximum(np.log(tables().single[rows] + parallel), least)
        costs = self._word_costs(word_keys(known.T, tables().size), np.where(real, singles, 0.0).T)
        words = np.full((len(LENGTHS) + len(costs), len(rows)), -np.inf)
        words[len(LENGTHS) - 1] = 0.0
        for end, some in enumerate(costs, len(LENGTHS)):
            np.maximum.reduce(words[end - len(LENGTHS) : end] + some, out=words[end])
        result: Scores = (1 - _WORDS) * characters + _WORDS * words[-1]
        return result

    def _parallel_ends(self, rows: Symbols, real: npt.NDArray[np.bool_]) -> Scores:
        """Return how much more probable each symbol is as the end of a phrase that ends like others."""
        signs = tables().is_sign[rows] & real
        parallel = np.where(real, self._parallel[rows], 0.0)
        parallel[:, :-1] *= signs[:, 1:]
        parallel[:, -1] = 0.0
        return parallel

    def _behind_two(self, shares: Scores, known: Symbols) -> Scores:
        """Return the probability of each symbol behind two others, given that behind one of them.

        Args:
            shares: The latter, shape ``(n, width - 2)``.
            known: Rows of symbols, shape ``(n, width)``; none is negative.
        """
        contexts = known[:, :-2] * tables().size + known[:, 1:-1]
        thirds = known[:, 2:]
        shares = tables().triples.interpolated(shares, contexts, thirds)
        return self._triples.interpolated(shares, contexts, thirds)

    def repeats(self, row: Symbols) -> npt.NDArray[np.bool_]:
        """Return which symbols make a pair with a neighbour that the text says more than once."""
        pairs = look_up(*self._pairs_said, row[:-1] * tables().size + row[1:]) > 0
        found = np.zeros(len(row), dtype=np.bool_)
        found[:-1] = pairs
        found[1:] |= pairs
        return found

    def advance(self, rows: Symbols, fresh: Symbols, words: Scores) -> tuple[Scores, Scores]:
        """Judge what rows of symbols have become longer by; as :meth:`rank` does, but for parallel phrases.

        Args:
            rows: Shape ``(n, width)``, filled up in front by -1.
            fresh: How many symbols are new at the end of each, at least one; shape ``(n,)``.
            words: The logarithm of the probability of the likeliest words up to each of the last four
                symbols before the new ones, shape ``(n, 4)``; :data:`BEGUN` if there are none before.

        Returns:
            What the new symbols add to :meth:`rank` as characters, less what they add to :meth:`plain`,
            shape ``(n,)``; and the new ``words`` of each row, as they count in :meth:`rank`.
        """
        tail, is_new = _tail(rows, fresh)
        known = np.maximum(tail[:, 1:], 0)
        links = self.scores(known[:, 1:-1], known[:, 2:])
        shares = self._behind_two(np.exp(links), known)
        gained = np.where(is_new, (1 - _WORDS) * np.log(shares) - links, 0.0).sum(axis=1)
        return gained, self._words_up_to(tail, is_new, words)

    def words_up_to(self, rows: Symbols, fresh: Symbols, words: Scores) -> Scores:
        """Return the new ``words`` of each row alone; see :meth:`advance`."""
        return self._words_up_to(*_tail(rows, fresh), words)

    def _words_up_to(self, tail: Symbols, is_new: npt.NDArray[np.bool_], words: Scores) -> Scores:
        """Return the probability of the likeliest words up to each of the last four symbols."""
        count, width = is_new.shape
        known = np.maximum(tail, 0).T
        keys = word_keys(known, tables().size)[_BEHIND:]
        costs = _WORDS * self._word_costs(keys, np.log(tables().single[known[_BEHIND:]]))
        ways = np.full((len(LENGTHS) + width, count), -np.inf)
        first = width - is_new.sum(axis=1)
        ways[first + np.arange(len(LENGTHS))[:, None], np.arange(count)] = words.T
        for index, new in enumerate(is_new.T):
            end = len(LENGTHS) + index
            found = np.maximum.reduce(ways[index:end] + costs[index])
            ways[end] = np.where(new, found, ways[end])
        return ways[-len(LENGTHS) :].T

    def _word_costs(self, keys: Keys, singles: Scores) -> Scores:
        """Return the logarithm of the share of the words of each length, the longest first, by their ends.

        Args:
            keys: The words of several symbols, shape ``(width, 3, n)``; see :func:`word_keys`.
            singles: The same logarithm for each symbol as a word of its own, shape ``(width, n)``.

        Returns:
            Shape ``(width, 4, n)``.
        """
        shares = (1 - _OWN_PHRASE) * tables().longer.shares(keys)
        shares += _OWN_PHRASE * self._phrases.shares(keys)
        costs = np.empty((len(singles), len(LENGTHS), singles.shape[1]))
        np.log(np.maximum(shares, 1e-30), out=costs[:, :-1])
        costs[:, -1] = singles
        return costs


def _tail(rows: Symbols, fresh: Symbols) -> tuple[Symbols, npt.NDArray[np.bool_]]:
    """Return the end of rows from the first word on that may hold a new symbol, and which of it is new.

    Args:
        rows: Shape ``(n, width)``, filled up in front by -1.
        fresh: How many symbols are new at the end of each, at most ``most``; shape ``(n,)``.

    Returns:
        Shapes ``(n, 3 + most)`` and ``(n, most)``.
    """
    most = int(fresh.max())
    tail = rows[:, -(most + _BEHIND) :]
    if (missing := most + _BEHIND - tail.shape[1]) > 0:
        tail = np.concatenate([np.full((len(rows), missing), -1), tail], axis=1)
    return tail, np.arange(most) >= most - fresh[:, None]


def legible(text: str) -> Iterator[str]:
    """Yield the pieces of a text that read like language, by the dictionary and running text alone.

    >>> list(legible("议T口服务浪喂芡乱"))
    []
    """
    found = symbols(text)
    scores = np.maximum(base_model().scores(found[:-1], found[1:]), STRANGE)
    sums = np.cumsum(np.pad(scores, (_NEAR + 1, _NEAR), constant_values=STRANGE))
    # Both what stands before a character and what stands behind it has to read well.
    worse = np.minimum(sums[_NEAR:-_NEAR] - sums[: -2 * _NEAR], sums[2 * _NEAR :] - sums[_NEAR:-_NEAR])
    reads = np.append(worse[1:] > _LEGIBLE * _NEAR, False)
    edges = np.flatnonzero(np.diff(reads, prepend=False)).tolist()
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        yield text[start : end + 1]


@cache
def base_model() -> LanguageModel:
    """Return the model of no text at all: the dictionary and running text alone."""
    return LanguageModel([])


def _counted(text: Symbols, length: int, size: int) -> tuple[Keys, Symbols]:
    """Return the keys of what a text says of a length, ascending, but for what holds an unknown symbol.

    The second array says how often each occurs.
    """
    count = max(len(text) - length + 1, 0)
    windows = np.stack([text[shift : shift + count] for shift in range(length)], axis=1)
    return np.unique(as_keys(windows[(windows > 0).all(axis=1)], size), return_counts=True)


def _repeated(keys: Keys, numbers: Symbols, length: int, whole: int) -> tuple[Keys, Scores]:
    """Return the keys of what is said more than once, and the share that each makes of the whole text."""
    again = numbers > 1
    return keys[again], np.minimum(numbers[again] * length / max(whole, 1), _MOST_OF_A_TEXT)
