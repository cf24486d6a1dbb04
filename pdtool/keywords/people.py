"""People and units in a text: names whose surname is a function word, units that are pointed at."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from pdtool.keywords.lexicon import Lexicon, Role
from pdtool.segment.jieba_data import idf
from pdtool.segment.segmenter import Tokens

__all__ = ["is_given_name", "is_pointed_at", "with_names"]

_LONGEST_GIVEN_NAME = 2
_RARE = 9.2
"""The least inverse document frequency of a given name: 有关 in 和有关代表 is none."""

Roles = npt.NDArray[np.uint16]
BoolArray = npt.NDArray[np.bool_]


def is_pointed_at(roles: Roles, tokens: Tokens) -> BoolArray:
    """Tell which words are the unit that the word before points at: 省 in 你省考察.

    Args:
        roles: The roles of the words, shape ``(n,)``.
        tokens: The words.
    """
    found: BoolArray = roles & Role.UNIT != 0
    found[:1] = False
    found[1:] &= (roles[:-1] & Role.POINTER != 0) & _tied(tokens)
    return found


def is_given_name(roles: Roles, tokens: Tokens) -> BoolArray:
    """Tell which words stand between a stop word that is a surname too and an office: 明远 in 曾明远副总理.

    Args:
        roles: The roles of the words, shape ``(n,)``.
        tokens: The words.
    """
    found = np.zeros(len(roles), dtype=np.bool_)
    tied = _tied(tokens)
    short = tokens.ends - tokens.starts <= _LONGEST_GIVEN_NAME
    found[1:-1] = (roles[:-2] & Role.SURNAME != 0) & tied[:-1] & tied[1:] & (roles[2:] & Role.OFFICE != 0)
    return found & short


def with_names(tokens: Tokens, lexicon: Lexicon) -> Tokens:
    """Return words with names in one piece whose surname is a stop word: 曾明远 in 曾明远副总理."""
    ids = lexicon.ids(tokens.words)  # first: it may make the arrays longer
    given = np.flatnonzero(is_given_name(lexicon.roles[ids], tokens)).tolist()
    named = [index for index in given if idf(tokens.words[index]) >= _RARE]
    if not named:
        return tokens
    words, starts = list(tokens.words), tokens.starts.copy()
    for index in named:
        words[index] = words[index - 1] + words[index]
        starts[index] = starts[index - 1]
    surnames = {index - 1 for index in named}
    kept = [index for index in range(len(words)) if index not in surnames]
    return Tokens([words[index] for index in kept], starts[kept], tokens.ends[kept])


def _tied(tokens: Tokens) -> BoolArray:
    """Tell of each word but the first whether it joins the one before it, shape ``(n - 1,)``."""
    tied: BoolArray = tokens.starts[1:] == tokens.ends[:-1]
    return tied
