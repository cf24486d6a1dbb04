"""What is known of each word before any text is read: its rarity, its width, its part in a phrase."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import numpy as np

from pdtool.segment.jieba_data import idf, look_up_idf
from pdtool.segment.stop_words import read_words
from pdtool.segment.tags import dictionary_tag
from pdtool.text.edits import IntArray
from pdtool.text.han import is_segmented
from pdtool.text.key_numbers import UNKNOWN, KeyNumbers
from pdtool.text.string_keys import KeyArray, first_places, string_keys

__all__ = ["MILLION", "Lexicon", "Role"]

MILLION = 1_000_000

_NUMERALS = "一二三四五六七八九十百千万亿零〇两"
_COUNTS = frozenset(f"第{_NUMERALS}")
"""What ordinals, numbers and amounts of Han characters begin with."""
_ORDINAL = re.compile(rf"第[{_NUMERALS}\d]+(?:分?编|章|节|条|款|项|目)(?:之[{_NUMERALS}\d]+)?")
"""A part of a law or a plan: it parts phrases, and is none. 第三产业 and 第一书记 are words of their own."""
_NUMBER = re.compile(rf"第[{_NUMERALS}]++|[一二三四五六七八九十零〇两]*+[百千万亿][{_NUMERALS}]*+")
"""第五, 二百三十; 十四五 is a name."""
_FIGURE = re.compile(r"(?=.*\d)[\d.,:%‰/~-]+")
"""6.5, 50%, 2022: never a part of a keyword. PM2.5, 5G and 1+36 are names."""
_PERIOD = re.compile("[一二两三四五六七八九十]年")
"""三年 in 三年行动计划."""
_CALLED = re.compile(r"(?!(?:19|20)\d\d$)\d{1,5}")
"""Digits by which something may be called, if the text says it again: 12345热线, 2型糖尿病; years are not."""
_NO_NOUNS = frozenset("vadbzil")
"""First letters of the tags of verbs, adjectives, adverbs, attributives, statives, idioms and set phrases."""
_LATIN_SIZE = 2
"""How many Han characters a Latin word or number counts for in the length of a phrase."""
_LATIN_IDF = 7.0
"""jieba's table has next to no Latin words, and its default would call every one of them rare."""
_MOST_WORDS = 1_000_000
"""Words remembered at a time (some 120 MB); a text of random letters must not fill the memory."""


class Role:
    """What a word can or cannot do in a keyword, as flags.

    Plain numbers: numpy makes arrays of 64 bits of what is combined with the members of an enumeration.
    """

    STOP = 1
    """It ends the phrase before it."""
    NOT_ALONE = 2
    """It is no keyword by itself."""
    NOT_FIRST = 4
    """No keyword begins with it."""
    NOT_LAST = 8
    """No keyword ends with it."""
    NUMBER = 16
    """It has no letter."""
    PAPER_FRAME = 64
    """A phrase of such words alone names no subject."""
    NOTICE_FRAME = 128
    """A phrase of such words alone is of the frame of notices."""
    UNIT = 256
    """One character for a unit of government."""
    POINTER = 512
    """It points at a unit without naming it."""
    OFFICE = 1024
    """It stands behind the name of a person."""
    SURNAME = 2048
    """A stop word that may be a surname."""
    CALLED = 4096
    """Digits by which something may be called."""
    PERIOD = 32768
    """So many years: what a plan is named by begins with it."""
    MEASURE = 16384
    """A measure word: digits before it are a figure."""
    FIGURE = 8192
    """A figure, which no keyword holds."""
    VERB = 32
    """Verb, adjective, adverb or idiom of the dictionary: seldom a keyword by itself."""


_LISTS = {
    Role.NOT_ALONE: "keywords/not_alone",
    Role.NOT_FIRST: "keywords/not_first",
    Role.NOT_LAST: "keywords/not_last",
    Role.PAPER_FRAME: "keywords/paper_frame",
    Role.NOTICE_FRAME: "keywords/notice_frame",
    Role.UNIT: "keywords/units",
    Role.POINTER: "keywords/pointers",
    Role.OFFICE: "keywords/offices",
    Role.MEASURE: "keywords/measure_words",
}


_AMOUNT = Role.NOT_ALONE | Role.NOT_FIRST


