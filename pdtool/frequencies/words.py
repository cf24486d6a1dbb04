"""A document → its words and phrases, counted; what is no word is left out.

A phrase is a run of words that stand side by side, with nothing between them or one blank beside a Latin
word. Those of many documents are too many to be kept: they are counted as numbers first
(:class:`PhraseKeys`), and only those that are wanted are then counted as strings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from typing import Any

import numpy as np
import numpy.typing as npt

from pdtool.documents.document import Document
from pdtool.documents.grouping import Group, group_values
from pdtool.documents.mapping import body_of
from pdtool.documents.warm_up import warm_up_with
from pdtool.segment.content_words import is_content_word
from pdtool.segment.packed import segmenter_of
from pdtool.segment.segmenter import Tokens
from pdtool.terms.patterns import searchable
from pdtool.terms.synonyms import NO_SYNONYMS, Synonyms
from pdtool.text.arrays import distinct
from pdtool.text.bags import PACKED, Bag, term_keys
from pdtool.text.fold import folded_length
from pdtool.text.string_keys import KeyArray, string_keys

__all__ = [
    "CountedWords",
    "KeyedPhrases",
    "PhraseKeys",
    "WordCounter",
    "WordSettings",
    "wanted_keys",
    "warm_up",
]

_REMEMBERED = 1 << 17
"""Words whose part is remembered: more than a corpus has, and bounded for a text of random letters."""

IntArray = npt.NDArray[np.integer[Any]]


def warm_up() -> Iterator[None]:
    """Make what counting words takes, piece by piece, after what reading does.

    Yields:
        After each piece.
    """
    yield from warm_up_with(lambda sample: WordCounter(WordSettings()).count(sample))


@dataclass(frozen=True, slots=True)
class WordSettings:
    """What is a word, and how many of them make a phrase.

    Args:
        segmenter: One of :data:`~pdtool.segment.segmenter.SEGMENTERS`.
        dictionary: The user's words, as :func:`~pdtool.segment.packed.pack_terms` gives them.
        stop_words: The words that are left out, in lower case, one a line.
        shortest: Characters of the shortest word that counts by itself.
        lowest: Words of the shortest phrase; 1 counts single words too.
        highest: Words of the longest phrase.
    """

    segmenter: str = "rjieba"
    dictionary: str = "[]"
    stop_words: str = ""
    shortest: int = 2
    lowest: int = 1
    highest: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class CountedWords:
    """What a document holds.

    Args:
        group: Its group.
        year: The year it is of, for trends; :data:`~pdtool.documents.grouping.NONE` if it has none.
        size: Folded characters of its body.
        bag: Its words and phrases.
    """

    group: Group
    year: str
    size: int
    bag: Bag


@dataclass(frozen=True, slots=True, eq=False)
class KeyedPhrases:
    """The phrases of a document, as numbers.

    Args:
        group: Its group.
        keys: The numbers of its distinct phrases, ascending, shape ``(n,)``.
        counts: How often each occurs, shape ``(n,)``.
    """

    group: Group
    keys: KeyArray
    counts: IntArray


class _Words:
    """Tells what is a word, and remembers what it told: of a million words a few thousand differ."""

    def __init__(self, settings: WordSettings) -> None:
        stop_words = frozenset(settings.stop_words.splitlines())
        # By themselves, and at either end of a phrase.
        self.counts = _teller(stop_words, settings.shortest)
        self.may_be_edge = _teller(stop_words, 1)
        self.left_out = np.sort(term_keys(word for word in stop_words if len(word) <= PACKED))


def _teller(stop_words: frozenset[str], shortest: int) -> Callable[[str], bool]:
    return lru_cache(_REMEMBERED)(partial(is_content_word, stop_words=stop_words, shortest=shortest))


@cache
def _words(settings: WordSettings) -> _Words:
    return _Words(settings)


@dataclass(frozen=True, slots=True)
class _Phrases:
    """The phrases of a text: half-open spans, shape ``(n,)`` each."""

    starts: IntArray
    ends: IntArray

    @classmethod
    def of(cls, text: str, tokens: Tokens, settings: WordSettings) -> _Phrases:
        """Find the phrases of a text in lower case."""
        words, starts, ends = tokens.words, tokens.starts, tokens.ends
        told = _words(settings)
        edges = np.fromiter(map(told.may_be_edge, words), dtype=np.bool_, count=len(words))
        tied = _tied(text, starts, ends)
        firsts, lasts = [], []
        for length in range(settings.lowest, settings.highest + 1):
            first = _runs(tied, len(words), length)
            first = first[edges[first] & edges[first + length - 1]]
            if length == 1:
                first = first[(ends - starts)[first] >= settings.shortest]
            firsts.append(starts[first])
            lasts.append(ends[first + length - 1])
        return cls(np.concatenate(firsts), np.concatenate(lasts))


def _tied(text: str, starts: IntArray, ends: IntArray) -> npt.NDArray[np.bool_]:
    """Tell which words stand side by side with the next one, shape ``(n - 1,)``."""
    gaps = starts[1:] - ends[:-1]
    tied: npt.NDArray[np.bool_] = gaps == 0
    for index in np.flatnonzero(gaps == 1).tolist():
        end = int(ends[index])
        tied[index] = text[end] == " " and (text[end - 1].isascii() or text[end + 1].isascii())
    return tied


def _runs(tied: npt.NDArray[np.bool_], words: int, length: int) -> IntArray:
    """Return where so many words stand side by side: the number of the first of them."""
    if words < length:
        return np.empty(0, dtype=np.int64)
    joined = np.ones(words - length + 1, dtype=np.bool_)
    for shift in range(length - 1):
        joined &= tied[shift : shift + len(joined)]
    return np.flatnonzero(joined)


@dataclass(frozen=True, slots=True)
class PhraseKeys:
    """Counts the phrases of one document after another as numbers, in any process.

    Args:
        settings: What a phrase is.
        fields: What documents are grouped by.
        with_references: Whether references, notes and the like are counted as text.
    """

    settings: WordSettings
    fields: tuple[str, ...] = ()
    with_references: bool = False

    def __call__(self, document: Document) -> KeyedPhrases:
        """Count the phrases in the body of a document."""
        text = searchable(body_of(document, self.with_references))
        keys = _keys(text, self.settings)[0]
        kinds, counts = np.unique(keys, return_counts=True)
        return KeyedPhrases(group_values(document, self.fields), kinds, counts.astype(np.int32))


def _keys(text: str, settings: WordSettings) -> tuple[KeyArray, _Phrases]:
    """Return the number of every phrase of a text, and where they stand."""
    tokens = segmenter_of(settings.segmenter, settings.dictionary).cut(text)
    phrases = _Phrases.of(text, tokens, settings)
    return string_keys(text, phrases.starts, phrases.ends), phrases


@dataclass(frozen=True, slots=True)
class WordCounter:
    """Counts the words, or some phrases, of one document after another, in any process.

    Args:
        settings: What is a word or a phrase.
        fields: What documents are grouped by.
        dated: Whether the year of a document is wanted.
        with_references: Whether references, notes and the like are counted as text.
        wanted: The numbers of the phrases to count, ascending, as bytes; ``None``: all words.
        synonyms: Words that are counted as one.
    """

    settings: WordSettings
    fields: tuple[str, ...] = ()
    dated: bool = False
    with_references: bool = False
    wanted: bytes | None = None
    synonyms: Synonyms = NO_SYNONYMS

    def __call__(self, document: Document) -> CountedWords:
        """Count the words in the body of a document."""
        body = body_of(document, self.with_references)
        group = group_values(document, (*self.fields, *(("year",) if self.dated else ())))
        year = group[-1] if self.dated else ""
        return CountedWords(group[: len(self.fields)], year, folded_length(body), self.bag(body))

    def count(self, body: str) -> dict[str, int]:
        """Count the words or phrases of a text.

        >>> WordCounter(WordSettings()).count("加强基层治理,推进基层App建设") == {
        ...     "加强": 1, "基层": 2, "治理": 1, "推进": 1, "app": 1, "建设": 1}
        True
        """
        return self.bag(body).as_dict()

    def bag(self, body: str) -> Bag:
        """Count the words or phrases of a text, packed."""
        text = searchable(body)
        if self.wanted is not None:
            return Bag.of(Counter(self._wanted_phrases(text)))
        told, segmenter = (
            _words(self.settings),
            segmenter_of(self.settings.segmenter, self.settings.dictionary),
        )
        keys, others = segmenter.packed(text, self.settings.shortest)
        words = Bag.of(Counter(filter(told.counts, others)), keys, told.left_out)
        return words if self.synonyms == NO_SYNONYMS else Bag.of(self._merged(words.as_dict()))

    def _merged(self, counts: dict[str, int]) -> dict[str, int]:
        """Return counts in which each word counts for the first of those that mean the same."""
        merged: dict[str, int] = {}
        for word, count in counts.items():
            first = self.synonyms.counted_as(word).lower()
            merged[first] = merged.get(first, 0) + count
        return merged

    def _wanted_phrases(self, text: str) -> Iterator[str]:
        wanted = np.frombuffer(self.wanted or b"", dtype=np.uint64)
        keys, phrases = _keys(text, self.settings)
        if not len(wanted):
            return
        found = wanted[np.minimum(np.searchsorted(wanted, keys), len(wanted) - 1)] == keys
        for start, end in zip(phrases.starts[found].tolist(), phrases.ends[found].tolist(), strict=True):
            yield text[start:end]


def wanted_keys(counted: Sequence[KeyedPhrases], top: int, least: int) -> bytes:
    """Return the numbers of the phrases that are frequent enough, in some group or in all documents.

    Args:
        counted: What each document holds.
        top: How many of each group are wanted, with all that are as frequent as the last; 0 for all.
        least: Occurrences in a group from which on a phrase is wanted.

    Returns:
        For :class:`WordCounter`.
    """
    groups: dict[Group, list[KeyedPhrases]] = {}
    for one in counted:
        groups.setdefault(one.group, []).append(one)
    chosen = [_frequent(members, top, least) for members in groups.values()]
    return distinct(np.concatenate([np.empty(0, dtype=np.uint64), *chosen])).tobytes()


def _frequent(members: Sequence[KeyedPhrases], top: int, least: int) -> KeyArray:
    """Return the numbers of the most frequent phrases of some documents."""
    keys, places = np.unique(np.concatenate([one.keys for one in members]), return_inverse=True)
    counts = np.bincount(places, np.concatenate([one.counts for one in members]), minlength=len(keys))
    border = np.partition(counts, len(counts) - top)[len(counts) - top] if 0 < top < len(counts) else 0
    found: KeyArray = keys[counts >= max(least, border)]
    return found
