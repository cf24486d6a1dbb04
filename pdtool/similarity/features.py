"""A document → what it is compared by: its words, or its characters and pairs of characters."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from pdtool.corpus.body import body_of
from pdtool.corpus.document import Document
from pdtool.segment.scan import other_words
from pdtool.segment.segmenter import Segmenter
from pdtool.segment.stop_words import stop_words

__all__ = ["Bag", "FeatureCounter", "Features"]

_SHORTEST = 2
"""Characters of a word: a single one (的, 年, 个) says little about what a text is about."""
_REMEMBERED = 1 << 17
"""Words whose part is remembered: more than a corpus has, and bounded for a text of random letters."""
_HAN_RUN = re.compile("[\u3400-\u9fff〇\U00020000-\U000323af]+")


class Features(StrEnum):
    """What documents are compared by."""

    WORDS = "words"
    """Words of two characters or more that are no stop words and have a letter."""
    CHARS = "chars"
    """Han characters and pairs of neighbouring ones, and Latin words."""


@lru_cache(maxsize=1)
def _segmenter() -> Segmenter:
    return Segmenter()


def _has_letter(word: str) -> bool:
    return any(map(str.isalpha, word))


_stop_words = cache(stop_words)


@lru_cache(maxsize=_REMEMBERED)
def _tells(word: str) -> bool:
    """Whether a word says something about what a text is about."""
    return len(word) >= _SHORTEST and word not in _stop_words() and _has_letter(word)


def _words(text: str) -> Counter[str]:
    return Counter(filter(_tells, map(str.lower, _segmenter().cut(text).words)))


def _characters(text: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    for match in _HAN_RUN.finditer(text):
        run = match[0]
        counts.update(run)
        counts.update(map(str.__add__, run, run[1:]))
    latin = (text[start:end].lower() for start, end in other_words(text))
    counts.update(word for word in latin if len(word) >= _SHORTEST and _has_letter(word))
    return counts


@dataclass(frozen=True, slots=True)
class Bag:
    """The features of a document, packed: ten thousand dictionaries of words would fill the memory.

    Args:
        joined: The distinct features, one a line.
        packed: How often each occurs, as 32-bit integers.
    """

    joined: str
    packed: bytes

    @classmethod
    def of(cls, counts: Mapping[str, int]) -> Bag:
        """Pack counts."""
        return cls("\n".join(counts), array("i", counts.values()).tobytes())

    def __len__(self) -> int:
        return len(self.counts)

    @property
    def terms(self) -> list[str]:
        """The distinct features."""
        return self.joined.split("\n") if self.joined else []

    @property
    def counts(self) -> array[int]:
        """How often each occurs."""
        return array("i", self.packed)


@dataclass(frozen=True, slots=True)
class FeatureCounter:
    """Counts the features of one document after another, in any process.

    Args:
        features: What is counted.
    """

    features: Features = Features.WORDS

    def __call__(self, document: Document) -> Bag:
        """Count the features of a document's body."""
        return Bag.of(self.count(body_of(document)))

    def count(self, body: str) -> Counter[str]:
        """Count the features of a text.

        >>> FeatureCounter().count("加强基层治理,推进基层党建") == {"基层": 2, "治理": 1, "党建": 1}
        True
        >>> sorted(FeatureCounter(Features.CHARS).count("党建App"))
        ['app', '党', '党建', '建']
        """
        return _words(body) if self.features is Features.WORDS else _characters(body)
