"""A document → what it is compared by: its words, or its characters and pairs of characters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

import numpy as np

from pdtool.documents.document import Document
from pdtool.documents.mapping import body_of
from pdtool.documents.warm_up import warm_up_with
from pdtool.segment.content_words import is_content_word
from pdtool.segment.han_runs import other_words
from pdtool.segment.packed import segmenter_of
from pdtool.segment.segmenter import SEGMENTERS
from pdtool.segment.stop_words import stop_words
from pdtool.terms.synonyms import NO_SYNONYMS, Synonyms
from pdtool.text.bags import PACKED, Bag, KeyArray, pair_keys, term_keys, unigram_keys
from pdtool.text.code_points import code_points
from pdtool.text.han import han_mask

__all__ = ["FeatureCounter", "Features", "warm_up"]

_SHORTEST = 2
"""Characters of a word."""
_REMEMBERED = 1 << 17
"""Words whose part is remembered: more than a corpus has, and bounded for a text of random letters."""


def warm_up() -> Iterator[None]:
    """Make what counting features takes, piece by piece: first the dictionary, which every document needs.

    Yields:
        After each piece.
    """
    segmenter_of(SEGMENTERS[0], "[]")
    yield from warm_up_with(lambda sample: FeatureCounter().count(sample))


class Features(StrEnum):
    """What documents are compared by."""

    WORDS = "words"
    """Words of two characters or more that are no stop words and have a letter."""
    CHARS = "chars"
    """Han characters and pairs of neighbouring ones, and Latin words."""


def _has_letter(word: str) -> bool:
    return any(map(str.isalpha, word))


_stop_words = cache(stop_words)


@cache
def _stop_keys() -> KeyArray:
    """Return the numbers of the stop words that have any, ascending."""
    return np.sort(term_keys(word for word in _stop_words() if len(word) <= PACKED))


@lru_cache(maxsize=_REMEMBERED)
def _tells(word: str) -> bool:
    """Return whether a word says something about what a text is about."""
    return is_content_word(word, _stop_words())


def _words(text: str, dictionary: str) -> Bag:
    keys, others = segmenter_of(SEGMENTERS[0], dictionary).packed(text, _SHORTEST)
    return Bag.of(Counter(filter(_tells, map(str.lower, others))), keys, _stop_keys())


def _character_keys(text: str) -> KeyArray:
    """Return the number of every Han character and of every two that stand side by side."""
    codes = code_points(text)
    han = han_mask(codes)
    pairs = np.flatnonzero(han[:-1] & han[1:])
    return np.concatenate((unigram_keys(codes[han]), pair_keys(codes[pairs], codes[pairs + 1])))


def _latin(text: str) -> Counter[str]:
    words = (text[start:end].lower() for start, end in other_words(text))
    return Counter(
        word
        for word in words
        if len(word) >= _SHORTEST and _has_letter(word) and not han_mask(code_points(word)).all()
    )


@dataclass(frozen=True, slots=True)
class FeatureCounter:
    """Counts the features of one document after another, in any process.

    Args:
        features: What is counted.
        with_references: Whether references, notes and the like are counted as text.
        dictionary: The user's own words, as :func:`~pdtool.segment.packed.pack_terms` gives them.
        synonyms: Words that are counted as one: the first of each group is read for all of them.
    """

    features: Features = Features.WORDS
    with_references: bool = False
    dictionary: str = "[]"
    synonyms: Synonyms = NO_SYNONYMS

    def __call__(self, document: Document) -> Bag:
        """Count the features of a document's body."""
        return self.count(body_of(document, self.with_references))

    def count(self, body: str) -> Bag:
        """Count the features of a text.

        >>> FeatureCounter().count("加强基层治理,推进基层党建").as_dict() == {"基层": 2, "治理": 1, "党建": 1}
        True
        >>> sorted(FeatureCounter(Features.CHARS).count("党建App").as_dict())
        ['app', '党', '党建', '建']
        """
        body = self.synonyms.unified(body)
        if self.features is Features.WORDS:
            return _words(body, self.dictionary)
        return Bag.of(_latin(body), _character_keys(body))
