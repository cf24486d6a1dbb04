"""People and units in a text: names whose surname is a function word, units that are pointed at."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pdtool.keywords.lexicon import Lexicon, Role
from pdtool.segment.jieba_data import idf
from pdtool.segment.segmenter import WordPlaces
from pdtool.text.edits import IntArray

__all__ = ["NumberedWords", "is_given_name", "is_pointed_at", "numbered_with_names"]

_LONGEST_GIVEN_NAME = 2
_RARE = 9.2
"""The least inverse document frequency of a given name: 有关 in 和有关代表 is none."""

Roles = npt.NDArray[np.uint16]
BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class NumberedWords:
    """The words of a text by their numbers in a lexicon; all arrays have shape ``(n,)``.

    Args:
        ids: Their numbers.
        starts: Offsets of their first characters, ascending.
        ends: Offsets after their last characters.
    """

    ids: IntArray
    starts: IntArray
    ends: IntArray

    @property
    def tied(self) -> BoolArray:
        """Of each word but the first whether it joins the one before it, shape ``(n - 1,)``."""
        tied: BoolArray = self.starts[1:] == self.ends[:-1]
        return tied


def is_pointed_at(roles: Roles, words: NumberedWords) -> BoolArray:
    """Tell which words are the unit that the word before points at: 省 in 你省考察.

    Args:
        roles: The roles of the words, shape ``(n,)``.
        words: The words.
    """
    found: BoolArray = roles & Role.UNIT != 0
    found[:1] = False
    found[1:] &= (roles[:-1] & Role.POINTER != 0) & words.tied
    return found


def is_given_name(roles: Roles, words: NumberedWords) -> BoolArray:
    """Tell which words stand between a stop word that is a surname too and an office: 明远 in 曾明远副总理.

    Args:
        roles: The roles of the words, shape ``(n,)``.
        words: The words.
    """
    found = np.zeros(len(roles), dtype=np.bool_)
    tied = words.tied
    short = words.ends - words.starts <= _LONGEST_GIVEN_NAME
    found[1:-1] = (roles[:-2] & Role.SURNAME != 0) & tied[:-1] & tied[1:] & (roles[2:] & Role.OFFICE != 0)
    return found & short


def numbered_with_names(text: str, places: WordPlaces, lexicon: Lexicon) -> NumberedWords:
    """Return numbered words; names whose surname is a stop word (曾明远 in 曾明远副总理) are in one piece."""
    words = NumberedWords(lexicon.ids(text, places.starts, places.ends), places.starts, places.ends)
    given = np.flatnonzero(is_given_name(lexicon.roles[words.ids], words)).tolist()
    named = [index for index in given if idf(text[words.starts[index] : words.ends[index]]) >= _RARE]
    if not named:
        return words
    ids, starts = words.ids.copy(), words.starts.copy()
    kept = np.ones(len(places), dtype=np.bool_)
    for index in named:
        starts[index] = starts[index - 1]
        ids[index] = lexicon[text[starts[index] : words.ends[index]]]
        kept[index - 1] = False
    return NumberedWords(ids[kept], starts[kept], words.ends[kept])