class Lexicon:
    """Numbers the words it meets and knows their properties, as arrays over those numbers.

    A word is known by its key (:mod:`pdtool.text.string_keys`): no string is made of one that was met before.

    Args:
        stop_words: The words that cut phrases, in lower case.
        terms: The user's own words, which are whole whatever they end with.

    Attributes:
        idf: Inverse document frequency of each word in millionths, shape ``(capacity,)``: whole numbers, so
            that sums are exact and do not depend on what else is added up with them.
        size: Its width in Han characters.
        roles: Its :class:`Role` flags.
        whole: The number of the word without its last character, if the segmenter cut it one character too
            late (散中); its own number otherwise.
    """

    def __init__(self, stop_words: frozenset[str], terms: frozenset[str] = frozenset()) -> None:
        self._numbers = KeyNumbers()
        self._stop_words = stop_words
        self._terms = terms
        self._torn_ends = read_words("keywords/torn_ends")
        self._pointers = read_words(_LISTS[Role.POINTER])
        self._surnames = read_words("keywords/surnames")
        self._listed = _listed()
        measures = "|".join(sorted(read_words(_LISTS[Role.MEASURE])))
        # Two numerals at least: 四个自信 and 两山 are names.
        self._amount = re.compile(f"[{_NUMERALS}]{{2,}}[余多来]?(?:{measures})")
        self.idf = np.zeros(4096, dtype=np.int64)
        self.size = np.zeros(4096, dtype=np.int64)
        self.roles = np.zeros(4096, dtype=np.uint16)
        self.whole = np.zeros(4096, dtype=np.int32)

    def __len__(self) -> int:
        return len(self._numbers)

    def __getitem__(self, word: str) -> int:
        """Return the number of a word."""
        return int(self.ids(word, np.zeros(1, np.int32), np.array([len(word)]))[0])

    def ids(self, text: str, starts: IntArray, ends: IntArray) -> IntArray:
        """Return the number of each word of a text; they hold until :meth:`forget` is called.

        Args:
            text: The text.
            starts: Where the words begin, shape ``(n,)``.
            ends: Where they end.
        """
        keys = string_keys(text, starts, ends)
        found = self._numbers.of(keys)
        unknown = np.flatnonzero(found == UNKNOWN)
        if len(unknown):
            new = unknown[first_places(keys[unknown]) == np.arange(len(unknown))]
            spans = zip(starts[new].tolist(), ends[new].tolist(), strict=True)
            self._learn(keys[new], [text[start:end] for start, end in spans])
            found[unknown] = self._numbers.of(keys[unknown])
        return found

    def forget(self) -> None:
        """Forget all words if there are too many."""
        if len(self) > _MOST_WORDS:
            self._numbers.clear()

    def _learn(self, keys: KeyArray, words: Sequence[str]) -> None:
        """Take up new words."""
        if not len(self):
            look_up_idf(words)
        new = slice(len(self), len(self) + len(words))
        self._numbers.add(keys)
        self._make_room()
        are_han = list(map(is_segmented, words))
        told = list(zip(words, are_han, strict=True))
        self.idf[new] = [round((idf(word) if han else _LATIN_IDF) * MILLION) for word, han in told]
        self.size[new] = [len(word) if han else _LATIN_SIZE for word, han in told]
        self.roles[new] = [self._roles(word, han) for word, han in told]
        self.whole[new] = np.arange(new.start, new.stop)
        for number, (word, han) in enumerate(told, start=new.start):
            if word[-1] in self._torn_ends and han and self._is_torn(word):
                self.whole[number] = self[word[:-1]]

    def _make_room(self) -> None:
        """Make the arrays as long as there are words, or longer."""
        while len(self) > len(self.idf):
            capacity = 2 * len(self.idf)
            self.idf, self.size = np.resize(self.idf, capacity), np.resize(self.size, capacity)
            self.roles, self.whole = np.resize(self.roles, capacity), np.resize(self.whole, capacity)

    def _is_torn(self, word: str) -> bool:
        """Whether a word with such an end is one that its last character does not belong to."""
        return len(word) > 1 and word not in self._terms and not dictionary_tag(word)

    def _roles(self, word: str, han: bool) -> int:
        if word.lower() in self._stop_words:
            pointer = word in self._pointers and Role.POINTER
            return Role.STOP | pointer | (word in self._surnames and Role.SURNAME)
        listed = self._listed.get(word, 0)
        return self._han_roles(word, listed) if han else self._other_roles(word, listed)

    def _han_roles(self, word: str, listed: int) -> int:
        if word[0] in _COUNTS:
            if _ORDINAL.fullmatch(word):
                return Role.STOP
            if self._amount.fullmatch(word):
                listed |= _AMOUNT
            if _NUMBER.fullmatch(word):
                listed |= Role.NUMBER
            if _PERIOD.fullmatch(word):
                listed |= Role.PERIOD
        return listed | (Role.VERB if dictionary_tag(word)[:1] in _NO_NOUNS else 0)

    def _other_roles(self, word: str, listed: int) -> int:
        if _ORDINAL.fullmatch(word):
            return Role.STOP
        called = _CALLED.fullmatch(word) is not None
        if not called and word not in self._terms and _FIGURE.fullmatch(word):
            return Role.FIGURE | Role.NUMBER
        is_word = len(word) > 1 and any(map(str.isalpha, word))
        return listed | (0 if is_word else Role.NUMBER) | (Role.CALLED if called else 0)


@cache
def _listed() -> dict[str, int]:
    """Return the flags of the words that the lists name."""
    flags: dict[str, int] = {}
    for role, name in _LISTS.items():
        for word in read_words(name):
            flags[word] = flags.get(word, 0) | role
    return flags
