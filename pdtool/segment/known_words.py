"""The words that jieba's dictionary knows, and nothing guessed: where they begin and end in a text."""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate

from pdtool.text.code_points import without_surrogates

__all__ = ["is_known_word", "word_bounds"]


def word_bounds(text: str) -> frozenset[int]:
    """Return where words of a text meet, its beginning and end included.

    What the dictionary does not have falls into single characters.

    >>> sorted(word_bounds("结合浦东实际"))
    [0, 2, 4, 6]
    """
    import rjieba

    words = rjieba.cut(without_surrogates(text), False)
    return frozenset(accumulate(map(len, words), initial=0))


@lru_cache(maxsize=4096)
def is_known_word(word: str) -> bool:
    """Return whether the dictionary has a word as such.

    Args:
        word: Han characters, at least one.

    >>> is_known_word("浦东"), is_known_word("陆渡")
    (True, False)
    """
    return len(word_bounds(word)) == 2
